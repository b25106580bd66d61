"""What others offer for the plain meeting problem: one file a solver, all given the same day file."""
