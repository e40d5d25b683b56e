"""Names of the files of a hand-off: made from a row, and read back to the row.

The pattern was seen in real use for births (`KS.2017.01.2017-02-03.05.pdf`); the other ways that `parse_name` takes
were met in provinces and are never written.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from string import Formatter

import msgspec

from hotich.export.ministry.choices import Choices
from hotich.text import nfc, unmark
from hotich.values import Book, RecordType

_NUMBERED = re.compile(r"(\d{1,5})([a-zđ]?)((?:\(\d+\))?)/(\d{4})")
_DATE = re.compile(r"(?:(?:(\d{2})\.)?(\d{2})\.)?(\d{4})")
_NUMBER = r"\d+[a-zđ]?(?:\(\d+\))?"
_TYPE = "|".join(kind.value for kind in RecordType)

_VARIANTS = (
    # Type, year, number of three digits, no date.
    re.compile(rf"(?P<type>{_TYPE})\.(?P<book_year>\d{{4}})\.(?P<book>\d+)\.(?P<number>{_NUMBER})\.pdf", re.I),
    # Place of registration (five digits), size of the paper, and for books of several years the year of the entry.
    re.compile(
        rf"(?P<type>{_TYPE})\.(?P<book_year>\d{{4}})\.(?P<place>\d{{5}})\.(?P<book>\d+)\.(?P<paper>A\d)"
        rf"(?:\.(?P<year>\d{{2}}))?\.(?P<number>{_NUMBER})\.pdf",
        re.I,
    ),
)


class ParsedName(msgspec.Struct, frozen=True):
    """What a file name says. `day` is a date of the import (dd.mm.yyyy, mm.yyyy, yyyy) or ''.

    `number` and `book` have at least two digits and keep a suffix (15a); `copy` is the n of a trailing (n), else 0.
    """

    record_type: RecordType
    book_year: int
    book: str
    number: str
    day: str = ""
    copy: int = 0
    entry_year: int | None = None
    place_code: str = ""
    paper: str = ""

    @property
    def book_number(self) -> str:
        """The column quyenSo: 01/2017."""
        return f"{self.book}/{self.book_year}"

    @property
    def entry_number(self) -> str:
        """The column so: 05/2017, with the year told, that of the registration, or that of the book."""
        year = self.entry_year or (int(self.day[-4:]) if self.day else self.book_year)
        return f"{self.number}/{year}"


def pdf_name(cells: Mapping[str, str], record_type: RecordType, choices: Choices) -> str:
    """The name of a row's PDF, or '' where its numbers or its date do not have the form of the import."""
    number, book = _NUMBERED.fullmatch(cells.get("so", "")), _NUMBERED.fullmatch(cells.get("quyenSo", ""))
    day = _day_token(cells.get("ngayDangKy", ""), choices.unknown_digit)
    if number is None or book is None or not day:
        return ""
    return choices.pdf_name.format(
        type=choices.prefix(record_type), book_year=book[4], book=_padded(book), day=day, number=_padded(number)
    )


def _padded(found: re.Match[str]) -> str:
    return f"{int(found[1]):02}{found[2]}{found[3]}"


def _day_token(date: str, unknown: str) -> str:
    """`2017-02-03`; parts that the date does not tell are filled with the placeholder."""
    if not date:
        return "-".join(unknown * length for length in (4, 2, 2))
    found = _DATE.fullmatch(date)
    return f"{found[3]}-{found[2] or unknown * 2}-{found[1] or unknown * 2}" if found else ""


def distinct_names(names: Iterable[str]) -> tuple[str, ...]:
    """The same names, with (1), (2)… before the ending of those that came before; letters of either case are one.

    A name that some row has by itself is never given to another. '' stays ''.
    """
    wanted = tuple(names)
    own = {name.casefold() for name in wanted}
    taken: set[str] = set()
    found = []
    for name in wanted:
        free = (
            name if name.casefold() not in taken else next(c for c in _copies(name) if c.casefold() not in taken | own)
        )
        taken |= {free.casefold()} - {""}
        found.append(free)
    return tuple(found)


def _copies(name: str) -> Iterator[str]:
    stem, _, ending = name.rpartition(".")
    return (f"{stem}({copy}).{ending}" for copy in itertools.count(1))


