"""The look of sessions: no panel has it, whatever colours the reader sees, and on paper without any."""

from itertools import product

import pytest

from solver.draw import draw
from solver.picture.palette import DARK, HUES, KINDS, LIGHT, PRINT, Scheme
from tests.solver.drawn import SVG, autumn_day, parsed

Colour = tuple[float, ...]
SCHEMES = {"light": LIGHT, "dark": DARK, "print": PRINT}
# Machado, Oliveira and Fernandes (2009), at full severity, on linear light.
SIGHTS: dict[str, tuple[Colour, ...]] = {
    "all colours": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "deuteranopia": ((0.367, 0.861, -0.228), (0.280, 0.673, 0.047), (-0.012, 0.043, 0.969)),
    "protanopia": ((0.152, 1.053, -0.205), (0.115, 0.786, 0.099), (-0.004, -0.048, 1.052)),
    "no colours": ((0.213, 0.715, 0.072),) * 3,
}


def linear(colour: str) -> Colour:
    shares = (int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5))
    return tuple(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4 for share in shares)


def luminance(light: Colour) -> float:
    return sum(weight * share for weight, share in zip((0.2126, 0.7152, 0.0722), light, strict=True))


def lightness(colour: str, sight: tuple[Colour, ...]) -> float:
    """How light a colour seems, from 0 to 100, to someone with that sight."""
    light = linear(colour)
    seen = tuple(sum(part * share for part, share in zip(row, light, strict=True)) for row in sight)
    return 116 * float(max(0.008856, luminance(seen)) ** (1 / 3)) - 16


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(linear(one)), luminance(linear(other))))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("scheme", "sight"), list(product(SCHEMES, SIGHTS)))
def test_a_session_is_darker_or_lighter_than_the_ground_of_every_panel(scheme: str, sight: str) -> None:
    grounds, panels = SCHEMES[scheme].sessions, SCHEMES[scheme].hues

    for (ground, _), (_, panel) in product(grounds, panels):
        assert abs(lightness(ground, SIGHTS[sight]) - lightness(panel, SIGHTS[sight])) > 3, (ground, panel)


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_a_session_is_grey_and_no_panel_is(scheme: Scheme) -> None:
    assert all(_spread(colour) <= 16 for pair in scheme.sessions for colour in pair)
    assert all(_spread(line) > 50 for line, _ in scheme.hues)
    assert (len(scheme.hues), len(scheme.sessions)) == (HUES, len(KINDS))


@pytest.mark.parametrize("scheme", SCHEMES.values(), ids=SCHEMES)
def test_words_on_a_session_and_on_its_lines_can_be_read(scheme: Scheme) -> None:
    for words, colour in product((scheme.ink, scheme.muted), (each for pair in scheme.sessions for each in pair)):
        assert contrast(words, colour) >= 4.4, (words, colour)


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_session_has_lines_of_its_own(kind: str) -> None:
    root = parsed(draw(*autumn_day()))

    boxes = [each for each in root.iter(f"{SVG}rect") if each.attrib["class"] == kind]
    lines = [each.attrib["d"] for each in root.iter(f"{SVG}path") if each.attrib["class"] == f"{kind}-lines"]
    assert len(boxes) == len(lines) > 1
    assert all(line.startswith("M") and (("V" in line) is (kind == "session")) for line in lines)


def _spread(colour: str) -> int:
    shares = [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
    return max(shares) - min(shares)
