"""R6 panel, R14 barred and R15 even, kept and broken."""

from dataclasses import replace

from solver.problem import Needs, Problem
from solver.rules import Breach, Rule
from solver.verify import breaches
from tests.solver.factories import ONE_PERSON, meeting, panel, person, plan_of, problem, session, supplier

KARI = person("kari", buyer="larvik", skills=["health", "minutes"])
OLA = person("ola", buyer="larvik", skills=["health"])
PER = person("per", buyer="skien")


def one_panel(needs: Needs = ONE_PERSON) -> Problem:
    return problem(
        people=(KARI, OLA, PER, person("siri")),
        panels=(panel("p1", "kari", "ola", "per", needs=needs),),
        suppliers=(supplier("acme"),),
        meetings=(meeting("m1", "acme", "p1"),),
    )


# R6 panel


def test_one_person_may_hold_every_skill_that_is_needed() -> None:
    needy = one_panel(Needs(2, 2, {"health": 1, "minutes": 1}))

    assert breaches(needy, plan_of(needy, m1=("09:00", "r1", "kari", "per"))) == ()


def test_each_need_that_is_not_met_is_told() -> None:
    needy = one_panel(Needs(3, 2, {"health": 2, "minutes": 1}))

    assert breaches(needy, plan_of(needy, m1=("09:00", "r1", "kari", "ola"))) == (
        Breach(Rule.PANEL, ("meeting:m1", "panel:p1"), "Panel p1 has 2 of the 3 people it needs in meeting m1."),
        Breach(Rule.PANEL, ("meeting:m1", "panel:p1"), "Panel p1 has 1 of the 2 buyers it needs in meeting m1."),
    )
    assert breaches(needy, plan_of(needy, m1=("09:00", "r1", "ola", "per"))) == (
        Breach(Rule.PANEL, ("meeting:m1", "panel:p1"), "Panel p1 has 2 of the 3 people it needs in meeting m1."),
        Breach(
            Rule.PANEL,
            ("meeting:m1", "panel:p1"),
            "Panel p1 has 1 of the 2 holders of “health” it needs in meeting m1.",
        ),
        Breach(
            Rule.PANEL,
            ("meeting:m1", "panel:p1"),
            "Panel p1 has 0 of the 1 holders of “minutes” it needs in meeting m1.",
        ),
    )


def test_a_panel_that_needs_nobody_may_meet_without_anybody() -> None:
    undemanding = one_panel(Needs(0))

    assert breaches(undemanding, plan_of(undemanding, m1=("09:00", "r1"))) == ()


def test_a_panel_without_anybody_is_told() -> None:
    assert breaches(one_panel(), plan_of(one_panel(), m1=("09:00", "r1"))) == (
        Breach(Rule.PANEL, ("meeting:m1", "panel:p1"), "Panel p1 has 0 of the 1 people it needs in meeting m1."),
    )


def test_somebody_who_attends_for_nobody_is_told() -> None:
    day = one_panel()

    assert breaches(day, plan_of(day, m1=("09:00", "r1", "kari", "siri", "stranger"))) == (
        Breach(
            Rule.PANEL,
            ("meeting:m1", "person:siri"),
            "Person siri attends meeting m1, but is a member of none of its panels.",
        ),
        Breach(
            Rule.PANEL,
            ("meeting:m1", "person:stranger"),
            "Person stranger attends meeting m1, but is a member of none of its panels.",
        ),
    )


def test_somebody_named_twice_counts_once_and_is_told() -> None:
    pair = one_panel(Needs(2))

    assert breaches(pair, plan_of(pair, m1=("09:00", "r1", "kari", "kari"))) == (
        Breach(Rule.PANEL, ("meeting:m1", "person:kari"), "Person kari attends meeting m1 2 times."),
        Breach(Rule.PANEL, ("meeting:m1", "panel:p1"), "Panel p1 has 1 of the 2 people it needs in meeting m1."),
    )


def test_a_member_of_two_panels_that_meet_counts_for_both() -> None:
    joint = problem(
        people=(KARI, OLA, PER),
        panels=(panel("p1", "kari", "ola"), panel("p2", "kari", "per")),
        suppliers=(supplier("acme"),),
        meetings=(meeting("m1", "acme", "p1", "p2"),),
    )

    assert breaches(joint, plan_of(joint, m1=("09:00", "r1", "kari"))) == ()
    assert breaches(joint, plan_of(joint, m1=("09:00", "r1", "ola"))) == (
        Breach(Rule.PANEL, ("meeting:m1", "panel:p2"), "Panel p2 has 0 of the 1 people it needs in meeting m1."),
    )


