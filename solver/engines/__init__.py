"""Who answers: CP-SAT and CaDiCaL, each told the same formula."""
