"""The search index: a table of words beside the records, and the questions that are put to it.

The table `search` follows from the records like every other index table; triggers keep the full-text table
`search_words` to it in the same transaction. A question runs as a few full-text questions, the closest kind of match
first, until so many are found as anybody looks through. So nothing is sorted, and no list waits for all matches.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

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
    places: dict[int, bool] = {}
    for kind in _kinds(wanted):
        if len(places) > COUNTED:
            break
        if kind.within and not _places(db, kind.within, 1):
            continue
        for place in _places(db, kind.expression, COUNTED + 1 + len(places)):
            places.setdefault(place, kind.suggested)
    shown = list(places.items())[:COUNTED][offset : offset + limit]
    return FoundPage(_found(db, shown), min(len(places), COUNTED), len(places) > COUNTED)


def _places(db: sqlite_utils.Database, expression: str, most: int) -> list[int]:
    """The rows that match, in their order, at most so many; they are found one after the other and not sorted."""
    rows = db.execute("SELECT rowid FROM search_words WHERE search_words MATCH ? LIMIT ?", (expression, most))
    return [row[0] for row in rows.fetchall()]


def _found(db: sqlite_utils.Database, shown: Sequence[tuple[int, bool]]) -> tuple[Found, ...]:
    marks = ", ".join("?" * len(shown))
    rows = db.execute(f"SELECT place, record_id FROM search WHERE place IN ({marks})", [place for place, _ in shown])
    ids = dict(rows.fetchall())
    return tuple(Found(ids[place], suggested) for place, suggested in shown)


class _Kind(NamedTuple):
    """A full-text question. `within` is a looser one: where that finds nothing, this need not be asked."""

    expression: str
    suggested: bool = False
    within: str = ""


def _kinds(wanted: Wanted) -> Iterator[_Kind]:
    """The questions, the closest kind of match first; later ones find again what earlier ones found."""
    always = _always(wanted)
    for kind in dict.fromkeys(_confirmed(wanted)):
        held = " AND ".join(filter(None, (*always, kind.expression)))
        within = " AND ".join((*always, kind.within)) if kind.within else ""
        if held:
            yield _Kind(held, within=within)
    if wanted.suggestions and (anywhere := _anywhere(wanted)):
        yield _Kind(" AND ".join([*_facets(wanted), *anywhere]), suggested=True)


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


def _confirmed(wanted: Wanted) -> Iterator[_Kind]:
    """The kinds of match among confirmed values, the closest first."""
    figures = [_any(_FIGURE_COLUMNS, each) for each in wanted.figures]
    words = [word for typed in wanted.words for word in fold(typed).split()]
    if not words:
        if figures:
            yield _Kind(" AND ".join(_any(("number",), each) for each in wanted.figures))
        yield _Kind(" AND ".join(figures))
        return
    for kind in _by_words(wanted.words, words):
        within = " AND ".join([*figures, kind.within]) if kind.within else ""
        yield _Kind(" AND ".join([*figures, kind.expression]), within=within)


def _by_words(typed: Sequence[str], words: Sequence[str]) -> Iterator[_Kind]:
    phrase, each_word = " ".join(words), [_in(LETTERS, word) for word in words]
    # A phrase of common words is dear to look for, and there is none where its words do not stand in one record.
    all_words = f"({' AND '.join(each_word)})"
    marked = marked_words(" ".join(typed))
    if has_marks(marked.split()):
        yield _Kind(f"({_in(('name',), phrase)} AND {_in(('marked',), marked)})", within=all_words)
        yield _Kind(_in(("marked",), marked), within=all_words)
    yield _Kind(_in(("name",), phrase), within=all_words)
    yield _Kind(_in(("people",), phrase), within=all_words)
    yield _Kind(all_words)
    yield _Kind(f"{_in(('name',), phrase)} *")
    yield _Kind(f"({' AND '.join([*each_word[:-1], _in(LETTERS, words[-1]) + ' *'])})")


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
