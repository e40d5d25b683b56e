"""Keys that fields, grids and lists answer themselves, changed: the new key does it, the old one no longer does."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication

from hotich.messages import Language
from hotich.pipeline.carousel import carousel_fields
from hotich.ui.keys import Where, choose, keys_of, picking
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.help_dialog import keys_table
from hotich.ui.widgets.field_edit import FieldEdit
from tests.pipeline.many import CLERK, many_records
from tests.ui.keyboard import focused, press, type_text
from tests.ui.made import record_now
from tests.ui.windows import program


@pytest.fixture(autouse=True)
def table_again():
    yield
    choose({})


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    book_id, records = many_records(workspace, tmp_path, [{"nksGioiTinh": sex} for sex in ("Nam", "Nữ", "Nam")])
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book_id
        made.records = records
        made.window.go(Screen.ENTRY)
        qtbot.waitUntil(lambda: made.jobs.live == 0, timeout=20000)
        yield made


def go_to(running, field_id: str, record: int = 0) -> None:
    running.window.entry.presenter.open(running.records[record], field_id)
    focused()


def written(workspace, running, field_id: str, record: int = 0) -> str:
    return record_now(workspace, running.records[record]).written(field_id)


def in_hand(running) -> str:
    row = running.window.entry.presenter.row
    return row.field.id if row is not None else ""


def test_another_key_accepts_in_the_entry_field(running, workspace):
    choose({"accept": "F10"})
    go_to(running, "nksHoTen")
    type_text("H'Hen Niê")
    press("Return")
    assert written(workspace, running, "nksHoTen") == "" and in_hand(running) == "nksHoTen"
    press("F10")
    assert written(workspace, running, "nksHoTen") == "H'Hen Niê" and in_hand(running) != "nksHoTen"


def test_enter_and_shift_enter_change_places(running, workspace):
    choose({"accept": "Shift+Return", "next": "Return"})
    view = running.window.entry.presenter.view
    go_to(running, "nksHoTen")
    type_text("H'Hen Niê")
    press("Return")
    ids = [row.field.id for row in view.rows]
    assert written(workspace, running, "nksHoTen") and in_hand(running) == ids[ids.index("nksHoTen") + 1]


def test_another_key_goes_back_and_another_opens_the_list(running):
    choose({"previous": "Ctrl+Shift+E", "choices": "F10"})
    go_to(running, "nksGioiTinh")
    popup = running.window.entry.panel._popup
    press("Alt+Down")
    assert not popup.isVisible()
    press("F10")
    assert popup.isVisible()
    press("Esc")
    press("Alt+Up")
    assert in_hand(running) == "nksGioiTinh"
    press("Ctrl+Shift+E")
    assert in_hand(running) not in ("", "nksGioiTinh")


def test_other_keys_take_the_lines_of_a_list(running, workspace):
    choose({"pick": "Meta+1"})
    assert picking(3) == "Meta+3"
    go_to(running, "nguoiKy")
    type_text("Nguyễn Văn Ánh")
    press("Return")
    go_to(running, "nguoiKy", 1)
    type_text("nva")
    press("Alt+1")
    assert written(workspace, running, "nguoiKy", 1) == ""
    press("Meta+1")
    assert written(workspace, running, "nguoiKy", 1) == "Nguyễn Văn Ánh"


@pytest.mark.parametrize(("chosen", "pressed"), [("F10", Qt.Key.Key_F10), ("Return", Qt.Key.Key_Return)])
def test_the_chosen_key_waits_for_a_word_that_is_being_composed(running, workspace, qtbot, chosen, pressed):
    choose({"accept": chosen})
    go_to(running, "nksHoTen")
    field = focused()
    QCoreApplication.sendEvent(field, QInputMethodEvent("hường", []))
    QCoreApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, pressed, Qt.KeyboardModifier.NoModifier))
    event = QInputMethodEvent("", [])
    event.setCommitString("Hường")
    QCoreApplication.sendEvent(field, event)
    qtbot.waitUntil(lambda: written(workspace, running, "nksHoTen") == "Hường")


def test_other_keys_in_the_carousel(running, workspace, qtbot):
    choose(
        {"snippets-confirm": "F10", "snippet-leave": "Ctrl+Shift+E", "snippet-entry": "Return", "snippet-edit": "F7"}
    )
    window = running.window
    window.go(Screen.CAROUSEL)
    view = window.carousel
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
    names = [field.id for field in carousel_fields(workspace, window.desk.book_id)]
    view.presenter.choose_field(names.index("nksGioiTinh"))
    qtbot.waitUntil(lambda: running.jobs.live == 0 and view.grid.model().rowCount() == 3, timeout=20000)
    view.grid.setFocus()
    for old in ("F2", "Space", "Del"):
        press(old)
        assert not isinstance(QApplication.focusWidget(), FieldEdit) and window.screen_in_hand is Screen.CAROUSEL
        assert not view.grid.left_out_keys
    press("Ctrl+Shift+E")
    assert len(view.grid.left_out_keys) == 1
    press("Ctrl+Shift+E")
    press("F7")
    assert isinstance(QApplication.focusWidget(), FieldEdit)
    press("Ctrl+A")
    type_text("1", composed=False)
    press("F10")
    assert not isinstance(QApplication.focusWidget(), FieldEdit)
    assert len([each for each in running.records if record_now(workspace, each).written("nksGioiTinh")]) == 1
    press("Return")
    assert window.screen_in_hand is Screen.ENTRY


def test_other_keys_in_the_sheet(running, workspace, qtbot):
    choose({"sheet-edit": "F10", "sheet-down": "Ctrl+E", "sheet-right": "Ctrl+Shift+E"})
    window = running.window
    window.go(Screen.SHEET)
    table = window.sheet.table
    qtbot.waitUntil(lambda: running.jobs.live == 0 and table.model().rowCount() == 3, timeout=20000)
    table.setFocus()
    table.show_cell(0, 1)

    def cell() -> tuple[int, int]:
        return table.currentIndex().row(), table.currentIndex().column()

    press("Return")
    press("F2")
    assert cell() == (0, 1) and not isinstance(QApplication.focusWidget(), FieldEdit)
    press("Ctrl+E")
    assert cell() == (1, 1)
    press("Ctrl+Shift+E")
    assert cell() == (1, 2)
    table.show_cell(1, 1)
    press("F10")
    assert isinstance(QApplication.focusWidget(), FieldEdit)
    type_text("H'Hen Niê")
    press("Ctrl+E")
    qtbot.waitUntil(lambda: written(workspace, running, "nksHoTen", 1) == "H'Hen Niê")
    assert cell() == (2, 1)
    press("F10")
    type_text("Y Moan Êban")
    press("Ctrl+Shift+E")
    qtbot.waitUntil(lambda: written(workspace, running, "nksHoTen", 2) == "Y Moan Êban")
    assert cell() == (2, 2)


def test_another_key_opens_a_book_and_another_confirms_the_form_of_a_page(running, qtbot):
    choose({"book-open": "F10", "page-confirm": "Ctrl+E"})
    window = running.window
    window.go(Screen.BOOKS)
    window.books.table.setFocus()
    press("Return")
    assert window.screen_in_hand is Screen.BOOKS
    press("F10")
    assert window.screen_in_hand is not Screen.BOOKS
    window.go(Screen.PAGES)
    window.pages.start()
    confirmed = []
    window.pages.presenter.confirm_form = confirmed.append
    press("Return")
    assert not confirmed
    press("Ctrl+E")
    assert confirmed == ["KS-2006"]


def test_help_shows_the_chosen_keys():
    choose({"accept": "F10"})
    table = keys_table(keys_of(Where.ENTRY), Language.VIETNAMESE, ("Phím", "Việc"))
    assert "| **F10** | Nhận, sang ô cần xem |" in table and "| **Enter** |" not in table
