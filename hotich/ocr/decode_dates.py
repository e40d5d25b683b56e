"""Dates: in figures with the figures that letters stand for, and in words snapped to the list of number words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from rapidfuzz.distance import Levenshtein

from hotich.dates import DateParse, parse_date
from hotich.forms.formspec import FieldSpec
from hotich.normal import NormalContext, normalise
from hotich.ocr.candidates import DATE_GRAMMAR, INK, Candidate
from hotich.ocr.decode_numbers import spellings
from hotich.ocr.engine import RawReading
from hotich.text import fold

UNLAWFUL: Final = 4.0
UNCERTAIN: Final = 0.8
OTHER_YEAR: Final = 2.5
AFTER_BOOK: Final = 4.0
OLDEST: Final = 110

SAME_YEAR_FIELDS: Final = frozenset({"ngayDangKy"})
"""Dates that lie in the year of the book."""

_EIGHT: Final = re.compile(r"\D*(\d\d)\D{0,2}(\d\d)\D{0,2}((?:1[89]|20)\d\d)\D*")
_LOST_ONE: Final = re.compile(r"(\d\d?[/.-]0)([/.-](?:1[89]|20)\d\d)")
"""14/0/2003: a one beside a slash is taken for a part of it."""

_SLASHES_AS_ONES: Final = re.compile(
    r"\D*(\d\d)[1l|/]?(\d\d)[1l|/]((?:1[89]|20)\d\d)\D*|\D*(\d\d)[1l|/](\d\d)[1l|/]?((?:1[89]|20)\d\d)\D*"
)


def date_candidates(spec: FieldSpec, text: str, raw: RawReading, context: NormalContext) -> Iterator[Candidate]:
    """Readings of a date in figures (or whatever stands there), the lawful ones near the book's year cheapest."""
    seen: dict[str, float] = {}
    for written, cost in spellings(text, raw):
        for shaped, more in _shapes(written):
            if cost + more < seen.get(shaped, 99.0):
                seen[shaped] = cost + more
    for written, cost in seen.items():
        normalised = normalise(spec, written, context)
        reason = INK if written == text else DATE_GRAMMAR
        extra = _strangeness(spec, normalised.normal, context)
        uncertain = 0.0 if normalised.certain else UNCERTAIN
        yield Candidate(written, normalised.normal, cost + extra + (uncertain if normalised.normal else 0.0), reason)


def _shapes(written: str) -> Iterator[tuple[str, float]]:
    """The text itself, and as day/month/year where the strokes between them were lost or taken for ones."""
    yield written, 0.0
    tidy = re.sub(r"(?<=\d)\s*([/.,\-])\s*(?=\d)", r"\1", written).replace(",", ".")
    if tidy != written:
        yield tidy, 0.15
    lost = _LOST_ONE.fullmatch(written)
    if lost is not None:
        yield f"{lost[1]}1{lost[2]}", 0.6
    for pattern, cost in ((_EIGHT, 0.5), (_SLASHES_AS_ONES, 1.0)):
        found = pattern.fullmatch(written)
        if found is not None:
            day, month, year = (part for part in found.groups() if part)
            yield f"{day}/{month}/{year}", cost


def _strangeness(spec: FieldSpec, normal: str, context: NormalContext) -> float:
    """What a date costs by its year: unlawful most, far from the book more."""
    if not normal:
        return UNLAWFUL
    year = int(normal[-4:])
    expected = context.year or context.book.year
    if spec.id in SAME_YEAR_FIELDS:
        return 0.0 if year == expected else min(5.0, OTHER_YEAR + abs(year - expected) * 0.3)
    if year > expected + 1:
        return AFTER_BOOK
    return 0.0 if year >= expected - OLDEST else AFTER_BOOK


_SYLLABLES: Final = (
    "ngày tháng năm mồng mùng một hai ba bốn tư sáu bảy bẩy tám chín mười mươi mốt lăm nhăm năm linh lẻ trăm nghìn "
    "ngàn không giêng chạp rằm hăm âm lịch"
).split()

STRANGE_SYLLABLE: Final = 1.5
"""What it costs to believe a syllable that no date in words has."""

NEAR_ENOUGH: Final = 0.5
BEAM: Final = 48


def words_candidates(spec: FieldSpec, text: str, raw: RawReading, context: NormalContext) -> Iterator[Candidate]:
    """Readings of a date in words: as it is, and with every syllable the nearest of the list, if that is a date."""
    strange = sum(word.casefold() not in _SYLLABLES for word in re.findall(r"[^\W\d_]+", text))
    yield _words_candidate(spec, text, STRANGE_SYLLABLE * strange, INK, context)
    for written, cost in islice(_snapped(text), BEAM):
        if written != text:
            yield _words_candidate(spec, written, cost, DATE_GRAMMAR, context)


def _words_candidate(spec: FieldSpec, text: str, cost: float, reason: str, context: NormalContext) -> Candidate:
    parsed = parse_date(text, context.book.year)
    return Candidate(text, normalise(spec, text, context).normal, cost + _words_cost(parsed, context), reason)


def _words_cost(parsed: DateParse, context: NormalContext) -> float:
    if parsed.date is None:
        return UNLAWFUL
    year = parsed.date.year
    far = isinstance(year, int) and not context.book.year - OLDEST <= year <= context.book.year + 1
    return (0.0 if parsed.date.is_complete else 1.5) + (AFTER_BOOK if far else 0.0)


def _snapped(text: str) -> list[tuple[str, float]]:
    """Texts whose syllables are all of the list, the cheapest first."""
    beam: list[tuple[tuple[str, ...], float]] = [((), 0.0)]
    for token in re.findall(r"[^\W\d_]+|\d+|[^\w\s]|_+", text):
        choices = _choices(token)
        grown = [((*words, word), cost + more) for words, cost in beam for word, more in choices]
        beam = sorted(grown, key=lambda item: item[1])[:BEAM]
    return [(" ".join(word for word in words if word), cost) for words, cost in beam]


def _choices(token: str) -> tuple[tuple[str, float], ...]:
    """The syllables of the list near a token, in the token's own case, with their costs."""
    if token.isdecimal():
        return ((token, 0.0),)
    if not token.isalpha():
        # Strokes and dots between words mean nothing here.
        return (("", 0.2),)
    near = _nearest(token.casefold())
    return tuple((_cased(word, token), cost) for word, cost in near) or ((token, 2.0),)


@lru_cache(maxsize=4096)
def _nearest(token: str) -> tuple[tuple[str, float], ...]:
    found: list[tuple[str, float]] = []
    for word in dict.fromkeys(_SYLLABLES):
        bare = Levenshtein.distance(fold(token), fold(word)) / max(len(token), len(word))
        marked = Levenshtein.distance(token, word) / max(len(token), len(word))
        if bare <= NEAR_ENOUGH:
            found.append((word, 2.2 * bare + 0.8 * marked))
    return tuple(sorted(found, key=lambda item: item[1])[:3])


def _cased(word: str, token: str) -> str:
    if len(token) > 1 and token.isupper():
        return word.upper()
    return word.capitalize() if token[:1].isupper() else word
