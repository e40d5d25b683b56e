"""Spreads: the gutter between the two pages of an open book, and the half that is wanted."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Frame, Picture, shifted
from hotich.imaging.light import paper_brightness

LOOK_PX = 900
ENOUGH = 0.5
LEAST_ASPECT = 1.15
"""Width over height from which a picture may show two pages side by side."""

BOTH, LEFT, RIGHT = 0, 1, 2
"""Which part of a spread a clean page shows."""


@dataclass(frozen=True, slots=True)
class GutterMeasure:
    """`fraction` of the width at which the book folds; `confidence` 0-1 that there is a fold."""

    fraction: float
    confidence: float


def measure_gutter(picture: Picture) -> GutterMeasure:
    """The fold of a spread between 0.4 and 0.6 of the width, seen as a narrow shade that runs from top to bottom."""
    height, width = picture.shape[:2]
    if width < LEAST_ASPECT * height:
        return GutterMeasure(0.5, 0.0)
    grey = picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    # Writing and ruling are narrower than this in one direction; a fold's shade is broad and runs from top to bottom.
    bare = cv2.morphologyEx(grey, cv2.MORPH_CLOSE, np.ones((max(3, height // 40) | 1, 1), np.uint8))
    bare = cv2.morphologyEx(bare, cv2.MORPH_CLOSE, np.ones((1, max(7, width // 110) | 1), np.uint8))
    bands = np.array_split(bare, 8, axis=0)
    columns = np.array([np.median(band, axis=0) for band in bands])
    dip = np.array([_smooth(row, width // 16) - _smooth(row, 2) for row in columns])
    middle = slice(int(width * 0.4), int(width * 0.6))
    together = np.median(dip, axis=0)[middle]
    at = int(np.argmax(together)) + middle.start
    depth = float(together.max()) / max(float(paper_brightness(grey).mean()), 1.0)
    shared = float((dip[:, max(0, at - 4) : at + 5].max(axis=1) > 0.4 * together.max()).mean())
    return GutterMeasure(round(at / width, 4), round(float(np.clip(depth / 0.06, 0.0, 1.0)) * shared, 3))


def half_of(frame: Frame, fraction: float, side: int) -> Frame:
    """The frame of one half of a spread, or the whole for BOTH."""
    at = round(min(max(fraction, 0.05), 0.95) * frame.width)
    if side == LEFT:
        return frame.then(np.eye(3), at, frame.height)
    if side == RIGHT:
        return frame.then(shifted(-at, 0.0), frame.width - at, frame.height)
    return frame


def _smooth(row: NDArray[np.float64], reach: int) -> NDArray[np.float64]:
    """The row averaged over `reach` places to both sides, its ends repeated outwards."""
    return np.convolve(np.pad(row, reach, "edge"), np.ones(2 * reach + 1) / (2 * reach + 1), "valid")