def test_suppliers_who_meet_alone_have_nobody_from_the_buyers() -> None:
    alone = problem(
        people=(KARI,),
        suppliers=(supplier("acme"), supplier("beta")),
        meetings=(meeting("m1", "acme", "beta"),),
    )

    assert breaches(alone, plan_of(alone, m1=("09:00", "r1"))) == ()
    assert breaches(alone, plan_of(alone, m1=("09:00", "r1", "kari"))) == (
        Breach(
            Rule.PANEL,
            ("meeting:m1", "person:kari"),
            "Person kari attends meeting m1, but is a member of none of its panels.",
        ),
    )


def test_the_needs_of_a_panel_do_not_bind_its_sessions() -> None:
    plenary = problem(
        people=(KARI,),
        panels=(panel("p1", "kari", needs=Needs(2, 2, {"health": 2})),),
        sessions=(session("plenary", panels=("p1",)),),
    )

    assert breaches(plenary, plan_of(plenary, plenary=("09:00", "r1"))) == ()


# R14 barred


def test_a_panel_may_meet_without_the_member_who_is_barred() -> None:
    barred = replace(one_panel(), people=(replace(KARI, barred=frozenset({"acme"})), OLA, PER))

    assert breaches(barred, plan_of(barred, m1=("09:00", "r1", "ola"))) == ()
    assert breaches(barred, plan_of(barred, m1=("09:00", "r1", "kari", "ola"))) == (
        Breach(
            Rule.BARRED,
            ("meeting:m1", "person:kari", "supplier:acme"),
            "Person kari attends meeting m1 (09:00–09:30), but is barred from supplier acme.",
        ),
    )


def test_each_supplier_of_a_consortium_counts() -> None:
    consortium = problem(
        people=(person("kari", barred=["beta"]),),
        panels=(panel("p1", "kari"),),
        suppliers=(supplier("acme"), supplier("beta")),
        meetings=(meeting("m1", "acme", "beta", "p1"),),
    )

    assert [breach.about for breach in breaches(consortium, plan_of(consortium, m1=("09:00", "r1", "kari")))] == [
        ("meeting:m1", "person:kari", "supplier:beta")
    ]


def test_those_who_are_barred_may_attend_the_same_session() -> None:
    plenary = problem(
        people=(person("kari", barred=["acme"]),),
        suppliers=(supplier("acme"),),
        sessions=(session("plenary", suppliers=("acme",), people=("kari",)),),
    )

    assert breaches(plenary, plan_of(plenary, plenary=("09:00", "r1"))) == ()


# R15 even


def three_meetings(breaks_differ_by: int | None) -> Problem:
    """All attend the coffee, acme and beta meet p1, and beta and cito meet alone."""
    return problem(
        people=(KARI,),
        panels=(panel("p1", "kari"),),
        suppliers=(supplier("acme"), supplier("beta"), supplier("cito")),
        sessions=(session("coffee", 15, kind="break", suppliers=("acme", "beta", "cito")),),
        meetings=(meeting("m1", "acme", "p1"), meeting("m2", "beta", "p1"), meeting("m3", "beta", "cito")),
        breaks_differ_by=breaks_differ_by,
    )


GAPS = {"coffee": ("09:00", None), "m1": ("09:15", "r1", "kari"), "m2": ("09:50", "r1", "kari"), "m3": ("10:25", "r1")}


def test_breaks_may_differ_as_they_like_when_nothing_is_said() -> None:
    assert breaches(three_meetings(None), plan_of(three_meetings(None), **GAPS)) == ()


def test_breaks_may_differ_by_the_number_given() -> None:
    assert breaches(three_meetings(2), plan_of(three_meetings(2), **GAPS)) == ()


def test_breaks_that_differ_too_much_are_told_for_the_most_and_the_fewest() -> None:
    assert breaches(three_meetings(1), plan_of(three_meetings(1), **GAPS)) == (
        Breach(
            Rule.EVEN,
            ("supplier:beta", "supplier:acme"),
            "Supplier beta has 2 breaks and supplier acme has 0; they may differ by at most 1.",
        ),
    )


def test_it_is_the_difference_that_counts() -> None:
    plan = plan_of(three_meetings(1), **GAPS | {"m1": ("15:00", "r1", "kari")})

    assert breaches(three_meetings(1), plan) == ()


def test_even_breaks_may_be_zero_for_all() -> None:
    even = three_meetings(0)

    assert breaches(even, plan_of(even, coffee=("09:00", None))) == ()


def test_breaks_are_even_where_there_are_no_suppliers() -> None:
    nobody = problem(breaks_differ_by=0)

    assert breaches(nobody, plan_of(nobody)) == ()
