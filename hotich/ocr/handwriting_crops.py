"""From a field's crop to its written lines, each alone on white paper."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.ocr.prepare import Grey, Strokes, strokes_of

ONE_LINE_MM: Final = 9.5
"""Ink no higher than this is one line, whatever its profile."""

PITCH_MM: Final = 4.5
"""Lines of a register stand at least this far apart."""

CORE_SHARE: Final = 0.35
"""A row belongs to the body of a line when it holds this share of the ink of the fullest row."""

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
    bands = _bands(strokes, dpi)
    if len(bands) == 1:
        return (_alone(bright, strokes.mask, dpi),)
    return tuple(_alone(bright, mask, dpi) for mask in _shared_out(strokes.mask, bands) if mask.any())


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


def _bands(strokes: Strokes, dpi: float) -> list[float]:
    """The middle row of each line, from above."""
    _, top, _, bottom = strokes.box
    mm = dpi / 25.4
    if bottom - top <= ONE_LINE_MM * mm:
        return [(top + bottom) / 2]
    rows = (strokes.mask[top:bottom] > 0).sum(axis=1).astype(np.float32).reshape(-1, 1)
    profile = cv2.GaussianBlur(rows, (1, 0), sigmaX=0.0001, sigmaY=0.7 * mm).ravel()
    peaks = _peaks(profile, PITCH_MM * mm)
    return [top + float(peak) for peak in peaks] or [(top + bottom) / 2]


def _peaks(profile: NDArray[Any], apart: float) -> list[int]:
    """Rows of most ink, the fullest first taken, none nearer than `apart` to another, in order."""
    taken: list[int] = []
    least = CORE_SHARE * float(profile.max())
    for row in np.argsort(profile)[::-1]:
        if profile[row] < least:
            break
        if all(abs(int(row) - other) >= apart for other in taken):
            taken.append(int(row))
    return sorted(taken)


def _shared_out(mask: Grey, bands: list[float]) -> list[Grey]:
    """The strokes of each line: every connected stroke goes to the line nearest to its middle.

    A stroke that reaches over several lines is cut half way between them.
    """
    count, labels, stats, middles = cv2.connectedComponentsWithStats(mask, connectivity=8)
    centres = np.array(bands)
    nearest = np.abs(middles[:, 1][:, None] - centres[None, :]).argmin(axis=1)
    top, bottom = stats[:, cv2.CC_STAT_TOP], stats[:, cv2.CC_STAT_TOP] + stats[:, cv2.CC_STAT_HEIGHT]
    long = (bottom - top) > 1.4 * np.diff(centres).min()
    row_line = np.abs(np.arange(mask.shape[0])[:, None] - centres[None, :]).argmin(axis=1)
    owner = np.where(long[labels], row_line[:, None], nearest[labels])
    present = (labels > 0) & (count > 1)
    return [np.where(present & (owner == line), 255, 0).astype(np.uint8) for line in range(len(bands))]
