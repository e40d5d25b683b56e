"""Ruling: printed lines and dotted leaders are taken out of the recogniser's picture, strokes that cross them stay."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Picture

LINE_INCHES = 0.26
"""A straight run at least this long is ruling; the longest straight stroke of handwriting is shorter."""

WHOLE_LINE_INCHES = 0.55
"""The pieces of one line make up at least this much together; straight parts of signatures and flourishes do not."""

THICK_INCHES = 0.032
"""Ruling is thinner than this; anything thicker is a bar, a photograph or the edge of the page."""

DOT_INCHES = 0.026
"""Dots of a leader are no larger than this in either direction."""

DOT_GAP_INCHES = 0.05
"""The next dot of a leader follows within this."""

TINY_DOT_INCHES = 0.016
"""Full stops and the dots of letters are larger than this, printed or by hand."""

FEWEST_DOTS, FEWEST_TINY_DOTS = 6, 3
TOP = 3
"""So many pixels of a line belong to the top of a letter that touches it from below."""

_ROW_DRIFT = 0.03
"""A row of dots may rise or fall by this share of its length on a sheet that is bent or not quite level."""

Mask = NDArray[np.uint8]
"""0 or 255."""


def remove_ruling(grey: Picture, keep: NDArray[np.bool_] | None = None, dpi: float = 300.0) -> Picture:
    """The grey picture (paper light) with long straight lines and dotted leaders painted over with paper.

    Where a stroke goes on above and below a line, the pixels on the line between are kept, so that letters stay whole.
    `keep` marks pixels that are never touched (the boxes of a form, say). Works on a page and on a crop.
    """
    ink = ink_mask(grey, dpi)
    level, upright = _soft_lines(ink, dpi, across=True), _soft_lines(ink, dpi, across=False)
    strokes = ink & ~level & ~upright
    removed = level & ~_crossings(strokes, level, dpi, across=True)
    removed |= upright & ~_crossings(strokes, upright, dpi, across=False)
    removed |= dotted_leaders(ink & ~removed, dpi)
    if keep is not None:
        removed[keep] = 0
    if not removed.any():
        return grey.copy()
    return _painted_over(grey, removed, dpi)


def ink_mask(grey: Picture, dpi: float = 300.0) -> Mask:
    """255 where the picture is clearly darker than its surroundings."""
    around = max(15, round(dpi / 12)) | 1
    local = cv2.blur(grey, (around, around), borderType=cv2.BORDER_REPLICATE)
    return np.where(cv2.subtract(local, grey) > 14, 255, 0).astype(np.uint8)


def line_mask(ink: Mask, dpi: float, across: bool) -> Mask:
    """255 on long thin straight runs, horizontal (`across`) or vertical; gaps of a few pixels are bridged."""
    run = _run_px(ink, dpi, across)
    bridge = max(3, round(dpi / 60))
    closed = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, _bar(bridge, across))
    lines = cv2.morphologyEx(closed, cv2.MORPH_OPEN, _bar(run, across))
    # A bar as thick as letters are high is no line.
    thick = cv2.morphologyEx(lines, cv2.MORPH_OPEN, _bar(max(3, round(dpi * THICK_INCHES)) + 1, not across))
    if thick.any():
        thick = cv2.dilate(thick, _bar(run, across))
        lines = cv2.bitwise_and(lines, cv2.bitwise_not(thick))
    return _long_enough(np.asarray(lines, np.uint8), dpi, across)


def _long_enough(lines: Mask, dpi: float, across: bool) -> Mask:
    """The lines whose pieces, which a small skew sets off by a pixel here and there, are long enough together."""
    joined = cv2.dilate(lines, _bar(3, not across) if dpi < 200 else _bar(5, not across))
    _, labels, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    side, whole = (cv2.CC_STAT_WIDTH, lines.shape[1]) if across else (cv2.CC_STAT_HEIGHT, lines.shape[0])
    enough = stats[:, side] >= min(dpi * WHOLE_LINE_INCHES, 0.85 * whole)
    return np.asarray(lines * enough[labels], np.uint8)


def dotted_leaders(ink: Mask, dpi: float) -> Mask:
    """255 on the dots of rows of small marks that stand close together: many of any size, or a few tiny ones."""
    _, numbered, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    labels = np.asarray(numbered, np.int32)
    found = np.zeros_like(ink)
    for inches, fewest in ((DOT_INCHES, FEWEST_DOTS), (TINY_DOT_INCHES, FEWEST_TINY_DOTS)):
        largest = max(3, round(dpi * inches))
        small = (stats[:, cv2.CC_STAT_WIDTH] <= largest) & (stats[:, cv2.CC_STAT_HEIGHT] <= largest)
        small[0] = False
        if small.sum() >= fewest:
            dots = np.where(small, 255, 0).astype(np.uint8)[labels]
            found |= dots & _rows_of_dots(dots, labels, dpi, (largest, fewest))
    return found


def _rows_of_dots(dots: Mask, labels: NDArray[np.int32], dpi: float, size: tuple[int, int]) -> Mask:
    """255 on and between the dots of each row; `size` is the largest dot in pixels and the fewest dots of a row."""
    largest, fewest = size
    gap = max(5, round(dpi * DOT_GAP_INCHES))
    _, rows, stats, _ = cv2.connectedComponentsWithStats(
        cv2.morphologyEx(dots, cv2.MORPH_CLOSE, _bar(gap, True)), connectivity=8
    )
    width, height = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    level = (width >= fewest * max(2, gap // 3)) & (height <= largest + 2 + width * _ROW_DRIFT)
    level[0] = False
    for row in np.flatnonzero(level):
        x, y, across, down = stats[row, :4]
        box = (slice(y, y + down), slice(x, x + across))
        level[row] = np.unique(labels[box][dots[box] > 0]).size >= fewest
    return np.asarray(np.where(level, 255, 0).astype(np.uint8)[rows], np.uint8)


def _soft_lines(ink: Mask, dpi: float, across: bool) -> Mask:
    """The ruling of one direction with the soft edges that a scanner gives it."""
    soft = 2 if dpi >= 200 else 1
    return np.asarray(cv2.dilate(line_mask(ink, dpi, across), _bar(2 * soft + 1, not across)), np.uint8)


def _crossings(strokes: Mask, lines: Mask, dpi: float, across: bool) -> Mask:
    """The pixels of the lines that belong to strokes: between ink on both sides, or where a stroke stands on them."""
    reach = max(4, round(dpi * THICK_INCHES)) + 3
    slant = max(1, round(dpi / 150))
    above = np.asarray(cv2.dilate(strokes, _one_sided(reach, slant, forward=True, across=across)), np.uint8)
    below = np.asarray(cv2.dilate(strokes, _one_sided(reach, slant, forward=False, across=across)), np.uint8)
    # Letters written on a line stand in it: what continues them straight into the line is theirs.
    beside = np.asarray(cv2.dilate(lines, _bar(3, not across)), np.uint8)
    touching = strokes & beside
    feet = np.asarray(cv2.dilate(touching, _one_sided(reach, 0, forward=True, across=across)), np.uint8)
    # Tops that reach up to a line end there: taken as far as feet they would leave dots over the letters.
    tops = np.asarray(cv2.dilate(touching, _bar(2 * TOP + 1, not across)), np.uint8)
    return np.asarray(lines & ((above & below) | feet | tops), np.uint8)


def _one_sided(reach: int, slant: int, forward: bool, across: bool) -> Mask:
    """A kernel that spreads ink only forward (down or right) or only back, over `reach` pixels, as wide as slant."""
    kernel = np.zeros((2 * reach + 1, 2 * slant + 1), np.uint8)
    half = slice(0, reach + 1) if forward else slice(reach, None)
    # cv2.dilate looks from the target to the ink: ink above the target lies in the kernel's upper half.
    kernel[half] = 1
    return kernel if across else np.ascontiguousarray(kernel.T)


def _painted_over(grey: Picture, removed: Mask, dpi: float) -> Picture:
    """The mean of the paper around, without ink, put over the removed pixels."""
    background = _paper_around(grey, removed | ink_mask(grey, dpi), max(9, round(dpi / 12)))
    out = grey.copy()
    hidden = removed > 0
    out[hidden] = background[hidden]
    return out


def _paper_around(grey: Picture, inked: Mask, around_px: int) -> Picture:
    """The brightness of the paper at every place, measured on a quarter of the size from pixels clear of ink."""
    size = (max(1, grey.shape[1] // 4), max(1, grey.shape[0] // 4))
    clear = cv2.bitwise_not(cv2.dilate(inked, np.ones((3, 3), np.uint8)))
    share = np.asarray(cv2.resize(clear, size, interpolation=cv2.INTER_AREA), np.float32) / 255.0
    light = np.asarray(cv2.resize(cv2.bitwise_and(grey, clear), size, interpolation=cv2.INTER_AREA), np.float32)
    reach = (max(3, around_px // 4) | 1, max(3, around_px // 4) | 1)
    share, light = (np.asarray(cv2.blur(measure, reach), np.float32) for measure in (share, light))
    usual = float(np.median(light[share > 0.5] / share[share > 0.5])) if (share > 0.5).any() else 244.0
    paper = np.where(share > 0.02, light / np.maximum(share, 0.02), usual)
    small = np.clip(paper, 0, 255).astype(np.uint8)
    return np.asarray(cv2.resize(small, (grey.shape[1], grey.shape[0]), interpolation=cv2.INTER_LINEAR), np.uint8)


def _run_px(ink: Mask, dpi: float, across: bool) -> int:
    """How long a run must be; in a crop lower or narrower than that, three quarters of it."""
    length = ink.shape[1] if across else ink.shape[0]
    wanted = round(dpi * LINE_INCHES)
    # A field is often hardly higher than its letters: only what runs through nearly all of it is a line then.
    return max(9, wanted if length >= wanted * 1.2 else max(round(length * 0.92), wanted // 2))


def _bar(length: int, across: bool) -> Mask:
    return np.ones((1, length) if across else (length, 1), np.uint8)
