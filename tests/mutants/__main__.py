"""`python -m tests.mutants`: leave each statement of the rules out in turn, and tell which of them no test misses."""

import sys
import time
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator, Sequence
from importlib import import_module

from tests.mutants.exempt import EXEMPT
from tests.mutants.guards import Guard, Guarded, Mutant
from tests.mutants.trials import Heard, load, tried, use_plain_hypothesis

MODEL = ("placing", "overlapping", "rooming", "travelling", "spacing", "waiting")
SAID = ("constraints", "variables", *(f"model.{name}" for name in MODEL))
CHECKS = ("verify", *(f"verifying.{name}" for name in ("people", "place", "time")))
MODULES = tuple(f"solver.{name}" for name in (*SAID, *CHECKS))

SOLVER = "tests/solver/test_"
# Named days, each of which shows one thing.
NAMED = (
    *("constraints", "constraints_as_named", "constraints_exact", "constraints_impossible", "constraints_instances"),
    *("objectives", "climb"),
    *("verify_neighbours", "verify_order", "verify_pauses", "verify_people", "verify_place", "verify_required"),
    *("verify_rooms", "verify_windows"),
)
# What else may miss a statement that all of the former do without.
WIDER = ("explain_conflicts", "cnf", "verify_hostile", "solve_all_plans")


def main() -> int:
    asked = _asked()
    guard, began = Guard(), time.monotonic()
    with use_plain_hypothesis():
        Guarded(asked.modules, guard).install()
        for module in asked.modules:
            import_module(module)
        load([*asked.tests, *asked.wider])
        sound = tried(guard, None, [*asked.tests, *asked.wider])
        if sound.failed:
            return _told(f"Nothing is left out, and yet: {sound.failed}", 2)
        survived = [number for number in range(len(guard.mutants)) if not _is_noticed(asked, guard, number, sound)]
    stale = [name for name in EXEMPT if name.split(":")[0] in asked.modules and name not in _names(guard)]
    for name in stale:
        _told(f"EXEMPT IN VAIN  {name}")
    seconds = time.monotonic() - began
    _told(f"{len(guard.mutants)} left out one by one in {seconds:.0f} s: {len(survived)} survived.")
    return int(bool(survived or stale))


def _names(guard: Guard) -> set[str]:
    return {_name(mutant) for mutant in guard.mutants}


def _name(mutant: Mutant) -> str:
    return f"{mutant.module}: {mutant.name}"


def _is_noticed(asked: Namespace, guard: Guard, number: int, sound: Heard) -> bool:
    """Whether leaving it out makes a test fail, or is known to change no answer; either is told."""
    mutant = guard.mutants[number]
    if _name(mutant) in EXEMPT and not asked.all:
        _told(f"exempt    {mutant}\n          {EXEMPT[_name(mutant)]}")
        return True
    for tests in filter(None, _fitting(asked, number, sound)):
        heard = tried(guard, number, sorted({test.split("::")[0] for test in tests}), tests)
        if heard.failed:
            _told(f"killed    {mutant}\n          by {heard.failed}")
            return True
    _told(f"SURVIVED  {mutant}")
    return False


def _fitting(asked: Namespace, number: int, sound: Heard) -> Iterator[list[str]]:
    """The tests that reach the mutant, the quickest first: those with named days, then the wider."""
    reaching = [test for test, reached in sound.reached.items() if number in reached]
    reaching.sort(key=sound.seconds.__getitem__)
    for files in (asked.tests, asked.wider):
        yield [test for test in reaching if test.split("::")[0] in files]


def _asked(arguments: Sequence[str] | None = None) -> Namespace:
    parser = ArgumentParser(prog="python -m tests.mutants", description=__doc__)
    parser.add_argument("modules", nargs="*", default=MODULES, help="the modules whose statements are left out")
    parser.add_argument("--tests", nargs="*", default=[f"{SOLVER}{name}.py" for name in NAMED], help="heard first")
    parser.add_argument("--wider", nargs="*", default=[f"{SOLVER}{name}.py" for name in WIDER], help="heard last")
    parser.add_argument("--all", action="store_true", help="try what is exempt as well")
    return parser.parse_args(arguments)


def _told(line: str, status: int = 0) -> int:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()
    return status


if __name__ == "__main__":
    sys.exit(main())
