"""A table with the habits of Excel: the first columns stand still, Enter goes down, Tab right, typing replaces."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QApplication, QHeaderView, QTableView, QWidget

from hotich.ui.keys import key
from hotich.ui.presenters.sheet_range import Range
from hotich.ui.typed_keys import pressed, pressed_with_shift
from hotich.ui.widgets.cell_editor import CellEditor, Values
from hotich.ui.widgets.field_edit import FieldEdit
from hotich.ui.widgets.labels import scaled

Index = QModelIndex | QPersistentModelIndex
Trigger = QAbstractItemView.EditTrigger
Hint = QAbstractItemView.ScrollHint
WRAPPED = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag(Qt.TextFlag.TextWordWrap.value)
NO_TYPING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_F2)
"""Keys that open no cell for typing, even where other keys were chosen for what they do."""
FROZEN = 2
"""Columns that stand still: number and name."""

WIDTHS = {"number": 74, "name": 176, "other": 132}
"""Pixels at the usual size of type."""


class SheetTable(QTableView):
    """`moved` tells the cell in hand, `widened` a new width, `barred` a key in a cell that cannot be changed.

    Enter, Tab and F2 may be other keys, see `typed_keys`.
    """

    moved = Signal(object, object)
    widened = Signal(object, object)
    barred = Signal(object)
    filter_wanted = Signal(object)

    def __init__(self, name: str, model: QAbstractItemModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._frozen = QTableView(self)
        for table in (self, self._frozen):
            self._dress(table, model)
        self._frozen.setSelectionModel(self.selectionModel())
        self._frozen.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._frozen.setStyleSheet("QTableView { border: 0; }")
        self._frozen.verticalHeader().hide()
        self._frozen.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._frozen.clicked.connect(self.setCurrentIndex)
        self._frozen.hide()
        self.setEditTriggers(Trigger.AnyKeyPressed | Trigger.EditKeyPressed | Trigger.DoubleClicked)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ContiguousSelection)
        self.verticalScrollBar().valueChanged.connect(self._frozen.verticalScrollBar().setValue)
        self.horizontalScrollBar().valueChanged.connect(lambda value: self._freeze())
        self.horizontalHeader().sectionResized.connect(self._widened)
        self.horizontalHeader().sectionDoubleClicked.connect(lambda column: self.filter_wanted.emit(column))
        self.selectionModel().currentChanged.connect(lambda now, before: self.moved.emit(now.row(), now.column()))

    def set_values(self, name: str, choices_name: str, values: Values) -> CellEditor:
        """Type over cells, offered these values."""
        editor = CellEditor(name, choices_name, values, self)
        editor.enters, editor.steps = "sheet-down", "sheet-right"
        self.setItemDelegate(editor)
        editor.ended.connect(self._after_typing)
        return editor

    def show_widths(self, field_ids: list[str], widths: dict[str, int]) -> None:
        """Columns as wide as they were made, the others as is usual."""
        held = self.horizontalHeader().blockSignals(True)
        usual = [WIDTHS["number"], WIDTHS["name"], *[WIDTHS["other"]] * len(field_ids)]
        for column, field_id in enumerate(field_ids):
            wide = widths.get(field_id) or scaled(usual[column], self)
            self.setColumnWidth(column, wide)
            self._frozen.setColumnWidth(column, wide)
        self.horizontalHeader().blockSignals(held)
        for column in range(len(field_ids)):
            self._frozen.setColumnHidden(column, column >= FROZEN)
        self.updateGeometries()
        self._freeze()

    @property
    def chosen(self) -> Range | None:
        """The cells that are chosen; None when there is no cell."""
        now = self.currentIndex()
        if not now.isValid():
            return None
        cells = self.selectionModel().selection()
        if cells.isEmpty():
            return Range(now.row(), now.column(), now.row(), now.column())
        area = cells.first()
        return Range(area.top(), area.left(), area.bottom(), area.right())

    def show_cell(self, row: int, column: int) -> None:
        """Take that cell in hand."""
        index = self.model().index(row, column)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self.scrollTo(index)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes down and Tab right; a row's end lets Tab go on to the next part of the screen."""
        code, plain = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (step := _step_of(event)) is not None:
            self._step(*step)
        elif code == Qt.Key.Key_Down and plain == Qt.KeyboardModifier.AltModifier:
            self.filter_wanted.emit(self.currentIndex().column())
        elif self._types(event) and self.model().rowCount() and not self._changeable():
            self.barred.emit(self.currentIndex().row())
        elif pressed(event, "sheet-edit"):
            self._begin_edit()
        elif code not in NO_TYPING:
            super().keyPressEvent(event)

    def _begin_edit(self) -> None:
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())
        editor = QApplication.focusWidget()
        if isinstance(editor, FieldEdit):
            editor.begin_edit()

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """A word of an input method opens the cell as a letter does; where nothing can be typed, that is told."""
        if event.commitString() and self.model().rowCount() and not self._changeable():
            self.barred.emit(self.currentIndex().row())
        else:
            super().inputMethodEvent(event)

    def focusNextPrevChild(self, onward: bool) -> bool:
        """Tab within the row, then on; straight on where other keys were chosen for it."""
        if key("sheet-right").sequence != "Tab":
            return super().focusNextPrevChild(onward)
        now = self.currentIndex()
        column = now.column() + (1 if onward else -1)
        if now.isValid() and 0 <= column < self.model().columnCount():
            self._step(0, 1 if onward else -1)
            return True
        return super().focusNextPrevChild(onward)

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Bring the cell out from under the columns that stand still."""
        super().scrollTo(index, hint)
        if index.column() < FROZEN:
            self.horizontalScrollBar().setValue(0)
            return
        hidden = self._frozen_width - self.columnViewportPosition(index.column())
        if hidden > 0:
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - hidden)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The columns that stand still are as high as the others."""
        super().resizeEvent(event)
        self._freeze()

    def updateGeometries(self) -> None:
        """As `resizeEvent`."""
        super().updateGeometries()
        self._freeze()

    @property
    def _frozen_width(self) -> int:
        return sum(self.columnWidth(column) for column in range(min(FROZEN, self.model().columnCount())))

    def _dress(self, table: QTableView, model: QAbstractItemModel) -> None:
        table.setModel(model)
        table.setAlternatingRowColors(True)
        table.setWordWrap(False)
        table.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.setTabKeyNavigation(False)
        table.setCornerButtonEnabled(False)
        high = self.fontMetrics().height() + 10
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(high)
        header = table.horizontalHeader()
        header.setDefaultAlignment(
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        header.setFixedHeight(2 * self.fontMetrics().height() + 10)
        header.setHighlightSections(True)
        header.setSectionsClickable(True)

    def _freeze(self) -> None:
        """The columns that stand still are shown apart only where the others have been moved under them."""
        moved = self.horizontalScrollBar().value() > 0
        self._frozen.setVisible(moved)
        if moved:
            # By the viewport, because the frame grows with the focus.
            view, head = self.viewport().geometry(), self.horizontalHeader().height()
            self._frozen.setGeometry(QRect(view.x(), view.y() - head, self._frozen_width, view.height() + head))
            self._frozen.verticalScrollBar().setValue(self.verticalScrollBar().value())

    def _changeable(self) -> bool:
        return bool(self.model().flags(self.currentIndex()) & Qt.ItemFlag.ItemIsEditable)

    def _types(self, event: QKeyEvent) -> bool:
        text = event.text()
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        return pressed(event, "sheet-edit") or (bool(text) and text.isprintable() and not held)

    def _step(self, down: int, across: int) -> None:
        now = self.currentIndex()
        index = self.model().index(now.row() + down, now.column() + across)
        if index.isValid():
            self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
            self.scrollTo(index)

    def _after_typing(self, key: int) -> None:
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        steps = {Qt.Key.Key_Return: (1, 0), Qt.Key.Key_Tab: (0, 1), Qt.Key.Key_Backtab: (0, -1)}
        self._step(*steps.get(Qt.Key(key), (0, 0)))

    def _widened(self, column: int, before: int, now: int) -> None:
        self._frozen.setColumnWidth(column, now)
        self._freeze()
        self.widened.emit(column, now)


def _step_of(event: QKeyEvent) -> tuple[int, int] | None:
    """Rows down and columns to the right; Shift goes back where those keys mean nothing else."""
    for how, sign in ((pressed, 1), (pressed_with_shift, -1)):
        if how(event, "sheet-down"):
            return (sign, 0)
        if how(event, "sheet-right"):
            return (0, sign)
    return None
