"""What suppliers send in: answers to the questions of the dialogue, and one file."""
