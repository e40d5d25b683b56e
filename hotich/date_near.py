"""Dates typed in short where a whole day is wanted and the record above tells month and year: 14, 143, 1401, 14/1.

Entries of a register follow one another in time. A day alone is one of the month above, or of the next month where it
would lie before the day above; a day and month are of the year above, else of the year of the book. Nothing is decided
in silence: every reading states its rule, and where two are lawful a person chooses.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from hotich.date_figures import DateProblem
from hotich.date_hand import figures_like
from hotich.date_parse import parse_date
from hotich.date_typed import TypedDate, typed_dates
from hotich.letters import squeeze
from hotich.partial_date import PartialDate

NEAR_YEARS: Final = 1
"""Years from the expected one within which a year that was typed is believed as it is."""

_DAY: Final = re.compile(r"\d{1,2}")
_RUN: Final = re.compile(r"\d{3,4}")
_TWO: Final = re.compile(r"(\d{1,2})\s*[/.\- ]\s*(\d{1,2})")
_RUN_CUTS: Final = {3: (1, 2), 4: (2,)}


@dataclass(frozen=True, slots=True)
class Near:
    """What a day is read against: the year of the book, the day in the record above, and how that is written."""

    book_year: int
    above: PartialDate | None = None
    written: str = ""


def near_dates(text: str, near: Near) -> tuple[TypedDate, ...]:
    """Return what a typed date can mean in a field that wants a whole day, likeliest first; never raises.

    Texts other than a day, or a day and month, in figures are read by `typed_dates`.
    """
    typed = squeeze(text)
    found = {made.date: made for made in _short(typed, near)}
    plain = typed_dates(text, near.book_year)
    if not found:
        return plain
    for made in plain:
        if made.date is not None and _believed(made, typed, near):
            found.setdefault(made.date, made)
    if len(found) == 1:
        return tuple(found.values())
    several = DateProblem.SEVERAL_READINGS
    return tuple(replace(made, certain=False, problem=several) for made in found.values())


def _short(typed: str, near: Near) -> list[TypedDate]:
    """The days meant by figures without a year, those after the day above first, then the nearest."""
    if _DAY.fullmatch(typed):
        made = list(_days_of_month_above(typed, near))
    elif _RUN.fullmatch(typed):
        cuts = _RUN_CUTS[len(typed)]
        made = [one for cut in cuts for one in _days_of_year(typed[:cut], typed[cut:], near)]
    elif two := _TWO.fullmatch(typed):
        made = list(_days_of_year(two[1], two[2], near))
    else:
        return []
    return sorted(made, key=lambda one: _distance(one, near))


def _days_of_month_above(day: str, near: Near) -> Iterator[TypedDate]:
    above = _whole(near.above)
    if above is None:
        return
    day_above, month, year = above
    yield from _day(day, str(month), year, near, "date-rule-month-above")
    if int(day) < day_above:
        following = (1, year + 1) if month == 12 else (month + 1, year)
        yield from _day(day, str(following[0]), following[1], near, "date-rule-next-month")


def _days_of_year(day: str, month: str, near: Near) -> Iterator[TypedDate]:
    above = _whole(near.above)
    if above is None:
        yield from _day(day, month, near.book_year, near, "date-rule-book-year")
        return
    day_above, month_above, year = above
    yield from _day(day, month, year, near, "date-rule-year-above")
    if (int(month), int(day)) < (month_above, day_above) and month_above - int(month) >= 6:
        yield from _day(day, month, year + 1, near, "date-rule-next-year")


def _day(day: str, month: str, year: int, near: Near, rule: str) -> Iterator[TypedDate]:
    """The day as the hand of the record above would write it; nothing where there is no such day."""
    try:
        date = PartialDate(int(day), int(month), year)
    except ValueError:
        return
    written = figures_like(day, month, year, near.written)
    if parse_date(written, near.book_year).date != date:
        written = f"{day}/{month}/{year}"
    facts = {"date": f"{int(day):02}/{int(month):02}/{year}"}
    yield TypedDate(written, date, year, True, "", rule, facts)


def _believed(made: TypedDate, typed: str, near: Near) -> bool:
    """Whether a reading of its own year stays: a whole day, or a year of four figures, of about the expected time."""
    above = _whole(near.above)
    expected = above[2] if above is not None else near.book_year
    says_year = _whole(made.date) is not None or typed == str(made.normal_year)
    return says_year and made.normal_year is not None and abs(made.normal_year - expected) <= NEAR_YEARS


def _whole(date: PartialDate | None) -> tuple[int, int, int] | None:
    """Day, month and year of a date that lacks nothing, by the solar calendar."""
    if date is None or date.lunar:
        return None
    day, month, year = date.day, date.month, date.year
    return (day, month, year) if isinstance(day, int) and isinstance(month, int) and isinstance(year, int) else None


def _distance(made: TypedDate, near: Near) -> tuple[bool, int]:
    here, above = _whole(made.date), _whole(near.above)
    if here is None or above is None:
        return (False, 0)
    days = [(year * 12 + month) * 31 + day for day, month, year in (here, above)]
    return (days[0] < days[1], abs(days[0] - days[1]))
