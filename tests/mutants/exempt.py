"""What may be left out without changing an answer: each with the reason why it stands there all the same.

Either it says what follows from the rules, so that the solver need not find it out, or it leaves out what would say
nothing new, so that there is less to say. `python -m tests.mutants --all` tries these as well.
"""

MUST_FOLLOW = "It follows from the rules, as its docstring says; said, so that the solver need not find it out."
SHORTER = "What it leaves out says nothing that is not said besides; left out, so that there is less to say."
NEEDED_BY = (
    "is_enough only finds panels that a session leaves short-handed, for whom R3 and R6 of the people say the same."
)
PARTNERS = "Partners only spare saying of two activities that they do not overlap when a group of R3 says it already."
ENCODING = "Both ways to say it, pair by pair and room by room, are exact; the number only chooses the quicker one."
NO_WAY = "Without it a clause is said that holds anyway, for a way that nobody has: there is less to say."
ROOMLESS = "An activity to which no room is left is not placed, so it does not matter how far its rooms lie."
SHUT = "A room that is shut still forbids that its activity is placed; it is struck off so that less is said of it."
MEMORY = "It only remembers what has been worked out; else it would be worked out again."
TWICE = "It is said by `constrain` and by `settle`, one of which is enough; both, so that neither trusts the other."

