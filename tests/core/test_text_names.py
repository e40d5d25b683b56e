"""Capitals of names, their parts, and what abbreviations may stand for."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.text import ACCENTED, PersonName, expand_suggestions, name_case, nfc, split_person_name, squeeze

CASED = [
    "Nguyễn Văn An",
    "Trần Thị Thúy Hòa",
    "Đặng Đình Ước",
    "Y Moan Êban",
    "H'Hen Niê",
    "H’Hen Niê",
    "K'Brơi",
    "Ka Să Hdương",
    "Ra-đê",
    "Lò Thị Ón",
    "(Nguyễn) Văn A.",
    "Ơ",
]


@pytest.mark.parametrize("name", CASED)
def test_name_case(name: str) -> None:
    for spelled in (name, name.lower(), name.upper(), unicodedata.normalize("NFD", name.upper())):
        assert name_case(spelled) == nfc(name)


@pytest.mark.parametrize(
    ("written", "cased"),
    [
        ("Ka-Đơn", "Ka-Đơn"),
        ("KA-ĐƠN", "Ka-đơn"),
        ("a-A", "A-A"),
        ("nGUYỄN vĂN aN", "Nguyễn Văn An"),
        ("m'nông", "M'Nông"),
        ("y  moan", "Y  Moan"),
        ("'an", "'An"),
        ("straße", "Straße"),
        ("", ""),
        (" - ", " - "),
    ],
)
def test_name_case_details(written: str, cased: str) -> None:
    assert name_case(written) == cased


names = st.one_of(st.text(st.sampled_from([*ACCENTED, *"abdhkmnyABDHKMNY '’--ŏč1."])), st.text())


@given(names)
def test_name_case_is_stable_and_changes_case_only(text: str) -> None:
    cased = name_case(text)
    assert name_case(cased) == cased
    assert cased.casefold() == nfc(nfc(text).casefold()) or nfc(cased.casefold()) == nfc(nfc(text).casefold())


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Nguyễn Văn An", PersonName("Nguyễn", "Văn", "An")),
        ("Lê An", PersonName("Lê", "", "An")),
        ("Nguyễn Thị Thu Hà", PersonName("Nguyễn", "Thị Thu", "Hà")),
        ("Tôn Nữ Thị Hà", PersonName("Tôn Nữ", "Thị", "Hà")),
        ("Âu Dương Phong", PersonName("Âu Dương", "", "Phong")),
        ("Tôn Thất", PersonName("Tôn", "", "Thất")),
        ("Y Moan Êban", PersonName("Êban", "Y", "Moan")),
        ("Y Moan", PersonName("", "Y", "Moan")),
        ("H'Hen Niê", PersonName("Niê", "", "H'Hen")),
        ("H’Hen Niê", PersonName("Niê", "", "H’Hen")),
        ("H' Hen Niê Kdăm", PersonName("Niê Kdăm", "H'", "Hen")),
        ("K'Brơi", PersonName("", "", "K'Brơi")),
        ("Ka Să Hdương", PersonName("", "Ka", "Să Hdương")),
        ("Ý Nhi An", PersonName("Ý", "Nhi", "An")),
        ("  An ", PersonName("", "", "An")),
        ("", PersonName("", "", "")),
    ],
)
def test_split_person_name(name: str, parts: PersonName) -> None:
    assert split_person_name(name) == parts


@given(st.text())
def test_no_letter_of_a_name_is_lost(text: str) -> None:
    parts = split_person_name(text)
    words = " ".join((parts.surname, parts.middle, parts.given)).split()
    assert sorted(words) == sorted(squeeze(text).split())


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("Ng. V. An", ["Nguyễn Văn An"]),
        ("Ngˆ Thị Hoa", ["Nguyễn Thị Hoa"]),
        ("Nguyên Văn B", ["Nguyễn Văn B"]),
        ("Tr. Thị Hoa", ["Trần Thị Hoa", "Trương Thị Hoa"]),
        ("Ph. Th. Hoa", ["Phạm Thị Hoa", "Phan Thị Hoa"]),
        ("Đ. Văn Ba", ["Đặng Văn Ba", "Đỗ Văn Ba", "Đinh Văn Ba"]),
        ("LR", ["làm ruộng"]),
        ("nt", ["như trên", "nội trợ"]),
        ("TX", ["thị xã", "trạm xá"]),
        ("TM.", ["Thay mặt"]),
        ("k. rõ", ["không rõ"]),
        ("UBND", ["Ủy ban nhân dân"]),
        ("Nguyễn Văn An", []),
        ("Nguyễn Thị V.", []),
        ("", []),
    ],
)
def test_suggestions(written: str, expected: list[str]) -> None:
    for spelled in (written, unicodedata.normalize("NFD", written)):
        suggestions = expand_suggestions(spelled)
        assert [suggestion.text for suggestion in suggestions] == expected
        assert all(suggestion.meaning for suggestion in suggestions)


@given(st.text())
def test_suggestions_survive_any_text_and_never_repeat_it(text: str) -> None:
    suggestions = expand_suggestions(text)
    assert len(suggestions) <= 8
    assert all(suggestion.text != squeeze(text) for suggestion in suggestions)
