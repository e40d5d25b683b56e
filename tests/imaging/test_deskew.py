"""Deskew against known angles; pages that do not tell their angle are left alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.imaging.clean import PageShape, clean_page
from hotich.imaging.deskew import ENOUGH, measure_skew
from hotich.imaging.light import even_light
from hotich.imaging.recipe import DESKEW
from hotich.values import StepMode
from tests.imaging.drawn_pages import PAPER, noisy, sheet, skewed

RULED = sheet()
PLAIN_TEXT = sheet(ruled=False)
EMPTY_TABLE = sheet(text=False)
A4 = PageShape(210 / 297)


@settings(max_examples=8, deadline=None)
@given(degrees=st.floats(-4.5, 4.5))
@pytest.mark.parametrize("page", [RULED, PLAIN_TEXT, EMPTY_TABLE], ids=["ruled", "text", "table"])
def test_skew_is_found_to_a_twentieth_of_a_degree(page: np.ndarray, degrees: float) -> None:
    measured = measure_skew(skewed(page, degrees))
    assert measured.degrees == pytest.approx(degrees, abs=0.05)
    assert measured.confidence >= ENOUGH


def test_skew_is_found_in_uneven_light() -> None:
    shade = np.linspace(0.45, 1.0, RULED.shape[1])[None, :, None]
    dim = (skewed(RULED, 1.7) * shade).astype(np.uint8)
    assert measure_skew(dim).degrees == pytest.approx(1.7, abs=0.05)


@pytest.mark.parametrize("page", [RULED, PLAIN_TEXT, EMPTY_TABLE], ids=["ruled", "text", "table"])
def test_a_straight_page_is_not_touched(page: np.ndarray) -> None:
    clean = clean_page(page, wanted=A4)
    step = clean.recipe.step(DESKEW)
    assert step is not None
    assert (step.mode, step.note) == (StepMode.SKIPPED, "clean-deskew-straight")
    assert np.array_equal(clean.picture, page)


def scattered() -> np.ndarray:
    rng = np.random.default_rng(8)
    page = np.full((1754, 1240, 3), PAPER, np.uint8)
    for x, y in rng.integers(60, 1150, (500, 2)):
        page[y : y + 6, x : x + 6] = 30
    return noisy(page, rng)


@pytest.mark.parametrize("page", [sheet(ruled=False, text=False), scattered()], ids=["blank", "specks"])
def test_a_page_that_tells_no_angle_is_left_alone_and_says_so(page: np.ndarray) -> None:
    clean = clean_page(page, wanted=A4)
    step = clean.recipe.step(DESKEW)
    assert step is not None
    assert (step.mode, step.note) == (StepMode.SKIPPED, "clean-deskew-unsure")
    assert step.confidence < ENOUGH
    assert clean.picture.shape == page.shape


def test_two_skews_on_one_page_lower_the_confidence() -> None:
    mixed = skewed(PLAIN_TEXT, 2.5)
    mixed[:, 620:] = skewed(PLAIN_TEXT, -2.5)[:, 620:]
    assert measure_skew(mixed).confidence < measure_skew(skewed(PLAIN_TEXT, 2.5)).confidence / 1.5


def test_levelled_lines_are_level_and_nothing_is_cut() -> None:
    clean = clean_page(skewed(RULED, 3.3), wanted=A4)
    assert abs(measure_skew(even_light(clean.picture)).degrees) < 0.05
    assert clean.picture.shape[0] > RULED.shape[0] and clean.picture.shape[1] > RULED.shape[1]
