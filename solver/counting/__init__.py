"""What counting alone says of a day, without any search."""
