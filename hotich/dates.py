"""Dates as registers hold them, the one door to them: parts may be missing, lunar, or told as an age.

`parse_date` reads what was written, the functions here print; a date and the text it was read from are kept apart.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

from hotich.date_figures import PLAUSIBLE_YEARS, DateProblem
from hotich.date_parse import DateParse, parse_date
from hotich.date_typed import TypedDate, typed_dates
from hotich.date_words import SCHOOL, Spelling, full_year_words, number_words, parse_number
from hotich.partial_date import (
    UNKNOWN_DATE,
    UNREADABLE_DATE,
    Gap,
    Order,
    Part,
    PartialDate,
    compare,
    from_iso_partial,
    to_iso_partial,
)

__all__ = [
    "DateParse",
    "DateProblem",
    "Gap",
    "Order",
    "Part",
    "PartialDate",
    "SCHOOL",
    "Agreement",
    "Spelling",
    "TypedDate",
    "UNKNOWN_DATE",
    "UNREADABLE_DATE",
    "compare",
    "from_iso_partial",
    "number_words",
    "parse_date",
    "parse_number",
    "to_display",
    "to_iso_partial",
    "to_ministry",
    "to_words",
    "typed_dates",
    "words_agree",
    "words_against_figures",
]

_GAP_SHOWN: Final = {Gap.UNREADABLE: "?", Gap.ABSENT: ".."}
_UNKNOWN_SHOWN: Final = "không rõ"


def to_ministry(when: PartialDate) -> str:
    """Return the date for the national import: dd.mm.yyyy, mm.yyyy or yyyy, "" when it cannot be said there.

    The import knows solar dates only and has no mark for the lunar calendar, and a lunar year overlaps two solar
    ones. A lunar date therefore gives "", even where its year is known; the text as written keeps it. An age gives "".
    A day without its month is left out.
    """
    if when.lunar or not isinstance(when.year, int):
        return ""
    year = f"{when.year:04d}"
    if not isinstance(when.month, int):
        return year
    if not isinstance(when.day, int):
        return f"{when.month:02d}.{year}"
    return f"{when.day:02d}.{when.month:02d}.{year}"


def to_display(when: PartialDate) -> str:
    """Return the date for the screen: 05/03/1982, ?/03/1982, 05/../1982, 1954, 15/04/1954 ÂL, 28 tuổi, không rõ.

    `?` is unreadable, `..` is absent; an absent day, and an absent month before it, are left out where the year is
    plain. `parse_date` reads every form back.
    """
    if when.age is not None:
        return f"{when.age} tuổi"
    if when.is_unknown and Gap.UNREADABLE not in (when.day, when.month, when.year):
        return _UNKNOWN_SHOWN + _lunar_mark(when, " ÂL")
    parts = [_shown(when.day, 2), _shown(when.month, 2), _shown(when.year, 4)]
    return "/".join(parts[_leading_absent(when) :]) + _lunar_mark(when, " ÂL")


def _leading_absent(when: PartialDate) -> int:
    if when.day is not Gap.ABSENT or not isinstance(when.year, int):
        return 0
    if when.month is not Gap.ABSENT:
        return 1
    return 2 if when.year in PLAUSIBLE_YEARS else 0


def _shown(part: Part, width: int) -> str:
    return _GAP_SHOWN[part] if isinstance(part, Gap) else f"{part:0{width}d}"


def _lunar_mark(when: PartialDate, mark: str) -> str:
    return mark if when.lunar else ""


def to_words(when: PartialDate, spelling: Spelling = SCHOOL) -> str:
    """Return the date in words, by default in the school form: ngày năm tháng ba năm một nghìn chín trăm tám mươi hai.

    Unreadable parts are said as `?`, absent ones left out, or `..` where a later part needs them. Small letters, NFC.
    """
    if when.age is not None:
        return f"{number_words(when.age, spelling)} tuổi"
    if when.is_unknown and Gap.UNREADABLE not in (when.day, when.month, when.year):
        return _UNKNOWN_SHOWN + _lunar_mark(when, " âm lịch")
    said = [
        *_said("ngày", when.day, _part_words(when.day, spelling)),
        *_said("tháng", when.month, _month_words(when, spelling)),
        *_said("năm", when.year, _year_words(when.year, spelling)),
    ]
    return " ".join(said) + _lunar_mark(when, " âm lịch")


def _said(label: str, part: Part, words: str) -> list[str]:
    return [] if part is Gap.ABSENT and label != "tháng" else [f"{label} {words}".strip()] if words else []


def _part_words(part: Part, spelling: Spelling) -> str:
    return _GAP_SHOWN[part] if isinstance(part, Gap) else number_words(part, spelling)


def _month_words(when: PartialDate, spelling: Spelling) -> str:
    """Return the month; the fourth is always tháng tư. An absent month is told where a day stands before it."""
    if when.month == 4:
        return "tư"
    if when.month is Gap.ABSENT and when.day is Gap.ABSENT:
        return ""
    return _part_words(when.month, spelling)


def _year_words(year: Part, spelling: Spelling) -> str:
    return _GAP_SHOWN[year] if isinstance(year, Gap) else full_year_words(year, spelling)


def words_agree(figures: PartialDate, words: str) -> bool | None:
    """Tell whether the date in words says the same as the date in figures, in every part that both tell.

    None when there is nothing to compare: no words, words that cannot be read, different calendars, no part in common.
    Words that say an impossible day never agree. A year of two figures in words agrees with any year ending so.
    """
    parsed = parse_date(words, figures.year if isinstance(figures.year, int) else None)
    if parsed.problem == DateProblem.IMPOSSIBLE:
        return False
    said = parsed.date
    if said is None or said.lunar != figures.lunar:
        return None
    if said.age is not None or figures.age is not None:
        return said.age == figures.age if said.age is not None and figures.age is not None else None
    pairs = ((figures.day, said.day), (figures.month, said.month), (figures.year, said.year))
    told = [one == other for one, other in pairs if isinstance(one, int) and isinstance(other, int)]
    return all(told) if told else None


class Agreement(Enum):
    """What a date in words says beside the same date in figures."""

    SAME = "same"
    DIFFERS = "differs"
    UNKNOWN = "unknown"


def words_against_figures(figures: str, words: str, book_year: int) -> Agreement:
    """Tell whether two texts of the page, figures and words, say the same date; UNKNOWN when nothing can be compared.

    Figures that can be read in several ways, or not at all, are not held against the words. See `words_agree`.
    """
    read = parse_date(figures, book_year)
    if read.date is None or read.problem == DateProblem.SEVERAL_READINGS:
        return Agreement.UNKNOWN
    agree = words_agree(read.date, words)
    if agree is None:
        return Agreement.UNKNOWN
    return Agreement.SAME if agree else Agreement.DIFFERS
