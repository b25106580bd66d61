"""What has been measured, as it is kept between runs: one list for each part of the bench."""

from pathlib import Path

from pydantic import BaseModel, ConfigDict

from bench.measured import Cost
from solver.plan import Status
from solver.problem import Aim


class Kept(BaseModel):
    """Frozen, and nothing in it that is not named."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Row(Kept):
    """One measurement."""

    cost: Cost

    @property
    def headline(self) -> str:
        """What is told while the bench runs."""
        return f"{self._told()}, {self.cost.cpu_seconds:.1f} CPU s, {self.cost.peak_mib:.0f} MiB"

    def _told(self) -> str:
        raise NotImplementedError


class AimRow(Kept):
    """What one aim came to, and the seconds of thinking after which nothing more was said of it."""

    aim: Aim
    value: int
    bound: int | None
    is_proven: bool
    seconds: float | None


class PlanRow(Row):
    """One day solved by us; `first_plan_seconds` and `seconds` are seconds of thinking, without starting up."""

    day: str
    suppliers: int
    panels: int
    meetings: int
    status: Status
    placed: int
    first_plan_seconds: float | None
    seconds: float
    aims: tuple[AimRow, ...]
    is_checked: bool

    def _told(self) -> str:
        return f"{self.day} {self.status}, {self.placed} of {self.meetings}"


class PeerRow(Row):
    """One solver on one plain instance; `value` is None without a plan, `found_cpu_seconds` is when it had it."""

    instance: str
    meetings: int
    slots: int
    solver: str
    value: int | None
    bound: int | None
    is_proven: bool
    is_lawful: bool
    found_cpu_seconds: float | None

    def _told(self) -> str:
        return f"{self.instance} {self.solver} {self.value} ({self.bound})"


class RepairRow(Row):
    """A day whose announced plan had to change: what was moved, by aim `kept`, and the plan that came of it."""

    mishap: str
    moved: int
    moved_room_only: int
    dropped: int
    plan: PlanRow

    def _told(self) -> str:
        return f"{self.mishap} {self.plan.status}, {self.moved} moved"


class OpeningsRow(Row):
    """A day that suppliers book by themselves, one after another: milliseconds, and what was offered."""

    suppliers: int
    build_milliseconds: float
    query_milliseconds: tuple[float, ...]
    booking_milliseconds: tuple[float, ...]
    naive: int
    safe: int
    booked: int

    def _told(self) -> str:
        return f"{self.suppliers} suppliers, {self.booked} booked, {max(self.query_milliseconds):.1f} ms at most"


class ExplainRow(Row):
    """A day explained: seconds until the conflicts, and until the remedies, whose kinds are told in order."""

    day: str
    conflicts: int
    remedies: tuple[str, ...]
    conflict_seconds: float
    remedies_seconds: float

    def _told(self) -> str:
        return f"{self.day}, {self.conflicts} conflicts, {len(self.remedies)} remedies"


class MailRow(Row):
    """A publication: seconds in which its letters were composed and queued, and after which each was sent."""

    suppliers: int
    panels: int
    letters: int
    composed_seconds: float
    longest_transaction_seconds: float
    sent_after_seconds: tuple[float, ...]

    @property
    def letters_a_second(self) -> float:
        """How many letters left in a second, from the first to the last."""
        return (self.letters - 1) / max(self.sent_after_seconds)

    def _told(self) -> str:
        return f"{self.letters} composed in {self.composed_seconds:.1f} s, {self.letters_a_second:.0f} sent a second"


class FaultsRow(Row):
    """Letters through a mail server that fails, by a process that is killed: seconds since the first was written.

    `faults` are attempts beyond the first; `repeated` arrived again as the same letter, `doubled` as another.
    """

    letters: int
    kills: int
    faults: int
    lost: int
    parked: int
    repeated: int
    doubled: int
    killed_after_seconds: tuple[float, ...]
    sent_after_seconds: tuple[float, ...]

    def _told(self) -> str:
        return f"{self.letters} letters, {self.kills} kills: {self.lost} lost, {self.doubled} doubled"


class FeedsRow(Row):
    """Feeds given out: requests answered a second in each round, polling, and milliseconds to render sixty events."""

    bare_a_second: tuple[float, ...]
    unchanged_a_second: tuple[float, ...]
    whole_a_second: tuple[float, ...]
    polled: int
    polled_seconds: float
    polled_cpu_seconds: float
    render_milliseconds: float

    def _told(self) -> str:
        return f"{max(self.unchanged_a_second):.0f} unchanged a second, {self.render_milliseconds:.1f} ms to render"


class Results(Kept):
    """Everything that is known, with the versions it was measured with."""

    versions: dict[str, str] = {}
    seconds: float = 60.0
    plans: tuple[PlanRow, ...] = ()
    peers: tuple[PeerRow, ...] = ()
    repairs: tuple[RepairRow, ...] = ()
    openings: tuple[OpeningsRow, ...] = ()
    explained: tuple[ExplainRow, ...] = ()
    feeds: tuple[FeedsRow, ...] = ()
    mail: tuple[MailRow, ...] = ()
    faults: tuple[FaultsRow, ...] = ()


def read_results(path: Path) -> Results:
    """What an earlier run has kept; nothing when there was none."""
    return Results.model_validate_json(path.read_bytes()) if path.exists() else Results()


def write_results(path: Path, results: Results) -> None:
    """Keep the results, one line a measurement at most two levels deep."""
    path.write_text(results.model_dump_json(indent=1) + "\n", encoding="utf-8")
