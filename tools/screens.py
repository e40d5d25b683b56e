"""Takes the pictures of every screen for docs/screens, without a display.

    python tools/screens.py [folder]

Four practice books are opened in a workspace that is thrown away afterwards; a clerk and a reviewer work on them as
far as the pictures need it. Nobody in them is real.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import xlsxwriter
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from hotich.legacy_text import Encoding, from_unicode
from hotich.messages import Language
from hotich.pipeline import entry, review
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.carousel import Show
from hotich.pipeline.entry import FieldRow
from hotich.pipeline.practice import open_practice_book
from hotich.pipeline.practice_truth import TrueEntry, Truth, load_truths, sample_folder
from hotich.pipeline.reading import read_book, record_id_of
from hotich.store import Workspace
from hotich.ui.presenters.desk import Screen
from hotich.ui.presenters.export import Leaving
from hotich.ui.store_kind import StoreKind
from hotich.ui.theme import ThemeName
from hotich.ui.views.old_sheet_dialog import open_old_sheet
from hotich.ui.views.refusals_dialog import open_refusals
from hotich.values import Actor, FieldState, Origin, RecordType, Role, Severity
from tools.camera import Camera

DRESSES = ((ThemeName.LIGHT, ""), (ThemeName.DARK, "-dark"), (ThemeName.CONTRAST, "-contrast"))
CLERK = Actor("Nguyễn Thị Hạnh", Role.CLERK)
REVIEWER = Actor("Trần Văn Hòa", Role.SUPERVISOR)
OPEN_BOOK, DONE_BOOK, PRINTED_BOOK = "ks-2001-ea-drong-tul", "ks-2009-le-hong-thuong", "ks-2017-ba-trai-ha"
LIST_BOOK = "ks-1984-yen-trach"
REFUSED = "Dòng 3: số 02/2009, quyển 01/2009, lỗi: ngày sinh sai\nDòng 4: thiếu nơi sinh\nTổng số lỗi: 2"
OLD_ROWS = (
    ("so", "Họ và tên", "Ngày sinh", "Họ tên mẹ"),
    ("1", "Trần Thị Xẻ", "20/3/1982", "Lê Thị Kẹo"),
    ("2", "Nguyễn Văn Thưởng", "4/1/1984", "Phạm Thị Hường"),
    ("3", "Vũ Đức Thọ", "9/1/1984", "Đỗ Thị Ngọ"),
    ("4", "Huỳnh Văn Tuấn", "12/1/1984", "Trần Thị Kim Xẻ"),
)
LONG_NAME = "Công Tằng Tôn Nữ Thị Hoàng Phương Thảo Nguyên"
LONG_PLACE = "Tổ dân phố số 14, phường Phú Thượng, thành phố Huế, tỉnh Thừa Thiên – Huế (tạm trú thôn Đông, xã Ea Tul)"


def confirm_entry(workspace: Workspace, record_id: str, known: TrueEntry, rows: list[FieldRow]) -> None:
    """The clerk writes what stands on the paper."""
    for row in rows:
        true = known.fields.get(row.field.id)
        if true is not None:
            entry.confirm(workspace, record_id, row.field.id, true.written, CLERK, true.state)
        elif row.origin is Origin.BOOK:
            entry.accept(workspace, record_id, row.field.id, CLERK)
        else:
            entry.confirm(workspace, record_id, row.field.id, "", CLERK, FieldState.BLANK)


def hand_over(workspace: Workspace, record_id: str, known: TrueEntry) -> None:
    """The clerk fills in a record, gives reasons for what looks odd, and hands it over."""
    confirm_entry(workspace, record_id, known, list(entry.entry_view(workspace, record_id).open_rows))
    for finding in entry.entry_view(workspace, record_id).findings:
        if finding.severity is Severity.ERROR and finding.overridable:
            entry.accept_finding(workspace, record_id, finding, "Sổ gốc ghi như vậy", CLERK)
    entry.submit(workspace, record_id, CLERK)


def answers(workspace: Workspace, book_id: str, truth: Truth) -> dict[str, TrueEntry]:
    """The known entries by record."""
    pages = {(row.page.file_name, row.page.frame): row.page.page_id for row in workspace.pages(book_id)}
    known = {record_id_of(pages[(e.file, e.frame)], e.entry): e for e in truth.entries}
    return {record_id: known[record_id] for record_id in workspace.record_ids(book_id) if record_id in known}


def take_books(camera: Camera) -> None:
    """The list without books, the questions about a new one, who works."""
    camera.take("books-empty")
    camera.window.books.presenter.add()
    camera.take("book-new")
    camera.close_dialog()
    camera.window.ask_person()
    camera.take("person")
    camera.close_dialog()


def take_pages(camera: Camera, book_id: str) -> None:
    """The pages, and the corners being set."""
    camera.window.desk.book_id = book_id
    camera.window.go(Screen.PAGES)
    camera.take("pages")
    camera.press(Qt.Key.Key_F4)
    camera.press(Qt.Key.Key_Return)
    camera.press(Qt.Key.Key_Return)
    camera.take("pages-corners")
    camera.press(Qt.Key.Key_Escape)


def show_entry(camera: Camera, record_id: str, field_id: str) -> None:
    """The entry screen at that field."""
    camera.window.go(Screen.ENTRY)
    camera.window.entry.presenter.open(record_id, field_id)
    camera.settle()


def take_entry(camera: Camera, record_id: str, known: TrueEntry) -> None:
    """A record half entered: confirmed fields, suggestions, doubts, a finding, a list."""
    workspace = camera.workspace
    rows = list(entry.entry_view(workspace, record_id).open_rows)
    confirm_entry(workspace, record_id, known, rows[:5])
    entry.confirm(workspace, record_id, "nksNgaySinh", "31/2/2017", CLERK)
    show_entry(camera, record_id, "nksNgaySinh")
    camera.take("entry")
    show_entry(camera, record_id, "nksGioiTinh")
    QTest.keyClicks(QApplication.focusWidget(), "n")
    camera.take("entry-choices")
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_Escape)
    camera.press(Qt.Key.Key_F1)
    camera.take("help")
    camera.close_dialog()
    entry.confirm(workspace, record_id, "meHoTen", LONG_NAME, CLERK)
    entry.confirm(workspace, record_id, "meNgaySinh", "30/02/2018", CLERK)
    entry.confirm(workspace, record_id, "meNoiCuTru", LONG_PLACE, CLERK)
    show_entry(camera, record_id, "meNgaySinh")
    camera.take("entry-long")


def take_review(camera: Camera, record_id: str) -> None:
    """A record that waits, and one's own that is refused."""
    camera.become(REVIEWER)
    camera.window.go(Screen.REVIEW)
    camera.window.review.values.selectRow(4)
    camera.take("review")
    camera.become(Actor(CLERK.name, Role.SUPERVISOR))
    camera.window.go(Screen.REVIEW)
    camera.take("review-refused")
    camera.become(REVIEWER)


