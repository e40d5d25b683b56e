"""A package taken over into a database: as a whole or not at all, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from typing import Any, TypeVar

import msgspec

from hotich.errors import PolicyError
from hotich.export.load.database import Database
from hotich.export.load.rows import book_row, field_rows, package_row, page_row, record_row, records_with
from hotich.export.load.tables import BOOKS, FIELDS, PACKAGES, PAGES, RECORD_HISTORY, RECORDS, make_tables
from hotich.export.package_reader import PackageReader, TakenRecord
from hotich.export.package_types import ChangeKind, Delta, Manifest
from hotich.export.records_json import line_of

PORTION = 250
"""Records that are held in memory at once."""

Progress = Callable[[int, int], None]
Each = TypeVar("Each")


class Outcome(StrEnum):
    """What became of a package: LOADED now, ALREADY there, or OLDER than what is there."""

    LOADED = "loaded"
    ALREADY = "already"
    OLDER = "older"


class Loaded(msgspec.Struct, frozen=True):
    """How many records were added, corrected, withdrawn, and were there just so."""

    outcome: Outcome
    added: int = 0
    corrected: int = 0
    withdrawn: int = 0
    unchanged: int = 0


def load(database: Database, package: PackageReader, progress: Progress = lambda done, total: None) -> Loaded:
    """Takes over a package that was verified. `progress` hears records done and in all, and may raise Cancelled.

    Raises PolicyError for made-up data and for changes of something that is not there; StoreError; PackageError. Then
    nothing is changed.
    """
    if package.manifest.practice:
        raise PolicyError("load-practice", file=package.path.name)
    with database.transaction():
        make_tables(database)
        return _Loading(database, package, progress).run()


class _Loading:
    """One package within the open transaction."""

    def __init__(self, database: Database, package: PackageReader, progress: Progress) -> None:
        self._database = database
        self._package = package
        self._manifest: Manifest = package.manifest
        self._progress = progress
        self._counts = {"added": 0, "corrected": 0, "withdrawn": 0, "unchanged": 0}
        delta = self._manifest.delta
        self._reasons = {change.record_id: change.reason for change in delta.changes} if delta is not None else {}

    def run(self) -> Loaded:
        """What became of it."""
        if self._database.rows("SELECT 1 FROM packages WHERE sha256 = ?", (self._package.sha256,)):
            return Loaded(Outcome.ALREADY)
        history = self._known_history()
        self._require_base(history)
        if history is not None and self._manifest.history.actions < history:
            return Loaded(Outcome.OLDER)
        self._put_frame(known=history is not None)
        for done, portion in enumerate(_portions(self._package.records()), start=1):
            self._take(portion)
            self._progress(min(done * PORTION, len(self._manifest.records)), len(self._manifest.records))
        self._withdraw()
        return Loaded(Outcome.LOADED, **self._counts)

    def _known_history(self) -> int | None:
        """How many actions what is loaded of the book speaks of; None when nothing is."""
        found = self._database.rows("SELECT history FROM books WHERE book_id = ?", (self._manifest.book.book_id,))
        return int(found[0][0]) if found else None

    def _require_base(self, history: int | None) -> None:
        delta = self._manifest.delta
        if delta is not None and (history is None or history < delta.base_history):
            facts = {"number": delta.base, "base": delta.base_file}
            raise PolicyError("load-base-missing", file=self._package.path.name, **facts)
        if delta is not None and not self._is_loaded(delta):
            raise PolicyError("load-base-other", file=self._package.path.name, number=delta.base)

    def _is_loaded(self, delta: Delta) -> bool:
        """Whether the package of that number is the one meant; where none has the number, its history decides."""
        wanted = (self._manifest.book.book_id, delta.base)
        found = self._database.rows("SELECT sha256 FROM packages WHERE book_id = ? AND number = ?", wanted)
        return not found or (delta.base_sha256,) in found

    def _put_frame(self, *, known: bool) -> None:
        """The package, its book and its pages."""
        sha256, book_id = self._package.sha256, self._manifest.book.book_id
        now = datetime.now(UTC).isoformat(timespec="seconds")
        self._database.insert(PACKAGES, [package_row(self._manifest, sha256, self._package.path.name, now)])
        row = book_row(self._manifest, sha256)
        if known:
            names = [name for name, _ in BOOKS.columns[1:]]
            settings = ", ".join(f"{name} = ?" for name in names)
            self._database.execute(f"UPDATE {BOOKS.name} SET {settings} WHERE book_id = ?", (*row[1:], book_id))
        else:
            self._database.insert(BOOKS, [row])
        self._database.insert(PAGES, (page_row(page, book_id, sha256) for page in self._manifest.pages))

    def _take(self, portion: Sequence[TakenRecord]) -> None:
        """Adds new records and puts changed ones in the place of what is there."""
        ids = [taken.record.record_id for taken in portion]
        asked = f"SELECT record_id, sha256, book_id FROM records WHERE record_id IN {_marks(ids)}"
        found = self._database.rows(asked, ids)
        self._require_own(found)
        known = {record_id: sha256 for record_id, sha256, _ in found}
        changed = [taken for taken in portion if known.get(taken.record.record_id) != taken.sha256]
        corrected = [taken.record.record_id for taken in changed if taken.record.record_id in known]
        self._set_aside(corrected, ChangeKind.CORRECTED.value, self._reasons)
        book_id, package = self._manifest.book.book_id, self._package.sha256
        self._database.insert(RECORDS, (record_row(taken, book_id, package) for taken in changed))
        self._database.insert(FIELDS, (row for taken in changed for row in field_rows(taken.record)))
        self._counts["corrected"] += len(corrected)
        self._counts["added"] += len(changed) - len(corrected)
        self._counts["unchanged"] += len(portion) - len(changed)

    def _require_own(self, found: Sequence[tuple[Any, ...]]) -> None:
        """Nothing, unless records stand in another book: two that entered the same pictures are never mixed."""
        if others := sorted({str(book_id) for _, _, book_id in found} - {self._manifest.book.book_id}):
            book = self._database.rows("SELECT number, year, place FROM books WHERE book_id = ?", others[:1])
            told = " ".join(f"{number}/{year}, {place}" for number, year, place in book)
            raise PolicyError("load-other-book", file=self._package.path.name, book=told)

    def _withdraw(self) -> None:
        """Takes out what a delta withdraws, or what a whole package no longer has."""
        delta, book_id = self._manifest.delta, self._manifest.book.book_id
        there = [row[0] for row in self._database.rows("SELECT record_id FROM records WHERE book_id = ?", (book_id,))]
        if delta is not None:
            reasons = {one.record_id: one.reason for one in delta.withdrawn}
            gone = [record_id for record_id in there if record_id in reasons]
        else:
            reasons, held = {}, {check.record_id for check in self._manifest.records}
            gone = [record_id for record_id in there if record_id not in held]
        for portion in _portions(iter(gone)):
            self._set_aside(portion, "withdrawn", reasons)
        self._counts["withdrawn"] += len(gone)

    def _set_aside(self, record_ids: Sequence[str], kind: str, reasons: dict[str, str]) -> None:
        """Moves records into the history."""
        if not record_ids:
            return
        facts = self._database.rows(
            f"SELECT record_id, package, sha256, book_id FROM records WHERE record_id IN {_marks(record_ids)}",
            record_ids,
        )
        told = {record_id: (package, sha256, book_id) for record_id, package, sha256, book_id in facts}
        general = self._manifest.delta.reason if self._manifest.delta is not None else ""
        history = []
        for record in records_with(self._database, record_ids):
            package, sha256, book_id = told[record.record_id]
            reason = reasons.get(record.record_id) or general
            line = line_of(record).decode()
            history.append((record.record_id, package, book_id, sha256, kind, reason, self._package.sha256, line))
        self._database.insert(RECORD_HISTORY, history)
        for table in (FIELDS, RECORDS):
            self._database.execute(f"DELETE FROM {table.name} WHERE record_id IN {_marks(record_ids)}", record_ids)


def _marks(values: Sequence[object]) -> str:
    return f"({', '.join('?' * len(values))})"


def _portions(items: Iterator[Each]) -> Iterator[list[Each]]:
    while portion := list(islice(items, PORTION)):
        yield portion
