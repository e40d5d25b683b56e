"""The clerk's short codes: see, search, add, change, delete, bring in UniKey's own file, write it out."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from hotich.errors import HotichError, SetupError
from hotich.keying.macro_file import ReadCodes, load_codes, read_codes, save_codes, written_codes
from hotich.keying.macros import MacroTable, ShortCode, own_codes
from hotich.letters import nfc
from hotich.messages import Language, explain, reason_in_words, sentence
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.views.dialogs import Button, ListSheet, confirm
from hotich.ui.widgets.labels import label, scaled, set_look
from hotich.ui.widgets.table import RowTable


class _CodesTable(RowTable):
    """The focus alone chooses nothing: who only passes by with Tab finds the fields as they were."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Take the first row in hand, as every table does, and tell nobody."""
        held = self.blockSignals(True)
        super().focusInEvent(event)
        self.blockSignals(held)


class ShortCodesSheet(ListSheet):
    """Nothing is written to disk before OK; then the whole table is, or the reason is told and the sheet stays."""

    def __init__(self, parent: QWidget, file: Path, language: Language, then: Callable[[], None]) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Bảng gõ tắt"))
        self.resize(scaled(720, self), scaled(560, self))
        self._file, self._language, self._then = file, language, then
        self.codes = load_codes(file)
        self._edited = ""
        """The code that was chosen in the table and stands in the fields to be changed."""
        self.search = self._line(self.tr("Tìm mã hoặc chữ"))
        columns: tuple[Column[ShortCode], ...] = (
            Column(self.tr("Mã"), lambda entry: entry.code),
            Column(self.tr("Viết đủ"), lambda entry: entry.text),
        )
        self._model = RowsModel[ShortCode](columns, self)
        self.table = _CodesTable(self.tr("Các mã gõ tắt"), self._model, self)
        self.table.setMinimumHeight(120)
        self.table.stretch(1)
        self.code = self._line(self.tr("Mã"))
        self.code.setProperty("kind", "choice")
        self.text = self._line(self.tr("Viết đủ"))
        self.told = label("", "muted", self)
        for widget in (self.search, self.table, self._fields(), self._row_of_buttons(), self.told):
            self.put(widget)
        self._connect()
        self._fill()
        self._say(self.tr("Gõ mã và chữ viết đủ rồi nhấn Enter để thêm hoặc sửa."))
        self.search.setFocus()

    def accept(self) -> None:
        """Write the table; stay when the disk refuses."""
        try:
            save_codes(self._file, self.codes)
        except SetupError as error:
            self._say(explain(error, self._language), wrong=True)
            return
        super().accept()
        self._then()

    def add(self) -> None:
        """Take the code and text that are typed into the table."""
        code, text = self.code.text().strip(), self.text.text()
        try:
            codes = self.codes.with_code(code, text)
        except ValueError as error:
            self._say(sentence(str(error), {}, self._language), wrong=True)
            return
        before = self._entry(code)
        if before is None or before.text == nfc(text):
            self._take(codes, self.tr("Đã có {0} = {1}").format(code, text))
            return
        facts = (before.code, before.text, code, text)
        told = self.tr("Đã thay {0} = {1} bằng {2} = {3}").format(*facts)
        if before.code == self._edited:
            self._take(codes, told)
            return
        asked = self.tr("Đã có {0} = {1}. Thay bằng {2} = {3}?").format(*facts)
        confirm(self, self.tr("Mã này đã có"), asked, lambda: self._take(codes, told))

    def delete(self) -> None:
        """Take the code in hand out of the table."""
        entry = self._model.row(self.table.currentIndex().row())
        if entry is not None:
            self.codes = self.codes.without(entry.code)
            self._fill()
            self._say(self.tr("Đã xóa {0}").format(entry.code))

    def bring_in(self, file: Path) -> None:
        """Add the codes of a file; where both have a code the file's counts."""
        try:
            read = read_codes(file.read_bytes(), file.name)
        except OSError as error:
            told = self.tr("Không mở được {0}: {1}").format(file.name, reason_in_words(error, self._language))
            self._say(told, wrong=True)
        except HotichError as error:
            self._say(explain(error, self._language), wrong=True)
        else:
            self.codes = self.codes.merged(read.table)
            self._fill()
            self._say(self._told_of(read), wrong=bool(read.skipped))

    def write_out(self, file: Path) -> None:
        """Write the table to a file that UniKey reads."""
        try:
            file.write_bytes(written_codes(self.codes))
        except OSError as error:
            told = self.tr("Không ghi được {0}: {1}").format(file.name, reason_in_words(error, self._language))
            self._say(told, wrong=True)
        else:
            self._say(self.tr("Đã ghi {0} mã vào {1}").format(len(self.codes.codes), file.name))

    def own_again(self) -> None:
        """Add the codes that come along."""
        self.codes = MacroTable(own_codes().codes).merged(self.codes)
        self._fill()

    def _entry(self, code: str) -> ShortCode | None:
        wanted = nfc(code).casefold()
        return next((entry for entry in self.codes.codes if entry.code.casefold() == wanted), None)

    def _take(self, codes: MacroTable, told: str) -> None:
        """Have that table from now on, and the fields free for the next code."""
        self.codes, self._edited = codes, ""
        self._fill()
        self._say(told)
        self.code.clear()
        self.text.clear()
        self.code.setFocus()

    def _told_of(self, read: ReadCodes) -> str:
        told = self.tr("Đã nạp {0} mã.").format(len(read.table.codes))
        if not read.skipped:
            return told
        first = read.skipped[0]
        passed = self.tr("Bỏ qua {0} dòng; dòng {1}: {2}")
        return f"{told} {passed.format(len(read.skipped), first.number, sentence(first.reason, {}, self._language))}"

    def _line(self, name: str) -> QLineEdit:
        made = QLineEdit(self)
        made.setAccessibleName(name)
        made.setPlaceholderText(name)
        return made

    def _fields(self) -> QWidget:
        rows = QWidget(self)
        form = QFormLayout(rows)
        form.setContentsMargins(0, 0, 0, 0)
        form.addRow(self.tr("Mã"), self.code)
        form.addRow(self.tr("Viết đủ"), self.text)
        return rows

    def _row_of_buttons(self) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        for text, act in (
            (self.tr("Thêm, sửa"), self.add),
            (self.tr("Xóa"), self.delete),
            (self.tr("Nạp tệp UniKey…"), self._choose_in),
            (self.tr("Ghi ra tệp…"), self._choose_out),
            (self.tr("Thêm mã mẫu"), self.own_again),
        ):
            made = QPushButton(text, row)
            made.setAccessibleName(text)
            made.setAutoDefault(False)
            made.clicked.connect(act)
            across.addWidget(made)
        across.addStretch(1)
        return row

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda: self._fill())
        self.search.returnPressed.connect(self.table.setFocus)
        self.table.row_chosen.connect(self._show_row)
        # A click on the row that already is in hand changes no row.
        self.table.clicked.connect(lambda index: self._show_row(index.row()))
        self.table.opened.connect(self._edit_row)
        self.code.returnPressed.connect(self._to_text)
        self.text.returnPressed.connect(self.add)

    def _show_row(self, place: int) -> None:
        entry = self._model.row(place)
        if entry is not None:
            self._edited = entry.code
            self.code.setText(entry.code)
            self.text.setText(entry.text)

    def _edit_row(self, place: int) -> None:
        self._show_row(place)
        self._to_text()

    def _to_text(self) -> None:
        """Go on to the text as Tab does: what stands there is selected, so that typing takes its place."""
        self.text.setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self) -> None:
        found = self.codes.search(self.search.text())
        self._model.replace(found)
        self._model.ensure(len(found) - 1)

    def _say(self, text: str, *, wrong: bool = False) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)
        set_look(self.told, "look", "error" if wrong else "muted")

    def _choose_in(self) -> None:
        chooser = QFileDialog(self, self.tr("Nạp tệp UniKey…"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.bring_in(Path(name)))
        chooser.open()

    def _choose_out(self) -> None:
        chooser = QFileDialog(self, self.tr("Ghi ra tệp…"), "ukmacro.txt")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.fileSelected.connect(lambda name: self.write_out(Path(name)))
        chooser.open()
