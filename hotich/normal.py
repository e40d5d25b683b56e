"""The normal form of what is written in a field: what the national import takes, or nothing where that is not known.

Letters are never changed here. A normal form is dates as dd.mm.yyyy (or mm.yyyy, yyyy), codes as digits, numbers as
NN/YYYY, groups and nationalities as the ministry writes them, and names and places as written (source: the import
templates of guidance 1437/BTP-CNTT).
"""

from __future__ import annotations

import re
from collections.abc import Callable

import msgspec

from hotich.dates import parse_date, to_ministry
from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.text import is_ditto, nfc, squeeze
from hotich.values import Book

_ENTRY_NUMBER = re.compile(r"(?:số\s*)?[:.\s]*(\d{1,5})\s*([a-zđ]?(?:\(\d+\))?)\s*(?:/\s*(\d{4}|\d{2}))?\.?", re.I)
_DIGITS = re.compile(r"\d+")
_TIME = re.compile(r"(\d{1,2})\s*(?:giờ|h|g|:)\s*(\d{1,2})?\s*(?:phút|p|')?", re.I)


class NormalContext(msgspec.Struct, frozen=True):
    """What a field is read against: its book, the normal form in the record above, and the year of registration."""

    book: Book
    above: str = ""
    year: int | None = None


class Normalised(msgspec.Struct, frozen=True):
    """A normal form, or '' with a word for why there is none; `certain` is false when it was one of several choices."""

    normal: str
    problem: str = ""
    certain: bool = True


def normalise(spec: FieldSpec, text: str, context: NormalContext) -> Normalised:
    """The normal form of a text in a field of that kind. A ditto mark stands for the record above."""
    written = squeeze(nfc(text))
    if not written:
        return Normalised("")
    if is_ditto(written) and spec.kind not in (FieldKind.ENTRY_NUMBER, FieldKind.PAGE_NUMBER):
        return Normalised(context.above, "" if context.above else "nothing-above")
    return _BY_KIND.get(spec.kind, _as_written)(spec, written, context)


def _as_written(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    return Normalised(written)


def _date(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    """Ages become the year of registration less the age, as old registers give them (born about that year)."""
    year = context.year or context.book.year
    parsed = parse_date(written, century_hint=year)
    if parsed.date is None:
        return Normalised("", parsed.problem or "date-unknown", False)
    if parsed.date.age is not None:
        return Normalised(f"{year - parsed.date.age:04}", "", False)
    normal = to_ministry(parsed.date)
    return Normalised(normal, "" if normal else "date-not-for-import", parsed.certain)


def _entry_number(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    found = _ENTRY_NUMBER.fullmatch(written)
    if found is None:
        return Normalised("", "number-unknown", False)
    year = found[3] or str(context.year or context.book.year)
    if len(year) == 2:
        year = _century_of(context.year or context.book.year, year)
    return Normalised(f"{int(found[1]):02}{found[2].lower()}/{year}")


def _century_of(near: int, two_digits: str) -> str:
    """The four-digit year of that ending nearest to the book's."""
    candidates = [century * 100 + int(two_digits) for century in range(near // 100 - 1, near // 100 + 2)]
    return str(min(candidates, key=lambda year: abs(year - near)))


def _page_number(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    digits = _DIGITS.findall(written)
    return Normalised(str(int(digits[0]))) if len(digits) == 1 else Normalised("", "number-unknown", False)


def _choice(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    code = load_catalogue().codes[spec.codes].find(written)
    return Normalised(code.code) if code is not None else Normalised("", "code-unknown", False)


def _ethnic(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    return _only_one(load_catalogue().ethnic.find(written).names)


def _nationality(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    found = load_catalogue().nationalities.find(written)
    return Normalised(found) if found else Normalised("", "list-unknown", False)


def _only_one(names: tuple[str, ...]) -> Normalised:
    if len(names) == 1:
        return Normalised(names[0])
    return Normalised("", "list-ambiguous" if names else "list-unknown", False)


def _id_number(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    """Digits without the spaces and dots that people put between them; anything else as written."""
    bare = re.sub(r"[\s.\-]", "", written)
    return Normalised(bare if bare.isdecimal() else written)


def _time(spec: FieldSpec, written: str, context: NormalContext) -> Normalised:
    """HH:mm where both are told and possible, else as written (the template takes either)."""
    found = _TIME.fullmatch(written)
    if found is None or int(found[1]) > 24 or int(found[2] or 0) > 59:
        return Normalised(written)
    return Normalised(f"{int(found[1]):02}:{int(found[2] or 0):02}")


_BY_KIND: dict[FieldKind, Callable[[FieldSpec, str, NormalContext], Normalised]] = {
    FieldKind.ENTRY_NUMBER: _entry_number,
    FieldKind.BOOK_NUMBER: _entry_number,
    FieldKind.PAGE_NUMBER: _page_number,
    FieldKind.DATE: _date,
    FieldKind.TIME: _time,
    FieldKind.CHOICE: _choice,
    FieldKind.ETHNIC: _ethnic,
    FieldKind.NATIONALITY: _nationality,
    FieldKind.ID_NUMBER: _id_number,
}
