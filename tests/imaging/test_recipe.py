"""Corrections by hand: they are obeyed, and what was measured after them is measured anew."""

from __future__ import annotations

import msgspec
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.imaging.clean import PageShape, clean_page
from hotich.imaging.recipe import (
    BORDER,
    DESKEW,
    SPLIT,
    STEPS,
    TURN,
    border_by_hand,
    deskew_by_hand,
    light_by_hand,
    revised,
    split_by_hand,
    turn_by_hand,
    whole_picture_by_hand,
)
from hotich.imaging.split import LEFT
from hotich.values import CleanRecipe, Point, Quad, StepMode, StepRecord
from tests.imaging.drawn_pages import photographed, sheet, skewed

A4 = PageShape(210 / 297)
PAGE = sheet(620, 877)
PHOTO = photographed(PAGE, [(150, 110), (850, 140), (925, 1150), (90, 1100)], (1050, 1300))


def test_every_step_leaves_a_record_in_order() -> None:
    clean = clean_page(PHOTO, wanted=A4)
    assert tuple(step.name for step in clean.recipe.steps) == STEPS
    assert all(0.0 <= step.confidence <= 1.0 for step in clean.recipe.steps)


@pytest.mark.parametrize("picture", [PHOTO, skewed(sheet(), 2.1)], ids=["photograph", "scan"])
def test_the_recipe_of_a_page_makes_the_same_page(picture: np.ndarray) -> None:
    first = clean_page(picture, wanted=A4)
    stored = msgspec.json.decode(msgspec.json.encode(first.recipe), type=CleanRecipe)
    again = clean_page(picture, stored, wanted=A4)
    assert np.array_equal(first.picture, again.picture)
    assert np.array_equal(first.to_original, again.to_original)
    assert again.recipe == first.recipe


def test_a_turn_by_hand_is_obeyed_and_the_rest_is_measured_anew() -> None:
    first = clean_page(PHOTO, wanted=A4)
    recipe = revised(first.recipe, turn_by_hand(90))
    assert [step.name for step in recipe.steps] == [TURN]
    clean = clean_page(PHOTO, recipe, wanted=PageShape())
    turn = clean.recipe.step(TURN)
    assert turn is not None and turn.mode is StepMode.MANUAL
    assert clean.picture.shape[1] > clean.picture.shape[0]


def test_corners_by_hand_are_obeyed() -> None:
    corners = Quad(Point(200, 150), Point(800, 160), Point(810, 1000), Point(190, 990))
    clean = clean_page(PHOTO, CleanRecipe((border_by_hand(corners), deskew_by_hand(0.0))), wanted=A4)
    height, width = clean.picture.shape[:2]
    back = clean.to_original @ np.array([[0, 0, 1], [width - 1, height - 1, 1]]).T
    assert np.allclose(back[:2, 0] / back[2, 0], (200, 150), atol=0.01)
    assert np.allclose(back[:2, 1] / back[2, 1], (810, 1000), atol=0.01)


def test_corners_by_hand_survive_a_later_turn() -> None:
    corners = Quad(Point(200, 150), Point(800, 160), Point(810, 1000), Point(190, 990))
    recipe = revised(CleanRecipe((border_by_hand(corners),)), turn_by_hand(180))
    clean = clean_page(PHOTO, revised(recipe, deskew_by_hand(0.0)), wanted=A4)
    back = clean.to_original @ np.array([0.0, 0.0, 1.0])
    assert np.allclose(back[:2] / back[2], (810, 1000), atol=0.01), "the clean top left is the stored bottom right"


def test_an_angle_by_hand_is_obeyed_whatever_the_page_says() -> None:
    clean = clean_page(PAGE, CleanRecipe((deskew_by_hand(5.0),)), wanted=A4)
    direction = clean.to_original @ np.array([1.0, 0.0, 0.0])
    assert np.degrees(np.arctan2(direction[1], direction[0])) == pytest.approx(5.0, abs=1e-6)


