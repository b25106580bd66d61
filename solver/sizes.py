"""How large a day may be. What is larger is refused while it is read, before anything is modelled."""

# Ten times the greatest day that is known, so that nobody who means a day is turned away.
MOST_STEPS = 288
MOST_ROOMS = 60
MOST_DISTANCES = MOST_ROOMS * MOST_ROOMS
MOST_PEOPLE = 1_000
MOST_PANELS = 200
MOST_SUPPLIERS = 400
MOST_SESSIONS = 100
MOST_MEETINGS = 2_000
MOST_RESTS = 100
MOST_APART = 100

# Within one thing of the day.
MOST_WINDOWS = 100
MOST_WISHES = 20
MOST_WORDS = 100
MOST_MEMBERS = 100
MOST_PARTIES = 20
MOST_BEFORE_A_MEETING = 100
