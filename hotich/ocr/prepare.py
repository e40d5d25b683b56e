"""Makes the picture of a field ready for a recogniser of printed lines: what is ink, how large, how upright."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

WORKING_DPI: Final = 240.0
"""Type of 10-12 points has capitals of 24-28 px here; the shipped model misreads more short numbers at 300."""

MARGIN_PX: Final = 14
"""White around the ink; text that touches the edge loses its first letter."""

LARGEST_FACTOR: Final = 4.0

LEAST_CONTRAST: Final = 24.0
"""Grey levels below the paper around; less is the paper's own texture."""

FAINT_SHARE: Final = 0.45
"""Marks fainter than this share of the page's ink show through from the other side or are rests of a stamp."""

STROKE_MM2: Final = 0.35
"""Less ink than this is a speck: a full stop of a fine pen has 0.2 mm2, the figure 1 of a fine pen 0.8 mm2."""

SPECK_MM: Final = 0.55
"""A mark smaller than this in both directions is dust, a leader dot or a rest of a rule."""

ACCENT_MM: Final = 1.4
"""Dots of letters stand within this distance over or under their stroke."""

DOT_MM2: Final = 0.04
"""Less ink than this is dust even there."""

CORNER_MM: Final = 1.3
"""A mark that touches the crop's edge and is smaller than this is where two rules of the form cross."""

EDGE_SHARE: Final = 0.16
"""A mark that touches the edge and stays within this share of the height belongs to the neighbouring line."""

SHARPENED_MM: Final = 0.17
"""About the blur of an office scanner at 200 dpi: what joins the parts of a mark."""

ONE_LINE_MM: Final = 9.0
"""Ink higher than this stands on several lines, or is a single line of a very large hand."""


@dataclass(frozen=True, slots=True)
class Strokes:
    """The ink of a crop that is no dust: 255 on strokes, its box (left, top, right, bottom) in px, and its area.

    `left_out_mm2` is ink that was taken for dust, show-through or a neighbouring line.
    """

    mask: Grey
    box: tuple[int, int, int, int]
    area_mm2: float
    left_out_mm2: float = 0.0

    @property
    def is_empty(self) -> bool:
        return self.area_mm2 < STROKE_MM2

    @property
    def blank_confidence(self) -> float:
        """How sure an empty zone is empty: 0.99 without any ink, down to 0.7 the more ink was left out."""
        return 0.99 - 0.29 * min(1.0, (self.area_mm2 + self.left_out_mm2 / 8) / STROKE_MM2)


def contrast_of(picture: Grey, dpi: float) -> Grey:
    """How much darker each pixel is than the paper around it."""
    around = max(15, round(dpi / 8)) | 1
    paper = cv2.blur(cv2.morphologyEx(picture, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)), (around, around))
    return np.asarray(cv2.subtract(paper, picture), np.uint8)


def ink_level(picture: Grey, dpi: float) -> float:
    """The contrast of the ink of a whole page: what nine tenths of its inked pixels stay below."""
    contrast = contrast_of(picture, dpi)
    inked = contrast[contrast > 2 * LEAST_CONTRAST]
    return float(np.percentile(inked, 90)) if inked.size else 0.0


def ink_mask(picture: Grey, dpi: float, level: float = 0.0) -> Grey:
    """255 where the picture is clearly darker than the paper around; `level` is the page's ink, 0 when not known."""
    contrast = contrast_of(picture, dpi)
    return np.where(contrast > _threshold(contrast, level), 255, 0).astype(np.uint8)


def _threshold(contrast: Grey, level: float) -> float:
    strong = max(level, 0.0) or float(np.percentile(contrast, 99.5))
    return max(LEAST_CONTRAST, 0.33 * strong)


