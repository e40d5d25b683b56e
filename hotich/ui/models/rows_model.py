"""The table model under every list: frozen rows, looked up by row number, shown in portions."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

Row = TypeVar("Row")
Index = QModelIndex | QPersistentModelIndex
PORTION = 200
NO_INDEX = QModelIndex()


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A heading and what a cell says; `extra` gives other roles as text."""

    heading: str
    text: Callable[[Row], str]
    extra: Callable[[Row], dict[int, str]] | None = None


class RowsModel(QAbstractTableModel, Generic[Row]):
    """Rows of one kind. Cells hand out text only; who needs the row asks `row` by its number."""

    def __init__(self, columns: Sequence[Column[Row]], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._rows: tuple[Row, ...] = ()
        self._loaded = 0

    def replace(self, rows: Sequence[Row]) -> None:
        """Show these rows. With as many as before only cells change, so that the cursor stays where it is."""
        fresh = tuple(rows)
        if len(fresh) == len(self._rows):
            changed = [place for place, (old, new) in enumerate(zip(self._rows, fresh, strict=True)) if old != new]
            self._rows = fresh
            for place in (place for place in changed if place < self._loaded):
                self.dataChanged.emit(self.index(place, 0), self.index(place, len(self._columns) - 1))
            return
        self.beginResetModel()
        self._rows, self._loaded = fresh, min(len(fresh), PORTION)
        self.endResetModel()

    def row(self, place: int) -> Row | None:
        """The row at that place, or None."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    @property
    def rows(self) -> tuple[Row, ...]:
        """All rows, shown or not."""
        return self._rows

    def ensure(self, place: int) -> None:
        """Have that row among the shown ones."""
        while place >= self._loaded and self.canFetchMore():
            self.fetchMore()

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Rows shown so far."""
        return 0 if parent.isValid() else self._loaded

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._columns)

    def canFetchMore(self, parent: Index = NO_INDEX) -> bool:
        """Whether rows are left to show."""
        return not parent.isValid() and self._loaded < len(self._rows)

    def fetchMore(self, parent: Index = NO_INDEX) -> None:
        """Show the next portion."""
        last = min(len(self._rows), self._loaded + PORTION)
        if last > self._loaded:
            self.beginInsertRows(QModelIndex(), self._loaded, last - 1)
            self._loaded = last
            self.endInsertRows()

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """The text of a cell for that role."""
        row = self.row(index.row()) if index.isValid() else None
        if row is None or not 0 <= index.column() < len(self._columns):
            return None
        column = self._columns[index.column()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return column.text(row)
        return column.extra(row).get(role) if column.extra is not None else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """The heading of a column."""
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and 0 <= section < len(self._columns):
            return self._columns[section].heading
        return None
