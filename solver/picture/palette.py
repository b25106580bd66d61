"""Colours and patterns: hues that stay apart for colour-blind readers, patterns that stay apart in grey.

Colours are written out in every rule: printers' tools and the makers of PDF do not know CSS variables.
"""

from dataclasses import dataclass

HUES = 6
KINDS = ("plenary", "pause", "session")
NEUTRAL = "none"
_LIGHT_HUES = (
    *(("#0072b2", "#e3f0f8"), ("#c47d00", "#fdf1d8"), ("#00805e", "#dff3ec")),
    *(("#a8447f", "#f8e6f0"), ("#c24a00", "#fce7da"), ("#35307a", "#edebfb")),
)
_LIGHT_SESSIONS = (("#c9ccd1", "#dddfe2"), ("#dddfe2", "#b9bdc2"), ("#dddfe2", "#b9bdc2"))
_DARK_SESSIONS = (("#4b5057", "#383c41"), ("#383c41", "#555b62"), ("#383c41", "#555b62"))
_DARK_HUES = (
    *(("#6bb8ea", "#10293a"), ("#f0b445", "#35270a"), ("#4cc9a2", "#0c2f25")),
    *(("#e494c1", "#3a1c2e"), ("#ff9560", "#3d1f0f"), ("#c9c2ff", "#241f52")),
)


@dataclass(frozen=True, slots=True)
class Pattern:
    """Dashed lines down a stripe: where they stand across it and how wide they are, in shares of its width.

    Lines, since tiled fills swell to megabytes of pixels when a browser makes a PDF. `late` is how much further
    down each next line begins, `end` how much each stops short, `dash` and `is_round` the shape of the dashes.
    """

    across: tuple[float, ...]
    width: float
    dash: str = "none"
    late: float = 0
    end: float = 0
    is_round: bool = False


PATTERNS = (
    Pattern((0.5,), 1),
    Pattern((0.5,), 1, "1 1.9"),
    Pattern((0.5,), 1, "3.2 2.2"),
    Pattern((0.27, 0.77), 0.36, ".01 3.6", end=1.9, is_round=True),
    Pattern((0.15, 0.65), 0.3),
    Pattern((0.25, 0.75), 0.5, "3.5", late=3.5),
)


@dataclass(frozen=True, slots=True)
class Scheme:
    """The colours of everything that is not a panel, the ground and the lines of each kind of session, and the hues.

    Sessions are grey with an edge of ink, darker than any panel where paper is light, and lighter where it is dark.
    """

    ink: str
    muted: str
    line: str
    mid: str
    paper: str
    accent: str
    sessions: tuple[tuple[str, str], ...]
    hues: tuple[tuple[str, str], ...]


LIGHT = Scheme(*("#292c30", "#4b4d50", "#d9dadb", "#85878a", "#ffffff", "#0062ba"), _LIGHT_SESSIONS, _LIGHT_HUES)
DARK = Scheme(*("#f0f1f2", "#cdd0d4", "#3b3e43", "#85888d", "#17191c", "#6db0ee"), _DARK_SESSIONS, _DARK_HUES)
PRINT = Scheme(*("#000000", "#333333", "#c4c5c7", "#6f7174", "#ffffff", "#0062ba"), _LIGHT_SESSIONS, _LIGHT_HUES)
FONTS = 'Inter,"Segoe UI",Roboto,"Helvetica Neue",Arial,"Liberation Sans","DejaVu Sans Condensed",sans-serif'


@dataclass(frozen=True, slots=True)
class Look:
    """The colour and the pattern that one panel has all over the picture."""

    hue: int
    pattern: int

    @property
    def block(self) -> str:
        """The class of its meetings."""
        return f"h{self.hue}"

    @property
    def stripe(self) -> str:
        """The classes of its stripe."""
        return f"f{self.hue} k{self.pattern}"


def look(number: int) -> Look:
    """The look of a panel by its place in the list; hues repeat after six, with another pattern each time round."""
    return Look(number % HUES, (number + number // HUES) % len(PATTERNS))


def style(width: float, height: float) -> str:
    """The style sheet: light, dark where the reader asks for it, and print on one sheet of this size in mm."""
    return f"{looks()}@page{{size:{width:g}mm {height:g}mm;margin:0}}"


def looks() -> str:
    """The style sheet of all shapes and words, in light, dark and print, for whatever page they stand on."""
    fixed = (
        f"svg{{color-scheme:light dark}}text{{font-family:{FONTS};font-variant-numeric:tabular-nums}}"
        ".bold{font-weight:600}.aside{font-weight:400}.ends{text-anchor:end}.closed,.hatch{fill:none}"
        ".pause-lines{stroke-width:1.7;stroke-linecap:round;stroke-dasharray:.01 6}"
    )
    dashes = "".join(_dash(number, pattern) for number, pattern in enumerate(PATTERNS))
    dark = f"@media (prefers-color-scheme:dark){{{_colours(DARK)}}}"
    return f"{fixed}{dashes}{_colours(LIGHT)}{dark}@media print{{{_colours(PRINT)}}}"


def _dash(number: int, pattern: Pattern) -> str:
    cap = ";stroke-linecap:round" if pattern.is_round else ""
    return f".k{number}{{fill:none;stroke-dasharray:{pattern.dash}{cap}}}"


def _colours(scheme: Scheme) -> str:
    plain = (
        f"text{{fill:{scheme.ink}}}.muted,.aside{{fill:{scheme.muted}}}.paper{{fill:{scheme.paper}}}"
        f".grid{{stroke:{scheme.line};stroke-width:.75}}.hatch{{stroke:{scheme.line}}}"
        f".closed{{stroke:{scheme.mid};stroke-width:.75;stroke-dasharray:3 2}}"
        f".wait{{stroke:{scheme.mid};stroke-width:1.5;stroke-linecap:round;stroke-dasharray:.1 3.4}}"
        f".{NEUTRAL}{{fill:{scheme.paper};stroke:{scheme.ink};stroke-width:1}}"
    )
    sessions = "".join(_session(kind, scheme.ink, *pair) for kind, pair in zip(KINDS, scheme.sessions, strict=True))
    return plain + sessions + "".join(_hue(number, *pair) for number, pair in enumerate(scheme.hues))


def _session(kind: str, ink: str, ground: str, lines: str) -> str:
    return f".{kind}{{fill:{ground};stroke:{ink};stroke-width:.9}}.{kind}-lines{{stroke:{lines}}}"


def _hue(number: int, line: str, ground: str) -> str:
    return f".h{number}{{fill:{ground};stroke:{line};stroke-width:1}}.f{number}{{stroke:{line}}}"
