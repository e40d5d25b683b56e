"""A form is laid where it was drawn: flat, stretched, in perspective and curled, with words and without."""

import numpy as np
import pytest

from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import CleanPage
from hotich.imaging.fit_ink import GROW_MM
from hotich.imaging.registration import PageFit, corner_rectangle, register, register_by_corners
from hotich.ocr.words import find_words
from hotich.values import CleanRecipe, PlacedBy, Point, Quad
from tests.imaging.drawn_forms import Bend, Drawn, draw_page, ledger, single

FLAT = Bend()
MISPRINTED = Bend(stretch=1.01, shift_mm=(2.0, -1.5))
PHOTO = Bend(((0.02, 0.03), (-0.01, 0.02), (-0.03, -0.02), (0.015, -0.01)), curl_mm=4.0, stretch=1.005)
DPI = 150.0
MM = DPI / 25.4


def as_clean(drawn: Drawn) -> CleanPage:
    return CleanPage(drawn.picture, np.eye(3), CleanRecipe(), DPI)


def worst_miss_mm(fit: PageFit, form: FormSpec, drawn: Drawn, back: np.ndarray | None = None) -> float:
    """How far the middle of a region's left edge is at most from where the zone was drawn, less the lawful growth."""
    worst = 0.0
    for entry in fit.entries:
        for region in entry.regions:
            zone = form.zone(region.field_id)
            rect = form.place(zone.rect, zone.scope, entry.entry)
            x, y = np.mean([drawn.to_page(rect.x, rect.y), drawn.to_page(rect.x, rect.y + rect.h)], axis=0)
            seen = np.mean([region.quad.top_left, region.quad.bottom_left], axis=0)
            worst = max(worst, float(np.hypot(x - seen[0], y - seen[1])) / MM)
    return worst - GROW_MM


@pytest.mark.parametrize("bend", [FLAT, MISPRINTED, PHOTO], ids=["flat", "misprinted", "photo"])
@pytest.mark.parametrize("make", [ledger, single])
def test_regions_stand_where_the_zones_were_drawn(make, bend: Bend) -> None:
    form = make()
    drawn = draw_page(form, (0,), bend, DPI)
    fit = register(as_clean(drawn), form, find_words(drawn.picture, DPI), page_id="p1")
    assert worst_miss_mm(fit, form, drawn) < 0.8
    assert fit.residual_mm < 0.5
    assert fit.confidence > 0.8
    assert fit.placement.form_id == form.id and fit.placement.placed_by is PlacedBy.MACHINE
    assert {region.page_id for entry in fit.entries for region in entry.regions} == {"p1"}


@pytest.mark.parametrize("bend", [MISPRINTED, PHOTO], ids=["misprinted", "photo"])
def test_a_ledger_is_laid_by_its_lines_when_no_word_was_read(bend: Bend) -> None:
    form = ledger()
    drawn = draw_page(form, (1, 2), bend, DPI)
    fit = register(as_clean(drawn), form, ())
    assert worst_miss_mm(fit, form, drawn) < 0.8
    assert fit.confidence > 0.7


def test_the_single_homography_of_the_placement_is_near_the_bent_fit() -> None:
    form = ledger()
    drawn = draw_page(form, (0,), MISPRINTED, DPI)
    fit = register(as_clean(drawn), form, ())
    u, v, w = np.array(fit.placement.to_original) @ (105.0, 96.0, 1.0)
    assert (u / w, v / w) == pytest.approx(drawn.to_page(105.0, 96.0), abs=1.0 * MM)


def test_regions_come_back_to_the_original() -> None:
    form = single()
    drawn = draw_page(form, (0,), FLAT, DPI)
    turned = np.ascontiguousarray(np.rot90(drawn.picture, 2))
    height, width = turned.shape[:2]
    to_original = np.array([[-1.0, 0.0, width - 1.0], [0.0, -1.0, height - 1.0], [0.0, 0.0, 1.0]])
    words = find_words(drawn.picture, DPI)
    upright = register(as_clean(drawn), form, words)
    fit = register(CleanPage(drawn.picture, to_original, CleanRecipe(), DPI), form, words)
    a, b = upright.entries[0].regions[0].quad.top_left, fit.entries[0].regions[0].quad.top_left
    assert (a.x + b.x, a.y + b.y) == pytest.approx((width - 1, height - 1), abs=0.01)


