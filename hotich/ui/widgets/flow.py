"""Widgets side by side, on as many rows as the width asks for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QVBoxLayout, QWidget


class FlowRows(QLayout):
    """Each widget is as large as it likes; a row that is full goes on below, from the left again."""

    def __init__(self, gap: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    def addItem(self, item: QLayoutItem) -> None:
        """One more at the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item of that place, None past the end."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Give the item of that place away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It needs no more room than its widgets."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Less width, more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the rows at that width."""
        return self._rows(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """All in one row."""
        hints = [item.sizeHint() for item in self._items]
        wide = sum(hint.width() for hint in hints) + self.spacing() * max(0, len(hints) - 1)
        return QSize(wide, max((hint.height() for hint in hints), default=0))

    def minimumSize(self) -> QSize:
        """Room for the widest."""
        sizes = [item.minimumSize() for item in self._items]
        return QSize(max((s.width() for s in sizes), default=0), max((s.height() for s in sizes), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Put every widget where it belongs in that room."""
        super().setGeometry(rect)
        self._rows(rect, move=True)

    def _rows(self, room: QRect, *, move: bool) -> int:
        """The height taken by the rows in a room of that width."""
        y = room.y()
        for row in self._broken(room.width()):
            high = max(item.sizeHint().height() for item in row)
            if move:
                self._place(row, QRect(room.x(), y, room.width(), high))
            y += high + self.spacing()
        return max(0, y - self.spacing() - room.y())

    def _broken(self, width: int) -> list[list[QLayoutItem]]:
        """The items in rows of that width; one that is wider has a row of its own."""
        rows: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            wide = item.sizeHint().width()
            if rows and used + self.spacing() + wide <= width:
                rows[-1].append(item)
                used += self.spacing() + wide
            else:
                rows.append([item])
                used = wide
        return rows

    def _place(self, row: list[QLayoutItem], room: QRect) -> None:
        """Put the items of a row beside each other, all on its middle line; none is wider than the room."""
        x = room.x()
        for item in row:
            size = item.sizeHint().boundedTo(room.size())
            item.setGeometry(QRect(QPoint(x, room.y() + (room.height() - size.height()) // 2), size))
            x += size.width() + self.spacing()


GAP = 4
"""Pixels between buttons."""


def in_rows(widgets: Sequence[QWidget]) -> QVBoxLayout:
    """The widgets in one row; in more where the window is narrow or the type large."""
    rows = FlowRows(GAP)
    for widget in widgets:
        rows.addWidget(widget)
    column = QVBoxLayout()
    column.addLayout(rows)
    return column
