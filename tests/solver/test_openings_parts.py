"""The parts that openings are found with, each against the plainest way to the same answer."""

from functools import reduce
from itertools import combinations, product
from operator import or_

from hypothesis import given, settings
from hypothesis import strategies as st

from solver.engines.cores import keep_best
from solver.engines.sat import Sat
from solver.foresight.clauses import Clauses
from solver.foresight.ground import Line, Piece, Task
from solver.foresight.plain import Plain, is_plain
from solver.foresight.seeking import Seeker
from solver.foresight.starts import Starts, clashing, each, lasting
from solver.foresight.units import most_apart
from solver.foresight.words import Words
from solver.problem import Aim

STEP = 5
AIMS = (Aim.REACHED, Aim.PLACED)
QUICK = settings(max_examples=60, deadline=None)

starts = st.integers(0, 2**12 - 1)


def task(name: str, starts: Starts, steps: int = 1, *, must: bool = True, weight: int = 1) -> Task:
    return Task(name, steps * STEP, steps, starts, starts, must, weight, (f"supplier of {name}",))


def one_line(tasks: tuple[Task, ...], pause: int = 0) -> Piece:
    return Piece(tasks, (Line("p1", tuple(each.id for each in tasks), pause),), (), (), ())


# -- the plain case ------------------------------------------------------------------------------------------------


@st.composite
def plain_pieces(draw: st.DrawFn) -> Piece:
    """Meetings of one panel that have whole runs of its time, which lie too far from each other to touch."""
    steps, pause = draw(st.integers(1, 3)), draw(st.sampled_from([0, 5, 8]))
    runs: list[Starts] = []
    begin = 0
    for length in draw(st.lists(st.integers(1, 7), min_size=1, max_size=3)):
        runs.append(((1 << length) - 1) << begin)
        begin += length + steps + 2
    count = draw(st.integers(1, 6))
    tasks = tuple(
        task(
            f"m{number}",
            reduce(or_, draw(st.lists(st.sampled_from(runs), min_size=1, max_size=3))),
            steps,
            must=draw(st.sampled_from((True, False, False))),
            weight=draw(st.integers(0, 3)),
        )
        for number in range(count)
    )
    return one_line(tasks, pause)


@QUICK
@given(plain_pieces())
def test_a_flow_finds_what_a_search_finds(piece: Piece) -> None:
    assert is_plain(piece, STEP)

    flow, search = Plain(piece, STEP, AIMS), Seeker(piece, STEP, AIMS)

    assert flow.is_possible == search.is_possible
    if flow.is_possible:
        assert {one.id: flow.open(one.id) for one in piece.tasks} == {
            one.id: search.open(one.id) for one in piece.tasks
        }
        assert flow.given_up == search.given_up


@QUICK
@given(plain_pieces())
def test_a_flow_knows_a_timetable_for_every_opening(piece: Piece) -> None:
    flow = Plain(piece, STEP, AIMS)
    need = piece.tasks[0].steps + -(-piece.lines[0].pause // STEP)
    may_start = {one.id: one.starts for one in piece.tasks}

    for name, start in [(one.id, start) for one in piece.tasks for start in each(flow.open(one.id)[0])]:
        times = flow.times(name, start)

        assert times[name] == start
        assert all(may_start[other] >> at & 1 for other, at in times.items())
        assert all(abs(one - other) >= need for one, other in combinations(times.values(), 2))


def test_a_meeting_with_part_of_a_run_is_not_plain() -> None:
    assert not is_plain(one_line((task("m1", 0b1111, 2), task("m2", 0b0011, 2))), STEP)
    assert is_plain(one_line((task("m1", 0b1111, 2), task("m2", 0b1111, 2))), STEP)
    assert not is_plain(one_line((task("m1", 0b1111, 2), task("m2", 0b1111, 1))), STEP)


# -- as much as can be had -----------------------------------------------------------------------------------------

clauses = st.lists(
    st.lists(st.integers(1, 6).flatmap(lambda v: st.sampled_from((v, -v))), min_size=1, max_size=3), max_size=14
)


@QUICK
@given(clauses, st.dictionaries(st.integers(1, 6), st.integers(0, 4)))
def test_what_is_promised_is_the_most_that_can_be_had_and_nothing_more(
    clauses: list[list[int]], hopes: dict[int, int]
) -> None:
    sat = Sat(clauses, 6)

    given_up = keep_best(sat, hopes)

    models = [
        model for model in product(*((v, -v) for v in range(1, 7))) if all(set(each) & set(model) for each in clauses)
    ]
    lost = {model: sum(weight for hope, weight in hopes.items() if hope not in model) for model in models}
    best = min(lost.values(), default=None)
    assert given_up == best
    assert {model for model in models if sat.can_hold(model)} == {model for model in models if lost[model] == best}


# -- clauses -------------------------------------------------------------------------------------------------------


@QUICK
@given(starts, starts, st.integers(0, 5), st.integers(0, 5))
def test_a_start_excludes_exactly_the_others_that_lie_near(one: Starts, other: Starts, back: int, ahead: int) -> None:
    words = Words((task("m1", one), task("m2", other)), STEP)
    if one and other:
        words.exclude(words.start["m1"], words.start["m2"], back, ahead, ())
    sat = Sat(words.clauses, words.top)

    pairs = {(a, b) for a in each(one) for b in each(other)}

    allowed = {(a, b) for a, b in pairs if sat.can_hold([words.start["m1"][a], words.start["m2"][b]])}
    assert allowed == {(a, b) for a, b in pairs if not -back <= b - a <= ahead}


@QUICK
@given(starts, st.integers(1, 4))
def test_counting_knows_how_many_starts_fit(one: Starts, spacing: int) -> None:
    words = Words((task("m1", one),), STEP)

    reached = words.reached(words.start["m1"], spacing, 12)

    assert len(reached) == most_apart(one, spacing)


@QUICK
@given(st.lists(starts, min_size=1, max_size=4), st.integers(1, 3), st.sampled_from([0, 5, 7]))
def test_a_line_holds_what_can_be_laid_out_one_after_the_other(
    all_starts: list[Starts], steps: int, pause: int
) -> None:
    tasks = tuple(task(f"m{number}", each, steps) for number, each in enumerate(all_starts))
    told = Clauses(one_line(tasks, pause), STEP)
    need = steps + -(-pause // STEP)

    layouts = product(*(list(each(one.starts)) for one in tasks))

    fits = any(all(abs(a - b) >= need for a, b in combinations(layout, 2)) for layout in layouts)
    assert Sat(told.clauses, told.top).can_hold() == fits


# -- starts --------------------------------------------------------------------------------------------------------


@QUICK
@given(st.integers(0, 60), st.integers(1, 30), st.integers(1, 30))
def test_starts_clash_when_the_two_have_a_moment_in_common(begin: int, length: int, minutes: int) -> None:
    clash = set(each(clashing(begin, begin + length, minutes, STEP)))

    assert clash == {i for i in range(40) if i * STEP < begin + length and begin < i * STEP + minutes}


@QUICK
@given(starts, st.integers(1, 6))
def test_something_lasts_from_its_start_for_so_many_steps(one: Starts, steps: int) -> None:
    assert set(each(lasting(one, steps))) == {start + more for start in each(one) for more in range(steps)}