@pytest.mark.parametrize("filled", [(), (0,), (1, 2, 4), (0, 1, 2, 3, 4, 5)])
def test_rows_with_writing_are_told_from_empty_ones(filled: tuple[int, ...]) -> None:
    form = ledger()
    fit = register(as_clean(draw_page(form, filled, PHOTO, DPI)), form, ())
    assert tuple(entry.entry for entry in fit.entries if entry.filled) == filled


def test_another_form_is_laid_without_confidence() -> None:
    forms = load_catalogue().forms
    drawn = draw_page(forms["KS-1961"], (0, 1), FLAT, DPI)
    words = find_words(drawn.picture, DPI)
    right = register(as_clean(drawn), forms["KS-1961"], words)
    wrong = [register(as_clean(drawn), forms[other], words) for other in ("KT-1961", "KS-2006", "KS-1999")]
    assert right.confidence > 0.8
    assert max(fit.confidence for fit in wrong) < 0.55


def test_an_empty_page_is_laid_by_its_outline_without_confidence() -> None:
    form = ledger()
    picture = np.full((1200, 1800, 3), 220, np.uint8)
    fit = register(CleanPage(picture, np.eye(3), CleanRecipe(), DPI), form, ())
    assert fit.confidence < 0.3
    assert not any(entry.filled for entry in fit.entries)
    assert all(0 <= region.quad.top_left.x <= 1800 for entry in fit.entries for region in entry.regions)


def clicks(form: FormSpec, drawn: Drawn, off_px: float = 0.0) -> Quad:
    rect = corner_rectangle(form)
    a, b, c, d = (
        Point(*(value + off_px for value in drawn.to_page(x, y)))
        for x, y in (
            (rect.x, rect.y),
            (rect.x + rect.w, rect.y),
            (rect.x + rect.w, rect.y + rect.h),
            (rect.x, rect.y + rect.h),
        )
    )
    return Quad(a, b, c, d)


def test_corners_are_those_of_the_table_or_of_the_page() -> None:
    table, page = corner_rectangle(ledger()), corner_rectangle(single())
    assert (table.x, table.y, table.w, table.h) == (15.0, 30.0, 270.0, 154.0)
    assert (page.x, page.y, page.w, page.h) == (0.0, 0.0, 210.0, 297.0)


def test_four_clicks_on_a_flat_page_need_no_picture() -> None:
    form = ledger()
    drawn = draw_page(form, (0,), FLAT, DPI)
    fit = register_by_corners((drawn.picture.shape[1], drawn.picture.shape[0]), form, clicks(form, drawn), page_id="p2")
    assert worst_miss_mm(fit, form, drawn) < 0.1
    assert fit.placement.placed_by is PlacedBy.FOUR_CLICKS and fit.confidence == 1.0
    assert all(entry.filled for entry in fit.entries)


def test_four_rough_clicks_are_drawn_to_the_lines() -> None:
    form = ledger()
    drawn = draw_page(form, (0, 1), PHOTO, DPI)
    fit = register_by_corners(as_clean(drawn), form, clicks(form, drawn, off_px=8.0))
    assert worst_miss_mm(fit, form, drawn) < 0.8
    assert [entry.filled for entry in fit.entries] == [True, True, False, False, False, False]


def test_four_clicks_hold_where_the_page_has_no_such_lines() -> None:
    form = ledger()
    drawn = draw_page(single(), (0,), FLAT, DPI)
    corners = Quad(Point(100, 200), Point(1100, 210), Point(1090, 800), Point(105, 790))
    fit = register_by_corners(as_clean(drawn), form, corners)
    u, v, w = np.array(fit.placement.to_original) @ (15.0, 30.0, 1.0)
    assert (u / w, v / w) == pytest.approx((100, 200), abs=6 * MM)


def test_leaders_hold_a_page_that_shows_words_on_its_left_only() -> None:
    form = single()
    drawn = draw_page(form, (0,), MISPRINTED, DPI)
    words = [word for word in find_words(drawn.picture, DPI) if word.right < 60.0 * MM]
    fit = register(as_clean(drawn), form, words)
    assert worst_miss_mm(fit, form, drawn) < 1.0
