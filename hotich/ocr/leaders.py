"""Dotted leaders run through the dots under letters (ạ, ị, ộ): what was taken off with the leader is put back."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

TAKEN_OFF: Final = 30
"""Grey levels by which a pixel was made lighter where a leader or rule was removed."""

LARGER: Final = 1.5
"""A letter's dot has at least this many times the ink of the leader's own dots in the same crop."""

LARGEST_MM: Final = 1.0
REACH_MM: Final = 1.6
"""How far under its letter a dot stands at most."""


def dots_restored(bare: Grey, ruled: Grey, dpi: float) -> Grey:
    """The crop without ruling (`bare`) with those dots of the crop with it (`ruled`) that belong to letters."""
    lost = cv2.subtract(bare, ruled)
    mask = np.where(lost > TAKEN_OFF, 255, 0).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    if count < 2:
        return bare
    ink = np.bincount(labels.ravel(), weights=lost.ravel().astype(np.float64), minlength=count)
    largest = LARGEST_MM * dpi / 25.4
    dots = (stats[:, cv2.CC_STAT_WIDTH] < largest) & (stats[:, cv2.CC_STAT_HEIGHT] < largest)
    dots[0] = False
    usual = float(np.median(ink[dots])) if dots.sum() >= 3 else 0.0
    chosen = dots & (ink > LARGER * usual) & _under_letters(bare, labels, count, dpi)
    if not chosen.any():
        return bare
    back = cv2.dilate(np.where(chosen[labels], 255, 0).astype(np.uint8), np.ones((3, 3), np.uint8)) > 0
    return np.where(back, np.minimum(ruled, bare), bare).astype(np.uint8)


def _under_letters(bare: Grey, labels: NDArray[Any], count: int, dpi: float) -> NDArray[np.bool_]:
    """Which parts have writing straight above them."""
    paper = float(np.percentile(bare, 80))
    letters = np.where(bare < paper - 60, 255, 0).astype(np.uint8)
    reach = max(2, round(REACH_MM * dpi / 25.4))
    kernel = np.zeros((2 * reach + 1, 3), np.uint8)
    kernel[: reach + 1] = 1
    below = cv2.dilate(letters, kernel) > 0
    touched = np.bincount(labels[below], minlength=count)
    return np.asarray(touched > 0.5 * np.bincount(labels.ravel(), minlength=count), np.bool_)
