"""From a field's crop to its written lines, each alone on white paper."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.ocr.prepare import Grey, strokes_of

LETTER_SHARE: Final = 0.5
"""Strokes at least this high, as a share of most letters' height, are letters; the others are marks and dots."""

LINE_GAP: Final = 0.75
"""Letters whose middles lie further apart than this, in letters' heights, stand on different lines."""

REACHES_OVER: Final = 1.35
"""A stroke higher than this share of the distance between two lines belongs to both and is cut."""

AROUND_MM: Final = 0.9
"""Paper left around the ink."""


def written_lines(picture: Grey, dpi: float, level: float = 0.0) -> tuple[Grey, ...]:
    """The lines of a crop from above, each as a grey picture of its ink on white; none for an empty crop.

    `level` is the contrast of the page's ink, 0 when only the crop can tell.
    """
    strokes = strokes_of(picture, dpi, level)
    if strokes.is_empty:
        return ()
    bright = _bright(picture)
    return tuple(_alone(bright, mask, dpi) for mask in _line_masks(strokes.mask) if mask.any())


def _bright(picture: Grey) -> Grey:
    """The picture with its paper brought to white."""
    paper = max(60.0, float(np.percentile(picture, 85)))
    return np.asarray(np.clip(picture.astype(np.float32) * (255.0 / paper), 0, 255), np.uint8)


def _alone(bright: Grey, mask: Grey, dpi: float) -> Grey:
    """The ink of the mask with its soft edges, cut out with a little paper."""
    soft = max(1, round(dpi / 90))
    near = cv2.dilate(mask, np.ones((2 * soft + 1, 2 * soft + 1), np.uint8)) > 0
    rows, columns = np.nonzero(near.any(axis=1))[0], np.nonzero(near.any(axis=0))[0]
    pad = max(2, round(AROUND_MM * dpi / 25.4))
    cut = np.s_[rows[0] : rows[-1] + 1, columns[0] : columns[-1] + 1]
    alone = np.where(near[cut], bright[cut], 255).astype(np.uint8)
    return np.asarray(cv2.copyMakeBorder(alone, pad, pad, pad, pad, cv2.BORDER_CONSTANT, value=(255,)), np.uint8)


def _line_masks(mask: Grey) -> list[Grey]:
    """The strokes of each line, from above. How large letters are, the crop tells; its resolution may be a guess."""
    _, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    top, high = stats[1:, cv2.CC_STAT_TOP], stats[1:, cv2.CC_STAT_HEIGHT]
    lines = _lines_of(top + high / 2, high, stats[1:, cv2.CC_STAT_AREA])
    if len(lines) == 1:
        return [mask]
    upper = np.array([np.percentile(top[line], 30) for line in lines])
    lower = np.array([np.percentile((top + high)[line], 70) for line in lines])
    # Marks and dots go to the line they lie nearest to, above or below it.
    middle = middles[1:, 1][:, None]
    away = np.maximum(np.maximum(upper[None, :] - middle, middle - lower[None, :]), 0.0)
    owner = np.concatenate(([0], away.argmin(axis=1)))
    for number, line in enumerate(lines):
        owner[1:][line] = number
    centres = (upper + lower) / 2
    row_owner = np.abs(np.arange(mask.shape[0])[:, None] - centres[None, :]).argmin(axis=1)
    over = np.concatenate(([False], high > REACHES_OVER * np.diff(centres).min()))
    owners = np.where(over[labels], row_owner[:, None], owner[labels])
    return [np.where((labels > 0) & (owners == number), 255, 0).astype(np.uint8) for number in range(len(lines))]


def _lines_of(middle: NDArray[Any], high: NDArray[Any], area: NDArray[Any]) -> list[NDArray[Any]]:
    """The letters of each line as indexes, from above: where middles of letters jump, another line begins."""
    order = np.argsort(high)
    heap = np.cumsum(area[order])
    usual = float(high[order][np.searchsorted(heap, 0.6 * heap[-1])])
    letters = np.nonzero((high >= LETTER_SHARE * usual) & (high <= 2.2 * usual))[0]
    if len(letters) < 2:
        return [np.arange(len(high))]
    letters = letters[np.argsort(middle[letters])]
    jumps = np.nonzero(np.diff(middle[letters]) > LINE_GAP * usual)[0]
    return list(np.split(letters, jumps + 1))
