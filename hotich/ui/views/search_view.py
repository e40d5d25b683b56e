"""The search screen: one line, three filters, the list."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QVBoxLayout, QWidget

from hotich.pipeline.search import Filters, Hit, ShownText
from hotich.ui.actions import bind, button, shown_keys
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.search import SearchPresenter
from hotich.ui.presenters.wording import of_status, of_type
from hotich.ui.views.extract_dialog import ExtractSheet
from hotich.ui.views.extract_lists import CheckSheet, PrintsSheet
from hotich.ui.widgets.flow import in_rows
from hotich.ui.widgets.labels import label, set_look
from hotich.ui.widgets.marked_text import MarkedText
from hotich.ui.widgets.table import RowTable
from hotich.values import Book, RecordType, Status

PAUSE_MS = 220
"""How long nobody types before the search begins by itself."""

_TIP = int(Qt.ItemDataRole.ToolTipRole)


class SearchView(QWidget):
    """Shows what was found and forwards what is asked."""

    def __init__(self, desk: Desk, open_field: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = SearchPresenter(desk, self, open_field)
        self.line = QLineEdit(self)
        self.kind, self.book, self.status = QComboBox(self), QComboBox(self), QComboBox(self)
        self.suggestions = QCheckBox(self.tr("Cả gợi ý chưa ai nhận"), self)
        self.model: RowsModel[Hit] = RowsModel(self._columns(), self)
        self.table = RowTable(self.tr("Bản ghi tìm thấy"), self.model, self)
        self.told = label("", "banner", self)
        self._timer = QTimer(self)
        self._to_list = False
        self._fill_filters()
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the answer to what stands in the line, as it is now."""
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus into the line."""
        self.line.setFocus()
        self.line.selectAll()

    def show_books(self, books: tuple[Book, ...]) -> None:
        """Offer these books as filters; the chosen one stays chosen."""
        chosen = self.book.currentData()
        self.book.blockSignals(True)
        self.book.clear()
        self.book.addItem(self.tr("Mọi quyển sổ"), "")
        for book in books:
            name = f"{of_type(book.record_type, self._desk.language)} {book.number}/{book.year} – {book.place}"
            self.book.addItem(name, book.book_id)
        self.book.setCurrentIndex(max(0, self.book.findData(chosen)))
        self.book.blockSignals(False)

    def show_hits(self, hits: tuple[Hit, ...], keep_place: bool) -> None:
        """Show the list; a longer one keeps the line in hand."""
        place = self.table.currentIndex().row() if keep_place else 0
        self.model.replace(hits)
        self.table.viewport().update()
        if hits:
            self.model.ensure(place)
            self.table.choose(place)
            if self._to_list:
                self.table.setFocus()
        self._to_list = False
        self.extract.setEnabled(bool(hits))
        self.open.setEnabled(bool(hits))

    def show_state(self, sentence: str, busy: bool, wrong: bool) -> None:
        """Say how many there are, or what keeps from finding."""
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)
        set_look(self.told, "look", "banner-error" if wrong else "banner")

    def ask_extract(self, record_id: str) -> None:
        """Open the questions about an extract."""
        sheet = ExtractSheet(self, self._desk, record_id)
        sheet.finished.connect(lambda: self.table.setFocus())
        sheet.open()

    def ask_now(self) -> None:
        """Search for what stands in the line."""
        self._timer.stop()
        self.presenter.ask(self.line.text(), self.filters())

    def filters(self) -> Filters:
        """What the search is narrowed to."""
        kind, status = self.kind.currentData(), self.status.currentData()
        return Filters(
            RecordType(kind) if kind else None,
            self.book.currentData() or "",
            Status(status) if status else None,
            self.suggestions.isChecked(),
        )

    def clear_filters(self) -> None:
        """All books, all types, all states, confirmed values only."""
        for box in (self.kind, self.book, self.status):
            box.setCurrentIndex(0)
        self.suggestions.setChecked(False)
        self.ask_now()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Down goes from the line to the list; the end of the list asks for more."""
        pressed = watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress
        if pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down and self.model.rows:
            self.table.setFocus()
            return True
        return super().eventFilter(watched, event)

    def _enter(self) -> None:
        """Enter in the line: search at once and go to the list."""
        self._to_list = True
        self.ask_now()

    def _row_chosen(self, place: object) -> None:
        if isinstance(place, int) and place >= len(self.model.rows) - 2:
            self.presenter.more()

    def _open(self) -> None:
        self.presenter.open(self.table.currentIndex().row())

    def _extract(self) -> None:
        self.presenter.extract(self.table.currentIndex().row())

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.ask_now)
        self.line.textEdited.connect(lambda: self._timer.start())
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)
        for box in (self.kind, self.book, self.status):
            box.currentIndexChanged.connect(lambda: self.ask_now())
        self.suggestions.toggled.connect(lambda: self.ask_now())
        self.table.opened.connect(self.presenter.open)
        self.table.row_chosen.connect(self._row_chosen)
        self.table.verticalScrollBar().valueChanged.connect(self._scrolled)
        bind(self, "search-line", self.start)
        bind(self, "search-suggestions", self.suggestions.toggle)
        bind(self, "search-clear", self.clear_filters)

    def _scrolled(self, value: int) -> None:
        if value and value == self.table.verticalScrollBar().maximum():
            self.presenter.more()

    def _fill_filters(self) -> None:
        self.kind.addItem(self.tr("Mọi loại sổ"), "")
        for kind in RecordType:
            self.kind.addItem(of_type(kind, self._desk.language), kind.value)
        self.status.addItem(self.tr("Mọi trạng thái"), "")
        for status in Status:
            self.status.addItem(of_status(status, self._desk.language), status.value)

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        self.line.setPlaceholderText(self.tr("Số, họ tên, ngày, năm, nơi…"))
        self.line.setAccessibleName(self.tr("Tìm trong mọi sổ"))
        self.line.setClearButtonEnabled(True)
        self.line.setToolTip(shown_keys("search-line"))
        column.addWidget(self.line)
        self.book.setMinimumContentsLength(22)
        self.book.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        names = (self.tr("Loại sổ"), self.tr("Quyển sổ"), self.tr("Trạng thái"))
        for box, name in zip((self.kind, self.book, self.status), names, strict=True):
            box.setAccessibleName(name)
        told = self.suggestions.text()
        self.suggestions.setAccessibleName(told)
        self.suggestions.setText(f"{told} ({shown_keys('search-suggestions')})")
        column.addLayout(in_rows((self.kind, self.book, self.status, self.suggestions)))
        column.addWidget(self.told)
        column.addWidget(self.table, 1)
        self.table.stretch(3, 5, 6)
        self._marked = MarkedText(self._shown, self.table)
        self.table.setItemDelegate(self._marked)
        column.addLayout(self._buttons())

    def _buttons(self) -> QVBoxLayout:
        self.open = button(self, self.tr("Mở"), "search-open", self._open, main=True)
        self.extract = button(self, self.tr("Trích lục"), "search-extract", self._extract)
        prints = button(self, self.tr("Sổ cấp trích lục"), "search-prints", self._show_prints)
        check = button(self, self.tr("Kiểm tra trích lục"), "search-check", self._show_check)
        return in_rows((self.open, self.extract, prints, check))

    def _show_prints(self) -> None:
        PrintsSheet(self, self.presenter.prints()).open()

    def _show_check(self) -> None:
        CheckSheet(self, self._desk, self.presenter.check).open()

    def _columns(self) -> list[Column[Hit]]:
        return [
            Column(self.tr("Sổ"), self._register),
            Column(self.tr("Trạng thái"), lambda hit: of_status(hit.status, self._desk.language)),
            Column(self.tr("Số"), lambda hit: hit.number.text),
            Column(self.tr("Họ tên"), lambda hit: hit.names.text, self._tip),
            Column(self.tr("Ngày sinh"), lambda hit: hit.born.text),
            Column(self.tr("Cha mẹ, người khác"), lambda hit: hit.people.text, self._tip),
            Column(self.tr("Nơi"), lambda hit: hit.place.text, lambda hit: {_TIP: hit.place.text}),
        ]

    def _register(self, hit: Hit) -> str:
        return f"{of_type(hit.book.record_type, self._desk.language)} {hit.book.number}/{hit.book.year}"

    def _tip(self, hit: Hit) -> dict[int, str]:
        if hit.confidential:
            return {_TIP: self._desk.say("ui-search-confidential")}
        if hit.suggested:
            return {_TIP: self._desk.say("ui-search-suggested")}
        return {_TIP: hit.names.text}

    def _shown(self, row: int, column: int) -> ShownText | None:
        """The text of a cell with what matches in it; None for cells that nothing can match in."""
        hit = self.model.row(row)
        if hit is None or not 2 <= column <= 6:
            return None
        return (hit.number, hit.names, hit.born, hit.people, hit.place)[column - 2]
