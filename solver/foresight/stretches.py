"""How long a panel goes on without a rest."""

from collections.abc import Iterable

from solver.problem import Span


def keeps_stretch(meetings: Iterable[Span], minutes: int, rest_minutes: int) -> bool:
    """Whether no run of meetings, with gaps too short for a rest, lasts longer than so many minutes."""
    begin: int | None = None
    end = 0
    for span in sorted(meetings):
        begin = span.start if begin is None or span.start - end >= rest_minutes else begin
        end = max(end, span.end)
        if end - begin > minutes:
            return False
    return True
