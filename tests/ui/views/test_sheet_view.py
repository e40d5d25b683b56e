"""The sheet as a person meets it: keys alone, through the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from hotich.pipeline import entry
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.sheet_dialogs import FilterSheet, ReplaceSheet
from hotich.ui.widgets.field_edit import FieldEdit
from hotich.ui.widgets.sheet_table import FROZEN
from hotich.workflow import FieldsConfirmed, Way
from tests.pipeline.many import CLERK, many_records
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.windows import program

SEX, NAME, PEOPLE = "nksGioiTinh", "nksHoTen", "nksDanToc"
LETTERS = "ABCDEF"


@pytest.fixture
def book(workspace, tmp_path):
    names = [f"Nguyễn Thi {letter}" for letter in LETTERS]
    return many_records(workspace, tmp_path, [{NAME: name, SEX: ("Nam", 0.5)} for name in names])


@pytest.fixture
def running(workspace, qtbot, tmp_path, book):
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book[0]
        made.window.resize(1366, 768)
        yield made


@pytest.fixture
def view(running, qtbot):
    press_key("go-sheet")
    shown = running.window.sheet
    qtbot.waitUntil(lambda: shown.presenter.row(0) is not None and shown.table.hasFocus(), timeout=8000)
    return shown


def column(view, field_id):
    return [field.id for field in view.presenter.columns].index(field_id)


def go(view, row, field_id):
    """Home, then the arrows."""
    press("Ctrl+Home")
    press("Down", row)
    press("Right", column(view, field_id))
    assert (view.table.currentIndex().row(), view.table.currentIndex().column()) == (row, column(view, field_id))


def written(workspace, book, field_id):
    return [workspace.record(record_id).written(field_id) for record_id in book[1]]


def shown(view, row, field_id, role=Qt.ItemDataRole.DisplayRole):
    return view.model.index(row, column(view, field_id)).data(role)


def dialog(kind, qtbot):
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), kind), timeout=4000)
    return QApplication.activeModalWidget()


def test_a_book_by_keys_alone(view, workspace, book, qtbot):
    """Typing, Enter, Tab, a paste from Excel, filling down, replacing with a preview, undo; entry and back."""
    go(view, 0, PEOPLE)
    type_text("Ê")
    type_text(" Đê")
    press("Return")
    assert view.table.currentIndex().row() == 1 and written(workspace, book, PEOPLE)[0] == "Ê Đê"
    press("Up")
    press("Shift+Down", 5)
    press_key("sheet-fill")
    assert written(workspace, book, PEOPLE) == ["Ê Đê"] * 6
    go(view, 0, NAME)
    QGuiApplication.clipboard().setText("".join(f"Trần Thi {letter}\r\n" for letter in LETTERS))
    press_key("sheet-paste")
    names = written(workspace, book, NAME)
    assert names == [f"Trần Thi {letter}" for letter in LETTERS]
    press_key("sheet-replace")
    sheet = dialog(ReplaceSheet, qtbot)
    type_text("Thi")
    press("Tab")
    type_text("Thị")
    press("Return")
    assert sheet.lines.rowCount() == 6
    press("Space")
    sheet.go.setFocus()
    press("Space")
    assert written(workspace, book, NAME) == ["Trần Thi A", *[f"Trần Thị {letter}" for letter in LETTERS[1:]]]
    press_key("sheet-undo")
    assert written(workspace, book, NAME) == names
    press_key("sheet-redo")
    assert written(workspace, book, NAME)[5] == "Trần Thị F"
    press_key("sheet-entry")
    window = view.window()
    assert window.screen_in_hand is Screen.ENTRY
    press_key("go-back")
    qtbot.waitUntil(lambda: view.table.hasFocus(), timeout=4000)
    ways = {a.event.way for a in workspace.actions(book_id=book[0]) if isinstance(a.event, FieldsConfirmed)}
    assert ways == {Way.SHEET, Way.FILL, Way.PASTE, Way.REPLACE}


@pytest.mark.parametrize("change", ["old", "new", "where", "whole", "any_case"])
def test_a_preview_counts_only_for_what_it_was_made_for(view, workspace, book, qtbot, change):
    go(view, 0, NAME)
    QGuiApplication.clipboard().setText("".join(f"Trần Thi {letter}\r\n" for letter in LETTERS))
    press_key("sheet-paste")
    press_key("sheet-replace")
    sheet = dialog(ReplaceSheet, qtbot)
    type_text("Thi")
    press("Tab")
    type_text("Thị")
    press("Return")
    assert sheet.lines.rowCount() == 6 and sheet.go.isEnabled()
    changed = getattr(sheet, change)
    changed.setFocus()
    if change in ("old", "new"):
        type_text("A")
    else:
        press("Down" if change == "where" else "Space")
    assert sheet.lines.rowCount() == 0 and not sheet.go.isEnabled() and sheet.chosen() == []
    assert "xem trước lại" in sheet.told.text()
    press("Return")
    assert sheet.go.isEnabled() == bool(sheet.lines.rowCount())
    assert "xem trước lại" not in sheet.told.text()
    press("Esc")


def test_marks_words_and_colours_say_how_a_cell_stands(view, workspace, book, qtbot):
    assert shown(view, 0, SEX) == "? Nam" and shown(view, 0, NAME) == "○ Nguyễn Thi A"
    assert shown(view, 0, SEX, Qt.ItemDataRole.FontRole).italic()
    assert "nghi ngờ" in shown(view, 0, SEX, Qt.ItemDataRole.AccessibleTextRole)
    assert shown(view, 0, "ngayDangKy") == "·"
    go(view, 0, SEX)
    press_key("sheet-accept")
    press_key("sheet-blank")
    press("Down")
    press_key("sheet-unreadable")
    # The rules have something to say of the last two.
    assert [shown(view, row, SEX) for row in range(3)] == ["Nam", "▲ —", "▲ ×"]
    entry.confirm(workspace, book[1][3], "nksNgaySinh", "31/2/2009", CLERK)
    press_key("reload")
    qtbot.waitUntil(lambda: str(shown(view, 3, "nksNgaySinh")).startswith("▲"), timeout=4000)
    assert shown(view, 3, "nksNgaySinh", Qt.ItemDataRole.ToolTipRole)


def test_a_closed_row_is_not_typed_over(view, workspace, book, qtbot, running):
    entry.void_record(workspace, book[1][0], "không có", CLERK)
    press_key("reload")
    qtbot.waitUntil(lambda: view.presenter.row(0) is not None and not view.presenter.row(0).changeable)
    go(view, 0, SEX)
    type_text("N", composed=False)
    press("N")
    assert not isinstance(focused(), FieldEdit)
    assert "không sửa được" in running.window._note.text()
    running.window.note("")
    type_text("Nữ")
    assert "không sửa được" in running.window._note.text() and not isinstance(focused(), FieldEdit)
    assert "∅" in view.model.headerData(0, Qt.Orientation.Vertical)


def test_tab_goes_right_and_escape_drops(view, workspace, book):
    go(view, 1, PEOPLE)
    type_text("Tày")
    press("Tab")
    assert written(workspace, book, PEOPLE)[1] == "Tày"
    assert view.table.currentIndex().column() == column(view, PEOPLE) + 1 and view.table.hasFocus()
    press("Shift+Tab")
    type_text("x")
    press("Esc")
    press("Esc")
    assert written(workspace, book, PEOPLE)[1] == "Tày" and view.table.hasFocus()


def test_f2_keeps_the_text_and_undo_inside_the_cell_is_the_cells(view, workspace, book):
    go(view, 0, NAME)
    press("F2")
    type_text("nh")
    assert focused().text() == "Nguyễn Thi Anh"
    press("Ctrl+Z")
    press("Return")
    assert written(workspace, book, NAME)[0] == "Nguyễn Thi A"


def test_f2_and_enter_say_nothing_of_an_empty_cell_and_accept_a_suggestion(view, workspace, book):
    head = workspace.head()
    go(view, 0, PEOPLE)
    press("F2")
    assert isinstance(focused(), FieldEdit)
    press("Return")
    assert workspace.head() == head and view.presenter.row(0).cells[PEOPLE].status.value == "empty"
    assert view.table.currentIndex().row() == 1 and view.table.hasFocus()
    go(view, 2, SEX)
    press_key("sheet-unreadable")
    press("F2")
    press("Return")
    assert view.presenter.row(2).cells[SEX].status.value == "unreadable"
    go(view, 0, NAME)
    press("F2")
    press("Return")
    assert written(workspace, book, NAME)[0] == "Nguyễn Thi A"


def test_a_cell_that_was_emptied_by_hand_is_blank(view, workspace, book):
    go(view, 0, NAME)
    press("F2")
    press("Backspace", len("Nguyễn Thi A"))
    press("Return")
    assert view.presenter.row(0).cells[NAME].status.value == "blank"


def test_a_filter_that_leaves_no_row_can_be_opened_again(view, qtbot, running):
    go(view, 0, NAME)
    press_key("sheet-filter")
    dialog(FilterSheet, qtbot)
    type_text("zzzz")
    press("Return")
    qtbot.waitUntil(lambda: view.nothing.isVisible() and view.nothing.text().startswith("Không"), timeout=4000)
    assert focused() is view.mode
    for key_id in ("sheet-fill", "sheet-accept", "sheet-entry", "sheet-blank", "sheet-unreadable", "sheet-copy"):
        running.window.note("")
        press_key(key_id)
        assert "Không có dòng nào" in running.window._note.text(), key_id
    press_key("sheet-filter")
    sheet = dialog(FilterSheet, qtbot)
    assert sheet.contains.text() == "zzzz" and "Họ" in sheet.windowTitle() + sheet.accessibleDescription()
    sheet.contains.selectAll()
    type_text("thi c")
    press("Return")
    qtbot.waitUntil(lambda: view.model.rowCount() == 1, timeout=4000)
    assert focused() is view.table


def test_the_strip_does_not_call_a_text_empty(view, workspace, book):
    go(view, 0, "ngayDangKy")
    type_text("a")
    press("Return")
    press("Up")
    assert "Không hiểu được “a”" in view.findings.text() and "để trống, hệ thống" not in view.findings.text()


def test_copying_takes_a_range_to_the_clipboard(view, workspace, book, qtbot):
    for row in range(2):
        entry.confirm(workspace, book[1][row], PEOPLE, f'Kinh "{row}"', CLERK)
    press_key("reload")
    qtbot.waitUntil(lambda: "Kinh" in str(shown(view, 0, PEOPLE)), timeout=4000)
    go(view, 0, PEOPLE)
    press("Shift+Down", 2)
    press_key("sheet-copy")
    assert QGuiApplication.clipboard().text() == '"Kinh ""0"""\r\n"Kinh ""1"""\r\n\r\n'


