"""Numbers and dates in Vietnamese words, in every spelling that registers use."""

import unicodedata
from dataclasses import replace
from itertools import cycle, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.dates import PartialDate, Spelling, number_words, parse_date, parse_number, to_words

SPELLINGS = [
    Spelling(*choice)
    for choice in product(
        ("tư", "bốn"),
        ("lăm", "nhăm", "năm"),
        ("bảy", "bẩy"),
        ("nghìn", "ngàn"),
        ("linh", "lẻ"),
        (True, False),
        (True, False),
        (True, False),
        (True, False),
    )
]


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "không"),
        (1, "một"),
        (5, "năm"),
        (10, "mười"),
        (11, "mười một"),
        (14, "mười bốn"),
        (15, "mười lăm"),
        (20, "hai mươi"),
        (21, "hai mươi mốt"),
        (24, "hai mươi tư"),
        (25, "hai mươi lăm"),
        (31, "ba mươi mốt"),
        (105, "một trăm linh năm"),
        (1900, "một nghìn chín trăm"),
        (1975, "một nghìn chín trăm bảy mươi lăm"),
        (1981, "một nghìn chín trăm tám mươi mốt"),
        (1984, "một nghìn chín trăm tám mươi tư"),
        (1999, "một nghìn chín trăm chín mươi chín"),
        (2000, "hai nghìn"),
        (2005, "hai nghìn không trăm linh năm"),
        (2010, "hai nghìn không trăm mười"),
    ],
)
def test_school_form(number: int, words: str) -> None:
    assert number_words(number) == words


@pytest.mark.parametrize("number", [-1, 10000])
def test_numbers_out_of_range(number: int) -> None:
    with pytest.raises(ValueError, match="not within"):
        number_words(number)


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("sáu mươi bẩy", 67),
        ("hăm mốt", 21),
        ("hăm hai", 22),
        ("hai mốt", 21),
        ("hai mươi năm", 25),
        ("mười năm", 15),
        ("mười nhăm", 15),
        ("tám tư", 84),
        ("một chín tám tư", 1984),
        ("hai không không tám", 2008),
        ("một ngàn chín trăm lẻ năm", 1905),
        ("nghìn chín trăm tám mươi", 1980),
        ("hai nghìn lẻ năm", 2005),
        ("hai nghìn tám", 2008),
        ("hai nghìn mười", 2010),
        ("hai nghìn không trăm linh mười", 2010),
        ("MỘT NGHÌN CHÍN TRĂM TÁM MƯƠI", 1980),
        ("mot nghin chin tram tam muoi", 1980),
    ],
)
def test_other_spellings(words: str, number: int) -> None:
    assert parse_number(words) == number
    assert parse_number(unicodedata.normalize("NFD", words)) == number


@pytest.mark.parametrize(
    "words",
    ["", "giêng", "mươi mươi", "không mươi", "một mươi", "một nghìn chín trăm năm", "hai mươi mười", "trăm",
     "một hai ba", "linh năm", "một nghìn một nghìn", "chín trăm chín trăm", "mười mười", "năm mươi ba tháng"],
)  # fmt: skip
def test_what_is_no_number(words: str) -> None:
    assert parse_number(words) is None


def test_every_number_in_the_school_form() -> None:
    for number in range(10000):
        assert parse_number(number_words(number)) == number


@pytest.mark.parametrize("numbers", [range(1, 32), range(1, 13), range(1850, 2051, 5)])
def test_every_spelling_reads_back(numbers: range) -> None:
    for spelling in SPELLINGS:
        for number in numbers:
            assert parse_number(number_words(number, spelling)) == number


def test_every_day_month_and_year_in_turning_spellings() -> None:
    """Every month with every year 1850..2050 and every day, the 768 spellings taken in turn."""
    spellings = cycle(SPELLINGS)
    for year in range(1850, 2051):
        for month in range(1, 13):
            when = PartialDate((year * 7 + month * 5) % 28 + 1, month, year)
            said = to_words(when, next(spellings))
            assert parse_date(said).date == when, said


def test_every_day_with_every_month() -> None:
    spellings = cycle(SPELLINGS[::7])
    for month, length in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1):
        for day in range(1, length + 1):
            for _ in range(5):
                said = to_words(PartialDate(day, month, 1984), next(spellings))
                parsed = parse_date(said.upper())
                assert parsed.date == PartialDate(day, month, 1984), said
                assert parsed.certain, said


@given(st.integers(1, 28), st.integers(1, 12), st.integers(1800, 2100), st.sampled_from(SPELLINGS))
def test_date_words_read_back_in_any_spelling(day: int, month: int, year: int, spelling: Spelling) -> None:
    said = to_words(PartialDate(day, month, year), spelling)
    assert parse_date(said).date == PartialDate(day, month, year)
    assert parse_date(unicodedata.normalize("NFD", said.title())).date == PartialDate(day, month, year)


@given(st.integers(1, 31), st.integers(1, 12), st.integers(1900, 1999), st.sampled_from(SPELLINGS))
def test_figures_and_words_mix(day: int, month: int, year: int, spelling: Spelling) -> None:
    try:
        when = PartialDate(day, month, year)
    except ValueError:
        return
    in_words = replace(spelling, digit_by_digit=False)
    assert parse_date(f"ngày {number_words(day, in_words)} tháng {month} năm {year}").date == when
    assert parse_date(f"ngày {day} tháng {number_words(month)} năm {number_words(year, spelling)}").date == when
    assert parse_date(f"mồng {day} tháng {month} năm {year % 100:02d}", 1999).date == when


@given(st.text())
def test_any_words_are_survived(text: str) -> None:
    number = parse_number(text)
    assert number is None or 0 <= number <= 9999