def strokes_of(picture: Grey, dpi: float, level: float = 0.0) -> Strokes:
    """The writing in a grey crop whose ruling is gone; dust, show-through and ends of other lines are left out."""
    contrast = contrast_of(picture, dpi)
    mask = np.where(contrast > _threshold(contrast, level), 255, 0).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    whole = (0, 0, picture.shape[1], picture.shape[0])
    if count == 1:
        return Strokes(mask, whole, 0.0)
    keep = np.zeros(count, np.bool_)
    keep[1:] = _is_stroke(stats[1:], picture.shape[0], picture.shape[1], dpi)
    if level:
        peak = np.zeros(count, np.uint8)
        np.maximum.at(peak, labels.ravel().astype(np.intp), contrast.ravel())
        keep &= peak > FAINT_SHARE * level
    keep |= _accents(keep, labels, stats, dpi)
    kept = np.where(keep[labels], 255, 0).astype(np.uint8)
    mm2 = (25.4 / dpi) ** 2
    area, left_out = (float(stats[1:, cv2.CC_STAT_AREA][chosen].sum()) * mm2 for chosen in (keep[1:], ~keep[1:]))
    return Strokes(kept, _box(stats[keep]) if keep.any() else whole, area, left_out)


def _accents(keep: NDArray[np.bool_], labels: NDArray[Any], stats: NDArray[Any], dpi: float) -> NDArray[np.bool_]:
    """Which specks stand right over or under a stroke, as the dots of i and ạ do."""
    if not keep.any():
        return keep
    reach = max(2, round(ACCENT_MM * dpi / 25.4))
    strokes = np.where(keep[labels], 255, 0).astype(np.uint8)
    near = cv2.dilate(strokes, np.ones((2 * reach + 1, 3), np.uint8)) > 0
    touched = np.bincount(labels[near], minlength=len(keep))
    speck = SPECK_MM * dpi / 25.4
    small = (stats[:, cv2.CC_STAT_WIDTH] < speck) & (stats[:, cv2.CC_STAT_HEIGHT] < speck)
    inked = stats[:, cv2.CC_STAT_AREA] * (25.4 / dpi) ** 2 >= DOT_MM2
    small[0] = False
    return np.asarray(small & inked & (touched > 0.5 * stats[:, cv2.CC_STAT_AREA]), np.bool_)


def _box(stats: NDArray[Any]) -> tuple[int, int, int, int]:
    x, y, w, h = (stats[:, column] for column in range(4))
    return int(x.min()), int(y.min()), int((x + w).max()), int((y + h).max())


def _is_stroke(stats: NDArray[Any], height: int, width: int, dpi: float) -> NDArray[np.bool_]:
    x, y, w, h, _ = (stats[:, column] for column in range(5))
    speck, corner = SPECK_MM * dpi / 25.4, CORNER_MM * dpi / 25.4
    at_top, at_bottom = y <= 1, y + h >= height - 1
    at_side = (x <= 1) | (x + w >= width - 1)
    dust = (w < speck) & (h < speck)
    crossing = (at_top | at_bottom | at_side) & (w < corner) & (h < corner)
    edge = max(2.0, EDGE_SHARE * height)
    other_line = (at_top & (y + h <= edge)) | (at_bottom & (y >= height - edge))
    level_rule = (w > 0.9 * width) & (h < speck)
    upright_rule = (h > 0.9 * height) & (w < speck * 0.7) & at_side
    return np.asarray(~(dust | crossing | other_line | level_rule | upright_rule), np.bool_)


@dataclass(frozen=True, slots=True)
class Ready:
    """A picture for the engine, and whether it holds several lines."""

    picture: Grey
    several_lines: bool


@dataclass(frozen=True, slots=True)
class Cutout:
    """The writing of a crop alone on white, as large as it was scanned, with its resolution."""

    picture: Grey
    dpi: float
    several_lines: bool


def ready(picture: Grey, dpi: float, level: float = 0.0) -> Ready | None:
    """The ink of the crop alone, enlarged to the working size, upright, with a white margin; None for an empty crop."""
    cutout = cut_out(picture, dpi, level)
    return None if cutout is None else enlarged(cutout)


def cut_out(picture: Grey, dpi: float, level: float = 0.0) -> Cutout | None:
    """The ink of the crop alone; None for an empty crop."""
    strokes = strokes_of(picture, dpi, level)
    if strokes.is_empty:
        return None
    left, top, right, bottom = strokes.box
    pad = max(2, round(dpi / 60))
    cut = np.s_[max(0, top - pad) : bottom + pad, max(0, left - pad) : right + pad]
    alone = _ink_alone(picture[cut], strokes.mask[cut], dpi)
    return Cutout(alone, dpi, (bottom - top) * 25.4 / dpi > ONE_LINE_MM)


