"""Plane geometry of page pictures: turns, homographies and quads. Pixels; top-left origin; centres at integers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotich.values import Matrix, Point, Quad

Picture = NDArray[np.uint8]
"""Height x width (grey) or height x width x 3 (BGR)."""

Homography = NDArray[np.float64]
"""3 x 3, float64, acts on (x, y, 1)."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A view of the stored picture: the homography stored -> view, and the view's size in pixels."""

    from_stored: Homography
    width: int
    height: int

    @property
    def to_stored(self) -> Homography:
        return inverse(self.from_stored)

    def then(self, step: Homography, width: int, height: int) -> Frame:
        """The frame after one more step, which leads to a view of that size."""
        return Frame(normalised(step @ self.from_stored), max(1, width), max(1, height))


def stored_frame(picture: Picture) -> Frame:
    """The frame of a picture as stored."""
    return Frame(np.eye(3), picture.shape[1], picture.shape[0])


def normalised(matrix: Homography) -> Homography:
    """The same homography with 1 in its last corner."""
    return np.asarray(matrix / matrix[2, 2], np.float64)


def inverse(matrix: Homography) -> Homography:
    """The way back. Raises numpy.linalg.LinAlgError for a flat matrix."""
    return normalised(np.asarray(np.linalg.inv(matrix), np.float64))


def shifted(dx: float, dy: float) -> Homography:
    """Moves every point by (dx, dy) pixels."""
    return np.array([[1.0, 0.0, dx], [0.0, 1.0, dy], [0.0, 0.0, 1.0]])


def scaled(factor: float) -> Homography:
    """Scales pixel centres about the picture's corner: the geometry of cv2.resize."""
    edge = (factor - 1.0) / 2.0
    return np.array([[factor, 0.0, edge], [0.0, factor, edge], [0.0, 0.0, 1.0]])


def turned(frame: Frame, degrees: int) -> Frame:
    """The frame after a clockwise turn by 0, 90, 180 or 270 degrees; exactly what `apply_turn` does to the pixels."""
    width, height = frame.width, frame.height
    match degrees % 360:
        case 90:
            return frame.then(np.array([[0.0, -1.0, height - 1.0], [1.0, 0.0, 0.0], [0.0, 0.0, 1.0]]), height, width)
        case 180:
            step = np.array([[-1.0, 0.0, width - 1.0], [0.0, -1.0, height - 1.0], [0.0, 0.0, 1.0]])
            return frame.then(step, width, height)
        case 270:
            return frame.then(np.array([[0.0, 1.0, 0.0], [-1.0, 0.0, width - 1.0], [0.0, 0.0, 1.0]]), height, width)
        case _:
            return frame


def apply_turn_of(picture: Picture, frame: Frame) -> Picture | None:
    """The picture turned with no pixel changed when the frame is a mere quarter turn of it, else None."""
    for degrees in (0, 90, 180, 270):
        same = turned(stored_frame(picture), degrees)
        if (same.width, same.height) == (frame.width, frame.height) and np.allclose(
            same.from_stored, frame.from_stored, atol=1e-9
        ):
            return np.ascontiguousarray(np.rot90(picture, k=-(degrees // 90) % 4))
    return None


def levelled(frame: Frame, skew_degrees: float) -> Frame:
    """The frame after turning lines that fall by `skew_degrees` to the right back to level; it grows to cut nothing."""
    angle = np.radians(skew_degrees)
    cos, sin = float(np.cos(angle)), float(np.sin(angle))
    width = round(frame.width * cos + frame.height * abs(sin))
    height = round(frame.height * cos + frame.width * abs(sin))
    spin = np.array([[cos, sin, 0.0], [-sin, cos, 0.0], [0.0, 0.0, 1.0]])
    there = shifted((width - 1) / 2.0, (height - 1) / 2.0)
    back = shifted(-(frame.width - 1) / 2.0, -(frame.height - 1) / 2.0)
    return frame.then(there @ spin @ back, width, height)


def moved(points: Iterable[tuple[float, float]], matrix: Homography) -> tuple[Point, ...]:
    """The points after the homography."""
    rows = np.array([(x, y, 1.0) for x, y in points], np.float64) @ matrix.T
    return tuple(Point(float(x / w), float(y / w)) for x, y, w in rows)


def region_on_original(left: float, top: float, right: float, bottom: float, to_original: Homography) -> Quad:
    """The quad on the original picture of an upright box on the clean page."""
    return Quad(*moved([(left, top), (right, top), (right, bottom), (left, bottom)], to_original))


def homography(four: Iterable[tuple[float, float]], onto: Iterable[tuple[float, float]]) -> Homography:
    """The homography that takes four points onto four others. Raises LinAlgError when three lie on a line."""
    rows, values = [], []
    for (x, y), (u, v) in zip(four, onto, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    solved = np.linalg.solve(np.array(rows, np.float64), np.array(values, np.float64))
    return np.append(solved, 1.0).reshape(3, 3)


def clockwise(corners: Iterable[tuple[float, float]]) -> tuple[Point, Point, Point, Point]:
    """Four corners in any order as top left, top right, bottom right, bottom left of the view they are given in."""
    points = [Point(float(x), float(y)) for x, y in corners]
    cx, cy = sum(p.x for p in points) / 4, sum(p.y for p in points) / 4
    ring = sorted(points, key=lambda p: float(np.arctan2(p.y - cy, p.x - cx)))
    first = min(range(4), key=lambda i: ring[i].x + ring[i].y)
    a, b, c, d = (ring[(first + i) % 4] for i in range(4))
    return a, b, c, d


def as_matrix(matrix: Homography) -> Matrix:
    """The homography as plain numbers."""
    a, b, c = (tuple(float(value) for value in row) for row in matrix)
    return ((a[0], a[1], a[2]), (b[0], b[1], b[2]), (c[0], c[1], c[2]))
