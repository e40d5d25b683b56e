"""What can be asked of a workspace. Lists are sorted and paged in SQL; every thread reads on its own connection."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import msgspec
import sqlite_utils

from hotich.permission import may
from hotich.store import index, log, search
from hotich.store.rows import BookRow, FieldCell, PageRow, Place
from hotich.values import Actor, Book, FieldEntry, Record, Status
from hotich.workflow import Action, Approved

Result = TypeVar("Result")

PAGE = 200
"""Rows of one portion of a list."""

MEMORY = 200
"""How many of the last touched records are looked through for earlier values of a field."""

# Only the ids are sorted: a record's data is long, and dragging it through the sorting takes twenty times as long.
_RECORD_IDS = "SELECT r.record_id FROM records AS r JOIN pages AS p ON p.page_id = r.page_id WHERE r.book_id = ?"
_IN_PAGE_ORDER = "ORDER BY p.position, p.page_id, r.entry, r.record_id"
_PAGES = "SELECT p.data, (SELECT count(*) FROM records AS r WHERE r.page_id = p.page_id) FROM pages AS p"


class Queries(ABC):
    """The questions; the workspace gives the connection."""

    @abstractmethod
    def _read(self, work: Callable[[sqlite_utils.Database], Result]) -> Result:
        """What the work finds on a connection of this thread."""

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._read(lambda db: db.execute(sql, tuple(values)).fetchall())

    def books(self) -> tuple[BookRow, ...]:
        """All books in the order in which they were opened."""
        rows = self._rows("SELECT data FROM books ORDER BY opened, book_id")
        return tuple(self._book_row(data) for (data,) in rows)

    def book(self, book_id: str) -> BookRow | None:
        """One book, or None."""
        rows = self._rows("SELECT data FROM books WHERE book_id = ?", (book_id,))
        return self._book_row(rows[0][0]) if rows else None

    def covers(self) -> tuple[Book, ...]:
        """What stands on the covers of all books, in the order in which they were opened, without counts."""
        return tuple(
            index.decode_book(data) for (data,) in self._rows("SELECT data FROM books ORDER BY opened, book_id")
        )

    def cover(self, book_id: str) -> Book | None:
        """What stands on the cover of one book, without its counts, or None."""
        rows = self._rows("SELECT data FROM books WHERE book_id = ?", (book_id,))
        return index.decode_book(rows[0][0]) if rows else None

    def _book_row(self, data: str) -> BookRow:
        book = index.decode_book(data)
        by = (book.book_id,)
        counts = self._rows("SELECT status, count(*) FROM records WHERE book_id = ? GROUP BY status", by)
        people = self._rows("SELECT name FROM people WHERE book_id = ? ORDER BY last_action DESC", by)
        last = self._rows(
            "SELECT a.at FROM people AS p JOIN actions AS a ON a.action_id = p.last_action WHERE p.book_id = ?"
            " ORDER BY p.last_action DESC LIMIT 1",
            by,
        )
        return BookRow(
            book=book,
            counts={status: dict(counts).get(status.value, 0) for status in Status},
            pages=self._rows("SELECT count(*) FROM pages WHERE book_id = ?", by)[0][0],
            people=tuple(name for (name,) in people),
            last_at=last[0][0] if last else "",
        )

    def pages(self, book_id: str) -> tuple[PageRow, ...]:
        """The pages of a book in their order, those set aside too."""
        rows = self._rows(f"{_PAGES} WHERE p.book_id = ? ORDER BY p.position, p.page_id", (book_id,))
        return tuple(index.decode_page(data, entries) for data, entries in rows)

    def page(self, page_id: str) -> PageRow | None:
        """One page, or None."""
        rows = self._rows(f"{_PAGES} WHERE p.page_id = ?", (page_id,))
        return index.decode_page(*rows[0]) if rows else None

    def has_file(self, sha256: str) -> tuple[str, ...]:
        """The ids of all pages, of any book, that came from the file with that hash."""
        rows = self._rows("SELECT page_id FROM pages WHERE file_sha256 = ? ORDER BY page_id", (sha256,))
        return tuple(page_id for (page_id,) in rows)

    def records(
        self, book_id: str, *, status: Status | None = None, offset: int = 0, limit: int = PAGE
    ) -> tuple[Record, ...]:
        """A portion of a book's records in the order of its pages and the entries on them."""
        return self._records_of(self._ordered_ids(book_id, status, limit, offset))

    def _ordered_ids(
        self, book_id: str, status: Status | None = None, limit: int = -1, offset: int = 0
    ) -> tuple[str, ...]:
        wanted, values = ("AND r.status = ?", (status.value,)) if status is not None else ("", ())
        rows = self._rows(
            f"{_RECORD_IDS} {wanted} {_IN_PAGE_ORDER} LIMIT ? OFFSET ?", (book_id, *values, limit, offset)
        )
        return tuple(record_id for (record_id,) in rows)

    def _records_of(self, record_ids: Sequence[str]) -> tuple[Record, ...]:
        found = (self.record(record_id) for record_id in record_ids)
        return tuple(record for record in found if record is not None)

    def record(self, record_id: str) -> Record | None:
        """One record, or None."""
        return self._read(lambda db: index.load_record(db, record_id))

    def record_ids(self, book_id: str, *, status: Status | None = None) -> tuple[str, ...]:
        """The ids of all records of a book in the order of its pages and the entries on them."""
        return self._ordered_ids(book_id, status)

    def records_changed_since(self, book_id: str, action_id: int) -> tuple[str, ...]:
        """The ids of a book's records that an action after that number concerns, in the order of `record_ids`."""
        rows = self._rows(f"{_RECORD_IDS} AND r.last_action > ? {_IN_PAGE_ORDER}", (book_id, action_id))
        return tuple(record_id for (record_id,) in rows)

    def page_records(self, page_id: str) -> tuple[Record, ...]:
        """The records of one page in the order of their entries."""
        rows = self._rows("SELECT data FROM records WHERE page_id = ? ORDER BY entry, record_id", (page_id,))
        return tuple(index.decode_record(data) for (data,) in rows)

    def queue_for_review(self, book_id: str, actor: Actor) -> tuple[Record, ...]:
        """The records of a book that were handed over and that this person may approve, in page order."""
        records = self._records_of(self._ordered_ids(book_id, Status.SUBMITTED))
        return tuple(record for record in records if may(actor, Approved(), record))

    def last_values(self, book_id: str, field_id: str, limit: int = 20) -> tuple[str, ...]:
        """Texts as written that people last confirmed for a field of a book, each once, the latest record first."""
        rows = self._rows(
            "SELECT json_extract(data, '$.fields.' || json_quote(?) || '.value.as_written') FROM"
            " (SELECT data FROM records WHERE book_id = ? ORDER BY last_action DESC LIMIT ?)",
            (field_id, book_id, MEMORY),
        )
        return tuple(dict.fromkeys(text for (text,) in rows if text))[:limit]

    def field_column(self, book_id: str, field_id: str) -> tuple[FieldCell, ...]:
        """One field of all records of a book in page order, whether or not anything is known of it."""
        path = "'$.fields.' || json_quote(?)"
        rows = self._rows(
            "SELECT r.record_id, r.page_id, r.status, "
            f"CASE WHEN json_type(r.data, {path}) = 'object' THEN json_extract(r.data, {path}) END"
            " FROM records AS r WHERE r.book_id = ?",
            (field_id, field_id, book_id),
        )
        place = {record_id: number for number, record_id in enumerate(self.record_ids(book_id))}
        found = sorted((row for row in rows if row[0] in place), key=lambda row: place[row[0]])
        return tuple(
            FieldCell(record_id, page_id, Status(status), index.decode_entry(data) if data else FieldEntry(field_id))
            for record_id, page_id, status, data in found
        )

    def actions(self, *, record_id: str = "", book_id: str = "", page_id: str = "") -> tuple[Action, ...]:
        """All actions of a record, of a page itself, or of a book, in order. Raises ValueError unless one is named."""
        if bool(record_id) + bool(book_id) + bool(page_id) != 1:
            raise ValueError("name one of record_id, book_id and page_id")
        if record_id:
            return self._read(lambda db: log.of_record(db, record_id))
        if page_id:
            return self._read(lambda db: log.of_page(db, page_id))
        return self._read(lambda db: log.of_book(db, book_id))

    def book_actions(self, book_id: str, *kinds: str) -> tuple[Action, ...]:
        """The actions of a book whose events have one of those names, in order."""
        return self._read(lambda db: log.of_book(db, book_id, kinds))

    def changes_since(self, action_id: int, limit: int = 1000) -> tuple[Action, ...]:
        """The actions after that number in order, at most `limit`; 0 begins at the first."""
        return self._read(lambda db: log.since(db, action_id, limit))

    def confirmations_since(self, action_id: int, limit: int = 1000) -> tuple[Action, ...]:
        """The actions after that number, at most `limit`, that confirmed something, took back or brought back."""
        return self._read(lambda db: log.since(db, action_id, limit, ("FieldsConfirmed", "Undone", "Redone")))

    def search(self, wanted: search.Wanted, offset: int = 0, limit: int = PAGE) -> search.FoundPage:
        """A portion of the records of all books that match, the closest first."""
        return self._read(lambda db: search.look(db, wanted, offset, limit))

    def extracts(self, offset: int = 0, limit: int = PAGE) -> tuple[Action, ...]:
        """A portion of the printed extracts of all books, the latest first."""
        return self._read(lambda db: log.extracts(db, offset, limit))

    def last_extract_of(self, year: int) -> Action | None:
        """The latest extract whose serial ends in that year, or None."""
        return self._read(lambda db: log.last_extract_of(db, year))

    def head(self) -> tuple[int, str] | None:
        """Number and hash of the last action, or None in an empty workspace."""
        return self._read(log.head)

    def setting(self, key: str, default: str = "") -> str:
        """What the workspace keeps under that key."""
        rows = self._rows("SELECT value FROM settings WHERE key = ?", (key,))
        return str(rows[0][0]) if rows else default

    def last_place(self, actor: Actor) -> Place | None:
        """Where that person stopped, or None."""
        text = self.setting(f"place:{actor.name}")
        return msgspec.json.decode(text, type=Place) if text else None
