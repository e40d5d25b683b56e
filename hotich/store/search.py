"""The search index: a table of words beside the records, and the questions that are put to it.

The table `search` follows from the records like every other index table; triggers keep the full-text tables to it in
the same transaction. A question runs as a few full-text questions without sorting: how close a match is tells from
which of them found it, or, where all matches are at hand, from their words.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import sqlite_utils

from hotich.store.search_row import SearchRow, edition, facet, has_marks, marked_words, search_row
from hotich.text import fold
from hotich.values import Book, Record, RecordType, Status

EDITION_KEY = "search-edition"
COUNTED = 1000
"""Matches are counted up to here; beyond it a list is no help and a narrower question is."""

NAMED = 64
"""Words with one beginning that are asked for by name; full-text search gathers more of them before it answers."""

_AT_ONCE = 500
_FIGURE_COLUMNS = ("number", "book", "dates", "papers")

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
    if db.execute(f"{_PUT} WHERE {_DIFFERS}", row).rowcount:
        learn_terms(db, row)


def learn_terms(db: sqlite_utils.Database, row: SearchRow) -> None:
    """Keeps the words of a row, to find those that begin as somebody types."""
    words = {word for text in (row.name, row.people, row.places) for word in text.split()}
    db.conn.executemany("INSERT OR IGNORE INTO search_terms VALUES (?)", ((word,) for word in sorted(words)))


def forget(db: sqlite_utils.Database) -> None:
    """Empties the index of the search."""
    db.execute("DELETE FROM search")
    db.execute("DELETE FROM search_terms")


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
    words = [word for typed in wanted.words for word in fold(typed).split()]
    held = _held(wanted)
    places = _by_words(db, wanted, words, held) if words else _by_figures(db, wanted, held)
    found = dict.fromkeys(places, False)
    if wanted.suggestions and len(found) <= COUNTED:
        for place in _matches(db, "search_grey", _grey(wanted, words), COUNTED + 1 + len(found)):
            found.setdefault(place, True)
    shown = list(found.items())[:COUNTED][offset : offset + limit]
    return FoundPage(_found(db, shown), min(len(found), COUNTED), len(found) > COUNTED)


def _matches(db: sqlite_utils.Database, table: str, parts: Sequence[str], most: int = COUNTED + 1) -> list[int]:
    """The rows in which all parts hold, in their order, at most so many; none for no parts."""
    if not parts:
        return []
    sql = f"SELECT rowid FROM {table} WHERE {table} MATCH ? LIMIT ?"
    return [row[0] for row in db.execute(sql, (" AND ".join(parts), most)).fetchall()]


def _by_figures(db: sqlite_utils.Database, wanted: Wanted, held: Sequence[str]) -> list[int]:
    """Numbers before dates and papers."""
    numbers = [_any(("number",), each) for each in wanted.figures]
    anywhere = [_any(_FIGURE_COLUMNS, each) for each in wanted.figures]
    first = _matches(db, "search_words", [*held, *numbers]) if numbers else []
    rest = _matches(db, "search_words", [*held, *anywhere], COUNTED + 1 + len(first))
    return list(dict.fromkeys((*first, *rest)))


def _by_words(db: sqlite_utils.Database, wanted: Wanted, words: Sequence[str], held: Sequence[str]) -> list[int]:
    """Names as typed with their marks before those without, whole names before single words, begun words last."""
    always = [*held, *(_any(_FIGURE_COLUMNS, each) for each in wanted.figures)]
    whole = _matches(db, "search_words", [*always, *map(_quoted, words)])
    marked = marked_words(" ".join(wanted.words))
    if len(whole) <= COUNTED:
        begun = _matches(db, "search_words", [*always, *map(_quoted, words[:-1]), _begun(db, words[-1])])
        return _ranked(db, list(dict.fromkeys((*whole, *begun))), words, marked)
    # Too many to look at one by one: the closest kinds are asked for by themselves.
    phrase, closest = " ".join(words), []
    if has_marks(marked.split()):
        closest += [[_in(("name",), phrase), _in(("marked",), marked)], [_in(("marked",), marked)]]
    closest += [[_in(("name",), phrase)], [_quoted(phrase)]]
    found: dict[int, None] = {}
    for parts in closest:
        if len(found) <= COUNTED:
            found.update(dict.fromkeys(_matches(db, "search_words", [*always, *parts], COUNTED + 1 + len(found))))
    return list(dict.fromkeys((*found, *whole)))


def _begun(db: sqlite_utils.Database, word: str) -> str:
    """The question for words that begin so: each of them, or by their beginning where they are too many to name."""
    last = word[:-1] + chr(ord(word[-1]) + 1)
    rows = db.execute("SELECT term FROM search_terms WHERE term >= ? AND term < ? LIMIT ?", (word, last, NAMED + 1))
    terms = [row[0] for row in rows.fetchall()]
    if len(word) <= 2 or len(terms) > NAMED:
        return f"{_quoted(word)} *"
    return f"({' OR '.join(map(_quoted, terms or [word]))})"


def _ranked(db: sqlite_utils.Database, places: Sequence[int], words: Sequence[str], marked: str) -> list[int]:
    """The rows by how close their words are, in their order among equals."""
    kinds: dict[int, int] = {}
    for start in range(0, len(places), _AT_ONCE):
        some = places[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(some))
        rows = db.execute(f"SELECT place, name, people, places, marked FROM search WHERE place IN ({marks})", some)
        kinds |= {row[0]: _kind(row[1:], words, marked) for row in rows.fetchall()}
    return sorted(places, key=lambda place: (kinds[place], place))


def _kind(texts: Sequence[str], words: Sequence[str], marked: str) -> int:
    """How close a row is: 0 for a name as typed with its marks, then as `_by_words` says."""
    name, people, places, with_marks = (f" {text} " for text in texts)
    phrase = " ".join(words)
    is_marked = has_marks(marked.split()) and f" {marked} " in with_marks
    told = f"{name}. {people}. {places}"
    kinds = (
        is_marked and f" {phrase} " in name,
        is_marked,
        f" {phrase} " in name,
        f" {phrase} " in people,
        all(f" {word} " in told for word in words),
        f" {phrase}" in name,
    )
    return kinds.index(True) if True in kinds else len(kinds)


def _found(db: sqlite_utils.Database, shown: Sequence[tuple[int, bool]]) -> tuple[Found, ...]:
    marks = ", ".join("?" * len(shown))
    rows = db.execute(f"SELECT place, record_id FROM search WHERE place IN ({marks})", [place for place, _ in shown])
    ids = dict(rows.fetchall())
    return tuple(Found(ids[place], suggested) for place, suggested in shown)


def _facets(wanted: Wanted) -> list[str]:
    told = (
        facet("t", wanted.record_type.value) if wanted.record_type is not None else "",
        facet("b", wanted.book_id) if wanted.book_id else "",
        facet("s", wanted.status.value) if wanted.status is not None else "",
    )
    return [_in(("facets",), each) for each in told if each]


def _held(wanted: Wanted) -> list[str]:
    """What must hold in every match, words and figures of any sort left aside."""
    held = _facets(wanted)
    for column, asked in (("number", wanted.numbers), ("book", wanted.books), ("dates", wanted.dates)):
        held += [_any((column,), each) for each in asked]
    for column, words in (("name", wanted.name), ("people", wanted.people), ("places", wanted.places)):
        held += [_in((column,), word) for typed in words for word in fold(typed).split()]
    return held


def _grey(wanted: Wanted, words: Sequence[str]) -> list[str]:
    """The same of records with suggestions, wherever in them it stands; nothing where only filters were given."""
    figures = (*wanted.figures, *wanted.numbers, *wanted.books, *wanted.dates)
    typed = (*wanted.name, *wanted.people, *wanted.places)
    asked = [_any(("grey",), each) for each in figures]
    asked += [_in(("grey",), word) for word in (*words, *(word for each in typed for word in fold(each).split()))]
    return [*_facets(wanted), *asked] if asked else []


def _any(columns: Sequence[str], alternatives: Sequence[str]) -> str:
    return f"({' OR '.join(_in(columns, each) for each in alternatives)})"


def _in(columns: Sequence[str], text: str) -> str:
    """A word or phrase in one of these columns."""
    return f"{{{' '.join(columns)}}} : {_quoted(text)}"


def _quoted(text: str) -> str:
    """A word or phrase, quoted so that nothing in it is an operator."""
    plain = text.replace("\x00", " ").replace('"', '""')
    return f'"{plain}"'
