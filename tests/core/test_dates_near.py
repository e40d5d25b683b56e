"""Dates in the manner of the record above, and days typed in short where a whole day is wanted."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.date_hand import figures_like, words_like
from hotich.date_near import Near, near_dates
from hotich.dates import PartialDate, parse_date, to_iso_partial
from hotich.messages import Language, sentence

FIFTH = PartialDate(5, 5, 2004)


@pytest.mark.parametrize(
    ("model", "written"),
    [
        ("", "Ngày năm tháng năm năm hai nghìn không trăm linh tư"),
        ("ngày một tháng ba năm hai nghìn không trăm linh ba", "ngày năm tháng năm năm hai nghìn không trăm linh bốn"),
        ("Một tháng ba năm 2003.", "Năm tháng năm năm hai nghìn không trăm linh bốn."),
        ("Năm, tháng ba, năm hai ngàn lẻ ba", "Năm, tháng năm, năm hai ngàn lẻ bốn"),
        ("Ngày hăm mốt, tháng ba năm 2003", "Ngày năm, tháng năm năm hai nghìn không trăm linh bốn"),
    ],
)
def test_words_are_written_as_the_hand_of_the_book_writes_them(model: str, written: str) -> None:
    assert words_like(FIFTH, model) == written.replace("linh tư", "linh bốn")


_DAYS = st.dates(min_value=date(1900, 1, 1), max_value=date(2025, 12, 31))
_MODELS = st.sampled_from(
    ["", "ngày hai tháng tư năm hai ngàn lẻ hai", "Hai, tháng tư, năm một chín tám tư.", "?", "."]
)


@settings(max_examples=150)
@given(_DAYS, _MODELS)
def test_words_in_any_manner_say_the_same_day(day: date, model: str) -> None:
    when = PartialDate(day.day, day.month, day.year)
    assert parse_date(words_like(when, model)).date == when


@pytest.mark.parametrize(
    ("day", "month", "model", "written"),
    [
        ("14", "1", "02/01/2009", "14/01/2009"),
        ("4", "1", "02/01/2009", "04/01/2009"),
        ("04", "01", "2/1/2009", "4/1/2009"),
        ("4", "1", "12.11.2009", "4.1.2009"),
        ("4", "1", "ngày 2 tháng 1 năm 2009", "ngày 4 tháng 1 năm 2009"),
        ("4", "1", "2-1-09", "4-1-09"),
        ("4", "1", "", "4/1/2009"),
        ("4", "1", "nt", "4/1/2009"),
    ],
)
def test_figures_are_written_as_the_hand_of_the_book_writes_them(day, month, model, written) -> None:
    assert figures_like(day, month, 2009, model) == written


ABOVE = Near(2009, PartialDate(12, 3, 2009), "12/03/2009")
LATE = Near(2009, PartialDate(28, 12, 2009), "28/12/2009")
SEPTEMBER = Near(2009, PartialDate(2, 9, 2009), "2/9/2009")
FIRST = Near(2009)


@pytest.mark.parametrize(
    ("typed", "near", "expected"),
    [
        ("14", ABOVE, [("14/03/2009", "2009-03-14")]),
        ("12", ABOVE, [("12/03/2009", "2009-03-12")]),
        ("3", ABOVE, [("03/04/2009", "2009-04-03"), ("03/03/2009", "2009-03-03")]),
        ("143", ABOVE, [("14/03/2009", "2009-03-14")]),
        ("1401", FIRST, [("14/01/2009", "2009-01-14")]),
        ("14/4", ABOVE, [("14/04/2009", "2009-04-14")]),
        ("111", ABOVE, [("01/11/2009", "2009-11-01"), ("11/01/2009", "2009-01-11")]),
        ("31", LATE, [("31/12/2009", "2009-12-31")]),
        ("4", LATE, [("4/1/2010", "2010-01-04"), ("4/12/2009", "2009-12-04")]),
        ("41", LATE, [("41", "1941-XX-XX")]),
        ("4/1", LATE, [("4/1/2010", "2010-01-04"), ("4/1/2009", "2009-01-04")]),
        ("2009", ABOVE, [("20/09/2009", "2009-09-20"), ("2009", "2009-XX-XX")]),
        ("1409", SEPTEMBER, [("14/9/2009", "2009-09-14"), ("1/4/09", "2009-04-01")]),
        ("14", FIRST, [("14", "1914-XX-XX"), ("2014", "2014-XX-XX")]),
        ("14042009", ABOVE, [("14/04/2009", "2009-04-14")]),
        ("31", SEPTEMBER, [("31", "1931-XX-XX")]),
    ],
    ids=lambda part: part if isinstance(part, str) else "",
)
def test_a_day_typed_in_short_follows_the_record_above(typed, near, expected) -> None:
    found = near_dates(typed, near)
    assert [(made.written, to_iso_partial(made.date)) for made in found if made.date] == expected
    assert all(made.certain for made in found) == (len(found) == 1)


def test_every_rule_of_a_short_day_is_told_with_the_whole_day() -> None:
    for typed in ("14", "143"):
        (found,) = near_dates(typed, ABOVE)
        for language in Language:
            assert "14/03/2009" in sentence(found.rule, found.facts, language)


@settings(max_examples=150)
@given(st.text(alphabet="0123456789/. -?tâl", max_size=8), _DAYS, st.sampled_from(["{0:02}/{1:02}/{2}", "{0}.{1}.{2}"]))
def test_what_is_kept_reads_as_the_same_day(typed: str, above: date, form: str) -> None:
    near = Near(
        above.year, PartialDate(above.day, above.month, above.year), form.format(above.day, above.month, above.year)
    )
    found = near_dates(typed, near)
    for made in found:
        assert parse_date(made.written, above.year).date == made.date
    assert len({made.date for made in found}) == len(found)
