"""How the solver compares: days and instances, the peers, and the tables and plots that come of running them."""
