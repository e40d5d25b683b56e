"""The checks between the records of one book that rules may name."""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence

from hotich.dates import Order, compare
from hotich.rules.hit import Hit
from hotich.rules.rulespec import RecordView, RuleSpec
from hotich.values import Book

Check = Callable[[Sequence[RecordView], RuleSpec, Book], Iterator[Hit]]

_NUMBER = re.compile(r"(\d+)[^/]*/(\d{4})")


def running_numbers(views: Sequence[RecordView], rule: RuleSpec, book: Book) -> Iterator[Hit]:
    """Numbers missing between those of one year (NĐ 158/2005 Đ.68: they run on from 01)."""
    for year, numbers in _numbers_by_year(views).items():
        present = sorted(set(numbers))
        for before, after in itertools.pairwise(present):
            if after - before > 1:
                yield Hit(("so",), {"missing": _span(before + 1, after - 1, year)}, numbers[after])


def number_order(views: Sequence[RecordView], rule: RuleSpec, book: Book) -> Iterator[Hit]:
    """A number smaller than the one before it in the same year."""
    last: dict[str, int] = {}
    for view in views:
        if (found := _NUMBER.fullmatch(view.normal("so"))) is None:
            continue
        number, year = int(found[1]), found[2]
        if number < last.get(year, 0):
            yield Hit(("so",), {"number": view.normal("so"), "before": f"{last[year]:02}/{year}"}, view.record_id)
        last[year] = number


def date_falls_back(views: Sequence[RecordView], rule: RuleSpec, book: Book) -> Iterator[Hit]:
    """A registration surely before that of the entry above it."""
    before: RecordView | None = None
    for view in views:
        date = view.date("ngayDangKy")
        if date is None:
            continue
        above = before.date("ngayDangKy") if before is not None else None
        if before is not None and above is not None and compare(date, above) is Order.BEFORE:
            facts = {"date": view.written("ngayDangKy"), "before": before.written("ngayDangKy")}
            yield Hit(("ngayDangKy",), facts, view.record_id)
        before = view


def doubled_number(views: Sequence[RecordView], rule: RuleSpec, book: Book) -> Iterator[Hit]:
    """The same place, book number and entry number twice; a true double in the paper gets a suffix (15a)."""
    seen: dict[tuple[str, ...], str] = {}
    for view in views:
        key = tuple(view.normal(field_id) for field_id in ("noiDangKy", "quyenSo", "so"))
        if not key[2]:
            continue
        if key in seen:
            yield Hit(("so",), {"number": key[2]}, view.record_id)
        seen[key] = view.record_id


def closing_count(views: Sequence[RecordView], rule: RuleSpec, book: Book) -> Iterator[Hit]:
    """As many records as the closing page of the book says."""
    if book.expected_entries is not None and book.expected_entries != len(views):
        yield Hit((), {"expected": str(book.expected_entries), "found": str(len(views))})


def _numbers_by_year(views: Sequence[RecordView]) -> dict[str, dict[int, str]]:
    """Numbers of each year with the record that has each."""
    by_year: dict[str, dict[int, str]] = defaultdict(dict)
    for view in views:
        if found := _NUMBER.fullmatch(view.normal("so")):
            by_year[found[2]].setdefault(int(found[1]), view.record_id)
    return by_year


def _span(first: int, last: int, year: str) -> str:
    return f"{first:02}/{year}" if first == last else f"{first:02}-{last:02}/{year}"


BOOK_CHECKS: dict[str, Check] = {
    "running-numbers": running_numbers,
    "number-order": number_order,
    "date-falls-back": date_falls_back,
    "doubled-number": doubled_number,
    "closing-count": closing_count,
}