CONSTRAINTS = {
    "constrain: choices.formula.about(None)": TWICE,
}
PLACING = {
    "is_enough: … and len(crew) >= panel.needs.people": NEEDED_BY,
    "is_enough: … and len({person.buyer for person in crew}) >= panel.needs.buyers": NEEDED_BY,
    "is_enough: … and all((sum((skill in each.skills for each in crew)) >= needed"
    " for skill, needed in panel.needs.skills.items()))": NEEDED_BY,
    "_keep_seats: … if len(attending) > seats": SHORTER,
    "_at_least: … if needed > 0": SHORTER,
    "keep_panels_in_one_room: … if len(staying.intersection(meeting.panels)) > 1": (
        "Pair by pair is how joint meetings are bound; the others by one set of literals, which is shorter."
    ),
}
OVERLAPPING = {
    "_exclusive: groups.setdefault(tuple(sorted((activity.id for activity in household))), 'day')": (
        "Those of one home are meetings of one panel that stays, and the group of that panel holds them already."
    ),
    "_exclusive: groups.setdefault(group, 'day')": MUST_FOLLOW,
    "_short_handed: yield tuple(sorted([*meetings, session.id]))": MUST_FOLLOW,
    "_exclusive: … and len(names) > 1": "An activity starts but once anyhow: of one alone nothing need be said.",
    "_exclusive: … and not any((frozenset(names) < other for other in sets))": SHORTER,
    "_partners: partners.setdefault(name, {name}).update(names)": PARTNERS,
    "_at_most_one: … and len(literals) > 1": SHORTER,
    "_at_most_one: … and not here <= following": SHORTER,
    "_keep_rooms_for_one: … or len(households) > MANY_CHOICES": ENCODING,
    "_keep_to_the_number_of_rooms: choices.formula.about(Rule.ONE_PLACE, 'day')": (
        "What is said just before is said for R3 as well, and for whom is asked only of a day to be explained."
    ),
    "_keep_to_the_number_of_rooms: _no_more_partners_than_seats(choices, activities, there_are)": MUST_FOLLOW,
    "_no_more_partners_than_seats: of_supplier.setdefault(supplier, []).append(activity)": MUST_FOLLOW,
    "_no_more_partners_than_seats: _at_most(choices, _starts_of(choices, activities),"
    " partial(_clusters_on, choices, busy), 2 * rooms)": MUST_FOLLOW,
    "_no_more_partners_than_seats: … or activity.panels": (
        "It holds of pairs of suppliers who meet a panel too; where panels meet, it is not what the solver lacks."
    ),
    "_clusters: … or sorted(activity.parties)": (
        "Clusters of one activity each are as many at once as the activities are; larger ones are counted more quickly."
    ),
    "_exclusive: … if len(names) > 1": "An activity starts but once anyhow: of one alone nothing need be said.",
    "_short_handed: … if person not in session.people": MUST_FOLLOW,
    "_keep_people_in_one_place: … if any((_may_clash(each, attended, partners) for each in home[1]))": PARTNERS,
    "_keep_people_in_one_place: … if loose": SHORTER,
    "_keep_person_in_one_place.present: … if lit != choices.never": SHORTER,
    "_keep_rooms_for_one: … if room in choices.household_rooms(each[0])": SHUT,
    "_keep_pairs_apart: … if any((_may_clash(activity, other[1], partners) for activity in one[1]))": PARTNERS,
    "_keep_room.takers: … if lit != choices.never": SHORTER,
    "_keep_room: … if any((choices.household_rooms(home) != {room} for home, _ in households))": (
        "Where nobody can be anywhere else, the number of rooms says it."
    ),
    "_at_most: … if len(literals) > most": SHORTER,
    "_keep_to_the_number_of_rooms: … if len(confined) > there_are": SHORTER,
    "_clusters_on: … if literal != choices.never": SHORTER,
    "_not_in_one_room: … if choices.never not in (here, there)": SHORTER,
}
ROOMING = {
    "further_than: … or here == there": "From a room to itself there are 0 minutes, which is never further than asked.",
    "_distances: … and here": ROOMLESS,
    "_distances: … and there": ROOMLESS,
    "_distances: … and len({*here, *there}) > 1": NO_WAY,
    "distances: … if (here, there) not in choices.ways": MEMORY,
}
SPACING = {
    "keep_apart: … if minutes > 0": SHORTER,
    "_keep_between: … if before != too_soon": SHORTER,
    "_keep_between: … or same == choices.never": "Who can share no room keeps every distance: there is less to say.",
    "_keep_between: … or (not choices.explaining and has_pause(choices, first, second, minutes))": (
        "A pause as long is kept by R7; R11 need not say it again."
    ),
}
TRAVELLING = {
    "keep_travel: … and (choices.explaining or not has_pause(choices, one, other, longest))": (
        "A pause as long as the way is kept by R7; R4 need not say it again."
    ),
    "_keep_minutes_between_homes: … and distance > 0": "With no way between them, R3 of the person says the same.",
    "_keep_minutes_between_homes: … and further != choices.never": (
        "Of two homes with a way between them one may lie as far as that, so this is never `never`; it guards a change."
    ),
    "_detours: … and other.id not in (first.id, second.id)": NO_WAY,
    "_detours: … and other.minutes <= gap": NO_WAY,
    "_detours: … and _takes_part(choices, other, traveller) != choices.never": NO_WAY,
    "_never_near_both: … if choices.never not in (here, there)": SHORTER,
    "_near: … if it != choices.never": SHORTER,
    "_travellers: … if not (person in one.people and person in other.people)": SHORTER,
}
WAITING = {
    "last_end: … if time >= max(certain, default=0)": SHORTER,
    "_ending_from: … if literal != choices.never": SHORTER,
    "_first_start: … if time <= min(certain, default=time)": SHORTER,
    "_started_by: … if literal != choices.never": SHORTER,
    "_start_each_but_once: … or ('starts each', *(a.id for a in taken)) in choices.implied": SHORTER,
    "_start_each_but_once: choices.implied.add(('starts each', *(a.id for a in taken)))": SHORTER,
    "_never_negative: choices.formula.bound(figure, least=0)": MUST_FOLLOW,
    "holes_of: … if begun != choices.never": "Before anything has begun no gap can end: it would be never had.",
}
VARIABLES = {
    "Choices.settle: self.formula.about(None)": TWICE,
    "Choices.forbid_room: self._shut.add((activity, room))": SHUT,
    "Choices.forbid_room: self._known_rooms.pop(activity, None)": SHUT,
    "Choices._same: self.formula.implies(one, other)": (
        "The other way round is said as well, and one room of each is in mind: the two then mean the same."
    ),
    "Choices.forbid_room: … if (activity, room) not in self._shut": SHORTER,
    "Choices.forbid_start: … if literal is not None": "Only starts that there are are taken away; it guards a change.",
    "Choices.forbid_person: … if literal is not None": "Only who may attend is ever forbidden; it guards a change.",
    "Choices._same: … if one != other": SHORTER,
    "Choices.rooms_left: … if activity not in self._known_rooms": MEMORY,
    "Choices.rooms_left: … if (activity, room) not in self._shut": SHUT,
    "Choices._starts_of: … if activity not in self._known_starts": MEMORY,
    "Choices.derived: … if key not in self._derived": MEMORY,
    "Choices._chain: … if activity not in self._chains": MEMORY,
    "Choices.some: … if literal != self.never": SHORTER,
    "Choices.some: … if tuple(any_of) not in self._any": MEMORY,
}
VERIFY_PLACE = {
    "apart: … and had < group.minutes": "Only pairs that stand as close are gone through; here it tells what is asked.",
    "_of_members: … and not members.isdisjoint(each.suppliers)": (
        "Who holds no member of the group is nobody's rival; left out, so that there are fewer pairs to look at."
    ),
    "stays: … if meeting.room is not None": "Every meeting of a plan has a room; this is for the type checker.",
}
VERIFY_TIME = {
    "_gaps: … if free_from < activity.start": "A gap of no length is no rest; left out, so that there are fewer.",
    "_free_times: … and activity.room is not None": "No room is called None; this is for the type checker.",
}

EXEMPT: dict[str, str] = {
    f"solver.{module}: {name}": reason
    for module, names in {
        "constraints": CONSTRAINTS,
        "model.placing": PLACING,
        "model.overlapping": OVERLAPPING,
        "model.rooming": ROOMING,
        "model.spacing": SPACING,
        "model.travelling": TRAVELLING,
        "model.waiting": WAITING,
        "variables": VARIABLES,
        "verifying.place": VERIFY_PLACE,
        "verifying.time": VERIFY_TIME,
    }.items()
    for name, reason in names.items()
}
