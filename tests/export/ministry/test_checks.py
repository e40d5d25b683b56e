"""What the importer would refuse is found in the rows before they leave, with record and field."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotich.export.ministry.checks import CheckContext, check_pairs, check_rows, importer_checks
from hotich.export.ministry.choices import load_choices
from hotich.export.ministry.names import pdf_name
from hotich.export.ministry.own_template import read_template
from hotich.export.ministry.read_back import check_workbook
from hotich.export.ministry.rows import MinistryRow, cell_text
from hotich.export.ministry.template import default_template, shipped_templates
from hotich.export.ministry.workbook import write_workbook
from hotich.forms.formspec import FieldKind, Need
from hotich.messages import Language
from hotich.rules import load_rules
from hotich.values import AcceptedFinding, Actor, Finding, RecordType, Role, Severity
from tests.export.ministry.lawful import CATALOGUE, book_of
from tests.export.ministry.own import HEADERS, own_template

CHOICES = load_choices()


def context_of(kind: RecordType = RecordType.BIRTH, **changes: object) -> CheckContext:
    """A check of a book of that type by its usual template."""
    context = CheckContext(book_of(kind), CATALOGUE.records[kind], default_template(kind), CHOICES)
    return msgspec.structs.replace(context, **changes)


def lawful_row(kind: RecordType = RecordType.BIRTH, number: int = 1, **cells: str) -> MinistryRow:
    """A row in which the importer finds nothing; `cells` replace some."""
    spec = CATALOGUE.records[kind]
    texts = {field.id: "" for field in spec.fields}
    for field in spec.fields:
        if field.need in (Need.CORE, Need.CORE_UNLESS) and field.kind is FieldKind.PERSON_NAME:
            texts[field.id] = f"Nguyễn Thị Lan {chr(64 + number)}"
    place = "noiCap" if kind is RecordType.MARITAL_STATUS else "noiDangKy"
    texts |= {"so": f"{number:02}/2009", "quyenSo": "01/2009", "trangSo": "5", "ngayDangKy": f"{number:02}.03.2009"}
    texts |= {place: "UBND xã Tân Lập", **cells}
    return MinistryRow(f"r{number}", number, texts, pdf_name(texts, kind, CHOICES))


def told(
    rows: list[MinistryRow], context: CheckContext | None = None
) -> list[tuple[str, Severity, str, tuple[str, ...]]]:
    """What is found, notes left out."""
    found = check_rows(rows, context or context_of())
    return [(f.rule_id, f.severity, f.record_id, f.fields) for f in found if f.severity is not Severity.NOTE]


@pytest.mark.parametrize("kind", RecordType)
def test_a_lawful_row_of_every_type_passes(kind: RecordType) -> None:
    assert told([lawful_row(kind), lawful_row(kind, 2)], context_of(kind)) == []


ERRORS = (
    # 1: empty
    ({"so": ""}, "required-empty", "so"),
    ({"ngayDangKy": ""}, "required-empty", "ngayDangKy"),
    ({"quyenSo": ""}, "required-empty", "quyenSo"),
    ({"noiDangKy": ""}, "required-empty", "noiDangKy"),
    # 2: without the stroke, or without what follows it
    ({"so": "05"}, "number-form", "so"),
    ({"so": "01/"}, "number-form", "so"),
    ({"quyenSo": "01"}, "number-form", "quyenSo"),
    # 3: without dots, or not ten characters
    ({"ngayDangKy": "3/2/2009"}, "registration-day-whole", "ngayDangKy"),
    ({"ngayDangKy": "02.2009"}, "registration-day-whole", "ngayDangKy"),
    # 5: no number
    ({"trangSo": "5a"}, "page-number-digits", "trangSo"),
    # 9: a year that cannot be
    ({"nksNgaySinh": "01.04.5005"}, "year-sanity", "nksNgaySinh"),
    # what no cell or list holds
    ({"ghiChu": "x" * 32768}, "ministry-cell-long", "ghiChu"),
    ({"ghiChu": "\U0001d11e" * 16384}, "ministry-cell-long", "ghiChu"),
    ({"ghiChu": "a\x07b"}, "ministry-cell-letters", "ghiChu"),
    ({"ghiChu": "_x0041_"}, "ministry-cell-letters", "ghiChu"),
    ({"nksNgaySinh": "5/3/1982"}, "ministry-not-importable", "nksNgaySinh"),
    ({"nksNgaySinh": "31.02.1982"}, "ministry-not-importable", "nksNgaySinh"),
    ({"nksDanToc": "Kinhh"}, "ministry-not-importable", "nksDanToc"),
    ({"nksQuocTich": "VN"}, "ministry-not-importable", "nksQuocTich"),
    ({"nksGioiTinh": "Nam"}, "ministry-not-importable", "nksGioiTinh"),
    # a code of the other template
    ({"loaiDangKy": "5"}, "ministry-code-not-listed", "loaiDangKy"),
)


@pytest.mark.parametrize(("cells", "rule", "field"), ERRORS, ids=lambda value: str(value)[:40])
def test_every_refusal_is_foreseen(cells: dict[str, str], rule: str, field: str) -> None:
    found = told([lawful_row(**cells)])
    assert (rule, Severity.ERROR, "r1", (field,)) in found


WARNINGS = (
    # 4: another year
    ({"so": "01/2008"}, "number-year"),
    # 5: left empty
    ({"trangSo": ""}, "ministry-page-empty"),
    # 8: a paper without its number
    ({"meLoaiGiayToTuyThan": "1"}, "paper-without-number-ks"),
    # 9: punctuation alone
    ({"nksQueQuan": ", , , "}, "only-punctuation"),
)


@pytest.mark.parametrize(("cells", "rule"), WARNINGS, ids=lambda value: str(value)[:40])
def test_what_is_doubted_is_a_warning(cells: dict[str, str], rule: str) -> None:
    found = [each for each in told([lawful_row(**cells)]) if each[0] == rule]
    assert found and found[0][1] is Severity.WARNING and found[0][2] == "r1"


def test_the_same_number_twice_is_refused_and_a_suffix_takes_it_away() -> None:
    twice = [lawful_row(number=1), lawful_row(number=2, so="01/2009")]
    assert ("number-doubled", Severity.ERROR, "r2", ("so",)) in told(twice)
    assert told([lawful_row(number=1), lawful_row(number=2, so="01a/2009")]) == []


def test_numbers_of_marital_status_are_held_apart_too() -> None:
    kind = RecordType.MARITAL_STATUS
    twice = [lawful_row(kind, 1), lawful_row(kind, 2, so="01/2009")]
    assert ("number-doubled", Severity.ERROR, "r2", ("so",)) in told(twice, context_of(kind))
    assert ("required-empty", Severity.ERROR, "r1", ("noiCap",)) in told(
        [lawful_row(kind, noiCap="")], context_of(kind)
    )


def test_the_closing_page_is_held_against_the_rows() -> None:
    context = context_of(book=msgspec.structs.replace(book_of(RecordType.BIRTH), expected_entries=3))
    found = [each for each in told([lawful_row()], context) if each[0] == "closing-count"]
    assert found == [("closing-count", Severity.ERROR, "", ())]


def test_one_event_keyed_twice_is_doubted_and_twins_are_not() -> None:
    same = {"nksHoTen": "Nguyễn An", "nksNgaySinh": "01.02.2009", "meHoTen": "Lê Thị B", "chaHoTen": "Nguyễn C"}
    found = told([lawful_row(**same), lawful_row(number=2, **same)])
    assert ("ministry-same-people", Severity.WARNING, "r2", ("nksHoTen",)) in found
    twin = same | {"nksHoTen": "Nguyễn Bình"}
    assert told([lawful_row(**same), lawful_row(number=2, **twin)]) == []


def test_a_name_that_speaks_of_another_row_is_refused() -> None:
    row = msgspec.structs.replace(lawful_row(), pdf="KS.2009.01.2009-03-01.02.pdf")
    assert told([row]) == [("ministry-name-differs", Severity.ERROR, "r1", ("so",))]


def test_a_warning_let_stand_at_the_record_is_a_note_with_its_reason() -> None:
    accepted = AcceptedFinding("number-year", ("so", "ngayDangKy"), "Sổ ghi như vậy", Actor("Lan", Role.CLERK))
    row = msgspec.structs.replace(lawful_row(so="01/2008"), accepted=(accepted,))
    found = [f for f in check_rows([row], context_of()) if f.rule_id == "number-year"]
    assert [(f.severity, f.accepted_reason) for f in found] == [(Severity.NOTE, "Sổ ghi như vậy")]


def test_codes_of_the_newer_template_pass_by_it() -> None:
    newer = context_of(template=shipped_templates()["KS-70"])
    assert told([lawful_row(loaiDangKy="5")], newer) == []
    zeros = check_rows([lawful_row(loaiDangKy="0"), lawful_row(number=2, loaiDangKy="0")], newer)
    assert [f.severity for f in zeros if f.rule_id == "ministry-zero-not-listed"] == [Severity.NOTE]


def test_a_book_without_page_numbers_is_told_once() -> None:
    rows = [lawful_row(trangSo=""), lawful_row(number=2, trangSo="")]
    assert told(rows) == [("ministry-pages-empty", Severity.WARNING, "", ("trangSo",))]
    assert told([*rows, lawful_row(number=3)]) == [
        ("ministry-page-empty", Severity.WARNING, "r1", ("trangSo",)),
        ("ministry-page-empty", Severity.WARNING, "r2", ("trangSo",)),
    ]


def own_context(folder: Path, headers: tuple[str, ...] = HEADERS) -> CheckContext:
    return context_of(template=read_template(own_template(folder / "m.xlsx", headers), RecordType.BIRTH))


def test_columns_of_a_provinces_template_are_told(tmp_path: Path) -> None:
    found = {(f.rule_id, f.severity): f for f in check_rows([lawful_row(chaNoiCuTru="Tân Lập")], own_context(tmp_path))}
    assert "maXa" in found["ministry-column-unknown", Severity.WARNING].message
    lost = [f.message for f in check_rows([lawful_row(chaNoiCuTru="Tân Lập")], own_context(tmp_path))
            if f.rule_id == "ministry-column-lost"]  # fmt: skip
    assert any("chaNoiCuTru" in message for message in lost) and len(lost) == 3
    assert ("ministry-samples-gone", Severity.NOTE) in found
    assert ("ministry-column-missing", Severity.NOTE) in found


def test_a_template_without_a_needed_column_is_refused(tmp_path: Path) -> None:
    headers = tuple(header for header in HEADERS if header != "noiDangKy")
    found = told([lawful_row()], own_context(tmp_path, (*headers, "so")))
    assert ("ministry-column-needed", Severity.ERROR, "", ()) in found
    assert ("ministry-column-doubled", Severity.WARNING, "", ()) in found


def test_rows_and_documents_go_one_to_one() -> None:
    rows = [lawful_row(), lawful_row(number=2), lawful_row(number=3)]
    found = check_pairs(rows, ["r1", "r1", "r3", "r9"], context_of())
    assert [(f.rule_id, f.record_id) for f in found] == [
        ("ministry-pdf-missing", "r2"),
        ("ministry-pdf-doubled", "r1"),
        ("ministry-row-missing", "r9"),
    ]
    assert check_pairs(rows, ["r1", "r2", "r3"], context_of()) == ()


@pytest.mark.parametrize("language", Language)
def test_every_sentence_is_finished(language: Language) -> None:
    rows = [lawful_row(**cells) for cells, *_ in ERRORS] + [lawful_row(**cells) for cells, _ in WARNINGS]
    found: tuple[Finding, ...] = check_rows(rows, context_of(language=language))
    assert all(f.message and "{" not in f.message and f.rule_id not in f.message for f in found)


def test_every_check_of_the_importer_names_a_rule_that_there_is() -> None:
    ids = [rule.id for rule in load_rules()]
    for check in importer_checks():
        assert any(rule.startswith(check.rule) for rule in ids), check.rule


@pytest.mark.parametrize("kind", RecordType)
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.text(max_size=20), min_size=8, max_size=8))
def test_what_no_check_objects_to_comes_back_from_the_workbook(
    kind: RecordType, texts: list[str], tmp_path: Path
) -> None:
    """Any letters there are, in any column: told where a workbook cannot hold them, else read back as they were."""
    context = context_of(kind)
    fields = context.spec.fields
    cells = {field.id: cell_text(texts[place % 8]) for place, field in enumerate(fields)}
    # A row without its number never leaves.
    cells["so"] = "01/2009"
    row = MinistryRow("r1", 1, cells, pdf_name(cells, kind, CHOICES))
    objected = {f.fields[0] for f in check_rows([row], context) if f.fields and f.rule_id.startswith("ministry-cell")}
    kept = msgspec.structs.replace(row, cells={**cells, **dict.fromkeys(objected, "")})
    file = tmp_path / "a.xlsx"
    check_workbook(file, context.template, write_workbook(context.template, [kept], file, CHOICES), CHOICES)
