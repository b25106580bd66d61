"""The whole day, with every rule, asked place by place: slow to build and never wrong.

Says the same rules as `solver.solve`, to a SAT solver.
"""

from collections.abc import Iterable, Iterator, Sequence

from solver import objectives
from solver.constraints import constrain
from solver.counting.capacity import at_most
from solver.engines.cnf import Cnf
from solver.engines.cores import keep_best
from solver.engines.sat import Engine, Sat
from solver.foresight.clauses import Clauses
from solver.foresight.ground import Piece
from solver.model.answer import sessions_and_meetings
from solver.model.formula import Figure, Literal, count, merged
from solver.plan import PlacedMeeting, PlacedSession
from solver.problem import Aim, Problem
from solver.variables import Choices

FIGURES = {Aim.REACHED: objectives.reached, Aim.PLACED: objectives.placed}
Place = tuple[int, str]
Placed = tuple[tuple[PlacedSession, ...], tuple[PlacedMeeting, ...]]


class Arbiter:
    """Every plan of one day that keeps all promises; `worth` says how many pins it keeps, and what the aims come to.

    `pieces` say of the times what follows from the rules, but is hard to see among them; `guess` is nearly a plan.
    """

    def __init__(self, problem: Problem, aims: Sequence[Aim], pieces: Iterable[Piece], guess: Placed | None) -> None:
        self._choices = Choices(problem, room_by_room=True)
        constrain(self._choices)
        pinned = count(self._choices.placed[name] for name in sorted(pinned_of(problem)))
        self._figures = [pinned, *(FIGURES[aim](self._choices) for aim in aims)]
        cnf = Cnf(self._choices.formula)
        for meetings, most in at_most(problem):
            cnf.at_most([self._choices.placed[name] for name in meetings], most)
        self._sat = Sat(cnf.clauses, cnf.top, engine=Engine.QUICK)
        for piece in pieces:
            self._tell(Clauses(piece, problem.day.step), problem.day.step)
        if guess is not None:
            self._sat.prefer(self._said(guess))
        self._seen: dict[tuple[str, int, str], Placed] = {}
        self._any: Placed | None = None
        self.worth: tuple[int, ...] = ()
        if all(keep_best(self._sat, _literals(hope)) is not None for hope in self._figures) and self._sat.can_hold():
            self._remember()

    def _tell(self, piece: Clauses, step: int) -> None:
        """Say of the times of a piece what its clauses do."""
        top = self._sat.top
        self._sat.top += piece.top
        self._sat.tell([literal + top if literal > 0 else literal - top for literal in each] for each in piece.clauses)
        for name, starts in piece.start.items():
            own = {time: starts.get(time // step) for time in self._choices.start[name]}
            self._sat.tell(
                [-self._choices.start[name][time], *([] if literal is None else [literal + top])]
                for time, literal in own.items()
            )
        self._sat.tell([-self._choices.placed[name], literal + top] for name, literal in piece.placed.items())

    def _said(self, placed: Placed) -> Iterator[Literal]:
        """The literals of the starts, rooms and people of a plan."""
        everything: tuple[PlacedSession | PlacedMeeting, ...] = (*placed[0], *placed[1])
        for each in everything:
            yield self._choices.start[each.id].get(each.start, self._choices.never)
            if each.room is not None:
                yield self._choices.room[each.id][each.room]
        for met in placed[1]:
            yield from (self._choices.attends[met.id][person] for person in met.people)

    @property
    def is_possible(self) -> bool:
        """Whether there is a plan at all."""
        return self._any is not None

    def places(self, meeting: str) -> list[Place]:
        """Every start and room that looks thinkable for a meeting."""
        rooms = self._choices.rooms_left(meeting)
        return [(start, room) for start in self._choices.start[meeting] for room in rooms]

    def placed(self, meeting: str, start: int, room: str) -> Placed | None:
        """A plan with the meeting in that place; None when there is none."""
        key = (meeting, start, room)
        if key not in self._seen and self._any is not None:
            starts, rooms = self._choices.start[meeting], self._choices.room[meeting]
            if start in starts and room in rooms and self._sat.can_hold([starts[start], rooms[room]]):
                self._remember()
        return self._seen.get(key)

    def any_placed(self) -> Placed:
        """A plan."""
        if self._any is None:
            raise LookupError
        return self._any

    def _remember(self) -> None:
        chosen = self._sat.chosen()
        placed = sessions_and_meetings(self._choices, lambda literal: chosen[abs(literal) - 1] == literal)
        for each in placed[1]:
            self._seen.setdefault((each.id, each.start, each.room), placed)
        if self._any is None:
            self._any = placed
            self.worth = tuple(figure.value([int(literal > 0) for literal in chosen]) for figure in self._figures)


def pinned_of(problem: Problem) -> frozenset[str]:
    """The meetings that are pinned to a start."""
    return frozenset(meeting.id for meeting in problem.meetings if meeting.start is not None)


def _literals(figure: Figure) -> dict[int, int]:
    """What a figure grows with, each with how much."""
    return {variable if factor > 0 else -variable: abs(factor) for factor, variable in merged(figure)}
