"""The search index: a table of words beside the records, and the questions that are put to it.

The table `search` follows from the records like every other index table; triggers keep the full-text table
`search_words` to it in the same transaction. A question runs as a few full-text questions, the closest kind of match
first, each without what the ones before it found. So nothing is sorted, and no page waits for all matches to be read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec
import sqlite_utils

from hotich.store.search_row import LETTERS, SearchRow, edition, facet, has_marks, marked_words, search_row
from hotich.text import fold
from hotich.values import Book, Record, RecordType, Status

EDITION_KEY = "search-edition"
COUNTED = 1000
"""Matches are counted up to here; beyond it a list is no help and a narrower question is."""

_COLUMNS = ", ".join(SearchRow._fields)
_MARKS = ", ".join("?" * len(SearchRow._fields))
_CHANGED = ", ".join(f"{name} = excluded.{name}" for name in SearchRow._fields[1:])
_PUT = f"INSERT INTO search ({_COLUMNS}) VALUES ({_MARKS}) ON CONFLICT (record_id) DO UPDATE SET {_CHANGED}"
_DIFFERS = " OR ".join(f"search.{name} <> excluded.{name}" for name in SearchRow._fields[1:])


class Wanted(msgspec.Struct, frozen=True):
    """What is searched for. All given parts must hold; of the tokens in an inner tuple any one is enough.

    `words` stand in names and places, `name`, `people` and `places` in those alone; as typed. `figures` may be a
    number, a date or a paper; `numbers`, `books` and `dates` are that alone; all in the spelling of `search_row`.
    """

    words: tuple[str, ...] = ()
    name: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    figures: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[tuple[str, ...], ...] = ()
    books: tuple[tuple[str, ...], ...] = ()
    dates: tuple[tuple[str, ...], ...] = ()
    record_type: RecordType | None = None
    book_id: str = ""
    status: Status | None = None
    suggestions: bool = False
    """Also what was read or keyed elsewhere and nobody confirmed."""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked for, filters left aside."""
        parts = (self.words, self.name, self.people, self.places, self.figures, self.numbers, self.books, self.dates)
        return not any(parts)


class Found(msgspec.Struct, frozen=True):
    """One record that matches; `suggested` where only what nobody confirmed does."""

    record_id: str
    suggested: bool = False


class FoundPage(msgspec.Struct, frozen=True):
    """A portion of the matches, the best first, and how many there are; `more` where only COUNTED were counted."""

    found: tuple[Found, ...]
    count: int
    more: bool = False


def put(db: sqlite_utils.Database, record: Record, book: Book) -> None:
    """Brings the row of a record up to it; where nothing changed nothing is written."""
    row = search_row(record, book)
    db.execute(f"{_PUT} WHERE {_DIFFERS}", row)


def put_book(db: sqlite_utils.Database, book: Book, records: Sequence[Record]) -> None:
    """The same for all records of a book whose cover was corrected."""
    for record in records:
        put(db, record, book)


def is_current(db: sqlite_utils.Database) -> bool:
    """Whether the rows were made as this version of the program makes them."""
    row = db.execute("SELECT value FROM settings WHERE key = ?", (EDITION_KEY,)).fetchone()
    return row is not None and row[0] == edition()


def mark_current(db: sqlite_utils.Database) -> None:
    """Keeps that the rows are made as this version makes them."""
    sql = "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"
    db.execute(sql, (EDITION_KEY, edition()))


def look(db: sqlite_utils.Database, wanted: Wanted, offset: int, limit: int) -> FoundPage:
    """The matches from `offset` on, at most `limit`, the closest first, in the order of registration among equals."""
    found: list[Found] = []
    count = 0
    for expression, suggested in _kinds(wanted):
        if not expression:
            continue
        if len(found) < limit:
            skipped = max(0, offset - count)
            rows = _ids(db, expression, skipped, limit - len(found))
            found += [Found(record_id, suggested) for record_id in rows]
        count += _count(db, expression, COUNTED + 1 - count)
        if count > COUNTED and len(found) >= limit:
            break
    return FoundPage(tuple(found), min(count, COUNTED), count > COUNTED)


def _ids(db: sqlite_utils.Database, expression: str, offset: int, limit: int) -> list[str]:
    rows = db.execute(
        "SELECT record_id FROM search WHERE place IN"
        " (SELECT rowid FROM search_words WHERE search_words MATCH ? LIMIT ? OFFSET ?) ORDER BY place",
        (expression, limit, offset),
    )
    return [row[0] for row in rows.fetchall()]


