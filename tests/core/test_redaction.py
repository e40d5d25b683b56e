"""What lists show of confidential records."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.redaction import is_confidential, redacted_name, redacted_sentence, redacted_statement, shown_findings
from hotich.values import Book, Finding, RecordType, Severity

ADOPTIONS = Book("cn", RecordType.ADOPTION, 1999, "01", "UBND xã Tân Lập")


@pytest.mark.parametrize(
    ("name", "shown"),
    [("Trần Thị Bé", "T… T… B…"), ("H'Hen Niê", "H… N…"), ("  Đỗ   Ánh ", "Đ… Á…"), ("", "")],
)
def test_a_name_keeps_its_first_letters(name: str, shown: str) -> None:
    assert redacted_name(name) == shown


@given(st.text())
def test_a_shown_name_never_holds_a_second_letter(name: str) -> None:
    assert all(len(word) == 2 for word in redacted_name(name).split(" ") if redacted_name(name))


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Họ tên: “Trần Thị Bé” có ký tự lạ.", "Họ tên: “•••” có ký tự lạ."),
        ("Ngày sinh 02.03.1999 sau ngày đăng ký 1/2/1999.", "Ngày sinh ••• sau ngày đăng ký •••."),
        ("Chỉ biết 03.1999, sổ 01/1999.", "Chỉ biết •••, sổ •••."),
        ("Không mở “ngoặc", "Không mở “•••”"),
        ("Bản ghi số 12 chưa duyệt.", "Bản ghi số 12 chưa duyệt."),
    ],
)
def test_a_sentence_loses_what_it_quotes_and_every_day(told: str, shown: str) -> None:
    assert redacted_sentence(told) == shown


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("Trùng với Trần Thị Bé, số 12", "Trùng với T… T… B…, số 12"),
        ("Họ tên TRẦN THỊ BÉ sai; cha: Y Moan Êban.", "Họ tên T… T… B… sai; cha: Y… M… Ê…."),
        ('Tên mẹ "Bé" lạ, «H’Hen»', "Tên mẹ “•••” lạ, “•••”"),
        ("Sai ngày 02.03.1999 của H'Hen Niê", "Sai ngày ••• của H… N…"),
        ("Ngày sinh không hợp lệ", "Ngày sinh không hợp lệ"),
    ],
)
def test_an_importer_who_names_people_is_not_repeated(told: str, shown: str) -> None:
    assert redacted_statement(told) == shown
    assert redacted_statement(unicodedata.normalize("NFD", told)) == shown


@given(st.text())
def test_any_statement_can_be_shown(told: str) -> None:
    assert "Trần Thị" not in redacted_statement(f"{told} Trần Thị Bé")


def test_findings_are_hidden_for_adoptions_only() -> None:
    finding = Finding("name", Severity.WARNING, ("cnHoTen",), "“Trần Thị Bé” lạ", "r1", True, "đúng là “Bé”")
    (hidden,) = shown_findings((finding,), ADOPTIONS)
    assert (hidden.message, hidden.accepted_reason) == ("“•••” lạ", "đúng là “•••”")
    assert (hidden.rule_id, hidden.record_id, hidden.fields) == ("name", "r1", ("cnHoTen",))
    births = Book("ks", RecordType.BIRTH, 1999, "01", "UBND xã Tân Lập")
    assert shown_findings((finding,), births) == (finding,)


def test_made_up_people_have_no_secrets() -> None:
    assert is_confidential(ADOPTIONS)
    practice = Book("cn", RecordType.ADOPTION, 1999, "01", "UBND xã Tân Lập", practice=True)
    assert not is_confidential(practice)