def test_a_column_is_filtered_sorted_and_shown_whole_again(view, qtbot):
    go(view, 0, NAME)
    press_key("sheet-filter")
    dialog(FilterSheet, qtbot)
    type_text("thi c")
    press("Return")
    qtbot.waitUntil(lambda: view.model.rowCount() == 1, timeout=4000)
    assert "▼" in view.model.headerData(column(view, NAME), Qt.Orientation.Horizontal)
    press_key("sheet-clear-filters")
    qtbot.waitUntil(lambda: view.model.rowCount() == 6, timeout=4000)
    go(view, 0, NAME)
    press("Alt+Down")
    sheet = dialog(FilterSheet, qtbot)
    sheet.tick_all()
    sheet.list.item(0).setCheckState(Qt.CheckState.Checked)
    sheet._sort("down")
    qtbot.waitUntil(lambda: view.model.rowCount() == 1, timeout=4000)
    press_key("sheet-clear-filters")
    qtbot.waitUntil(lambda: view.model.rowCount() == 6, timeout=4000)


def test_nothing_left_says_so_and_the_key_brings_rows_back(view, qtbot):
    for _ in range(3):
        press_key("sheet-mode")
    qtbot.waitUntil(lambda: view.nothing.isVisible(), timeout=4000)
    press_key("sheet-mode")
    qtbot.waitUntil(lambda: view.model.rowCount() == 6 and view.table.hasFocus(), timeout=4000)


