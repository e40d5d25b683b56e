"""Deskew: the angle at which lines of text and ruling stand level, and how sure the page itself makes us of it.

The measure is the classical one: ink is projected along a direction, and the direction in which the profile changes
most sharply from row to row is that of the lines. Four quarters of the page are asked separately; their agreement is
the confidence.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Picture

MOST_DEGREES = 6.0
"""Sheets lie straighter than this in a scanner; more is a matter for the page border or for hand."""

LEAST_DEGREES = 0.06
"""Below this the page is left as it is: drawing it anew would cost sharpness for nothing."""

ENOUGH = 0.5
"""Below this confidence the page is left alone."""

LOOK_PX = 1800
_COARSE, _FINE = 0.2, 0.02
_AROUND = 5
"""Scores to both sides of the best that decide with it."""
_AGREE_DEGREES = 0.35
_MOST_POINTS = 120_000
_INK_DEPTH = 16
"""Grey levels below the surroundings from which a pixel counts as ink."""


@dataclass(frozen=True, slots=True)
class SkewMeasure:
    """`degrees` by which lines fall to the right (clockwise on screen); `confidence` 0-1."""

    degrees: float
    confidence: float


def measure_skew(picture: Picture) -> SkewMeasure:
    """The skew of the page, -6 to 6 degrees. A blank page or one of scattered marks has confidence near 0."""
    points = _thinned(_upper_edges(picture))
    if points.shape[0] < 400:
        return SkewMeasure(0.0, 0.0)
    rough, sharpness = _search(points, np.arange(-MOST_DEGREES, MOST_DEGREES + _COARSE / 2, _COARSE))
    fine = _settle(points, rough)
    if abs(fine) > MOST_DEGREES - 0.1:
        # The best direction lies at the end of the range or beyond it.
        return SkewMeasure(round(fine, 3), 0.0)
    agreement = _agreement(points, picture.shape, fine)
    return SkewMeasure(round(fine, 3), round(min(sharpness, agreement), 3))


def _upper_edges(picture: Picture) -> NDArray[np.float64]:
    """Points x, y where paper turns to ink going down: long level rows of them on ruling and on the tops of letters.

    y is found between two pixels, else the pixel grid itself would count as ruling and draw small angles to its own.
    """
    grey = picture if picture.ndim == 2 else np.asarray(cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY), np.uint8)
    soft = cv2.GaussianBlur(grey, (0, 0), 0.7)
    depth = cv2.blur(grey, (41, 41), borderType=cv2.BORDER_REPLICATE).astype(np.int16) - soft - _INK_DEPTH
    # The edge of the sheet or of the scanner's glass is not a line of the page.
    rim_y, rim_x = max(2, grey.shape[0] // 50), max(2, grey.shape[1] // 50)
    inner = depth[rim_y:-rim_y, rim_x:-rim_x]
    ys, xs = np.nonzero((inner[1:] > 0) & (inner[:-1] <= 0))
    below, above = inner[ys + 1, xs].astype(np.float64), inner[ys, xs].astype(np.float64)
    return np.column_stack([xs + rim_x, ys + rim_y + 1 - below / (below - above)]).astype(np.float64)


def _thinned(points: NDArray[np.float64]) -> NDArray[np.float64]:
    """At most _MOST_POINTS of the points, every n-th column kept so that rows stay whole."""
    step = max(1, -(-points.shape[0] // _MOST_POINTS))
    return np.asarray(points[points[:, 0].astype(np.intp) % step == 0], np.float64)


def _search(points: NDArray[np.float64], angles: NDArray[np.float64]) -> tuple[float, float]:
    """The best of the angles refined between its neighbours, and how far it stands out of the others (0-1)."""
    scores = np.array([_sharpness(points, float(angle)) for angle in angles])
    best = int(np.argmax(scores))
    degrees = float(angles[best])
    if 0 < best < scores.size - 1:
        left, middle, right = scores[best - 1 : best + 2]
        curve = left - 2 * middle + right
        if curve < 0:
            degrees += 0.5 * float(left - right) / float(curve) * float(angles[1] - angles[0])
    usual = float(np.median(scores))
    spread = float(np.median(np.abs(scores - usual))) * 1.4826
    away = np.abs(angles - angles[best]) > 3 * (angles[1] - angles[0])
    rival = float(scores[away].max()) if away.any() else usual
    above = (float(scores[best]) - rival) / max(float(scores[best]) - usual + 3 * spread, 1e-9)
    outstanding = float(scores[best]) / max(usual, 1e-9) - 1.0
    return degrees, float(np.clip(min(above * 2.0, outstanding / 0.15), 0.0, 1.0))


def _settle(points: NDArray[np.float64], rough: float) -> float:
    """The angle near the rough one at the top of a parabola laid through the scores around the best."""
    angles = np.arange(rough - 0.3, rough + 0.3 + _FINE / 2, _FINE)
    scores = np.array([_sharpness(points, float(angle)) for angle in angles])
    best = int(np.argmax(scores))
    near = slice(max(0, best - _AROUND), best + _AROUND + 1)
    curve, slope, _ = np.polyfit(angles[near] - angles[best], scores[near], 2)
    if curve >= 0:
        return float(angles[best])
    return float(angles[best] + np.clip(-slope / (2 * curve), -_AROUND * _FINE, _AROUND * _FINE))


def _sharpness(points: NDArray[np.float64], degrees: float) -> float:
    """How sharply the profile along this direction changes: the sum of squared steps between neighbouring rows."""
    slope = np.tan(np.radians(degrees))
    rows = points[:, 1] - points[:, 0] * slope
    rows -= rows.min()
    whole = rows.astype(np.intp)
    part = rows - whole
    # Shared between two rows, so that the score has no teeth at the pixel grid.
    size = int(whole.max()) + 2
    profile = np.bincount(whole, 1.0 - part, size) + np.bincount(whole + 1, part, size)
    # A little smoothing makes the top of the score round, so that it can be found between two angles.
    profile = np.convolve(profile, (0.25, 0.5, 0.25))
    return float(np.square(np.diff(profile)).sum() + 0.5 * np.square(profile).sum())


def _agreement(points: NDArray[np.float64], size: tuple[int, ...], degrees: float) -> float:
    """How well the quarters of the page confirm the angle: the share that do, of those with anything to say."""
    middle_y, middle_x = size[0] / 2, size[1] / 2
    left, upper = points[:, 0] < middle_x, points[:, 1] < middle_y
    angles = np.arange(degrees - 2.0, degrees + 2.0 + 0.05, 0.1)
    said = confirmed = 0.0
    for part in (left & upper, ~left & upper, left & ~upper, ~left & ~upper):
        own = points[part]
        if own.shape[0] < 150:
            continue
        angle, clear = _search(own, angles)
        weight = own.shape[0] * max(clear, 0.05)
        said += weight
        confirmed += weight * float(np.clip(1.5 - abs(angle - degrees) / _AGREE_DEGREES, 0.0, 1.0))
    return confirmed / said if said else 0.0
