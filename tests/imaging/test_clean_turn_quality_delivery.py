"""Which way up, quality marks, and the small picture that leaves."""

from __future__ import annotations

import io

import cv2
import numpy as np
import pytest
from PIL import Image

from hotich.imaging.clean import PageShape, clean_page
from hotich.imaging.delivery import delivery_jpeg
from hotich.imaging.quality import quality
from hotich.imaging.recipe import TURN
from hotich.imaging.turn import ENOUGH, measure_turn
from hotich.values import StepMode
from tests.imaging.drawn_pages import noisy, photographed, sheet, skewed

A4 = PageShape(210 / 297)
PAGE = sheet()


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
@pytest.mark.parametrize("skew", [-4.0, 0.0, 3.0])
@pytest.mark.parametrize("ruled", [True, False], ids=["ruled", "plain"])
def test_the_way_up_is_found(turn: int, skew: float, ruled: bool) -> None:
    stored = np.ascontiguousarray(np.rot90(skewed(sheet(ruled=ruled), skew), turn // 90))
    measured = measure_turn(stored)
    assert measured.degrees == turn
    assert measured.confidence >= ENOUGH


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_page_with_hardly_any_writing_stays_as_it_came(turn: int) -> None:
    stored = np.ascontiguousarray(np.rot90(sheet(text=False), turn // 90))
    step = clean_page(stored, wanted=A4).recipe.step(TURN)
    assert step is not None
    assert (step.mode, step.note, step.parameters["degrees"]) == (StepMode.SKIPPED, "clean-turn-unsure", 0.0)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_camera_turn_is_where_measuring_starts(turn: int) -> None:
    stored = np.ascontiguousarray(np.rot90(PAGE, turn // 90))
    clean = clean_page(stored, wanted=A4, exif_turn=turn)
    step = clean.recipe.step(TURN)
    assert step is not None
    assert step.parameters["degrees"] == turn
    assert np.array_equal(clean.picture, PAGE)


def test_a_wrong_camera_turn_is_mended() -> None:
    assert np.array_equal(clean_page(PAGE, wanted=A4, exif_turn=180).picture, PAGE)


def test_the_original_is_never_changed() -> None:
    photo = photographed(PAGE, [(155, 110), (850, 140), (925, 1150), (90, 1100)], (1050, 1300))
    before = photo.copy()
    clean_page(photo, wanted=A4)
    assert np.array_equal(photo, before)


def test_dots_per_inch_are_told_for_a_sheets_only() -> None:
    assert clean_page(PAGE, wanted=A4).dpi_estimate == pytest.approx(150, abs=1)
    assert clean_page(sheet(1240, 1240), wanted=PageShape()).dpi_estimate is None


def test_the_resolution_in_the_file_goes_first() -> None:
    """An A3 page is not taken for an A4 one, and a page seen at an angle is scaled as it was drawn."""
    assert clean_page(PAGE, wanted=A4, stated_dpi=106.0).dpi_estimate == pytest.approx(106.0, abs=0.1)
    photo = photographed(PAGE, [(155, 110), (775, 110), (775, 987), (155, 987)], (930, 1100))
    assert clean_page(photo, wanted=A4, stated_dpi=75.0).dpi_estimate == pytest.approx(75.0, rel=0.02)


def test_a_good_page_has_no_complaints() -> None:
    assert quality(PAGE).verdict_keys == ()


def glaring() -> np.ndarray:
    page = (PAGE * 0.8).astype(np.uint8)
    cv2.circle(page, (600, 800), 160, (255, 255, 255), -1)
    return page


@pytest.mark.parametrize(
    ("page", "verdict"),
    [
        (cv2.GaussianBlur(PAGE, (0, 0), 4.0), "quality-blurred"),
        (np.clip(235 - (235 - PAGE.astype(int)) * 0.18, 0, 255).astype(np.uint8), "quality-faint"),
        (glaring(), "quality-glare"),
        (cv2.copyMakeBorder(PAGE, 60, 60, 60, 60, cv2.BORDER_CONSTANT, value=(10, 10, 10)), "quality-dark-edges"),
        (cv2.resize(PAGE, (620, 877), interpolation=cv2.INTER_AREA), "quality-small"),
        (sheet(ruled=False, text=False), "quality-blank"),
    ],
    ids=["blurred", "faint", "glare", "dark edges", "small", "blank"],
)
def test_each_fault_of_a_picture_is_told(page: np.ndarray, verdict: str) -> None:
    assert verdict in quality(page).verdict_keys


def grainy(width: int, height: int) -> np.ndarray:
    return noisy(sheet(width, height), np.random.default_rng(9), 9.0)


def test_an_a4_page_leaves_as_about_a_hundred_kilobytes() -> None:
    data = delivery_jpeg(grainy(1754, 2480))
    assert 85_000 <= len(data) <= 110_000
    with Image.open(io.BytesIO(data)) as picture:
        assert picture.mode == "RGB"
        assert not picture.getexif()
        assert max(picture.size) / 297 * 25.4 == pytest.approx(picture.info["dpi"][0], rel=0.02)


def test_larger_paper_may_take_more() -> None:
    a3 = delivery_jpeg(grainy(1754, 2480), page_mm=(297.0, 420.0))
    assert 110_000 < len(a3) <= 220_000


@pytest.mark.parametrize("target", [30_000, 60_000])
def test_a_smaller_target_is_kept(target: int) -> None:
    assert len(delivery_jpeg(grainy(1240, 1754), target)) <= target * 1.1


def test_a_small_picture_is_not_enlarged() -> None:
    with Image.open(io.BytesIO(delivery_jpeg(PAGE[:300, :200]))) as picture:
        assert picture.size == (200, 300)
