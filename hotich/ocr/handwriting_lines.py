"""Makes the picture of one written line ready for the handwriting recogniser, the same in training and in use."""

from __future__ import annotations

from typing import Any, Final

import cv2
import numpy as np
from numpy.typing import NDArray

Grey = NDArray[np.uint8]

HEIGHT: Final = 48
STRETCH: Final = 1.2
"""Lines are widened by this: written letters are narrower than the print that the network first learned."""

STEP: Final = 8
"""Pixels of a ready line to one step of the network's output."""

WIDEST: Final = 2400
"""No line is made wider; a longer one is read more narrowly."""

ROOM: Final = (5, 10)
"""Paper kept above and below, and before and behind the ink, in px of a line 64 px high."""


def ink_box(line: Grey) -> tuple[int, int, int, int]:
    """Where the ink lies (top, bottom, left, right) with a little paper around; the whole picture when unclear."""
    _, dark = cv2.threshold(cv2.GaussianBlur(line, (3, 3), 0), 0, 255, cv2.THRESH_BINARY_INV + cv2.THRESH_OTSU)
    rows, columns = np.nonzero((dark > 0).sum(1) > 2)[0], np.nonzero((dark > 0).sum(0) > 0)[0]
    high, wide = line.shape
    if len(rows) < 5 or len(columns) < 5:
        return 0, high, 0, wide
    above, before = (max(1, round(room * high / 64)) for room in ROOM)
    return (
        max(0, int(rows[0]) - above),
        min(high, int(rows[-1]) + above),
        max(0, int(columns[0]) - before),
        min(wide, int(columns[-1]) + before),
    )


def trimmed(line: Grey) -> Grey:
    """The line cut to its ink."""
    top, bottom, left, right = ink_box(line)
    return line[top:bottom, left:right]


def network_width(shape: tuple[int, ...]) -> int:
    """How wide a line of that shape is made for the network: a multiple of STEP."""
    wide = min(WIDEST, max(HEIGHT, int(shape[1] * HEIGHT / max(1, shape[0]) * STRETCH)))
    return (wide + STEP - 1) // STEP * STEP


def network_input(line: Grey, wide: int | None = None) -> NDArray[np.float32]:
    """The line as the network takes it: 1 x 3 x HEIGHT x width, -1 for black and 1 for white."""
    size = (wide or network_width(line.shape), HEIGHT)
    shrinks = line.shape[0] > HEIGHT * 1.5
    resized = cv2.resize(line, size, interpolation=cv2.INTER_AREA if shrinks else cv2.INTER_LINEAR)
    scaled: NDArray[Any] = resized.astype(np.float32) / 127.5 - 1.0
    return np.ascontiguousarray(np.broadcast_to(scaled, (1, 3, *scaled.shape)))
