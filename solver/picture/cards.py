"""A block on the sheet: a meeting or a session with its stripe, its name, its letter and its time."""

from dataclasses import dataclass

from solver.picture.lettering import ELLIPSIS, cut_first, width, wrap, wrap_first
from solver.picture.palette import KINDS, NEUTRAL, Look
from solver.picture.parts import ASIDE, Box, Group, Hatch, Part, Shape, Stripe, Text

_STRIPE, _PAD = 7.0, 4.0
_LEAST, _MARGIN = 6.0, 2.0
# The letter and the time stand low in the block, but not so low that they lose their name.
_LOWEST = 48.0
_RADIUS = 2.5


@dataclass(frozen=True, slots=True)
class _Type:
    """The sizes of a name and of a time, and the height of a line."""

    name: float
    time: float
    line: float


_USUAL, _SMALL = _Type(9.5, 8.6, 10.4), _Type(8.6, 8.2, 9.6)
_NARROW = 60.0


@dataclass(frozen=True, slots=True)
class Card:
    """What stands on a block; `names` and `times` are ways to write its name and its time, the longest first.

    `facts` follow below where there is room for all of them.
    """

    sentence: str
    names: tuple[str, ...]
    times: tuple[str, ...]
    look: str
    letters: str = ""
    stripes: tuple[Look, ...] = ()
    facts: str = ""


def panel_look(looks: tuple[Look, ...]) -> str:
    """The class of a block for panels that sit together: that of the first."""
    return looks[0].block if looks else NEUTRAL


def ground(box: Box, look: str, radius: float) -> tuple[Part, ...]:
    """The filled box of a meeting, or that of a session with the lines of its kind."""
    lines = (Hatch(box.inset(1, 1, 1, 1), f"{look}-lines"),) if look in KINDS else ()
    return (Shape(box, look, radius), *lines)


def stripes(box: Box, looks: tuple[Look, ...], thickness: float = _STRIPE) -> tuple[Part, ...]:
    """The stripe along the left edge of a box, shared by the panels that sit together."""
    share = box.height / max(1, len(looks))
    places = (Box(box.x, box.y + number * share, thickness, share) for number in range(len(looks)))
    return tuple(Stripe(place, look) for place, look in zip(places, looks, strict=True))


def block(box: Box, card: Card) -> Group:
    """A card in its box, with as much of its text as there is room for."""
    inner = box.inset(left=(_STRIPE if card.stripes else 1) + _PAD, right=_PAD - 0.5)
    kind = _USUAL if inner.width >= _NARROW else _SMALL
    # Rounded first, so that equal blocks never differ by the last bit of a figure.
    lines = int(round((box.height - _MARGIN) / kind.line, 3))
    text = _several_lines(inner, card, kind, lines) if lines > 1 else _one_line(inner, card, kind)
    return Group(card.sentence, (*ground(box, card.look, _RADIUS), *stripes(box, card.stripes), *text))


def _several_lines(inner: Box, card: Card, kind: _Type, lines: int) -> tuple[Part, ...]:
    size, line = kind.name, kind.line
    names = wrap_first(card.names, inner.width, size, lines - 1, bold=True)
    top = inner.y + 1.6 + size * 0.9
    written = [Text(inner.x, top + number * line, name, size, bold=True) for number, name in enumerate(names)]
    lowest = max(_LOWEST, 4 + line * (len(names) + 0.8))
    baseline = min(inner.bottom - 3.2, inner.y + lowest)
    return (*written, *_letter_and_time(inner, baseline, card, kind.time), *_facts(inner, baseline, card, kind))


def _facts(inner: Box, above: float, card: Card, kind: _Type) -> tuple[Part, ...]:
    lines = wrap(card.facts, inner.width, kind.time, int((inner.bottom - 3.2 - above) / kind.line))
    is_whole = lines and not lines[-1].endswith(ELLIPSIS)
    places = (above + number * kind.line for number in range(1, len(lines) + 1))
    return tuple(
        Text(inner.x, y, said, kind.time, muted=True) for y, said in zip(places, lines, strict=True) if is_whole
    )


def _letter_and_time(inner: Box, baseline: float, card: Card, size: float) -> tuple[Part, ...]:
    letters = card.letters if width(card.letters, size, bold=True) <= inner.width else ""
    taken = width(letters, size, bold=True) + ASIDE * size if letters else 0
    time = _fitting(card.times, inner.width - taken, size)
    if letters:
        return (Text(inner.x, baseline, letters, size, bold=True, aside=time),)
    return (Text(inner.x, baseline, time, size, muted=True),) if time else ()


def _one_line(inner: Box, card: Card, kind: _Type) -> tuple[Part, ...]:
    size = min(kind.name, inner.height - 2.2)
    if size < _LEAST:
        return ()
    baseline = inner.y + inner.height / 2 + size * 0.36
    taken = width(card.letters, size, bold=True) + ASIDE * size if card.letters else 0
    letter = (Text(inner.x, baseline, card.letters, size, bold=True),) if taken and taken <= inner.width else ()
    beside = inner.inset(left=taken if letter else 0)
    name = cut_first(card.names, beside.width, size, bold=True)
    time = _fitting(card.times, beside.width - width(name, size, bold=True) - ASIDE * size, size)
    return (*letter, *((Text(beside.x, baseline, name, size, bold=True, aside=time),) if name else ()))


def _fitting(texts: tuple[str, ...], room: float, size: float) -> str:
    return next((text for text in texts if width(text, size) <= room), "")
