"""What of the day is still open: the parts that `solver.openings` is made of, none of which loads OR-Tools."""
