"""How large a drawn day is, and the times at which its meetings would fit one after another."""

from dataclasses import dataclass

STEP = 5
TRAVEL_MINUTES = 5
LUNCH_MINUTES = 30
LUNCH_FROM, LUNCH_UNTIL = 11 * 60, 13 * 60


@dataclass(frozen=True, slots=True)
class Shape:
    """The figures of one day; times in minutes after midnight."""

    suppliers: int
    panels: int
    meetings: int
    minutes: int
    pause_minutes: int = 15
    plenary_minutes: int = 60
    opens: int = 8 * 60 + 30
    closes: int = 16 * 60 + 30

    @property
    def plenary_ends(self) -> int:
        """The end of the plenary, with which the day begins."""
        return self.opens + self.plenary_minutes

    @property
    def starts(self) -> tuple[int, ...]:
        """Starts of meetings as close on one another as the pause allows, before and after lunch."""
        afternoon = [start for start in self._from(self.lunch + LUNCH_MINUTES) if start + self.minutes <= self.closes]
        return (*self._morning, *afternoon)

    @property
    def lunch(self) -> int:
        """The start of lunch: as late as may be, when a meeting ends."""
        return max(LUNCH_FROM, self._morning[-1] + self.minutes if self._morning else self.plenary_ends)

    @property
    def _morning(self) -> list[int]:
        first = self.plenary_ends + TRAVEL_MINUTES
        return [start for start in self._from(first) if start + self.minutes <= LUNCH_UNTIL - LUNCH_MINUTES]

    def _from(self, first: int) -> range:
        return range(first, self.closes, self.minutes + self.pause_minutes)
