"""The rules of the day, each said to the solver by one function.

Those that shorten the lists of choices come first, so that the others have less to say; the order changes nothing else.
"""

from collections.abc import Callable

from solver.model import overlapping, placing, spacing, travelling, waiting
from solver.rules import Rule
from solver.variables import Choices

RULES: dict[Rule, Callable[[Choices], None]] = {
    Rule.STAYS: placing.keep_panels_in_one_room,
    Rule.OPEN: placing.keep_open,
    Rule.PINNED: placing.keep_pins,
    Rule.ROOM: placing.keep_rooms_suitable,
    Rule.BARRED: placing.keep_barred_away,
    Rule.WINDOW: placing.keep_windows,
    Rule.PANEL: placing.keep_panels_manned,
    Rule.REQUIRED: placing.keep_required,
    Rule.ONE_PLACE: overlapping.keep_one_place,
    Rule.TRAVEL: travelling.keep_travel,
    Rule.PAUSE: spacing.keep_pauses,
    Rule.AFTER: spacing.keep_order,
    Rule.REST: spacing.keep_rests,
    Rule.APART: spacing.keep_apart,
    Rule.EVEN: waiting.keep_even,
}


def constrain(choices: Choices) -> None:
    """Say every rule of the day, and close the choices."""
    for say in RULES.values():
        say(choices)
    choices.formula.about(None)
    choices.settle()
