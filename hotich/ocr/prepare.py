"""Makes the picture of a field ready for a recogniser of printed lines: size, margin, and whether anything is there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

WORKING_DPI: Final = 300.0
"""Type of 10-12 points has capitals of 30-35 px here, which the shipped model reads best."""

MARGIN_PX: Final = 14
"""White around the ink; text that touches the edge loses its first letter."""

LARGEST_FACTOR: Final = 4.0

STROKE_MM2: Final = 0.35
"""Less ink than this is a speck: a full stop of a fine pen has 0.2 mm2, the figure 1 of a fine pen 0.8 mm2."""

SPECK_MM: Final = 0.55
"""A mark smaller than this in both directions is dust, a leader dot or a rest of a rule."""

EDGE_SHARE: Final = 0.16
"""A mark that touches the edge and stays within this share of the height belongs to the neighbouring line."""

ONE_LINE_MM: Final = 9.0
"""Ink higher than this stands on several lines, or is a single line of a very large hand."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """The ink of a crop that is no dust: 255 on strokes, its box (left, top, right, bottom) in px, and its area."""

    mask: Grey
    box: tuple[int, int, int, int]
    area_mm2: float

    @property
    def is_empty(self) -> bool:
        return self.area_mm2 < STROKE_MM2

    @property
    def blank_confidence(self) -> float:
        """How sure an empty zone is empty: 0.99 without any ink, 0.7 just below the limit."""
        return 0.99 - 0.29 * min(1.0, self.area_mm2 / STROKE_MM2)


def strokes_of(picture: Grey, dpi: float) -> Strokes:
    """The writing in a grey crop whose ruling is gone; dust and ends of neighbouring lines are left out."""
    mask = ink_mask(picture, dpi)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    keep = np.zeros(count, np.bool_)
    if count > 1:
        keep[1:] = _is_stroke(stats[1:], picture.shape[0], picture.shape[1], dpi)
    kept = np.where(keep[labels], 255, 0).astype(np.uint8)
    area = float(stats[keep, cv2.CC_STAT_AREA].sum()) * (25.4 / dpi) ** 2
    if not keep.any():
        return Strokes(kept, (0, 0, picture.shape[1], picture.shape[0]), 0.0)
    x, y = stats[keep, cv2.CC_STAT_LEFT], stats[keep, cv2.CC_STAT_TOP]
    right, bottom = x + stats[keep, cv2.CC_STAT_WIDTH], y + stats[keep, cv2.CC_STAT_HEIGHT]
    return Strokes(kept, (int(x.min()), int(y.min()), int(right.max()), int(bottom.max())), area)


def ink_mask(picture: Grey, dpi: float) -> Grey:
    """255 where the picture is clearly darker than the paper around it."""
    around = max(15, round(dpi / 8)) | 1
    paper = cv2.blur(cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), (around, around))
    level = max(24.0, 0.35 * float(np.percentile(cv2.subtract(paper, picture), 99.5)))
    return np.where(cv2.subtract(paper, picture) > level, 255, 0).astype(np.uint8)


def _is_stroke(stats: NDArray[Any], height: int, width: int, dpi: float) -> NDArray[np.bool_]:
    x, y, w, h, _ = (stats[:, column] for column in range(5))
    speck = SPECK_MM * dpi / 25.4
    dust = (w < speck) & (h < speck)
    edge = max(2.0, EDGE_SHARE * height)
    from_above = (y <= 1) & (y + h <= edge)
    from_below = (y + h >= height - 1) & (y >= height - edge)
    rule = ((w > 0.9 * width) & (h < speck)) | (
        (h > 0.9 * height) & (w < speck * 0.7) & ((x <= 2) | (x + w >= width - 2))
    )
    return np.asarray(~(dust | from_above | from_below | rule), np.bool_)


@dataclass(frozen=True, slots=True)
class Ready:
    """A picture for the engine, whether it holds several lines, and how much it was enlarged."""

    picture: Grey
    several_lines: bool
    factor: float


def ready(picture: Grey, dpi: float) -> Ready | None:
    """The ink of the crop enlarged to the working size with a white margin; None for an empty crop."""
    strokes = strokes_of(picture, dpi)
    if strokes.is_empty:
        return None
    left, top, right, bottom = strokes.box
    pad = max(2, round(dpi / 60))
    left, top = max(0, left - pad), max(0, top - pad)
    trimmed = picture[top : bottom + pad, left : right + pad]
    factor = min(LARGEST_FACTOR, max(0.5, WORKING_DPI / dpi))
    size = (max(8, round(trimmed.shape[1] * factor)), max(8, round(trimmed.shape[0] * factor)))
    method = cv2.INTER_CUBIC if factor > 1.0 else cv2.INTER_AREA
    enlarged = trimmed if factor == 1.0 else cv2.resize(trimmed, size, interpolation=method)
    paper = float(np.percentile(enlarged, 90))
    bright = np.clip(enlarged.astype(np.float32) * (255.0 / max(paper, 60.0)), 0, 255).astype(np.uint8)
    framed = cv2.copyMakeBorder(bright, *(MARGIN_PX,) * 4, cv2.BORDER_CONSTANT, value=255)
    height_mm = (bottom - top) * 25.4 / dpi
    return Ready(np.ascontiguousarray(framed), height_mm > ONE_LINE_MM, factor)
