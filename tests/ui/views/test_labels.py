"""Labels: long runs of letters are parted for the eye only."""

from __future__ import annotations

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from hotich.messages import Language
from hotich.pipeline import entry
from hotich.ui.presenters.desk import Screen
from hotich.ui.widgets.field_row import FieldLine
from hotich.ui.widgets.labels import BREAK, LONGEST, breakable, label
from hotich.values import Finding, Severity
from tests.ui.keyboard import press, press_key, type_text
from tests.ui.made import CLERK, small_book
from tests.ui.windows import program

DIGITS, LETTERS = "7" * 200, "ghichú" * 150


def spoken(shown: QLabel) -> str:
    """What a screen reader says of it."""
    return QAccessible.queryAccessibleInterface(shown).text(QAccessible.Text.Name)


@pytest.mark.parametrize("text", [DIGITS, LETTERS, "một\u00a0" * 60, f"Số “{DIGITS}” quá dài."])
def test_a_long_run_is_parted_for_the_eye_only(qtbot, text):
    shown = label(text)
    qtbot.addWidget(shown)
    assert shown.minimumSizeHint().width() < 120 and shown.heightForWidth(300) > 2 * shown.fontMetrics().height()
    assert shown.text() == text == spoken(shown)
    assert QLabel.text(shown).replace(BREAK, "") == text
    shown.setText("ngắn")
    assert shown.text() == "ngắn" == spoken(shown) and shown.accessibleName() == ""
    shown.setText(text)
    shown.clear()
    assert shown.text() == "" == QLabel.text(shown) == shown.accessibleName()


def test_a_name_of_its_own_stays(qtbot):
    shown = label(DIGITS)
    qtbot.addWidget(shown)
    shown.setAccessibleName("Ghi chú")
    for text in (LETTERS, "ngắn", DIGITS):
        shown.setText(text)
        assert spoken(shown) == "Ghi chú"


def test_words_are_left_alone_and_marks_stay_with_their_letter():
    words = "Không được để trống " * 9 + "n" * LONGEST
    assert breakable(words) == words
    decomposed = "e\u0302\u0301" * 40
    assert all(not piece.startswith(("\u0302", "\u0301")) for piece in breakable(decomposed).split(BREAK))


def test_what_can_be_copied_is_the_true_text(qtbot):
    shown = label(DIGITS)
    qtbot.addWidget(shown)
    shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    shown.setSelection(0, len(DIGITS))
    assert shown.selectedText() == DIGITS == spoken(shown)


def test_what_stands_beside_keeps_its_place(qtbot):
    holder = QWidget()
    row = QHBoxLayout(holder)
    shown, beside = label(LETTERS, parent=holder), QPushButton("Lưu", holder)
    row.addWidget(shown)
    row.addWidget(beside)
    qtbot.addWidget(holder)
    holder.resize(600, 400)
    holder.show()
    assert holder.width() == 600 and beside.geometry().right() < 600


def test_a_finding_that_quotes_many_figures_leaves_the_form_as_wide_as_it_was(workspace, records, qtbot):
    row = entry.entry_view(workspace, records[0]).row("nksHoTen")
    line = FieldLine(row, Language.VIETNAMESE, False)
    qtbot.addWidget(line)
    line.show()
    usual = line.minimumSizeHint().width()
    found = Finding("number", Severity.ERROR, ("nksHoTen",), f"“{DIGITS}” không phải số.")
    line.show_row(msgspec.structs.replace(row, findings=(found,)))
    assert line.told[Severity.ERROR].isVisible() and line.minimumSizeHint().width() <= usual + 40
    assert DIGITS in line.told[Severity.ERROR].text() and BREAK not in line.edit.accessibleDescription()


def test_a_margin_note_of_one_long_word_leaves_the_buttons_in_the_window(workspace, qtbot, tmp_path):
    book, records = small_book(workspace, tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        window = running.window
        window.desk.book_id = book.book_id
        window.resize(1366, 768)
        window.go(Screen.ENTRY)
        qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
        view = window.entry
        view.presenter.open(records[0], "nksHoTen")
        usual = view.minimumSizeHint().width()
        press_key("margin-note")
        press("Tab", 2)
        type_text(LETTERS)
        press("Return")
        press("Esc")
        qtbot.waitUntil(lambda: LETTERS in view.remarks.text(), timeout=4000)
        assert view.minimumSizeHint().width() <= usual and view.width() <= window.width()
