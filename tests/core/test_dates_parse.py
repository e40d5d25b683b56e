"""Reading dates as the field writes them."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.dates import (
    UNKNOWN_DATE,
    UNREADABLE_DATE,
    DateProblem,
    Gap,
    PartialDate,
    parse_date,
    to_iso_partial,
    to_ministry,
)

BOOK = 1990

CERTAIN = [
    ("5/3/1982", "1982-03-05"),
    ("5/3/82", "1982-03-05"),
    ("05.03.1982", "1982-03-05"),
    ("5-3-1982", "1982-03-05"),
    ("05 3 82", "1982-03-05"),
    ("5/3-82", "1982-03-05"),
    ("05./03/1982.", "1982-03-05"),
    ("５/３/１９８２", "1982-03-05"),
    ("5/3/19 82", "1982-03-05"),
    ("1982-03-05", "1982-03-05"),
    ("3/82", "1982-03-XX"),
    ("03/1982", "1982-03-XX"),
    ("3.1982", "1982-03-XX"),
    ("1982", "1982-XX-XX"),
    ("82", "1982-XX-XX"),
    ("05031982", "1982-03-05"),
    ("050382", "1982-03-05"),
    ("031982", "1982-03-XX"),
    ("112000", "2000-11-XX"),
    ("1531982", "1982-03-15"),
    ("5031982", "1982-03-05"),
    ("5378", "1978-03-05"),
    ("15/3", "XXXX-03-15"),
    ("29/2", "XXXX-02-29"),
    ("01/04/5005", "5005-04-01"),
    ("ngày 5 tháng 3 năm 1982", "1982-03-05"),
    ("NGÀY 5 THÁNG 3 NĂM 1982", "1982-03-05"),
    ("Sinh ngày 5/3/1982", "1982-03-05"),
    ("ngày 5/3 năm 1982", "1982-03-05"),
    ("5 tháng 3, 1982", "1982-03-05"),
    ("5 th 3 năm 82", "1982-03-05"),
    ("t3/82", "1982-03-XX"),
    ("tháng 3/1982", "1982-03-XX"),
    ("tháng mười năm", "XXXX-10-XX"),
    ("Ngày hai mươi bảy tháng tám năm hai nghìn không trăm linh tám", "2008-08-27"),
    ("Ngày Hai Tháng Ba Năm Hai Nghìn Linh Tám", "2008-03-02"),
    ("ngày 5 tháng ba năm một nghìn chín trăm tám mươi hai", "1982-03-05"),
    ("ngày năm tháng 3 năm 1982", "1982-03-05"),
    ("ngày năm tháng năm năm một nghìn chín trăm năm mươi năm", "1955-05-05"),
    ("ngày mười năm tháng năm năm một chín tám tư", "1984-05-15"),
    ("ngày mười tháng năm năm 1982", "1982-05-10"),
    ("ngày năm tháng mười năm năm mươi", "1950-10-05"),
    ("ngày năm tháng năm năm năm tư", "1954-05-05"),
    ("mồng 5 tháng tư 1954", "1954-04-05"),
    ("mùng năm tháng tư năm 1954", "1954-04-05"),
    ("năm một nghìn chín trăm bốn mươi lăm", "1945-XX-XX"),
    ("ngày      tháng      năm 1954", "1954-XX-XX"),
    ("ngày … tháng … năm 1954", "1954-XX-XX"),
    ("ngày tháng năm năm 1982", "1982-05-XX"),
    ("năm 1954 (Giáp Ngọ)", "1954-XX-XX"),
    ("15/4/1954 ÂL", "1954-04-15L"),
    ("15/4/1954 AL", "1954-04-15L"),
    ("15/4/1954(âl)", "1954-04-15L"),
    ("15-4-1954 âm lịch", "1954-04-15L"),
    ("ngày 15 tháng 4 năm 1954 A.L", "1954-04-15L"),
    ("mồng 5 tháng giêng 1954 ÂL", "1954-01-05L"),
    ("15/4/1954 dương lịch", "1954-04-15"),
    ("28t", "P28Y"),
    ("28 T.", "P28Y"),
    ("28 tuổi", "P28Y"),
    ("tuổi: 28", "P28Y"),
    ("hai mươi tám tuổi", "P28Y"),
    ("0 tuổi", "P0Y"),
    ("sn 1954", "1954-XX-XX"),
    ("s.n 1954", "1954-XX-XX"),
    ("SN: 54", "1954-XX-XX"),
    ("sinh năm 1954", "1954-XX-XX"),
    ("?/3/1982", "1982-03-??"),
    ("5/?/1982", "1982-??-05"),
    ("5/3/?", "????-03-05"),
    ("../../1954", "1954-XX-XX"),
    ("__/__/1954", "1954-XX-XX"),
    ("… / … / 1954", "1954-XX-XX"),
    ("...../...../1954", "1954-XX-XX"),
    ("xx/xx/1954", "1954-XX-XX"),
    ("-/3/1982", "1982-03-XX"),
    ("5/../1982", "1982-XX-05"),
    ("không rõ ngày tháng, năm 1954", "1954-XX-XX"),
    ("lúc 5 giờ 30 phút, ngày 5 tháng 3 năm 1982", "1982-03-05"),
    ("5h30 ngày 5/3/1982", "1982-03-05"),
    ("7g30 ngày 5/3/1982", "1982-03-05"),
    ("hồi 7 giờ ngày 5/3/1982", "1982-03-05"),
    ("5/III/1982", "1982-03-05"),
    ("5-XII-1962", "1962-12-05"),
    ("5/x/1962", "1962-XX-05"),
    ("không rõ", "XXXX-XX-XX"),
    ("k rõ", "XXXX-XX-XX"),
    ("k. rõ", "XXXX-XX-XX"),
    ("0 rõ", "XXXX-XX-XX"),
    ("không nhớ", "XXXX-XX-XX"),
    ("Không xác định", "XXXX-XX-XX"),
    ("không đọc được", "????-??-??"),
    ("?", "????-??-??"),
]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
@pytest.mark.parametrize(("text", "stored"), CERTAIN)
def test_certain_readings(text: str, stored: str, form: str) -> None:
    for spelled in (text, text.upper(), text.lower(), f"  {text} "):
        parsed = parse_date(unicodedata.normalize(form, spelled), BOOK)
        assert parsed.date is not None
        assert (to_iso_partial(parsed.date), parsed.certain, parsed.problem) == (stored, True, "")


DOUBTFUL = [
    ("5/12", "XXXX-12-05", DateProblem.SEVERAL_READINGS),
    ("5/3", "XXXX-03-05", DateProblem.SEVERAL_READINGS),
    ("11282", "1982-12-01", DateProblem.SEVERAL_READINGS),
    ("1111982", "1982-11-01", DateProblem.SEVERAL_READINGS),
    ("1982/5/3", "1982-05-03", DateProblem.SEVERAL_READINGS),
    ("5/3/2", "1902-03-05", DateProblem.CENTURY_GUESSED),
    ("5/3/198?", "????-03-05", DateProblem.YEAR_INCOMPLETE),
    ("5/3/19..", "XXXX-03-05", DateProblem.YEAR_INCOMPLETE),
    ("ngày 5 tháng 3 năm 19...", "XXXX-03-05", DateProblem.YEAR_INCOMPLETE),
    ("00/00/1954", "1954-XX-XX", DateProblem.ZERO_PART),
    ("0/3/00", "1900-03-XX", DateProblem.ZERO_PART),
    ("1/1/0", "XXXX-01-01", DateProblem.ZERO_PART),
    ("ngày 5 tháng 3 năm 0", "XXXX-03-05", DateProblem.ZERO_PART),
    ("năm 0", "XXXX-XX-XX", DateProblem.ZERO_PART),
    ("0/0/0", "XXXX-XX-XX", DateProblem.ZERO_PART),
    ("0.0.0", "XXXX-XX-XX", DateProblem.ZERO_PART),
    ("0/0/00", "XXXX-XX-XX", DateProblem.ZERO_PART),
    ("00/00/00", "XXXX-XX-XX", DateProblem.ZERO_PART),
    ("../0/00", "XXXX-XX-XX", DateProblem.ZERO_PART),
    ("00/00/0000", "XXXX-XX-XX", DateProblem.ZERO_PART),
    ("mồng 5 tháng giêng năm 1954", "1954-01-05", DateProblem.LUNAR_WORDS),
    ("tháng chạp năm 1954", "1954-12-XX", DateProblem.LUNAR_WORDS),
    ("rằm tháng bảy năm 1950", "1950-07-15", DateProblem.LUNAR_WORDS),
    ("năm Mậu Thân", "1968-XX-XX", DateProblem.ZODIAC_YEAR),
    ("năm Giáp Tý", "1984-XX-XX", DateProblem.ZODIAC_YEAR),
    ("năm Kỷ Tỵ", "1989-XX-XX", DateProblem.ZODIAC_YEAR),
    ("20/4 nhuận 1952", "1952-04-20L", DateProblem.LEAP_MONTH),
    ("khoảng 1950", "1950-XX-XX", DateProblem.APPROXIMATE),
    ("tháng năm 1982", "1982-05-XX", DateProblem.SEVERAL_READINGS),
]


@pytest.mark.parametrize(("text", "stored", "problem"), DOUBTFUL)
def test_doubtful_readings_say_why(text: str, stored: str, problem: DateProblem) -> None:
    parsed = parse_date(text, BOOK)
    assert parsed.date is not None
    assert (to_iso_partial(parsed.date), parsed.certain, parsed.problem) == (stored, False, problem)


def test_two_noughts_are_a_year_and_one_is_none() -> None:
    for text, stored in (("5/3/00", "2000-03-05"), ("00", "2000-XX-XX"), ("../../00", "2000-XX-XX")):
        parsed = parse_date(text, 2004)
        assert parsed.date is not None
        assert (to_iso_partial(parsed.date), parsed.certain) == (stored, True)
    for text in ("0/0/0", "1/1/0", "0/0/00", "00/00/00"):
        placeholder = parse_date(text, 2004).date
        assert placeholder is not None and to_ministry(placeholder) == ""


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("31/2/1980", DateProblem.IMPOSSIBLE),
        ("30.2.1980", DateProblem.IMPOSSIBLE),
        ("29/2/1981", DateProblem.IMPOSSIBLE),
        ("13/25/1990", DateProblem.IMPOSSIBLE),
        ("3/25/1990", DateProblem.IMPOSSIBLE),
        ("31041982", DateProblem.IMPOSSIBLE),
        ("ngày ba mươi mốt tháng tư năm 1982", DateProblem.IMPOSSIBLE),
        ("ngày 31 tháng 4 năm 1982", DateProblem.IMPOSSIBLE),
        ("31/1/1954 ÂL", DateProblem.IMPOSSIBLE),
        ("200 tuổi", DateProblem.IMPOSSIBLE),
        ("5/3/982", DateProblem.NOT_UNDERSTOOD),
        ("5", DateProblem.NOT_UNDERSTOOD),
        ("1/2/3/4/5", DateProblem.NOT_UNDERSTOOD),
        ("Nguyễn Văn An", DateProblem.NOT_UNDERSTOOD),
        ("sinh", DateProblem.NOT_UNDERSTOOD),
        ("3 tháng tuổi", DateProblem.NOT_UNDERSTOOD),
        ("năm một nghìn chín trăm năm", DateProblem.NOT_UNDERSTOOD),  # 1905 or 1950
        ("năm Giáp Sửu", DateProblem.NOT_UNDERSTOOD),  # no such year in the cycle
        ("5/3/1982 " * 40, DateProblem.NOT_UNDERSTOOD),
        ("nt", DateProblem.DITTO),
        ("-nt-", DateProblem.DITTO),
        ("//", DateProblem.DITTO),
        ("như trên", DateProblem.DITTO),
    ],
)
def test_no_date(text: str, problem: DateProblem) -> None:
    parsed = parse_date(text, BOOK)
    assert (parsed.date, parsed.certain, parsed.problem) == (None, False, problem)


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "\n\t"])
def test_nothing_written_is_no_problem(text: str) -> None:
    parsed = parse_date(text)
    assert (parsed.date, parsed.certain, parsed.problem) == (None, True, "")


@pytest.mark.parametrize(
    ("text", "book", "year"),
    [
        ("5/3/82", 1982, 1982),
        ("5/3/83", 1982, 1883),
        ("5/3/05", 2008, 2005),
        ("5/3/05", 1975, 1905),
        ("00", 2000, 2000),
    ],
)
def test_two_figures_of_a_year_end_with_the_book(text: str, book: int, year: int) -> None:
    parsed = parse_date(text, book)
    assert parsed.date is not None
    assert parsed.date.year == year
    assert parsed.certain


@pytest.mark.parametrize(("text", "year"), [("5/3/82", 1982), ("5/3/05", 2005), ("5/3/16", 1916)])
def test_without_the_book_the_century_is_a_guess(text: str, year: int) -> None:
    parsed = parse_date(text)
    assert parsed.date == PartialDate(5, 3, year)
    assert (parsed.certain, parsed.problem) == (False, DateProblem.CENTURY_GUESSED)


def test_day_stands_before_month_for_every_pair() -> None:
    for first in range(1, 13):
        for second in range(1, 13):
            for separator in "/.- ":
                parsed = parse_date(f"{first}{separator}{second}{separator}1982")
                assert parsed.date == PartialDate(first, second, 1982)


def test_every_day_of_a_leap_year_in_runs_of_figures() -> None:
    for month, length in enumerate((31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31), start=1):
        for day in range(1, length + 1):
            expected = PartialDate(day, month, 1984)
            assert parse_date(f"{day:02d}{month:02d}1984").date == expected
            assert parse_date(f"{day:02d}{month:02d}84", BOOK).date == expected


@given(st.text())
def test_any_text_is_survived(text: str) -> None:
    parsed = parse_date(text)
    assert parsed.date is not None or parsed.problem or not text.strip("\u200b \n\t") or parsed.certain


_BITS = [
    *("5", "3", "82", "1982", "31", "0", "00", "19", "/", ".", "-", " ", "..", "?", "_", "(", ")", "x", "−", "²", "٣"),
    *("ngày", "tháng", "năm", "mười", "mươi", "hai", "tư", "giêng", "mồng", "nghìn", "trăm", "linh", "t", "tuổi"),
    *("ÂL", "âm lịch", "sn", "không", "rõ", "nhuận", "Giáp", "Tý", "h", "khoảng"),
]


@given(st.lists(st.sampled_from(_BITS), max_size=12), st.sampled_from(["", " "]), st.none() | st.integers(-5, 20000))
def test_any_mixture_of_date_words_is_survived(bits: list[str], joint: str, hint: int | None) -> None:
    text = joint.join(bits)
    parsed = parse_date(text, hint)
    assert parsed == parse_date(unicodedata.normalize("NFD", text), hint)
    assert parsed == parse_date(text.upper(), hint)
    assert not (parsed.certain and parsed.problem)
    assert parsed.certain or parsed.problem in set(DateProblem)


def test_unknown_is_not_unreadable() -> None:
    assert parse_date("không rõ").date == UNKNOWN_DATE
    assert parse_date("mờ").date == UNREADABLE_DATE
    assert parse_date("?/?/1954").date == PartialDate(Gap.UNREADABLE, Gap.UNREADABLE, 1954)
