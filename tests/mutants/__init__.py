"""Mutants: each statement of the rules left out in turn, to see whether a test misses it."""
