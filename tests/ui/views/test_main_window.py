"""The window as a whole: names for those who cannot see it, reach by keyboard, what it remembers."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    QWidget,
)

from hotich.errors import InputError
from hotich.messages import Language
from hotich.pipeline.tuning import settings_of
from hotich.ui.actions import spelled
from hotich.ui.keys import KEYS
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Screen
from hotich.ui.theme import ThemeName
from hotich.ui.views.display_dialog import DisplaySheet
from hotich.ui.widgets.scan_view import ScanView
from hotich.values import MACHINE, Alternative, Origin, Reading, Status
from hotich.workflow import Draft, ReadingsMade
from tests.ui.keyboard import press, press_key, tab_order, type_text
from tests.ui.made import ANSWERS, CLERK, REVIEWER, fill, hand_over, record_now, small_book
from tests.ui.windows import program

INPUTS = (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextBrowser,
    ScanView,
)


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    book, _ = small_book(workspace, tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book.book_id
        yield made


@pytest.fixture
def window(running):
    return running.window


def is_part(widget: QWidget) -> bool:
    """Whether the widget is a part of an input, such as the list inside a combo box."""
    parent = widget.parentWidget()
    while parent is not None and not parent.isWindow():
        if isinstance(parent, INPUTS):
            return True
        parent = parent.parentWidget()
    return type(parent).__name__ == "QFrame" or widget.objectName().startswith("qt_")


def nameless(top: QWidget) -> list[str]:
    """Inputs and buttons of a person's without an accessible name."""
    found = []
    for widget in top.findChildren(QWidget):
        if isinstance(widget, INPUTS) and not is_part(widget) and not widget.accessibleName():
            found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


@pytest.mark.parametrize("screen", list(Screen))
def test_every_input_and_button_has_an_accessible_name(window, screen):
    window.go(screen)
    assert nameless(window) == []


@pytest.mark.parametrize("key_id", ["help", "person", "display", "book-new", "book-import"])
def test_dialogs_too(window, key_id, qtbot):
    window.go(Screen.BOOKS)
    press_key(key_id)
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QDialog) and nameless(dialog) == []
    press("Esc")
    assert QApplication.activeModalWidget() is None


@pytest.mark.parametrize("screen", list(Screen))
def test_tab_reaches_every_button_and_field_of_a_screen(window, screen, qtbot, running):
    window.go(screen)
    qtbot.waitUntil(lambda: running.jobs.live == 0)
    wanted = {
        widget
        for widget in window.findChildren(QWidget)
        if isinstance(widget, INPUTS) and widget.isVisible() and widget.isEnabled()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and not is_part(widget)
    }
    # In the sheet Tab first goes along the row.
    reached = set(tab_order(window, len(wanted) + 60))
    missing = {f"{type(w).__name__} {w.accessibleName()}" for w in wanted - reached}
    assert not missing


def test_every_shortcut_of_the_table_is_bound_to_something(window):
    bound = {action.objectName() for widget in [window, *window.findChildren(QWidget)] for action in widget.actions()}
    assert {key.id for key in KEYS if not key.typed} <= bound


@pytest.mark.parametrize("screen", list(Screen))
def test_screens_fit_a_small_display(window, screen):
    window.go(screen)
    window.resize(1366, 768)
    assert (window.width(), window.height()) == (1366, 768)
    assert window.minimumSizeHint().width() <= 1366 and window.minimumSizeHint().height() <= 740


@pytest.mark.parametrize("language", list(Language))
def test_large_type_fits_a_small_display_too(running, language):
    running._preferences.type_size = 150
    running._preferences.language = language
    running.rebuild()
    for screen in Screen:
        running.window.go(screen)
        least = running.window.minimumSizeHint()
        assert least.width() <= 1366 and least.height() <= 740, (screen, least)
    running.window.go(Screen.REVIEW)
    running.window.resize(1366, 768)
    running.window.review.splitter.setSizes([250, 380, 550])
    queue, picture, values = running.window.review.splitter.sizes()
    assert picture > queue and 2 * picture > values
    running._preferences.type_size = 100
    running._preferences.language = Language.VIETNAMESE
    running.rebuild()


def test_a_zoom_that_somebody_chose_is_there_again_next_time(running):
    running.window.go(Screen.ENTRY)
    for _ in range(3):
        press_key("zoom-in")
    chosen = running.window.entry.scan.scale_now
    running.rebuild()
    running.window.go(Screen.ENTRY)
    assert running.window.entry.scan.scale_now == pytest.approx(chosen)
    press_key("zoom-follow")
    running.rebuild()
    assert not running.window.entry.scan.pinned


def test_f5_and_the_numbers_lead_from_screen_to_screen(window):
    for number, screen in enumerate(Screen, 1):
        press(f"Ctrl+{number}")
        assert window.screen_in_hand is screen
    press_key("reload")
    assert window.screen_in_hand is list(Screen)[-1]


