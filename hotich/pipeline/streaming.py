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
from hotich.pipeline.delivery import history_of, precheck, require_unchanged
from hotich.pipeline.lookup import book_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.values import Actor, Book, ExportKind, Status
from hotich.workflow import Draft, Exported


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


def ready_books(
    workspace: Workspace, ticket: Ticket = SILENT, *, language: Language = Language.VIETNAMESE
) -> tuple[tuple[str, ...], tuple[LeftOut, ...]]:
    """The ids of all books of the workspace that may leave, and those that may not; practice books are neither.

    Adoptions leave on their own, when somebody asks for them.
    """
    ready: list[str] = []
    left_out: list[LeftOut] = []
    books = [row.book for row in workspace.books() if not row.book.practice]
    for number, book in enumerate(books):
        ticket.check()
        ticket.progress(number, len(books), package_stem(book))
        if is_confidential(book):
            reasons: tuple[str, ...] = (sentence("stream-confidential-mixed", language=language),)
        else:
            reasons = precheck(workspace, book.book_id, language=language).reasons
        if reasons:
            left_out.append(LeftOut(book, reasons))
        else:
            ready.append(book.book_id)
    return tuple(ready), tuple(left_out)


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
        self._protection = protection

    def write(
        self, book_ids: Sequence[str], form: StreamForm, folder: Path, ticket: Ticket = SILENT
    ) -> tuple[Streamed, ...]:
        """The files, each under a free name in the folder.

        Raises PolicyError when a book may not leave, changes meanwhile, is confidential and not protected, or books
        stand together that never may;
        PackageError, SetupError where the folder fails; Cancelled between two pages. A file begun leaves nothing then.
        """
        books = [book_of(self._workspace, book_id) for book_id in dict.fromkeys(book_ids)]
        if not books:
            raise PolicyError("stream-no-book")
        self._require_alike(books)
        for book in books:
            ticket.check()
            found = precheck(self._workspace, book.book_id, language=self._language)
            if not found.can_export:
                raise PolicyError("export-refused", reasons=" ".join(found.reasons))
        if form is StreamForm.CSV:
            return tuple(self._rows(book, folder, ticket) for book in books)
        return (self._lines(books, folder, ticket),)

    def _require_alike(self, books: Sequence[Book]) -> None:
        """Made-up records never stand among real ones, nor adoptions among others."""
        if len({book.practice for book in books}) > 1:
            raise PolicyError("stream-practice-mixed")
        for book in books:
            require_protection(book, self._actor, self._protection)
        if len({is_confidential(book) for book in books}) > 1:
            raise PolicyError("stream-confidential-mixed")

    def _lines(self, books: Sequence[Book], folder: Path, ticket: Ticket) -> Streamed:
        history = history_of(self._workspace)

        def write(file: BinaryIO) -> tuple[str, dict[str, int]]:
            lines = JsonLines(file, practice=books[0].practice)
            counts = {book.book_id: lines.add(self._streamed(book, history, ticket)) for book in books}
            require_unchanged(self._workspace, set(counts), history)
            return lines.close(), counts

        stem = package_stem(books[0]) if len(books) == 1 else "hotich"
        return self._noted(*self._written(folder, stem + ".jsonl", write, ticket), history)

    def _rows(self, book: Book, folder: Path, ticket: Ticket) -> Streamed:
        history = history_of(self._workspace)

        def write(file: BinaryIO) -> tuple[str, dict[str, int]]:
            rows = CsvRows(file, load_catalogue().records[book.record_type])
            for page in self._pages(book, ticket):
                rows.add(page.records)
            require_unchanged(self._workspace, {book.book_id}, history)
            return rows.close(), {book.book_id: rows.records}

        return self._noted(*self._written(folder, package_stem(book) + ".csv", write, ticket), history)

    def _written(
        self, folder: Path, name: str, write: Callable[[BinaryIO], tuple[str, dict[str, int]]], ticket: Ticket
    ) -> tuple[Path, tuple[str, dict[str, int]]]:
        """The file under a free name; what will be locked is never on the disk that it leaves on."""
        stem, _, kind = name.rpartition(".")
        if not self._protection.locks:
            return new_file(folder, stem, f".{kind}", write)
        with private_folder(self._workspace.folder) as place:
            plain, told = new_file(place, stem, f".{kind}", write)
            return locked_copy(plain, folder, self._protection.locks, ticket), told

    def _streamed(self, book: Book, history: History, ticket: Ticket) -> StreamedBook:
        spec = load_catalogue().records[book.record_type]
        return StreamedBook(book, spec, history, self._pages(book, ticket))

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

    def _noted(self, path: Path, written: tuple[str, dict[str, int]], history: History) -> Streamed:
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
                    history=history.actions,
                    reason=self._protection.plain_reason.strip(),
                ),
                self._actor,
            )
            for book_id, count in counts.items()
        ]
        self._workspace.append(*drafts)
        return Streamed(path, sha256, counts)
