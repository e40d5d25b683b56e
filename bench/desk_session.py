"""A whole book keyed in a real window."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication

from bench.desk_book import add_readings, make_book
from bench.desk_commune import CommuneBook, constant_fields
from bench.desk_hands import Hands, MouseWatch
from bench.desk_operator import Operator, Tally
from bench.desk_ways import Help
from hotich.store import Workspace
from hotich.ui.preferences import Preferences, TypingWish
from hotich.ui.presenters.desk import Screen
from hotich.ui.program import Program, make_application
from hotich.values import Actor, Book, Role

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
DISPLAY = (1366, 768)


@dataclass(frozen=True, slots=True)
class BookRun:
    """What every record cost; `once` are keys needed once for the book, `mouse` counts events of a mouse."""

    tallies: tuple[Tally, ...]
    once: int
    mouse: int


def key_book(
    commune: CommuneBook, used: Help, accuracy: Mapping[str, float], seed: int, *, plain: bool = False
) -> BookRun:
    """What it cost to key the book with that help. Raises WrongError as soon as the store differs from the paper."""
    with tempfile.TemporaryDirectory() as name, Workspace.open(Path(name) / "work") as workspace:
        book = make_book(workspace, commune, Path(name), CLERK)
        if used is Help.READINGS:
            add_readings(workspace, book, commune, accuracy, seed)
        program, mouse = _program(workspace, Path(name)), MouseWatch()
        application = make_application()
        application.installEventFilter(mouse)
        try:
            _to_entry(program, book, application)
            operator = Operator(program.window, workspace, Hands(application, program.window), used)
            operator.plain = plain
            if used is not Help.TYPED:
                operator.keep_values(constant_fields(commune))
            tallies = tuple(operator.key_record(truth) for truth in commune.entries)
        finally:
            application.removeEventFilter(mouse)
            _end(program)
        return BookRun(tallies, operator.once, mouse.events)


def _program(workspace: Workspace, folder: Path) -> Program:
    preferences = Preferences(folder / "window.ini")
    preferences.typing = TypingWish(short_codes=True, capitals=True)
    # What is read stays as it was drawn.
    preferences.learning = False
    return Program(make_application(), workspace, preferences)


def _to_entry(program: Program, book: Book, application: QApplication) -> None:
    window = program.window
    window.set_person(CLERK)
    window.resize(*DISPLAY)
    window.show()
    window.activateWindow()
    window.desk.book_id = book.book_id
    window.go(Screen.ENTRY)
    application.processEvents()


def _end(program: Program) -> None:
    program.window.close()
    program.end()
    program.window.deleteLater()
    program.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
