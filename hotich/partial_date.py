"""Dates of which any part may be missing: their shape, their storage form and their order."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum
from typing import Final

_LONGEST_MONTH: Final = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_LUNAR_MONTH: Final = 30
MAX_YEAR: Final = 9999
MAX_AGE: Final = 130


class Gap(StrEnum):
    """Why a part of a date is missing."""

    UNREADABLE = "?"
    """Something is written there and cannot be read."""
    ABSENT = "-"
    """The page does not give it."""


Part = int | Gap


def days_in(month: Part, year: Part, lunar: bool = False) -> int:
    """Return the most days that month can have, 31 when the month is not known, 29 for February of no known year."""
    if lunar:
        return _LUNAR_MONTH
    if isinstance(month, Gap):
        return 31
    if month == 2 and isinstance(year, int) and not _is_leap(year):
        return 28
    return _LONGEST_MONTH[month - 1]


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A date as far as the page tells it; day and month of the lunar calendar when `lunar`.

    A person's age in years stands in `age`; the date itself is then absent in all three parts.
    Raises ValueError on what cannot be: 31 April, 29 February 1981, month 13, year 0, age 131.
    """

    day: Part = Gap.ABSENT
    month: Part = Gap.ABSENT
    year: Part = Gap.ABSENT
    lunar: bool = False
    age: int | None = None

    def __post_init__(self) -> None:
        _check_range("year", self.year, MAX_YEAR)
        _check_range("month", self.month, 12)
        _check_range("day", self.day, days_in(self.month, self.year, self.lunar))
        if self.age is not None:
            self._check_age(self.age)

    def _check_age(self, age: int) -> None:
        if not 0 <= age <= MAX_AGE:
            raise ValueError(f"age {age} is not within 0..{MAX_AGE}")
        if self.lunar or any(part is not Gap.ABSENT for part in (self.day, self.month, self.year)):
            raise ValueError("an age stands without day, month, year and calendar")

    @property
    def is_complete(self) -> bool:
        """Tell whether day, month and year are all known."""
        return isinstance(self.day, int) and isinstance(self.month, int) and isinstance(self.year, int)

    @property
    def is_unknown(self) -> bool:
        """Tell whether nothing at all is known: no part and no age."""
        return self.age is None and not any(isinstance(part, int) for part in (self.day, self.month, self.year))

    def born_about(self, reference_year: int) -> range:
        """Return the years of birth this date allows, seen from the year of the register; empty when it says nothing.

        A stated age gives three years: the year itself, one earlier (birthday still to come) and one later
        (tuổi ta, which counts the year of birth as the first).
        """
        if self.age is not None:
            middle = reference_year - self.age
            return range(max(1, middle - 1), max(1, middle + 2))
        return range(self.year, self.year + 1) if isinstance(self.year, int) else range(0)

    def earliest(self) -> date | None:
        """Return the first solar day this date can mean, None when the year is not known.

        A lunar date is taken with the widest bounds of the lunar calendar, see `latest`.
        """
        if not isinstance(self.year, int):
            return None
        month, day = _or(self.month, 1), _or(self.day, 1)
        return _lunar_earliest(self.year, month, day) if self.lunar else _solar(self.year, month, day)

    def latest(self) -> date | None:
        """Return the last solar day this date can mean, None when the year is not known.

        The lunar year begins between 20 January and 22 February, its months have 29 or 30 days, and one month
        may be counted twice.
        """
        if not isinstance(self.year, int):
            return None
        month = _or(self.month, 12)
        day = _or(self.day, days_in(month, self.year, self.lunar))
        return _lunar_latest(self.year, month, day) if self.lunar else _solar(self.year, month, day)


def _check_range(name: str, part: Part, highest: int) -> None:
    if isinstance(part, int) and not 1 <= part <= highest:
        raise ValueError(f"{name} {part} is not within 1..{highest}")


def _or(part: Part, other: int) -> int:
    return part if isinstance(part, int) else other


def _solar(year: int, month: int, day: int) -> date:
    """Return that day; a day that only another month has (30 with the month unknown) becomes the month's last."""
    return date(year, month, min(day, days_in(month, year)))


def _lunar_earliest(year: int, month: int, day: int) -> date:
    return _clamped(date(year, 1, 20), 29 * (month - 1) + day - 1)


