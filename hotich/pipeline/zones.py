"""Parts of a zone on the page: a box to tick inside a zone, and how many dots an inch a crop has."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import FormSpec, Rect
from hotich.imaging.clean import CleanPage
from hotich.imaging.geometry import homography, inverse, moved
from hotich.values import Placement, Quad

MM_PER_INCH = 25.4


def part_of(quad: Quad, whole: Rect, part: Rect, margin: float = 0.0) -> Quad:
    """Where a part of a zone lies, both in form millimetres, when the zone lies at `quad`.

    `margin` is added on every side as a share of the part's own size.
    """
    onto = homography(_corners(whole, 0.0), quad.points)
    return Quad(*moved(_corners(part, margin), onto))


def _corners(rect: Rect, margin: float) -> list[tuple[float, float]]:
    dx, dy = rect.w * margin, rect.h * margin
    left, top, right, bottom = rect.x - dx, rect.y - dy, rect.x + rect.w + dx, rect.y + rect.h + dy
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def page_resolution(form: FormSpec, placement: Placement | None, page: CleanPage) -> float | None:
    """Dots per inch of the clean page in its middle by how the form lies on it, else by its shape, or None."""
    if placement is None:
        return page.dpi_estimate
    onto = inverse(page.to_original) @ np.array(placement.to_original)
    x, y = form.page_width / 2, form.page_height / 2
    a, b = moved([(x - 10, y), (x + 10, y)], onto)
    return float(np.hypot(b.x - a.x, b.y - a.y)) / 20 * MM_PER_INCH


def resolution(picture: NDArray[np.uint8], rect: Rect, margin: float = 0.0) -> float:
    """Dots per inch of a crop that shows a rectangle of the form with that margin."""
    wide = picture.shape[1] / (rect.w * (1 + 2 * margin))
    high = picture.shape[0] / (rect.h * (1 + 2 * margin))
    return max(20.0, float(wide if rect.w >= rect.h else high) * MM_PER_INCH)
