"""Figures: letters that an engine takes for figures, entry and book numbers, page numbers, identity papers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from rapidfuzz.distance import Levenshtein

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.normal import NormalContext, normalise
from hotich.ocr.candidates import INK, NEIGHBOUR, Candidate
from hotich.ocr.engine import RawReading

FIGURES_FOR: Final = str.maketrans(
    {
        **dict.fromkeys("OoQDUÔôƠơÒÓ", "0"),
        **dict.fromkeys("lIi|!ìíÌÍ][", "1"),
        **dict.fromkeys("Zz", "2"),
        **dict.fromkeys("Ss", "5"),
        **dict.fromkeys("Gb", "6"),
        **dict.fromkeys("T?", "7"),
        **dict.fromkeys("B", "8"),
        **dict.fromkeys("gq", "9"),
        "A": "4",
    }
)
"""Letters and the figures they are misread from."""

LETTER_COST: Final = 0.4
"""Of taking one letter for a figure in a field of figures."""

COVER_DIFFERENCE: Final = 2
COVER_COST: Final = 0.7
"""What each figure costs in which the number read differs from that on the cover; the page may be of another book."""

ALTERNATIVE_FLOOR: Final = 0.03

_SO_LABEL: Final = re.compile(r"^(?:số|so|sỗ|sô)\s*[:.]?\s*(?=\d)", re.I)


def number_candidates(spec: FieldSpec, text: str, raw: RawReading, context: NormalContext) -> Iterator[Candidate]:
    """Readings of a field of figures: as it is, with figures for letters, with the engine's other choices."""
    for written, cost in spellings(text, raw):
        normal = normalise(spec, written, context).normal
        extra, reason = _believable(spec, normal, context)
        yield Candidate(written, normal, cost + extra, reason)
    if spec.kind is FieldKind.BOOK_NUMBER and context.book.number:
        yield from _number_of_book(spec, text, context)


def _number_of_book(spec: FieldSpec, text: str, context: NormalContext) -> Iterator[Candidate]:
    """The number on the book's own cover, where what was read differs from it in a figure or two."""
    number = context.book.number
    cover = number if "/" in number else f"{number}/{context.book.year}"
    different = Levenshtein.distance(text, cover)
    if 0 < different <= COVER_DIFFERENCE:
        yield Candidate(cover, normalise(spec, cover, context).normal, COVER_COST * different, NEIGHBOUR)


def spellings(text: str, raw: RawReading) -> Iterator[tuple[str, float]]:
    """The text and what it may be with other figures, each with its cost."""
    yield text, 0.0
    figures = figures_in(text)
    cost = LETTER_COST * sum(one != other for one, other in zip(text, figures, strict=True))
    if figures != text:
        yield figures, cost
    for swapped, more in _engine_choices(figures, raw):
        yield swapped, cost + more


def figures_in(text: str) -> str:
    """The text with figures for the letters they are taken for, in words with a figure or only such letters."""
    return re.sub(r"\S+", lambda word: _figured(word.group()), text)


def _figured(word: str) -> str:
    figured = word.translate(FIGURES_FOR)
    letters = sum(letter.isalpha() for letter in figured)
    has_figure = any(letter.isdecimal() for letter in word)
    return figured if letters == 0 and (has_figure or len(word) <= 4) else word


def _engine_choices(text: str, raw: RawReading) -> Iterator[tuple[str, float]]:
    """One figure replaced by another that the engine thought possible."""
    letters = [symbol for symbol in raw.symbols if symbol.text.strip()]
    compact = [place for place, letter in enumerate(text) if not letter.isspace()]
    if len(letters) != len(compact):
        return
    for place, symbol in zip(compact, letters, strict=True):
        for other, share in symbol.alternatives:
            figure = other.translate(FIGURES_FOR)
            if share >= ALTERNATIVE_FLOOR and len(figure) == 1 and figure.isdecimal() and figure != text[place]:
                yield text[:place] + figure + text[place + 1 :], _odds(symbol.confidence, share)


def _odds(chosen: float, other: float) -> float:
    return max(0.3, 3.0 * (max(chosen, 0.05) - other) + 0.7)


def _believable(spec: FieldSpec, normal: str, context: NormalContext) -> tuple[float, str]:
    """What a lawful, an unlawful and an expected number cost, and the reason."""
    if not normal:
        return 3.0, INK
    if spec.kind is FieldKind.ID_NUMBER:
        return (0.0 if normal.isdecimal() and len(normal) in (9, 12) else 0.8), INK
    if spec.kind is FieldKind.BOOK_NUMBER:
        cover = normalise(spec, f"{context.book.number.partition('/')[0]}/{context.book.year}", context).normal
        if context.book.number and normal != cover:
            return 2.0, INK
        return (0.0, NEIGHBOUR) if normal.endswith(f"/{context.book.year}") else (1.5, INK)
    if spec.kind is FieldKind.ENTRY_NUMBER and context.above:
        return (0.0, NEIGHBOUR) if _follows(context.above, normal) else (1.2, INK)
    return 0.3, INK


def _follows(above: str, normal: str) -> bool:
    before, after = re.match(r"\d+", above), re.match(r"\d+", normal)
    return before is not None and after is not None and int(after.group()) == int(before.group()) + 1


def without_number_label(text: str) -> str:
    """The text without a leading "Số:"."""
    return _SO_LABEL.sub("", text)
