"""Dates written the way a book's own hand writes them: as the record above has them, in words or in figures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from hotich.dates import Spelling, to_words
from hotich.letters import nfc, squeeze
from hotich.partial_date import Gap, PartialDate

_THREE_FIGURES: Final = re.compile(r"(\D*)(\d{1,2})(\D+)(\d{1,2})(\D+)(\d{4}|\d{2})(\D*)")
_YEAR_BY_DIGITS: Final = re.compile(r"năm (?:một|hai)(?: (?:không|một|hai|ba|bốn|tư|năm|sáu|bảy|bẩy|tám|chín)){3}\W*")


def words_like(when: PartialDate, model: str = "") -> str:
    """Return the date in words as `model`, another date in words of the same hand, is written.

    Taken over are the capital, the word ngày before the day, commas, the closing full stop and the spelling of numbers
    (ngàn, lẻ, bẩy). Without a model: the school form with a capital. '' for a date that cannot be said in words.
    """
    written = squeeze(nfc(model))
    like = written.casefold()
    spelled = to_words(when, _spelling(like))
    if not spelled:
        return ""
    text = _with_commas(when, spelled, like)
    named = like.startswith("ngày ") or not re.search(r".\btháng\b", like)
    if text.startswith("ngày ") and not named:
        text = text.removeprefix("ngày ")
    if not written[:1].islower():
        text = text[0].upper() + text[1:]
    return f"{text}." if like.endswith(".") else text


def figures_like(day: str, month: str, year: int, model: str = "") -> str:
    """Return a day typed in figures as `model`, another day in figures of the same hand, is written.

    Taken over are the separators, noughts before single figures, and whether the year has two figures or four.
    Without a model the figures stay as typed, with strokes between them.
    """
    found = _THREE_FIGURES.fullmatch(squeeze(nfc(model)))
    if found is None:
        return f"{day}/{month}/{year}"
    head, day_then, between, month_then, before_year, year_then, tail = found.groups()
    padded = "0" in (day_then[0], month_then[0])
    plain = len(day_then) == 1 or len(month_then) == 1
    if padded or plain:
        day, month = (f"{int(part):02}" if padded else str(int(part)) for part in (day, month))
    shown = f"{year % 100:02}" if len(year_then) == 2 else str(year)
    return f"{head}{day}{between}{month}{before_year}{shown}{tail}"


def _spelling(like: str) -> Spelling:
    """The choices between equal spellings that a text in small letters shows; the school form where it shows none."""
    zero_ten = "lẻ" if re.search(r"\blẻ\b", like) else "linh"
    return Spelling(
        four="bốn" if "mươi bốn" in like else "tư",
        five="nhăm" if "nhăm" in like else "lăm",
        seven="bẩy" if "bẩy" in like else "bảy",
        thousand="ngàn" if "ngàn" in like else "nghìn",
        zero_ten=zero_ten,
        zero_hundred=re.search(r"(?:nghìn|ngàn) (?:linh|lẻ)\b", like) is None,
        short_twenty=re.search(r"\bhăm\b", like) is not None,
        digit_by_digit=_YEAR_BY_DIGITS.search(like) is not None,
    )


def _with_commas(when: PartialDate, spelled: str, like: str) -> str:
    """The date with commas before month and year where the model has them."""
    if when.age is not None:
        return spelled
    # What stands before the year is found by saying it alone: năm is the fifth day and month too.
    before = to_words(replace(when, year=Gap.ABSENT, lunar=False), _spelling(like))
    year = spelled.removeprefix(f"{before} ")
    if re.search(r",\s*tháng\b", like):
        before = before.replace(" tháng ", ", tháng ", 1)
    if year == spelled:
        return spelled
    return f"{before}, {year}" if re.search(r",\s*năm\b", like) else f"{before} {year}"
