"""A list of rows that is walked by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from hotich.ui.typed_keys import pressed


class RowTable(QTableView):
    """One row is in hand; Enter opens it, Tab leaves the table."""

    opened = Signal(object)
    row_chosen = Signal(object)
    opens = ""
    """Id of the shortcut that opens a row; Enter where none is named."""

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setModel(model)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setAlternatingRowColors(True)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(True)
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.row()))
        self.selectionModel().currentRowChanged.connect(lambda now, before: self.row_chosen.emit(now.row()))

    def stretch(self, *columns: int) -> None:
        """Let these columns take the room that the others leave."""
        header = self.horizontalHeader()
        for column in range(self.model().columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if column in columns else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(column, mode)

    def grow_rows(self) -> None:
        """Let every row be as high as its text, at any width; for lists of at most some hundred rows."""
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)

    def choose(self, row: int) -> None:
        """Take that row in hand without telling anybody."""
        index = self.model().index(row, 0)
        if index.isValid() and index.row() != self.currentIndex().row():
            held = self.selectionModel().blockSignals(True)
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().setCurrentIndex(index, flags)
            self.selectionModel().blockSignals(held)
            self.scrollTo(index)
            self.viewport().update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the row that keys are for: by itself the table takes its first cell in hand and marks nothing."""
        super().focusInEvent(event)
        if self.currentIndex().isValid() and not self.selectionModel().hasSelection():
            flags = QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
            self.selectionModel().select(self.currentIndex(), flags)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens the row in hand."""
        if self._opened_by(event):
            if self.currentIndex().isValid():
                self.opened.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def _opened_by(self, event: QKeyEvent) -> bool:
        if self.opens:
            return pressed(event, self.opens)
        return event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers()
