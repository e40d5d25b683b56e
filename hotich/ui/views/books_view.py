"""The book list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QVBoxLayout, QWidget

from hotich.messages import Language
from hotich.pipeline.books import NewBook
from hotich.store import BookRow, Place
from hotich.ui.actions import button, shown_button
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.books import BooksPresenter
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.wording import of_status, of_type
from hotich.ui.views.book_dialog import BookSheet
from hotich.ui.views.dialogs import PathsSheet
from hotich.ui.views.old_sheet_dialog import open_old_sheet
from hotich.ui.widgets.labels import label
from hotich.ui.widgets.meter import SHARES_ROLE, MeterDelegate
from hotich.ui.widgets.table import RowTable
from hotich.values import Status

METER = 5
IN_METER = (Status.APPROVED, Status.SUBMITTED, Status.RETURNED, Status.DRAFT)


def progress_text(row: BookRow, language: Language) -> str:
    """The counts of a book in words, nothing that is zero."""
    told = [
        f"{of_status(status, language)} {row.counts.get(status, 0)}" for status in IN_METER if row.counts.get(status)
    ]
    return ", ".join(told)


class BooksView(QWidget):
    """Shows the books and forwards what is done to them."""

    practice_wanted = Signal()

    def __init__(self, desk: Desk, parent: QWidget | None = None, *, beside_practice: bool = False) -> None:
        super().__init__(parent)
        self._beside_practice = beside_practice
        self._language = desk.language
        self._desk = desk
        self.presenter = BooksPresenter(desk, self)
        self.model = RowsModel(self._columns(), self)
        self.table = RowTable(self.tr("Danh sách sổ"), self.model, self)
        self.table.setItemDelegateForColumn(METER, MeterDelegate(self.table))
        self.table.stretch(3, METER)
        self.table.grow_rows()
        self.table.row_chosen.connect(self._chosen)
        self.table.opens = "book-open"
        self.table.opened.connect(lambda row: self.presenter.open())
        self.empty = label(desk.say("ui-no-practice-book" if desk.practice else "ui-no-books"), "banner")
        self.place = label("", "muted")
        self.setAcceptDrops(True)
        self._lay_out()

    def refresh(self) -> None:
        """Show the books as they are."""
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus where work begins."""
        (self.table if self.model.rows else self._first).setFocus()

    def show_books(self, rows: tuple[BookRow, ...], chosen: str, place: Place | None) -> None:
        """Show these books; the one in hand is marked."""
        self.model.replace(rows)
        self._stack.setCurrentIndex(0 if rows else 1)
        ids = [row.book.book_id for row in rows]
        if chosen in ids:
            self.model.ensure(ids.index(chosen))
            self.table.choose(ids.index(chosen))
        self._resume.setEnabled(place is not None)
        self._import.setEnabled(bool(rows))
        self._read.setEnabled(bool(rows))
        self._old.setEnabled(bool(rows))

    def ask_new_book(self, then: Callable[[NewBook], None]) -> None:
        """Open the questions about a new book."""
        BookSheet(self, self._language, then).open()

    def ask_paths(self, then: Callable[[Sequence[Path]], None]) -> None:
        """Open the question for files."""
        PathsSheet(self, then).open()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take files only."""
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """Import what was dropped."""
        paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        event.acceptProposedAction()
        self.presenter.import_files(paths)

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        buttons = QHBoxLayout()
        self._first = button(self, self.tr("Thêm"), "book-new", self.presenter.add, main=True)
        self._import = button(self, self.tr("Nạp"), "book-import", self.presenter.bring_in)
        self._read = button(self, self.tr("Đọc"), "book-read", self.presenter.read)
        self._resume = button(self, self.tr("Làm tiếp"), "book-continue", self.presenter.resume)
        self._old = button(self, self.tr("Bảng cũ"), "old-sheet", lambda: open_old_sheet(self, self._desk))
        for made in (self._first, self._import, self._read, self._old, self._resume):
            buttons.addWidget(made)
        buttons.addStretch(1)
        if self._beside_practice:
            wanted = self.practice_wanted.emit
            buttons.addWidget(shown_button(self, self.tr("Mở kho thực hành"), "switch-store", wanted))
        layout.addLayout(buttons)
        holder = QWidget(self)
        self._stack = QStackedLayout(holder)
        self._stack.addWidget(self.table)
        page = QWidget(holder)
        centred = QVBoxLayout(page)
        centred.addWidget(self.empty)
        centred.addStretch(1)
        self._stack.addWidget(page)
        layout.addWidget(holder, 1)

    def _chosen(self, place: int) -> None:
        row = self.model.row(place)
        if row is not None:
            self.presenter.choose(row.book.book_id)

    def _columns(self) -> list[Column[BookRow]]:
        return [
            Column(self.tr("Loại sổ"), lambda row: of_type(row.book.record_type, self._language)),
            Column(self.tr("Năm"), lambda row: str(row.book.year)),
            Column(self.tr("Quyển"), lambda row: row.book.number),
            Column(self.tr("Nơi đăng ký"), self._place_of),
            Column(self.tr("Trang"), lambda row: str(row.pages)),
            Column(
                self.tr("Tiến độ"),
                lambda row: progress_text(row, self._language),
                lambda row: {SHARES_ROLE: " ".join(str(row.counts.get(status, 0)) for status in IN_METER)},
            ),
            Column(self.tr("Người làm"), lambda row: ", ".join(row.people[:3])),
        ]

    def _place_of(self, row: BookRow) -> str:
        mark = self.tr(" (thực hành)") if row.book.practice else ""
        return f"{row.book.place}{mark}"