def test_no_border_by_hand_keeps_the_whole_photograph() -> None:
    clean = clean_page(PHOTO, CleanRecipe((whole_picture_by_hand(), deskew_by_hand(0.0))), wanted=A4)
    assert clean.picture.shape == PHOTO.shape


def test_a_half_by_hand_is_shown() -> None:
    recipe = CleanRecipe((turn_by_hand(0), whole_picture_by_hand(), split_by_hand(0.4, LEFT), deskew_by_hand(0.0)))
    assert clean_page(PAGE, recipe, wanted=A4).picture.shape == (877, round(0.4 * 620), 3)


def test_light_by_hand_off_leaves_the_shade() -> None:
    recipe = CleanRecipe((whole_picture_by_hand(), deskew_by_hand(0.0), turn_by_hand(0), light_by_hand(False)))
    assert np.array_equal(clean_page(PHOTO, recipe, wanted=A4).picture, PHOTO)


MEASURED = tuple(StepRecord(name, 0.9) for name in STEPS)


@pytest.mark.parametrize(
    ("by_hand", "kept"),
    [
        (turn_by_hand(90), [TURN]),
        (whole_picture_by_hand(), [TURN, BORDER]),
        (split_by_hand(0.5, LEFT), [TURN, BORDER, SPLIT]),
        (deskew_by_hand(1.0), [TURN, BORDER, SPLIT, DESKEW]),
        (light_by_hand(True), list(STEPS)),
    ],
)
def test_a_correction_drops_what_was_measured_after_it(by_hand: StepRecord, kept: list[str]) -> None:
    assert [step.name for step in revised(CleanRecipe(MEASURED), by_hand).steps] == kept


def test_a_correction_keeps_other_corrections() -> None:
    recipe = revised(CleanRecipe(MEASURED), deskew_by_hand(1.5))
    assert [step.name for step in revised(recipe, turn_by_hand(180)).steps] == [TURN, DESKEW]


def test_an_unknown_step_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="polish"):
        revised(CleanRecipe(), StepRecord("polish", 1.0))


SMALL = sheet(124, 175)


@settings(max_examples=25, deadline=None)
@given(
    turn=st.sampled_from([0, 90, 180, 270]),
    shift=st.tuples(*[st.floats(-9, 9)] * 8),
    degrees=st.floats(-6, 6),
    side=st.sampled_from([0, 1, 2]),
    at=st.tuples(st.floats(0, 1), st.floats(0, 1)),
)
def test_clean_pixels_and_original_pixels_are_one_homography_apart(
    turn: int, shift: tuple[float, ...], degrees: float, side: int, at: tuple[float, float]
) -> None:
    """There and back is the same place, and the homography is that of the pixels that were really drawn."""
    moves = np.reshape(shift, (4, 2))
    corners = np.array([(12, 14), (110, 12), (112, 160), (13, 158)]) + moves
    recipe = CleanRecipe(
        (
            turn_by_hand(turn),
            border_by_hand(Quad(*(Point(*corner) for corner in corners.tolist()))),
            split_by_hand(0.5, side),
            deskew_by_hand(degrees),
            light_by_hand(False),
        )
    )
    ramp = np.zeros((175, 124, 3), np.uint8)
    ramp[..., 0] = np.arange(124)[None, :]
    ramp[..., 1] = np.arange(175)[:, None]
    clean = clean_page(ramp, recipe, wanted=PageShape())
    height, width = clean.picture.shape[:2]
    x, y = round(at[0] * (width - 1)), round(at[1] * (height - 1))
    back = clean.to_original @ np.array([x, y, 1.0])
    there = back / back[2]
    again = np.linalg.inv(clean.to_original) @ there
    assert np.allclose(again[:2] / again[2], (x, y), atol=1e-6)
    if 4 <= there[0] <= 119 and 4 <= there[1] <= 170:
        blue, green, _ = clean.picture[y, x].astype(int)
        assert (blue, green) == (pytest.approx(there[0], abs=1.6), pytest.approx(there[1], abs=1.6))
