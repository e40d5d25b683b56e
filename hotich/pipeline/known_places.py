"""Places that a book of some office and year is likely to name, for what nobody has typed yet."""

from __future__ import annotations

from functools import lru_cache

from hotich.forms.unit_list import Surroundings, around
from hotich.matching.completion import ValueIndex
from hotich.values import Book


def known_places(book: Book, typed: str, limit: int = 8) -> tuple[str, ...]:
    """At most `limit` ways to go on with a place, from the units of the book's year around its office.

    What stands before the last comma is kept: `thôn Đông, ta l` becomes `thôn Đông, xã Tân Lập, huyện Vũ Thư…`.
    """
    head, comma, tail = typed.rpartition(",")
    if not tail.strip():
        return ()
    found = _index(book.place, book.year).find(tail, limit)
    return tuple(f"{head}{comma} {text}" if comma else text for text in found)


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