def test_the_navigation_is_walked_by_arrows(window):
    window.go(Screen.BOOKS)
    press_key("next-part")
    press("Down", 2)
    press("Return")
    assert window.screen_in_hand is Screen.ENTRY
    press_key("next-part")
    press_key("next-part")
    assert QApplication.focusWidget().window() is window


def test_a_field_typed_and_entered_is_on_disk_at_once(window, workspace):
    window.go(Screen.ENTRY)
    presenter = window.entry.presenter
    record_id = presenter.view.record.record_id
    place = [row.field.id for row in presenter.view.rows].index("nksHoTen")
    window.entry.panel.focus(place)
    type_text("Đặng Thị Thuỷ")
    press("Return")
    assert record_now(workspace, record_id).written("nksHoTen") == "Đặng Thị Thuỷ"
    assert QApplication.focusWidget() is window.entry.panel.line(presenter.current).edit
    press_key("undo")
    assert record_now(workspace, record_id).written("nksHoTen") == ""
    press_key("redo")
    assert record_now(workspace, record_id).written("nksHoTen") == "Đặng Thị Thuỷ"


def test_another_reading_is_taken_from_the_list(window, workspace):
    record_id = workspace.record_ids(window.desk.book_id)[0]
    other = Alternative("Trần Thị Xê", "Trần Thị Xê", 0.2)
    reading = Reading("nksHoTen", "Trần Thị Xệ", "Trần Thị Xệ", 0.86, "thu", "1", alternatives=(other,))
    record = record_now(workspace, record_id)
    workspace.append(Draft(record.book_id, ReadingsMade((reading,)), MACHINE, record_id, record.page_id))
    window.go(Screen.ENTRY)
    window.entry.presenter.open(record_id, "nksHoTen")
    press("Alt+Down")
    press("Down")
    press("Return")
    value = record_now(workspace, record_id).fields["nksHoTen"].value
    assert (value.as_written, value.origin) == ("Trần Thị Xê", Origin.ALTERNATIVE)


def test_what_is_typed_is_called_so_until_it_is_dropped_or_kept(window):
    window.go(Screen.ENTRY)
    line = window.entry.panel.line(window.entry.presenter.current)
    before = line.state.text()
    type_text("ab")
    assert line.state.text() == "đang gõ" != before
    press("Esc")
    press("Esc")
    assert line.state.text() == before
    # No number at all: kept at the second Enter.
    type_text("ab")
    press("Return")
    assert line.state.text() == "đang gõ"
    press("Return")
    assert line.state.text() == "đã nhận"


def test_leaving_a_field_by_tab_or_page_down_keeps_what_was_typed(window, workspace):
    window.go(Screen.ENTRY)
    presenter = window.entry.presenter
    record_id = presenter.view.record.record_id
    ids = [row.field.id for row in presenter.view.rows]
    window.entry.panel.focus(ids.index("nksHoTen"))
    type_text("Lý A Sò")
    press("Tab")
    assert record_now(workspace, record_id).written("nksHoTen") == "Lý A Sò"
    assert presenter.current == ids.index("nksHoTen") + 1
    window.entry.panel.focus(ids.index("meHoTen"))
    type_text("Lý Thị Mẩy")
    press_key("record-after")
    assert record_now(workspace, record_id).written("meHoTen") == "Lý Thị Mẩy"
    assert presenter.view.record.record_id != record_id


def test_a_reviewer_returns_with_a_reason_by_keyboard(window, workspace):
    record_id = window.desk.workspace.record_ids(window.desk.book_id)[0]
    hand_over(workspace, record_id)
    window.set_person(REVIEWER)
    window.go(Screen.REVIEW)
    press_key("give-back")
    type_text("Xem lại họ tên mẹ")
    press("Return")
    record = record_now(workspace, record_id)
    assert (record.status, record.return_reason) == (Status.RETURNED, "Xem lại họ tên mẹ")


def test_own_work_is_shown_and_its_approval_refused_in_a_sentence(window, workspace):
    record_id = window.desk.workspace.record_ids(window.desk.book_id)[0]
    hand_over(workspace, record_id, REVIEWER)
    window.set_person(REVIEWER)
    window.go(Screen.REVIEW)
    assert REVIEWER.name in window.review.remark.text()
    press_key("approve")
    assert REVIEWER.name in QApplication.activeModalWidget().accessibleDescription()
    press("Return")
    assert record_now(workspace, record_id).status is Status.SUBMITTED


def test_long_work_shows_its_progress_and_can_be_stopped(window, qtbot):
    def work(ticket):
        for number in range(100_000):
            ticket.progress(number, 100_000)
            ticket.check()
            time.sleep(0.001)

    window.run("Đang đọc trang", work, lambda result: None)
    qtbot.waitUntil(lambda: window._strip.isVisible() and window._strip.bar.maximum() == 100_000)
    assert window._strip.told.isVisible() and window._strip.told.text().endswith("/100000")
    window.run("Việc khác", work, lambda result: None)
    assert "Shift+Esc" in QApplication.activeModalWidget().accessibleDescription()
    press("Return")
    press_key("stop-work")
    qtbot.waitUntil(lambda: not window._strip.isVisible())
    assert "Đã dừng" in window._note.text()


