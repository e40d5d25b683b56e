"""What the recogniser sees: red stamps, ruling and leaders gone, writing whole."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from hotich.imaging.clean import reading_picture
from hotich.imaging.ruling import ink_mask, remove_ruling
from hotich.imaging.stamp import without_stamp
from tests.imaging.drawn_pages import BLACK_INK, BLUE_INK, PAPER, noisy, sheet, stamped, with_text

CENTRE, RADIUS = (800, 1200), 180
BOX = (slice(CENTRE[1] - RADIUS, CENTRE[1] + RADIUS), slice(CENTRE[0] - RADIUS, CENTRE[0] + RADIUS))


def text_only(size: int = 44) -> np.ndarray:
    rng = np.random.default_rng(4)
    page = np.full((500, 1600, 3), PAPER, np.uint8)
    return with_text(page, [(60, 60), (60, 210), (60, 360)], size, rng)


def test_a_stamp_goes_and_the_writing_under_it_stays() -> None:
    page = sheet(ruled=False)
    bare, under = without_stamp(page), without_stamp(stamped(page, CENTRE, RADIUS))
    ink = bare[BOX] < 120
    assert ink.mean() > 0.02
    assert (under[BOX][ink] < 150).mean() > 0.97, "strokes under the stamp stay dark"
    paper = cv2.erode((bare[BOX] > 225).astype(np.uint8), np.ones((5, 5), np.uint8)) > 0
    assert (under[BOX][paper] > 205).mean() > 0.98, "nothing of the stamp is left on the paper"


def test_a_stamp_alone_leaves_white_paper() -> None:
    page = stamped(np.full((600, 600, 3), PAPER, np.uint8), (300, 300), 180)
    assert int(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY).min()) < 150
    assert int(without_stamp(page).min()) > 195


@pytest.mark.parametrize("ink", [BLACK_INK, BLUE_INK])
def test_black_and_blue_ink_without_a_stamp_is_untouched(ink: tuple[int, int, int]) -> None:
    page = np.full((300, 900, 3), PAPER, np.uint8)
    cv2.putText(page, "Nguyen Van A 1976", (20, 180), cv2.FONT_HERSHEY_SCRIPT_SIMPLEX, 2.5, ink, 5, cv2.LINE_AA)
    grey = without_stamp(page)
    drawn = np.all(np.abs(page.astype(int) - ink) < 8, axis=2)
    assert int(grey[drawn].max()) < 110


def test_ruling_goes_from_a_whole_page() -> None:
    table = sheet(text=False)
    left = ink_mask(reading_picture(table, dpi=150.0), 150.0)
    assert (left > 0).mean() < 0.0004
    assert (ink_mask(cv2.cvtColor(table, cv2.COLOR_BGR2GRAY), 150.0) > 0).mean() > 0.004


@pytest.mark.parametrize("tilt", [0, 1, 3], ids=["level", "0.04 deg", "0.11 deg"])
@pytest.mark.parametrize(("above_feet", "share"), [(10, 0.97), (4, 0.97), (0, 0.88)], ids=["waist", "shins", "feet"])
def test_letters_crossed_by_a_line_stay_whole(tilt: int, above_feet: int, share: float) -> None:
    """Ink survives a line through the letters, and the line does not; along the feet round bottoms melt into it."""
    clean = text_only()
    struck = clean.copy()
    for y in (100, 250, 400):
        cv2.line(struck, (0, y - above_feet), (1599, y - above_feet + tilt), BLACK_INK, 3)
    before = cv2.cvtColor(clean, cv2.COLOR_BGR2GRAY)
    after = remove_ruling(cv2.cvtColor(struck, cv2.COLOR_BGR2GRAY))
    ink = before < 110
    assert (after[ink] < 150).mean() > share
    far_from_ink = cv2.dilate(ink.astype(np.uint8), np.ones((13, 13), np.uint8)) == 0
    assert (after[far_from_ink] < 190).mean() < 0.0005


def test_upright_lines_go_too_and_stems_of_letters_stay() -> None:
    clean = text_only()
    struck = clean.copy()
    for x in (300, 700, 1100):
        cv2.line(struck, (x, 0), (x, 499), BLACK_INK, 3)
    ink = cv2.cvtColor(clean, cv2.COLOR_BGR2GRAY) < 110
    after = remove_ruling(cv2.cvtColor(struck, cv2.COLOR_BGR2GRAY))
    assert (after[ink] < 150).mean() > 0.97


def test_dotted_leaders_go_and_full_stops_and_dots_of_letters_stay() -> None:
    clean = text_only()
    dotted = clean.copy()
    for y in (125, 275, 425):
        for x in range(40, 1560, 11):
            cv2.circle(dotted, (x, y), 2, BLACK_INK, -1)
    before = cv2.cvtColor(clean, cv2.COLOR_BGR2GRAY)
    after = remove_ruling(cv2.cvtColor(dotted, cv2.COLOR_BGR2GRAY))
    ink = before < 110
    assert (after[ink] < 150).mean() > 0.985
    far_from_ink = cv2.dilate(ink.astype(np.uint8), np.ones((9, 9), np.uint8)) == 0
    dots = (cv2.cvtColor(dotted, cv2.COLOR_BGR2GRAY) < 110) & far_from_ink
    assert (after[dots] > 190).mean() > 0.97


def test_text_without_ruling_is_not_touched() -> None:
    grey = cv2.cvtColor(text_only(), cv2.COLOR_BGR2GRAY)
    changed = np.abs(remove_ruling(grey).astype(int) - grey) > 30
    assert changed.sum() < 0.003 * (grey < 110).sum()


def test_a_crop_of_one_field_loses_its_line() -> None:
    clean = text_only()[40:150, 40:700]
    crop = clean.copy()
    cv2.line(crop, (0, 80), (659, 80), BLACK_INK, 3)
    after = reading_picture(noisy(crop, np.random.default_rng(1), 2.0))
    ink = cv2.cvtColor(clean, cv2.COLOR_BGR2GRAY) < 110
    blank_below = after[78:83, :][cv2.dilate(ink.astype(np.uint8), np.ones((13, 13), np.uint8))[78:83, :] == 0]
    assert (after[ink] < 150).mean() > 0.95
    assert (blank_below > 190).mean() > 0.97


def test_marked_places_are_never_touched() -> None:
    box = np.full((300, 300), 240, np.uint8)
    cv2.rectangle(box, (60, 60), (240, 240), 30, 3)
    keep = np.zeros(box.shape, np.bool_)
    keep[50:250, 50:250] = True
    assert int(remove_ruling(box)[60, 150]) > 200
    assert np.array_equal(remove_ruling(box, keep=keep), box)


def test_the_original_is_not_changed() -> None:
    page = stamped(sheet(), CENTRE, RADIUS)
    before = page.copy()
    reading_picture(page)
    assert np.array_equal(page, before)
