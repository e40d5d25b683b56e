"""The rules: each is tried with a record that breaks it and one that keeps it."""

from __future__ import annotations

import datetime
import string
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.normal import NormalContext, normalise
from hotich.rules import RecordView, RuleContext, RuleSpec, check_book_rows, check_record_view, load_rules
from hotich.rules.book_checks import BOOK_CHECKS
from hotich.rules.record_checks import RECORD_CHECKS
from hotich.values import AcceptedFinding, Actor, Book, FieldState, FieldValue, Finding, RecordType, Role, Severity

TODAY = datetime.date(2026, 11, 1)


def book_of(record_type: RecordType, year: int) -> Book:
    return Book("b", record_type, year, "01", "UBND xã Tân Lập", opened=f"{year}-01-01", closed=f"{year}-12-31")


def view_of(record_type: RecordType, year: int, record_id: str = "r1", **written: str) -> RecordView:
    """A record as a clerk would have confirmed it: '?' is unreadable, '' is blank."""
    spec = load_catalogue().records[record_type]
    context = NormalContext(book_of(record_type, year), year=year)
    values = {}
    for field_id, text in written.items():
        state = {"": FieldState.BLANK, "?": FieldState.UNREADABLE}.get(text, FieldState.VALUE)
        normal = normalise(spec.field(field_id), text, context).normal if state is FieldState.VALUE else ""
        values[field_id] = FieldValue(field_id, "" if text == "?" else text, normal, state)
    return RecordView(record_id, values)


def found(record_type: RecordType, year: int, **written: str) -> dict[str, Finding]:
    context = RuleContext(book_of(record_type, year), load_catalogue().records[record_type], today=TODAY)
    return {f.rule_id: f for f in check_record_view(view_of(record_type, year, **written), context)}


KS = RecordType.BIRTH

CASES = tomllib.loads((Path(__file__).parents[1] / "data" / "rule_cases.toml").read_text(encoding="utf-8"))["case"]
BROKEN_AND_KEPT = [
    (case["rule"], RecordType(case["record"]), case["year"], case["broken"], case["kept"]) for case in CASES
]


@pytest.mark.parametrize(("rule", "record_type", "year", "broken", "kept"), BROKEN_AND_KEPT)
def test_rule_speaks_when_broken_and_is_silent_when_kept(
    rule: str, record_type: RecordType, year: int, broken: dict[str, str], kept: dict[str, str]
) -> None:
    assert rule in found(record_type, year, **broken)
    assert rule not in found(record_type, year, **kept)


@pytest.mark.parametrize("sign", ["¹", "²⁰", "①", "½", "٣"])
def test_signs_that_are_like_figures_break_no_rule(sign: str) -> None:
    for field in load_catalogue().records[KS].fields:
        values = {field.id: FieldValue(field.id, sign, sign)}
        context = RuleContext(book_of(KS, 2009), load_catalogue().records[KS], today=TODAY)
        assert isinstance(check_record_view(RecordView("r1", values), context), tuple)
        assert isinstance(view_of(KS, 2009, **{field.id: sign}), RecordView)


def test_every_check_that_a_rule_names_exists_and_every_check_is_named() -> None:
    named = {rule.check for rule in load_rules()}
    assert named == RECORD_CHECKS.keys() | BOOK_CHECKS.keys()


def test_rule_ids_are_unique_and_their_fields_exist() -> None:
    rules = load_rules()
    assert len({rule.id for rule in rules}) == len(rules)
    records = load_catalogue().records
    for rule in rules:
        for record_type in rule.records or (RecordType.BIRTH,):
            assert {field.id for field in records[record_type].fields} >= set(rule.fields), rule.id


def test_every_fact_in_a_message_is_one_that_the_check_gives() -> None:
    """A {fact} that no check fills would raise KeyError in front of the clerk."""
    seen = set()
    for rule, record_type, year, broken, _ in BROKEN_AND_KEPT:
        finding = found(record_type, year, **broken)[rule]
        assert "{" not in finding.message
        seen.add(rule)
    parts = {
        rule.id: {name for _, name, _, _ in string.Formatter().parse(rule.message) if name} for rule in load_rules()
    }
    untried = {rule_id for rule_id, facts in parts.items() if facts and rule_id not in seen}
    like = {rule.id: rule.check for rule in load_rules()}
    tried_checks = {like[rule_id] for rule_id in seen} | BOOK_CHECKS.keys()
    assert {like[rule_id] for rule_id in untried} <= tried_checks | {"pattern"}