def enlarged(cutout: Cutout, working_dpi: float = WORKING_DPI, sharpness: float = 0.0) -> Ready:
    """The writing at a working size, upright, with a white margin.

    `sharpness` is how much of the difference from a blur of SHARPENED_MM is added: small marks of letters stand apart.
    """
    factor = min(LARGEST_FACTOR, max(0.5, working_dpi / cutout.dpi))
    sized = _resized(cutout.picture, factor, sharpness)
    if sharpness:
        sized = _sharpened(sized, factor * cutout.dpi, sharpness)
    upright = set_upright(sized)
    framed = cv2.copyMakeBorder(upright, *(MARGIN_PX,) * 4, cv2.BORDER_CONSTANT, value=255)
    return Ready(np.ascontiguousarray(framed), cutout.several_lines)


def _resized(picture: Grey, factor: float, sharpness: float) -> Grey:
    size = (max(8, round(picture.shape[1] * factor)), max(8, round(picture.shape[0] * factor)))
    keen = cv2.INTER_LANCZOS4 if sharpness else cv2.INTER_CUBIC
    method = keen if factor > 1.0 else cv2.INTER_AREA
    return np.asarray(picture if factor == 1.0 else cv2.resize(picture, size, interpolation=method), np.uint8)


def _sharpened(picture: Grey, dpi: float, sharpness: float) -> Grey:
    blurred = cv2.GaussianBlur(picture, (0, 0), SHARPENED_MM * dpi / 25.4)
    return np.asarray(cv2.addWeighted(picture, 1.0 + sharpness, blurred, -sharpness, 0.0), np.uint8)


def _ink_alone(picture: Grey, mask: Grey, dpi: float) -> Grey:
    """White but for the strokes and their soft edges; the paper is brought to white."""
    soft = max(1, round(dpi / 90))
    around = cv2.dilate(mask, np.ones((2 * soft + 1, 2 * soft + 1), np.uint8)) > 0
    paper = float(np.percentile(picture, 85))
    bright = np.clip(picture.astype(np.float32) * (255.0 / max(paper, 60.0)), 0, 255).astype(np.uint8)
    return np.where(around, bright, 255).astype(np.uint8)


SLANTS: Final = tuple(float(slant) for slant in np.linspace(-0.3, 0.8, 12))
CLEARLY_BETTER: Final = 1.06
FEW_STROKES: Final = 3.0
"""Ink narrower than this many heights says little of its slant: a 7 leans without being written so."""


def set_upright(picture: Grey) -> Grey:
    """The picture sheared so that its long strokes stand upright, or as it is where that gains nothing (print)."""
    slant = slant_of(picture)
    if slant == 0.0:
        return picture
    height, width = picture.shape
    room = round(abs(slant) * height)
    shear = np.array([[1.0, slant, room if slant < 0 else 0.0], [0.0, 1.0, 0.0]], np.float64)
    return np.asarray(
        cv2.warpAffine(picture, shear, (width + room, height), flags=cv2.INTER_LINEAR, borderValue=(255,)), np.uint8
    )


def slant_of(picture: Grey) -> float:
    """How far strokes lean to the right, as a share of their height; 0 when leaning explains nothing.

    Leaning is right when the columns of the sheared ink are most uneven: full where strokes stand, empty between.
    """
    height, width = picture.shape
    if width < FEW_STROKES * height:
        return 0.0
    small = cv2.resize(picture, (max(8, round(width * 40 / height)), 40), interpolation=cv2.INTER_AREA)
    ink = 255.0 - small.astype(np.float32)
    room = 40
    scores = []
    for slant in SLANTS:
        shear = np.array([[1.0, slant, room - slant * 20], [0.0, 1.0, 0.0]], np.float64)
        columns = cv2.warpAffine(ink, shear, (small.shape[1] + 2 * room, 40)).sum(axis=0)
        scores.append(float(np.square(columns).sum()))
    best = int(np.argmax(scores))
    upright = scores[int(np.argmin(np.abs(SLANTS)))]
    return SLANTS[best] if scores[best] > CLEARLY_BETTER * upright and abs(SLANTS[best]) > 0.05 else 0.0
