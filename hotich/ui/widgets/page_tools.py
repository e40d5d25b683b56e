"""Setting corners and boxes on a page, by keyboard or mouse. Scene coordinates inside, original pixels outside."""

from __future__ import annotations

from typing import Protocol

from PySide6.QtCore import QPointF, QRectF, Qt

from hotich.ui.widgets.page_geometry import PageGeometry, clockwise
from hotich.values import Quad

FINE, COARSE = 4.0, 40.0
"""Steps of the arrow keys in scene units; Shift takes the long ones when corners are set."""

ARROWS: dict[int, tuple[int, int]] = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


class Tool(Protocol):
    """Something on the page that keys and clicks move."""

    @property
    def place(self) -> QPointF: ...

    def press(self, key: int, modifiers: Qt.KeyboardModifier) -> bool: ...

    def click(self, point: QPointF) -> None: ...

    def result(self) -> Quad | None: ...


class CornerTool:
    """Four points set one after the other; `place` is the cross that the arrows move."""

    def __init__(self, geometry: PageGeometry) -> None:
        self._geometry = geometry
        self.points: list[QPointF] = []
        self._place = self._start()

    @property
    def place(self) -> QPointF:
        """Where the cross is."""
        return self._place

    def press(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """True when the key was for the tool."""
        if key in ARROWS:
            step = COARSE if modifiers & Qt.KeyboardModifier.ShiftModifier else FINE
            across, down = ARROWS[key]
            self._place = _inside(self._place + QPointF(across * step, down * step), self._geometry.rect)
            return True
        if key in ENTER:
            self.click(self._place)
            return True
        if key == Qt.Key.Key_Backspace and self.points:
            self._place = self.points.pop()
            return True
        return False

    def click(self, point: QPointF) -> None:
        """Set the next corner."""
        self.points.append(_inside(point, self._geometry.rect))
        self._place = self._start()

    def result(self) -> Quad | None:
        """The corners clockwise from the top left, once there are four."""
        return self._geometry.quad(clockwise(self.points)) if len(self.points) == 4 else None

    def _start(self) -> QPointF:
        """The cross waits near the corner that comes next: top left, top right, bottom right, bottom left."""
        across, down = ((0.05, 0.05), (0.95, 0.05), (0.95, 0.95), (0.05, 0.95), (0.5, 0.5))[len(self.points)]
        return QPointF(self._geometry.width * across, self._geometry.height * down)


class BoxTool:
    """One box: arrows move it, Shift and arrows move its right and lower edge, Enter keeps it."""

    def __init__(self, geometry: PageGeometry, quad: Quad) -> None:
        self._geometry = geometry
        self.rect = geometry.polygon(quad).boundingRect()
        self._kept = False

    @property
    def place(self) -> QPointF:
        """The middle of the box."""
        return self.rect.center()

    def press(self, key: int, modifiers: Qt.KeyboardModifier) -> bool:
        """True when the key was for the tool."""
        if key in ARROWS:
            across, down = (FINE * part for part in ARROWS[key])
            if modifiers & Qt.KeyboardModifier.ShiftModifier:
                wider = self.rect.adjusted(0, 0, across, down)
                self.rect = wider if wider.width() >= FINE and wider.height() >= FINE else self.rect
            else:
                self.rect = self.rect.translated(across, down)
            return True
        self._kept = key in ENTER
        return self._kept

    def click(self, point: QPointF) -> None:
        """Move the middle of the box there."""
        self.rect.moveCenter(point)

    def result(self) -> Quad | None:
        """The box, once Enter was pressed."""
        corners = [self.rect.topLeft(), self.rect.topRight(), self.rect.bottomRight(), self.rect.bottomLeft()]
        return self._geometry.quad(corners) if self._kept else None


def _inside(point: QPointF, rect: QRectF) -> QPointF:
    return QPointF(min(max(point.x(), rect.left()), rect.right()), min(max(point.y(), rect.top()), rect.bottom()))
