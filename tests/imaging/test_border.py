"""The sheet in a photograph against known corners; flat scans are left whole; the uneven light of a photograph."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from hotich.imaging.border import ENOUGH, believable_aspect, measure_sheet
from hotich.imaging.clean import CleanPage, PageShape, clean_page
from hotich.imaging.geometry import moved
from hotich.imaging.light import measure_light, paper_brightness
from hotich.imaging.recipe import BORDER, LIGHT
from hotich.values import StepMode
from tests.imaging.drawn_pages import PAPER, photograph_matrix, photographed, sheet, skewed

A4 = PageShape(210 / 297)
PAGE = sheet(744, 1052)
SIZE = (1260, 1560)
VIEWS = {
    "from above": [(144.0, 120.0), (1110.0, 126.0), (1107.0, 1440.0), (141.0, 1434.0)],
    "from below": [(186.0, 132.0), (1020.0, 168.0), (1110.0, 1380.0), (108.0, 1320.0)],
    "from the side": [(156.0, 144.0), (1056.0, 252.0), (1062.0, 1296.0), (150.0, 1422.0)],
    "turned a little": [(198.0, 96.0), (1116.0, 198.0), (1020.0, 1452.0), (102.0, 1344.0)],
}


@pytest.fixture(scope="module", params=list(VIEWS))
def seen(request: pytest.FixtureRequest) -> tuple[list[tuple[float, float]], CleanPage]:
    """The true corners of a photographed sheet, and the page made of the photograph."""
    corners = VIEWS[request.param]
    return corners, clean_page(photographed(PAGE, corners, SIZE), wanted=A4)


def test_the_corners_of_a_photographed_sheet_are_found(seen: tuple[list[tuple[float, float]], CleanPage]) -> None:
    corners, clean = seen
    step = clean.recipe.step(BORDER)
    assert step is not None
    assert step.mode is StepMode.AUTO and step.confidence >= ENOUGH
    found = np.reshape(step.parameters["corners"], (4, 2))
    assert np.linalg.norm(found - corners, axis=1).max() < 4.0


def test_every_place_of_the_sheet_goes_back_to_its_place_in_the_photograph(
    seen: tuple[list[tuple[float, float]], CleanPage],
) -> None:
    """The way from the clean page to the photograph is that of the camera, to a few pixels everywhere."""
    corners, clean = seen
    height, width = clean.picture.shape[:2]
    shares = [(x, y) for x in (0.1, 0.5, 0.9) for y in (0.1, 0.5, 0.9)]
    on_clean = [(x * (width - 1), y * (height - 1)) for x, y in shares]
    on_page = [(x * (PAGE.shape[1] - 1), y * (PAGE.shape[0] - 1)) for x, y in shares]
    found = np.array(moved(on_clean, clean.to_original))
    truth = np.array(moved(on_page, photograph_matrix(PAGE, corners)))
    assert np.linalg.norm(found - truth, axis=1).max() < 6.0
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
    glass = np.full((1200, 900, 3), 30, np.uint8)
    glass[: PAGE.shape[0], : PAGE.shape[1]] = PAGE
    step = clean_page(glass, wanted=A4).recipe.step(BORDER)
    assert step is not None and step.mode is StepMode.AUTO
    right, bottom = np.reshape(step.parameters["corners"], (4, 2))[2]
    assert (right, bottom) == (pytest.approx(PAGE.shape[1], abs=6), pytest.approx(PAGE.shape[0], abs=6))


def test_an_unclear_heap_of_paper_is_left_alone() -> None:
    rng = np.random.default_rng(2)
    blobs = cv2.GaussianBlur(rng.normal(0, 1, (800, 600)).astype(np.float32), (0, 0), 60)
    cloudy = np.clip(150 + blobs / blobs.std() * 45, 0, 255).astype(np.uint8)
    clean = clean_page(np.dstack([cloudy] * 3), wanted=A4)
    step = clean.recipe.step(BORDER)
    assert step is not None
    assert step.mode is StepMode.SKIPPED
    assert clean.picture.shape == (800, 600, 3)


def test_a_quad_of_quite_another_shape_is_trusted_less() -> None:
    view = cv2.resize(photographed(PAGE, VIEWS["from above"], SIZE), (756, 936), interpolation=cv2.INTER_AREA)
    assert measure_sheet(view, 210 / 297).confidence > measure_sheet(view, 2.4).confidence - 1e-9
    assert measure_sheet(view, 2.4).corners is None


@pytest.mark.parametrize(
    ("measured", "form", "believed"),
    [(0.74, 210 / 297, 210 / 297), (0.74, None, 2**-0.5), (1.46, None, 2**0.5), (1.0, None, 1.0), (1.4, 0.7, 2**0.5)],
)
def test_the_shape_of_the_sheet(measured: float, form: float | None, believed: float) -> None:
    assert believable_aspect(measured, form) == pytest.approx(believed)


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
