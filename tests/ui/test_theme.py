"""Contrast of every theme after WCAG 2.1: text 4.5 (success criterion 1.4.3), edges and focus 3 (1.4.11)."""

import pytest

from hotich.ui.theme import THEMES, Theme, ThemeName

GROUNDS = ("window", "base", "alternate", "raised")
TEXTS = [
    *((ink, ground) for ink in ("text", "muted") for ground in GROUNDS),
    *((ink, ground) for ink in ("error", "warning", "fine", "accent") for ground in ("window", "base", "alternate")),
    ("suggestion", "base"),
    ("suggestion", "alternate"),
    ("suggestion", "window"),
    ("on_accent", "accent"),
    ("on_accent", "warning"),
]
EDGES = [
    *(("focus", ground) for ground in GROUNDS),
    *(("border", ground) for ground in ("window", "base")),
    *((ink, "base") for ink in ("fine", "warning", "accent")),
]


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb, 0 to 1."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_measure_is_that_of_wcag() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_text_can_be_read(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 4.5


@pytest.mark.parametrize("theme", THEMES.values(), ids=list(THEMES))
@pytest.mark.parametrize(("ink", "ground"), EDGES)
def test_edges_and_focus_can_be_seen(theme: Theme, ink: str, ground: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= 3


def test_high_contrast_is_higher() -> None:
    theme = THEMES[ThemeName.CONTRAST]
    assert all(contrast(getattr(theme, ink), getattr(theme, ground)) >= 7 for ink, ground in TEXTS)