def take_export(camera: Camera, waiting: str, done: str, folder: Path) -> None:
    """A book that may not leave yet, and one that leaves for the national system and as a package."""
    camera.window.desk.book_id = waiting
    camera.window.go(Screen.EXPORT)
    camera.window.export.folder.setText(str(folder))
    camera.take("export-precheck")
    camera.window.desk.book_id = done
    camera.window.go(Screen.EXPORT)
    camera.window.export.folder.setText(str(folder))
    camera.settle()
    camera.window.export.presenter.export(str(folder))
    camera.take("export-reason")
    question = QApplication.activeModalWidget()
    question.findChild(QLineEdit).setText("Sổ gốc ghi như vậy, đã xem lại ảnh")
    question.accept()
    camera.settle()
    camera.take("export-done")
    camera.window.export.presenter.choose(Leaving.PACKAGE)
    camera.settle()
    camera.window.export.presenter.export(str(folder))
    camera.take("export-package")


def take_returns(camera: Camera, done: str, listed: str) -> None:
    """What the national system sent back, and a sheet keyed in earlier years with an old font."""
    camera.window.desk.book_id = done
    camera.window.go(Screen.EXPORT)
    camera.settle()
    open_refusals(camera.window, camera.window.desk)
    refused = QApplication.activeModalWidget()
    refused.text.setPlainText(REFUSED)
    refused.presenter.look_at_text(REFUSED)
    camera.take("refusals")
    camera.close_dialog()
    camera.window.desk.book_id = listed
    camera.window.go(Screen.BOOKS)
    file = Path("nam-1984.xlsx")
    _old_sheet(file)
    open_old_sheet(camera.window, camera.window.desk)
    QApplication.activeModalWidget().presenter.open(str(file))
    camera.take("old-sheet")
    camera.close_dialog()


