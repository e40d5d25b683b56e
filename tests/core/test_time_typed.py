"""Times of day typed in figures alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.time_typed import spelled_time
from hotich.values import Book, RecordType


@pytest.mark.parametrize(
    ("typed", "model", "written"),
    [
        ("435", "", "4 giờ 35 phút"),
        ("0435", "", "04 giờ 35 phút"),
        ("2205", "", "22 giờ 05 phút"),
        ("4", "", "4 giờ"),
        ("435", "07 giờ 10 phút", "04 giờ 35 phút"),
        ("435", "7h10", "4h35"),
        ("4", "7h10", "4h"),
        ("435", "7g 10p.", "4g 35p."),
        ("435", "07:10", "04:35"),
        ("4", "07:10", ""),
        ("435", "7 giờ 10 phút sáng", "4 giờ 35 phút"),
        ("435", "nt", "4 giờ 35 phút"),
        ("2530", "", ""),
        ("460", "", ""),
        ("4h35", "", ""),
        ("", "", ""),
        ("sáng", "", ""),
    ],
)
def test_a_time_in_figures_is_spelled_as_the_hand_of_the_book_writes(typed: str, model: str, written: str) -> None:
    assert spelled_time(typed, model) == written


MODELS = ["", "07 giờ 10 phút", "7h10", "7g 10", "07:10"]


@given(st.integers(0, 23), st.integers(0, 59), st.sampled_from(MODELS))
def test_what_is_kept_says_the_same_time(hour: int, minute: int, model: str) -> None:
    field = load_catalogue().records["KT"].field("nktGioPhutChet")
    context = NormalContext(Book("b", RecordType.DEATH, 2009, "01", ""))
    written = spelled_time(f"{hour}{minute:02}", model)
    assert normalise(field, written, context).normal == f"{hour:02}:{minute:02}"
