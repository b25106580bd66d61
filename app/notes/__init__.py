"""The dialogue note: five parts, in versions."""