def test_an_error_of_long_work_is_told_in_words(window, qtbot):
    def work(ticket):
        raise InputError("input-empty-file", file="a.jpg")

    window.run("Đang nạp", work, lambda result: None)
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    assert QApplication.activeModalWidget().accessibleDescription().endswith(".")
    press("Return")


def test_the_box_of_a_field_is_moved_by_arrows(window, workspace, qtbot, running):
    window.go(Screen.PAGES)
    qtbot.waitUntil(lambda: running.jobs.live == 0)
    press_key("page-corners")
    press("Return", 4)
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=30000)
    window.go(Screen.ENTRY)
    qtbot.waitUntil(lambda: running.jobs.live == 0)
    presenter = window.entry.presenter
    place = [row.field.id for row in presenter.view.rows].index("nksHoTen")
    window.entry.panel.focus(place)
    before = presenter.view.rows[place].region.quad.bounds
    press_key("move-box")
    press("Right", 3)
    press("Shift+Down", 2)
    press("Return")
    after = presenter.view.rows[place].region.quad.bounds
    assert after[0] > before[0] and after[3] - after[1] > before[3] - before[1]
    assert QApplication.focusWidget() is window.entry.panel.line(place).edit


def test_a_person_must_be_named_before_anything_is_written(workspace, qtbot, tmp_path):
    with program(workspace, qtbot, tmp_path) as running:
        assert isinstance(QApplication.activeModalWidget(), QDialog)
        press("Esc")
        assert not running.window.isVisible()


def test_what_the_window_remembers_is_no_personal_data(running, tmp_path):
    running.window.close()
    text = (tmp_path / "window.ini").read_text(encoding="utf-8")
    assert "layout" in text
    for word in (CLERK.name, "Lan", "Tân Lập", *ANSWERS.values()):
        assert len(word) < 4 or word not in text


def test_the_window_speaks_english_after_the_language_was_changed(running, workspace):
    running._preferences.language = Language.ENGLISH
    running.rebuild()
    labels = [label.text() for label in running.window.findChildren(QLabel)]
    assert running.window.screen_in_hand is Screen.BOOKS
    assert running.window.windowTitle().startswith("Registers")
    assert not any("Sổ hộ tịch" in text for text in labels)
    running._preferences.language = Language.VIETNAMESE
    running.rebuild()
    assert running.window.windowTitle().startswith("Sổ hộ tịch")


@pytest.mark.parametrize("theme", list(ThemeName))
def test_every_theme_dresses_the_whole_window(running, theme):
    running._preferences.theme = theme
    running.rebuild()
    running.window.go(Screen.ENTRY)
    assert not running.window.grab().isNull()


def test_preferences_survive_nonsense_in_their_file(tmp_path):
    file = tmp_path / "window.ini"
    file.write_text("[General]\ntheme=pink\ntype_size=7\nlanguage=fr\nzoom=x\n", encoding="utf-8")
    preferences = Preferences(file)
    assert (preferences.theme, preferences.language) == (ThemeName.LIGHT, Language.VIETNAMESE)
    assert (preferences.type_size, preferences.zoom) == (100, 0.0)


def test_keys_are_named_as_they_are_printed():
    assert spelled("Ctrl+Return") == "Ctrl+Enter"


def test_records_already_handed_over_cannot_be_submitted_again(window, workspace):
    record_id = workspace.record_ids(window.desk.book_id)[0]
    fill(workspace, record_id)
    window.go(Screen.ENTRY)
    window.entry.presenter.open(record_id)
    assert window.entry.submit.isEnabled()
    window.entry.presenter.submit()
    window.entry.presenter.open(record_id)
    assert not window.entry.submit.isEnabled()


def test_a_window_that_is_replaced_hears_of_nothing_any_more(running, workspace, qtbot):
    running.window.go(Screen.ENTRY)
    assert running.window.desk.memory is not None
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
    heard = len(workspace._listeners)
    for _ in range(3):
        running.rebuild()
        running.window.go(Screen.ENTRY)
        assert running.window.desk.memory is not None
        qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
    assert len(workspace._listeners) == heard


def test_a_supervisor_sets_how_sure_the_rest_must_be_and_a_clerk_sees_it(running, workspace):
    running.window.set_person(REVIEWER)
    press_key("display")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, DisplaySheet) and sheet.target.isEnabled() and sheet.target.value() == 99.0
    sheet.target.setValue(97.5)
    press("Return")
    assert settings_of(workspace).accept_rest_above == 0.975
    running.window.set_person(CLERK)
    press_key("display")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, DisplaySheet) and not sheet.target.isEnabled() and sheet.target.value() == 97.5
    sheet.reject()
    running.window.go(Screen.ENTRY)
    assert "97,5 %" in running.window.entry.rest.toolTip()
