"""Where a page's own pixels lie on the screen's picture of it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPolygonF, QTransform

from hotich.values import Matrix, Point, Quad


def transform(matrix: Matrix) -> QTransform:
    """The homography for Qt, which multiplies row vectors from the left."""
    (a, b, c), (d, e, f), (g, h, i) = matrix
    return QTransform(a, d, g, b, e, h, c, f, i)


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """Scene units are about one original pixel each, so that a finer picture of the page lies where the first one did.

    `scale` is scene units per shown pixel.
    """

    to_original: QTransform
    scale: float
    width: float
    height: float

    @staticmethod
    def of(to_original: Matrix, width: int, height: int) -> PageGeometry:
        """The geometry of a picture of that many pixels."""
        shown = transform(to_original)
        middle = QPointF(width / 2, height / 2)
        right = shown.map(middle + QPointF(1, 0)) - shown.map(middle)
        down = shown.map(middle + QPointF(0, 1)) - shown.map(middle)
        area = abs(right.x() * down.y() - right.y() * down.x())
        scale = math.sqrt(area) if area > 0 else 1.0
        to_original_from_scene = QTransform.fromScale(1 / scale, 1 / scale) * shown
        return PageGeometry(to_original_from_scene, scale, width * scale, height * scale)

    def polygon(self, quad: Quad) -> QPolygonF:
        """The quad in the scene."""
        back, _ = self.to_original.inverted()
        return back.map(QPolygonF([QPointF(point.x, point.y) for point in quad.points]))

    def quad(self, points: Sequence[QPointF]) -> Quad:
        """Four scene points as a quad in original pixels, in their own order."""
        mapped = [self.to_original.map(point) for point in points]
        return Quad(*(Point(round(p.x(), 1), round(p.y(), 1)) for p in mapped))

    @property
    def rect(self) -> QRectF:
        """The whole picture in the scene."""
        return QRectF(0, 0, self.width, self.height)


def clockwise(points: Sequence[QPointF]) -> list[QPointF]:
    """Four points clockwise from the top left one, in whatever order they were set."""
    x = sum(p.x() for p in points) / len(points)
    y = sum(p.y() for p in points) / len(points)
    around = sorted(points, key=lambda p: math.atan2(p.y() - y, p.x() - x))
    first = min(range(len(around)), key=lambda place: around[place].x() + around[place].y())
    return around[first:] + around[:first]
