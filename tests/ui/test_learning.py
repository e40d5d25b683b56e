"""The book learns while the clerk works: what is being typed and what is confirmed stay, what is open gets better."""

from __future__ import annotations

import copy
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hotich.pipeline import entry as verbs
from hotich.pipeline.learning import hand_file_of
from hotich.store import Workspace
from hotich.ui.presenters.desk import Screen
from hotich.ui.program import Program
from hotich.ui.views.display_dialog import DisplaySheet
from hotich.values import FieldEntry
from tests.pipeline.conftest import CLERK
from tests.pipeline.test_learning import Book
from tests.ui.keyboard import press_key
from tests.ui.windows import program


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Book:
    """A book with four records confirmed, closed; every test works on a copy."""
    book = Book(tmp_path_factory.mktemp("sổ"))
    book.workspace.close()
    return book


@pytest.fixture
def book(made: Book, tmp_path: Path) -> Iterator[Book]:
    mine = copy.copy(made)
    shutil.copytree(made.workspace.folder, tmp_path / "kho")
    mine.workspace = Workspace.open(tmp_path / "kho")
    yield mine
    mine.workspace.close()


@pytest.fixture
def running(book: Book, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Program]:
    monkeypatch.setattr("hotich.pipeline.learning.LEARN_EVERY", 2)
    with program(book.workspace, qtbot, tmp_path / "cửa sổ", CLERK) as started:
        started.window.desk.use(book.engines)
        started.window.desk.book_id = book.book_id
        started.window.go(Screen.ENTRY)
        yield started


def fields_of(book: Book, record: int) -> dict[str, FieldEntry]:
    found = book.workspace.record(book.records[record])
    assert found is not None
    return dict(found.fields)


def confirm_two(book: Book) -> None:
    """What a clerk on another record would do; the window hears of it as of its own commits."""
    told = book.truth["entries"][4]["fields"]
    for field_id in [field_id for field_id, each in told.items() if each["state"] == "value"][:2]:
        verbs.confirm(book.workspace, book.records[4], field_id, told[field_id]["written"], CLERK)


def test_open_fields_get_better_while_the_clerk_types_on(running: Program, book: Book, qtbot: QtBot) -> None:
    window = running.window
    window.entry.presenter.open(book.records[5])
    line = window.entry.panel.lines[3]
    line.edit.setFocus()
    line.edit.begin_edit()
    line.edit.insert("Nguyễn Th")
    typed = line.edit.text()
    before = {place: fields_of(book, place) for place in range(6)}
    confirm_two(book)
    qtbot.waitUntil(lambda: "Đã học thêm từ" in window._note.text(), timeout=60000)
    # The field being edited, and all suggestions that stand beside it, are as they were.
    assert line.edit.text() == typed and line.edit.edited and line.edit.hasFocus()
    assert fields_of(book, 5) == before[5]
    for place in range(4):
        now = fields_of(book, place)
        for field_id, entry in before[place].items():
            if entry.value is not None:
                assert now[field_id] == entry
            else:
                assert now[field_id].value is None
    read = [each.reading for each in fields_of(book, 4).values() if each.value is None and each.reading is not None]
    assert read and any("+" in reading.engine_version for reading in read)


def test_learning_can_be_switched_off(running: Program, book: Book, qtbot: QtBot) -> None:
    press_key("display")
    sheet = QApplication.activeModalWidget()
    assert isinstance(sheet, DisplaySheet) and sheet.learning.isChecked()
    sheet.learning.setChecked(False)
    sheet.accept()
    confirm_two(book)
    qtbot.wait(300)
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
    assert not hand_file_of(book.workspace, book.book_id).exists()


def test_closing_stops_the_learning(running: Program, book: Book, qtbot: QtBot) -> None:
    confirm_two(book)
    qtbot.waitUntil(lambda: running.jobs.live > 0, timeout=10000)
    running.end()
    assert running.jobs.live == 0
    before = [fields_of(book, place) for place in range(6)]
    qtbot.wait(200)
    assert [fields_of(book, place) for place in range(6)] == before