def _old_sheet(file: Path) -> None:
    """Rows as they were keyed under .VnTime: the letters of TCVN3 where others were meant."""
    workbook = xlsxwriter.Workbook(str(file))
    sheet = workbook.add_worksheet("KS 1984")
    for place, row in enumerate(OLD_ROWS):
        sheet.write_row(place, 0, [from_unicode(text, Encoding.TCVN3) if place else text for text in row])
    workbook.close()


def take_search(camera: Camera) -> None:
    """Records of all books, and an extract of one before it is issued."""
    search = camera.window.search
    for theme, ending in DRESSES:
        camera.dress(theme)
        search = camera.window.search
        camera.window.go(Screen.SEARCH)
        camera.settle()
        search.line.setText("nguyen 2009")
        search.ask_now()
        camera.take(f"search{ending}")
    camera.dress(ThemeName.LIGHT)
    search = camera.window.search
    camera.window.go(Screen.SEARCH)
    search.line.setText("nguyen 2009")
    search.ask_now()
    camera.settle()
    search.presenter.extract(0)
    camera.settle()
    extract = QApplication.activeModalWidget()
    extract.file.setText(Path(extract.file.text()).name)
    camera.take("extract")
    camera.close_dialog()


def take_dresses(camera: Camera, book_id: str, record_id: str) -> None:
    """The entry screen in the other colours and in English."""
    dresses = (
        ("entry-dark", ThemeName.DARK, Language.VIETNAMESE),
        ("entry-contrast", ThemeName.CONTRAST, Language.VIETNAMESE),
        ("entry-english", ThemeName.LIGHT, Language.ENGLISH),
    )
    for name, theme, language in dresses:
        camera.dress(theme, language)
        camera.window.desk.book_id = book_id
        show_entry(camera, record_id, "nksNgaySinh")
        camera.take(name)
    camera.dress(ThemeName.DARK)
    camera.window.go(Screen.BOOKS)
    camera.take("books-dark")
    camera.preferences.type_size = 150
    camera.dress(ThemeName.LIGHT)
    camera.window.desk.book_id = book_id
    show_entry(camera, record_id, "nksNgaySinh")
    camera.take("entry-large")


