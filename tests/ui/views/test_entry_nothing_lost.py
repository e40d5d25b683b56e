"""Nothing that was typed on the entry screen is lost unseen: refused notes, books without records."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from hotich.pipeline.books import NewBook, open_book
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.entry_sheets import FindSheet, NotesSheet
from hotich.values import RecordType
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.made import CLERK, hand_over, record_now
from tests.ui.windows import entry_screen


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    with entry_screen(workspace, qtbot, tmp_path) as made:
        yield made


def type_note(running) -> NotesSheet:
    running.window.entry.presenter.open(running.records[0], "nksHoTen")
    press_key("margin-note")
    press("Tab")
    type_text("1/2/2018", composed=False)
    press("Tab")
    type_text("Cải chính họ")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, NotesSheet)
    return sheet


def test_a_refused_note_stays_in_its_boxes(running, workspace):
    hand_over(workspace, running.records[0])
    sheet = type_note(running)
    press("Return")
    refusal = QApplication.activeModalWidget()
    assert refusal is not sheet and refusal.accessibleDescription()
    press("Esc")
    assert (sheet.date.text(), sheet.text.text()) == ("1/2/2018", "Cải chính họ")
    assert not record_now(workspace, running.records[0]).margin_notes
    press("Esc")
    press("Left")
    press("Return")
    assert QApplication.activeModalWidget() is None


def test_escape_asks_before_it_drops_a_half_typed_note(running, workspace):
    sheet = type_note(running)
    press("Esc")
    question = QApplication.activeModalWidget()
    assert question is not sheet and "chưa được thêm" in question.accessibleDescription()
    press("Return")
    assert QApplication.activeModalWidget() is sheet and sheet.text.text() == "Cải chính họ"
    sheet.close()
    assert sheet.isVisible() and QApplication.activeModalWidget() is not sheet
    press("Esc")
    sheet.text.setFocus()
    press("Return")
    assert record_now(workspace, running.records[0]).margin_notes[0].text == "Cải chính họ"
    press("Esc")
    assert QApplication.activeModalWidget() is None


def test_a_book_without_records_takes_no_keys_for_another_one(running, workspace):
    window = running.window
    window.entry.presenter.open(running.records[0], "nksHoTen")
    wanted = NewBook(record_type=RecordType.BIRTH, year=1999, number="02", place="UBND xã Tân Lập")
    empty = open_book(workspace, wanted, CLERK).book_id
    window.desk.book_id = empty
    window.go(Screen.ENTRY)
    assert focused() is window.entry.nothing and focused().isVisible()
    press_key("find-record")
    assert not isinstance(QApplication.activeModalWidget(), FindSheet)
    assert "Chưa có bản ghi nào để tìm." in window._note.text()
    press("Return")
    assert window.desk.book_id == empty and window.entry.nothing.isVisible()


def test_the_way_back_from_a_book_without_records_leads_into_the_field(running, workspace):
    window = running.window
    before = window.desk.book_id
    window.desk.book_id = ""
    window.changed()
    assert focused() is window.entry.nothing
    window.desk.book_id = before
    window.changed()
    assert focused() is window.entry.panel.line(window.entry.presenter.current).edit
