"""What `solver.verify` checks, rule by rule; shares nothing with the model."""
