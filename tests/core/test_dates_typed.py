"""Dates typed in short: what they can mean, what is kept as written, and when a person has to choose."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.dates import (
    Agreement,
    DateProblem,
    Gap,
    PartialDate,
    parse_date,
    to_iso_partial,
    typed_dates,
    words_against_figures,
)
from hotich.messages import Language, sentence

BOOK = 1985

CERTAIN = [
    ("5378", "5/3/78", "1978-03-05"),
    ("050378", "05/03/78", "1978-03-05"),
    ("05031978", "05/03/1978", "1978-03-05"),
    ("5/3/78", "5/3/78", "1978-03-05"),
    ("5.3.1978", "5.3.1978", "1978-03-05"),
    ("3/78", "3/78", "1978-03-XX"),
    ("378", "3/78", "1978-03-XX"),
    ("78", "78", "1978-XX-XX"),
    ("1978", "1978", "1978-XX-XX"),
    ("31/3", "31/3", "XXXX-03-31"),
    ("5/3", "5/3", "XXXX-03-05"),
    ("531978", "5/3/1978", "1978-03-05"),
    ("5378âl", "5/3/78 ÂL", "1978-03-05L"),
    ("5378 ÂL", "5/3/78 ÂL", "1978-03-05L"),
    ("5378 (âm)", "5/3/78 ÂL", "1978-03-05L"),
    ("5/3/78 (âm)", "5/3/78 (âm)", "1978-03-05L"),
    ("12/54 âm lịch", "12/54 âm lịch", "1954-12-XXL"),
    ("?/3/1978", "?/3/1978", "1978-03-??"),
    ("không rõ", "không rõ", "XXXX-XX-XX"),
    ("ngày 5 tháng 3 năm 1978", "ngày 5 tháng 3 năm 1978", "1978-03-05"),
]


@pytest.mark.parametrize(("typed", "written", "stored"), CERTAIN, ids=lambda part: part)
def test_a_short_date_is_spelled_out(typed: str, written: str, stored: str) -> None:
    (found,) = typed_dates(typed, BOOK)
    assert found.date is not None
    assert (found.written, to_iso_partial(found.date), found.certain) == (written, stored, True)


SEVERAL = [
    ("11178", ["1/11/78", "11/1/78"], ["1978-11-01", "1978-01-11"]),
    ("111978", ["11/1978", "1/1/1978"], ["1978-11-XX", "1978-01-01"]),
    ("5/03", ["5/03/..", "../5/03"], ["XXXX-03-05", "1903-05-XX"]),
    ("1878", ["1878", "1/8/78"], ["1878-XX-XX", "1978-08-01"]),
    ("5390", ["5/3/90", "5/3/1990"], ["1890-03-05", "1990-03-05"]),
    ("90 ÂL", ["90 ÂL", "1990 ÂL"], ["1890-XX-XXL", "1990-XX-XXL"]),
]


@pytest.mark.parametrize(("typed", "written", "stored"), SEVERAL, ids=lambda part: str(part))
def test_a_person_chooses_between_several_readings(typed: str, written: list[str], stored: list[str]) -> None:
    found = typed_dates(typed, BOOK)
    assert [reading.written for reading in found] == written
    assert [to_iso_partial(reading.date) for reading in found if reading.date] == stored
    assert not any(reading.certain for reading in found)


@pytest.mark.parametrize("typed", ["28t", "28 t", "28T.", "28 tuổi", "28tuoi"])
def test_an_age_leads_to_a_year_and_is_never_certain(typed: str) -> None:
    (found,) = typed_dates(typed, BOOK)
    assert (found.written, found.date, found.normal_year) == ("28 tuổi", PartialDate(age=28), 1957)
    assert not found.certain and "1957" in sentence(found.rule, found.facts)


def test_the_rule_of_a_short_year_is_stated_in_both_languages() -> None:
    (found,) = typed_dates("5378", BOOK)
    for language in Language:
        told = sentence(found.rule, found.facts, language)
        assert "«78»" in told and "1978" in told and "1985" in told


@pytest.mark.parametrize("typed", ["0/0/0", "1/1/0", "0/0/00", "00/00/0000"])
def test_noughts_for_a_date_lead_to_no_year(typed: str) -> None:
    (found,) = typed_dates(typed, 2004)
    assert (found.normal_year, found.certain, found.problem) == (None, False, DateProblem.ZERO_PART)


@pytest.mark.parametrize(
    ("typed", "problem"),
    [
        ("nt", DateProblem.DITTO),
        ("31/2/78", DateProblem.IMPOSSIBLE),
        ("13/25/1990", DateProblem.IMPOSSIBLE),
        ("cái gì", DateProblem.NOT_UNDERSTOOD),
        ("131t", DateProblem.IMPOSSIBLE),
    ],
)
def test_what_is_no_date_says_why(typed: str, problem: DateProblem) -> None:
    (found,) = typed_dates(typed, BOOK)
    assert (found.date, found.problem, found.written) == (None, problem, typed)


def test_nothing_typed_means_nothing() -> None:
    assert typed_dates("  ", BOOK) == ()


_DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(1985, 12, 31))


@settings(max_examples=150)
@given(_DAYS, st.sampled_from(["{d}{m}{y}", "{d:02}{m:02}{y}", "{d}/{m}/{y}", "{d:02}.{m:02}.{y}"]), st.booleans())
def test_the_day_meant_is_always_among_the_readings(day: date, form: str, long: bool) -> None:
    year = str(day.year) if long else f"{day.year % 100:02}"
    found = typed_dates(form.format(d=day.day, m=day.month, y=year), BOOK)
    meant = PartialDate(day.day, day.month, day.year)
    if found[0].rule == "date-rule-year":  # 1985 is a year, and that is said
        assert found[0].facts["day"] == f"{day.day}/{day.month}/{day.year % 100:02}"
        return
    assert meant in [reading.date for reading in found]
    if found[0].certain:
        assert found[0].date == meant


@settings(max_examples=200)
@given(st.text(alphabet="0123456789/.-? âlÂLmt()", max_size=12), st.integers(1900, 2100))
def test_what_is_kept_as_written_reads_as_the_same_date(typed: str, book: int) -> None:
    found = typed_dates(typed, book)
    for reading in found:
        assert parse_date(reading.written, book).date == reading.date
    if len(found) > 1:
        assert not any(reading.certain for reading in found)
        assert len({reading.date for reading in found}) == len(found)


@settings(max_examples=100)
@given(st.text(max_size=30), st.integers(1, 9999))
def test_any_text_is_survived(typed: str, book: int) -> None:
    for reading in typed_dates(typed, book):
        assert reading.date is not None or reading.problem


@pytest.mark.parametrize(
    ("figures", "words", "expected"),
    [
        ("5/3/1978", "ngày năm tháng ba năm một nghìn chín trăm bảy mươi tám", Agreement.SAME),
        ("5/3/78", "Năm, tháng ba, năm bảy mươi tám", Agreement.SAME),
        ("5/3/1978", "ngày sáu tháng ba năm một nghìn chín trăm bảy mươi tám", Agreement.DIFFERS),
        ("5/3/1978", "ngày ba mươi mốt tháng hai năm 1978", Agreement.DIFFERS),
        ("5/3/1978", "", Agreement.UNKNOWN),
        ("", "ngày năm tháng ba năm 1978", Agreement.UNKNOWN),
        ("11178", "ngày một tháng mười một năm 1978", Agreement.UNKNOWN),
        ("3/1978", "tháng ba năm một nghìn chín trăm bảy mươi tám", Agreement.SAME),
    ],
)
def test_words_are_held_against_figures(figures: str, words: str, expected: Agreement) -> None:
    assert words_against_figures(figures, words, BOOK) is expected


def test_gaps_are_kept() -> None:
    (found,) = typed_dates("../3/78", BOOK)
    assert found.date == PartialDate(Gap.ABSENT, 3, 1978)


def test_four_figures_that_are_a_year_say_so() -> None:
    (found,) = typed_dates("1978", BOOK)
    assert found.certain and found.rule == "date-rule-year" and "1/9/78" in sentence(found.rule, found.facts)
    assert typed_dates("2005", 2010)[0].rule == ""
