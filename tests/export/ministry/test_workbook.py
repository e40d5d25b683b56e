"""Every cell of a workbook is read back as it was written, whoever reads it."""

from __future__ import annotations

import os
import shutil
import unicodedata
import zipfile
from collections.abc import Sequence
from pathlib import Path

import msgspec
import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hotich.errors import PackageError
from hotich.export.ministry.choices import load_choices
from hotich.export.ministry.own_template import read_template
from hotich.export.ministry.read_back import check_workbook
from hotich.export.ministry.rows import MinistryRow, cells_of, template_row
from hotich.export.ministry.template import Template, shipped_templates
from hotich.export.ministry.workbook import sheet_name, write_workbook
from hotich.text import ACCENTED
from hotich.values import MarginNote, NoteKind, Record, RecordType, Status
from tests.export.ministry.lawful import CATALOGUE, LETTERS, records
from tests.export.ministry.own import own_template
from tools import readers

CHOICES = load_choices()
TEMPLATES = tuple(shipped_templates().values())


def made_rows(template: Template, texts: Sequence[str]) -> list[MinistryRow]:
    """One row for each text, which stands in every column."""
    fields = CATALOGUE.records[template.record_type].fields
    return [
        MinistryRow(str(number), number, {field.id: text for field in fields}, "")
        for number, text in enumerate(texts, start=1)
    ]


def plain_record() -> Record:
    """A record of which nobody said anything."""
    return Record("r", "b", "p", 0, "f", "0" * 64, status=Status.APPROVED)


def expected_rows(template: Template, rows: Sequence[MinistryRow]) -> list[list[str]]:
    """Header and rows as they were asked for."""
    return [[column.header for column in template.columns], *(template_row(template, row) for row in rows)]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.id)
def test_hostile_texts_stay_texts(template: Template, tmp_path: Path) -> None:
    rows = made_rows(template, (*readers.HOSTILE, "".join(ACCENTED), unicodedata.normalize("NFC", "ễ" * 300)))
    file = tmp_path / "a.xlsx"
    digest = write_workbook(template, rows, file, CHOICES)
    check_workbook(file, template, digest, CHOICES)
    expected = expected_rows(template, rows)
    for read in (readers.with_openpyxl, readers.with_calamine):
        assert readers.differences(read(file, sheet_name(template, CHOICES)), expected) == []


@pytest.mark.parametrize("kind", RecordType)
@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(data=st.data())
def test_lawful_records_come_back_equal(kind: RecordType, data: st.DataObject, tmp_path: Path) -> None:
    spec = CATALOGUE.records[kind]
    drawn = [data.draw(records(kind, number)) for number in range(1, 3)]
    rows = [MinistryRow(r.record_id, n, cells_of(r, spec, CHOICES), "") for n, r in enumerate(drawn, start=1)]
    for template in (each for each in TEMPLATES if each.record_type is kind):
        file = tmp_path / f"{template.id}.xlsx"
        digest = write_workbook(template, rows, file, CHOICES)
        check_workbook(file, template, digest, CHOICES)
        sheet = readers.with_calamine(file, sheet_name(template, CHOICES))
        read_cells = [dict(zip(sheet[0], row + [""] * 70, strict=False)) for row in sheet[1:]]
        by_code = {column.field_id: column.header for column in template.columns if column.source == "field"}
        for record, row, cells in zip(drawn, rows, read_cells, strict=True):
            assert {code: cells.get(header, "") for code, header in by_code.items()} == dict(row.cells)
            assert all(row.cells[f.id] == record.normal(f.id) for f in spec.fields if f.id != "ghiChu")


