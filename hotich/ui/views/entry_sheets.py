"""Sheets of the entry screen: finding a record, margin notes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QWidget,
)

from hotich.pipeline.finding import EntryLine, matching
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry import EntryPresenter
from hotich.ui.presenters.wording import note_line, of_status
from hotich.ui.views import dialogs
from hotich.ui.views.dialogs import Sheet
from hotich.values import NoteKind

Button = QDialogButtonBox.StandardButton
SHOWN = 200
"""Lines of a list at most: who sees more types one more letter."""


class FindSheet(Sheet):
    """Type a number or the beginnings of a name without marks; Enter opens the marked record."""

    def __init__(
        self, parent: QWidget, desk: Desk, lines: Sequence[EntryLine], then: Callable[[EntryLine], None]
    ) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Tìm bản ghi"))
        self._desk, self._lines, self._found = desk, tuple(lines), tuple(lines)
        self.edit = _Search(self)
        self.edit.setAccessibleName(self.tr("Số đăng ký hoặc họ tên, không cần dấu"))
        self.edit.setPlaceholderText(self.tr("Số đăng ký hoặc họ tên, không cần dấu"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Các bản ghi tìm thấy"))
        self.list.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.list.itemActivated.connect(lambda item: self.accept())
        self.put(self.edit)
        self.put(self.list)
        self.edit.textChanged.connect(self._show)
        self.edit.stepped.connect(self._step)
        self.accepted.connect(lambda: self._chosen(then))
        self._show("")
        self.setMinimumSize(560, 420)
        self.edit.setFocus()

    def _show(self, typed: str) -> None:
        self._found = matching(self._lines, typed)
        self.list.clear()
        for line in self._found[:SHOWN]:
            self.list.addItem(QListWidgetItem(self._told(line)))
        self.list.setCurrentRow(0)
        self.buttons.button(Button.Ok).setEnabled(bool(self._found))

    def _told(self, line: EntryLine) -> str:
        unsure = "" if line.sure else f"  {self.tr('(chưa nhận)')}"
        names = ", ".join(line.names) or "—"
        return f"{line.number or '—'}   {names}   · {of_status(line.status, self._desk.language)}{unsure}"

    def _step(self, step: int) -> None:
        row = self.list.currentRow() + step
        if 0 <= row < self.list.count():
            self.list.setCurrentRow(row)

    def _chosen(self, then: Callable[[EntryLine], None]) -> None:
        row = self.list.currentRow()
        if 0 <= row < len(self._found):
            then(self._found[row])


class NotesSheet(Sheet):
    """The margin notes of a record: what kind, when, and the words as they stand there."""

    def __init__(self, parent: QWidget, desk: Desk, presenter: EntryPresenter) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Ghi chú bên lề"))
        self._desk, self._presenter = desk, presenter
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Ghi chú đã nhập"))
        self.list.setMaximumHeight(140)
        self.kind = QComboBox(self)
        self.kind.setAccessibleName(self.tr("Loại thay đổi"))
        for kind in NoteKind:
            self.kind.addItem(desk.say(f"ui-note-{kind.value}"), kind.value)
        self.date, self.text = QLineEdit(self), QLineEdit(self)
        self.date.setAccessibleName(self.tr("Ngày, như trên giấy"))
        self.text.setAccessibleName(self.tr("Nội dung, như trên giấy"))
        self.put(self.list)
        self.put(self._form())
        self.setMinimumWidth(620)
        self._show()
        self.kind.setFocus()

    def _form(self) -> QWidget:
        form = QWidget(self)
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(self.tr("Loại thay đổi"), self.kind)
        rows.addRow(self.tr("Ngày"), self.date)
        rows.addRow(self.tr("Nội dung"), self.text)
        self.add, self.remove = QPushButton(self.tr("Thêm"), form), QPushButton(self.tr("Bỏ dòng đang chọn"), form)
        for made, act in ((self.add, self._add), (self.remove, self._remove)):
            made.setAccessibleName(made.text())
            made.clicked.connect(act)
            rows.addRow("", made)
        self.add.setDefault(True)
        return form

    def _show(self) -> None:
        view = self._presenter.view
        self.list.clear()
        for note in view.record.margin_notes if view is not None else ():
            self.list.addItem(QListWidgetItem(note_line(note, self._desk.language)))
        self.remove.setEnabled(self.list.count() > 0)
        self.list.setCurrentRow(self.list.count() - 1)

    def _add(self) -> None:
        if not self.text.text().strip():
            self.text.setFocus()
            return
        kind = NoteKind(self.kind.currentData())
        if not self._presenter.asides.add_note(kind, self.date.text(), self.text.text()):
            return
        self.date.clear()
        self.text.clear()
        self._show()
        self.kind.setFocus()

    def reject(self) -> None:
        """Close; a note that is half typed goes only when the person says so."""
        if self.date.text().strip() or self.text.text().strip():
            dialogs.confirm(self, self.windowTitle(), self._desk.say("ui-note-half-typed"), self._drop)
        else:
            super().reject()

    def _drop(self) -> None:
        self.date.clear()
        self.text.clear()
        self.reject()

    def _remove(self) -> None:
        view, row = self._presenter.view, self.list.currentRow()
        if view is not None and 0 <= row < len(view.record.margin_notes):
            self._presenter.asides.remove_note(view.record.margin_notes[row].number)
            self._show()


class _Search(QLineEdit):
    """The arrows go through the list below while the cursor stays here."""

    stepped = Signal(object)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and Down step through the list; everything else types."""
        steps = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}
        if event.key() in steps:
            self.stepped.emit(steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
