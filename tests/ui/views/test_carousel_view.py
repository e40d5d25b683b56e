"""The carousel as a person meets it: keys alone, through the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from hotich.ui.presenters.desk import Screen
from hotich.ui.widgets.field_edit import FieldEdit
from hotich.workflow import FieldsConfirmed, Way
from tests.pipeline.many import CLERK, many_records
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.windows import program

SEX, NAME = "nksGioiTinh", "nksHoTen"
READ = ["Nam"] * 5 + ["Nữ"] * 4 + [("Nữ", 0.3)]
ALL = len(READ)


@pytest.fixture
def records(workspace, tmp_path):
    names = [f"Nguyễn Thị {letter}" for letter in "ABCDEFGHIJ"]
    return many_records(workspace, tmp_path, [{SEX: s, NAME: n} for s, n in zip(READ, names, strict=True)])


@pytest.fixture
def running(workspace, qtbot, tmp_path, records):
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = records[0]
        made.window.resize(1366, 768)
        yield made


@pytest.fixture
def view(running, qtbot):
    """The carousel with all pictures of the sexes painted."""
    press_key("go-carousel")
    shown = running.window.carousel
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=8000)
    choose(shown, SEX, qtbot)
    return shown


def choose(view, field_id, qtbot):
    """F3 and the arrows, then Enter."""
    ids = [field.id for field in view.presenter._fields]
    press_key("snippet-field")
    steps = ids.index(field_id) - view.field.currentIndex()
    press("Down" if steps > 0 else "Up", abs(steps))
    qtbot.waitUntil(lambda: not view.nothing.isVisible(), timeout=8000)
    press("Return")
    qtbot.waitUntil(lambda: view.presenter.field.id == field_id and view.grid.hasFocus(), timeout=8000)
    qtbot.waitUntil(lambda: len(view.grid.in_sight()) == view.model.rowCount(), timeout=8000)


def written(workspace, records, field_id=SEX):
    return [workspace.record(record_id).written(field_id) for record_id in records[1]]


def look(view, qtbot):
    """As long as the rule asks for."""
    qtbot.waitUntil(lambda: not view.presenter._looking.missing(view.grid.in_sight()), timeout=5000)


def test_a_book_by_keys_alone(view, workspace, records, qtbot):
    """Enter confirms the page, typing corrects one, Del leaves one out, Space goes to entry and a key comes back."""
    press("Return")
    assert written(workspace, records) == [""] * ALL
    press("Right")
    type_text("nữ")
    press("Return")
    assert written(workspace, records)[1] == "Nữ"
    assert view.grid.currentIndex().row() == 2
    press("Del")
    look(view, qtbot)
    press("Return")
    assert written(workspace, records) == ["Nam", "Nữ", "", "Nam", "Nam", *["Nữ"] * 4, ""]
    assert view.counts.text() == "Xong 8 / 10, còn 2"
    press("Space")
    window = view.window()
    assert window.screen_in_hand is Screen.ENTRY
    assert window.entry.presenter.row.field.id == SEX
    press_key("go-back")
    assert window.screen_in_hand is Screen.CAROUSEL
    qtbot.waitUntil(lambda: len(view.grid.in_sight()) == ALL, timeout=8000)
    press("Ctrl+Z")
    assert sum(bool(text) for text in written(workspace, records)) == 1
    press("Ctrl+Y")
    assert sum(bool(text) for text in written(workspace, records)) == 8
    ways = [a.event.way for a in workspace.actions(book_id=records[0]) if isinstance(a.event, FieldsConfirmed)]
    assert set(ways) == {Way.CAROUSEL}


def test_a_key_held_down_confirms_nothing(view, workspace, records, qtbot):
    look(view, qtbot)
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(view.grid, held)
    assert written(workspace, records) == [""] * ALL


def test_fake_backspaces_of_unikey_stay_in_the_cell(view, workspace, records):
    """Unikey sends `a`, then a Backspace and `ă`: the first letter opens the cell, the rest goes into it."""
    for key, text in ((Qt.Key.Key_N, "N"), (Qt.Key.Key_U, "u"), (Qt.Key.Key_Backspace, "\b"), (0, "ữ")):
        QApplication.sendEvent(focused(), QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, text))
    assert isinstance(focused(), FieldEdit) and focused().text() == "Nữ"
    press("Return")
    assert written(workspace, records)[0] == "Nữ" and view.grid.hasFocus()
    assert not view.grid.left_out_keys


def test_escape_drops_what_was_typed(view, workspace, records):
    type_text("x")
    press("Esc")
    press("Esc")
    assert written(workspace, records) == [""] * ALL and view.grid.hasFocus()


def test_a_code_is_taken_from_the_list(view, workspace, records):
    press("2")
    press("Return")
    assert workspace.record(records[1][0]).normal(SEX) == "2"
    assert written(workspace, records)[0] == "Nữ"


def test_a_text_of_two_composed_words_is_kept_whole(view, workspace, records, qtbot):
    choose(view, NAME, qtbot)
    for word in ("Hường", " Đỗ", " Ngữ"):
        type_text(word)
    press("Return")
    assert written(workspace, records, NAME)[0] == "Hường Đỗ Ngữ"


def test_f2_leaves_the_text_to_be_changed(view, workspace, records, qtbot):
    choose(view, NAME, qtbot)
    press("F2")
    type_text("nh")
    press("Return")
    assert written(workspace, records, NAME)[0] == "Nguyễn Thị Anh"


def test_f2_and_enter_say_nothing_of_an_empty_snippet(view, workspace, records, qtbot):
    choose(view, NAME, qtbot)
    press("F2")
    press("Return")
    assert written(workspace, records, NAME)[0] == "Nguyễn Thị A"
    key, head = view.grid.current_key, workspace.head()
    press("F2")
    focused().clear()
    assert not focused().edited
    press("Return")
    assert workspace.head() == head and view.grid.current_key == key and view.grid.hasFocus()


@pytest.mark.parametrize("disturb", ["a job that ended", "reload"])
def test_a_half_typed_snippet_stays_while_the_screen_changes(view, running, workspace, records, qtbot, disturb):
    press("F2")
    press("Ctrl+A")
    type_text("n")
    field = focused()
    if disturb == "reload":
        press_key("reload")
    else:
        running.window.changed()
    qtbot.wait(400)
    assert focused() is field and isinstance(field, FieldEdit) and field.edited
    type_text("ữ")
    press("Return")
    assert written(workspace, records)[0] == "Nữ"


def test_arrows_page_keys_and_filters(view, qtbot):
    press("Down")
    assert view.grid.currentIndex().row() == 5
    press("End")
    assert view.grid.currentIndex().row() == ALL - 1
    press("PgUp")
    press("Home")
    assert view.grid.currentIndex().row() == 0
    press_key("snippet-show")
    assert view.model.rowCount() == 1
    press_key("snippet-show")
    press_key("snippet-show")
    assert view.model.rowCount() == ALL


def test_what_is_half_hidden_or_without_picture_is_not_in_sight(view, qtbot):
    whole = view.grid.in_sight()
    view.grid.pictures.drop(whole[0])
    assert view.grid.in_sight() == whole[1:]
    view.window().resize(960, 600)
    view.grid.setFixedHeight(view.grid._measures.heading + view.grid._measures.cell_height + 10)
    qtbot.wait(10)
    assert 0 < len(view.grid.in_sight()) <= view.grid._layout.columns


def test_the_same_snippets_dealt_again_can_be_confirmed(view, workspace, records, qtbot, running):
    press_key("reload")
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=8000)
    qtbot.waitUntil(lambda: set(view.presenter._looking.keys) == set(view.grid.in_sight()) != set(), timeout=4000)
    look(view, qtbot)
    press("Return")
    assert sum(bool(text) for text in written(workspace, records)) == 9


def test_leaving_the_screen_ends_the_look(view, qtbot):
    look(view, qtbot)
    press_key("go-books")
    assert view.presenter._looking.keys == ()


def test_snippets_speak(view):
    index = view.model.index(0, 0)
    told = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert "01" in told and "Nam" in told and "97%" in told
    assert view.grid.accessibleName() and view.told.text() == told


def test_an_empty_book_says_why(running, qtbot, workspace):
    running.window.desk.book_id = ""
    press_key("go-carousel")
    assert running.window.carousel.nothing.text()
