"""A sheet of paper with layers of ink. Places on it are form millimetres; pictures are float RGB of 0-1."""

from __future__ import annotations

from dataclasses import dataclass, field

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.float32]
Colour = tuple[int, int, int]
Box = tuple[float, float, float, float]
"""Left, top, right, bottom in sheet pixels."""

DPI = 205
SCALE = DPI / 25.4
"""Sheet pixels per millimetre."""


@dataclass(frozen=True, slots=True)
class Misprint:
    """How the printed form lies on the paper: shift in millimetres and stretch."""

    dx: float = 0.0
    dy: float = 0.0
    kx: float = 1.0
    ky: float = 1.0


@dataclass
class Sheet:
    """Layers that multiply over the paper: `printed`, `hand` and `red`."""

    width_mm: float
    height_mm: float
    misprint: Misprint = Misprint()
    layers: dict[str, Picture] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.width, self.height = round(self.width_mm * SCALE), round(self.height_mm * SCALE)
        for name in ("printed", "hand", "red"):
            self.layers[name] = np.ones((self.height, self.width, 3), np.float32)

    def pixel(self, x: float, y: float) -> tuple[float, float]:
        """Where a form millimetre lies in sheet pixels."""
        slip = self.misprint
        return ((x * slip.kx + slip.dx) * SCALE, (y * slip.ky + slip.dy) * SCALE)

    def ink(self, layer: str, mask: Picture, at: tuple[float, float], colour: Colour) -> Box | None:
        """Lay ink where `mask` (0-1) says, its corner at pixel `at`; returns the box of what can be seen."""
        left, top = round(at[0]), round(at[1])
        x0, y0 = max(0, left), max(0, top)
        x1, y1 = min(self.width, left + mask.shape[1]), min(self.height, top + mask.shape[0])
        if x0 >= x1 or y0 >= y1:
            return None
        part = mask[y0 - top : y1 - top, x0 - left : x1 - left]
        absorbed = 1.0 - np.array(colour, np.float32) / 255.0
        self.layers[layer][y0:y1, x0:x1] *= 1.0 - part[:, :, None] * absorbed
        return seen(part, x0, y0)


def seen(mask: Picture, left: float, top: float) -> Box | None:
    """The tight box of the visible ink of a mask whose corner lies at (left, top)."""
    visible = mask > 0.22
    columns, rows = np.flatnonzero(visible.any(axis=0)), np.flatnonzero(visible.any(axis=1))
    if not len(columns):
        return None
    return (left + float(columns[0]), top + float(rows[0]), left + columns[-1] + 1.0, top + rows[-1] + 1.0)


def union(boxes: list[Box | None]) -> Box | None:
    """The box around all boxes."""
    real = [box for box in boxes if box is not None]
    if not real:
        return None
    lefts, tops, rights, bottoms = zip(*real, strict=True)
    return (min(lefts), min(tops), max(rights), max(bottoms))


def cloud(rng: np.random.Generator, shape: tuple[int, int], grain: float) -> Picture:
    """Smooth noise of mean 0 and deviation about 1; `grain` is the size of a lump in pixels."""
    rows, columns = max(3, int(shape[0] / grain) + 3), max(3, int(shape[1] / grain) + 3)
    small = rng.normal(size=(rows, columns)).astype(np.float32)
    big = cv2.resize(small, (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC)
    return np.asarray(big / max(1e-6, float(big.std())), np.float32)
