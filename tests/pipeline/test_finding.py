"""A record of the book found by its number or a name."""

from __future__ import annotations

import pytest

from hotich.pipeline import entry
from hotich.pipeline.finding import entry_lines, matching
from hotich.pipeline.opening import open_record
from hotich.values import Reading
from tests.pipeline.conftest import CLERK
from tests.pipeline.test_entry import suggest


@pytest.fixture
def lines(workspace, page_id, record_id, book):
    other = open_record(workspace, page_id, 1, "KS-2006", CLERK)
    entry.confirm(workspace, record_id, "so", "05", CLERK)
    entry.confirm(workspace, record_id, "nksHoTen", "Đặng Thị Ước", CLERK)
    entry.confirm(workspace, other, "so", "51", CLERK)
    suggest(workspace, other, Reading("meHoTen", "Lò Thị Đông", "Lò Thị Đông", 0.5, "thu", "1"))
    return entry_lines(workspace, book.book_id)


@pytest.mark.parametrize(
    ("typed", "numbers"),
    [
        ("", ["05", "51"]),
        ("5", ["05", "51"]),
        ("005", ["05", "51"]),
        ("51", ["51"]),
        ("dang", ["05"]),
        ("Đặng Ư", []),
        ("d th u", ["05"]),
        ("dong", ["51"]),
        ("ước", ["05"]),
        ("(", ["05", "51"]),
        ("9", []),
    ],
)
def test_numbers_and_names_without_marks(lines, typed, numbers):
    assert [line.number for line in matching(lines, typed)] == numbers


def test_what_nobody_confirmed_is_marked(lines):
    assert [line.sure for line in lines] == [True, False]
