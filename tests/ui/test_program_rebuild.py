"""The window built anew for other colours, type or words goes on where the old one was."""

import pytest
from PySide6.QtWidgets import QApplication

from hotich.messages import Language
from hotich.store import Workspace
from hotich.ui.views.display_dialog import DisplaySheet
from hotich.ui.views.keys_dialog import KeysSheet
from tests.ui.keyboard import focused, press, press_key, type_text
from tests.ui.made import CLERK, hand_over, record_now, suggest
from tests.ui.windows import entry_screen

FIELD = "meHoTen"


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    with entry_screen(workspace, qtbot, tmp_path, pages=3) as made:
        yield made


def go_to(running, record: int = 1) -> None:
    running.window.entry.presenter.open(running.records[record], FIELD)
    focused()


def shown(running) -> str:
    return next(line for line in running.window.entry.panel.lines if line.field_id == FIELD).edit.text()


def test_a_half_typed_field_is_kept_shown_and_still_in_hand(running, workspace):
    suggest(workspace, running.records[1], FIELD, "Quách Thi Man")
    go_to(running)
    type_text("Quách Thị Mẫn")
    running.rebuild()
    presenter = running.window.entry.presenter
    assert record_now(workspace, running.records[1]).written(FIELD) == "Quách Thị Mẫn" == shown(running)
    assert (presenter.view.record.record_id, presenter.row.field.id) == (running.records[1], FIELD)
    assert presenter.row.value is not None and focused() is running.window.entry.panel.line(presenter.current).edit
    press("Return")
    assert record_now(workspace, running.records[1]).written(FIELD) == "Quách Thị Mẫn"


def test_other_colours_by_keyboard_lose_no_letter_and_no_place(running, workspace):
    go_to(running)
    type_text("Quách Thị Mẫn")
    press_key("display")
    assert isinstance(QApplication.activeModalWidget(), DisplaySheet)
    old = running.window
    press("Down")
    press("Return")
    assert running.window is not old
    assert running.window.entry.presenter.row.field.id == FIELD and shown(running) == "Quách Thị Mẫn"


def test_a_field_reached_by_arrows_is_in_hand_in_the_new_language(running):
    go_to(running, 2)
    press("Down", 3)
    field_id = running.window.entry.presenter.row.field.id
    running._preferences.language = Language.ENGLISH
    running.rebuild()
    presenter = running.window.entry.presenter
    assert (presenter.view.record.record_id, presenter.row.field.id) == (running.records[2], field_id)
    running._preferences.language = Language.VIETNAMESE
    running.rebuild()


@pytest.mark.parametrize(("key_id", "sheet"), [("display", DisplaySheet), ("keys", KeysSheet)])
def test_a_refusal_of_what_was_typed_is_read_before_the_window_changes(running, workspace, key_id, sheet):
    hand_over(workspace, running.records[1])
    go_to(running)
    type_text("Sửa trộm")
    press_key(key_id)
    told = QApplication.activeModalWidget()
    assert told is not None and not isinstance(told, sheet) and told.accessibleDescription()
    press("Esc")
    press_key(key_id)
    assert isinstance(QApplication.activeModalWidget(), sheet)
    press("Esc")


def test_the_page_in_hand_stays_in_hand(running):
    press_key("go-pages")
    press("Down", 2)
    page = running.window.pages.presenter.row.page
    running.rebuild()
    assert running.window.pages.presenter.row.page == page
    assert running.window.pages.strip.currentRow() == 2


def test_the_record_under_review_stays_in_hand(running, workspace):
    for record_id in running.records:
        hand_over(workspace, record_id)
    press_key("go-review")
    running.window.review.presenter.step(1)
    held = running.window.review.presenter.record
    running.rebuild()
    assert running.window.review.presenter.record == held
    assert running.window.review.queue.currentIndex().row() == 1


def test_the_search_in_hand_is_asked_again(running, workspace, qtbot):
    hand_over(workspace, running.records[0])
    press_key("go-search")
    type_text("hen", composed=False)
    press("Return")
    qtbot.waitUntil(lambda: len(running.window.search.presenter.hits) == 1, timeout=8000)
    running.rebuild()
    assert running.window.search.line.text() == "hen"
    qtbot.waitUntil(lambda: len(running.window.search.presenter.hits) == 1, timeout=8000)


def test_fields_left_by_tab_are_where_work_goes_on_after_the_power_failed(running, workspace):
    go_to(running, 0)
    type_text("Quách Thị Mẫn")
    press("Tab")
    type_text("1980")
    press("Tab")
    here = running.window.entry.presenter.row.field.id
    workspace.remember("after", "what was posted before")
    with Workspace.read_only(workspace.folder) as beside:
        place = beside.last_place(CLERK)
    assert (place.record_id, place.field_id) == (running.records[0], here) and here != FIELD
