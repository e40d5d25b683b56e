"""How a sheet becomes a picture: the flat scanner or the telephone, and the same mapping for points of the truth."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from sample_scans.draw.sheet import SCALE, Picture, cloud

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bend:
    """A leaf that rises towards the gutter: rows drop by `depth` pixels there and columns come closer together.

    `gutter` is a share of the width and `reach` the length over which the bend fades, in pixels.
    """

    gutter: float
    depth: float
    reach: float
    squeeze: float

    def forward(self, points: Points, width: int) -> Points:
        """Sheet pixels to pixels of the bent leaf."""
        x = self._columns(points[:, 0], width)
        return np.stack([x, points[:, 1] + self.drop(points[:, 0], width)], axis=1)

    def backward_columns(self, x: Points, width: int) -> Points:
        """The sheet columns of bent columns; the bend is even enough to be inverted by interpolation."""
        knots = np.linspace(-0.2 * width, 1.2 * width, 4000)
        return np.interp(x, self._columns(knots, width), knots)

    def drop(self, x: Points, width: int) -> Points:
        """How far a column moves down, in pixels."""
        away = np.abs(x - self.gutter * width) / self.reach
        return self.depth * np.exp(-away) * (1 + away * 0.6)

    def shade(self, x: Points, width: int) -> Points:
        """Brightness 0-1 of a column: the slope towards the gutter lies in shadow."""
        away = np.abs(x - self.gutter * width) / self.reach
        return 1.0 - 0.42 * np.exp(-away * 3.2) - 0.10 * np.exp(-away)

    def _columns(self, x: Points, width: int) -> Points:
        gutter = self.gutter * width
        away = x - gutter
        return gutter + np.sign(away) * (
            np.abs(away) - self.squeeze * self.reach * (1 - np.exp(-np.abs(away) / self.reach))
        )


@dataclass(frozen=True, slots=True)
class Shot:
    """A finished picture (RGB 0-255) and the way of a sheet point into it."""

    picture: NDArray[np.uint8]
    matrix: Points
    bend: Bend | None
    sheet_width: int

    def points(self, sheet_points: Points) -> Points:
        """Picture pixels of sheet pixels, rows of x and y."""
        bent = sheet_points if self.bend is None else self.bend.forward(sheet_points, self.sheet_width)
        ones = np.ones((len(bent), 1))
        moved = np.hstack([bent, ones]) @ self.matrix.T
        return np.asarray(moved[:, :2] / moved[:, 2:], np.float64)


def scan(page: Picture, rng: np.random.Generator, *, skew: float | None = None, lid: int = 236) -> Shot:
    """A flatbed picture: turned by up to four degrees on the lid, lit unevenly, a little soft."""
    height, width = page.shape[:2]
    angle = float(rng.uniform(-2.0, 2.0)) if skew is None else skew
    out = (
        round(width * 1.02 + abs(np.sin(np.radians(angle))) * height * 0.8),
        round(height * 1.02 + abs(np.sin(np.radians(angle))) * width * 0.8),
    )
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    turn[:, 2] += ((out[0] - width) / 2 + rng.uniform(-8, 8), (out[1] - height) / 2 + rng.uniform(-8, 8))
    matrix = np.vstack([turn, [0, 0, 1]])
    ground = np.full((out[1], out[0], 3), lid / 255.0, np.float32)
    ground += 0.008 * cloud(rng, (out[1], out[0]), 200)[:, :, None]
    picture = _laid(page, matrix, None, ground, shadow=10)
    light = 1.0 + 0.025 * cloud(rng, (out[1], out[0]), 1500) + _slope((out[1], out[0]), rng, 0.05)
    picture *= np.clip(light, 0.8, 1.1)[:, :, None]
    soft = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.55), np.float32)
    return Shot(_developed(soft, 0.008, rng), matrix, None, width)


def photograph(page: Picture, rng: np.random.Generator, *, gutter: float, tilt: float = 1.0) -> Shot:
    """A telephone picture of a book on a table: perspective, the bend at the gutter, shadow, soft corners."""
    height, width = page.shape[:2]
    out = (round(width * 1.08), round(height * 1.10))
    near = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float64)
    away = near * (out[0] / width * 0.91, out[1] / height * 0.90) + (out[0] * 0.045, out[1] * 0.05)
    slip = rng.uniform(-1, 1, (4, 2)) * (width * 0.016, height * 0.013)
    narrow = width * 0.030 * tilt
    away += slip + np.array([[narrow, 0], [-narrow, 0], [-narrow * 0.2, 0], [narrow * 0.2, 0]])
    matrix = cv2.getPerspectiveTransform(near.astype(np.float32), away.astype(np.float32)).astype(np.float64)
    bend = Bend(gutter, float(rng.uniform(10, 17)) * tilt, 30 * SCALE, 0.10)
    picture = _laid(page, matrix, bend, _table((out[1], out[0]), rng), shadow=26)
    picture *= _lamp((out[1], out[0]), rng)[:, :, None]
    picture = np.asarray(cv2.GaussianBlur(picture, (0, 0), 0.8), np.float32)
    picture *= np.array([1.02, 0.995, float(rng.uniform(0.92, 0.98))], np.float32)
    return Shot(_developed(picture, 0.014, rng), matrix, bend, width)


def _laid(page: Picture, matrix: Points, bend: Bend | None, ground: Picture, shadow: int) -> Picture:
    """The page on its ground, every pixel fetched through the inverse of the mapping of the points."""
    height, width = page.shape[:2]
    rows, columns = ground.shape[:2]
    inverse = np.linalg.inv(matrix)
    y, x = np.mgrid[0:rows, 0:columns].astype(np.float64)
    depth = inverse[2, 0] * x + inverse[2, 1] * y + inverse[2, 2]
    source_x = (inverse[0, 0] * x + inverse[0, 1] * y + inverse[0, 2]) / depth
    source_y = (inverse[1, 0] * x + inverse[1, 1] * y + inverse[1, 2]) / depth
    if bend is not None:
        source_x = bend.backward_columns(source_x, width)
        source_y = source_y - bend.drop(source_x, width)
        page = page * bend.shade(np.arange(width, dtype=np.float64), width).astype(np.float32)[None, :, None]
    map_x, map_y = source_x.astype(np.float32), source_y.astype(np.float32)
    inside = cv2.remap(np.ones((height, width), np.float32), map_x, map_y, cv2.INTER_LINEAR)
    fetched = cv2.remap(page, map_x, map_y, cv2.INTER_LINEAR)
    dark = cv2.GaussianBlur(inside, (0, 0), shadow)
    dark = np.roll(dark, (shadow // 3, shadow // 3), axis=(0, 1)) * 0.45
    return np.asarray(ground * (1 - dark * (1 - inside))[:, :, None] * (1 - inside)[:, :, None] + fetched, np.float32)


def _slope(shape: tuple[int, int], rng: np.random.Generator, strength: float) -> Picture:
    y, x = np.ogrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    a, b = rng.uniform(-strength, strength, 2)
    return np.asarray(a * x + b * y, np.float32)


def _lamp(shape: tuple[int, int], rng: np.random.Generator) -> Picture:
    """Light from one side, dark corners, and the soft shadow of the one who takes the picture."""
    y, x = np.ogrid[-1 : 1 : shape[0] * 1j, -1 : 1 : shape[1] * 1j]
    light = 0.97 + _slope(shape, rng, 0.12) - 0.10 * (x**2 + y**2) / 2
    side = float(rng.choice([-1.0, 1.0]))
    edge = side * x + 0.45 * y - float(rng.uniform(0.55, 0.8))
    light -= float(rng.uniform(0.16, 0.26)) / (1 + np.exp(-edge * 14))
    return np.asarray(np.clip(light, 0.4, 1.08), np.float32)


def _table(shape: tuple[int, int], rng: np.random.Generator) -> Picture:
    """Brown boards with a grain."""
    grain = cv2.resize(
        rng.normal(size=(shape[0] // 3, 12)).astype(np.float32), (shape[1], shape[0]), interpolation=cv2.INTER_CUBIC
    )
    tone = 1.0 + 0.07 * grain + 0.06 * cloud(rng, shape, 350)
    colour = np.array(rng.choice([(122, 84, 56), (92, 70, 58), (148, 112, 78)]), np.float32) / 255.0
    return np.asarray(np.clip(tone[:, :, None] * colour, 0, 1), np.float32)


def _developed(picture: Picture, noise: float, rng: np.random.Generator) -> NDArray[np.uint8]:
    grain = rng.normal(0, noise, picture.shape[:2]).astype(np.float32)
    grain = np.asarray(cv2.GaussianBlur(grain, (0, 0), 0.7), np.float32)
    return np.asarray(np.clip((picture + grain[:, :, None]) * 255.0 + 0.5, 0, 255), np.uint8)
