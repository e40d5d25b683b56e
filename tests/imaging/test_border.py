"""The sheet in a photograph against known corners; flat scans are left whole; the uneven light of a photograph."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from hotich.imaging.border import ENOUGH, believable_aspect, measure_sheet
from hotich.imaging.clean import PageShape, clean_page
from hotich.imaging.geometry import moved
from hotich.imaging.light import measure_light, paper_brightness
from hotich.imaging.recipe import BORDER, LIGHT
from hotich.values import StepMode
from tests.imaging.drawn_pages import PAPER, photograph_matrix, photographed, sheet, skewed

A4 = PageShape(210 / 297)
PAGE = sheet()
SIZE = (2100, 2600)
VIEWS = {
    "from above": [(240.0, 200.0), (1850.0, 210.0), (1845.0, 2400.0), (235.0, 2390.0)],
    "from below": [(310.0, 220.0), (1700.0, 280.0), (1850.0, 2300.0), (180.0, 2200.0)],
    "from the side": [(260.0, 240.0), (1760.0, 420.0), (1770.0, 2160.0), (250.0, 2370.0)],
    "turned a little": [(330.0, 160.0), (1860.0, 330.0), (1700.0, 2420.0), (170.0, 2240.0)],
}


@pytest.mark.parametrize("view", VIEWS)
def test_the_corners_of_a_photographed_sheet_are_found(view: str) -> None:
    corners = VIEWS[view]
    clean = clean_page(photographed(PAGE, corners, SIZE), wanted=A4)
    step = clean.recipe.step(BORDER)
    assert step is not None
    assert step.mode is StepMode.AUTO and step.confidence >= ENOUGH
    found = np.reshape(step.parameters["corners"], (4, 2))
    assert np.linalg.norm(found - corners, axis=1).max() < 6.0


@pytest.mark.parametrize("view", VIEWS)
def test_every_place_of_the_sheet_goes_back_to_its_place_in_the_photograph(view: str) -> None:
    """The way from the clean page to the photograph is that of the camera, to a few pixels everywhere."""
    clean = clean_page(photographed(PAGE, VIEWS[view], SIZE), wanted=A4)
    height, width = clean.picture.shape[:2]
    shares = [(x, y) for x in (0.1, 0.5, 0.9) for y in (0.1, 0.5, 0.9)]
    on_clean = [(x * (width - 1), y * (height - 1)) for x, y in shares]
    on_page = [(x * (PAGE.shape[1] - 1), y * (PAGE.shape[0] - 1)) for x, y in shares]
    found = np.array(moved(on_clean, clean.to_original))
    truth = np.array(moved(on_page, photograph_matrix(PAGE, VIEWS[view])))
    assert np.linalg.norm(found - truth, axis=1).max() < 10.0
    assert width / height == pytest.approx(210 / 297, rel=0.01)


@pytest.mark.parametrize("page", [PAGE, sheet(ruled=False), sheet(text=False), skewed(PAGE, 3.0)])
def test_a_scan_that_the_paper_fills_is_left_whole(page: np.ndarray) -> None:
    """A table's outer frame is no edge of the paper."""
    step = clean_page(page, wanted=A4).recipe.step(BORDER)
    assert step is not None
    assert (step.mode, step.note) == (StepMode.SKIPPED, "clean-border-whole")
    assert step.confidence >= ENOUGH


def test_a_sheet_on_the_dark_glass_of_a_scanner_is_cut_out() -> None:
    """The sheet touches the glass's corner: two of its sides are those of the picture."""
    glass = np.full((2000, 1500, 3), 30, np.uint8)
    glass[: PAGE.shape[0], : PAGE.shape[1]] = PAGE
    step = clean_page(glass, wanted=A4).recipe.step(BORDER)
    assert step is not None and step.mode is StepMode.AUTO
    right, bottom = np.reshape(step.parameters["corners"], (4, 2))[2]
    assert (right, bottom) == (pytest.approx(PAGE.shape[1], abs=6), pytest.approx(PAGE.shape[0], abs=6))


def test_an_unclear_heap_of_paper_is_left_alone() -> None:
    rng = np.random.default_rng(2)
    blobs = cv2.GaussianBlur(rng.normal(0, 1, (1600, 1200)).astype(np.float32), (0, 0), 120)
    cloudy = np.clip(150 + blobs / blobs.std() * 45, 0, 255).astype(np.uint8)
    clean = clean_page(np.dstack([cloudy] * 3), wanted=A4)
    step = clean.recipe.step(BORDER)
    assert step is not None
    assert step.mode is StepMode.SKIPPED
    assert clean.picture.shape == (1600, 1200, 3)


def test_a_quad_of_quite_another_shape_is_trusted_less() -> None:
    view = cv2.resize(photographed(PAGE, VIEWS["from above"], SIZE), (800, 990), interpolation=cv2.INTER_AREA)
    assert measure_sheet(view, 210 / 297).confidence > measure_sheet(view, 2.4).confidence - 1e-9
    assert measure_sheet(view, 2.4).corners is None


@pytest.mark.parametrize(
    ("seen", "form", "believed"),
    [(0.74, 210 / 297, 210 / 297), (0.74, None, 2**-0.5), (1.46, None, 2**0.5), (1.0, None, 1.0), (1.4, 0.7, 2**0.5)],
)
def test_the_shape_of_the_sheet(seen: float, form: float | None, believed: float) -> None:
    assert believable_aspect(seen, form) == pytest.approx(believed)


def test_shade_is_divided_away_and_the_paper_keeps_its_tint() -> None:
    shade = np.linspace(0.5, 1.0, PAGE.shape[1])[None, :, None]
    clean = clean_page((PAGE * shade).astype(np.uint8), wanted=A4)
    step = clean.recipe.step(LIGHT)
    assert step is not None and step.mode is StepMode.AUTO
    assert measure_light(clean.picture).unevenness < 1.05
    paper = paper_brightness(clean.picture).reshape(-1, 3).mean(axis=0)
    assert paper[2] / paper[0] == pytest.approx(PAPER[2] / PAPER[0], rel=0.02)


def test_even_light_is_left_as_it_is() -> None:
    step = clean_page(PAGE, wanted=A4).recipe.step(LIGHT)
    assert step is not None
    assert (step.mode, step.note) == (StepMode.SKIPPED, "clean-light-even")
