"""A real window on a real workspace."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from hotich.store import Workspace
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Screen
from hotich.ui.program import Program, make_application
from hotich.values import Actor
from tests.ui.made import CLERK, small_book


def cards_seen(folder: Path) -> None:
    """Have the first cards count as seen by whoever keeps preferences in that folder."""
    folder.mkdir(parents=True, exist_ok=True)
    preferences = Preferences(folder / "window.ini")
    preferences.tour_seen = True
    preferences.keep()


@contextmanager
def program(workspace: Workspace, qtbot: QtBot, folder: Path, actor: Actor | None = None) -> Iterator[Program]:
    """The program with its window shown and active; everything ends with the block."""
    running = Program(make_application(), workspace, Preferences(folder / "window.ini"))
    if actor is not None:
        running.window.set_person(actor)
    running.start()
    shown = QApplication.activeModalWidget() or running.window
    shown.activateWindow()
    qtbot.waitUntil(shown.isActiveWindow)
    try:
        yield running
        qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
    finally:
        running.window.close()
        running.end()
        running.window.deleteLater()
        running.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@contextmanager
def entry_screen(workspace: Workspace, qtbot: QtBot, folder: Path, *, pages: int = 2) -> Iterator[Program]:
    """A window whose clerk is at the entry screen of a small book; `records` has the ids of its records."""
    book, records = small_book(workspace, folder, pages=pages)
    with program(workspace, qtbot, folder, CLERK) as made:
        made.window.desk.book_id = book.book_id
        made.records = records
        made.window.go(Screen.ENTRY)
        qtbot.waitUntil(lambda: made.jobs.live == 0, timeout=20000)
        yield made


def opened(kind: type[QDialog]) -> QDialog:
    """The dialog in front, which must be of that kind."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog
