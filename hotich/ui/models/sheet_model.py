"""The sheet as a table model: marks and words beside colours, and rows that come as they are looked at."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QBrush, QColor, QFont

from hotich.forms.formspec import FieldSpec
from hotich.messages import Language, sentence
from hotich.pipeline.cells import Cell
from hotich.pipeline.entry_view import FieldStatus
from hotich.pipeline.sheet import SheetOrder, SheetRow
from hotich.ui.presenters.wording import MARKS, SIGNS, of_status
from hotich.ui.theme import active
from hotich.values import Severity, Status

Index = QModelIndex | QPersistentModelIndex
NO_INDEX = QModelIndex()
Rows = Callable[[int], SheetRow | None]
OWED = "·"
"""The mark of an empty field on which a person owes a word."""

STATUS_MARKS = {
    Status.DRAFT: "",
    Status.SUBMITTED: "▷",
    Status.RETURNED: "↩",
    Status.APPROVED: "✔",
    Status.VOID: "∅",
}


class SheetModel(QAbstractTableModel):
    """Cells of all rows at once: 10 000 rows cost nothing until they are asked for."""

    def __init__(self, row: Rows, language: Language, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._row, self._language = row, language
        self._columns: tuple[FieldSpec, ...] = ()
        self._order = SheetOrder()
        self._count = 0

    def replace(self, columns: tuple[FieldSpec, ...], rows: int, order: SheetOrder) -> None:
        """Other columns or rows."""
        self.beginResetModel()
        self._columns, self._count, self._order = columns, rows, order
        self.endResetModel()

    def told(self, first: int, last: int) -> None:
        """These rows have come or changed."""
        last = min(last, self._count - 1)
        if 0 <= first <= last and self._columns:
            self.dataChanged.emit(self.index(first, 0), self.index(last, len(self._columns) - 1))
            self.headerDataChanged.emit(Qt.Orientation.Vertical, first, last)

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Rows."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = NO_INDEX) -> int:
        """Columns."""
        return 0 if parent.isValid() else len(self._columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells of records that are not closed may be typed over."""
        row = self._row(index.row())
        usual = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return usual | Qt.ItemFlag.ItemIsEditable if row is not None and row.changeable else usual

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What a cell shows, in text, colour, tip and words."""
        row = self._row(index.row()) if index.isValid() else None
        if not index.isValid() or not 0 <= index.column() < len(self._columns):
            return None
        if row is None:
            return "…" if role == Qt.ItemDataRole.DisplayRole else None
        field = self._columns[index.column()]
        return self._of_cell(row, field, row.cells[field.id], role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> str | None:
        """Names of columns with their filter and order; numbers of rows with the state of the record."""
        if orientation == Qt.Orientation.Vertical:
            return self._of_row(section, role)
        if not 0 <= section < len(self._columns):
            return None
        field = self._columns[section]
        if role == Qt.ItemDataRole.ToolTipRole:
            return field.name(self._language is Language.ENGLISH)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        wanted = self._order.filters.get(field.id)
        marks = " ▼" if wanted is not None and wanted.active else ""
        if self._order.sort_by == field.id:
            marks += " ↓" if self._order.descending else " ↑"
        return field.name(self._language is Language.ENGLISH) + marks

    def _of_row(self, section: int, role: int) -> str | None:
        row = self._row(section)
        if role == Qt.ItemDataRole.DisplayRole:
            mark = STATUS_MARKS[row.status] if row is not None else ""
            return f"{section + 1} {mark}".rstrip()
        if role == Qt.ItemDataRole.ToolTipRole and row is not None:
            return of_status(row.status, self._language)
        return None

    def _of_cell(self, row: SheetRow, field: FieldSpec, cell: Cell, role: int) -> object:
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return shown_text(row, field, cell)
            case Qt.ItemDataRole.EditRole:
                return cell.text
            case Qt.ItemDataRole.ForegroundRole:
                return QBrush(QColor(_colour(row, field, cell)))
            case Qt.ItemDataRole.FontRole:
                return _italic() if cell.suggested else None
            case Qt.ItemDataRole.ToolTipRole:
                return "\n".join(self._findings(row, field)) or None
            case Qt.ItemDataRole.AccessibleTextRole:
                state = sentence(f"ui-field-{cell.status.value}", language=self._language)
                return ", ".join([cell.text, state, *self._findings(row, field)]).strip(", ")
            case _:
                return None

    def _findings(self, row: SheetRow, field: FieldSpec) -> list[str]:
        return [f"{SIGNS[finding.severity]} {finding.message}" for finding in row.findings.get(field.id, ())]


def shown_text(row: SheetRow, field: FieldSpec, cell: Cell) -> str:
    """The text of a cell after the sign of what the rules say and the mark of its state."""
    gravest = row.gravest(field.id)
    mark = OWED if cell.status is FieldStatus.EMPTY and field.id in row.owed else MARKS[cell.status]
    # A plain text is one that a person confirmed: most of the sheet, so that it stays quiet.
    mark = "" if cell.status is FieldStatus.CONFIRMED else mark
    return " ".join(part for part in (SIGNS[gravest] if gravest else "", mark, cell.text) if part)


def _colour(row: SheetRow, field: FieldSpec, cell: Cell) -> str:
    theme, gravest = active(), row.gravest(field.id)
    if gravest is not None:
        return theme.error if gravest is Severity.ERROR else theme.warning
    if cell.status is FieldStatus.DOUBTFUL:
        return theme.warning
    return theme.text if cell.settled and row.changeable else theme.suggestion


def _italic() -> QFont:
    font = QFont()
    font.setItalic(True)
    return font
