"""Approved records of one book, of several or of all, as rows for other programs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import BinaryIO

import msgspec

from hotich.errors import PolicyError
from hotich.export.naming import package_stem
from hotich.export.new_file import new_file
from hotich.export.package_types import History
from hotich.export.streams import CsvRows, JsonLines, StreamedBook, StreamedPage
from hotich.forms.loader import load_catalogue
from hotich.messages import Language, sentence
from hotich.pipeline.confidential import (
    UNPROTECTED,
    Protection,
    is_confidential,
    locked_copy,
    private_folder,
    require_protection,
)
from hotich.pipeline.delivery import history_of, precheck
from hotich.pipeline.handoff_plan import choices_of
from hotich.pipeline.lookup import book_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.values import Actor, Book, Status
from hotich.workflow import Draft, Exported, ExportKind


class StreamForm(StrEnum):
    """JSON Lines, all books in one file; or CSV, a file for each book."""

    JSON_LINES = "jsonl"
    CSV = "csv"


class Streamed(msgspec.Struct, frozen=True):
    """A file that was written, and how many records of which books are in it."""

    path: Path
    sha256: str
    records: dict[str, int]


class LeftOut(msgspec.Struct, frozen=True):
    """A book that cannot leave yet, and why."""

    book: Book
    reasons: tuple[str, ...]


class Streaming:
    """Writes rows of books that may leave, locked where `protection` says so, and notes in each book that it left."""

    def __init__(
        self,
        workspace: Workspace,
        actor: Actor,
        language: Language = Language.VIETNAMESE,
        *,
        protection: Protection = UNPROTECTED,
    ) -> None:
        self._workspace = workspace
        self._actor = actor
        self._language = language
        self.protection = protection
        self._checked: dict[str, History] = {}

    def ready_books(self, ticket: Ticket = SILENT) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
        """The ids of all books of the workspace that may leave, and those that may not; practice books are neither.

        Adoptions leave on their own, when somebody asks for them.
        """
        ready: list[str] = []
        left_out: list[LeftOut] = []
        books = [row.book for row in self._workspace.books() if not row.book.practice]
        for number, book in enumerate(books):
            ticket.check()
            ticket.progress(number, len(books), package_stem(book))
            if reasons := self._apart(book) or self._reasons(book):
                left_out.append(LeftOut(book, reasons))
            else:
                ready.append(book.book_id)
        return tuple(ready), tuple(left_out)

    def _apart(self, book: Book) -> tuple[str, ...]:
        return (sentence("stream-confidential-mixed", language=self._language),) if is_confidential(book) else ()

    def _reasons(self, book: Book) -> tuple[str, ...]:
        """Why a book may not leave. One that may is not checked again unless somebody works on it."""
        if book.book_id in self._checked:
            return ()
        history = history_of(self._workspace)
        reasons = precheck(self._workspace, book.book_id, language=self._language).reasons
        if not reasons:
            self._checked[book.book_id] = history
        return reasons

    def write(
        self, book_ids: Sequence[str], form: StreamForm, folder: Path, ticket: Ticket = SILENT
    ) -> tuple[Streamed, ...]:
        """The files, each under a free name in the folder.

        Raises PolicyError when a book may not leave, changes meanwhile, is confidential and not protected, or books
        stand together that never may; PackageError, SetupError where the folder fails; Cancelled between two pages. A
        file begun leaves nothing then.
        """
        books = [book_of(self._workspace, book_id) for book_id in dict.fromkeys(book_ids)]
        if not books:
            raise PolicyError("stream-no-book")
        self._require_alike(books)
        for book in books:
            ticket.check()
            if reasons := self._reasons(book):
                raise PolicyError("export-refused", reasons=" ".join(reasons))
        if form is StreamForm.CSV:
            return tuple(self._rows(book, folder, ticket) for book in books)
        return (self._lines(books, folder, ticket),)

    def _require_alike(self, books: Sequence[Book]) -> None:
        """Made-up records never stand among real ones, nor adoptions among others."""
        if len({book.practice for book in books}) > 1:
            raise PolicyError("stream-practice-mixed")
        for book in books:
            require_protection(book, self._actor, self.protection)
        if len({is_confidential(book) for book in books}) > 1:
            raise PolicyError("stream-confidential-mixed")

    def _lines(self, books: Sequence[Book], folder: Path, ticket: Ticket) -> Streamed:
        def write(file: BinaryIO) -> tuple[str, dict[str, int]]:
            lines = JsonLines(file, practice=books[0].practice)
            counts = {book.book_id: lines.add(self._streamed(book, ticket)) for book in books}
            self._require_unchanged(books)
            return lines.close(), counts

        stem = self._stem(books[0], package_stem(books[0]) if len(books) == 1 else "hotich")
        return self._noted(*self._written(folder, stem + ".jsonl", write, ticket))

    def _rows(self, book: Book, folder: Path, ticket: Ticket) -> Streamed:
        def write(file: BinaryIO) -> tuple[str, dict[str, int]]:
            rows = CsvRows(file, load_catalogue().records[book.record_type])
            for page in self._pages(book, ticket):
                rows.add(page.records)
            self._require_unchanged([book])
            return rows.close(), {book.book_id: rows.records}

        return self._noted(*self._written(folder, self._stem(book, package_stem(book)) + ".csv", write, ticket))

    def _stem(self, book: Book, stem: str) -> str:
        """The name of a file; rows of made-up people say so in it, as nothing in the rows does."""
        return choices_of(self._workspace).practice_prefix + stem if book.practice else stem

    def _require_unchanged(self, books: Sequence[Book]) -> None:
        """Nothing, when nobody worked on those books since they were checked. Raises PolicyError."""
        checked = {book.book_id: self._checked[book.book_id].actions for book in books}
        at = min(checked.values())
        while actions := self._workspace.changes_since(at):
            if any(action.action_id > checked.get(action.book_id, action.action_id) for action in actions):
                self._checked.clear()
                raise PolicyError("export-book-changed")
            at = actions[-1].action_id

    def _written(
        self, folder: Path, name: str, write: Callable[[BinaryIO], tuple[str, dict[str, int]]], ticket: Ticket
    ) -> tuple[Path, tuple[str, dict[str, int]]]:
        """The file under a free name; what will be locked is never on the disk that it leaves on."""
        stem, _, kind = name.rpartition(".")
        if not self.protection.locks:
            return new_file(folder, stem, f".{kind}", write)
        with private_folder(self._workspace.folder) as place:
            plain, told = new_file(place, stem, f".{kind}", write)
            return locked_copy(plain, folder, self.protection.locks, ticket), told

    def _streamed(self, book: Book, ticket: Ticket) -> StreamedBook:
        spec = load_catalogue().records[book.record_type]
        return StreamedBook(book, spec, self._checked[book.book_id], self._pages(book, ticket))

    def _pages(self, book: Book, ticket: Ticket) -> Iterator[StreamedPage]:
        """The pages that hold approved records."""
        rows = self._workspace.pages(book.book_id)
        for number, row in enumerate(rows):
            ticket.check()
            ticket.progress(number, len(rows), row.page.file_name)
            records = self._workspace.page_records(row.page.page_id)
            approved = tuple(record for record in records if record.status is Status.APPROVED)
            if approved:
                yield StreamedPage(row.page, approved)
        ticket.progress(len(rows), len(rows))

    def _noted(self, path: Path, written: tuple[str, dict[str, int]]) -> Streamed:
        """The file, with a line in the history of each of its books."""
        sha256, counts = written
        drafts = [
            Draft(
                book_id,
                Exported(
                    path.name,
                    sha256,
                    count,
                    kind=ExportKind.STREAM,
                    history=self._checked[book_id].actions,
                    reason=self.protection.plain_reason.strip(),
                ),
                self._actor,
            )
            for book_id, count in counts.items()
        ]
        self._workspace.append(*drafts)
        for book_id in counts:  # What stands in their history now is no change that anybody made.
            del self._checked[book_id]
        return Streamed(path, sha256, counts)
