"""From what an engine read to the ways to read the field, by the kind of field."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import msgspec

from hotich.forms.formspec import FieldKind, FieldSpec, Zone
from hotich.normal import NormalContext, normalise
from hotich.ocr.candidates import INK, MOST, NEIGHBOUR, Candidate, ranked
from hotich.ocr.cleaning import cleaned
from hotich.ocr.decode_dates import date_candidates, words_candidates
from hotich.ocr.decode_lists import list_candidates
from hotich.ocr.decode_names import name_candidates
from hotich.ocr.decode_numbers import number_candidates, without_number_label
from hotich.ocr.engine import RawReading
from hotich.text import is_ditto
from hotich.values import Alternative

NUMBERS = (FieldKind.ENTRY_NUMBER, FieldKind.BOOK_NUMBER, FieldKind.PAGE_NUMBER, FieldKind.ID_NUMBER)
LISTS = (FieldKind.CHOICE, FieldKind.ETHNIC, FieldKind.NATIONALITY)

DITTO: Final = '"'
STROKES: Final = frozenset("1lI|/\\'\"’”.,-")
"""What the two small strokes of a ditto mark are taken for."""

LESS_LIKELY: Final = 0.2
_SPACES: Final = str.maketrans("", "", " ")

LEAST_SHARE = 0.002
"""Ways less likely than this are not followed."""


@dataclass(frozen=True, slots=True)
class Decoded:
    """The ways to read a field, the likeliest first (none for a blank), and whether it is a ditto mark."""

    ways: tuple[Alternative, ...]
    ditto: bool = False


def decode(spec: FieldSpec, zone: Zone, raw: RawReading, context: NormalContext) -> Decoded:
    """The ways to read a field of that kind. Letters of places and notes are never changed."""
    text = cleaned(raw.text, zone.label)
    if not text:
        return Decoded(())
    if is_ditto(text) and spec.kind not in NUMBERS:
        normal = normalise(spec, text, context).normal
        return Decoded((Alternative(text, normal, 1.0, NEIGHBOUR),), ditto=True)
    ways = ranked(_of_all_ways(spec, zone, text, raw, context))
    if context.above and is_like_ditto(spec.kind, text):
        mark = Alternative(DITTO, context.above, 1.0, NEIGHBOUR)
        return Decoded(
            (
                mark,
                *(msgspec.structs.replace(way, probability=way.probability * LESS_LIKELY) for way in ways[: MOST - 1]),
            ),
            True,
        )
    return Decoded(ways)


def is_like_ditto(kind: FieldKind, text: str) -> bool:
    """Whether two small strokes may have been read so: figures where a field holds only letters, ones elsewhere."""
    if kind in NUMBERS or kind is FieldKind.TIME:
        return False
    strokes = text.translate(_SPACES)
    if kind in (FieldKind.ETHNIC, FieldKind.NATIONALITY):
        return len(strokes) <= 2 and not any(letter.isalpha() and letter not in "lIe" for letter in strokes)
    return 2 <= len(strokes) <= 3 and set(strokes) <= STROKES and len(strokes.strip(".,-")) >= 2


def _of_all_ways(
    spec: FieldSpec, zone: Zone, text: str, raw: RawReading, context: NormalContext
) -> Iterator[Candidate]:
    """The candidates of the engine's reading and of its other ways to read the crop, which cost their odds."""
    yield from _candidates(spec, text, raw, context)
    for other, share in raw.ways:
        written = cleaned(other, zone.label)
        if written and share > LEAST_SHARE:
            # The letters' own alternatives belong to the first reading only.
            alone = replace(raw, text=other, symbols=())
            odds = math.log(max(raw.confidence, 0.05)) - math.log(share)
            for candidate in _candidates(spec, written, alone, context):
                yield replace(candidate, cost=candidate.cost + max(0.05, odds))


def _candidates(spec: FieldSpec, text: str, raw: RawReading, context: NormalContext) -> list[Candidate]:
    if spec.kind is FieldKind.DATE:
        return list(date_candidates(spec, text, raw, context))
    if spec.kind is FieldKind.DATE_WORDS:
        return list(words_candidates(spec, text.strip("()[] "), raw, context))
    if spec.kind in NUMBERS:
        return list(number_candidates(spec, without_number_label(text), raw, context))
    if spec.kind in LISTS:
        return list(list_candidates(spec, text, context))
    if spec.kind is FieldKind.PERSON_NAME:
        return list(name_candidates(text))
    return [Candidate(text, normalise(spec, text, context).normal, 0.0, INK)]
