"""Quarter turns: which way up a page is, by the run of its lines and by the marks above its letters.

Lines of Latin writing run across. Vietnamese letters carry far more marks above (circumflex, horn, tones, the dots of
i) than below (the dot of nặng), and letters reach up more often than down, so the side of
the marks tells top from bottom.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Picture
from hotich.imaging.ruling import dotted_leaders, ink_mask, line_mask

ENOUGH = 0.6
"""Below this confidence a page is left as it came."""

ENOUGH_TO_OVERTURN = 0.85
"""Turning a page on its head asks for more: most pages come in the right way up."""

LOOK_PX = 1800
_LOOK_DPI = 150.0
_MOST_LETTERS = 3000


@dataclass(frozen=True, slots=True)
class TurnMeasure:
    """`degrees` clockwise that bring the page upright (0, 90, 180, 270); `confidence` 0-1 in that turn."""

    degrees: int
    confidence: float


@dataclass(frozen=True, slots=True)
class _Letters:
    """Boxes of letter-sized pieces of ink (x, y, width, height) and of the small marks among them."""

    letters: NDArray[np.int32]
    marks: NDArray[np.int32]


def measure_turn(picture: Picture) -> TurnMeasure:
    """Which way up the page is. Pages with little writing have a confidence near 0."""
    ink = _writing(picture)
    beside, stacked = _neighbours(_letters_of(ink))
    sideways = stacked > beside
    axis = abs(beside - stacked) / max(beside + stacked, 1)
    upright = np.ascontiguousarray(np.rot90(ink, -1)) if sideways else ink
    balance, evidence = _marks_above(_letters_of(upright))
    degrees = (90 if sideways else 0) + (180 if balance < 0 else 0)
    axis_sure = float(np.clip(axis / 0.4, 0.0, 1.0)) * float(np.clip((beside + stacked) / 120.0, 0.0, 1.0))
    top_sure = float(np.clip(abs(balance) / 0.25, 0.0, 1.0)) * float(np.clip(evidence / 60.0, 0.0, 1.0))
    return TurnMeasure(degrees, round(min(axis_sure, top_sure), 3))


def _writing(picture: Picture) -> Picture:
    """Ink without ruling and leaders, 0 or 255."""
    grey = picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    ink = ink_mask(grey, _LOOK_DPI)
    for across in (True, False):
        lines = line_mask(ink, _LOOK_DPI, across)
        ink = np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(cv2.dilate(lines, np.ones((3, 3), np.uint8)))), np.uint8)
    for leaders in (
        dotted_leaders(ink, _LOOK_DPI),
        np.ascontiguousarray(dotted_leaders(np.ascontiguousarray(ink.T), _LOOK_DPI).T),
    ):
        ink = np.asarray(cv2.bitwise_and(ink, cv2.bitwise_not(leaders)), np.uint8)
    return ink


def _neighbours(found: _Letters) -> tuple[int, int]:
    """How many letters have their nearest letter beside them, and how many over or under: some skew does not matter."""
    boxes = found.letters.astype(np.float32)
    if boxes.shape[0] < 20:
        return 0, 0
    centres = boxes[:_MOST_LETTERS, :2] + boxes[:_MOST_LETTERS, 2:] / 2
    beside = stacked = 0
    for start in range(0, len(centres), 256):
        apart = centres[None, :, :] - centres[start : start + 256, None, :]
        distance = np.hypot(apart[..., 0], apart[..., 1])
        distance[distance < 1.0] = np.inf
        nearest = np.take_along_axis(apart, distance.argmin(axis=1)[:, None, None], axis=1)[:, 0]
        level, upright = np.abs(nearest[:, 0]), np.abs(nearest[:, 1])
        beside += int((level > 2.0 * upright).sum())
        stacked += int((upright > 2.0 * level).sum())
    return beside, stacked


def _letters_of(ink: Picture) -> _Letters:
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    boxes = np.asarray(stats[1:count, :4], np.int32)
    area = stats[1:count, cv2.CC_STAT_AREA]
    # Measured along their longer side, letters are found alike on a page that lies on its side.
    tall = boxes[:, 2:].max(axis=1)
    letter_like = (tall >= 7) & (tall <= 60) & (area >= 12)
    if letter_like.sum() < 20:
        return _Letters(boxes[:0], boxes[:0])
    usual = float(np.median(tall[letter_like]))
    letters = letter_like & (tall >= 0.6 * usual) & (tall <= 3.0 * usual)
    marks = (tall < 0.6 * usual) & (area >= 2)
    return _Letters(boxes[letters], boxes[marks])


def _marks_above(found: _Letters) -> tuple[float, float]:
    """From -1 (all marks hang below letters) to 1 (all stand above), and how many marks had a letter beside them."""
    letters, marks = found.letters.astype(np.float64), found.marks.astype(np.float64)
    if letters.shape[0] < 20 or marks.shape[0] < 8:
        return 0.0, 0.0
    usual = float(np.median(letters[:, 3]))
    left, right = letters[:, 0] - 0.1 * usual, letters[:, 0] + letters[:, 2] + 0.1 * usual
    top, bottom = letters[:, 1], letters[:, 1] + letters[:, 3]
    above = below = 0
    for x, y, width, height in _not_in_rows(marks, usual):
        over = (left <= x + width / 2) & (x + width / 2 <= right)
        has_under = bool((over & (top >= y + 0.5 * height) & (top - (y + height) <= 0.5 * usual)).any())
        has_upper = bool((over & (bottom <= y + 0.5 * height) & (y - bottom <= 0.5 * usual)).any())
        above += has_under and not has_upper
        below += has_upper and not has_under
    total = above + below
    return ((above - below) / total if total else 0.0), float(total)


def _not_in_rows(marks: NDArray[np.float64], usual: float) -> NDArray[np.float64]:
    """The marks less those with two others close by on their own level: dots of a leader, not of letters."""
    x, y = marks[:, 0] + marks[:, 2] / 2, marks[:, 1] + marks[:, 3] / 2
    alone = np.ones(len(marks), np.bool_)
    for start in range(0, len(marks), 512):
        across = np.abs(x[None, :] - x[start : start + 512, None])
        down = np.abs(y[None, :] - y[start : start + 512, None])
        alone[start : start + 512] = ((across < 1.6 * usual) & (down < 0.25 * usual)).sum(axis=1) < 3
    return np.asarray(marks[alone], np.float64)
