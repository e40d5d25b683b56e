"""Code lists, ethnic groups and nationalities: what a written word means."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.forms.codes import Code, CodeList, EthnicGroup, EthnicTable
from hotich.forms.loader import load_catalogue

CATALOGUE = load_catalogue()
ETHNIC = CATALOGUE.ethnic
NATIONS = CATALOGUE.nationalities


@pytest.mark.parametrize(
    ("codes", "written", "code"),
    [
        ("gioiTinh", "Nam", "1"),
        ("gioiTinh", "con trai", "1"),
        ("gioiTinh", "NỮ", "2"),
        ("gioiTinh", "gái", "2"),
        ("gioiTinh", "2", "2"),
        ("loaiGiayToTuyThan", "CMND", "1"),
        ("loaiGiayToTuyThan", "Hộ chiếu", "2"),
        ("loaiGiayToTuyThan", "CCCD", "4"),
        ("loaiDangKyKS", "Quá hạn", "4"),
        ("loaiDangKyKT", "đăng ký lại", "2"),
        ("loaiDangKyKH", "Lần đầu", "1"),
        ("loaiCuTru", "HKTT", "1"),
        ("gioiTinh", "n", None),
        ("loaiCuTru", "ĐKNK thường trú", "1"),
        ("gioiTinh", "", None),
        ("gioiTinh", "hồng", None),
    ],
)
def test_code_for_a_written_word(codes: str, written: str, code: str | None) -> None:
    found = CATALOGUE.codes[codes].find(written)
    assert (found.code if found else None) == code


def test_every_code_is_found_by_its_code_label_and_spellings_in_both_normal_forms() -> None:
    for codes in CATALOGUE.codes.values():
        assert codes.title
        for entry in codes.entries:
            assert entry.label_en
            for word in (entry.code, entry.label, *entry.spellings):
                assert codes.find(word) == entry, (codes.id, word)
                assert codes.find(unicodedata.normalize("NFD", word.upper())) == entry, (codes.id, word)


def test_a_word_of_two_codes_finds_none() -> None:
    codes = CodeList("x", (Code("1", "Một", spellings=("chung",)), Code("2", "Hai", spellings=("chung",))))
    assert codes.find("chung") is None
    assert codes.find("hai") == codes.entries[1]


def test_marks_decide_before_the_bare_letters_do() -> None:
    codes = CodeList("x", (Code("1", "Ma"), Code("2", "Mã")))
    assert [codes.find(word) for word in ("ma", "MÃ", "má")] == [codes.entries[0], codes.entries[1], None]


def test_the_54_groups() -> None:
    assert [group.number for group in ETHNIC.groups] == [f"{number:02}" for number in range(1, 55)]
    assert len(set(ETHNIC.names)) == 56
    assert ETHNIC.others == ("Người nước ngoài", "Khác")


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("kinh", "Kinh"),
        ("Việt", "Kinh"),
        ("Mèo", "Mông"),
        ("H'Mông", "Mông"),
        ("Mán", "Dao"),
        ("Khơ-me", "Khơ Me"),
        ("Việt gốc Miên", "Khơ Me"),
        ("Ê-đê", "Ê Đê"),
        ("Ba Na (Bơ-nâm)", "Ba Na"),
        ("Tày (Thổ)", "Tày"),
        ("CHÀM", "Chăm"),
        ("khác", "Khác"),
    ],
)
def test_ethnic_name_for_a_written_word(written: str, name: str) -> None:
    match = ETHNIC.find(written)
    assert (match.names, match.ambiguous) == ((name,), False)


@pytest.mark.parametrize(
    ("written", "names"),
    [("Thổ", {"Tày", "Khơ Me", "Thổ"}), ("thổ", {"Tày", "Khơ Me", "Thổ"}), ("Trại", {"Dao", "Sán Dìu"})],
)
def test_ambiguous_words_are_never_one_group(written: str, names: set[str]) -> None:
    match = ETHNIC.find(written)
    assert match.ambiguous
    assert set(match.names) == names


def test_xa_is_ambiguous_though_written_without_marks() -> None:
    assert ETHNIC.find("Xá").ambiguous and ETHNIC.find("xa").ambiguous


def test_an_alias_of_two_groups_is_ambiguous() -> None:
    table = EthnicTable((EthnicGroup("1", "A", ("chung",)), EthnicGroup("2", "B", ("Chung",))))
    assert table.find("chung").names == ("A", "B")
    assert table.find("chung").ambiguous


def test_every_import_name_stands_for_itself() -> None:
    for name in ETHNIC.names:
        assert name in ETHNIC.find(name).names
    for name in NATIONS.names:
        assert NATIONS.find(name) == name


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("VN", "Việt Nam"),
        ("Việt nam", "Việt Nam"),
        ("việt  nam ", "Việt Nam"),
        ("Nhật Bản ", "Nhật Bản (Japanese)"),
        ("Mỹ", "Hoa Kỳ (American)"),
        ("Đài Loan", "Trung Quốc (Đài Loan) (Taiwanese)"),
        ("Trung Quốc (Đài Loan)", "Trung Quốc (Đài Loan) (Taiwanese)"),
        ("Trung Quốc", "Trung Quốc"),
        ("Campuchia", "Căm-pu-chia (Cambodian)"),
        ("Sao Hỏa", None),
        ("", None),
    ],
)
def test_nationality_for_a_written_word(written: str, name: str | None) -> None:
    assert NATIONS.find(written) == name


@given(st.text(max_size=20))
def test_no_text_is_an_error(text: str) -> None:
    match = ETHNIC.find(text)
    assert set(match.names) <= set(ETHNIC.names)
    assert NATIONS.find(text) in {None, *NATIONS.names}
    for codes in CATALOGUE.codes.values():
        assert codes.find(text) in {None, *codes.entries}
