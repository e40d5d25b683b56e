"""Which of the printed boxes of a field are ticked: the ink inside each frame, held against the other boxes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.ocr.prepare import ink_mask

Grey = NDArray[np.uint8]

MARGIN_SHARE: Final = 0.45
"""A box is cut with this share of its size around it on each side, so that its frame is found if it moved."""

MM_PER_INCH: Final = 25.4

FRAME_SHARE: Final = 0.2
"""Within this share of the size from its edge, ink may be the frame and says nothing."""

NEARNESS: Final = 0.15
"""How much a frame is preferred near the middle of its picture: regions are laid to a millimetre or so."""

EMPTY_BELOW: Final = 0.035
"""Share of ink inside an empty box: dust and bleed-through stay below it on the samples."""

TICKED_ABOVE: Final = 0.09
"""A fine pen's tick inks a tenth of the inside; crosses a fifth, filled boxes most of it."""


@dataclass(frozen=True, slots=True, eq=False)
class TickBox:
    """A box's code, its grey picture (dark ink, stamps taken out) with something around it, and its size as printed."""

    code: str
    picture: Grey
    dpi: float
    size_mm: tuple[float, float]


@dataclass(frozen=True, slots=True)
class Ticks:
    """The codes that are ticked, how sure that is (0-1), and the ink inside each box (0-1) in the order given."""

    codes: tuple[str, ...]
    confidence: float
    inks: tuple[float, ...]


def read_ticks(boxes: Sequence[TickBox]) -> Ticks:
    """The ticked boxes of one field. No boxes give nothing with confidence 0."""
    if not boxes:
        return Ticks((), 0.0, ())
    inks = tuple(inside_ink(box) for box in boxes)
    quiet = min(inks) if len(inks) > 1 else 0.0
    # What lies in every box (a tinted field, a coarse scan) is no tick, unless it is a lot.
    marks = [ink - min(quiet, TICKED_ABOVE / 2) for ink in inks]
    codes = tuple(box.code for box, mark in zip(boxes, marks, strict=True) if mark >= _limit(marks))
    return Ticks(codes, _sureness(marks, len(codes)), inks)


def _limit(marks: Sequence[float]) -> float:
    """Between empty and ticked: half of the strongest mark where that is a tick beyond doubt."""
    strongest = max(marks)
    middle = (EMPTY_BELOW + TICKED_ABOVE) / 2
    return max(middle, min(strongest * 0.3, TICKED_ABOVE * 1.5))


def _sureness(marks: Sequence[float], ticked: int) -> float:
    limit = _limit(marks)
    distance = min(abs(mark - limit) / limit for mark in marks)
    sure = float(np.clip(0.5 + distance * 0.9, 0.5, 0.995))
    # A form asks for one answer: several ticks are a correction or a mistake, and a person must look.
    return sure if ticked <= 1 else min(0.4, sure)


def inside_ink(box: TickBox) -> float:
    """The share of ink inside the frame, 0-1, after the frame was found near its place."""
    mask = ink_mask(box.picture, box.dpi)
    inner_w, inner_h = (
        min(side * box.dpi / MM_PER_INCH, float(most))
        for side, most in zip(box.size_mm, reversed(mask.shape), strict=True)
    )
    top, left = _frame_place(mask, inner_h, inner_w)
    inset_y, inset_x = inner_h * FRAME_SHARE, inner_w * FRAME_SHARE
    inside = mask[
        round(top + inset_y) : max(round(top + inner_h - inset_y), round(top + inset_y) + 1),
        round(left + inset_x) : max(round(left + inner_w - inset_x), round(left + inset_x) + 1),
    ]
    return float(np.count_nonzero(inside)) / max(1, inside.size)


def _frame_place(mask: Grey, inner_h: float, inner_w: float) -> tuple[float, float]:
    """Top and left of the frame: where an outline of the box's size lies best on ink, near the middle if in doubt."""
    height, width = mask.shape
    rows, columns = max(3, round(inner_h)), max(3, round(inner_w))
    outline = np.zeros((rows, columns), np.float32)
    thick = max(1, round(min(rows, columns) * 0.09))
    cv2.rectangle(outline, (0, 0), (columns - 1, rows - 1), 1.0, thick)
    ink = cv2.GaussianBlur(mask.astype(np.float32) / 255.0, (0, 0), max(0.6, thick * 0.5))
    fit = cv2.matchTemplate(ink, outline, cv2.TM_CCORR) / outline.sum()
    middle_y, middle_x = (height - rows) / 2, (width - columns) / 2
    ys, xs = np.mgrid[0 : fit.shape[0], 0 : fit.shape[1]]
    away = ((ys - middle_y) / max(1.0, rows)) ** 2 + ((xs - middle_x) / max(1.0, columns)) ** 2
    best = int(np.argmax(fit - NEARNESS * away))
    y, x = np.unravel_index(best, fit.shape)
    return (float(y), float(x)) if fit[y, x] > 0.25 else (middle_y, middle_x)
