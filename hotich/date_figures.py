"""Dates in figures: parts with separators or in one run, missing parts, years of two figures."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from hotich.partial_date import MAX_YEAR, Gap, Part, PartialDate

PLAUSIBLE_YEARS: Final = range(1800, 2101)
"""Years that four figures without separators are taken for; other four figures are a short date (5378)."""
LAST_PAPER_YEAR: Final = 2015  # where two figures of a year are counted back from when the book's year is unknown


class DateProblem(StrEnum):
    """What is to be said about a reading; the first three come without a date, the others with one."""

    NOT_UNDERSTOOD = "date-not-understood"
    IMPOSSIBLE = "date-impossible"
    DITTO = "date-ditto"
    SEVERAL_READINGS = "date-several-readings"
    CENTURY_GUESSED = "date-century-guessed"
    YEAR_INCOMPLETE = "date-year-incomplete"
    ZERO_PART = "date-zero-part"
    LUNAR_WORDS = "date-lunar-words"
    LEAP_MONTH = "date-leap-month"
    ZODIAC_YEAR = "date-zodiac-year"
    APPROXIMATE = "date-approximate"


class RefusedError(Exception):
    """Why no date can be read; `parse_date` turns it into its answer."""

    def __init__(self, problem: DateProblem) -> None:
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Reading:
    date: PartialDate
    doubt: DateProblem | None = None


@dataclass(frozen=True, slots=True)
class Context:
    """What stands beside the parts: the year of the book, and what the marks around the date said."""

    century_hint: int | None
    lunar: bool = False
    doubt: DateProblem | None = None


# Figures: 5/3/82, 05.03.1982, 5 3 82, ?/3/1982, ../../1954, 05031982.
_FIGURE_TOKEN: Final = re.compile(
    r"(?P<short>(?:1[89]|20)(?:\.{2,}|[?_x]+)|(?:1[89]|20)?[0-9][?_x]+|\?[0-9]+)(?![0-9])"
    r"|(?P<digits>[0-9]+)|(?P<unread>\?+)|(?P<absent>_+|\.{2,}|x+(?![a-z])|(?<![^\s/])-{1,3}(?=[\s/]))|(?P<between>[\s.,/\\|:'-])"
)
_SLASHED: Final = re.compile(r"[^/]*(?:/[^/]*){1,2}")
_LONE_DOT: Final = re.compile(r"^\.(?!\.)|(?<!\.)\.$")
_GAP_PIECE: Final = re.compile(r"[.\-_x?\s]*")
YEAR_IN_TWO: Final = re.compile(r"(1[89]|20)[ .]([0-9]{2})")
_STORED_ORDER: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Figure = str | Gap  # digits as written, a gap, or the start of a year such as "19?"


def split_figures(rest: str) -> list[Figure]:
    """Return the parts of a date written in figures only, [] when there is anything else in it."""
    if _STORED_ORDER.fullmatch(rest):
        return list(reversed(rest.split("-")))
    by_slash = _split_slashes(rest) if _SLASHED.fullmatch(rest) else []
    return by_slash or _scan_figures(rest)


def _split_slashes(rest: str) -> list[Figure]:
    parts: list[Figure] = []
    for piece in rest.split("/"):
        bare = piece.strip(" ,;") if _GAP_PIECE.fullmatch(piece) else _LONE_DOT.sub("", piece.strip(" ,;"))
        in_two = YEAR_IN_TWO.fullmatch(bare)
        if bare.isdecimal():
            parts.append(bare)
        elif _GAP_PIECE.fullmatch(bare):
            parts.append(Gap.UNREADABLE if "?" in bare else Gap.ABSENT)
        elif in_two:
            parts.append(in_two.group(1) + in_two.group(2))
        else:
            return []
    return parts


def _scan_figures(rest: str) -> list[Figure]:
    parts: list[Figure] = []
    place = 0
    while place < len(rest):
        found = _FIGURE_TOKEN.match(rest, place)
        if found is None:
            return []
        place = found.end()
        if found.lastgroup != "between":
            parts.append(_figure(found))
    return parts


def _figure(found: re.Match[str]) -> Figure:
    if found["unread"]:
        return Gap.UNREADABLE
    if found["absent"]:
        return Gap.ABSENT
    return found.group()


def read_figures(parts: Sequence[Figure], context: Context) -> Reading:
    if len(parts) == 1:
        return _read_run(parts[0], context)
    if len(parts) == 2:
        return _choose(two_figures(parts[0], parts[1]), context)
    if len(parts) == 3:
        return _three_figures(parts[0], parts[1], parts[2], context)
    if len(parts) == 4 and YEAR_IN_TWO.fullmatch(f"{parts[2]} {parts[3]}"):
        return _three_figures(parts[0], parts[1], f"{parts[2]}{parts[3]}", context)
    raise RefusedError(DateProblem.NOT_UNDERSTOOD)


def _three_figures(first: Figure, second: Figure, third: Figure, context: Context) -> Reading:
    if len(first) == 4 and first.isdecimal() and len(third) <= 2:  # the year first: not a custom of the field
        return _choose([(third, second, first)], replace(context, doubt=DateProblem.SEVERAL_READINGS))
    return _choose([(first, second, third)], context)


def two_figures(first: Figure, second: Figure) -> list[tuple[Figure, Figure, Figure]]:
    """Return the possible (day, month, year) of two figures: 3/1982 and 3/82 are month and year, 15/3 day and month."""
    if len(second) == 4 or isinstance(second, Gap):
        return [(Gap.ABSENT, first, second)]
    if len(first) == 4 and first.isdecimal():
        return [(Gap.ABSENT, second, first)]
    as_day_month = (first, second, Gap.ABSENT)
    as_month_year = (Gap.ABSENT, first, second)
    return [as_month_year] if isinstance(first, Gap) else [as_day_month, as_month_year]


def _read_run(run: Figure, context: Context) -> Reading:
    """Return the reading of one run of digits: ddmmyyyy, ddmmyy, mmyyyy, yyyy, dmyy and their like."""
    if isinstance(run, Gap):
        return Reading(PartialDate(run, run, run))
    if not run.isdecimal() or len(run) == 2:
        return _choose([(Gap.ABSENT, Gap.ABSENT, run)], context)
    if _is_plain_year(run):
        return _choose([(Gap.ABSENT, Gap.ABSENT, run)], context)
    return _choose(list(_cuts(run, _CUTS.get(len(run), ()))), context)


_CUTS: Final = {
    8: ((2, 2),),
    7: ((1, 2), (2, 1)),
    6: ((2, 2), (0, 2)),
    5: ((1, 2), (2, 1), (0, 1)),
    4: ((1, 1), (0, 2)),
    3: ((0, 1),),
}


_TYPED_CUTS: Final = {6: ((1, 1),)}  # 111978 as 1/1/1978: offered to who types, too far-fetched for who reads a page


def cuts_of_run(run: str) -> list[tuple[Figure, Figure, Figure]]:
    """Return every way to cut typed digits into (day, month, year), likeliest first; lawful dates or not."""
    as_year = [(Gap.ABSENT, Gap.ABSENT, run)] if len(run) == 2 or _is_plain_year(run) else []
    return [*as_year, *_cuts(run, (*_CUTS.get(len(run), ()), *_TYPED_CUTS.get(len(run), ())))]


def _is_plain_year(run: str) -> bool:
    return len(run) == 4 and int(run) in PLAUSIBLE_YEARS


def _cuts(run: str, lengths: Sequence[tuple[int, int]]) -> Iterator[tuple[Figure, Figure, Figure]]:
    for day_length, month_length in lengths:
        day, month = run[:day_length], run[day_length : day_length + month_length]
        year = run[day_length + month_length :]
        whole = len(year) == 2 or (len(year) == 4 and (len(run) > 6 or int(year) in PLAUSIBLE_YEARS))
        if whole and int(month) > 0 and (not day or int(day) > 0):
            yield day or Gap.ABSENT, month, year


def _choose(candidates: Iterable[tuple[Figure, Figure, Figure]], context: Context) -> Reading:
    """Return the first lawful candidate (day, month, year), in doubt when another one is lawful too."""
    readings: list[Reading] = []
    problems: list[DateProblem] = []
    for day, month, year in candidates:
        try:
            readings.append(build(plain_part(day), plain_part(month), year_part(year, context), context))
        except RefusedError as refused:
            problems.append(refused.problem)
    return first_of(readings, problems)


def first_of(readings: Sequence[Reading], problems: Sequence[DateProblem]) -> Reading:
    if not readings:
        impossible = DateProblem.IMPOSSIBLE in problems
        raise RefusedError(DateProblem.IMPOSSIBLE if impossible else DateProblem.NOT_UNDERSTOOD)
    if any(other.date != readings[0].date for other in readings[1:]):
        return Reading(readings[0].date, DateProblem.SEVERAL_READINGS)
    return readings[0]


@dataclass(frozen=True, slots=True)
class Said:
    """One part as it was said, with what makes it doubtful."""

    part: Part
    doubt: DateProblem | None = None
    noughts: bool = False
    """Whether a year was said as two noughts: 2000, or nothing after a month that is a nought too."""


NOTHING: Final = Said(Gap.ABSENT, DateProblem.ZERO_PART)
"""A part for which a nought stands: nobody knew it."""


def plain_part(figure: Figure) -> Said:
    if isinstance(figure, Gap):
        return Said(figure)
    if not figure.isdecimal():
        return Said(Gap.UNREADABLE)
    if len(figure) > 2:
        raise RefusedError(DateProblem.NOT_UNDERSTOOD)
    return Said(int(figure)) if int(figure) else NOTHING


def year_part(figure: Figure, context: Context) -> Said:
    if isinstance(figure, Gap):
        return Said(figure)
    if not figure.isdecimal():
        return Said(Gap.UNREADABLE if "?" in figure else Gap.ABSENT, DateProblem.YEAR_INCOMPLETE)
    if len(figure) == 4:
        return Said(int(figure)) if int(figure) else NOTHING
    if len(figure) <= 2:
        return short_year(int(figure), context.century_hint, sure=len(figure) == 2)
    raise RefusedError(DateProblem.NOT_UNDERSTOOD)


def short_year(year: int, century_hint: int | None, sure: bool = True) -> Said:
    """Return the latest year with these two last figures that is not after the year of the book.

    A single nought, which is not `sure`, is no year.
    """
    if not year and not sure:
        return NOTHING
    last = century_hint if century_hint is not None and 100 <= century_hint <= MAX_YEAR else LAST_PAPER_YEAR
    known = last == century_hint and sure
    return Said(last - (last - year) % 100, None if known else DateProblem.CENTURY_GUESSED, noughts=not year)


def build(day: Said, month: Said, year: Said, context: Context) -> Reading:
    if year.noughts and month == NOTHING and day.part is Gap.ABSENT:
        year = NOTHING  # 0/0/00
    doubts = [said.doubt for said in (month, day, year) if said.doubt]
    if context.lunar:
        doubts = [doubt for doubt in doubts if doubt is not DateProblem.LUNAR_WORDS]
    doubt = context.doubt or next(iter(doubts), None)
    try:
        return Reading(PartialDate(day.part, month.part, year.part, lunar=context.lunar), doubt)
    except ValueError:
        raise RefusedError(DateProblem.IMPOSSIBLE) from None
