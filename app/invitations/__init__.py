"""Tells each person what they have not been told."""
