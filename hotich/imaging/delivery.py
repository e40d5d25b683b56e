"""The picture that leaves with a record: a small colour JPEG, about 100 kB for an A4 page, without camera data."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import cv2
import numpy as np

from hotich.imaging.geometry import Picture

if TYPE_CHECKING:
    from PIL import Image

A4_MM = (210.0, 297.0)
OVERRUN = 1.1
"""A picture may be this much larger than its target before its quality is lowered further."""

LEAST_SHARE = 0.02
"""A small part has this share of an A4 page's bytes: headers and tables of a JPEG do not grow smaller with it."""

LOWEST_QUALITY, HIGHEST_QUALITY = 22, 92
_LAST_RESORT_QUALITY = 4
_SMALLEST_DPI = 80.0
_SHRINK = 0.88


def delivery_jpeg(
    picture_bgr: Picture, target_bytes: int = 100_000, dpi: float = 150.0, page_mm: tuple[float, float] = A4_MM
) -> bytes:
    """JPEG bytes of a BGR page: at most `dpi`, the best quality within the target, which grows with paper above A4.

    Pages that stay above 1.1 times the target at the lowest good quality are made smaller, down to 80 dpi, and
    coarser than that only then.
    """
    return _within(picture_bgr, target_bytes * max(1.0, a4_pages(page_mm)), dpi, page_mm)


def a4_pages(size_mm: tuple[float, float]) -> float:
    """How many A4 pages that paper is as large as."""
    return size_mm[0] * size_mm[1] / (A4_MM[0] * A4_MM[1])


def part_jpeg(picture_bgr: Picture, size_mm: tuple[float, float], bytes_per_a4: float, dpi: float) -> bytes:
    """JPEG bytes of a part of a page, whose target goes down with its size too, to LEAST_SHARE of an A4 page's."""
    return _within(picture_bgr, bytes_per_a4 * max(LEAST_SHARE, a4_pages(size_mm)), dpi, size_mm)


def _within(picture_bgr: Picture, budget: float, dpi: float, page_mm: tuple[float, float]) -> bytes:
    while True:
        page = _at_resolution(picture_bgr, dpi, page_mm)
        data = _best_within(page, budget, dpi, LOWEST_QUALITY)
        if len(data) <= budget * OVERRUN:
            return data
        if dpi * _SHRINK < _SMALLEST_DPI:
            return _best_within(page, budget, dpi, _LAST_RESORT_QUALITY)
        dpi *= _SHRINK


def _at_resolution(picture: Picture, dpi: float, page_mm: tuple[float, float]) -> Image.Image:
    """The page as long as the paper is at that resolution, never enlarged."""
    from PIL import Image

    factor = dpi * max(page_mm) / 25.4 / max(picture.shape[:2])
    if factor < 1.0:
        size = (max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor)))
        picture = np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)
    coloured = picture[..., ::-1] if picture.ndim == 3 else np.repeat(picture[..., np.newaxis], 3, axis=2)
    return Image.fromarray(np.ascontiguousarray(coloured))


def _best_within(page: Image.Image, budget: float, dpi: float, lowest: int) -> bytes:
    """The best quality that fits, found by halving; the lowest quality when none does."""
    low, high = lowest, HIGHEST_QUALITY
    best = _encoded(page, low, dpi)
    while low < high:
        middle = (low + high + 1) // 2
        data = _encoded(page, middle, dpi)
        if len(data) <= budget:
            low, best = middle, data
        else:
            high = middle - 1
    return best


def _encoded(page: Image.Image, quality: int, dpi: float) -> bytes:
    out = io.BytesIO()
    page.save(out, "JPEG", quality=quality, optimize=True, progressive=True, dpi=(round(dpi), round(dpi)))
    return out.getvalue()
