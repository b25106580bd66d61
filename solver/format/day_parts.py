"""The parts of a day file, one reader each: what its keys are, what they default to, whom they may name."""

from collections.abc import Mapping

from solver import sizes
from solver.format.json_text import refuse, shown
from solver.format.names import Names, everyone, known, new_id, some_of
from solver.format.reading import (
    Fields,
    at_least,
    at_most,
    each,
    each_once,
    flag,
    item,
    items_of,
    mapping,
    once,
    or_null,
    record,
    whole,
    word,
    words,
)
from solver.problem import (
    AnnouncedMeeting,
    Apart,
    Day,
    Meeting,
    Needs,
    Panel,
    Person,
    Rest,
    Room,
    Session,
    Stretch,
    Supplier,
    Travel,
    Wish,
)
from solver.times import DAY_MINUTES, length, ordered, span, time

MINUTES = whole(0, DAY_MINUTES)
COUNT = whole(0, 100_000)
WEIGHT = whole(0, 1_000_000)
WORDS = at_most(sizes.MOST_WORDS, "words", words)


class Parts:
    """The readers of one day file; they share its grid and its names, and remember the ids already taken."""

    def __init__(self, day: Day, names: Names) -> None:
        self._names = names
        self._whole_day = (day.whole,)
        self._every_room = tuple(names.rooms)
        self._time, self._span = time(day.step), span(day.step)
        self._windows = at_most(sizes.MOST_WINDOWS, "windows", each(self._span))
        self._length = length(day.step)
        self._room_id, self._person_id, self._party_id, self._activity_id = new_id(), new_id(), new_id(), new_id()
        self._room = known(names.rooms, "room")
        self._rooms = at_least(1, each_once(self._room))
        self._all_people = everyone(names.people, "person")
        self._all_panels = everyone(names.panels, "panel")
        self._all_suppliers = everyone(names.suppliers, "supplier")
        self._people = each_once(known(names.people, "person"))
        self._suppliers = each_once(known(names.suppliers, "supplier"))
        self._people_or_suppliers = each_once(known({**names.suppliers, **names.people}, "person or supplier"))
        self._after = each_once(known(names.activities, "session or meeting"))
        parties = each_once(known(names.parties, "supplier or panel"))
        self._parties = at_least(2, at_most(sizes.MOST_PARTIES, "parties", parties))
        self._told = once(known(names.meetings, "meeting"))

    def room(self, fields: Fields) -> Room:
        """A room; without a name it is called by its id."""
        name = fields.need("id", self._room_id)
        return Room(
            id=name,
            name=fields.get("name", word, name),
            seats=fields.need("seats", COUNT),
            features=fields.get("features", WORDS, frozenset()),
            free=fields.get("free", self._windows, self._whole_day),
        )

    def travel(self, fields: Fields) -> Travel:
        """The minutes between rooms."""
        return Travel(
            minutes=fields.get("minutes", MINUTES, 0),
            between=fields.get("between", self._between, {}),
        )

    def person(self, fields: Fields) -> Person:
        """Somebody from a buyer."""
        return Person(
            id=fields.need("id", self._person_id),
            buyer=fields.need("buyer", word),
            skills=fields.get("skills", WORDS, frozenset()),
            free=fields.get("free", self._windows, self._whole_day),
            barred=frozenset(fields.get("barred", self._suppliers, ())),
        )

    def panel(self, fields: Fields) -> Panel:
        """A panel and what it needs."""
        return Panel(
            id=fields.need("id", self._party_id),
            members=fields.need("members", at_most(sizes.MOST_MEMBERS, "members", self._people)),
            needs=fields.get("needs", record(_needs), Needs()),
            rooms=fields.get("rooms", self._rooms, self._every_room),
            stays=fields.get("stays", flag, True),
            pause_minutes=fields.get("pause_minutes", MINUTES, 0),
            stretch=fields.get("stretch", or_null(record(_stretch)), None),
        )

    def supplier(self, fields: Fields) -> Supplier:
        """A supplier and its wishes."""
        return Supplier(
            id=fields.need("id", self._party_id),
            seats=fields.get("seats", COUNT, 1),
            online=fields.get("online", flag, False),
            free=fields.get("free", self._windows, self._whole_day),
            wishes=fields.get("wishes", at_most(sizes.MOST_WISHES, "wishes", each(record(self._wish))), ()),
        )

    def session(self, fields: Fields) -> Session:
        """A session; a break that names no rooms needs none, any other may then use every room."""
        name = fields.need("id", self._activity_id)
        title = fields.get("title", word, name)
        kind = fields.need("kind", word)
        return Session(
            id=name,
            title=title,
            kind=kind,
            minutes=fields.need("minutes", self._length),
            windows=fields.get("windows", self._windows, self._whole_day),
            rooms=fields.get("rooms", self._rooms, () if kind == "break" else self._every_room),
            suppliers=fields.get("suppliers", self._all_suppliers, ()),
            panels=fields.get("panels", self._all_panels, ()),
            people=fields.get("people", self._all_people, ()),
            after=fields.get("after", self._after, ()),
        )

    def meeting(self, fields: Fields) -> Meeting:
        """A wished meeting."""
        return Meeting(
            id=fields.need("id", self._activity_id),
            parties=fields.need("parties", self._parties),
            minutes=fields.need("minutes", self._length),
            required=fields.get("required", flag, False),
            weight=fields.get("weight", WEIGHT, 1),
            after=fields.get("after", at_most(sizes.MOST_BEFORE_A_MEETING, "activities", self._after), ()),
            windows=fields.get("windows", self._windows, self._whole_day),
            rooms=fields.get("rooms", self._rooms, self._every_room),
            start=fields.get("start", or_null(self._time), None),
            room=fields.get("room", or_null(self._room), None),
        )

    def rest(self, fields: Fields) -> Rest:
        """A promised rest."""
        suppliers, people = fields.need("who", self._who)
        return Rest(suppliers, people, fields.need("minutes", MINUTES), fields.need("window", self._span))

    def apart(self, fields: Fields) -> Apart:
        """A group of suppliers that are kept apart."""
        return Apart(
            suppliers=fields.need("suppliers", self._suppliers),
            minutes=fields.need("minutes", MINUTES),
        )

    def announced(self, fields: Fields) -> tuple[tuple[AnnouncedMeeting, ...], int | None]:
        """What has been told, and until when it is fixed."""
        meetings = fields.get("meetings", each(record(self._announced_meeting)), ())
        return meetings, fields.get("fixed_until", or_null(self._time), None)

    def _announced_meeting(self, fields: Fields) -> AnnouncedMeeting:
        return AnnouncedMeeting(
            id=fields.need("id", self._told),
            start=fields.need("start", self._time),
            room=fields.need("room", self._room),
        )

    def _wish(self, fields: Fields) -> Wish:
        start, end = fields.need("from", self._time), fields.need("to", self._time)
        return Wish(ordered(start, end), fields.get("weight", WEIGHT, 1))

    def _who(self, value: object) -> tuple[tuple[str, ...], tuple[str, ...]]:
        suppliers, people = self._names.suppliers, self._names.people
        match value:
            case "all":
                return tuple(suppliers), tuple(people)
            case "suppliers":
                return tuple(suppliers), ()
            case "people":
                return (), tuple(people)
            case str():
                refuse(f'expected "all", "people", "suppliers" or a list, found {shown(value)}')
        chosen = self._people_or_suppliers(value)
        return some_of(suppliers, chosen), some_of(people, chosen)

    def _between(self, value: object) -> Mapping[frozenset[str], int]:
        found: dict[frozenset[str], int] = {}

        def read(triple: object) -> None:
            values = items_of(triple)
            if len(values) != 3:
                refuse(f"expected two rooms and minutes, found {len(values)} items")
            one, other = item(values, 0, self._room), item(values, 1, self._room)
            minutes = item(values, 2, MINUTES)
            if one == other:
                refuse(f"{shown(one)} is no distance from itself")
            if found.setdefault(frozenset((one, other)), minutes) != minutes:
                refuse(f"{shown(one)} and {shown(other)} are given another distance above")

        at_most(sizes.MOST_DISTANCES, "distances", each(read))(value)
        return found


def _needs(fields: Fields) -> Needs:
    return Needs(
        people=fields.get("people", COUNT, 1),
        buyers=fields.get("buyers", COUNT, 0),
        skills=fields.get("skills", at_most(sizes.MOST_WORDS, "skills", mapping(word, COUNT)), {}),
    )


def _stretch(fields: Fields) -> Stretch:
    return Stretch(fields.need("minutes", MINUTES), fields.need("rest_minutes", MINUTES))
