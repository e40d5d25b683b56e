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

FEWEST_DOTS = 6
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
    removed |= dotted_leaders(strokes, dpi)
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
    """255 on the dots of rows of at least FEWEST_DOTS small marks that stand close together on one level."""
    largest = max(3, round(dpi * DOT_INCHES))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < FEWEST_DOTS:
        return np.zeros_like(ink)
    small = (stats[:, cv2.CC_STAT_WIDTH] <= largest) & (stats[:, cv2.CC_STAT_HEIGHT] <= largest)
    small[0] = False
    dots = np.where(small[labels], 255, 0).astype(np.uint8)
    gap = max(5, round(dpi * DOT_GAP_INCHES))
    rows = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, _bar(gap, True))
    _, row_labels, row_stats, _ = cv2.connectedComponentsWithStats(rows, connectivity=8)
    long_rows = (row_stats[:, cv2.CC_STAT_WIDTH] >= FEWEST_DOTS * max(2, gap // 3)) & (
        row_stats[:, cv2.CC_STAT_HEIGHT] <= largest + 2 + row_stats[:, cv2.CC_STAT_WIDTH] * _ROW_DRIFT
    )
    long_rows[0] = False
    for row in np.flatnonzero(long_rows):
        x, y, width, height = row_stats[row, :4]
        inside = labels[y : y + height, x : x + width]
        if np.unique(inside[(dots[y : y + height, x : x + width] > 0)]).size < FEWEST_DOTS:
            long_rows[row] = False
    return np.where(long_rows[row_labels] & (dots > 0), 255, 0).astype(np.uint8)


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
    # Letters written on a line touch it: what continues them straight into the line is theirs.
    beside = np.asarray(cv2.dilate(lines, _bar(3, not across)), np.uint8)
    feet = np.asarray(cv2.dilate(strokes & beside, _bar(2 * reach + 1, not across)), np.uint8)
    return np.asarray(lines & ((above & below) | feet), np.uint8)


def _one_sided(reach: int, slant: int, forward: bool, across: bool) -> Mask:
    """A kernel that spreads ink only forward (down or right) or only back, over `reach` pixels, as wide as slant."""
    kernel = np.zeros((2 * reach + 1, 2 * slant + 1), np.uint8)
    half = slice(0, reach + 1) if forward else slice(reach, None)
    # cv2.dilate looks from the target to the ink: ink above the target lies in the kernel's upper half.
    kernel[half] = 1
    return kernel if across else np.ascontiguousarray(kernel.T)


def _painted_over(grey: Picture, removed: Mask, dpi: float) -> Picture:
    """The mean of the paper around, without ink, put over the removed pixels."""
    around = max(9, round(dpi / 12)) | 1
    paper = cv2.bitwise_not(cv2.dilate(cv2.bitwise_or(removed, ink_mask(grey, dpi)), np.ones((3, 3), np.uint8))) > 0
    light = cv2.blur(np.where(paper, grey, 0).astype(np.float32), (around, around))
    share = cv2.blur(paper.astype(np.float32), (around, around))
    usual = float(np.median(grey[paper])) if paper.any() else 255.0
    background = np.where(share > 0.02, light / np.maximum(share, 0.02), usual)
    out = grey.copy()
    hidden = removed > 0
    out[hidden] = np.clip(background[hidden], 0, 255).astype(np.uint8)
    return out


def _run_px(ink: Mask, dpi: float, across: bool) -> int:
    """How long a run must be; in a crop lower or narrower than that, three quarters of it."""
    length = ink.shape[1] if across else ink.shape[0]
    wanted = round(dpi * LINE_INCHES)
    # A field is often hardly higher than its letters: only what runs through nearly all of it is a line then.
    return max(9, wanted if length >= wanted * 1.2 else max(round(length * 0.92), wanted // 2))


def _bar(length: int, across: bool) -> Mask:
    return np.ones((1, length) if across else (length, 1), np.uint8)
