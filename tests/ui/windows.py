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
from hotich.ui.program import Program, make_application
from hotich.values import Actor


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


def opened(kind: type[QDialog]) -> QDialog:
    """The dialog in front, which must be of that kind."""
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, kind)
    return dialog
