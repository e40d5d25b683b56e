"""Normal forms: what the national import takes, and nothing where that is not known."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.text import ACCENTED
from hotich.values import Book, RecordType

BOOK = Book("b", RecordType.BIRTH, 1982, "01", "UBND xã Tân Lập")
CONTEXT = NormalContext(BOOK, above="Kinh", year=1982)


def normal_of(field_id: str, text: str, context: NormalContext = CONTEXT) -> str:
    spec = load_catalogue().records[RecordType.BIRTH].field(field_id)
    return normalise(spec, text, context).normal


@pytest.mark.parametrize(
    ("field_id", "written", "normal"),
    [
        ("so", "7", "07/1982"),
        ("so", "Số: 15", "15/1982"),
        ("so", "177/2014", "177/2014"),
        ("so", "15a/1982", "15a/1982"),
        ("so", "12/83", "12/1983"),
        ("so", "bảy", ""),
        ("quyenSo", "01/1982", "01/1982"),
        ("trangSo", "Trang số 12", "12"),
        ("trangSo", "12-13", ""),
        ("ngayDangKy", "5/3/82", "05.03.1982"),
        ("ngayDangKy", "ngày 5 tháng 3 năm 1982", "05.03.1982"),
        ("ngayDangKy", "31/2/1982", ""),
        ("meNgaySinh", "28t", "1954"),
        ("meNgaySinh", "1954", "1954"),
        ("meNgaySinh", "4/1954", "04.1954"),
        ("nksNgaySinh", "5/3/1982 ÂL", ""),
        ("nksGioiTinh", "Nữ", "2"),
        ("nksGioiTinh", "con trai", "1"),
        ("nksGioiTinh", "Nử", "2"),
        ("nksDanToc", "Mèo", "Mông"),
        ("nksDanToc", "Thổ", ""),
        ("nksDanToc", "nt", "Kinh"),
        ("nksQuocTich", "VN", "Việt Nam"),
        ("meSoGiayToTuyThan", "012 345 678", "012345678"),
        ("nksHoTen", "  H'Hen   Niê ", "H'Hen Niê"),
        ("nksHoTen", "ĐINH THỊ TUYẾT MAI", "ĐINH THỊ TUYẾT MAI"),
        ("nksNoiSinh", "Trạm xá xã Tân Lập", "Trạm xá xã Tân Lập"),
        ("nksNoiSinh", "", ""),
    ],
)
def test_normal_form(field_id: str, written: str, normal: str) -> None:
    assert normal_of(field_id, written) == normal


def test_a_ditto_without_a_record_above_has_no_normal_form_and_says_why() -> None:
    spec = load_catalogue().records[RecordType.BIRTH].field("nksDanToc")
    said = normalise(spec, "nt", NormalContext(BOOK))
    assert (said.normal, said.problem) == ("", "nothing-above")


def test_an_age_is_not_certain() -> None:
    spec = load_catalogue().records[RecordType.BIRTH].field("meNgaySinh")
    assert not normalise(spec, "28 tuổi", CONTEXT).certain


@pytest.mark.parametrize("letter", ACCENTED)
def test_no_letter_of_a_name_is_changed(letter: str) -> None:
    for form in ("NFC", "NFD"):
        assert normal_of("nksHoTen", unicodedata.normalize(form, f"An {letter}")) == f"An {letter}"


@given(text=st.text(max_size=40), kind=st.sampled_from(FieldKind))
def test_any_text_has_a_normal_form_or_none(text: str, kind: FieldKind) -> None:
    codes = "gender" if kind is FieldKind.CHOICE else ""
    known = load_catalogue().codes
    spec = FieldSpec("x", "X", kind, codes=codes if codes in known else next(iter(known)))
    said = normalise(spec, text, CONTEXT)
    assert said.normal == unicodedata.normalize("NFC", said.normal)
