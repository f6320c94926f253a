"""Every pair of colours that meet on a page keeps the contrast that WCAG 2.2 AA asks for."""

import re
from pathlib import Path

import pytest

CSS = Path(__file__).parents[3] / "static" / "okrtrack" / "base.css"
LEVELS = ("on-plan", "yellow", "orange", "red")
SURFACES = ("page", "paper", "sunk", "hover")
TEXT, GRAPHIC = 4.5, 3.0


def tokens() -> dict[str, tuple[str, str]]:
    """Token -> its light and its dark colour."""
    found: dict[str, tuple[str, str]] = {}
    for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", CSS.read_text()):
        colours = re.findall(r"#[0-9a-f]{3,6}\b", value)
        if colours:
            found[name] = (colours[0], colours[-1])
    return found


def luminance(colour: str) -> float:
    digits = colour.lstrip("#")
    if len(digits) == 3:
        digits = "".join(digit * 2 for digit in digits)
    parts = [int(digits[index : index + 2], 16) / 255 for index in (0, 2, 4)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


PAIRS = [
    *[(ink, surface, TEXT) for ink in ("ink", "ink-2", "ink-3") for surface in SURFACES],
    *[("accent", surface, TEXT) for surface in (*SURFACES, "accent-soft")],
    *[("state-ink", surface, TEXT) for surface in SURFACES],
    *[(f"{level}-ink", s, TEXT) for level in LEVELS for s in (*SURFACES, f"{level}-soft")],
    *[("ink", f"{soft}-soft", TEXT) for soft in (*LEVELS, "accent")],
    *[("on-accent", fill, TEXT) for fill in ("accent-fill", "accent-fill-hover")],
    *[("line-control", surface, GRAPHIC) for surface in ("page", "paper")],
    *[(f"{level}-edge", surface, GRAPHIC) for level in LEVELS for surface in SURFACES],
    ("accent-fill", "paper", GRAPHIC),
]


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("front", "back", "least"), PAIRS)
def test_colours_that_meet_can_be_told_apart(
    front: str, back: str, least: float, theme: int
) -> None:
    colours = tokens()
    measured = contrast(colours[front][theme], colours[back][theme])
    assert measured >= least, f"{front} on {back}: {measured:.2f}"


def test_a_pair_that_is_too_weak_is_noticed() -> None:
    assert contrast("#999", "#fff") < TEXT
    assert contrast("#000", "#fff") == pytest.approx(21)
