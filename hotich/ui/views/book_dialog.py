"""The questions about a new book."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QDate
from PySide6.QtWidgets import QComboBox, QFormLayout, QLineEdit, QSpinBox, QWidget

from hotich.dates import parse_date, to_iso_partial
from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.pipeline.books import OLDEST_YEAR, NewBook
from hotich.ui.presenters.wording import of_type
from hotich.ui.views.dialogs import Button, Sheet
from hotich.ui.widgets.labels import set_look
from hotich.values import RecordType

DEFAULT_YEAR = 2000


def stored_date(text: str) -> str:
    """The date as the book keeps it, or '' for one that cannot be read."""
    found = parse_date(text).date
    return to_iso_partial(found) if found is not None else ""


class BookSheet(Sheet):
    """Type, year, number, place and what else stands on the cover."""

    def __init__(self, parent: QWidget, language: Language, then: Callable[[NewBook], None]) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Thêm sổ"))
        self._language = language
        self.kind = self._combo([(of_type(kind, language), kind.value) for kind in RecordType])
        self.year = self._spin(OLDEST_YEAR, QDate.currentDate().year(), DEFAULT_YEAR)
        self.number = QLineEdit(self)
        self.number.setPlaceholderText(self.tr("ví dụ: 01"))
        self.place = QLineEdit(self)
        self.place.setPlaceholderText(self.tr("Ủy ban nhân dân xã …, huyện …, tỉnh …"))
        self.province = QLineEdit(self)
        self.form = self._combo([])
        self.opened = QLineEdit(self)
        self.opened.setPlaceholderText(self.tr("ngày/tháng/năm"))
        self.closed = QLineEdit(self)
        self.closed.setPlaceholderText(self.tr("ngày/tháng/năm"))
        self.expected = self._spin(0, 100_000, 0)
        self.expected.setSpecialValueText(self.tr("không ghi"))
        self._lay_out()
        self.kind.currentIndexChanged.connect(self._fill_forms)
        self.year.valueChanged.connect(self._fill_forms)
        self.number.textChanged.connect(self._look)
        self.place.textChanged.connect(self._look)
        self.opened.textChanged.connect(self._look)
        self.closed.textChanged.connect(self._look)
        self.accepted.connect(lambda: then(self.wanted()))
        self._fill_forms()
        self._look()
        self.kind.setFocus()

    def wanted(self) -> NewBook:
        """The book as asked for."""
        return NewBook(
            record_type=RecordType(str(self.kind.currentData())),
            year=self.year.value(),
            number=self.number.text(),
            place=self.place.text(),
            province=self.province.text(),
            form_id=str(self.form.currentData() or ""),
            opened=stored_date(self.opened.text()),
            closed=stored_date(self.closed.text()),
            expected_entries=self.expected.value() or None,
        )

    def _lay_out(self) -> None:
        rows = QWidget(self)
        form = QFormLayout(rows)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        asked: tuple[tuple[str, QWidget], ...] = (
            (self.tr("Loại sổ"), self.kind),
            (self.tr("Năm"), self.year),
            (self.tr("Quyển số"), self.number),
            (self.tr("Nơi đăng ký"), self.place),
            (self.tr("Tỉnh, thành phố"), self.province),
            (self.tr("Mẫu sổ"), self.form),
            (self.tr("Ngày mở sổ"), self.opened),
            (self.tr("Ngày khóa sổ"), self.closed),
            (self.tr("Số trường hợp ghi khi khóa sổ"), self.expected),
        )
        for text, widget in asked:
            widget.setAccessibleName(text)
            form.addRow(text, widget)
        self.put(rows)

    def _fill_forms(self) -> None:
        kind = RecordType(str(self.kind.currentData()))
        self.form.clear()
        self.form.addItem(self.tr("Để máy nhận ra mẫu"), "")
        for form in load_catalogue().forms_for(kind, self.year.value()):
            self.form.addItem(form.title, form.id)

    def _look(self) -> None:
        whole = bool(self.number.text().strip()) and bool(self.place.text().strip())
        for edit in (self.opened, self.closed):
            wrong = bool(edit.text().strip()) and not stored_date(edit.text())
            set_look(edit, "state", "doubtful" if wrong else "")
            whole = whole and not wrong
        self.buttons.button(Button.Ok).setEnabled(whole)

    def _combo(self, items: list[tuple[str, str]]) -> QComboBox:
        combo = QComboBox(self)
        for text, data in items:
            combo.addItem(text, data)
        return combo

    def _spin(self, low: int, high: int, value: int) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setRange(low, high)
        spin.setValue(value)
        spin.setGroupSeparatorShown(False)
        return spin
