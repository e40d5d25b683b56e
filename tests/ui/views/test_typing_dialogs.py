"""Shortcuts, typing, the first cards: everything by keyboard in the real window."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget

from hotich.messages import Language
from hotich.ui.key_choice import collisions
from hotich.ui.keys import choose, key
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.keys_dialog import CatchSheet, KeysSheet
from hotich.ui.views.short_codes_dialog import ShortCodesSheet
from hotich.ui.views.tour_dialog import TourSheet
from hotich.ui.views.typing_dialog import TypingSheet
from tests.ui.keyboard import focused, press, press_key, tab_order
from tests.ui.made import CLERK, small_book
from tests.ui.views.test_main_window import INPUTS, is_part, nameless
from tests.ui.windows import opened, program


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    book, _ = small_book(workspace, tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book.book_id
        yield made
    choose({})


SHEETS = {"keys": KeysSheet, "typing": TypingSheet, "short-codes": ShortCodesSheet, "tour": TourSheet}


@pytest.mark.parametrize("language", list(Language))
def test_a_key_opens_each_and_everything_in_it_has_a_name_and_is_reached(running, language):
    running._preferences.language = language
    running.rebuild()
    for key_id, kind in SHEETS.items():
        press_key(key_id)
        dialog = opened(kind)
        assert nameless(dialog) == []
        wanted = {widget for widget in dialog.findChildren(QWidget) if can_have_focus(widget)}
        assert wanted and wanted <= set(tab_order(dialog, len(wanted) + 6)), key_id
        press("Esc")
        assert QApplication.activeModalWidget() is None
    running._preferences.language = Language.VIETNAMESE


def test_f1_leads_to_the_shortcuts_and_the_cards(running):
    press_key("help")
    sheet = QApplication.activeModalWidget()
    names = {made.accessibleName() for made in sheet.buttons.buttons()}
    assert {"Đổi phím", "Năm điều cần biết"} <= names
    next(made for made in sheet.buttons.buttons() if made.accessibleName() == "Đổi phím").click()
    opened(KeysSheet)
    press("Esc")


def test_a_shortcut_is_changed_by_keyboard_and_followed_by_buttons_and_help(running, qtbot):
    running.window.go(Screen.ENTRY)
    press_key("keys")
    sheet = opened(KeysSheet)
    sheet.search.setFocus()
    QTest.keyClicks(focused(), "F9")
    sheet.table.setFocus()
    row = next(place for place, line in enumerate(sheet._model.rows) if line.key.id == "blank")
    sheet.table.choose(row)
    press("Return")
    catcher = opened(CatchSheet)
    press("F8")
    assert "Có chữ nhưng không đọc được" in catcher.problem.text() and not catcher._ok.isEnabled()
    press("Ctrl+Space")
    assert "bộ gõ" in catcher.problem.text()
    press("Ctrl+Shift+F8")
    assert catcher.problem.text() == "" and catcher._ok.isEnabled()
    catcher._ok.click()
    assert opened(KeysSheet).chosen == {"blank": "Ctrl+Shift+F8"}
    sheet.accept()
    assert key("blank").sequence == "Ctrl+Shift+F8" and running._preferences.keys == {"blank": "Ctrl+Shift+F8"}
    buttons = {made.text() for made in running.window.entry.findChildren(QPushButton)}
    assert any("Ctrl+Shift+F8" in text for text in buttons) and not any("(F9)" in text for text in buttons)
    press_key("keys")
    again = opened(KeysSheet)
    again.reset_all()
    again.accept()
    assert key("blank").sequence == "F9" and running._preferences.keys == {}


def test_one_is_not_reset_onto_keys_that_another_has_now(running):
    press_key("keys")
    sheet = opened(KeysSheet)
    assert sheet.give("blank", "F10") == "" and sheet.give("unreadable", "F9") == ""
    sheet.reset("blank")
    assert sheet.chosen["blank"] == "F10" and "F9" in sheet.told.text()
    assert collisions(sheet.chosen) == ()
    sheet.reset("unreadable")
    sheet.reset("blank")
    assert sheet.chosen == {}
    press("Esc")


def test_keys_of_the_field_itself_are_changed_like_others(running):
    press_key("keys")
    sheet = opened(KeysSheet)
    row = next(place for place, line in enumerate(sheet._model.rows) if line.key.id == "accept")
    sheet.table.choose(row)
    press("Return")
    catcher = opened(CatchSheet)
    press("Shift+Return")
    assert "Nhận và sang ô liền sau" in catcher.problem.text() and not catcher._ok.isEnabled()
    press("Ins")
    assert "gõ hoặc sửa chữ" in catcher.problem.text()
    press("F10")
    catcher._ok.click()
    opened(KeysSheet).accept()
    assert key("accept").sequence == "F10" and running._preferences.keys == {"accept": "F10"}
    press_key("keys")
    again = opened(KeysSheet)
    again.reset_all()
    again.accept()
    assert key("accept").sequence == "Return"


def test_typing_is_tried_in_the_sheet_and_kept_by_ok(running):
    press_key("typing")
    sheet = opened(TypingSheet)
    sheet.method.setCurrentIndex(sheet.method.findData("telex"))
    sheet.capitals.setChecked(True)
    sheet.trial.setFocus()
    QTest.keyClicks(sheet.trial, "nv ddinhj ")
    assert sheet.trial.text() == "Nguyễn Văn Định "
    sheet.accept()
    assert running._preferences.typing.method == "telex" and running.typing.method == "telex"
    assert running.window._typing.isVisible() and "Telex" in running.window._typing.text()


def test_esc_leaves_typing_as_it_was(running):
    press_key("typing")
    sheet = opened(TypingSheet)
    sheet.method.setCurrentIndex(sheet.method.findData("vni"))
    assert running.typing.method == "vni"
    press("Esc")
    assert running.typing.method == "" and running._preferences.typing.method == ""


def test_another_input_method_turns_the_own_one_off_and_is_told(running):
    running._preferences.typing = type(running._preferences.typing)(method="telex")
    running._typing_changed()
    press_key("person")
    edit = focused()
    QApplication.sendEvent(edit, QInputMethodEvent("ngu", []))
    QApplication.sendEvent(edit, QInputMethodEvent("", []))
    assert running.typing.method == "" and running._preferences.typing.method == ""
    assert "bộ gõ khác" in running.window._note.text() and not running.window._typing.isVisible()
    press("Esc")


def test_the_cards_are_walked_by_enter_and_left_by_esc(running):
    press_key("tour")
    sheet = opened(TourSheet)
    titles = []
    for _ in range(5):
        titles.append(sheet.labels[0].text())
        assert sheet.labels[1].text() and "{" not in sheet.labels[1].text()
        press("Return")
    assert len(set(titles)) == 5 and QApplication.activeModalWidget() is None
    press_key("tour")
    sheet = opened(TourSheet)
    press("Right")
    press("Left")
    press("Left")
    assert sheet.place == 0
    press("Esc")
    assert QApplication.activeModalWidget() is None and running._preferences.tour_seen


def test_the_own_pace_counts_what_this_person_did_and_can_be_hidden(running, workspace):
    from tests.ui.made import ANSWERS, fill

    record_id = next(iter(workspace.record_ids(running.window.desk.book_id)))
    fill(workspace, record_id)
    assert running.window.pace.fields >= len(ANSWERS) and running.window.pace.records == 0
    shown = [one for one in running.window.findChildren(QLabel) if type(one).__name__ == "PaceLabel"]
    shown[0].refresh()
    assert str(running.window.pace.fields) in shown[0].text()
    running.window.desk.actor = type(CLERK)("Người khác", CLERK.role)
    assert running.window.pace.fields == 0
    running.window.desk.actor = CLERK
    running._preferences.pace_shown = False
    running.rebuild()
    shown = [one for one in running.window.findChildren(QLabel) if type(one).__name__ == "PaceLabel"]
    assert not shown[0].isVisible()


def test_twice_the_size_leaves_picture_and_field_in_sight(running, qtbot):
    window = running.window
    window.setMinimumSize(0, 0)
    window.go(Screen.ENTRY)
    window.resize(683, 384)
    qtbot.waitUntil(lambda: window.entry.splitter.orientation() is Qt.Orientation.Vertical)
    assert window.minimumSizeHint().width() <= 683 and window.minimumSizeHint().height() <= 384
    window.entry.start()
    QApplication.processEvents()
    edit = window.entry.panel.lines[0].edit
    frame = window.entry.parentWidget()
    for widget in (edit, window.entry.scan):
        corner = widget.mapTo(frame, widget.rect().topLeft())
        assert frame.rect().contains(corner)
    window.resize(1366, 768)
    assert window.entry.splitter.orientation() is Qt.Orientation.Horizontal


def test_dialogs_are_never_larger_than_the_display(running):
    for key_id in (*SHEETS, "help", "display", "person"):
        press_key(key_id)
        sheet = QApplication.activeModalWidget()
        room = sheet.screen().availableGeometry()
        assert sheet.width() <= room.width() and sheet.height() <= room.height()
        # At twice the size a display of 1366x768 has 683x384 left.
        assert sheet.minimumSizeHint().width() <= 683 and sheet.minimumSizeHint().height() <= 384, key_id
        press("Esc")


def changes_with_focus(widget: QWidget) -> bool:
    """Whether a widget looks otherwise while it has the focus, the cursor in it apart."""
    other = next(one for one in widget.window().findChildren(QWidget) if one is not widget and can_have_focus(one))
    other.setFocus()
    QApplication.processEvents()
    without = widget.grab().toImage()
    widget.setFocus()
    QApplication.processEvents()
    edges = widget.grab().toImage()
    border = [(x, y) for x in range(0, edges.width(), 3) for y in (0, 1, 2, edges.height() - 2)]
    border += [(x, y) for y in range(0, edges.height(), 3) for x in (0, 1, 2, edges.width() - 2)]
    return any(without.pixel(*place) != edges.pixel(*place) for place in border)


def can_have_focus(widget: QWidget) -> bool:
    return (
        isinstance(widget, INPUTS)
        and widget.isVisible()
        and widget.isEnabled()
        and not is_part(widget)
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
    )


def blind_spots(top: QWidget) -> list[str]:
    """Inputs that look the same with and without the focus; a few of each kind, for many lines of a form are alike."""
    seen = [one for one in top.findChildren(QWidget) if can_have_focus(one)]
    kinds = {type(one): [other for other in seen if type(other) is type(one)][:4] for one in seen}
    few = [one for alike in kinds.values() for one in alike]
    return [f"{type(one).__name__} {one.accessibleName()}" for one in few if not changes_with_focus(one)]


def test_focus_can_be_seen_on_every_input_of_the_screens(running, qtbot):
    for screen in Screen:
        running.window.go(screen)
        qtbot.waitUntil(lambda: running.jobs.live == 0)
        assert blind_spots(running.window) == [], screen


def test_focus_can_be_seen_on_every_input_of_the_dialogs(running):
    for key_id in (*SHEETS, "display", "person"):
        press_key(key_id)
        dialog = QApplication.activeModalWidget()
        assert blind_spots(dialog) == [], key_id
        dialog.reject()


def test_focus_is_seen_on_every_kind_of_input() -> None:
    from hotich.ui import theme

    sheet = theme._style_sheet(theme.active(), 100)
    for kind in ("QPushButton", "QLineEdit", "QPlainTextEdit", "QComboBox", "QAbstractSpinBox", "QCheckBox"):
        assert f"{kind}:focus" in sheet
    for kind in ("QListView", "QTableView", "QTextBrowser", "QGraphicsView"):
        assert f"{kind}:focus" in sheet
    assert "@" not in sheet.replace("@name;", "")


def test_the_own_keyboard_does_not_outlive_the_window(running, qapp) -> None:
    assert running.typing.keyboard.eventFilter(running.window, QEvent(QEvent.Type.Enter)) is False
