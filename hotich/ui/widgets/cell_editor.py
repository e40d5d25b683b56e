"""Typing over one cell of a list: the field of the entry screen, put into the cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from hotich.ui.typed_keys import pressed, pressed_with_shift
from hotich.ui.widgets.choice_list import Choice, ChoiceList
from hotich.ui.widgets.field_edit import FieldEdit

Index = QModelIndex | QPersistentModelIndex
Values = Callable[[Index], Sequence[tuple[str, str]]]
TABS = (Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class CellField(FieldEdit):
    """A field that gets the focus after the first word was composed: what is typed already is not chosen again."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Go on writing where the first word ended."""
        begun = self.edited
        super().focusInEvent(event)
        if begun:
            self.begin_edit()


class CellEditor(QStyledItemDelegate):
    """Enter keeps what was typed, Esc drops it. `typed` carries the index, the text and the key that ended it.

    The key is Enter, a tab, or 0 when the focus went elsewhere; then only an edited text is kept. `ended` carries the
    key when a key ended it.
    """

    typed = Signal(object, object, object)
    ended = Signal(object)

    def __init__(self, name: str, choices_name: str, values: Values, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._name, self._choices_name, self._values, self._view = name, choices_name, values, view
        self.kind_of: Callable[[Index], str] = lambda index: ""
        """What kind of text a cell takes, for short codes and capitals."""
        self.enters = FieldEdit.enters
        self.steps = ""
        """Ids of the shortcuts that keep the text, and keep it and go on beside; Tab where none is named."""
        self._popup: ChoiceList | None = None
        self._ending = 0
        self._edit: FieldEdit | None = None

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """A field with the list of what may stand there."""
        edit = CellField(parent)
        edit.enters = self.enters
        edit.setAccessibleName(self._name)
        edit.setProperty("kind", self.kind_of(index))
        choices = [Choice(text, code) for text, code in self._values(index)]
        if self._popup is None:
            self._popup = ChoiceList(self._choices_name, self._view.window())
        if choices:
            edit.set_choices(self._popup, lambda: choices, coded=any(choice.code for choice in choices))
        # No function that holds the field: such a ring would be taken apart at any time, in any thread.
        self._edit = edit
        edit.accepted.connect(self._entered)
        edit.dropped.connect(self._dropped)
        return edit

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """The text as it is shown in the cell; what somebody is typing is left alone."""
        if isinstance(editor, FieldEdit) and not editor.edited:
            editor.show_value(str(index.data(Qt.ItemDataRole.EditRole) or ""), "typing")

    def setModelData(self, editor: QWidget, model: object, index: Index) -> None:
        """Tell what was typed; of an untouched text only Enter tells, and nothing of an untouched empty field.

        That a field is blank on the page is said by its own key, or by deleting what stands there.
        """
        ending, self._ending = self._ending, 0
        entered = ending == Qt.Key.Key_Return
        if isinstance(editor, FieldEdit) and (editor.edited or (entered and editor.written)):
            text = editor.written
            editor.put_away()
            self.typed.emit(index, text, ending)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Enter, Esc and the arrows belong to the field; Tab keeps and goes on."""
        if isinstance(editor, FieldEdit) and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if (step := self._step_of(event)) is not None:
                self._end(editor, step)
                return True
            if event.key() == Qt.Key.Key_Escape and not editor.edited:
                self._drop(editor)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
                return False
        return super().eventFilter(editor, event)

    def _step_of(self, event: QKeyEvent) -> int | None:
        """The tab that the event means; 0 for one that only keeps the text, None for no tab at all."""
        if self.steps and pressed(event, self.steps):
            return Qt.Key.Key_Tab
        if self.steps and pressed_with_shift(event, self.steps):
            return Qt.Key.Key_Backtab
        if event.key() in TABS:
            return 0 if self.steps else event.key()
        return None

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:
        """Over the cell, at least as high as a line of type needs."""
        place = self._view.visualRect(index)
        high = max(editor.sizeHint().height(), 24)
        wide = max(place.width(), 120)
        left = min(place.left(), max(0, self._view.viewport().width() - wide))
        editor.setGeometry(left, place.bottom() - high + 1, wide, high)

    def _entered(self) -> None:
        if self._edit is not None:
            self._end(self._edit, Qt.Key.Key_Return)

    def _dropped(self) -> None:
        if self._edit is not None:
            self._drop(self._edit)

    def _end(self, edit: FieldEdit, key: int) -> None:
        self._ending = key
        self._edit = None
        self.commitData.emit(edit)
        self.closeEditor.emit(edit, QAbstractItemDelegate.EndEditHint.NoHint)
        self.ended.emit(key)

    def _drop(self, edit: FieldEdit) -> None:
        self._edit = None
        edit.put_away()
        self.closeEditor.emit(edit, QAbstractItemDelegate.EndEditHint.RevertModelCache)
