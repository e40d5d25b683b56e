"""A job that ends, or F5, moves nothing under somebody in the middle of a word, on any screen where words are typed."""

import pytest

from hotich.ui.presenters.desk import Screen
from hotich.ui.widgets.field_edit import FieldEdit
from tests.pipeline.many import CLERK, many_records
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.made import record_now
from tests.ui.windows import program

NAME = "nksHoTen"


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    book_id, records = many_records(workspace, tmp_path, [{NAME: f"Nguyễn Thi {letter}"} for letter in "ABC"])
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book_id
        made.records = records
        yield made


def begin(running, qtbot, screen: Screen) -> None:
    """An empty editor for the name of the first record."""
    window = running.window
    window.go(screen)
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
    if screen is Screen.ENTRY:
        window.entry.presenter.open(running.records[0], NAME)
    else:
        columns = [field.id for field in window.sheet.presenter.columns]
        window.sheet.table.setFocus()
        window.sheet.table.show_cell(0, columns.index(NAME))
        press("F2")
        press("Ctrl+A")


@pytest.mark.parametrize("screen", [Screen.ENTRY, Screen.SHEET])
@pytest.mark.parametrize("disturb", ["a job that ended", "reload"])
def test_the_word_stays_whole_and_the_screen_follows_later(running, workspace, qtbot, screen, disturb):
    begin(running, qtbot, screen)
    type_text("Nguyễn Thị ")
    field = focused()
    assert isinstance(field, FieldEdit) and field.edited
    if disturb == "reload":
        press_key("reload")
    else:
        running.window.changed()
    qtbot.wait(400)  # Longer than it waits before it looks again.
    assert focused() is field and field.text() == "Nguyễn Thị " and not field.hasSelectedText()
    assert record_now(workspace, running.records[0]).written(NAME) == ""
    type_text("Ứng")
    press("Return")
    assert record_now(workspace, running.records[0]).written(NAME) == "Nguyễn Thị Ứng"
    refreshed = []
    running.window._screens[screen].refresh = lambda: refreshed.append(screen)
    qtbot.waitUntil(lambda: refreshed == [screen], timeout=3000)


def test_a_screen_where_nobody_types_follows_at_once(running, qtbot):
    running.window.go(Screen.BOOKS)
    refreshed = []
    running.window._screens[Screen.BOOKS].refresh = lambda: refreshed.append(1)
    running.window.changed()
    assert refreshed == [1]
