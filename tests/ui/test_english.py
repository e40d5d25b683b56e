"""In English the window says nothing of its own in Vietnamese: labels, findings, refusals, what stands in the way."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QTableView, QWidget

from hotich.messages import Language
from hotich.pipeline import entry
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Screen
from tests.ui.keyboard import press, press_key
from tests.ui.made import CLERK, REVIEWER, fill, small_book
from tests.ui.windows import program

DATA = (
    "UBND xã Tân Lập",
    CLERK.name,
    REVIEWER.name,
    "Ê Đê",
    "H'Hen Niê",
    "H'Lan Niê",
    "Y Moan Êban",
    "Việt Nam",
    "Nữ",
    "Đúng hạn",
    "Cũ",
)
"""What stands on the page or was typed by somebody: it stays as it is in any language."""


@pytest.fixture
def english(workspace, qtbot, tmp_path):
    book, records = small_book(workspace, tmp_path)
    fill(workspace, records[0])
    entry.confirm(workspace, records[0], "nksNgaySinh", "31/2/2009", CLERK)
    entry.confirm(workspace, records[0], "so", "", CLERK)
    Preferences(tmp_path / "window.ini").language = Language.ENGLISH
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        running.window.desk.book_id = book.book_id
        yield running
        running._preferences.language = Language.VIETNAMESE
        running.rebuild()


def words(top: QWidget) -> list[str]:
    """Every text of labels, buttons, and tables with their heads."""
    told = [widget.text() for widget in top.findChildren(QWidget) if isinstance(widget, (QLabel, QAbstractButton))]
    for table in top.findChildren(QTableView):
        model = table.model()
        across = range(model.columnCount())
        told += [str(model.headerData(column, Qt.Orientation.Horizontal)) for column in across]
        told += [str(model.index(row, column).data()) for row in range(model.rowCount()) for column in across]
    return told


def vietnamese(texts: list[str]) -> list[str]:
    """Those with a letter that English has not, when what is data is left out."""
    found = []
    for text in texts:
        rest = text
        for known in DATA:
            rest = rest.replace(known, "")
        if any(letter.isalpha() and not letter.isascii() for letter in rest):
            found.append(text)
    return found


@pytest.mark.parametrize("screen", list(Screen))
def test_screens_speak_english(english, screen, qtbot):
    english.window.go(screen)
    qtbot.waitUntil(lambda: english.jobs.live == 0, timeout=20000)
    told = words(english.window)
    assert len(told) > 20 and vietnamese(told) == []


def test_findings_refusals_and_the_precheck_are_english(english, qtbot):
    english.window.go(Screen.ENTRY)
    press_key("submit")
    said = QApplication.activeModalWidget().accessibleDescription()
    assert "must not be empty" in said and vietnamese([said]) == []
    press("Return")
    english.window.go(Screen.EXPORT)
    qtbot.waitUntil(lambda: "errors must be dealt with" in english.window.export.summary.text(), timeout=20000)
    assert vietnamese(words(english.window.export)) == []


def test_the_hint_of_a_tool_goes_with_the_tool(workspace, qtbot, tmp_path):
    small_book(workspace, tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        running.window.go(Screen.PAGES)
        qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
        press_key("page-corners")
        assert "Enter" in running.window._note.text()
        press("Esc")
        assert running.window._note.text() == ""
