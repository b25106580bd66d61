"""Sets of starts, as in `counting.thinkable`: bit `i` is set when something may start `i` steps after midnight."""

from collections.abc import Iterator

Starts = int


def each(starts: Starts) -> Iterator[int]:
    """The numbers of the starts, earliest first."""
    while starts:
        lowest = starts & -starts
        yield lowest.bit_length() - 1
        starts ^= lowest


def first(starts: Starts) -> int:
    """The number of the earliest start of a set that has one."""
    return (starts & -starts).bit_length() - 1


def last(starts: Starts) -> int:
    """The number of the latest start of a set that has one."""
    return starts.bit_length() - 1


def between(earliest: int, latest: int) -> Starts:
    """The starts from `earliest` up to and including `latest`."""
    earliest = max(0, earliest)
    return (1 << latest + 1) - (1 << earliest) if latest >= earliest else 0


def clashing(begin: int, end: int, minutes: int, step: int) -> Starts:
    """The starts with which so many minutes have a moment in common with `[begin, end)`, given in minutes."""
    return between((begin - minutes) // step + 1, -(-end // step) - 1)


def lasting(starts: Starts, steps: int) -> Starts:
    """The steps of the day at which something of that length is on, for one start or another."""
    covered, width = starts, 1
    while width < steps:
        more = min(width, steps - width)
        covered |= covered << more
        width += more
    return covered


def steps_until(minutes: int, step: int) -> int:
    """The fewest steps that last at least so many minutes."""
    return -(-minutes // step)
