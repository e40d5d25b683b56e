"""Names of files are made from a row and read back to it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.errors import SetupError
from hotich.export.ministry.choices import load_choices, shipped_choices
from hotich.export.ministry.names import contradictions, delivery_names, distinct_names, parse_name, pdf_name
from hotich.values import Book, RecordType

CHOICES = load_choices()


def row(so: str = "05/2017", quyen: str = "01/2017", day: str = "03.02.2017") -> dict[str, str]:
    return {"so": so, "quyenSo": quyen, "ngayDangKy": day}


def test_the_attested_name_is_made_and_read_back() -> None:
    name = pdf_name(row(), RecordType.BIRTH, CHOICES)
    assert name == "KS.2017.01.2017-02-03.05.pdf"
    said = parse_name(name, CHOICES)
    assert said is not None
    assert (said.entry_number, said.book_number, said.day) == ("05/2017", "01/2017", "03.02.2017")


@pytest.mark.parametrize(
    ("name", "so", "quyen", "day", "copy"),
    [
        ("KS.2010.01.001.PDF", "01/2010", "01/2010", "", 0),
        ("KS.1999.93719.02.A2.259.pdf", "259/1999", "02/1999", "", 0),
        ("KS.1999.93719.02.A2.259(1).pdf", "259/1999", "02/1999", "", 1),
        ("KT.1982.93719.02.A4.84.07.pdf", "07/1984", "02/1982", "", 0),
        ("kh.2017.01.2017-02-03.5.pdf", "05/2017", "01/2017", "03.02.2017", 0),
    ],
)
def test_names_met_in_provinces_are_read(name: str, so: str, quyen: str, day: str, copy: int) -> None:
    said = parse_name(name, CHOICES)
    assert said is not None
    assert (said.entry_number, said.book_number, said.day, said.copy) == (so, quyen, day, copy)


def test_place_and_paper_of_the_older_name_are_kept() -> None:
    said = parse_name("KS.1999.93719.02.a2.259.pdf", CHOICES)
    assert said is not None and (said.place_code, said.paper) == ("93719", "A2")


@pytest.mark.parametrize(
    "name", ["", "anh.pdf", "KS.2017.01.2017-02-03.pdf", "XX.2017.01.2017-02-03.05.pdf", "KS..pdf"]
)
def test_other_names_are_no_names(name: str) -> None:
    assert parse_name(name, CHOICES) is None
    assert contradictions(name, row(), CHOICES) == ("so", "quyenSo", "ngayDangKy")


NUMBERS = st.builds(
    lambda number, letter, copy: f"{number:02}{letter}{copy}",
    st.integers(1, 99999),
    st.sampled_from(["", "", "a", "b", "đ"]),
    st.sampled_from(["", "", "(1)", "(12)"]),
)
TOKENS = st.text("0123456789.-()aA2đĐ", max_size=24)
DAYS = st.one_of(
    st.dates().map(lambda d: f"{d.day:02}.{d.month:02}.{d.year:04}"),
    st.tuples(st.integers(1, 12), st.integers(1800, 2100)).map(lambda p: f"{p[0]:02}.{p[1]}"),
    st.integers(1800, 2100).map(str),
    st.just(""),
)


@settings(max_examples=150, deadline=None)
@given(NUMBERS, st.integers(1800, 2100), NUMBERS, DAYS, st.sampled_from(RecordType))
def test_every_name_says_what_its_row_says(number: str, year: int, book: str, day: str, kind: RecordType) -> None:
    cells = row(f"{number}/{year}", f"{book}/{year}", day)
    name = pdf_name(cells, kind, CHOICES)
    said = parse_name(name, CHOICES)
    assert said is not None and said.record_type is kind and said.day == day
    assert contradictions(name, cells, CHOICES) == ()
    other = row(f"{number}/{year}", f"{book}/{year + 1}", day)
    assert contradictions(name, other, CHOICES) == ("quyenSo",)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(["05", "05(1)", "06", "05a"]), max_size=9))
def test_doubles_get_names_of_their_own_that_still_read_back(numbers: list[str]) -> None:
    rows = [row(f"{number}/2017") for number in numbers]
    names = distinct_names(pdf_name(cells, RecordType.BIRTH, CHOICES) for cells in rows)
    assert len({name.casefold() for name in names}) == len(names)
    wrong = [c for n, cells in zip(names, rows, strict=True) for c in contradictions(n, cells, CHOICES)]
    # Only a number that is itself written with (1) and doubled again leaves two signs side by side: an error anyway.
    assert bool(wrong) is (numbers.count("05(1)") > 1)


def test_an_unknown_day_is_never_made_up() -> None:
    assert pdf_name(row(day=""), RecordType.BIRTH, CHOICES) == "KS.2017.01.0000-00-00.05.pdf"
    assert pdf_name(row(day="02.2017"), RecordType.BIRTH, CHOICES) == "KS.2017.01.2017-02-00.05.pdf"


@pytest.mark.parametrize("cells", [row(so="05"), row(so=""), row(quyen="1"), row(day="3/2/2017")])
def test_a_row_without_its_numbers_has_no_name(cells: dict[str, str]) -> None:
    assert pdf_name(cells, RecordType.BIRTH, CHOICES) == ""


def test_a_name_of_a_neighbour_is_found_out() -> None:
    name = "KS.2017.01.2017-02-03.05.pdf"
    assert contradictions(name, row(so="06/2017"), CHOICES) == ("so",)
    assert contradictions(name, row(day="04.02.2017"), CHOICES) == ("ngayDangKy",)
    assert contradictions(name, row(so="05(1)/2017"), CHOICES) == ("so",)


def test_a_workspace_may_name_its_own_patterns(tmp_path) -> None:
    own = tmp_path / "ministry.toml"
    own.write_text('pdf_name = "{type}_{day}_{book}_{book_year}_{number}.pdf"\nadoption_prefix = "NCN"\n', "utf-8")
    choices = load_choices(own)
    name = pdf_name(row(), RecordType.ADOPTION, choices)
    assert name == "NCN_2017-02-03_01_2017_05.pdf"
    said = parse_name(name, choices)
    assert said is not None and said.record_type is RecordType.ADOPTION and said.entry_number == "05/2017"


@pytest.mark.parametrize(
    "line",
    [
        'pdf_name = "{type}.pdf"',
        'pdf_name = "../{type}.{book_year}.{book}.{day}.{number}.pdf"',
        'pdf_name = "{type}.{book_year}.{book}.{day}.{number}.exe"',
        'workbook_name = "{type"',
        'header_fill = "blue"',
        'sheet = "a/b"',
        'unknown_digit = "11"',
        'kind_without_number = "9"',
        'adoption_prefix = "nuôi"',
        'no_such = "1"',
        "sheet = 5",
    ],
)
def test_choices_that_cannot_be_followed_are_told_at_once(tmp_path, line: str) -> None:
    own = tmp_path / "ministry.toml"
    own.write_text(line + '\nmargin_notes = "maybe"\n', "utf-8")
    with pytest.raises(SetupError) as refused:
        load_choices(own)
    assert line.split(" ")[0] in refused.value.facts["problems"] and "margin_notes" in refused.value.facts["problems"]


def test_every_choice_has_its_sentences() -> None:
    assert all(choice.vi and choice.en for choice in shipped_choices().values())


def test_names_of_a_delivery_keep_to_letters_of_every_system() -> None:
    book = Book("1", RecordType.BIRTH, 2010, "Số 1/Đ", "UBND xã Đông Hòa")
    names = delivery_names(book, CHOICES)
    assert (names.folder, names.workbook, names.archive) == (
        "KS.2010.so-1-d",
        "KS.2010.so-1-d.xlsx",
        "KS.2010.so-1-d.zip",
    )
    practice = Book("1", RecordType.DEATH, 1982, "01/1982", "x", practice=True)
    assert delivery_names(practice, CHOICES).archive == "THUC-HANH.KT.1982.01.zip"
    assert parse_name(delivery_names(practice, CHOICES).archive, CHOICES) is None


@settings(max_examples=150, deadline=None)
@given(
    st.one_of(
        st.text(max_size=40),
        st.from_regex(r"(?i)[A-Z]{2,4}\.\d{4}\.[\w.()-]{1,30}\.pdf", fullmatch=True),
        st.builds(
            "{}.{}.{}.pdf".format, st.sampled_from(["KS", "ks", "ſS", "CMC"]), st.text("0123٣-.", max_size=9), TOKENS
        ),
    )
)
def test_no_name_is_too_odd_to_be_looked_at(name: str) -> None:
    said = parse_name(name, CHOICES)
    assert said is None or (said.entry_number and said.book_number)
    assert isinstance(contradictions(name, row(), CHOICES), tuple)
