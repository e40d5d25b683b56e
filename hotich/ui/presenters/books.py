"""The book list: a new book, its pictures, their reading, and the way back to where somebody stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

import msgspec

from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import ImportReport, import_paths
from hotich.pipeline.reading import BookReport, read_book
from hotich.store import BookRow, Place
from hotich.ui.presenters.desk import Desk, Screen

PROBLEMS_TOLD = 12


class BooksScreen(Protocol):
    """The book list as a widget."""

    def show_books(self, rows: tuple[BookRow, ...], chosen: str, place: Place | None) -> None: ...

    def ask_new_book(self, then: Callable[[NewBook], None]) -> None: ...

    def ask_paths(self, then: Callable[[Sequence[Path]], None]) -> None: ...


class BooksPresenter:
    """What can be done on the book list."""

    def __init__(self, desk: Desk, screen: BooksScreen) -> None:
        self._desk = desk
        self._screen = screen

    def refresh(self) -> None:
        """Show the books as they are."""
        rows = self._desk.workspace.books()
        known = {row.book.book_id for row in rows}
        if self._desk.book_id not in known:
            self._desk.book_id = rows[0].book.book_id if rows else ""
        self._screen.show_books(rows, self._desk.book_id, self._last_place(known))

    def choose(self, book_id: str) -> None:
        """Take that book in hand."""
        if book_id != self._desk.book_id:
            self._desk.book_id = book_id
            self._desk.shell.changed()

    def add(self) -> None:
        """Ask for a new book and open it."""
        self._screen.ask_new_book(self._opened)

    def bring_in(self) -> None:
        """Ask for files and folders and import them."""
        if self._has_book():
            self._screen.ask_paths(self.import_files)

    def import_files(self, paths: Sequence[Path]) -> None:
        """Import files and folders into the book in hand, then say what became of them."""
        if not paths or not self._has_book():
            return
        desk, book_id, actor = self._desk, self._desk.book_id, self._desk.actor
        desk.shell.run(
            desk.say("ui-job-import"),
            lambda ticket: import_paths(desk.workspace, book_id, paths, actor, ticket),
            self._imported,
        )

    def read(self) -> None:
        """Read every page of the book in hand that nobody has read yet."""
        if not self._has_book():
            return
        desk, book_id = self._desk, self._desk.book_id
        desk.shell.run(
            desk.say("ui-job-read"),
            lambda ticket: read_book(desk.workspace, book_id, desk.engines(), ticket),
            self._read,
        )

    def open(self) -> None:
        """Go to the book in hand: to its pages while none is read, else to its entries."""
        if not self._has_book():
            return
        rows = {row.book.book_id: row for row in self._desk.workspace.books()}
        self._desk.shell.go(Screen.ENTRY if rows[self._desk.book_id].entries else Screen.PAGES)

    def resume(self) -> None:
        """Go to the field where this person stopped."""
        place = self._last_place({row.book.book_id for row in self._desk.workspace.books()})
        if place is None:
            self._desk.shell.note(self._desk.say("ui-no-last-place"))
            return
        self._desk.book_id = place.book_id
        self._desk.shell.changed()
        self._desk.shell.go(Screen.ENTRY if place.record_id else Screen.PAGES)

    def _last_place(self, known: set[str]) -> Place | None:
        place = self._desk.workspace.last_place(self._desk.actor)
        return place if place is not None and place.book_id in known else None

    def _has_book(self) -> bool:
        if not self._desk.book_id:
            self._desk.shell.tell(self._desk.say("ui-no-book"))
        return bool(self._desk.book_id)

    def _opened(self, wanted: NewBook) -> None:
        desk = self._desk
        if desk.attempt(lambda: self._take(wanted)):
            desk.shell.changed()
            desk.shell.note(desk.say("ui-book-opened"))

    def _take(self, wanted: NewBook) -> None:
        desk = self._desk
        # What is made in the practice workspace is practice, whoever made it, down to its package.
        marked = msgspec.structs.replace(wanted, practice=desk.practice or wanted.practice)
        desk.book_id = open_book(desk.workspace, marked, desk.actor).book_id

    def _imported(self, report: ImportReport) -> None:
        self._desk.shell.changed()
        told = [f"{problem.file_name}: {problem.told(self._desk.language)}" for problem in report.problems]
        told += [
            self._desk.say("ui-duplicate", file=double.file_name, same=double.same_as) for double in report.duplicates
        ]
        summary = self._desk.say("ui-imported", pages=len(report.added))
        self._summarise(summary, told)

    def _read(self, report: BookReport) -> None:
        self._desk.shell.changed()
        entries = sum(len(page.record_ids) for page in report.pages)
        told = [f"{problem.file_name}: {problem.told(self._desk.language)}" for problem in report.problems]
        self._summarise(self._desk.say("ui-read", pages=len(report.pages), entries=entries), told)

    def _summarise(self, summary: str, told: list[str]) -> None:
        if not told:
            self._desk.shell.note(summary)
            return
        more = [self._desk.say("ui-and-more", count=len(told) - PROBLEMS_TOLD)] if len(told) > PROBLEMS_TOLD else []
        self._desk.shell.tell("\n\n".join([summary, *told[:PROBLEMS_TOLD], *more]))
