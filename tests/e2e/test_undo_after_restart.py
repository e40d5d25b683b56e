"""What was done to many records at once is taken back as one, after the program was closed and opened again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hotich.store import Workspace
from hotich.ui.main_window import MainWindow
from hotich.ui.views.sheet_dialogs import ReplaceSheet
from tests.pipeline.many import CLERK, many_records
from tests.ui.keyboard import press, press_key, type_text
from tests.ui.windows import program

SEX, NAME = "nksGioiTinh", "nksHoTen"
READ = [f"Nguyễn Thi {letter}" for letter in "ABCDE"]
TYPED = [f"Trần Thi {letter}" for letter in "ABCDE"]
MENDED = [f"Trần Thị {letter}" for letter in "ABCDE"]


class Office:
    """A workspace that a window is opened on time after time."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        with Workspace.open(folder / "kho") as workspace:
            self.book_id, self.records = many_records(workspace, folder, [{NAME: n, SEX: "Nữ"} for n in READ])

    @contextmanager
    def window(self, screen: str) -> Iterator[MainWindow]:
        """The program started anew, with the book in hand on that screen."""
        with (
            Workspace.open(self.folder / "kho") as workspace,
            program(workspace, self.qtbot, self.folder, CLERK) as running,
        ):
            running.window.desk.book_id = self.book_id
            running.window.resize(1366, 768)
            press_key(screen)
            self.qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=8000)
            yield running.window

    def written(self, window: MainWindow, field_id: str) -> list[str]:
        return [window.desk.workspace.record(record_id).written(field_id) for record_id in self.records]


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Office:
    return Office(tmp_path, qtbot)


def to_column(window: MainWindow, field_id: str) -> None:
    press("Ctrl+Home")
    press("Right", [field.id for field in window.sheet.presenter.columns].index(field_id))


def test_a_replacement_over_the_sheet(office: Office) -> None:
    with office.window("go-sheet") as window:
        to_column(window, NAME)
        QApplication.clipboard().setText("".join(f"{name}\r\n" for name in TYPED))
        press_key("sheet-paste")
        press_key("sheet-replace")
        sheet = QApplication.activeModalWidget()
        assert isinstance(sheet, ReplaceSheet)
        type_text("Thi")
        press("Tab")
        type_text("Thị")
        press("Return")
        sheet.go.setFocus()
        press("Space")
        assert office.written(window, NAME) == MENDED
    with office.window("go-sheet") as window:
        assert office.written(window, NAME) == MENDED
        press_key("sheet-undo")
        assert office.written(window, NAME) == TYPED
        shown = window.sheet.model.index(4, [field.id for field in window.sheet.presenter.columns].index(NAME))
        assert TYPED[4] in shown.data()
    with office.window("go-sheet") as window:
        press_key("sheet-undo")
        assert office.written(window, NAME) == [""] * 5
        press_key("sheet-redo")
        press_key("sheet-redo")
        assert office.written(window, NAME) == MENDED


def test_a_page_of_quick_review_then_a_field_of_the_entry_screen(office: Office) -> None:
    with office.window("go-carousel") as window:
        carousel = window.carousel
        carousel.presenter.choose_field([field.id for field in carousel.presenter._fields].index(SEX))
        office.qtbot.waitUntil(lambda: len(carousel.grid.in_sight()) == 5, timeout=8000)
        carousel.grid.setFocus()
        office.qtbot.waitUntil(lambda: not carousel.presenter._looking.missing(carousel.grid.in_sight()), timeout=8000)
        press("Return")
        assert office.written(window, SEX) == ["Nữ"] * 5
        press_key("go-entry")
        window.entry.presenter.open(office.records[2], NAME)
        type_text(TYPED[2])
        press("Return")
    with office.window("go-entry") as window:
        press_key("undo")
        assert office.written(window, NAME)[2] == "" and office.written(window, SEX) == ["Nữ"] * 5
        press_key("go-carousel")
        office.qtbot.waitUntil(window.carousel.isVisible)
        press("Ctrl+Z")
        assert office.written(window, SEX) == [""] * 5
    with office.window("go-carousel") as window:
        press("Ctrl+Y")
        assert office.written(window, SEX) == ["Nữ"] * 5
