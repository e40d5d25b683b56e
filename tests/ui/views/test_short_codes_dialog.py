"""Short codes: added, found, replaced and brought in, everything by keyboard in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotich.keying.macro_file import load_codes
from hotich.keying.macros import MacroTable, ShortCode
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.short_codes_dialog import ShortCodesSheet
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.made import CLERK, small_book
from tests.ui.windows import opened, program


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    book, _ = small_book(workspace, tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book.book_id
        yield made


def test_short_codes_are_added_found_and_deleted_by_keyboard(running):
    press_key("short-codes")
    sheet = opened(ShortCodesSheet)
    sheet.code.setFocus()
    QTest.keyClicks(sheet.code, "xtl")
    press("Return")
    assert focused() is sheet.text
    commit = QInputMethodEvent("", [])
    commit.setCommitString("xã Tân Lập")
    QApplication.sendEvent(sheet.text, commit)
    press("Return")
    assert sheet.codes.expand("xtl") == "xã Tân Lập"
    sheet.search.setFocus()
    QTest.keyClicks(sheet.search, "tan lap")
    assert [entry.code for entry in sheet._model.rows] == ["xtl"]
    sheet.accept()
    assert load_codes(running._preferences.short_codes_file).expand("XTL") == "XÃ TÂN LẬP"
    assert running.typing.aids.table.expand("xtl") == "xã Tân Lập"
    press_key("short-codes")
    sheet = opened(ShortCodesSheet)
    sheet.search.setText("xtl")
    sheet.table.choose(0)
    sheet.delete()
    sheet.accept()
    assert running.typing.aids.table.expand("xtl") is None


def codes_with(running, *pairs):
    """The sheet, opened by key, with these codes alone in its table."""
    press_key("short-codes")
    sheet = opened(ShortCodesSheet)
    sheet.codes = MacroTable(tuple(ShortCode(*pair) for pair in pairs))
    sheet._fill()
    return sheet


def add(code, text):
    """What is typed from `Mã` on to add a code."""
    type_text(code)
    press("Return")
    type_text(text)
    press("Return")


def test_the_focus_that_passes_by_the_table_fills_nothing(running):
    sheet = codes_with(running, ("bt", "Bùi Thị"), ("nt", "Nguyễn Thị"))
    press("Tab", 2)
    assert focused() is sheet.code and (sheet.code.text(), sheet.text.text()) == ("", "")
    add("yt", "Yên Trạch")
    assert sheet.codes.expand("yt") == "Yên Trạch" and sheet.codes.expand("bt") == "Bùi Thị"
    press("Esc")


def test_what_stands_in_the_text_is_replaced_by_typing(running):
    sheet = codes_with(running, ("bt", "Bùi Thị"), ("nt", "Nguyễn Thị"))
    press("Tab")
    press("Down")
    press("Tab")
    assert (sheet.code.text(), sheet.text.text()) == ("nt", "Nguyễn Thị")
    add("yt", "Yên Trạch")
    assert sheet.codes.expand("yt") == "Yên Trạch" and sheet.codes.expand("nt") == "Nguyễn Thị"
    press("Esc")


def test_a_row_is_chosen_by_enter_and_changed_without_a_question(running):
    sheet = codes_with(running, ("bt", "Bùi Thị"), ("nt", "Nguyễn Thị"))
    press("Tab")
    press("Return")
    assert focused() is sheet.text and sheet.code.text() == "bt"
    type_text("Bế Thị")
    press("Return")
    assert sheet.codes.expand("bt") == "Bế Thị" and sheet.told.text() == "Đã thay bt = Bùi Thị bằng bt = Bế Thị"
    press("Esc")


def test_a_click_on_the_row_in_hand_chooses_it(running):
    sheet = codes_with(running, ("bt", "Bùi Thị"), ("nt", "Nguyễn Thị"))
    middle = sheet.table.visualRect(sheet._model.index(0, 0)).center()
    QTest.mouseClick(sheet.table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert (sheet.code.text(), sheet.text.text()) == ("bt", "Bùi Thị")
    press("Esc")


def test_a_code_that_is_taken_is_replaced_only_for_a_yes(running, qtbot):
    sheet = codes_with(running, ("yt", "Yên Trạch"))
    sheet.code.setFocus()
    add("YT", "Khác")
    asked = QApplication.activeModalWidget()
    assert asked is not sheet and "yt = Yên Trạch" in asked.accessibleDescription()
    press("Return")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is sheet)
    assert sheet.codes.expand("yt") == "Yên Trạch" and (sheet.code.text(), sheet.text.text()) == ("YT", "Khác")
    sheet.text.setFocus()
    press("Return")
    QApplication.activeModalWidget().accept()
    assert [(entry.code, entry.text) for entry in sheet.codes.codes] == [("YT", "Khác")]
    assert sheet.told.text() == "Đã thay yt = Yên Trạch bằng YT = Khác" and sheet.code.text() == ""
    press("Esc")


def test_unikeys_file_is_brought_in_and_written_out(running, tmp_path):
    file = tmp_path / "ukmacro.txt"
    file.write_bytes(b"\xef\xbb\xbfDO NOT DELETE THIS LINE*** version=1 ***\r\n" + "nv:Nông Văn\r\nhỏng\r\n".encode())
    press_key("short-codes")
    sheet = opened(ShortCodesSheet)
    sheet.bring_in(file)
    assert sheet.codes.expand("nv") == "Nông Văn" and "dòng 3" in sheet.told.text()
    sheet.write_out(tmp_path / "ra.txt")
    assert load_codes(tmp_path / "ra.txt") == sheet.codes
    file.write_bytes(b"nv:Nguy\xd4n")
    sheet.bring_in(file)
    assert "bảng mã cũ" in sheet.told.text() and sheet.codes.expand("nv") == "Nông Văn"
    sheet.bring_in(tmp_path / "không có.txt")
    assert sheet.told.text() == "Không mở được không có.txt: không có tệp hoặc thư mục này"
    sheet.write_out(tmp_path)
    assert sheet.told.text().endswith(": đây là thư mục, không phải tệp")
    press("Esc")


def test_a_table_that_cannot_be_written_keeps_the_sheet_open(running):
    running._preferences.short_codes_file = running._preferences.short_codes_file / "x" / "codes.txt"
    running._preferences.short_codes_file.parents[1].write_text("no folder")
    press_key("short-codes")
    sheet = opened(ShortCodesSheet)
    sheet.accept()
    assert QApplication.activeModalWidget() is sheet and "). Đề nghị" in sheet.told.text()
    press("Esc")


def test_a_code_is_expanded_by_its_key_in_a_register_field(running):
    running.window.go(Screen.ENTRY)
    running.typing.aids.table = running.typing.aids.table.with_code("nt", "Nguyễn Thị")
    line = next(line for line in running.window.entry.panel.lines if line.field_id == "nksHoTen")
    line.edit.setFocus()
    QTest.keyClicks(line.edit, "nt ")
    assert line.edit.text() == "nt "
    QTest.keyClick(line.edit, Qt.Key.Key_Backspace)
    press_key("expand-code")
    assert line.edit.text() == "Nguyễn Thị"