def take_lists(camera: Camera, book_id: str) -> None:
    """The carousel and the sheet over a whole book, in all colours."""
    workspace = camera.workspace
    for record_id in workspace.record_ids(book_id)[:4]:
        entry.accept_above(workspace, record_id, 0.9, CLERK)
        entry.confirm(workspace, record_id, "nksNgaySinh", "31/2/1984", CLERK)
        entry.confirm(workspace, record_id, "nksHoTen", LONG_NAME, CLERK)
    for theme, ending in DRESSES:
        camera.dress(theme)
        camera.window.desk.book_id = book_id
        camera.window.go(Screen.CAROUSEL)
        camera.settle()
        carousel = camera.window.carousel
        names = [field.id for field in carousel.presenter._fields]
        carousel.presenter.choose_field(names.index("nksDanToc"))
        camera.settle()
        carousel.presenter.choose_show(Show.ALL)
        for key in (Qt.Key.Key_Right, Qt.Key.Key_Delete, Qt.Key.Key_Right):
            QTest.keyClick(carousel.grid, key)
        camera.take(f"carousel{ending}")
        camera.window.go(Screen.SHEET)
        camera.settle()
        camera.window.sheet.table.show_cell(2, 7)
        camera.take(f"sheet{ending}")
    camera.dress(ThemeName.LIGHT)
    camera.window.desk.book_id = book_id
    camera.window.go(Screen.SHEET)
    camera.settle()
    camera.window.sheet.table.show_cell(0, 1)
    camera.window.sheet._replace()
    camera.settle()
    sheet = QApplication.activeModalWidget()
    sheet.old.setText("3")
    sheet.new.setText("2")
    sheet.where.setCurrentIndex(1)
    sheet.show_preview()
    camera.take("sheet-replace")
    camera.close_dialog()


def take_practice(camera: Camera, book_id: str) -> None:
    """The practice workspace with its strip, and the way to it from an empty workspace of one's own."""
    camera.window.close()
    camera.program.end()
    camera.open(StoreKind.PRACTICE)
    camera.window.show()
    camera.window.desk.book_id = book_id
    camera.window.go(Screen.BOOKS)
    camera.take("practice")


def main(folder: Path) -> None:
    """Every picture, one after the other."""
    folder.mkdir(parents=True, exist_ok=True)
    truths = {truth.name: truth for truth in load_truths(sample_folder())}
    with tempfile.TemporaryDirectory() as scratch, Workspace.open(Path(scratch) / "kho") as workspace:
        os.chdir(scratch)
        camera = Camera(workspace, folder.absolute(), CLERK)
        take_books(camera)
        books = {}
        for name in (OPEN_BOOK, DONE_BOOK, PRINTED_BOOK, LIST_BOOK):
            book = open_practice_book(workspace, truths[name], CLERK)
            read_book(workspace, book.book_id, camera.window.desk.engines())
            books[name] = book.book_id
        wanted = NewBook(record_type=RecordType.MARRIAGE, year=1999, number="02", place="UBND xã Ea Tul", practice=True)
        open_book(workspace, wanted, CLERK)
        half = answers(workspace, books[OPEN_BOOK], truths[OPEN_BOOK])
        _, second, third, fourth = half
        whole = answers(workspace, books[DONE_BOOK], truths[DONE_BOOK])
        for record_id, known in [
            *whole.items(),
            *((record_id, half[record_id]) for record_id in (second, third, fourth)),
        ]:
            hand_over(workspace, record_id, known)
        for record_id in (*whole, second):
            review.approve(workspace, record_id, REVIEWER)
        review.give_back(workspace, third, "Xem lại họ tên mẹ", REVIEWER)
        camera.window.desk.book_id = books[OPEN_BOOK]
        camera.window.go(Screen.BOOKS)
        camera.take("books")
        take_pages(camera, books[OPEN_BOOK])
        printed = answers(workspace, books[PRINTED_BOOK], truths[PRINTED_BOOK])
        begun = next(iter(printed))
        camera.window.desk.book_id = books[PRINTED_BOOK]
        take_entry(camera, begun, printed[begun])
        camera.window.desk.book_id = books[OPEN_BOOK]
        take_review(camera, fourth)
        take_export(camera, books[OPEN_BOOK], books[DONE_BOOK], Path("Gói dữ liệu"))
        take_returns(camera, books[DONE_BOOK], books[LIST_BOOK])
        take_search(camera)
        camera.become(CLERK)
        take_lists(camera, books[LIST_BOOK])
        take_dresses(camera, books[PRINTED_BOOK], begun)
        camera.preferences.type_size = 100
        take_practice(camera, books[PRINTED_BOOK])
        camera.program.end()
        camera.window.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parents[1] / "docs" / "screens")
