"""Finds remembered texts by what somebody began to type without marks: `ng v` and `nva` find Nguyễn Văn An.

Three ways of beginning are understood, in this order: the beginnings of the first words (`ng v`), the first letters of
the words (`nva`), and the beginnings of words inside the text (`tan lap` in `thôn Đông, xã Tân Lập`). Keys are folded,
đ among them; the texts stay as they were written.

Texts used often and lately come first. The weight of a text is the sum of its uses, each counting half as much as one
made `HALF_LIFE` uses later, so that nothing has to be recounted when time goes on.
"""

from __future__ import annotations

import math
import re
from array import array
from bisect import bisect_left, bisect_right, insort
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from heapq import nlargest
from itertools import islice

from hotich.text import fold

HALF_LIFE = 400.0
"""Uses after which an earlier use counts half."""

MOST_INITIALS = 8
"""More letters in one word are hardly first letters of words."""

LOOKED_AT_FIRST = 4000
"""Of the most used texts: what many begin with is found there, and the rest need not be sorted."""

MOST_TOUCHED = 500
"""Uses after which the order of all texts is made anew."""

_LAST = "\U0010ffff"
"""Sorts behind every text."""


class ValueIndex:
    """Texts with how often they were used. Not safe for several threads at once."""

    def __init__(self) -> None:
        self._texts: list[str] = []
        self._folded: list[str] = []
        self._weights = array("d")
        self._uses = array("l")
        self._ids: dict[str, int] = {}
        self._by_text: list[tuple[str, int]] = []
        self._by_initials: list[tuple[str, int]] = []
        self._joined = ""
        self._starts = array("l")
        self._clock = 0
        self._order: list[int] = []
        self._touched: set[int] = set()

    def __len__(self) -> int:
        return len(self._texts)

    def add_all(self, texts: Iterable[str]) -> None:
        """Remember many texts, the oldest use first; far quicker than one by one."""
        for text in texts:
            self._count(text)
        self._by_text = sorted((folded, number) for number, folded in enumerate(self._folded))
        self._by_initials = sorted((_initials(folded), number) for number, folded in enumerate(self._folded))
        self._join()
        self._touched.update(range(len(self._texts)))
        self._order = []
        self._keep_order()

    def add(self, text: str) -> None:
        """Remember one more use of a text."""
        known = len(self._texts)
        number = self._count(text)
        self._touched.add(number)
        if number == known:
            folded = self._folded[number]
            insort(self._by_text, (folded, number))
            insort(self._by_initials, (_initials(folded), number))
            self._starts.append(len(self._joined))
            self._joined += f"{folded}\n"

    def forget(self, text: str) -> None:
        """Take one use back: the text was mistyped, or is no longer said. Without a use it is not found."""
        number = self._ids.get(text)
        if number is not None and self._uses[number]:
            self._uses[number] -= 1

    def find(self, typed: str, limit: int = 8) -> list[str]:
        """At most `limit` texts that begin as was typed, the most used first; of all with nothing typed."""
        wanted = fold(typed)
        if not wanted:
            self._keep_order()
            return self._best({*islice(self._order, LOOKED_AT_FIRST), *self._touched}, limit)
        found: dict[str, None] = {}
        for way in (_by_beginnings, _by_first_letters, _inside):
            search = way(wanted) if len(found) < limit else None
            if search is not None:
                found.update(dict.fromkeys(self._found(search, limit)))
        return list(islice(found, limit))

    def _found(self, search: _Search, limit: int) -> list[str]:
        """The most used texts that fit, looked for among the most used of all, then among all."""
        self._keep_order()
        lately = [number for number in self._touched if search.fits(self._folded[number])]
        often: list[int] = []
        for number in islice(self._order, LOOKED_AT_FIRST):
            if self._uses[number] > 0 and number not in self._touched and search.fits(self._folded[number]):
                often.append(number)
                if len(often) >= limit:
                    return self._best([*lately, *often], limit)
        return self._best(self._candidates(search), limit)

    def _keep_order(self) -> None:
        """Weights only change by use, so that the order of what was not used since is still right."""
        if len(self._touched) > MOST_TOUCHED or len(self._order) + len(self._touched) < len(self._texts):
            self._order = sorted(range(len(self._texts)), key=self._weights.__getitem__, reverse=True)
            self._touched.clear()

    def _candidates(self, search: _Search) -> Iterator[int]:
        """The numbers of all texts that fit."""
        if search.inside:
            hits = search.inside.finditer(self._joined)
            return iter(dict.fromkeys(bisect_right(self._starts, hit.start()) - 1 for hit in hits))
        table = self._by_initials if search.initials else self._by_text
        low = bisect_left(table, (search.first,))
        high = bisect_right(table, (search.first + _LAST,))
        if search.is_prefix:
            return (number for _, number in table[low:high])
        return (number for folded, number in table[low:high] if search.fits(folded))

    def _count(self, text: str) -> int:
        """The number of the text, with one more use."""
        self._clock += 1
        now = self._clock / HALF_LIFE
        number = self._ids.setdefault(text, len(self._texts))
        if number == len(self._texts):
            self._texts.append(text)
            self._folded.append(fold(text))
            self._weights.append(now)
            self._uses.append(1)
        else:
            # log2(2**old + 2**now), so that the numbers stay small for ever.
            high, low = max(self._weights[number], now), min(self._weights[number], now)
            self._weights[number] = high + math.log2(1.0 + 2.0 ** (low - high))
            self._uses[number] += 1
        return number

    def _join(self) -> None:
        self._joined = "".join(f"{folded}\n" for folded in self._folded)
        self._starts = array("l")
        place = 0
        for folded in self._folded:
            self._starts.append(place)
            place += len(folded) + 1

    def _best(self, numbers: Iterable[int], limit: int) -> list[str]:
        uses, weights = self._uses, self._weights
        held = (number for number in numbers if uses[number] > 0)
        return [self._texts[number] for number in nlargest(limit, held, key=weights.__getitem__)]


@dataclass(frozen=True, slots=True)
class _Search:
    """One way to understand what was typed. Where `is_prefix` every text of the table that begins with `first` fits."""

    first: str
    fits: Callable[[str], object]
    is_prefix: bool = False
    initials: bool = False
    inside: re.Pattern[str] | None = None


def _by_beginnings(wanted: str) -> _Search:
    first, _, rest = wanted.partition(" ")
    if not rest:
        return _Search(first, lambda folded: folded.startswith(first), is_prefix=True)
    return _Search(first, re.compile(_pattern(wanted)).match)


def _by_first_letters(wanted: str) -> _Search | None:
    if " " in wanted or not 2 <= len(wanted) <= MOST_INITIALS:
        return None
    return _Search(wanted, lambda folded: _initials(folded).startswith(wanted), is_prefix=True, initials=True)


def _inside(wanted: str) -> _Search | None:
    """Folded texts have single spaces, so that a word inside one always follows a space."""
    if len(wanted) < 2:
        return None
    pattern = re.compile(" " + _pattern(wanted))
    return _Search("", pattern.search, inside=pattern)


def _pattern(wanted: str) -> str:
    """Each word typed is the beginning of a word, one following the other on one line."""
    return r"[^ \n]* ".join(re.escape(word) for word in wanted.split(" "))


def _initials(folded: str) -> str:
    return "".join(word[0] for word in folded.split(" ") if word)