def test_the_look_is_that_of_the_import(tmp_path: Path) -> None:
    template = shipped_templates()["KS-70"]
    file = tmp_path / "a.xlsx"
    write_workbook(template, made_rows(template, ["05"]), file, CHOICES)
    sheet = openpyxl.load_workbook(file)["DL Import"]
    head, cell = sheet["B1"], sheet["B2"]
    assert (head.value, head.fill.fgColor.rgb, head.font.color.rgb) == ("so ", "FF0070C0", "FFFFFFFF")
    assert head.number_format == cell.number_format == "@" and cell.data_type == "s"
    assert sheet.column_dimensions["B"].width > 0 and sheet["BR2"].value == "05" and sheet["BS1"].value is None


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    template = shipped_templates()["HN-35"]
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(template, made_rows(template, ["x"]), tmp_path / name, CHOICES)
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_derived_columns_are_filled_from_the_same_person(tmp_path: Path) -> None:
    template = shipped_templates()["KS-70"]
    cells = {field.id: "" for field in CATALOGUE.records[RecordType.BIRTH].fields}
    cells |= {
        "meLoaiGiayToTuyThan": "4",
        "meSoGiayToTuyThan": "030182000123",
        "chaLoaiGiayToTuyThan": "1",
        "chaSoGiayToTuyThan": "030182000124",
        "nksQuocTich": "Hoa Kỳ (American)",
        "chaQuocTich": "Trung Quốc (Đài Loan) (Taiwanese)",
        "meQuocTich": "Việt Nam",
    }
    row = dict(
        zip([c.code for c in template.columns], template_row(template, MinistryRow("r", 7, cells, "")), strict=True)
    )
    assert row["STT"] == "7" and row["nksSoDinhDanh"] == ""
    assert (row["meSoDinhDanhCaNhan"], row["chaSoDinhDanhCaNhan"]) == ("030182000123", "")
    assert (row["nksQuocTichStr"], row["meQuocTichStr"]) == ("Hoa Kỳ", "Việt Nam")
    assert row["chaQuocTichStr"] == "Trung Quốc (Đài Loan)"


def test_margin_notes_go_where_the_template_has_room_for_them() -> None:
    notes = (
        MarginNote(NoteKind.DIVORCE, "5/3/1990", "Đã ly hôn theo bản án số 3"),
        MarginNote(NoteKind.OTHER, "", "Sổ cũ"),
    )
    record = msgspec.structs.replace(plain_record(), margin_notes=notes)
    spec = CATALOGUE.records[RecordType.MARRIAGE]
    assert cells_of(record, spec, CHOICES)["ghiChu"] == "5/3/1990: Đã ly hôn theo bản án số 3; Sổ cũ"
    none = msgspec.structs.replace(CHOICES, margin_notes="none")
    assert cells_of(record, spec, none)["ghiChu"] == ""


def test_kinds_of_papers_are_left_as_they_are_unless_asked() -> None:
    record = plain_record()
    spec = CATALOGUE.records[RecordType.MARRIAGE]
    assert cells_of(record, spec, CHOICES)["voLoaiGiayToTuyThan"] == ""
    asked = msgspec.structs.replace(CHOICES, kind_without_number="8")
    assert cells_of(record, spec, asked)["voLoaiGiayToTuyThan"] == "8"


@pytest.mark.parametrize(("above", "guidance"), [(0, False), (3, True)])
def test_a_copy_of_a_provinces_template_keeps_everything_but_the_samples(
    tmp_path: Path, above: int, guidance: bool
) -> None:
    file = own_template(tmp_path / "Mẫu.xlsx", above=above, guidance=guidance)
    before = file.read_bytes()
    template = read_template(file, RecordType.BIRTH)
    rows = made_rows(template, ["=1+1", "0123", "Nguyễn Thị Ánh", "#N/A"])
    out = tmp_path / "out.xlsx"
    digest = write_workbook(template, rows, out, CHOICES)
    check_workbook(out, template, digest, CHOICES)
    assert file.read_bytes() == before
    book = openpyxl.load_workbook(out)
    sheet = book["DL Import"]
    assert book.sheetnames == ["Ghi chu", "DL Import"] and book["Ghi chu"]["A1"].value == "Hướng dẫn nhập"
    header = sheet.cell(above + 1, 6)
    assert header.value == "loaiDangKy \ni=[1,2,3,4,5,6]" and header.fill.fgColor.rgb == "FF0070C0"
    first = sheet.cell(template.first_row, 2)
    assert (first.value, first.data_type, first.number_format) == ("=1+1", "s", "@")
    assert first.font.name == "Times New Roman" and first.font.italic
    assert sheet.column_dimensions["I"].width == 41 and len(sheet.data_validations.dataValidation) == 1
    if above:
        assert sheet["A1"].value == "UBND tỉnh, dòng 1" and sheet.cell(above + 2, 2).value == "Nhập so"
    read = readers.with_calamine(out, "DL Import")[template.first_row - 1 :]
    assert readers.differences(read, [template_row(template, row) for row in rows]) == []
    assert sheet.cell(template.first_row, len(template.columns)).value is None


