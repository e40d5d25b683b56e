"""The index tables: what follows from the actions, kept in the same transaction as the actions themselves.

`fold_page` and `folding.fold_record` are the truth; `take_in` reaches the same rows one action at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import msgspec
import sqlite_utils

from hotich.errors import InputError, StoreError
from hotich.folding import apply, fold_record
from hotich.store import log, search
from hotich.store.rows import PageRow
from hotich.store.schema import INDEX_TABLES
from hotich.store.search_row import SearchRow, search_row
from hotich.values import Book, FieldEntry, Record, Role
from hotich.workflow import (
    Action,
    Approved,
    BookChanged,
    BookOpened,
    ExtractPrinted,
    FieldsConfirmed,
    FindingAccepted,
    FormChanged,
    MarginNoteAdded,
    MarginNoteRemoved,
    PageAdded,
    PageCleaned,
    PageMoved,
    PagePlaced,
    PageSetAside,
    QuestionAnswered,
    QuestionAsked,
    ReadingsMade,
    RecordOpened,
    RecordVoided,
    Redone,
    Refused,
    RegionsMoved,
    Returned,
    RowImported,
    Submitted,
    Undone,
)

BOOK_EVENTS = (BookOpened, BookChanged)
PAGE_EVENTS = (PageAdded, PageMoved, PageSetAside, PageCleaned, PagePlaced)
RECORD_EVENTS = (
    RecordOpened,
    FormChanged,
    RegionsMoved,
    ReadingsMade,
    FieldsConfirmed,
    FindingAccepted,
    RecordVoided,
    QuestionAsked,
    QuestionAnswered,
    MarginNoteAdded,
    MarginNoteRemoved,
    Submitted,
    Returned,
    Approved,
    Refused,
    RowImported,
    ExtractPrinted,
    Undone,
    Redone,
)

_encoder = msgspec.json.Encoder(order="deterministic")
_book_decoder = msgspec.json.Decoder(Book)
_page_decoder = msgspec.json.Decoder(PageRow)
_record_decoder = msgspec.json.Decoder(Record)
_entry_decoder = msgspec.json.Decoder(FieldEntry)


def encode(value: Book | PageRow | Record) -> str:
    """The value as JSON, the same text for equal values."""
    return _encoder.encode(value).decode()


def decode_book(text: str) -> Book:
    """The book of an index row."""
    return _book_decoder.decode(text)


def decode_page(text: str, entries: int = 0) -> PageRow:
    """The page of an index row with the number of its records."""
    page = _page_decoder.decode(text)
    return msgspec.structs.replace(page, entries=entries) if entries else page


def decode_record(text: str) -> Record:
    """The record of an index row."""
    return _record_decoder.decode(text)


def decode_entry(text: str) -> FieldEntry:
    """One field of the record of an index row."""
    return _entry_decoder.decode(text)


def fold_page(actions: Iterable[Action]) -> PageRow | None:
    """The page that follows from its own actions in order, or None when it was never added."""
    page: PageRow | None = None
    for action in actions:
        page = apply_page(page, action)
    return page


def apply_page(page: PageRow | None, action: Action) -> PageRow | None:
    """The page after one more action; an event that does not concern pages changes nothing."""
    replace = msgspec.structs.replace
    if isinstance(action.event, PageAdded):
        return PageRow(action.book_id, action.event.page, action.event.order)
    if page is None:
        return None
    match action.event:
        case PageMoved(order):
            return replace(page, order=order)
        case PageSetAside(reason):
            return replace(page, set_aside=reason)
        case PageCleaned(recipe, notes):
            return replace(page, recipe=recipe, notes=notes)
        case PagePlaced(placement):
            return replace(page, placement=placement)
        case _:
            return page


def load_page(db: sqlite_utils.Database, page_id: str) -> PageRow | None:
    """The page of that id as indexed, without its count of records."""
    row = db.execute("SELECT data FROM pages WHERE page_id = ?", (page_id,)).fetchone()
    return None if row is None else decode_page(row[0])


def load_record(db: sqlite_utils.Database, record_id: str) -> Record | None:
    """The record of that id as indexed."""
    row = db.execute("SELECT data FROM records WHERE record_id = ?", (record_id,)).fetchone()
    return None if row is None else decode_record(row[0])


def load_book(db: sqlite_utils.Database, book_id: str) -> Book:
    """The book of that id as indexed. Raises StoreError."""
    row = db.execute("SELECT data FROM books WHERE book_id = ?", (book_id,)).fetchone()
    if row is None:
        raise StoreError("store-no-book", book=book_id)
    return decode_book(row[0])


def has_book(db: sqlite_utils.Database, book_id: str) -> bool:
    """Whether a book of that id was opened."""
    return db.execute("SELECT 1 FROM books WHERE book_id = ?", (book_id,)).fetchone() is not None


def take_in(db: sqlite_utils.Database, action: Action) -> None:
    """Brings the index up to an action that was just written, in the same transaction."""
    event = action.event
    if isinstance(event, BookOpened | BookChanged):
        _put_book(db, action, event)
    elif isinstance(event, PAGE_EVENTS):
        _put_page(db, apply_page(load_page(db, action.page_id), action))
    elif isinstance(event, Undone | Redone):
        _put_record(db, fold_record(log.of_record(db, action.record_id)), action.action_id)
    elif isinstance(event, RecordOpened):
        _put_record(db, fold_record((action,)), action.action_id)
    elif isinstance(event, RECORD_EVENTS):
        record = load_record(db, action.record_id)
        _put_record(db, None if record is None else apply(record, action), action.action_id)
    _put_person(db, action)


def _put_book(db: sqlite_utils.Database, action: Action, event: BookOpened | BookChanged) -> None:
    if isinstance(event, BookOpened):
        row = (action.book_id, action.action_id, encode(event.book))
        db.execute("INSERT INTO books (book_id, opened, data) VALUES (?, ?, ?)", row)
    else:
        db.execute("UPDATE books SET data = ? WHERE book_id = ?", (encode(event.book), action.book_id))
        _search_again(db, event.book)


def _search_again(db: sqlite_utils.Database, book: Book) -> None:
    """The search finds records by the number and year of their book as well."""
    for (data,) in db.execute("SELECT data FROM records WHERE book_id = ?", (book.book_id,)).fetchall():
        search.put(db, decode_record(data), book)


def _put_page(db: sqlite_utils.Database, page: PageRow | None) -> None:
    if page is None:
        raise StoreError("store-no-page")
    row = page_row(page)
    db.execute(
        "INSERT INTO pages (page_id, book_id, position, file_sha256, data) VALUES (?, ?, ?, ?, ?)"
        " ON CONFLICT (page_id) DO UPDATE SET position = excluded.position, data = excluded.data",
        row,
    )


def page_row(page: PageRow) -> tuple[Any, ...]:
    """The index row of a page."""
    return (page.page.page_id, page.book_id, page.order, page.page.file_sha256, encode(page))


def _put_record(db: sqlite_utils.Database, record: Record | None, last_action: int) -> None:
    if record is None:
        raise StoreError("store-no-record")
    db.execute(
        "INSERT INTO records (record_id, book_id, page_id, entry, status, last_action, data)"
        " VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT (record_id) DO UPDATE"
        " SET status = excluded.status, last_action = excluded.last_action, data = excluded.data",
        record_row(record, last_action),
    )
    search.put(db, record, load_book(db, record.book_id))


def record_row(record: Record, last_action: int) -> tuple[Any, ...]:
    """The index row of a record."""
    return (
        record.record_id,
        record.book_id,
        record.page_id,
        record.entry,
        record.status.value,
        last_action,
        encode(record),
    )


def _put_person(db: sqlite_utils.Database, action: Action) -> None:
    if action.actor.role is Role.MACHINE:
        return
    db.execute(
        "INSERT INTO people (book_id, name, last_action) VALUES (?, ?, ?)"
        " ON CONFLICT (book_id, name) DO UPDATE SET last_action = excluded.last_action",
        (action.book_id, action.actor.name, action.action_id),
    )


class IndexRow(NamedTuple):
    """A row that one of the index tables should hold."""

    table: str
    key: tuple[str, ...]
    row: tuple[Any, ...]


def expected_rows(db: sqlite_utils.Database) -> Iterator[IndexRow]:
    """Every row the index should hold, folded afresh from the actions; books before pages before records."""
    for book_id in _ids(db, "book_id"):
        yield from _expected_book(db, book_id)
    for page_id in _ids(db, "page_id"):
        page = fold_page(log.of_page(db, page_id))
        if page is not None:
            yield IndexRow("pages", (page_id,), page_row(page))
    for record_id in _ids(db, "record_id"):
        actions = log.of_record(db, record_id)
        record = fold_record(actions)
        if record is not None:
            yield IndexRow("records", (record_id,), record_row(record, actions[-1].action_id))
            yield IndexRow("search", (record_id,), search_row(record, _book_now(db, record.book_id)))
    people = (
        "SELECT book_id, actor_name, max(action_id) FROM actions WHERE actor_role <> ? GROUP BY book_id, actor_name"
    )
    for row in db.execute(people, (Role.MACHINE.value,)).fetchall():
        yield IndexRow("people", (row[0], row[1]), tuple(row))


def _ids(db: sqlite_utils.Database, column: str) -> list[str]:
    rows = db.execute(f"SELECT DISTINCT {column} FROM actions WHERE {column} <> '' ORDER BY {column}").fetchall()
    return [row[0] for row in rows]


def _expected_book(db: sqlite_utils.Database, book_id: str) -> Iterator[IndexRow]:
    actions = log.of_book(db, book_id, kinds=("BookOpened", "BookChanged"))
    events = [a.event for a in actions if isinstance(a.event, BookOpened | BookChanged)]
    if events:
        yield IndexRow("books", (book_id,), (book_id, actions[0].action_id, encode(events[-1].book)))


def _book_now(db: sqlite_utils.Database, book_id: str) -> Book:
    """The book as its own actions leave it."""
    told = log.of_book(db, book_id, kinds=("BookOpened", "BookChanged"))
    event = told[-1].event if told else None
    if not isinstance(event, BookOpened | BookChanged):
        raise StoreError("store-no-book", book=book_id)
    return event.book


_COLUMNS = {
    "books": ("book_id", "opened", "data"),
    "pages": ("page_id", "book_id", "position", "file_sha256", "data"),
    "records": ("record_id", "book_id", "page_id", "entry", "status", "last_action", "data"),
    "people": ("book_id", "name", "last_action"),
    "search": SearchRow._fields,
}


def present_row(db: sqlite_utils.Database, wanted: IndexRow) -> tuple[Any, ...] | None:
    """The row that the index holds in the place of `wanted`, its data as this version of the program spells it."""
    columns = _COLUMNS[wanted.table]
    keys = " AND ".join(f"{column} = ?" for column in columns[: len(wanted.key)])
    found = db.execute(f"SELECT {', '.join(columns)} FROM {wanted.table} WHERE {keys}", wanted.key).fetchone()
    return None if found is None else _as_spelled_now(wanted.table, tuple(found))


def _as_spelled_now(table: str, row: tuple[Any, ...]) -> tuple[Any, ...]:
    """A row written before a fact was added lacks it, which is no fault; what cannot be read stays as it is."""
    if table in ("people", "search"):
        return row
    try:
        return (*row[:-1], encode(_DECODE[table](row[-1])))
    except (msgspec.MsgspecError, UnicodeError):
        return row


_DECODE: dict[str, Callable[[str], Book | PageRow | Record]] = {
    "books": decode_book,
    "pages": decode_page,
    "records": decode_record,
}


def count_rows(db: sqlite_utils.Database) -> int:
    """Rows in all index tables together."""
    return sum(db.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in INDEX_TABLES)


def rebuild(db: sqlite_utils.Database) -> None:
    """Empties the index tables and folds them again from the actions, in one transaction."""
    with db.atomic():
        search.forget(db)
        for table in INDEX_TABLES:
            db.execute(f"DELETE FROM {table}")
        for wanted in expected_rows(db):
            columns = _COLUMNS[wanted.table]
            marks = ", ".join("?" * len(columns))
            db.execute(f"INSERT INTO {wanted.table} ({', '.join(columns)}) VALUES ({marks})", wanted.row)
            if wanted.table == "search":
                search.learn_terms(db, SearchRow(*wanted.row))
        search.mark_current(db)


def refresh_search(db: sqlite_utils.Database) -> None:
    """Makes the rows of the search anew where another version of the program made them, or none did."""
    if search.is_current(db):
        return
    with db.atomic():
        search.forget(db)
        books = {row[0]: decode_book(row[1]) for row in db.execute("SELECT book_id, data FROM books").fetchall()}
        for (record_id,) in db.execute("SELECT record_id FROM records").fetchall():
            record = load_record(db, record_id)
            if record is not None:
                search.put(db, record, books[record.book_id])
        search.mark_current(db)


def require_place(db: sqlite_utils.Database, action_book: str, page_id: str, event: object) -> None:
    """Nothing, when the book and the page that an event names are there. Raises StoreError or InputError."""
    if isinstance(event, BookOpened):
        if has_book(db, action_book):
            raise StoreError("store-book-exists", book=action_book)
        return
    if not has_book(db, action_book):
        raise StoreError("store-no-book", book=action_book)
    if not isinstance(event, PAGE_EVENTS) and not isinstance(event, RecordOpened):
        return
    page = load_page(db, page_id)
    if isinstance(event, PageAdded):
        if page is not None:
            raise InputError("store-page-exists", file=event.page.file_name)
    elif page is None or page.book_id != action_book:
        raise StoreError("store-no-page")
