"""A part of a page by the millimetres of its paper: upright, straightened, in the colours it came in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from hotich.imaging.geometry import Homography, Picture, inverse, moved, normalised

MOST_PIXELS = 60_000_000
"""A part of more pixels is drawn coarser: an A3 spread at 600 dpi has 70 million."""


@dataclass(frozen=True, slots=True)
class StraightPart:
    """BGR pixels of a part of the paper, the homography from them to the original's, and pixels per millimetre."""

    pixels: Picture
    to_original: Homography
    per_mm: float


def straight_part(
    original: Picture, paper_to_original: Homography, left: float, top: float, size: tuple[float, float]
) -> StraightPart:
    """The part of the paper from (left, top), `size` millimetres wide and high, at the resolution it was taken with.

    `paper_to_original` leads from millimetres to the original's pixels. What lies outside the picture is white.
    """
    import cv2

    width_mm, height_mm = size
    per_mm = pixels_per_mm(paper_to_original, left + width_mm / 2, top + height_mm / 2)
    per_mm *= min(1.0, (MOST_PIXELS / (width_mm * height_mm * per_mm**2)) ** 0.5)
    width, height = max(1, round(width_mm * per_mm)), max(1, round(height_mm * per_mm))
    # Pixel centres stand at whole numbers, so the first one lies half a pixel inside the part.
    half = 0.5 / per_mm
    onto_paper = np.array([[1 / per_mm, 0.0, left + half], [0.0, 1 / per_mm, top + half], [0.0, 0.0, 1.0]])
    to_original = normalised(paper_to_original @ onto_paper)
    pixels = cv2.warpPerspective(
        original,
        to_original,
        (width, height),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(255,) * 3,
    )
    return StraightPart(np.asarray(pixels, np.uint8), to_original, per_mm)


def pixels_per_mm(paper_to_original: Homography, x: float, y: float) -> float:
    """How many pixels of the original a millimetre has at that place of the paper, the mean of both directions."""
    middle, beside, below = moved([(x, y), (x + 1, y), (x, y + 1)], paper_to_original)
    across = float(np.hypot(beside.x - middle.x, beside.y - middle.y))
    down = float(np.hypot(below.x - middle.x, below.y - middle.y))
    return (across + down) / 2


def on_paper(points: tuple[tuple[float, float], ...], paper_to_original: Homography) -> tuple[tuple[float, float], ...]:
    """Points of the original on the paper, in millimetres."""
    return moved(points, inverse(paper_to_original))
