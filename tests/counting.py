"""Work counted in calls, which no busy machine can change: for what must not grow, where seconds would prove little."""

import sys
from collections.abc import Callable


def calls_of(work: Callable[[], object]) -> int:
    """How many Python and C functions `work` calls."""
    calls = 0

    def count(_frame: object, event: str, _argument: object) -> None:
        nonlocal calls
        calls += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return calls
