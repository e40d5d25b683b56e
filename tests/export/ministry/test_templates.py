"""The shipped templates stand for the columns of the import, cell by cell; a province's own is read as it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment

from hotich.errors import InputError, SetupError
from hotich.export.ministry.choices import load_choices
from hotich.export.ministry.own_template import read_template
from hotich.export.ministry.read_back import check_workbook
from hotich.export.ministry.rows import MinistryRow
from hotich.export.ministry.template import (
    Source,
    column_rules,
    columns_of,
    default_template,
    shipped_template,
    shipped_templates,
    templates_for,
)
from hotich.export.ministry.workbook import write_workbook
from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.values import RecordType
from tests.export.ministry.own import HEADERS, own_template

CATALOGUE = load_catalogue()


@pytest.mark.parametrize("kind", RecordType)
def test_the_usual_template_has_our_columns_in_their_order(kind: RecordType) -> None:
    template = default_template(kind)
    assert [column.header for column in template.columns] == [field.id for field in CATALOGUE.records[kind].fields]
    assert all(column.source is Source.FIELD for column in template.columns)
    assert template.official is CATALOGUE.records[kind].official
    assert template.vi and template.en and str(len(template.columns)) in template.id


def test_official_templates_have_as_many_columns_as_were_seen() -> None:
    sizes = {template.id: len(template.columns) for template in shipped_templates().values() if template.official}
    assert sizes == {"KS-60": 60, "KS-70": 70, "KT-48": 48, "KH-44": 44, "CMC-50": 50, "HN-35": 35}


def test_the_newer_births_keep_spaces_and_hints_of_their_headers() -> None:
    template = shipped_templates()["KS-70"]
    headers = {column.code: column.header for column in template.columns}
    assert headers["so"] == "so " and headers["loaiDangKy"] == "loaiDangKy \ni=[1,2,3,4,5,6]"
    assert headers["nksLoaiKhaiSinh"] == "nksLoaiKhaiSinh\ni=[1,2,3,4,5]"
    spaced = [code for code, header in headers.items() if header == f"{code} "]
    assert spaced == [
        *("so", "quyenSo", "trangSo", "ngayDangKy", "nksHoTen", "nksNgaySinh", "nksDanToc", "nksQuocTich"),
        *("meHoTen", "meNgaySinh", "meDanToc", "meQuocTich", "meLoaiCuTru"),
        *("chaHoTen", "chaNgaySinh", "chaDanToc", "chaQuocTich", "chaLoaiCuTru"),
    ]
    # All sixty columns of the older template stand in it too.
    fields = [column.field_id for column in template.columns if column.source is Source.FIELD]
    assert fields == [field.id for field in CATALOGUE.records[RecordType.BIRTH].fields]
    assert [column.code for column in template.columns][:2] == ["STT", "so"] and template.sheet == "DL Import"


def test_columns_that_are_not_ours_say_what_fills_them() -> None:
    template = shipped_templates()["KS-70"]
    others = {column.code: column for column in template.columns if column.source is not Source.FIELD}
    assert len(others) == 10 and others["STT"].source is Source.ROW_NUMBER
    assert others["meSoDinhDanhCaNhan"].field_id == "meSoGiayToTuyThan"
    assert others["chaQuocTichKhacStr"].field_id == "chaQuocTichKhac"
    assert all(column.remark(language) for column in others.values() for language in Language)
    assert all(rule.vi and rule.en and bool(rule.code) != bool(rule.ending) for rule in column_rules())


def test_a_template_of_another_type_is_no_choice() -> None:
    assert shipped_template("ks-70", RecordType.BIRTH).id == "KS-70"
    with pytest.raises(SetupError) as refused:
        shipped_template("KS-70", RecordType.DEATH)
    assert refused.value.facts["known"] == "KT-48"
    assert [template.id for template in templates_for(RecordType.BIRTH)] == ["KS-60", "KS-70"]


def test_a_column_that_stands_twice_is_filled_once() -> None:
    first, second = columns_of(["so", "so "], RecordType.BIRTH)
    assert (first.source, second.source) == (Source.FIELD, Source.UNKNOWN)


def test_a_provinces_template_is_read_as_it_is(tmp_path: Path) -> None:
    template = read_template(own_template(tmp_path / "Mẫu tỉnh.xlsx"), RecordType.BIRTH)
    assert tuple(column.header for column in template.columns) == HEADERS
    assert (template.id, template.sheet, template.header_row, template.first_row) == (
        "Mẫu tỉnh.xlsx",
        "DL Import",
        1,
        2,
    )
    assert template.samples == 2
    by_code = {column.code: column for column in template.columns}
    assert by_code["maXa"].source is Source.UNKNOWN and by_code["loaiDangKy"].allowed == ("1", "2", "3", "4", "5", "6")


def test_rows_above_and_guidance_below_the_header_stay(tmp_path: Path) -> None:
    file = own_template(tmp_path / "m.xlsx", above=3, guidance=True)
    template = read_template(file, RecordType.BIRTH)
    assert (template.header_row, template.first_row, template.samples) == (4, 6, 2)


def test_what_is_no_template_is_told(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(b"no zip at all")
    with pytest.raises(InputError, match="ministry-template-broken"):
        read_template(tmp_path / "a.xlsx", RecordType.BIRTH)
    with pytest.raises(InputError, match="ministry-template-missing"):
        read_template(tmp_path / "missing.xlsx", RecordType.BIRTH)
    with zipfile.ZipFile(tmp_path / "b.xlsx", "w") as archive:
        archive.writestr("hello.txt", "hello")
    with pytest.raises(InputError, match="ministry-template-broken"):
        read_template(tmp_path / "b.xlsx", RecordType.BIRTH)


def test_a_template_packed_in_a_way_that_is_not_known_is_told(tmp_path: Path) -> None:
    file = own_template(tmp_path / "a.xlsx")
    data = bytearray(file.read_bytes())
    data[data.rindex(b"PK\x01\x02") + 6] = 99  # the version needed to unpack it
    file.write_bytes(data)
    with pytest.raises(InputError, match="ministry-template-broken"):
        read_template(file, RecordType.BIRTH)


def test_macros_and_bombs_are_refused(tmp_path: Path) -> None:
    good = own_template(tmp_path / "good.xlsx")
    for name, size, key in (("xl/vbaProject.bin", 10, "macros"), ("xl/media/x.bin", 300 * 2**20, "large")):
        file = tmp_path / f"{key}.xlsx"
        file.write_bytes(good.read_bytes())
        with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as member:
            for _ in range(0, size, 2**20):
                member.write(bytes(min(size, 2**20)))
        with pytest.raises(InputError, match=f"ministry-template-{key}"):
            read_template(file, RecordType.BIRTH)


def test_a_template_of_another_register_is_told(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["họ tên", "ngày sinh", "so", "ghi chú"])
    book.save(tmp_path / "x.xlsx")
    with pytest.raises(InputError, match="ministry-template-no-header"):
        read_template(tmp_path / "x.xlsx", RecordType.BIRTH)


def test_a_template_formatted_to_its_end_is_read_quickly_and_filled(tmp_path: Path) -> None:
    """A styled cell in the last row there can be makes the sheet a million rows long."""
    file = own_template(tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(file)
    book["DL Import"].cell(1048576, 3).number_format = "@"
    book["DL Import"].merge_cells("B2:B3")
    book["DL Import"]["B2"].comment = Comment("ví dụ", "UBND")
    book.save(file)
    template = read_template(file, RecordType.BIRTH)
    assert (template.first_row, template.samples) == (2, 2)
    cells = {field.id: "" for field in CATALOGUE.records[RecordType.BIRTH].fields} | {"so": "01/2009"}
    choices = load_choices()
    digest = write_workbook(template, [MinistryRow("r", n, cells, "") for n in (1, 2)], tmp_path / "o.xlsx", choices)
    check_workbook(tmp_path / "o.xlsx", template, digest, choices)
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx")["DL Import"]
    assert [sheet["B2"].value, sheet["B3"].value, sheet["C2"].value] == ["01/2009", "01/2009", None]
    assert sheet["B2"].comment is None and not sheet.merged_cells.ranges
