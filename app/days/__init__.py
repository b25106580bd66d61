"""The day: rooms, people, panels and the programme."""
