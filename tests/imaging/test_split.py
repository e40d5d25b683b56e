"""The fold of an open book, and its halves."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from hotich.imaging.clean import PageShape, clean_halves, clean_page
from hotich.imaging.geometry import moved
from hotich.imaging.recipe import SPLIT
from hotich.imaging.split import ENOUGH, measure_gutter
from hotich.values import StepMode
from tests.imaging.drawn_pages import noisy, sheet

ANY = PageShape(None, spread_allowed=False)


def spread(fold: float = 0.5, shade: float = 0.35) -> np.ndarray:
    """Two pages of an open book with the shade of the fold between them."""
    pages = np.hstack([sheet(900, 1273, seed=1), sheet(900, 1273, seed=2)])
    width = pages.shape[1]
    away = (np.arange(width) - fold * width) / (0.012 * width)
    return noisy((pages * (1 - shade * np.exp(-(away**2)))[None, :, None]), np.random.default_rng(1), 2.0)


@pytest.mark.parametrize("fold", [0.47, 0.5, 0.53])
@pytest.mark.parametrize("shade", [0.2, 0.45])
def test_the_fold_is_found(fold: float, shade: float) -> None:
    picture = cv2.resize(spread(fold, shade), (900, 636), interpolation=cv2.INTER_AREA)
    found = measure_gutter(picture)
    assert found.fraction == pytest.approx(fold, abs=0.006)
    assert found.confidence >= ENOUGH


@pytest.mark.parametrize("page", [sheet(1754, 1240), sheet(1754, 1240, ruled=False), sheet()])
def test_a_single_sheet_has_no_fold(page: np.ndarray) -> None:
    """Not even one with a ruled line down its middle."""
    assert measure_gutter(page).confidence < ENOUGH


def test_a_spread_is_shown_whole_and_told() -> None:
    picture = spread()
    clean = clean_page(picture, wanted=ANY)
    step = clean.recipe.step(SPLIT)
    assert step is not None
    assert (step.mode, step.note) == (StepMode.AUTO, "clean-split-found")
    assert clean.picture.shape[1] >= picture.shape[1]


def test_a_form_that_lies_over_both_pages_is_not_told_of_its_fold() -> None:
    step = clean_page(spread(), wanted=PageShape(None, spread_allowed=True)).recipe.step(SPLIT)
    assert step is not None
    assert step.note == ""


def test_halves_meet_at_the_fold() -> None:
    picture = spread(0.5)
    left, right = clean_halves(picture, wanted=ANY)
    middle = picture.shape[1] / 2
    (left_edge,) = moved([(left.picture.shape[1] - 1, left.picture.shape[0] / 2)], left.to_original)
    (right_edge,) = moved([(0, right.picture.shape[0] / 2)], right.to_original)
    assert left_edge.x == pytest.approx(middle, abs=12)
    assert right_edge.x == pytest.approx(middle, abs=12)
    assert left.picture.shape[1] + right.picture.shape[1] == pytest.approx(picture.shape[1], abs=40)
