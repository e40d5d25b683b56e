"""Long straight lines on a page picture, and the map of darkness they are looked for in.

Darkness is the share of the paper's light that is missing, 0 to 1, so that shading and yellowed paper drop out of it.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.imaging.geometry import Picture

LONGEST_PX = 2000
"""Lines are looked for in a view this long: 4.8 pixels a millimetre on an open spread."""

PAPER_PX = 128
"""Paper brightness is measured in a map this long; writing vanishes in it and shading stays."""

LINE_DARKNESS = 0.07
"""A pixel of a line is at least this much darker than its surroundings."""

SHORTEST_SHARE = 1 / 45
"""Of the view's longer side: the shortest straight run that is taken for a piece of a line."""

DarkMap = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Stroke:
    """A long line in pixels of the picture it was found in; `covered` pixels of its length are really dark."""

    x1: float
    y1: float
    x2: float
    y2: float
    covered: float

    @property
    def middle(self) -> tuple[float, float]:
        return ((self.x1 + self.x2) / 2.0, (self.y1 + self.y2) / 2.0)


@dataclass(frozen=True, slots=True)
class PageLines:
    """The long lines of a page, across and upright, and the size of the picture in pixels."""

    width: int
    height: int
    across: tuple[Stroke, ...]
    upright: tuple[Stroke, ...]


def dark_map(picture: Picture, longest_px: int) -> tuple[DarkMap, float]:
    """Darkness of the picture (BGR or grey) in a view at most `longest_px` long, and the factor it was shrunk by.

    Red counts most: there stamps nearly vanish while black and blue ink stay dark.
    """
    factor = min(1.0, longest_px / max(picture.shape[:2]))
    size = (max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    if small.ndim == 3:
        small = cv2.transform(small, np.array([[0.0, 0.25, 0.75]], np.float32))
    shrink = PAPER_PX / max(size)
    tiny_size = (max(1, round(size[0] * shrink)), max(1, round(size[1] * shrink)))
    tiny = cv2.resize(small, tiny_size, interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(tiny, np.ones((3, 3), np.uint8)), (0, 0), 1.5)
    paper = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR).astype(np.float32)
    return np.clip(1.0 - small / np.maximum(paper, 16.0), 0.0, 1.0).astype(np.float32), factor


def find_lines(picture: Picture) -> PageLines:
    """The long lines of a cleaned page, BGR or grey. Lines may lean and bend a little; pieces of one are joined."""
    darkness, factor = dark_map(picture, LONGEST_PX)
    around = max(9, round(max(darkness.shape) / 80)) | 1
    ink = np.where(darkness - cv2.blur(darkness, (around, around)) > LINE_DARKNESS, 255, 0).astype(np.uint8)
    height, width = picture.shape[:2]
    return PageLines(
        width,
        height,
        tuple(_grown(piece, factor, False) for piece in _long_pieces(ink)),
        tuple(_grown(piece, factor, True) for piece in _long_pieces(np.ascontiguousarray(ink.T))),
    )


def _grown(piece: NDArray[np.float64], factor: float, upright: bool) -> Stroke:
    """A row (start, level there, end, level there, covered) of the view as a stroke of the picture."""
    start, first, end, last, covered = (float(value) / factor for value in piece)
    return Stroke(first, start, last, end, covered) if upright else Stroke(start, first, end, last, covered)


def _long_pieces(ink: NDArray[np.uint8]) -> NDArray[np.float64]:
    """Lines across the picture as rows (x1, y1, x2, y2, covered)."""
    run = max(16, round(max(ink.shape) * SHORTEST_SHARE))
    # A leaning line moves from row to row: three rows taken together hold it over the length of the run.
    thick = cv2.dilate(ink, np.ones((3, 1), np.uint8))
    thick = cv2.morphologyEx(thick, cv2.MORPH_CLOSE, np.ones((1, 5), np.uint8))
    runs = cv2.morphologyEx(thick, cv2.MORPH_OPEN, np.ones((1, run), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(runs, connectivity=8)
    named = np.asarray(labels, np.int32)
    boxes = np.asarray(stats, np.int32)
    pieces = [row for index in range(1, count) if (row := _piece(named, boxes[index], index)) is not None]
    return _joined(np.array(pieces, np.float64).reshape(-1, 5), run)


def _piece(labels: NDArray[np.int32], stat: NDArray[np.int32], index: int) -> list[float] | None:
    """One component as a straight line, or None when it is too thick for one."""
    left, top, width, height, area = (int(value) for value in stat[:5])
    if area / width > 9.0 and area / width > 0.03 * width:
        return None
    part = labels[top : top + height, left : left + width] == index
    columns = np.linspace(0, width - 1, min(width, 24)).astype(int)
    heights = part[:, columns].sum(axis=0)
    levels = (part[:, columns] * np.arange(height)[:, None]).sum(axis=0) / np.maximum(heights, 1)
    slope, level = np.polyfit(columns, levels, 1)
    return [left, top + level, left + width - 1, top + level + slope * (width - 1), width]


def _joined(pieces: NDArray[np.float64], run: int) -> NDArray[np.float64]:
    """Pieces that continue one another made one line each; lines shorter than twice the run are dropped."""
    if not len(pieces):
        return pieces
    pieces = pieces[np.argsort(pieces[:, 0])]
    group = np.arange(len(pieces))
    gap = pieces[None, :, 0] - pieces[:, None, 2]
    slope = (pieces[:, 3] - pieces[:, 1]) / np.maximum(pieces[:, 2] - pieces[:, 0], 1.0)
    expected = pieces[:, None, 3] + slope[:, None] * np.maximum(gap, 0.0) * 0.5
    step = np.abs(pieces[None, :, 1] - expected)
    follows = (gap > -run) & (gap < 5 * run) & (step < 3.0 + 0.02 * np.maximum(gap, 0.0))
    for first, second in np.argwhere(np.triu(follows, 1)):
        group[group == group[second]] = group[first]
    lines = [_one_line(pieces[group == name]) for name in np.unique(group)]
    return np.array([line for line in lines if line[4] >= 1.6 * run], np.float64).reshape(-1, 5)


def _one_line(pieces: NDArray[np.float64]) -> list[float]:
    first, last = pieces[np.argmin(pieces[:, 0])], pieces[np.argmax(pieces[:, 2])]
    return [first[0], first[1], last[2], last[3], float(pieces[:, 4].sum())]
