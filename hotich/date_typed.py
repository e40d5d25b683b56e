"""Dates as a clerk types them in short: 5378, 050378, 5/3/78, 3/78, 78, 28t, with âl for the lunar calendar.

A short date is spelled out, never decided in silence: each reading comes with the text to keep as written, the
normal form it leads to, and the key of the sentence (texts/dates.toml) that states the rule used.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Final

from hotich.date_figures import (
    PLAUSIBLE_YEARS,
    Context,
    DateProblem,
    Figure,
    Reading,
    RefusedError,
    build,
    cuts_of_run,
    plain_part,
    split_figures,
    two_figures,
    year_part,
)
from hotich.date_parse import DateParse, parse_date, without_marks
from hotich.letters import is_ditto, squeeze, unmark
from hotich.partial_date import MAX_AGE, MAX_YEAR, Gap, PartialDate

LONG_AGO: Final = 90
"""Years before the book from which a year of two figures, or a run that looks like a year, is asked about."""
_AGE: Final = re.compile(r"([0-9]{1,3})\s*(?:t|tuoi)\.?")
_SHOWN_GAP: Final = {Gap.ABSENT: "..", Gap.UNREADABLE: "?"}


@dataclass(frozen=True, slots=True)
class TypedDate:
    """One reading of what was typed.

    `written` is the short form spelled out, with the figures as they were typed (5378 is 5/3/78): what to keep as
    written, and what `parse_date` reads as the same date. `normal_year` is the year in full that the date leads to,
    None without one; for an age it is the year of the book less the age. `certain` is True for the only sensible
    reading. `problem` is a DateProblem key or "". `rule` is the key of a sentence that states how the short form was
    understood, its `facts` go into the sentence.
    """

    written: str
    date: PartialDate | None
    normal_year: int | None
    certain: bool
    problem: str = ""
    rule: str = ""
    facts: Mapping[str, str] = field(default_factory=dict)


def typed_dates(text: str, book_year: int) -> tuple[TypedDate, ...]:
    """Return what a typed date can mean, likeliest first; () for nothing typed; never raises.

    More than one answer means that the person has to choose: 11178 is 1/11/78 or 11/1/78. A text that is no date
    gives one answer without a date, whose `problem` says why. Day stands before month always. A year of two figures
    is the latest one not after the book; where that lies ninety years back, the next century is offered too.
    """
    written = squeeze(text)
    plain = unmark(text)
    if not plain:
        return ()
    age = _AGE.fullmatch(plain)
    if age is not None and int(age[1]) <= MAX_AGE:
        return (_aged(int(age[1]), book_year),)
    if is_ditto(text):
        return (_parsed(written, parse_date(text, book_year), book_year),)
    rest, context = without_marks(plain, Context(book_year))
    readings = _unique(_readings(rest, context)) if context.doubt is None else ()
    if len(readings) == 1 and len(rest) == 4 and rest.isdecimal() and rest == str(readings[0].normal_year):
        return (_with_year_rule(readings[0], rest),)
    if len(readings) == 1 and not rest.isdecimal():
        return (replace(readings[0], written=written),)  # typed with separators and plain: it stands as it is
    return readings or (_parsed(written, parse_date(text, book_year), book_year),)


def _with_year_rule(reading: TypedDate, digits: str) -> TypedDate:
    """Return the year with the rule that four such digits are a year, and the day they might have meant."""
    day = next((f"{day}/{month}/{year}" for day, month, year in cuts_of_run(digits)[1:] if day.isdecimal()), "")
    return replace(reading, rule="date-rule-year", facts={"year": digits, "day": day}) if day else reading


def _aged(age: int, book_year: int) -> TypedDate:
    facts = {"age": str(age), "book": str(book_year), "year": str(book_year - age)}
    date = PartialDate(age=age)
    return TypedDate(f"{age} tuổi", date, max(1, book_year - age), False, "", "date-rule-age", facts)


def _parsed(written: str, parsed: DateParse, book_year: int) -> TypedDate:
    year = parsed.date.year if parsed.date is not None and isinstance(parsed.date.year, int) else None
    if parsed.date is not None and parsed.date.age is not None:
        year = max(1, book_year - parsed.date.age)
    return TypedDate(written, parsed.date, year, parsed.certain, parsed.problem)


def _unique(readings: Iterable[TypedDate]) -> tuple[TypedDate, ...]:
    found: dict[PartialDate | None, TypedDate] = {}
    for reading in readings:
        found.setdefault(reading.date, reading)
    if len(found) <= 1:
        return tuple(found.values())
    several = DateProblem.SEVERAL_READINGS
    return tuple(replace(reading, certain=False, problem=several) for reading in found.values())


def _readings(rest: str, context: Context) -> Iterable[TypedDate]:
    """Yield the lawful readings of one run of digits, or of two or three figures with separators."""
    parts = split_figures(rest)
    candidates: list[tuple[Figure, Figure, Figure]] = []
    if any(not isinstance(part, Gap) and not part.strip("0").isdecimal() for part in parts):
        return  # a figure half legible, or a nought: for `parse_date`
    if len(parts) == 1 and parts[0].isdecimal():
        candidates = _plain_years_first(cuts_of_run(parts[0]), context)
    elif len(parts) == 2:
        candidates = two_figures(parts[0], parts[1])
    elif len(parts) == 3 and len(parts[0]) != 4:
        candidates = [(parts[0], parts[1], parts[2])]
    for day, month, year in candidates:
        yield from _lawful(day, month, year, context)


def _plain_years_first(
    cuts: list[tuple[Figure, Figure, Figure]], context: Context
) -> list[tuple[Figure, Figure, Figure]]:
    """Leave a sensible year of four figures alone: 1978 is a year, and nobody is asked about 1/9/78."""
    book_year = context.century_hint or MAX_YEAR
    year = cuts[0][2] if cuts and cuts[0][1] is Gap.ABSENT else ""
    sensible = len(year) == 4 and book_year - LONG_AGO <= int(year) <= book_year
    return cuts[:1] if sensible or len(year) == 2 else cuts


def _lawful(day: Figure, month: Figure, year: Figure, context: Context) -> Iterable[TypedDate]:
    if len(year) == 1 and year.isdecimal():
        return  # nobody writes a year with one figure: 5/3 is a day and a month
    try:
        reading = build(plain_part(day), plain_part(month), year_part(year, context), context)
    except RefusedError:
        return
    short = len(year) <= 2 and year.isdecimal()
    made = _spelled((day, month, year), reading, context, short)
    yield made
    book_year = context.century_hint
    known = reading.date.year
    if short and book_year is not None and isinstance(known, int) and known <= book_year - LONG_AGO:
        yield from _next_century(made, reading.date, known)


def _next_century(made: TypedDate, date: PartialDate, year: int) -> Iterable[TypedDate]:
    if year + 100 not in PLAUSIBLE_YEARS:
        return
    try:
        later = replace(date, year=year + 100)
    except ValueError:  # 29 February 1896 is a day, 29 February 1996 too, but 29 February 1900 is none
        return
    written = made.written.replace(" ÂL", "")
    head = written.rpartition("/")[0]
    spelled = f"{head}/{year + 100}" if head else str(year + 100)
    yield TypedDate(spelled + (" ÂL" if date.lunar else ""), later, year + 100, False, "", "date-rule-after-book")


def _spelled(figures: tuple[Figure, Figure, Figure], reading: Reading, context: Context, short: bool) -> TypedDate:
    date = reading.date
    shown = [_SHOWN_GAP[part] if isinstance(part, Gap) else part for part in figures]
    skip = _leading_gaps(figures)
    written = "/".join(shown[skip:]) + (" ÂL" if context.lunar else "")
    year = date.year if isinstance(date.year, int) else None
    rule = "date-rule-two-figures" if short and year is not None else ""
    facts = {"short": str(figures[2]), "book": str(context.century_hint), "year": str(year)} if rule else {}
    return TypedDate(written, date, year, reading.doubt is None, reading.doubt or "", rule, facts)


def _leading_gaps(figures: tuple[Figure, Figure, Figure]) -> int:
    """How many absent parts in front may be left out without the rest being read in another way."""
    day, month, year = figures
    if day is not Gap.ABSENT or isinstance(year, Gap):
        return 0
    if month is Gap.ABSENT:
        return 2
    open_to_both = len(year) == 2 and int(year) <= 31 and month.isdecimal() if year.isdecimal() else False
    return 0 if open_to_both else 1
