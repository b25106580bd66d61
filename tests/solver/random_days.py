"""Random day files that keep every rule of the day format, with keys left out here and there."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from solver.problem import Aim
from solver.sizes import MOST_STEPS
from tests.solver.day_files import Document

Some = st.SearchStrategy[list[str]]
Value = st.SearchStrategy[object]

WORDS = st.lists(st.sampled_from(["video", "helse", "æøå 你好"]), max_size=2)
NAMES = st.text("aø \"'<&\\", min_size=1, max_size=5).filter(str.strip)
MINUTES, SEATS, WEIGHT = st.integers(0, 90), st.integers(0, 200), st.integers(0, 9)
ZONES = ["Europe/Oslo", "UTC", "America/Argentina/Ushuaia"]
STEPS = st.sampled_from([1, 5, 7, 15, 60])


def is_even(day: date) -> bool:
    """Whether no clock is changed on a date: its first and its last moment are as far from UTC, wherever it is."""
    first, last = datetime.combine(day, time.min), datetime.combine(day, time.max).replace(fold=1)
    return all(zone.utcoffset(first) == zone.utcoffset(last) for zone in map(ZoneInfo, ZONES))


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def some(ids: list[str], least: int = 0) -> Some:
    return st.lists(st.sampled_from(ids), min_size=least, unique=True) if ids else st.just([])


def all_or_some(ids: list[str]) -> Value:
    return st.just("all") | some(ids)


def thing(always: dict[str, Value], **sometimes: Value) -> st.SearchStrategy[Document]:
    return st.fixed_dictionaries(always, optional=sometimes)


def each(ids: list[str], make: st.SearchStrategy[Document]) -> st.SearchStrategy[list[Document]]:
    return st.lists(make, min_size=len(ids), max_size=len(ids)).map(
        lambda things: [{"id": name, **made} for name, made in zip(ids, things, strict=True)]
    )


@st.composite
def ids(draw: st.DrawFn, letter: str, least: int = 0) -> list[str]:
    return [f"{letter}{number}" for number in range(draw(st.integers(least, 4)))]


@st.composite
def day_documents(draw: st.DrawFn) -> Document:
    step = draw(STEPS)
    rooms, panels, suppliers = draw(ids("r", 1)), draw(ids("p", 1)), draw(ids("s", 1))
    people = draw(st.sampled_from([[], ["k0"], ["k0", "k1"], ["s0", "k1"]]))
    sessions, meetings = draw(ids("o")), draw(ids("m"))

    times = st.integers(0, (24 * 60 - 1) // step).map(lambda place: clock(place * step))
    spans = st.tuples(times, times).map(sorted).filter(lambda span: span[0] < span[1])
    windows = st.lists(spans, max_size=2)
    length = st.integers(1, 4).map(lambda steps: steps * step)
    wish = spans.flatmap(lambda span: thing({"from": st.just(span[0]), "to": st.just(span[1])}, weight=WEIGHT))
    pair = st.tuples(st.just(rooms[0]), st.just(rooms[-1]), MINUTES).map(list)
    stretch = thing({"minutes": MINUTES, "rest_minutes": MINUTES})
    needs = thing({}, people=SEATS, buyers=SEATS, skills=st.dictionaries(st.sampled_from("abc"), SEATS, max_size=2))
    told = st.fixed_dictionaries({"start": times, "room": st.sampled_from(rooms)})
    who = st.sampled_from(["all", "people", "suppliers"]) | some(sorted({*people, *suppliers}))
    places = st.tuples(st.integers(0, (24 * 60 - 1) // step - 1), st.integers(1, MOST_STEPS))
    opens, steps = draw(places)
    closes = min(opens + steps, (24 * 60 - 1) // step)
    parts = {"free": windows}
    return draw(
        thing(
            {
                "format": st.just("dialogdag.day/1"),
                "day": st.fixed_dictionaries(
                    {
                        "date": st.dates().filter(is_even).map(str),
                        "timezone": st.sampled_from(ZONES),
                        "opens": st.just(clock(opens * step)),
                        "closes": st.just(clock(closes * step)),
                        "step_minutes": st.just(step),
                    }
                ),
                "rooms": each(rooms, thing({"seats": SEATS}, name=NAMES, features=WORDS, **parts)),
                "people": each(
                    people, thing({"buyer": st.sampled_from("ab")}, skills=WORDS, barred=some(suppliers), **parts)
                ),
                "panels": each(
                    panels,
                    thing(
                        {"members": some(people)},
                        needs=needs,
                        rooms=some(rooms, 1),
                        stays=st.booleans(),
                        pause_minutes=MINUTES,
                        stretch=st.none() | stretch,
                    ),
                ),
                "suppliers": each(
                    suppliers,
                    thing({}, seats=SEATS, online=st.booleans(), wishes=st.lists(wish, max_size=2), **parts),
                ),
                "sessions": each(
                    sessions,
                    thing(
                        {"kind": st.sampled_from(["plenary", "break"]), "minutes": length},
                        title=NAMES,
                        windows=windows,
                        rooms=some(rooms, 1),
                        suppliers=all_or_some(suppliers),
                        panels=all_or_some(panels),
                        people=all_or_some(people),
                    ),
                ),
                "meetings": each(
                    meetings,
                    thing(
                        {"parties": some([*suppliers, *panels], 2), "minutes": length},
                        required=st.booleans(),
                        weight=WEIGHT,
                        after=some(sessions),
                        windows=windows,
                        rooms=some(rooms, 1),
                        start=st.none() | times,
                        room=st.none() | st.sampled_from(rooms),
                    ),
                ),
            },
            travel=thing({}, minutes=MINUTES, between=st.lists(pair, max_size=1 if len(rooms) > 1 else 0)),
            rests=st.lists(thing({"who": who, "minutes": MINUTES, "window": spans}), max_size=2),
            apart=st.lists(thing({"suppliers": some(suppliers), "minutes": MINUTES}), max_size=2),
            limits=thing({}, breaks_differ_by=st.none() | SEATS),
            announced=thing({}, meetings=each(meetings, told), fixed_until=st.none() | times),
            aims=st.lists(st.sampled_from([aim.value for aim in Aim]), unique=True),
        )
    )
