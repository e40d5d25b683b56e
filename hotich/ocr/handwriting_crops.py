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

VALLEY_SHARE: Final = 0.7
"""Between two lines whose letters touch, some row still has at most this share of the ink of either line's fullest."""

SEVERAL_LINES: Final = 5.4
"""Ink lower than this many distances from stroke to stroke is one line."""

SEAM_SHARE: Final = 0.22
"""A way between two lines may cross at most this share of the ink of the emptier line's fullest row."""

SEAM_ROOM: Final = 0.3
"""How far the way may wind up and down, as a share of the distance between the lines."""

LEAST_PART: Final = 0.25
"""A line is at least this high, as a share of the ink it is cut from."""

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
    masks = [part for mask in _line_masks(strokes.mask) for part in _parted(mask)]
    return tuple(_alone(bright, mask, dpi) for mask in masks if mask.any())


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


def _parted(mask: Grey) -> list[Grey]:
    """The lines of strokes that touch one another from line to line, from above: cut where a way leads through."""
    rows = np.nonzero(mask.any(axis=1))[0]
    if not len(rows):
        return []
    top, bottom = int(rows[0]), int(rows[-1]) + 1
    if bottom - top < SEVERAL_LINES * _stroke_pitch(mask):
        return [mask]
    profile = _smooth_profile(mask[top:bottom])
    for row in _valleys(profile):
        above, below = int(profile[:row].argmax()), row + int(profile[row:].argmax())
        room = max(2, round(SEAM_ROOM * (below - above)))
        seam, crossed = _seam(mask, top + row, room)
        if crossed > SEAM_SHARE * min(profile[above], profile[below]):
            continue
        over = np.arange(mask.shape[0])[:, None] < seam[None, :]
        upper, lower = np.where(over, mask, 0).astype(np.uint8), np.where(over, 0, mask).astype(np.uint8)
        if _holds_letters(upper, mask) and _holds_letters(lower, mask):
            return [*_parted(upper), *_parted(lower)]
    return [mask]


def _stroke_pitch(mask: Grey) -> float:
    """The mean distance from stroke to stroke along the fullest rows, in px."""
    ink = np.pad(mask > 0, ((0, 0), (1, 0)))
    strokes = float(np.percentile((ink[:, 1:] & ~ink[:, :-1]).sum(axis=1), 92))
    columns = np.nonzero(mask.any(axis=0))[0]
    return float(columns[-1] - columns[0] + 1) / max(1.0, strokes)


def _smooth_profile(mask: Grey) -> NDArray[np.float32]:
    """The ink of each row, blurred a little."""
    rows = (mask > 0).sum(axis=1).astype(np.float32).reshape(-1, 1)
    blurred = cv2.GaussianBlur(
        rows, (1, 0), sigmaX=0.01, sigmaY=max(1.0, len(mask) / 32), borderType=cv2.BORDER_CONSTANT
    )
    return np.asarray(blurred, np.float32).ravel()


def _valleys(profile: NDArray[np.float32]) -> list[int]:
    """Rows of the middle part with less ink than their neighbours and than fuller rows around, the emptiest first."""
    edge = max(2, len(profile) // 6)
    found = []
    for row in range(edge, len(profile) - edge):
        lower = min(profile[:row].max(), profile[row:].max())
        if profile[row] <= min(profile[row - 1], profile[row + 1]) and profile[row] <= VALLEY_SHARE * lower:
            found.append(row)
    return sorted(found, key=lambda row: float(profile[row]))[:4]


def _seam(mask: Grey, row: int, room: int) -> tuple[NDArray[np.intp], float]:
    """The way from left to right near a row that crosses the least ink: its row in each column, and the ink in px."""
    first, last = max(0, row - room), min(mask.shape[0], row + room + 1)
    ink = (mask[first:last] > 0).astype(np.float32)
    # Straight where nothing is in the way.
    cost = ink + 0.002 * np.abs(np.arange(first, last) - row)[:, None]
    best = np.empty_like(cost)
    best[:, 0] = cost[:, 0]
    high = np.full(1, np.inf, np.float32)
    for column in range(1, cost.shape[1]):
        before = best[:, column - 1]
        near = np.minimum(before, np.minimum(np.concatenate((before[1:], high)), np.concatenate((high, before[:-1]))))
        best[:, column] = cost[:, column] + near
    seam = np.empty(cost.shape[1], np.intp)
    here = int(best[:, -1].argmin())
    for column in range(cost.shape[1] - 1, -1, -1):
        seam[column] = here
        if column:
            low = max(0, here - 1)
            here = low + int(best[low : here + 2, column - 1].argmin())
    return seam + first, float(ink[seam, np.arange(len(seam))].sum())


def _holds_letters(part: Grey, whole: Grey) -> bool:
    """Whether a part has strokes as high as letters are, and not only marks and tails."""
    rows, all_rows = np.nonzero(part.any(axis=1))[0], np.nonzero(whole.any(axis=1))[0]
    if not len(rows) or rows[-1] - rows[0] < LEAST_PART * (all_rows[-1] - all_rows[0]):
        return False
    count, _, stats, _ = cv2.connectedComponentsWithStats(part, connectivity=8)
    high = stats[1:, cv2.CC_STAT_HEIGHT]
    return bool(count > 1 and (high >= 0.5 * (rows[-1] - rows[0])).any() and part.sum() > 0.08 * whole.sum())
