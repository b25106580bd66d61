"""A supplier takes, moves or gives back its meeting, without breaking any other promise."""
