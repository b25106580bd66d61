"""How meetings make room for one another in a timetable that is lawful already."""