def test_a_changed_cell_is_found(tmp_path: Path) -> None:
    template = shipped_templates()["HN-35"]
    file = tmp_path / "a.xlsx"
    digest = write_workbook(template, made_rows(template, ["Nguyễn", "Trần"]), file, CHOICES)
    book = openpyxl.load_workbook(file)
    book.active["C3"] = "Tran"
    book.save(file)
    with pytest.raises(PackageError, match="ministry-differs"):
        check_workbook(file, template, digest, CHOICES)
    book.active["C3"] = 5
    book.save(file)
    with pytest.raises(PackageError, match="ministry-cell-no-text"):
        check_workbook(file, template, digest, CHOICES)
    file.write_bytes(file.read_bytes()[:500])
    with pytest.raises(PackageError, match="ministry-not-read-back"):
        check_workbook(file, template, digest, CHOICES)


def test_a_text_beyond_what_a_cell_holds_is_never_cut(tmp_path: Path) -> None:
    template = shipped_templates()["HN-35"]
    with pytest.raises(PackageError, match="ministry-cell-not-written"):
        write_workbook(template, made_rows(template, ["x" * 32768]), tmp_path / "a.xlsx", CHOICES)
    assert not (tmp_path / "a.xlsx").exists()


def test_memory_does_not_grow_with_the_rows(tmp_path: Path) -> None:
    """The rows go through a generator that never lets two hundred of them live at once."""
    template = shipped_templates()["HN-35"]
    row = made_rows(template, [LETTERS])[0]
    file = tmp_path / "a.xlsx"
    digest = write_workbook(template, (msgspec.structs.replace(row, number=n) for n in range(500)), file, CHOICES)
    assert digest.rows == 501
    with zipfile.ZipFile(file) as archive:
        assert "xl/sharedStrings.xml" not in archive.namelist()


@pytest.mark.parametrize("name", ["LibreOffice", "ssconvert", "npm xlsx", "npm exceljs"])
def test_other_readers_see_the_same(name: str, tmp_path: Path) -> None:
    programs = {"LibreOffice": "soffice", "ssconvert": "ssconvert"}
    if shutil.which(programs.get(name, "node")) is None:
        pytest.skip(f"{name} is not installed")
    if name.startswith("npm") and not os.environ.get("HOTICH_NODE"):
        pytest.skip("HOTICH_NODE names no folder with node_modules")
    template = shipped_templates()["KS-70"]
    rows = made_rows(template, readers.HOSTILE)
    write_workbook(template, rows, tmp_path / "a.xlsx", CHOICES)
    own = read_template(own_template(tmp_path / "m.xlsx", samples=0), RecordType.BIRTH)
    own_rows = made_rows(own, readers.HOSTILE)
    write_workbook(own, own_rows, tmp_path / "b.xlsx", CHOICES)
    read = readers.READERS[name]
    assert readers.differences(read(tmp_path / "a.xlsx", "DL Import"), expected_rows(template, rows)) == []
    assert readers.differences(read(tmp_path / "b.xlsx", "DL Import"), expected_rows(own, own_rows)) == []
