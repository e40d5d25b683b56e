"""Reading a date as it was written: figures, words, or both, with parts missing, lunar, or told as an age.

The text is only read, never changed: what cannot be said for certain comes back with `certain` False and a
problem key, which is also the key of a sentence in texts/dates.toml.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hotich.date_figures import (
    LAST_PAPER_YEAR,
    YEAR_IN_TWO,
    Context,
    DateProblem,
    Reading,
    RefusedError,
    Said,
    build,
    first_of,
    plain_part,
    read_figures,
    short_year,
    split_figures,
    year_part,
)
from hotich.date_words import HUNDRED, THOUSAND, parse_number_words
from hotich.letters import is_ditto, unmark
from hotich.partial_date import MAX_AGE, MAX_YEAR, UNKNOWN_DATE, UNREADABLE_DATE, Gap, PartialDate

_MAX_LENGTH: Final = 200


@dataclass(frozen=True, slots=True)
class DateParse:
    """A reading: the date, whether it is the only sensible reading, and a DateProblem key or "".

    No date and no problem together mean an empty text.
    """

    date: PartialDate | None
    certain: bool
    problem: str = ""


_EMPTY: Final = DateParse(None, True)


def parse_date(text: str, century_hint: int | None = None) -> DateParse:
    """Return the reading of a date; never raises.

    `century_hint` is the year of the book: a year of two figures is the latest one not after it. Without it such a
    year is counted back from 2015 and is not certain. Day stands before month always; 13/25/1990 is impossible.
    """
    plain = unmark(text)
    if not plain:
        return _EMPTY
    if is_ditto(text):
        return DateParse(None, False, DateProblem.DITTO)
    if len(plain) > _MAX_LENGTH:
        return DateParse(None, False, DateProblem.NOT_UNDERSTOOD)
    try:
        reading = _read(plain, Context(century_hint))
    except RefusedError as refused:
        return DateParse(None, False, refused.problem)
    return DateParse(reading.date, reading.doubt is None, reading.doubt or "")


# Marks around the date. All patterns see small letters without marks.
_NOT: Final = r"(?:khong|hong|ko|kh|k|0|o|chua)\.?\s*"
_UNKNOWN: Final = re.compile(
    rf"(?:(?:ngay|thang|nam|sinh)[\s,]*)*{_NOT}(?:ro|nho|biet|xac dinh|co|ghi)(?:[\s,]*(?:ngay|thang|nam|sinh))*\.?"
)
_UNREADABLE: Final = re.compile(rf"(?:{_NOT}(?:doc|xem|thay|nhin) (?:duoc|ro)|mo|rach|nhoe|\?+)\.?")
_UNKNOWN_DAY: Final = re.compile(rf"{_NOT}(?:ro|nho|biet)\s*(?:ngay|thang)(?:[\s,]*(?:va\s*)?thang)?[\s,;]*(?=\S)")
_LUNAR: Final = re.compile(r"\(?(?<![a-z])(?:(?:ngay )?am(?: lich)?|a\.?\s?l\.?)(?![a-z])\)?")
_SOLAR: Final = re.compile(r"\(?(?<![a-z])(?:duong lich|d\.?l\.?)(?![a-z])\)?")
_LEAP: Final = re.compile(r"\(?(?<![a-z])nhuan(?![a-z])\)?")
_ABOUT: Final = re.compile(r"(?<![a-z])(?:vao khoang|khoang|do chung|chung|do)(?![a-z])|[~≈]")
_HOUR: Final = re.compile(
    r"(?:(?:vao )?(?:luc|hoi)\s*)?(?<![0-9])[0-9]{1,2}\s*(?:gio|h|g)(?![a-z])\s*"
    r"(?:[0-9]{1,2}\s*(?:phut|p)?(?![0-9a-z./-]))?"
    r"(?:\s*(?:sang|trua|chieu|toi|dem))?[\s,;]*(?=\S)"
)
_ROMAN_MONTHS: Final = ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii")
_ROMAN: Final = re.compile(r"(?<=[0-9?])(\s*[/. -]\s*)(viii|vii|vi|v|iv|ix|iii|ii|i|xii|xi)(?=\s*[/. -]\s*[0-9?])")
_LABEL: Final = re.compile(
    r"^(?:(?:ngay sinh|nam sinh|sinh|s\.?\s?n\.?|n\.?s\.?)(?![a-z])[\s:.,]*)+(?:(?=(?:ngay|thang|nam)(?![a-z])))?"
)
_AGE: Final = re.compile(r"(?:tuoi\s*:?\s*)?([0-9]{1,3})\s*(?:t|tuoi)?(?:\s*(?:ta|tay))?\.?")
_AGE_MARK: Final = re.compile(r"(?<![a-z])(?:tuoi|t)(?![a-z])|[0-9]t\.?$")
_AGE_WORDS: Final = re.compile(r"([a-z ]+?) tuoi(?: ta| tay)?\.?")


def _read(plain: str, context: Context) -> Reading:
    if _UNREADABLE.fullmatch(plain):
        return Reading(UNREADABLE_DATE)
    if _UNKNOWN.fullmatch(plain):
        return Reading(UNKNOWN_DATE)
    rest, context = without_marks(plain, context)
    if _UNKNOWN.fullmatch(rest):
        return Reading(replace(UNKNOWN_DATE, lunar=context.lunar), context.doubt)
    age = _read_age(rest, context)
    if age is not None:
        return age
    rest = _LABEL.sub("", rest).strip()
    if not rest:
        raise RefusedError(DateProblem.NOT_UNDERSTOOD)
    parts = split_figures(rest)
    return read_figures(parts, context) if parts else _read_words(rest, context)


def without_marks(plain: str, context: Context) -> tuple[str, Context]:
    """Return the text without lunar, leap, about and hour marks, and the context that says which stood there."""
    rest, lunar = _LUNAR.subn(" ", plain)
    rest = _SOLAR.sub(" ", rest)
    rest, leap = _LEAP.subn(" ", rest)
    rest, about = _ABOUT.subn(" ", rest)
    rest = _UNKNOWN_DAY.sub("", _HOUR.sub("", rest))
    rest = _ROMAN.sub(lambda found: f"{found.group(1)}{_ROMAN_MONTHS.index(found.group(2)) + 1}", rest)
    doubt = DateProblem.LEAP_MONTH if leap else DateProblem.APPROXIMATE if about else None
    return " ".join(rest.split()).strip(" ,;:"), replace(context, lunar=bool(lunar or leap), doubt=doubt)


def _read_age(rest: str, context: Context) -> Reading | None:
    figures = _AGE.fullmatch(rest) if _AGE_MARK.search(rest) else None
    words = None if figures else _AGE_WORDS.fullmatch(rest)
    age = int(figures.group(1)) if figures else parse_number_words(words.group(1).split()) if words else None
    if age is None:
        return None
    if age > MAX_AGE:
        raise RefusedError(DateProblem.IMPOSSIBLE)
    return Reading(PartialDate(age=age), context.doubt)


# Words: ngày năm tháng ba năm một nghìn chín trăm tám mươi hai, mồng 5 tháng giêng 1954, 5 th 3 năm 82.
_WORD_TOKEN: Final = re.compile(
    r"(?:1[89]|20)(?:\.{2,}|\?+|_+)|[0-9]+\?|[0-9]+|[a-z]+|\?+|_+|\.{2,}|[\s.,;/\\|:()'\"-]|(.)"
)
_SYNONYMS: Final = {"ng": "ngay", "th": "thang", "t": "thang", "n": "nam", "mung": "mong"}
_OLD_MONTHS: Final = {"gieng": 1, "chap": 12}
_STEMS: Final = ("canh", "tan", "nham", "quy", "giap", "at", "binh", "dinh", "mau", "ky")
_BRANCHES: Final = (
    ("than",),
    ("dau",),
    ("tuat",),
    ("hoi",),
    ("ty", "ti"),  # Tý
    ("suu",),
    ("dan",),
    ("mao", "meo"),
    ("thin",),
    ("ty", "ti"),  # Tỵ: told from Tý by the stem, both are odd or even together
    ("ngo",),
    ("mui",),
)
_ALL_BRANCHES: Final = frozenset(name for names in _BRANCHES for name in names)

_Words = Sequence[str]


def _tokens(rest: str) -> list[str]:
    tokens: list[str] = []
    for found in _WORD_TOKEN.finditer(rest):
        if found.group(1):
            raise RefusedError(DateProblem.NOT_UNDERSTOOD)
        token = found.group()
        if token[0].isalnum() or token[0] in "?_" or token.startswith(".."):
            tokens.append(_SYNONYMS.get(token, token))
    return tokens


def _read_words(rest: str, context: Context) -> Reading:
    tokens = _tokens(rest)
    if tokens[:3] == ["ngay", "thang", "nam"] and tokens[3:4] != ["nam"]:  # labels left blank before the year
        tokens = tokens[2:]
    while tokens[:1] == ["ngay"]:
        tokens = tokens[1:]
    if tokens and all(_as_gap(token) or token.isdecimal() for token in tokens):
        return read_figures([_as_gap(token) or token for token in tokens], context)
    readings: list[Reading] = []
    problems: list[DateProblem] = []
    for day, month, year in _word_splits(tokens):
        try:
            readings.append(build(_said_day(day), _said_month(month), _said_year(year, context), context))
        except RefusedError as refused:
            problems.append(refused.problem)
    return first_of(sorted(readings, key=_gaps), problems)


def _gaps(reading: Reading) -> int:
    return sum(isinstance(part, Gap) for part in (reading.date.day, reading.date.month, reading.date.year))


def _word_splits(tokens: _Words) -> Iterator[tuple[_Words, _Words, _Words]]:
    """Yield every way to cut the words into day, month and year.

    `năm` is "year" in one cut and "five" in the next; only the cuts in which all parts are numbers survive.
    """
    if "thang" in tokens:
        place = list(tokens).index("thang")
        yield from ((tokens[:place], month, year) for month, year in _month_and_year(tokens[place + 1 :], place > 0))
        return
    for place, token in enumerate(tokens):
        if token == "nam":
            yield from _before_year(tokens[:place], tokens[place + 1 :])
    yield (), (), tokens


def _before_year(before: _Words, year: _Words) -> Iterator[tuple[_Words, _Words, _Words]]:
    if not before:
        yield (), (), year
    elif len(before) == 2 and all(_as_gap(token) or token.isdecimal() for token in before):
        yield before[:1], before[1:], year


def _month_and_year(words: _Words, has_day: bool) -> Iterator[tuple[_Words, _Words]]:
    yield words, ()
    for place, word in enumerate(words):
        if word == "nam":
            yield words[:place], words[place + 1 :]
    if len(words) >= 2 and words[-1].isdecimal():
        yield words[:-1], words[-1:]
    if has_day and any(word in THOUSAND for word in words):  # the word năm left out before the year
        yield from ((words[:cut], words[cut:]) for cut in range(1, len(words)))


def _as_gap(token: str) -> Gap | None:
    if set(token) <= {"?"}:
        return Gap.UNREADABLE
    return Gap.ABSENT if set(token) <= {".", "_"} else None


def _said_number(words: _Words) -> Said:
    """Return the part said by words without their label; no words leave the part absent."""
    if not words:
        return Said(Gap.ABSENT)
    if len(words) == 1:
        gap = _as_gap(words[0])
        if gap or words[0].endswith("?"):
            return Said(gap or Gap.UNREADABLE)
        if words[0].isdecimal():
            return plain_part(words[0])
    number = parse_number_words(words)
    if number is None:
        raise RefusedError(DateProblem.NOT_UNDERSTOOD)
    return Said(number)


def _said_day(words: _Words) -> Said:
    if list(words) == ["ram"]:
        return Said(15, DateProblem.LUNAR_WORDS)
    return _said_number(words[1:] if words and words[0] == "mong" and len(words) > 1 else words)


def _said_month(words: _Words) -> Said:
    if len(words) == 1 and words[0] in _OLD_MONTHS:
        return Said(_OLD_MONTHS[words[0]], DateProblem.LUNAR_WORDS)
    return _said_number(words)


def _said_year(words: _Words, context: Context) -> Said:
    if not words:
        return Said(Gap.ABSENT)
    if (
        len(words) == 3 and words[0].isdecimal() and words[1] in _STEMS and words[2] in _ALL_BRANCHES
    ):  # năm 1954 (Giáp Ngọ)
        words = words[:1]
    if len(words) == 2 and words[0] in _STEMS:
        return _zodiac_year(words[0], words[1], context.century_hint)
    if len(words) == 2 and YEAR_IN_TWO.fullmatch(" ".join(words)):
        return year_part("".join(words), context)
    if len(words) == 1 and _as_gap(words[0]) is None and words[0][0].isdecimal():
        return year_part(words[0], context)
    said = _said_number(words)
    if isinstance(said.part, Gap) or HUNDRED in words or THOUSAND & set(words) or said.part >= 1000:
        return said
    return short_year(said.part, context.century_hint, sure=said.part >= 10)


def _zodiac_year(stem: str, branch: str, century_hint: int | None) -> Said:
    """Return the latest year of the sixty-year cycle not after the book; always in doubt, the cycle repeats."""
    last = century_hint if century_hint is not None and 60 <= century_hint <= MAX_YEAR else LAST_PAPER_YEAR
    for year in range(last, last - 60, -1):
        if _STEMS[year % 10] == stem and branch in _BRANCHES[year % 12]:
            return Said(year, DateProblem.ZODIAC_YEAR)
    raise RefusedError(DateProblem.NOT_UNDERSTOOD)