def _count(db: sqlite_utils.Database, expression: str, most: int) -> int:
    if most <= 0:
        return 0
    rows = "SELECT count(*) FROM (SELECT 1 FROM search_words WHERE search_words MATCH ? LIMIT ?)"
    return int(db.execute(rows, (expression, most)).fetchone()[0])


def _kinds(wanted: Wanted) -> Iterator[tuple[str, bool]]:
    """The full-text questions, the closest kind of match first, each without the matches of those before it."""
    before: list[str] = []
    always = _always(wanted)
    for kind in dict.fromkeys(_confirmed(wanted)):
        held = " AND ".join(filter(None, (*always, kind)))
        yield (_without(held, before), False)
        before += [f"({held})"] if held else []
    if wanted.suggestions and (anywhere := _anywhere(wanted)):
        yield (_without(" AND ".join([*_facets(wanted), *anywhere]), before), True)


def _without(expression: str, before: Sequence[str]) -> str:
    return f"({expression}) NOT ({' OR '.join(before)})" if before else expression


def _facets(wanted: Wanted) -> list[str]:
    told = (
        facet("t", wanted.record_type.value) if wanted.record_type is not None else "",
        facet("b", wanted.book_id) if wanted.book_id else "",
        facet("s", wanted.status.value) if wanted.status is not None else "",
    )
    return [_in(("facets",), each) for each in told if each]


def _always(wanted: Wanted) -> list[str]:
    """What must hold in every kind of match."""
    held = _facets(wanted)
    for column, asked in (("number", wanted.numbers), ("book", wanted.books), ("dates", wanted.dates)):
        held += [_any((column,), each) for each in asked]
    for column, words in (("name", wanted.name), ("people", wanted.people), ("places", wanted.places)):
        held += [_in((column,), fold(word)) for word in words if fold(word)]
    return held


def _any(columns: Sequence[str], alternatives: Sequence[str]) -> str:
    return f"({' OR '.join(_in(columns, each) for each in alternatives)})"


_FIGURE_COLUMNS = ("number", "book", "dates", "papers")


def _confirmed(wanted: Wanted) -> Iterator[str]:
    """The kinds of match among confirmed values, the closest first."""
    figures = [_any(_FIGURE_COLUMNS, each) for each in wanted.figures]
    words = [word for typed in wanted.words for word in fold(typed).split()]
    if not words:
        if figures:
            yield " AND ".join(_any(("number",), each) for each in wanted.figures)
        yield " AND ".join(figures)
        return
    for kind in _by_words(wanted.words, words):
        yield " AND ".join([*figures, kind])


def _by_words(typed: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    phrase, all_words = " ".join(words), [_in(LETTERS, word) for word in words]
    marked = marked_words(" ".join(typed))
    if has_marks(marked.split()):
        yield f"({_in(('name',), phrase)} AND {_in(('marked',), marked)})"
        yield _in(("marked",), marked)
    yield _in(("name",), phrase)
    yield _in(("people",), phrase)
    yield f"({' AND '.join(all_words)})"
    yield f"{_in(('name',), phrase)} *"
    yield f"({' AND '.join([*all_words[:-1], _in(LETTERS, words[-1]) + ' *'])})"


def _anywhere(wanted: Wanted) -> list[str]:
    """The same among suggestions as well, without telling kinds apart."""
    columns = {"number": wanted.numbers, "book": wanted.books, "dates": wanted.dates}
    held = [_any((name, "grey"), each) for name, asked in columns.items() for each in asked]
    held += [_any((*_FIGURE_COLUMNS, "grey"), each) for each in wanted.figures]
    for name, typed in (("name", wanted.name), ("people", wanted.people), ("places", wanted.places)):
        held += [_in((name, "grey"), fold(word)) for word in typed if fold(word)]
    return held + [_in((*LETTERS, "grey"), word) for typed in wanted.words for word in fold(typed).split()]


def _in(columns: Sequence[str], text: str) -> str:
    """A word or phrase in one of these columns; it is quoted, so that nothing in it is an operator."""
    quoted = text.replace("\x00", " ").replace('"', '""')
    return f'{{{" ".join(columns)}}} : "{quoted}"'