def _lunar_latest(year: int, month: int, day: int) -> date:
    return _clamped(date(year, 2, 22), _LUNAR_MONTH * month + day - 1)


def _clamped(start: date, days: int) -> date:
    return start + timedelta(days=min(days, (date.max - start).days))


UNKNOWN_DATE: Final = PartialDate()
"""The page says that the date is not known (không rõ)."""
UNREADABLE_DATE: Final = PartialDate(Gap.UNREADABLE, Gap.UNREADABLE, Gap.UNREADABLE)


class Order(Enum):
    """Where one date stands to another."""

    BEFORE = "before"
    SAME = "same"
    AFTER = "after"
    UNKNOWN = "unknown"


def compare(a: PartialDate, b: PartialDate) -> Order:
    """Return whether `a` is surely BEFORE or AFTER `b`, surely the SAME day, or UNKNOWN when the gaps leave it open."""
    if a.is_complete and a == b:
        return Order.SAME
    if a.lunar and b.lunar:
        return _order(_lunar_bounds(a), _lunar_bounds(b))
    return _order((a.earliest(), a.latest()), (b.earliest(), b.latest()))


_Day = tuple[int, int, int] | date


def _lunar_bounds(when: PartialDate) -> tuple[_Day | None, _Day | None]:
    """Return first and last possible (year, month, day); two lunar dates compare within their own calendar.

    A month that occurs twice in a leap year cannot be told apart, so days within one month are not ordered.
    """
    if not isinstance(when.year, int):
        return None, None
    return (when.year, _or(when.month, 1), 0), (when.year, _or(when.month, 12), 0)


def _order(a: tuple[_Day | None, _Day | None], b: tuple[_Day | None, _Day | None]) -> Order:
    if _precedes(a[1], b[0]):
        return Order.BEFORE
    return Order.AFTER if _precedes(b[1], a[0]) else Order.UNKNOWN


def _precedes(last: _Day | None, first: _Day | None) -> bool:
    if isinstance(last, date) and isinstance(first, date):
        return last < first
    if isinstance(last, tuple) and isinstance(first, tuple):
        return last < first
    return False


# Storage form:
#   stored   = date [ "L" ] | "P" age "Y"
#   date     = year "-" month "-" day
#   year     = 4 digits | "????" (unreadable) | "XXXX" (absent)
#   month    = 2 digits | "??" | "XX"          day = the same
#   "L" marks the lunar calendar; age has no leading zeros ("P28Y").
_STORED: Final = re.compile(
    r"(?P<year>[0-9]{4}|\?{4}|X{4})-(?P<month>[0-9]{2}|\?\?|XX)-(?P<day>[0-9]{2}|\?\?|XX)(?P<lunar>L?)"
)
_STORED_AGE: Final = re.compile(r"P(0|[1-9][0-9]{0,2})Y")


def to_iso_partial(when: PartialDate) -> str:
    """Return the storage form: 1982-03-05, 1982-03-?? (day unreadable), 1982-XX-XX (absent), 1954-04-15L, P28Y.

    Every date has exactly one such form, and `from_iso_partial` gives the date back.
    """
    if when.age is not None:
        return f"P{when.age}Y"
    calendar = "L" if when.lunar else ""
    return f"{_stored(when.year, 4)}-{_stored(when.month, 2)}-{_stored(when.day, 2)}{calendar}"


def from_iso_partial(stored: str) -> PartialDate:
    """Return the date of a storage form. Raises ValueError for anything that `to_iso_partial` does not write."""
    age = _STORED_AGE.fullmatch(stored)
    if age:
        return PartialDate(age=int(age.group(1)))
    found = _STORED.fullmatch(stored)
    if found is None:
        raise ValueError(f"not a stored date: {stored!r}")
    day, month, year = (_loaded(found.group(name)) for name in ("day", "month", "year"))
    return PartialDate(day, month, year, lunar=bool(found.group("lunar")))


def _stored(part: Part, width: int) -> str:
    if isinstance(part, Gap):
        return ("?" if part is Gap.UNREADABLE else "X") * width
    return f"{part:0{width}d}"


def _loaded(part: str) -> Part:
    if part[0] == "?":
        return Gap.UNREADABLE
    return Gap.ABSENT if part[0] == "X" else int(part)