def test_number_and_name_stand_still_and_never_hide_the_cell_in_hand(view, qtbot):
    press("Ctrl+Home")
    assert not view.table._frozen.isVisible()
    press("Right", len(view.presenter.columns) - 1)
    qtbot.waitUntil(lambda: view.table._frozen.isVisible(), timeout=4000)
    press("Left", 6)
    rect = view.table.visualRect(view.table.currentIndex())
    assert rect.left() >= view.table._frozen_width - 1
    shown_columns = [c for c in range(len(view.presenter.columns)) if not view.table._frozen.isColumnHidden(c)]
    assert shown_columns == list(range(FROZEN))
    press("Home")
    assert not view.table._frozen.isVisible()


def test_widths_are_remembered_with_the_book(view, running, workspace, book):
    view.table.horizontalHeader().resizeSection(2, 222)
    press_key("go-books")
    press_key("go-sheet")
    assert view.table.columnWidth(2) == 222
    field_id = view.presenter.columns[2].id
    assert view.presenter.order.widths == {field_id: 222}
    assert "222" in workspace.setting(f"sheet:{book[0]}")


def test_deleting_a_range_asks_first(view, workspace, book, qtbot):
    go(view, 0, PEOPLE)
    press("Shift+Down", 2)
    press("Del")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    press("Return")
    assert all(workspace.record(r).fields.get(PEOPLE).value is None for r in book[1][:3])


def test_short_codes_and_capitals_know_the_kind_of_the_column(view, running):
    running.typing.aids.capitals = True
    for field_id, kept in ((NAME, "Nguyễn Văn An "), (SEX, "nv an ")):
        go(view, 0, field_id)
        press("F2")
        edit = focused()
        assert isinstance(edit, FieldEdit)
        edit.selectAll()
        QTest.keyClicks(edit, "nv an ")
        assert edit.text() == kept
        press("Esc")
        press("Esc")