def facts_of(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_rule_says_the_same_facts_in_both_languages(rule: RuleSpec) -> None:
    assert facts_of(rule.message) == facts_of(rule.message_en)
    assert rule.message.strip() == rule.message != rule.message_en == rule.message_en.strip()
    # Words of Vietnamese have marks; those that an English sentence keeps (CMND, CCCD) have none.
    assert rule.message_en.translate({ord(sign): None for sign in "“”"}).isascii()


@pytest.mark.parametrize(("rule", "record_type", "year", "broken", "kept"), BROKEN_AND_KEPT)
def test_a_finding_is_told_in_english_too(
    rule: str, record_type: RecordType, year: int, broken: dict[str, str], kept: dict[str, str]
) -> None:
    context = RuleContext(
        book_of(record_type, year), load_catalogue().records[record_type], today=TODAY, language=Language.ENGLISH
    )
    english = {f.rule_id: f for f in check_record_view(view_of(record_type, year, **broken), context)}[rule]
    vietnamese = found(record_type, year, **broken)[rule]
    assert english.message != vietnamese.message and "{" not in english.message
    assert (english.severity, english.fields) == (vietnamese.severity, vietnamese.fields)


def test_labels_in_a_finding_follow_the_language() -> None:
    spec = load_catalogue().records[KS]
    context = RuleContext(book_of(KS, 1982), spec, today=TODAY, language=Language.ENGLISH)
    finding = next(f for f in check_record_view(view_of(KS, 1982, so=""), context) if f.rule_id == "required-empty")
    assert finding.message.startswith(spec.field("so").label_en)


def test_an_open_field_is_no_finding() -> None:
    assert found(KS, 1982) == {}


def test_a_warning_let_stand_becomes_a_note_with_its_reason() -> None:
    view = view_of(KS, 1982, nksNgaySinh="6/3/82", ngayDangKy="5/3/82")
    accepted = AcceptedFinding(
        "birth-before-entry-ks", ("nksNgaySinh", "ngayDangKy"), "Sổ ghi vậy", Actor("An", Role.CLERK)
    )
    context = RuleContext(book_of(KS, 1982), load_catalogue().records[KS], today=TODAY)
    stands = check_record_view(RecordView("r1", view.values, (accepted,)), context)
    finding = next(f for f in stands if f.rule_id == "birth-before-entry-ks")
    assert (finding.severity, finding.accepted_reason, finding.overridable) == (Severity.NOTE, "Sổ ghi vậy", False)


def test_a_missing_number_cannot_be_let_stand() -> None:
    assert not found(KS, 1982, so="")["required-empty"].overridable


def rows(*numbers_and_days: tuple[str, str]) -> tuple[RecordView, ...]:
    return tuple(
        view_of(KS, 1982, f"r{place}", so=number, ngayDangKy=day, quyenSo="01/1982", noiDangKy="UBND xã Tân Lập")
        for place, (number, day) in enumerate(numbers_and_days)
    )


def book_findings(views: tuple[RecordView, ...], expected: int | None = None) -> dict[str, Finding]:
    book = Book("b", KS, 1982, "01", "UBND xã Tân Lập", expected_entries=expected)
    return {finding.rule_id: finding for finding in check_book_rows(views, book)}


def test_a_book_in_order_has_no_findings() -> None:
    assert book_findings(rows(("1", "5/1/82"), ("2", "5/1/82"), ("3", "9/1/82")), 3) == {}


def test_gaps_are_told_with_the_missing_numbers() -> None:
    finding = book_findings(rows(("1", "5/1/82"), ("5", "9/1/82")))["numbers-run-on"]
    assert "02-04/1982" in finding.message and finding.record_id == "r1"


def test_numbers_and_dates_that_fall_back_are_told_at_the_later_record() -> None:
    findings = book_findings(rows(("2", "9/1/82"), ("1", "5/1/82")))
    assert {findings[rule].record_id for rule in ("numbers-in-order", "dates-in-order")} == {"r1"}


def test_numbering_starts_again_in_a_new_year() -> None:
    assert "numbers-in-order" not in book_findings(rows(("9", "30/12/82"), ("1/1983", "3/1/83")))


def test_a_doubled_number_is_an_error_and_a_suffix_mends_it() -> None:
    doubled = book_findings(rows(("15", "5/1/82"), ("15", "5/1/82")))["number-doubled"]
    assert doubled.severity is Severity.ERROR
    assert "number-doubled" not in book_findings(rows(("15", "5/1/82"), ("15a", "5/1/82")))


def test_findings_between_records_are_told_in_english_too() -> None:
    told = check_book_rows(rows(("1", "5/1/82"), ("5", "9/1/82")), book_of(KS, 1982), Language.ENGLISH)
    assert any("02-04/1982 is missing" in finding.message for finding in told)


def test_the_closing_count_must_be_met() -> None:
    assert "closing-count" in book_findings(rows(("1", "5/1/82")), expected=2)


@given(
    st.dictionaries(
        st.sampled_from(["so", "ngayDangKy", "nksNgaySinh", "meNgaySinh", "nksGioiTinh", "nksHoTen", "nksDanToc"]),
        st.text(max_size=20) | st.sampled_from(["5/3/82", "1982", "28t", "29/2/1981", "Nam", "?", "nt"]),
    )
)
def test_no_record_makes_the_rules_fail(written: dict[str, str]) -> None:
    for finding in found(KS, 1982, **written).values():
        assert finding.message and finding.fields
