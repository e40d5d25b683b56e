"""The clean-up recipe of a page: its steps in order, and what a correction by hand does to the others."""

from __future__ import annotations

from hotich.imaging.split import BOTH
from hotich.values import CleanRecipe, Quad, StepMode, StepRecord

TURN, BORDER, SPLIT, DESKEW, LIGHT = "turn", "border", "split", "deskew", "light"

STEPS = (TURN, BORDER, SPLIT, DESKEW, LIGHT)
"""In this order every step works on what the one before leaves."""


def revised(recipe: CleanRecipe, by_hand: StepRecord) -> CleanRecipe:
    """The recipe with that step set by hand; measured steps after it are dropped, to be measured anew."""
    if by_hand.name not in STEPS:
        raise ValueError(by_hand.name)
    place = STEPS.index(by_hand.name)
    kept = [
        step
        for step in recipe.steps
        if step.name != by_hand.name and (STEPS.index(step.name) < place or step.mode is StepMode.MANUAL)
    ]
    return in_order([*kept, by_hand])


def in_order(steps: list[StepRecord]) -> CleanRecipe:
    """A recipe of these steps in working order."""
    return CleanRecipe(tuple(sorted(steps, key=lambda step: STEPS.index(step.name))))


def turn_by_hand(degrees: int) -> StepRecord:
    """The whole clockwise turn from the stored picture to the upright one: 0, 90, 180 or 270."""
    return StepRecord(TURN, 1.0, {"degrees": float(degrees % 360)}, StepMode.MANUAL)


def border_by_hand(sheet: Quad) -> StepRecord:
    """The sheet's corners on the stored picture."""
    corners = tuple(float(value) for point in sheet.points for value in point)
    return StepRecord(BORDER, 1.0, {"corners": corners}, StepMode.MANUAL)


def whole_picture_by_hand() -> StepRecord:
    """No border is cut: the picture is the page."""
    return StepRecord(BORDER, 1.0, {}, StepMode.MANUAL)


def split_by_hand(fraction: float, side: int) -> StepRecord:
    """The fold at that fraction of the page's width, and which side is wanted: split.BOTH, LEFT or RIGHT."""
    return StepRecord(SPLIT, 1.0, {"fraction": float(fraction), "side": float(side)}, StepMode.MANUAL)


def no_split_by_hand() -> StepRecord:
    """The page is shown whole."""
    return split_by_hand(0.5, BOTH)


def deskew_by_hand(skew_degrees: float) -> StepRecord:
    """Lines fall by that much to the right (clockwise on screen) and are brought level."""
    return StepRecord(DESKEW, 1.0, {"degrees": float(skew_degrees)}, StepMode.MANUAL)


def light_by_hand(even: bool) -> StepRecord:
    """Whether shading is divided away."""
    return StepRecord(LIGHT, 1.0, {"even": float(even)}, StepMode.MANUAL)
