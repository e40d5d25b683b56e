"""Places that a book of some office and year is likely to name, for what nobody has typed yet."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from itertools import islice

from hotich.forms.unit_list import OFFICE, Surroundings, Unit, around, provinces_in, unit_of, units_of
from hotich.matching.completion import ValueIndex
from hotich.text import fold, squeeze
from hotich.values import Book

MOST_ENDINGS = 2
"""Ways to end a new place that are offered, so that remembered places keep their lines."""

_COMMUNE, _DISTRICT, _PROVINCE = range(3)
_LEVELS = {
    "xã": _COMMUNE, "phường": _COMMUNE, "thị trấn": _COMMUNE, "huyện": _DISTRICT, "quận": _DISTRICT,
    "thị xã": _DISTRICT, "thành phố": _DISTRICT, "tỉnh": _PROVINCE,
}  # fmt: skip


def known_places(book: Book, typed: str, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` ways to go on with a place, from the units of the book's year around its office.

    What stands before the last comma is kept: `thôn Đông, ta l` becomes `thôn Đông, xã Tân Lập, huyện Vũ Thư…`.
    """
    head, comma, tail = typed.rpartition(",")
    if not tail.strip():
        return ()
    found = _index(book.place, book.year).find(tail, limit)
    return tuple(f"{head}{comma} {text}" if comma else text for text in found)


def ended_places(book: Book, typed: str, remembered: Iterable[str], limit: int = MOST_ENDINGS) -> tuple[str, ...]:
    """A place typed up to a comma, or to a second word, with the endings that it likely has: `thôn Mới, xã Tân Lập…`.

    The commune, district and province of the book come first, then what follows the first comma in `remembered`
    places. After the last comma the beginning of an ending may be typed.
    """
    head, comma, begun = typed.rpartition(",")
    if not comma:
        head, begun = typed, ""
    head = squeeze(head).rstrip(" ,")
    if not head or not (comma or " " in head) or fold(head).startswith(tuple(map(fold, OFFICE))):
        return ()
    last = unit_of(head.rpartition(",")[2])
    endings = (_below(ending, last) for ending in (_own_ending(book), *map(_ending_of, remembered)))
    fitting = dict.fromkeys(text for text in endings if text and fold(text).startswith(fold(begun)))
    return tuple(f"{head}, {text}" for text in islice(fitting, limit))


def _own_ending(book: Book) -> str:
    """The commune of the book with all above it; '' where the cover says too little."""
    units = units_of(book.place)
    if len(units) == 2 and book.province:
        named = unit_of(book.province)
        known = (unit for unit in provinces_in(book.year) if fold(unit.name) == fold(named.name))
        units = (*units, *islice([named] if named.kind else known, 1))
    return ", ".join(unit.whole for unit in units) if len(units) > 1 else ""


def _ending_of(place: str) -> str:
    return place.partition(",")[2].strip()


def _below(ending: str, last: Unit) -> str:
    """The part of an ending that lies above the unit typed last: after a commune its district and province."""
    if last.kind not in _LEVELS:
        return ending
    parts = [part.strip() for part in ending.split(",")]
    levels = [_LEVELS.get(unit_of(part).kind, _COMMUNE) for part in parts]
    return ", ".join(part for part, level in zip(parts, levels, strict=True) if level > _LEVELS[last.kind])


@lru_cache(maxsize=8)
def _index(place: str, year: int) -> ValueIndex:
    index = ValueIndex()
    index.add_all(_lines(around(place, year)))
    return index


def _lines(near: Surroundings) -> list[str]:
    """The units as places are written, from the smallest up; the office's own last, which makes them the likeliest."""
    above = [unit.whole for unit in near.own[1:]]
    province = above[-1:] if len(above) > 1 else []
    lines = [unit.whole for unit in near.provinces]
    lines += [", ".join([unit.whole, *province]) for unit in near.districts]
    lines += [", ".join([unit.whole, *above]) for unit in near.communes]
    chain = [unit.whole for unit in near.own]
    return [*lines, *(", ".join(chain[start:]) for start in reversed(range(len(chain))))]
