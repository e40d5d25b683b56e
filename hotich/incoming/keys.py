"""By what a row and a record know one another: entry number, book, date of registration, file name of the document."""

from __future__ import annotations

import re

import msgspec

_NUMBER = re.compile(
    r"(?:số\s*|so\s*|n[o°º]\.?\s*)?[:.\s]*0*(\d{1,6})\s*([a-zđ]?)\s*(?:\((\d+)\))?\s*"
    r"(?:[/\-.]\s*(\d{4}|\d{2}))?\.?",
    re.I,
)
_PDF = re.compile(
    # Some names also tell the place of registration (five digits), the paper, and the year in books of several years.
    r"(?P<kind>[A-Z]{2,4})\.(?P<opened>\d{4})(?:\.\d{5})?\.(?P<book>[^.]+)(?:\.A\d(?:\.\d{2})?)?"
    r"(?:\.(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2}))?\.(?P<number>\d+[a-zđ]?)(?:\((?P<again>\d+)\))?(?:\.pdf)?",
    re.I,
)


class EntryKey(msgspec.Struct, frozen=True):
    """An entry number without its zeros. `suffix` tells doubles apart; `year` is 0 where only the number is written."""

    number: int
    suffix: str = ""
    year: int = 0

    def agrees(self, other: EntryKey) -> bool:
        """Whether both may mean the same entry: a year that is not told agrees with any."""
        same_year = not self.year or not other.year or self.year == other.year
        return (self.number, self.suffix) == (other.number, other.suffix) and same_year


class DocumentName(msgspec.Struct, frozen=True):
    """What the file name of a record's document tells: KS.2017.01.2017-02-03.05.pdf. `date` is dd.mm.yyyy or ''."""

    kind: str
    opened: int
    book: str
    date: str
    key: EntryKey


def entry_key(text: str, near: int = 0) -> EntryKey | None:
    """The key of a number as written (05, 5, 05/2018, 5a, 05(1)/2018), or None. `near` settles a year of two digits."""
    found = _NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    suffix = found[2].lower() + (f"({found[3]})" if found[3] else "")
    return EntryKey(int(found[1]), suffix, _year(found[4] or "", near))


def _year(digits: str, near: int) -> int:
    if len(digits) != 2:
        return int(digits or 0)
    return min((century * 100 + int(digits) for century in (19, 20)), key=lambda year: abs(year - near))


def document_name(text: str) -> DocumentName | None:
    """What a document's file name tells, folders before it left off, or None where it is named otherwise."""
    found = _PDF.fullmatch(re.split(r"[\\/]", text.strip())[-1])
    if found is None:
        return None
    date = f"{found['day']}.{found['month']}.{found['year']}" if found["year"] else ""
    key = entry_key(found["number"])
    if key is None:
        return None
    suffix = key.suffix + (f"({found['again']})" if found["again"] else "")
    registered = EntryKey(key.number, suffix, int(found["year"] or 0))
    return DocumentName(found["kind"].upper(), int(found["opened"]), found["book"], date, registered)


def same_book(written: str, number: str, year: int) -> bool:
    """Whether a book number as written (01/2017, 1, 01) may mean the book of that number and year."""
    found, own = entry_key(written), entry_key(number, year)
    if found is None or own is None:
        return " ".join(written.split()).casefold() == " ".join(number.split()).casefold()
    # 01 and 01A of one year are two books.
    return (found.number, found.suffix) == (own.number, own.suffix) and (
        not found.year or found.year == (own.year or year)
    )
