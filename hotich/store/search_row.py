"""What the search knows of one record: words folded, words with their marks, figures, and what lists are parted by.

Words of one field stand together in their order, and a full stop stands between fields, so that a whole name is found
as a phrase that never runs over into the next person.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from typing import NamedTuple

from hotich.dates import parse_date
from hotich.text import fold, nfc, unmark
from hotich.values import Book, FieldEntry, Record

LAYOUT = 2
"""Rises whenever rows are made in another way; then every row is made anew."""

BETWEEN = " . "

_NORMAL_DATE = re.compile(r"(?:(?:(\d{2})\.)?(\d{2})\.)?(\d{4})")

FIGURES = ("number", "book", "dates", "papers")
LETTERS = ("name", "people", "places")


class SearchRow(NamedTuple):
    """The row of the index table `search`; every text is tokens parted by blanks."""

    record_id: str
    number: str
    book: str
    dates: str
    papers: str
    name: str
    people: str
    places: str
    marked: str
    grey: str
    facets: str


@cache
def _lists() -> dict[str, tuple[str, ...]]:
    text = (resources.files("hotich.store") / "search.toml").read_text(encoding="utf-8")
    return {name: tuple(fields) for name, fields in tomllib.loads(text).items()}


@cache
def column_of(field_id: str) -> str:
    """The column of the index that takes a field, or '' where the search does not look into it."""
    found = (name for name in (*FIGURES, *LETTERS) if field_id in _lists()[name])
    return next(found, "")


def fields_of(column: str) -> tuple[str, ...]:
    """The fields that a column of the index takes."""
    return _lists()[column]


@cache
def edition() -> str:
    """Changes whenever rows would be made in another way than before."""
    text = (resources.files("hotich.store") / "search.toml").read_bytes()
    return f"{LAYOUT}-{hashlib.sha256(text).hexdigest()[:16]}"


def search_row(record: Record, book: Book) -> SearchRow:
    """What the search knows of a record of that book."""
    told: dict[str, list[str]] = {name: [] for name in (*FIGURES, *LETTERS, "marked")}
    told["book"] += [*number_tokens(book.number, book.year), str(book.year)]
    suggested: list[str] = []
    for field_id, entry in sorted(record.fields.items()):
        column = column_of(field_id)
        if not column:
            continue
        if entry.value is None:
            suggested += _suggested(entry, column, book.year)
            continue
        told[column] += tokens(column, entry.value.as_written, entry.value.normal, book.year)
        if column in LETTERS and entry.value.as_written:
            told["marked"].append(marked_words(entry.value.as_written))
    # With suggestions a record is searched as a whole: what they say may be sought together with what is confirmed.
    grey = [part for name in (*FIGURES, *LETTERS) for part in told[name]] + suggested if suggested else []
    texts = {name: BETWEEN.join(parts) if name in (*LETTERS, "marked") else " ".join(dict.fromkeys(parts))
             for name, parts in told.items()}  # fmt: skip
    facets = " ".join(_facets(record, book))
    return SearchRow(record_id=record.record_id, grey=BETWEEN.join(dict.fromkeys(grey)), facets=facets, **texts)


def _facets(record: Record, book: Book) -> tuple[str, ...]:
    return (facet("t", book.record_type.value), facet("b", record.book_id), facet("s", record.status.value))


def facet(sort: str, value: str) -> str:
    """The token by which lists are parted: 't' type, 'b' book, 's' state. Hexadecimal, so that it is one token."""
    return f"{sort}:{value.encode().hex() if sort == 'b' else value.lower()}"


def _suggested(entry: FieldEntry, column: str, year: int) -> list[str]:
    """The tokens of what was read or keyed elsewhere and nobody confirmed."""
    found: list[str] = []
    if entry.reading is not None:
        found += tokens(column, entry.reading.text, entry.reading.normal, year)
    if entry.imported is not None:
        found += tokens(column, entry.imported.as_written, entry.imported.normal, year)
    return list(dict.fromkeys(found))


def tokens(column: str, written: str, normal: str, year: int) -> list[str]:
    """The tokens of one field for its column; letters give one phrase, or two where the normal form differs."""
    if column == "dates":
        return date_tokens(written, normal, year)
    if column in ("number", "book"):
        return number_tokens(written, year)
    if column == "papers":
        return paper_tokens(written)
    return list(dict.fromkeys(phrase for phrase in (fold(written), fold(normal)) if phrase))


def number_tokens(written: str, year: int = 0) -> list[str]:
    """The number with its year and alone, without noughts before it: 05/1984 gives 5/1984 and 5."""
    parts = [part.lstrip("0") or "0" for part in re.findall(r"[0-9a-z]+", unmark(written))]
    if not parts:
        return []
    whole = "/".join(parts)
    return list(dict.fromkeys((whole, parts[0], *([f"{whole}/{year}"] if len(parts) == 1 and year else []))))


def paper_tokens(written: str) -> list[str]:
    """The number of an identity paper without what parts its figures."""
    return list(filter(None, ("".join(re.findall(r"[0-9a-z]", unmark(written))),)))


def date_tokens(written: str, normal: str, year: int) -> list[str]:
    """A date from its end: 1984, 3/1984, 12/3/1984 and 12/3; parts that are missing are left out.

    The normal form goes before; a lunar date has none, and is found by what is written. `year` is that of the book.
    """
    found = _NORMAL_DATE.fullmatch(normal)
    if found is not None:
        day, month, whole_year = (int(part) if part else 0 for part in found.groups())
        return list(_date_tokens(day, month, whole_year))
    read = parse_date(written, century_hint=year)
    said = [] if read.certain else fold(written).split()
    if read.date is None:
        return said
    known = (part if isinstance(part, int) else 0 for part in (read.date.day, read.date.month, read.date.year))
    return [*_date_tokens(*known), *said]


def _date_tokens(day: int, month: int, year: int) -> Iterator[str]:
    if year:
        yield str(year)
    if month and year:
        yield f"{month}/{year}"
    if day and month:
        yield f"{day}/{month}"
        if year:
            yield f"{day}/{month}/{year}"


def marked_words(text: str) -> str:
    """The words in small letters with their marks, NFC, without punctuation."""
    small = nfc(nfc(text).lower())
    return " ".join("".join(letter if _in_word(letter) else " " for letter in small).split())


def _in_word(letter: str) -> bool:
    return letter.isalnum() or unicodedata.category(letter) == "Mn"


def has_marks(words: Iterable[str]) -> bool:
    """Whether somebody typed a letter with a mark."""
    return any(fold(word) != word for word in words)
