"""The words that a field is likely to hold: what such fields often say, and the places around the book's office."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from hotich.forms.formspec import FieldKind
from hotich.forms.unit_list import Surroundings, Unit, around
from hotich.ocr.kinds import kind_reading
from hotich.ocr.language import Counts, WordCounts, counted

VILLAGES = "thôn xóm ấp bản buôn làng khu đội tổ".split()
"""What stands before the name or number of a part of a commune."""

PHRASE = 4
OWN, NEAR, FAR = 20, 2, 1
"""How often a phrase of the kind counts, one of the office's own commune, of its district, of one further away."""


@lru_cache(maxsize=24)
def local_words(kind: FieldKind, place: str, year: int) -> WordCounts | None:
    """Counts of the words of a field of that kind in a book that was kept there; None where nothing is known."""
    told = kind_reading(kind)
    counts = counted((phrase, PHRASE) for phrase in told.phrases)
    if told.book:
        counts += _places(place, year)
    return WordCounts(counts) if counts else None


@lru_cache(maxsize=8)
def _places(place: str, year: int) -> Counts:
    return counted(_phrases(around(place, year)))


def _phrases(near: Surroundings) -> Iterator[tuple[str, int]]:
    own = near.own
    if not own:
        return
    yield from _written(own, OWN)
    for village in VILLAGES:
        yield from ((f"{village} 1, {text}", times) for text, times in _written(own, 2))
    for house in ("trạm xá", "trạm y tế"):
        yield f"{house} {own[0].whole}", 2 * NEAR
    for unit in own[1:]:
        for house in ("bệnh viện", "bệnh viện đa khoa", "BV"):
            yield f"{house} {unit.whole}", NEAR
            yield f"{house} {unit.name}", FAR
    for commune in near.communes:
        yield from _written((commune, *own[1:]), NEAR)
    for district in near.districts:
        yield from _written((district, *own[2:]), FAR)
    for province in near.provinces:
        yield from _written((province,), FAR)


def _written(units: tuple[Unit, ...], times: int) -> Iterator[tuple[str, int]]:
    """The ways in which registers write a unit with those that it belongs to."""
    yield ", ".join(unit.whole for unit in units), times
    yield ", ".join(unit.short for unit in units), max(1, times // 2)
    yield ", ".join(unit.name for unit in units), max(1, times // 2)
    yield units[0].name, max(1, times // 2)
    if len(units) > 1:
        yield f"{units[0].name}, {units[1].name}", max(1, times // 2)
        yield f"UBND {', '.join(unit.whole for unit in units)}", max(1, times // 4)
