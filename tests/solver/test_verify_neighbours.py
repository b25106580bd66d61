"""R8 stays and R11 apart, kept and broken."""

from dataclasses import replace

from solver.problem import Apart, Problem
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver.factories import meeting, panel, person, plan_of, problem, room, session, supplier

TWO_BY_TWO = problem(
    rooms=(room("r1"), room("r2"), room("r3")),
    people=(person("kari"), person("ola")),
    panels=(panel("p1", "kari", "ola"), panel("p2", "kari", "ola")),
    suppliers=(supplier("acme"), supplier("beta")),
    meetings=(meeting("m1", "acme", "p1"), meeting("m2", "beta", "p2"), meeting("m3", "acme", "p2")),
)


# R8 stays


def test_a_panel_that_may_move_meets_in_several_rooms() -> None:
    plan = plan_of(TWO_BY_TWO, m2=("09:00", "r1", "kari"), m3=("10:00", "r2", "kari"))

    assert breaches(TWO_BY_TWO, plan) == ()


def test_a_panel_that_stays_and_moves_is_told() -> None:
    staying = replace(
        TWO_BY_TWO,
        panels=tuple(replace(each, stays=True) for each in TWO_BY_TWO.panels),
        sessions=(replace(session("plenary", panels=("p2",)), rooms=("r3",)),),
    )
    plenary = ("08:00", "r3")

    stays = plan_of(staying, plenary=plenary, m2=("09:00", "r1", "kari"), m3=("10:00", "r1", "kari"))
    moves = plan_of(staying, plenary=plenary, m2=("09:00", "r2", "kari"), m3=("10:00", "r1", "kari"))

    assert breaches(staying, stays) == ()
    assert breaches(staying, moves) == (
        Breach(
            Rule.STAYS,
            ("panel:p2", "room:r1", "room:r2"),
            "Panel p2 stays in one room, but meets in rooms r1, r2.",
        ),
    )


# R11 apart


def kept_apart(minutes: int, *suppliers: str) -> Problem:
    return replace(TWO_BY_TWO, apart=(Apart(suppliers, minutes),))


def test_rivals_may_follow_one_another_after_the_minutes_or_in_another_room() -> None:
    rivals = kept_apart(15, "acme", "beta")

    assert breaches(rivals, plan_of(rivals, m1=("09:00", "r1", "kari"), m2=("09:45", "r1", "kari"))) == ()
    assert breaches(rivals, plan_of(rivals, m1=("09:00", "r1", "kari"), m2=("09:30", "r2", "kari"))) == ()


def test_rivals_too_close_in_one_room_are_told() -> None:
    rivals = kept_apart(15, "acme", "beta")

    assert breaches(rivals, plan_of(rivals, m1=("09:40", "r1", "kari"), m2=("09:00", "r1", "kari"))) == (
        Breach(
            Rule.APART,
            ("meeting:m2", "meeting:m1", "room:r1"),
            "Room r1 has 10 of the 15 minutes that keep apart the suppliers of"
            " meeting m2 (09:00–09:30) and meeting m1 (09:40–10:10).",
        ),
    )


def test_rivals_who_meet_in_the_door_have_no_minutes_at_all() -> None:
    rivals = kept_apart(15, "acme", "beta")

    told = breaches(rivals, plan_of(rivals, m1=("09:00", "r1", "kari"), m2=("09:30", "r1", "kari")))

    room = "Room r1 has 0 of the 15 minutes that keep apart the suppliers of"
    assert [breach.text for breach in told] == [f"{room} meeting m1 (09:00–09:30) and meeting m2 (09:30–10:00)."]


def test_a_supplier_is_not_kept_apart_from_itself_nor_from_others_than_its_group() -> None:
    itself, no_group = kept_apart(15, "acme", "beta"), kept_apart(15, "acme")

    assert breaches(itself, plan_of(itself, m1=("09:00", "r1", "kari"), m3=("09:30", "r1", "kari"))) == ()
    assert breaches(no_group, plan_of(no_group, m1=("09:00", "r1", "kari"), m2=("09:30", "r1", "kari"))) == ()


def test_a_supplier_may_follow_itself_on_a_day_on_which_its_rival_comes_later() -> None:
    rivals = kept_apart(15, "acme", "beta")
    close = {"m1": ("09:00", "r1", "kari"), "m3": ("09:30", "r1", "kari")}

    assert breaches(rivals, plan_of(rivals, **close, m2=("11:00", "r1", "kari"))) == ()


def test_rivals_are_kept_apart_even_with_another_meeting_between_them() -> None:
    between = replace(
        kept_apart(60, "acme", "beta"),
        suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
        meetings=(*TWO_BY_TWO.meetings[:2], replace(meeting("m3", "cito", "p2"), rooms=("r1",))),
    )
    plan = plan_of(between, m1=("09:00", "r1", "kari"), m3=("09:30", "r1", "kari"), m2=("10:00", "r1", "kari"))

    assert [(breach.rule, breach.about) for breach in breaches(between, plan)] == [
        (Rule.APART, ("meeting:m1", "meeting:m2", "room:r1"))
    ]


def test_rivals_who_meet_together_are_apart_from_neither_but_each_from_the_other_later() -> None:
    together = replace(
        kept_apart(15, "acme", "beta"),
        meetings=(
            replace(meeting("m1", "acme", "beta", "p1"), rooms=("r1",)),
            replace(meeting("m2", "beta", "p2"), rooms=("r1",)),
        ),
    )

    alone = plan_of(together, m1=("09:00", "r1", "kari"))
    followed = plan_of(together, m1=("09:00", "r1", "kari"), m2=("09:30", "r1", "kari"))

    assert breaches(together, alone) == ()
    assert [breach.about for breach in breaches(together, followed)] == [("meeting:m1", "meeting:m2", "room:r1")]


def test_sessions_keep_nobody_apart() -> None:
    stand = replace(
        kept_apart(15, "acme", "beta"),
        sessions=(replace(session("stand", kind="workshop", suppliers=("beta",)), rooms=("r1",)),),
    )

    assert breaches(stand, plan_of(stand, stand=("09:00", "r1"), m1=("09:30", "r1", "kari"))) == ()
