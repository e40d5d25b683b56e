"""Cutting the picture of one field out of a page."""

from __future__ import annotations

import numpy as np

from hotich.imaging.geometry import Homography, Picture, homography, inverse, moved
from hotich.values import Quad


def cut(picture: Picture, to_original: Homography, quad: Quad) -> Picture:
    """The quad, given in original pixels, as an upright picture at the scale of `picture`.

    `to_original` leads from the picture's pixels to the original's. What lies outside is white. At least 1 x 1.
    """
    import cv2

    corners = moved(quad.points, inverse(to_original))
    width = _length(corners[0], corners[1], corners[3], corners[2])
    height = _length(corners[0], corners[3], corners[1], corners[2])
    upright = [(0.0, 0.0), (width - 1.0, 0.0), (width - 1.0, height - 1.0), (0.0, height - 1.0)]
    onto = homography(corners, upright if width > 1 and height > 1 else [(0, 0), (1, 0), (1, 1), (0, 1)])
    white = (255,) * 3
    cropped = cv2.warpPerspective(
        picture, onto, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_CONSTANT, borderValue=white
    )
    return np.asarray(cropped, np.uint8)


def _length(a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float]) -> int:
    """The mean length of two opposite sides in whole pixels."""
    one, other = np.hypot(a[0] - b[0], a[1] - b[1]), np.hypot(c[0] - d[0], c[1] - d[1])
    return max(1, round(float(one + other) / 2))
