"""What a line typed into the search means."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.pipeline.search_line import date_figures, number_figures, read_line
from hotich.store import Wanted
from hotich.text import ACCENTED


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("nguyen van a 1984", Wanted(words=("nguyen", "van", "a"), figures=(("1984",),))),
        ("số 05/1984", Wanted(numbers=(("5/1984",),))),
        ("So 5", Wanted(numbers=(("5",),))),
        ("số: 015a", Wanted(numbers=(("15a", "015a"),))),
        ("số 05/84", Wanted(numbers=(("5/84", "5/1984", "5/2084"),))),
        ("quyển 01/1984 số 3", Wanted(books=(("1/1984",),), numbers=(("3",),))),
        ("12/3/1984", Wanted(dates=(("12/3/1984",),))),
        ("12.03.1984", Wanted(dates=(("12/3/1984",),))),
        ("1984-03-12", Wanted(dates=(("12/3/1984",),))),
        ("12 3 1984", Wanted(dates=(("12/3/1984",),))),
        ("12/3/84", Wanted(dates=(("12/3/1984", "12/3/2084"),))),
        ("ngày 12 tháng 3 năm 1984", Wanted(dates=(("12/3/1984",),))),
        ("tháng 3 năm 1984", Wanted(dates=(("3/1984",),))),
        ("?/3/1984", Wanted(dates=(("3/1984",),))),
        ("xx/xx/1984", Wanted(dates=(("1984",),))),
        ("sinh 1984 lan", Wanted(words=("lan",), dates=(("1984",),))),
        ("3/1984", Wanted(figures=(("3/1984",),))),
        ("012345678", Wanted(figures=(("12345678", "012345678"),))),
        ("mẹ: Trần Thị B cha:Lê C", Wanted(people=("Trần", "Thị", "B", "Lê", "C"))),
        ("nơi: Đắk Drông 2001", Wanted(places=("Đắk", "Drông"), figures=(("2001",),))),
        ("tên: Hoa", Wanted(name=("Hoa",))),
        ("Nguyễn Nam 1984", Wanted(words=("Nguyễn", "Nam"), figures=(("1984",),))),
        ("Nguyễn Thị Sinh", Wanted(words=("Nguyễn", "Thị", "Sinh"))),
        ("Phạm, Hoa; Lan", Wanted(words=("Phạm", "Hoa", "Lan"))),
        ("x", Wanted(words=("x",))),
        ("31/2/x", Wanted(figures=(("31/2/x",),))),
        ("  ", Wanted()),
        (":", Wanted()),
    ],
)
def test_lines_as_clerks_type_them(line: str, wanted: Wanted) -> None:
    assert read_line(line) == wanted


def test_letters_taken_apart_mean_the_same() -> None:
    assert read_line("mẹ: Lê") == read_line("mẹ: Lê")


@given(st.text(max_size=40))
@settings(max_examples=150, deadline=None)
def test_no_line_is_an_error(line: str) -> None:
    assert isinstance(read_line(line), Wanted)


@given(st.text(alphabet=[*ACCENTED, " "], min_size=1, max_size=20))
@settings(max_examples=60, deadline=None)
def test_words_stay_as_typed(line: str) -> None:
    assert " ".join(read_line(line).words) == " ".join(line.split())


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1000, 2999), st.sampled_from("/.-"))
@settings(max_examples=60, deadline=None)
def test_every_date_is_read_day_first(day: int, month: int, year: int, between: str) -> None:
    assert date_figures(f"{day:02}{between}{month:02}{between}{year}") == (f"{day}/{month}/{year}",)
    assert date_figures(f"{month:02}{between}{year}") == (f"{month}/{year}",)
    assert number_figures(f"{day:03}") == (str(day), f"{day:03}")


def test_what_no_calendar_has_is_no_date() -> None:
    assert date_figures("32/1/1984") == date_figures("1/13/1984") == date_figures("1/2/3/4") == ()
