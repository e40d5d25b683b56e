"""Partial dates: what they may hold, how they print, are stored and stand to one another."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.dates import (
    UNKNOWN_DATE,
    UNREADABLE_DATE,
    DateProblem,
    Gap,
    Order,
    Part,
    PartialDate,
    compare,
    from_iso_partial,
    parse_date,
    to_display,
    to_iso_partial,
    to_ministry,
    to_words,
    words_agree,
)
from hotich.messages import all_messages

U, A = Gap.UNREADABLE, Gap.ABSENT


def _part(numbers: st.SearchStrategy[int]) -> st.SearchStrategy[Part]:
    return st.one_of(numbers, st.sampled_from(Gap))


def _lawful(day: Part, month: Part, year: Part, lunar: bool) -> PartialDate | None:
    try:
        return PartialDate(day, month, year, lunar)
    except ValueError:
        return None


_all_years = st.integers(1, 9999)


def dates(years: st.SearchStrategy[int] = _all_years) -> st.SearchStrategy[PartialDate]:
    told = st.builds(_lawful, _part(st.integers(1, 31)), _part(st.integers(1, 12)), _part(years), st.booleans()).filter(
        lambda when: when is not None
    )
    return st.one_of(told, st.builds(lambda age: PartialDate(age=age), st.integers(0, 130)))


@pytest.mark.parametrize(
    ("day", "month", "year", "lunar"),
    [(31, 2, 1980, False), (30, 2, A, False), (29, 2, 1981, False), (29, 2, 1900, False), (31, 4, U, False),
     (32, A, A, False), (0, 1, 1980, False), (1, 0, 1980, False), (1, 13, 1980, False), (1, 1, 0, False),
     (1, 1, 10000, False), (31, 1, 1980, True)],
)  # fmt: skip
def test_impossible_dates_are_refused_at_birth(day: Part, month: Part, year: Part, lunar: bool) -> None:
    with pytest.raises(ValueError, match="is not within"):
        PartialDate(day, month, year, lunar)


@pytest.mark.parametrize("when", [(29, 2, A), (29, 2, 2000), (29, 2, 1984), (31, A, 1980), (30, U, A)])
def test_lawful_corners(when: tuple[Part, Part, Part]) -> None:
    assert PartialDate(*when).day == when[0]


def test_lunar_february_has_thirty_days() -> None:
    assert PartialDate(30, 2, 1954, lunar=True).day == 30


@pytest.mark.parametrize("age", [-1, 131])
def test_impossible_ages(age: int) -> None:
    with pytest.raises(ValueError, match="age"):
        PartialDate(age=age)


@pytest.mark.parametrize("parts", [{"year": 1980}, {"day": U}, {"lunar": True}])
def test_an_age_stands_alone(parts: dict[str, int]) -> None:
    with pytest.raises(ValueError, match="stands without"):
        PartialDate(age=28, **parts)


def test_years_of_birth() -> None:
    assert list(PartialDate(age=28).born_about(1982)) == [1953, 1954, 1955]
    assert list(PartialDate(5, 3, 1954).born_about(1982)) == [1954]
    assert list(PartialDate(5, 3).born_about(1982)) == []
    assert list(PartialDate(age=130).born_about(3)) == []


PRINTED = [
    (PartialDate(5, 3, 1982), "05/03/1982", "05.03.1982", "1982-03-05",
     "ngày năm tháng ba năm một nghìn chín trăm tám mươi hai"),
    (PartialDate(A, 3, 1982), "03/1982", "03.1982", "1982-03-XX", "tháng ba năm một nghìn chín trăm tám mươi hai"),
    (PartialDate(A, A, 1982), "1982", "1982", "1982-XX-XX", "năm một nghìn chín trăm tám mươi hai"),
    (PartialDate(U, 3, 1982), "?/03/1982", "03.1982", "1982-03-??",
     "ngày ? tháng ba năm một nghìn chín trăm tám mươi hai"),
    (PartialDate(5, A, 1982), "05/../1982", "1982", "1982-XX-05",
     "ngày năm tháng .. năm một nghìn chín trăm tám mươi hai"),
    (PartialDate(5, 3, A), "05/03/..", "", "XXXX-03-05", "ngày năm tháng ba"),
    (PartialDate(5, 3, U), "05/03/?", "", "????-03-05", "ngày năm tháng ba năm ?"),
    (PartialDate(A, A, 5005), "../../5005", "5005", "5005-XX-XX", "năm năm nghìn không trăm linh năm"),
    (PartialDate(15, 4, 1954, lunar=True), "15/04/1954 ÂL", "", "1954-04-15L",
     "ngày mười lăm tháng tư năm một nghìn chín trăm năm mươi tư âm lịch"),
    (PartialDate(A, A, 1954, lunar=True), "1954 ÂL", "", "1954-XX-XXL",
     "năm một nghìn chín trăm năm mươi tư âm lịch"),
    (PartialDate(age=28), "28 tuổi", "", "P28Y", "hai mươi tám tuổi"),
    (UNKNOWN_DATE, "không rõ", "", "XXXX-XX-XX", "không rõ"),
    (UNREADABLE_DATE, "?/?/?", "", "????-??-??", "ngày ? tháng ? năm ?"),
    (PartialDate(27, 8, 2008), "27/08/2008", "27.08.2008", "2008-08-27",
     "ngày hai mươi bảy tháng tám năm hai nghìn không trăm linh tám"),
    (PartialDate(1, 1, 82), "01/01/0082", "01.01.0082", "0082-01-01", "ngày một tháng một năm không trăm tám mươi hai"),
]  # fmt: skip


@pytest.mark.parametrize(("when", "display", "ministry", "stored", "words"), PRINTED)
def test_each_printed_form(when: PartialDate, display: str, ministry: str, stored: str, words: str) -> None:
    assert (to_display(when), to_ministry(when), to_iso_partial(when), to_words(when)) == (
        display,
        ministry,
        stored,
        words,
    )


@given(dates())
def test_storage_round_trip(when: PartialDate) -> None:
    assert from_iso_partial(to_iso_partial(when)) == when


@given(dates())
def test_display_round_trip(when: PartialDate) -> None:
    assert parse_date(to_display(when)).date == when


@given(dates())
def test_words_round_trip(when: PartialDate) -> None:
    assert parse_date(to_words(when)).date == when


@given(dates(st.integers(1800, 2100)))
def test_ministry_text_says_nothing_that_the_date_does_not(when: PartialDate) -> None:
    text = to_ministry(when)
    if when.lunar or when.age is not None or isinstance(when.year, Gap):
        assert text == ""
        return
    said = parse_date(text)
    assert said.certain
    assert said.date is not None
    assert said.date.year == when.year
    assert said.date.month in (when.month, A)
    assert said.date.day in (when.day, A)
    assert said.date == when or not when.is_complete


@pytest.mark.parametrize(
    "stored",
    ["", "1982", "1982-3-5", "1982-02-30", "1982-03-05 ", "P028Y", "P131Y", "1982-??-?X", "19??-03-05"],
)
def test_storage_form_is_strict(stored: str) -> None:
    with pytest.raises(ValueError, match=r"stored date|not within"):
        from_iso_partial(stored)


@given(st.text())
def test_storage_form_is_unique(text: str) -> None:
    try:
        when = from_iso_partial(text)
    except ValueError:
        return
    assert to_iso_partial(when) == text


ORDERED = [
    (PartialDate(5, 3, 1982), PartialDate(6, 3, 1982), Order.BEFORE),
    (PartialDate(5, 3, 1982), PartialDate(5, 3, 1982), Order.SAME),
    (PartialDate(A, 3, 1982), PartialDate(A, 3, 1982), Order.UNKNOWN),
    (PartialDate(A, A, 1981), PartialDate(1, 1, 1982), Order.BEFORE),
    (PartialDate(A, A, 1982), PartialDate(1, 1, 1982), Order.UNKNOWN),
    (PartialDate(U, 3, 1982), PartialDate(1, 4, 1982), Order.BEFORE),
    (PartialDate(31, A, 1982), PartialDate(30, 1, 1982), Order.AFTER),
    (PartialDate(5, 3, A), PartialDate(6, 3, 1982), Order.UNKNOWN),
    (PartialDate(age=28), PartialDate(6, 3, 1982), Order.UNKNOWN),
    (PartialDate(15, 12, 1954, lunar=True), PartialDate(1, 1, 1955), Order.UNKNOWN),
    (PartialDate(15, 12, 1954, lunar=True), PartialDate(1, 4, 1955), Order.BEFORE),
    (PartialDate(1, 1, 1955, lunar=True), PartialDate(19, 1, 1955), Order.AFTER),
    (PartialDate(15, 4, 1954, lunar=True), PartialDate(1, 5, 1954, lunar=True), Order.BEFORE),
    (PartialDate(15, 4, 1954, lunar=True), PartialDate(16, 4, 1954, lunar=True), Order.UNKNOWN),
    (PartialDate(A, A, 9999, lunar=True), PartialDate(A, A, 9998), Order.AFTER),
]


@pytest.mark.parametrize(("a", "b", "order"), ORDERED)
def test_order(a: PartialDate, b: PartialDate, order: Order) -> None:
    assert compare(a, b) is order


_MIRROR = {Order.BEFORE: Order.AFTER, Order.AFTER: Order.BEFORE, Order.SAME: Order.SAME, Order.UNKNOWN: Order.UNKNOWN}
_near = st.integers(1979, 1982)


@given(dates(_near), dates(_near))
def test_order_turns_round(a: PartialDate, b: PartialDate) -> None:
    assert compare(b, a) is _MIRROR[compare(a, b)]


@given(dates(_near), dates(_near), dates(_near))
def test_order_is_transitive(a: PartialDate, b: PartialDate, c: PartialDate) -> None:
    if compare(a, b) is Order.BEFORE and compare(b, c) is Order.BEFORE and a.lunar == b.lunar == c.lunar:
        assert compare(a, c) is Order.BEFORE


@given(dates())
def test_earliest_is_not_after_latest(when: PartialDate) -> None:
    first, last = when.earliest(), when.latest()
    if first is None or last is None:
        assert first is last is None
        assert isinstance(when.year, Gap)
    else:
        assert first <= last
        assert first == last or not when.is_complete or when.lunar


LUNAR_DAYS = [  # lunar day, the solar day it was
    ((1, 1, 1968), date(1968, 1, 29)),
    ((1, 1, 1985), date(1985, 1, 21)),
    ((1, 1, 1966), date(1966, 1, 21)),
    ((1, 1, 2015), date(2015, 2, 19)),
    ((30, 12, 2014), date(2015, 2, 18)),
    ((15, 8, 2020), date(2020, 10, 1)),
]


@pytest.mark.parametrize(("lunar", "solar"), LUNAR_DAYS)
def test_lunar_bounds_hold_the_true_day(lunar: tuple[int, int, int], solar: date) -> None:
    when = PartialDate(*lunar, lunar=True)
    first, last = when.earliest(), when.latest()
    assert first is not None
    assert last is not None
    assert first <= solar <= last


AGREEMENT = [
    (PartialDate(5, 3, 1982), "Ngày năm tháng ba năm một ngàn chín trăm tám mươi hai", True),
    (PartialDate(5, 3, 1982), "mồng năm tháng ba năm tám hai", True),
    (PartialDate(5, 3, 1982), "Ngày sáu tháng ba năm một nghìn chín trăm tám mươi hai", False),
    (PartialDate(1, 9, 2008), "Ngày Hai Mươi Bảy Tháng Tám Năm Hai Nghìn Không Trăm Linh Tám", False),
    (PartialDate(A, A, 1982), "ngày năm tháng ba năm một nghìn chín trăm tám mươi hai", True),
    (PartialDate(30, 1, 1982), "ngày ba mươi tháng hai năm một nghìn chín trăm tám mươi hai", False),
    (PartialDate(5, 3, 1982), "", None),
    (PartialDate(5, 3, 1982), "chữ khó đọc", None),
    (PartialDate(5, 3, 1982), "ngày năm tháng ba năm một nghìn chín trăm tám mươi hai âm lịch", None),
    (PartialDate(5), "năm một nghìn chín trăm tám mươi hai", None),
    (PartialDate(age=28), "hai mươi tám tuổi", True),
    (PartialDate(age=28), "hai mươi chín tuổi", False),
    (PartialDate(5, 3, 1982), "hai mươi chín tuổi", None),
]


@pytest.mark.parametrize(("figures", "words", "expected"), AGREEMENT)
def test_words_against_figures(figures: PartialDate, words: str, expected: bool | None) -> None:
    assert words_agree(figures, words) is expected


@given(dates())
def test_a_date_agrees_with_its_own_words(when: PartialDate) -> None:
    assert words_agree(when, to_words(when)) is (None if when.is_unknown else True)


@given(dates(), st.text())
def test_agreement_never_raises(when: PartialDate, words: str) -> None:
    assert words_agree(when, words) in (True, False, None)


def test_every_problem_has_a_sentence_in_both_languages() -> None:
    for problem in DateProblem:
        sentences = all_messages()[problem]
        assert sentences["vi"]
        assert sentences["en"]