def parse_name(name: str, choices: Choices) -> ParsedName | None:
    """What the name of a PDF says, in our pattern or one of those met in provinces; None when it is none of them."""
    text = nfc(name).strip()
    for pattern in (_pattern(choices), *_VARIANTS):
        if found := pattern.fullmatch(text):
            return _parsed(found.groupdict(), choices)
    return None


@lru_cache(maxsize=8)
def _pattern(choices: Choices) -> re.Pattern[str]:
    digit = rf"[0-9{re.escape(choices.unknown_digit)}]"
    parts = {
        "type": "|".join(choices.prefix(kind) for kind in RecordType),
        "book_year": r"\d{4}",
        "book": _NUMBER,
        "day": rf"{digit}{{4}}-{digit}{{2}}-{digit}{{2}}",
        "number": _NUMBER,
    }
    pieces = (
        re.escape(text) + (f"(?P<{part}>{parts[part]})" if part else "")
        for text, part, _, _ in Formatter().parse(choices.pdf_name)
    )
    return re.compile("".join(pieces), re.I)


def _parsed(said: dict[str, str | None], choices: Choices) -> ParsedName:
    by_prefix = {choices.prefix(kind): kind for kind in reversed(RecordType)}
    prefix = (said["type"] or "").upper()
    number, copy = _without_copy(said["number"] or "")
    book, book_copy = _without_copy(said["book"] or "")
    year = said.get("year")
    return ParsedName(
        record_type=by_prefix.get(prefix) or RecordType(prefix),
        book_year=int(said["book_year"] or 0),
        book=f"{book}({book_copy})" if book_copy else book,
        number=number,
        day=_date_of(said.get("day") or "", choices.unknown_digit),
        copy=copy,
        entry_year=1900 + int(year) if year else None,
        place_code=said.get("place") or "",
        paper=(said.get("paper") or "").upper(),
    )


def _without_copy(token: str) -> tuple[str, int]:
    """The number padded to two digits with its letter, and the n of a trailing (n)."""
    bare, _, copy = token.partition("(")
    digits = bare.rstrip("abcdefghijklmnopqrstuvwxyzđABCDEFGHIJKLMNOPQRSTUVWXYZĐ")
    return f"{int(digits):02}{bare[len(digits) :].lower()}", int(copy.rstrip(")")) if copy else 0


def _date_of(token: str, unknown: str) -> str:
    """The date of the import that a token tells; parts of nothing but the placeholder are not told."""
    if not token:
        return ""
    year, month, day = (part if part.strip(unknown) else "" for part in token.split("-"))
    return ".".join(part for part in (day if month else "", month if year else "", year) if part)


def contradictions(name: str, cells: Mapping[str, str], choices: Choices) -> tuple[str, ...]:
    """The columns that a file name does not say as the row does; all three that it tells when it cannot be read."""
    said = parse_name(name, choices)
    if said is None:
        return ("so", "quyenSo", "ngayDangKy")
    number, book = _NUMBERED.fullmatch(cells.get("so", "")), _NUMBERED.fullmatch(cells.get("quyenSo", ""))
    told = (said.number, f"{said.number}({said.copy})")
    return tuple(
        field
        for field, same in (
            ("so", number is not None and _padded(number) in told),
            ("quyenSo", book is not None and said.book_number == f"{_padded(book)}/{book[4]}"),
            ("ngayDangKy", not said.day or said.day == cells.get("ngayDangKy", "")),
        )
        if not same
    )


class DeliveryNames(msgspec.Struct, frozen=True):
    """Names of the folder of a hand-off and of the files in it."""

    folder: str
    workbook: str
    archive: str
    report: str
    report_data: str


def delivery_names(book: Book, choices: Choices) -> DeliveryNames:
    """The names for a book, in letters that every system keeps."""
    number = unmark(book.number).strip().removesuffix(f"/{book.year}")
    safe = re.sub(r"[^0-9A-Za-z]+", "-", number).strip("-") or "0"
    parts = {
        "type": choices.prefix(book.record_type),
        "book_year": f"{book.year:04}",
        "book": safe.zfill(2) if safe.isdecimal() else safe,
    }
    before = choices.practice_prefix if book.practice else ""
    workbook = before + choices.workbook_name.format(**parts)
    stem = workbook.removesuffix(".xlsx")
    return DeliveryNames(
        folder=stem,
        workbook=workbook,
        archive=before + choices.archive_name.format(**parts),
        report=f"{stem}.bao-cao.html",
        report_data=f"{stem}.bao-cao.json",
    )
