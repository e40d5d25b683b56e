"""Searching and extracts as a person meets them: keys alone, through the real window."""

from __future__ import annotations

import numpy as np
import pypdfium2
import pytest
import zxingcpp
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication

from hotich.export.extract import rendered, unseal
from hotich.pipeline import review
from hotich.pipeline.extracts import log_of_prints
from hotich.pipeline.search import ShownText
from hotich.ui.presenters.desk import Screen
from hotich.ui.printing import a4_printer, print_images
from hotich.ui.qtimage import to_qimage
from hotich.ui.views.extract_dialog import ExtractSheet
from hotich.ui.views.extract_lists import CheckSheet, PrintsSheet
from hotich.ui.widgets.marked_text import _pieces
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.made import REVIEWER, hand_over, small_book
from tests.ui.windows import cards_seen, program


@pytest.fixture
def records(workspace, tmp_path):
    _, ids = small_book(workspace, tmp_path, pages=3)
    for record_id in ids[:2]:
        hand_over(workspace, record_id)
    review.approve(workspace, ids[0], REVIEWER)
    return ids


@pytest.fixture
def running(workspace, qtbot, tmp_path, records):
    cards_seen(tmp_path)
    with program(workspace, qtbot, tmp_path, REVIEWER) as made:
        made.window.resize(1366, 768)
        yield made


@pytest.fixture
def view(running, qtbot):
    press_key("go-search")
    shown = running.window.search
    qtbot.waitUntil(lambda: shown.line.hasFocus() and bool(shown.told.text()))
    return shown


def ask(view, qtbot, line, count):
    """Types a line, Enter; waits for that many."""
    view.start()
    type_text(line)
    press("Return")
    qtbot.waitUntil(lambda: len(view.model.rows) == count and view.table.hasFocus(), timeout=8000)


def sheet(qtbot, kind):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind))
    return QApplication.activeModalWidget()


def test_a_name_without_marks_opens_the_record_at_its_field(view, running, records, qtbot):
    ask(view, qtbot, "moan eban 2009", 2)
    press("Return")
    qtbot.waitUntil(lambda: running.window.screen_in_hand is Screen.ENTRY)
    presenter = running.window.entry.presenter
    qtbot.waitUntil(lambda: presenter.row is not None and presenter.row.field.id == "chaHoTen")


def test_the_search_begins_by_itself_and_down_goes_to_the_list(view, qtbot):
    type_text("niê")
    qtbot.waitUntil(lambda: len(view.model.rows) == 2, timeout=8000)
    assert view.line.hasFocus()
    press("Down")
    assert view.table.hasFocus()


def test_filters_narrow_and_are_taken_away_by_one_key(view, qtbot):
    ask(view, qtbot, "niê", 2)
    view.status.setCurrentIndex(view.status.findData("approved"))
    qtbot.waitUntil(lambda: len(view.model.rows) == 1, timeout=8000)
    press_key("search-clear")
    qtbot.waitUntil(lambda: len(view.model.rows) == 2, timeout=8000)
    assert view.filters().status is None


def test_an_extract_is_numbered_saved_logged_and_checked_by_keys(view, running, workspace, qtbot, tmp_path):
    ask(view, qtbot, "niê", 2)
    view.table.choose(next(n for n, hit in enumerate(view.model.rows) if hit.status.value == "approved"))
    press_key("search-extract")
    dialog = sheet(qtbot, ExtractSheet)
    qtbot.waitUntil(lambda: len(dialog._pages) == 2, timeout=15000)
    assert focused() is dialog.recipient
    type_text("Y Moan Êban")
    press("Return")
    assert focused() is dialog.purpose, "Enter never prints"
    dialog.file.setText(str(tmp_path / "trích lục.pdf"))
    press_key("extract-save")
    qtbot.waitUntil(lambda: (tmp_path / "trích lục.pdf").is_file(), timeout=15000)
    assert dialog.recipient.isReadOnly()
    press("Escape")
    qtbot.waitUntil(lambda: focused() is view.table)
    (line,) = log_of_prints(workspace)
    assert (line.recipient, line.by) == ("Y Moan Êban", REVIEWER.name)
    press_key("search-prints")
    assert sheet(qtbot, PrintsSheet).model.rows == (line,)
    press("Escape")
    press_key("search-check")
    check = sheet(qtbot, CheckSheet)
    type_text(str(tmp_path / "trích lục.pdf"))
    press("Return")
    qtbot.waitUntil(lambda: check.told.property("look") == "banner-fine", timeout=15000)
    assert line.serial in check.told.text()
    press("Escape")


def test_a_preview_that_comes_after_the_dialog_was_closed_hurts_nobody(view, running, records, qtbot):
    dialog = ExtractSheet(view, running.window.desk, records[0])
    dialog.open()
    dialog.reject()
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=15000)


def test_what_is_not_approved_has_no_extract(view, qtbot):
    ask(view, qtbot, "niê", 2)
    view.table.choose(next(n for n, hit in enumerate(view.model.rows) if hit.status.value == "submitted"))
    press_key("search-extract")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    assert not isinstance(QApplication.activeModalWidget(), ExtractSheet)
    press("Escape")


def test_the_sheets_on_paper_keep_their_size_and_code(view, running, records, qtbot, tmp_path):
    dialog = ExtractSheet(view, running.window.desk, records[0])
    dialog.open()
    dialog.recipient.setText("Lan")
    dialog.printer = a4_printer()
    dialog.printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    dialog.printer.setOutputFileName(str(tmp_path / "giấy.pdf"))
    dialog.presenter.to_paper(dialog.form())
    qtbot.waitUntil(lambda: (tmp_path / "giấy.pdf").is_file(), timeout=20000)
    qtbot.waitUntil(lambda: dialog.told.property("look") == "banner-fine", timeout=20000)
    paper = (tmp_path / "giấy.pdf").read_bytes()
    document = pypdfium2.PdfDocument(paper)
    sizes = [tuple(round(side) for side in page.get_size()) for page in document]
    document.close()
    assert sizes == [(595, 842)] * 2
    issued = dialog.presenter.issued
    assert issued is not None
    first = next(iter(rendered(paper, 150)))
    assert [code.text for code in zxingcpp.read_barcodes(first)] == [unseal(issued.data).payload]
    dialog.reject()


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_printer_that_takes_nothing_is_said(view, running, records, qtbot, tmp_path):
    dialog = ExtractSheet(view, running.window.desk, records[0])
    dialog.open()
    broken = a4_printer()
    broken.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    broken.setOutputFileName(str(tmp_path / "không có" / "giấy.pdf"))
    page = np.full((80, 60), 255, dtype=np.uint8)
    assert not print_images(broken, [to_qimage(page)])
    dialog.printer = broken
    dialog.print_pages([page], 1)
    assert dialog.told.property("look") == "banner-error"
    dialog.reject()


def test_pieces_of_a_text_keep_every_letter():
    shown = ShownText("Nguyễn Văn Đạt", ((0, 6), (11, 14)))
    assert _pieces(shown) == [("Nguyễn", True), (" Văn ", False), ("Đạt", True)]
    assert _pieces(ShownText("")) == []
