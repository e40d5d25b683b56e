"""Paper: colour of its years, texture, stains, folds, the other side showing through, and the gutter."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from sample_scans.draw.sheet import SCALE, Picture, cloud


@dataclass(frozen=True, slots=True)
class PaperKind:
    """How a paper has aged: its colour, blotches, number of brown spots, and strength of what shows through (0-1)."""

    colour: tuple[int, int, int]
    blotch: float
    spots: int
    through: float
    folds: int = 0
    edge: float = 0.1


PAPERS = {
    "cheap": PaperKind((228, 210, 170), 0.022, 60, 0.13, 1, 0.13),
    "straw": PaperKind((236, 224, 194), 0.016, 30, 0.10, 1, 0.09),
    "office": PaperKind((243, 237, 220), 0.012, 8, 0.07, 0, 0.06),
    "white": PaperKind((248, 246, 240), 0.006, 0, 0.035, 0, 0.02),
}


def make_paper(kind: PaperKind, size: tuple[int, int], gutter: float | None, rng: np.random.Generator) -> Picture:
    """Paper of (height, width) pixels as RGB 0-1; `gutter` is the place of the fold across, as a share of the width."""
    width = size[1]
    tone = 1.0 + kind.blotch * cloud(rng, size, 260) + kind.blotch * 0.5 * cloud(rng, size, 60)
    tone += 0.006 * cloud(rng, size, 5) + 0.004 * cloud(rng, size, 2.4)
    tone *= 1.0 - kind.edge * _edges(size, rng)
    for _ in range(kind.folds):
        tone *= _fold(size, rng)
    if gutter is not None:
        tone *= _gutter(width, gutter)[None, :]
    paper = np.clip(tone, 0, 1.06)[:, :, None] * (np.array(kind.colour, np.float32) / 255.0)
    # Aged places turn brown: blue goes first.
    brown = np.clip(1.0 - tone, 0, 1)[:, :, None] * np.array([0.0, 0.12, 0.4], np.float32)
    paper = paper * (1.0 - brown)
    _foxing(paper, kind.spots, rng)
    return np.asarray(np.clip(paper, 0, 1), np.float32)


def shown_through(hand: Picture, printed: Picture, strength: float, rng: np.random.Generator) -> Picture:
    """The other side of the leaf, mirrored and blurred, as a layer to multiply over the paper."""
    other = cv2.flip(hand * (0.6 + 0.4 * printed), 1)
    other = cv2.GaussianBlur(other, (0, 0), 1.6)
    shift = np.array([[1, 0, rng.uniform(-30, 30)], [0, 1, rng.uniform(-30, 30)]], np.float32)
    other = cv2.warpAffine(other, shift, (other.shape[1], other.shape[0]), borderValue=(1.0, 1.0, 1.0))
    uneven = np.clip(1.0 + 0.5 * cloud(rng, (other.shape[0], other.shape[1]), 300), 0, 2)[:, :, None]
    return np.asarray(1.0 - (1.0 - other) * strength * uneven, np.float32)


def _edges(size: tuple[int, int], rng: np.random.Generator) -> Picture:
    height, width = size
    x = np.minimum(np.arange(width), np.arange(width)[::-1])[None, :] / (12 * SCALE)
    y = np.minimum(np.arange(height), np.arange(height)[::-1])[:, None] / (12 * SCALE)
    near = np.exp(-x) + np.exp(-y)
    return np.asarray(near * np.clip(0.9 + 0.35 * cloud(rng, size, 170), 0, 2), np.float32)


def _fold(size: tuple[int, int], rng: np.random.Generator) -> Picture:
    """A crease across the leaf: a dark line with a light one beside it."""
    height, width = size
    rows, columns = np.ogrid[0:height, 0:width]
    slope, at = float(rng.normal(0, 0.012)), height * float(rng.uniform(0.42, 0.58))
    away = rows - at - slope * columns
    crease = 0.12 * np.exp(-((away / 2.2) ** 2)) - 0.07 * np.exp(-(((away - 5) / 4.0) ** 2))
    shade = 0.035 * np.exp(-np.abs(away) / 90) * np.sign(away)
    rough = np.clip(1.0 + 0.5 * cloud(rng, size, 40), 0.2, 2)
    return np.asarray(1.0 - crease * rough - shade, np.float32)


def _gutter(width: int, share: float) -> Picture:
    away = np.abs(np.arange(width) - width * share) / SCALE
    return np.asarray(1.0 - 0.34 * np.exp(-away / 3.0) - 0.10 * np.exp(-away / 14.0), np.float32)


def _foxing(paper: Picture, spots: int, rng: np.random.Generator) -> None:
    height, width = paper.shape[:2]
    for _ in range(spots):
        radius = float(rng.gamma(2.0, 0.35)) * SCALE
        reach = int(radius * 3) + 2
        x, y = int(rng.integers(reach, width - reach)), int(rng.integers(reach, height - reach))
        rows, columns = np.mgrid[-reach:reach, -reach:reach]
        spot = np.exp(-(rows**2 + columns**2) / (2 * radius**2)).astype(np.float32)
        spot *= np.clip(1 + 0.4 * cloud(rng, (2 * reach, 2 * reach), max(3.0, radius / 2)), 0, 2)
        deep = float(rng.uniform(0.05, 0.24)) * spot[:, :, None]
        paper[y - reach : y + reach, x - reach : x + reach] *= 1.0 - deep * np.array([0.35, 0.65, 1.0], np.float32)
