"""The report says what was measured, and leaves out what was not."""

from pathlib import Path

from bench.against import against
from bench.measured import Cost
from bench.report import report
from bench.results import (
    AimRow,
    ExplainRow,
    FaultsRow,
    FeedsRow,
    MailRow,
    OpeningsRow,
    PeerRow,
    PlanRow,
    RepairRow,
    Results,
    read_results,
    write_results,
)
from bench.tables import percentile, seconds, table, times
from solver.plan import Status
from solver.problem import Aim


def cost(cpu_seconds: float) -> Cost:
    return Cost(cpu_seconds=cpu_seconds, wall_seconds=2 * cpu_seconds, peak_mib=99.2)


def peer(solver: str, cpu_seconds: float, value: int | None, *, is_proven: bool, found: float | None = None) -> PeerRow:
    return PeerRow(
        instance="tic",
        meetings=125,
        slots=8,
        solver=solver,
        value=value,
        bound=value if is_proven else 0,
        is_proven=is_proven,
        is_lawful=True,
        found_cpu_seconds=found,
        cost=cost(cpu_seconds),
    )


def starting_up(solver: str, cpu_seconds: float) -> PeerRow:
    return peer(solver, cpu_seconds, 0, is_proven=True).model_copy(update={"instance": "one meeting", "meetings": 1})


OURS = peer("Dialogdag", 2.0, 3, is_proven=True, found=2.0)
PLAN = PlanRow(
    day="30x10",
    suppliers=30,
    panels=10,
    meetings=30,
    status=Status.FEASIBLE,
    placed=29,
    first_plan_seconds=0.25,
    seconds=8.0,
    aims=(
        AimRow(aim=Aim.PLACED, value=29, bound=29, is_proven=True, seconds=1.5),
        AimRow(aim=Aim.WAIT, value=300, bound=280, is_proven=False, seconds=8.0),
    ),
    is_checked=True,
    cost=cost(12.0),
)
RESULTS = Results(
    versions={"Python": "3.11"},
    seconds=60,
    plans=(PLAN,),
    peers=(
        OURS,
        peer("HiGHS", 120.0, 5, is_proven=False, found=7.0),
        peer("RC2", 30.0, 3, is_proven=True),
        starting_up("Dialogdag", 0.5),
        starting_up("HiGHS", 2.0),
        starting_up("RC2", 1.0),
    ),
    repairs=(RepairRow(mishap="a room is lost", moved=1, moved_room_only=2, dropped=3, plan=PLAN, cost=PLAN.cost),),
    openings=(
        OpeningsRow(
            suppliers=20,
            build_milliseconds=12.4,
            query_milliseconds=(1.0, 2.0, 9.0),
            booking_milliseconds=(4.0, 7.0),
            naive=40,
            safe=30,
            booked=20,
            cost=cost(1.0),
        ),
    ),
    explained=(
        ExplainRow(
            day="overfull",
            conflicts=2,
            remedies=("close_later", "add_panel"),
            conflict_seconds=0.5,
            remedies_seconds=9.6,
            cost=cost(10.0),
        ),
    ),
    feeds=(
        FeedsRow(
            bare_a_second=(2000.0, 1000.0, 3000.0),
            unchanged_a_second=(1400.0, 800.0, 2400.0),
            whole_a_second=(600.0, 350.0, 1050.0),
            polled=5000,
            polled_seconds=60.0,
            polled_cpu_seconds=6.0,
            render_milliseconds=2.5,
            cost=cost(8.0),
        ),
    ),
    mail=(
        MailRow(
            suppliers=150,
            panels=20,
            letters=3,
            composed_seconds=4.2,
            longest_transaction_seconds=0.25,
            sent_after_seconds=(0.0, 0.01, 0.02),
            cost=cost(5.0),
        ),
    ),
    faults=(
        FaultsRow(
            letters=3,
            kills=1,
            faults=2,
            lost=0,
            parked=0,
            repeated=1,
            doubled=0,
            killed_after_seconds=(1.0,),
            sent_after_seconds=(0.5, 0.6, 2.0),
            cost=cost(6.0),
        ),
    ),
)


