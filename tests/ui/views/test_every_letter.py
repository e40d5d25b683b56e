"""All 134 letters with marks through everything that a value is typed into, whole or in parts as it may be committed.

What is kept is the same text with whole letters, and nothing else about it has changed.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QApplication, QDialog, QLineEdit, QVBoxLayout, QWidget

from hotich.keying.macro_file import load_codes
from hotich.pipeline import entry
from hotich.pipeline.asking import open_questions
from hotich.text import ACCENTED
from hotich.ui.presenters.desk import Screen
from hotich.ui.program import Program
from hotich.ui.views.book_dialog import BookSheet
from hotich.ui.views.entry_sheets import FindSheet
from hotich.ui.views.person_dialog import PersonSheet
from hotich.ui.views.sheet_dialogs import FilterSheet, ReplaceSheet
from hotich.ui.views.short_codes_dialog import ShortCodesSheet
from hotich.ui.widgets.choice_list import Choice, ChoiceList
from hotich.ui.widgets.field_edit import FieldEdit
from tests.pipeline.many import CLERK, many_records
from tests.ui.keyboard import press, press_key, type_text
from tests.ui.windows import program

NAME = "nksHoTen"
WORD, WORDS = 4, 12
PARTS = ["".join(ACCENTED[start : start + WORD]) for start in range(0, len(ACCENTED), WORD)]
TEXTS = [" ".join(PARTS[start : start + WORDS]) for start in range(0, len(PARTS), WORDS)]
"""The letters as a few names of a few words."""

forms = pytest.mark.parametrize("form", ["NFC", "NFD"])


def test_the_names_hold_every_letter_once_and_whole() -> None:
    letters = "".join(TEXTS).replace(" ", "")
    assert sorted(letters) == sorted(ACCENTED) and len(letters) == 134
    assert all(unicodedata.is_normalized("NFC", text) for text in TEXTS)


@pytest.fixture
def book(workspace, tmp_path):
    return many_records(workspace, tmp_path, [{NAME: f"Lò Thị {letter}"} for letter in "ABC"])


@pytest.fixture
def running(workspace, qtbot, tmp_path, book):
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book[0]
        made.window.resize(1366, 768)
        yield made


def type_as(form: str, text: str) -> None:
    type_text(unicodedata.normalize(form, text))


def type_each(form: str) -> None:
    """The texts below one another, each ended by Enter."""
    for text in TEXTS:
        for place, word in enumerate(text.split()):
            # The first word opens the cell; the others go to what then has the focus.
            type_as(form, f" {word}" if place else word)
        press("Return")


def kept(running: Program, book) -> list[str]:
    return [running.window.desk.workspace.record(record_id).written(NAME) for record_id in book[1]]


def dialog(kind: type[QDialog]) -> QDialog:
    found = QApplication.activeModalWidget()
    assert isinstance(found, kind)
    return found


def enter_names(running: Program, book) -> None:
    """The texts as the names of the records."""
    for record_id, text in zip(book[1], TEXTS, strict=True):
        entry.confirm(running.window.desk.workspace, record_id, NAME, text, CLERK)


@forms
def test_the_field_of_the_entry_screen(running, book, form) -> None:
    running.window.go(Screen.ENTRY)
    for record_id, text in zip(book[1], TEXTS, strict=True):
        running.window.entry.presenter.open(record_id, NAME)
        type_as(form, text)
        press("Return")
    assert kept(running, book) == TEXTS


@forms
def test_a_cell_of_the_sheet(running, book, form, qtbot) -> None:
    press_key("go-sheet")
    sheet = running.window.sheet
    qtbot.waitUntil(lambda: sheet.presenter.row(0) is not None and sheet.table.hasFocus(), timeout=8000)
    sheet.table.show_cell(0, [field.id for field in sheet.presenter.columns].index(NAME))
    type_each(form)
    assert kept(running, book) == TEXTS


@forms
def test_a_cell_of_quick_review(running, book, form, qtbot) -> None:
    press_key("go-carousel")
    carousel = running.window.carousel
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=8000)
    carousel.presenter.choose_field([field.id for field in carousel.presenter._fields].index(NAME))
    qtbot.waitUntil(lambda: running.jobs.live == 0 and len(carousel.grid.in_sight()) == len(TEXTS), timeout=8000)
    carousel.grid.setFocus()
    press("Home")
    type_each(form)
    assert sorted(kept(running, book)) == sorted(TEXTS)


@pytest.fixture
def listed(qtbot):
    window = QWidget()
    edit = FieldEdit(window)
    QVBoxLayout(window).addWidget(edit)
    choices = [Choice(text, str(place)) for place, text in enumerate(TEXTS, 1)]
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    edit.setFocus()
    yield edit, lambda coded: edit.set_choices(ChoiceList("Danh sách", window), lambda: choices, coded=coded)
    window.close()


@forms
@pytest.mark.parametrize("coded", [True, False])
def test_what_a_list_is_searched_by(listed, coded: bool, form) -> None:
    """A list of codes takes the only line that fits; another keeps what was typed unless its line is gone to."""
    edit, offer = listed
    offer(coded)
    for text in TEXTS:
        edit.show_value("", "open")
        type_as(form, text[:-1])
        if not coded:
            press("Down")
        press("Return")
        assert edit.written == edit.text() == text


@forms
def test_finding_a_record(running, book, form) -> None:
    enter_names(running, book)
    running.window.go(Screen.ENTRY)
    for record_id, text in zip(book[1], TEXTS, strict=True):
        press_key("find-record")
        type_as(form, text)
        assert dialog(FindSheet).list.count() == 1
        press("Return")
        assert running.window.entry.presenter.view.record.record_id == record_id


@forms
def test_finding_and_replacing(running, book, form, qtbot) -> None:
    enter_names(running, book)
    press_key("go-sheet")
    sheet = running.window.sheet
    qtbot.waitUntil(lambda: sheet.presenter.row(0) is not None and sheet.table.hasFocus(), timeout=8000)
    sheet.table.show_cell(0, [field.id for field in sheet.presenter.columns].index(NAME))
    others = [" ".join(reversed(text.split())) for text in TEXTS]
    for old, new in zip(TEXTS, others, strict=True):
        press_key("sheet-replace")
        asked = dialog(ReplaceSheet)
        type_as(form, old)
        press("Tab")
        type_as(form, new)
        press("Return")
        assert asked.lines.rowCount() == 1
        asked.go.setFocus()
        press("Space")
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)
    assert kept(running, book) == others


@forms
def test_the_filter_of_a_column(running, book, form, qtbot) -> None:
    enter_names(running, book)
    press_key("go-sheet")
    sheet = running.window.sheet
    qtbot.waitUntil(lambda: sheet.presenter.row(0) is not None and sheet.table.hasFocus(), timeout=8000)
    sheet.table.show_cell(0, [field.id for field in sheet.presenter.columns].index(NAME))
    press_key("sheet-filter")
    asked = dialog(FilterSheet)
    asked.contains.clear()
    type_as(form, TEXTS[1])
    assert asked.chosen().contains == TEXTS[1]
    press("Return")
    qtbot.waitUntil(lambda: sheet.model.rowCount() == 1, timeout=4000)


@forms
def test_margin_notes(running, book, form) -> None:
    running.window.go(Screen.ENTRY)
    running.window.entry.presenter.open(book[1][0], NAME)
    press_key("margin-note")
    for text in TEXTS:
        press("Tab", 2)
        type_as(form, text)
        press("Return")
    press("Esc")
    record = running.window.desk.workspace.record(book[1][0])
    assert [note.text for note in record.margin_notes] == TEXTS


@forms
def test_questions(running, book, form) -> None:
    running.window.go(Screen.ENTRY)
    for record_id, text in zip(book[1], TEXTS, strict=True):
        running.window.entry.presenter.open(record_id, NAME)
        press_key("ask")
        type_as(form, text)
        press("Return")
        asked = open_questions(running.window.desk.workspace.record(record_id))
        assert [question.text for question in asked] == [text]


@forms
def test_short_codes(running, form) -> None:
    codes = [text.replace(" ", "")[:8] for text in TEXTS]
    press_key("short-codes")
    sheet = dialog(ShortCodesSheet)
    sheet.code.setFocus()
    for code, text in zip(codes, TEXTS, strict=True):
        type_as(form, code)
        press("Return")
        type_as(form, text)
        press("Return")
    sheet.accept()
    table = load_codes(running._preferences.short_codes_file)
    held = {made.code: made.text for made in table.codes}
    assert [held[code] for code in codes] == TEXTS


def fill_in(kind: type[QDialog], edits: Callable[[QDialog], list[QLineEdit]], form: str) -> None:
    """The texts in the fields of the dialog that is open."""
    for edit, text in zip(edits(dialog(kind)), TEXTS, strict=True):
        edit.setFocus()
        type_as(form, text)


@forms
def test_the_cover_of_a_register_and_who_works(running, form, workspace, qtbot) -> None:
    press_key("go-books")
    press_key("book-new")
    fill_in(BookSheet, lambda sheet: [sheet.number, sheet.place, sheet.province], form)
    press("Return")
    qtbot.waitUntil(lambda: len(workspace.books()) == 2)
    made = next(row.book for row in workspace.books() if row.book.number != "01")
    assert [made.number, made.place, made.province] == TEXTS
    for text in TEXTS:
        press_key("person")
        sheet = dialog(PersonSheet)
        sheet.name.setFocus()
        press("Ctrl+A")
        type_as(form, text)
        press("Return")
        assert running.window.desk.actor.name == text