def test_each_part_has_its_rows_in_the_report() -> None:
    lines = report(RESULTS).splitlines()

    assert [line for line in lines if line.startswith("## ")] == [
        "## Real days",
        "## Against the peers",
        "## Openings",
        "## Repair",
        "## Explaining",
        "## Feeds",
        "## Letters",
        "## Letters through faults",
    ]
    for row in (
        "| 30 suppliers × 10 panels | 30 | 29 | 0.25 | – | 1.5 | 8.0 | feasible | 12 | 24 | 100 | yes |",
        "| 30 suppliers × 10 panels | 29 | 300 (280) |",
        "| HiGHS | 0 | 0 | 1 | 120 | 2.0 | 0 | – | – | – | > 79 × |",
        "| RC2 | 1 | 1 | 1 | 30 | 1.0 | 1 | 15 × | 19 × | 19 × | – |",
        "| Dialogdag | 1 | 1 | 1 | 2.0 | 0.50 | – | – | – | – | – |",
        "| tic | 125 | 3 | – | 5 (0) | – | 3 | – |",
        "| 20 | 12 | 2.0 | 9.0 | 9.0 | 7.0 | 3 | 20 | 25 % | 100 |",
        "| a room is lost | 1 | 2 | 3 | – | 8.0 | feasible | 12 | 24 | 100 | yes |",
        "| overfull | 2 | 0.50 | 2 | 9.6 | 10 | 20 | 100 | `close_later`, `add_panel` |",
        "| bare route, a second | 2000 |  |  |",
        "| unchanged feed (304), × the bare route | 0.80 | ≥ 0.6 | yes |",
        "| feed of 60 events (200), × the bare route | 0.35 | ≥ 0.4 | no |",
        "| 5000 feeds in 60 s, of one core | 10% | ≤ 30% | yes |",
        "| rendering 60 events, ms of CPU | 2.5 | ≤ 5 | yes |",
        "| 150 suppliers × 20 panels | 3 | 4.2 | 0.25 | 100 | 5.0 | 99 |",
        "| 3 | 1 | 2 | 0 | 0 | 0 | 1 | 12 |",
    ):
        assert row in lines


def test_what_was_not_measured_is_left_out() -> None:
    assert "##" not in report(Results())


def test_results_are_kept_as_they_are(tmp_path: Path) -> None:
    write_results(tmp_path / "results.json", RESULTS)

    assert read_results(tmp_path / "results.json") == RESULTS
    assert read_results(tmp_path / "none.json") == Results()


def test_a_peer_with_a_plan_as_good_but_no_proof_is_timed_to_that_plan() -> None:
    (compared,) = against([OURS, peer("Timefold", 80.0, 3, is_proven=False, found=50.0)])

    assert (compared.ratio, compared.is_finished) == (25.0, True)


def test_a_peer_that_was_stopped_takes_longer_still() -> None:
    (compared,) = against([OURS, peer("SCIP", 60.0, None, is_proven=False)])

    assert (compared.ratio, compared.is_finished) == (30.0, False)


def test_where_we_have_not_finished_nobody_is_set_beside_us() -> None:
    unfinished = peer("Dialogdag", 60.0, 3, is_proven=False, found=1.0)

    assert against([unfinished, peer("RC2", 30.0, 3, is_proven=True)]) == []


def test_starting_up_is_taken_off_what_is_thinking() -> None:
    rows = [OURS, peer("RC2", 31.0, 3, is_proven=True), starting_up("Dialogdag", 0.5), starting_up("RC2", 1.0)]

    (compared,) = against(rows)

    assert (compared.ratio, compared.thinking_ratio) == (15.5, 20.0)


def test_figures_are_as_long_as_they_count() -> None:
    assert [seconds(each) for each in (None, 0.123, 1.26, 12.6)] == ["–", "0.12", "1.3", "13"]
    assert [times(each) for each in (1.26, 55.5)] == ["1.3 ×", "56 ×"]
    assert percentile([5.0, 1.0, 4.0, 3.0, 2.0], 95) == 5.0
    assert percentile(range(1, 101), 95) == 95
    assert table(("a", "b"), [(1, 2)]) == "| a | b |\n| --- | ---: |\n| 1 | 2 |"
