"""A province's own template as an office would draw it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import openpyxl
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

HEADERS = (
    "STT", "so ", "quyenSo ", "trangSo ", "ngayDangKy ", "loaiDangKy \ni=[1,2,3,4,5,6]", "noiDangKy",
    "ghiChu", "nksHoTen ", "nksGioiTinh", "nksNgaySinh ", "nksDanToc ", "nksQuocTich ", "nksQuocTichStr",
    "nksLoaiKhaiSinh\ni=[1,2,3,4,5]", "maXa",
)  # fmt: skip


def own_template(
    file: Path, headers: Sequence[str] = HEADERS, samples: int = 2, above: int = 0, guidance: bool = False
) -> Path:
    """A template with a sheet of notes, styled header, samples, a list to choose from, and rows above the header."""
    book = openpyxl.Workbook()
    notes = book.active
    notes.title = "Ghi chu"
    notes["A1"] = "Hướng dẫn nhập"
    sheet = book.create_sheet("DL Import")
    for number in range(1, above + 1):
        sheet.cell(number, 1, f"UBND tỉnh, dòng {number}")
    for place, header in enumerate(headers, start=1):
        cell = sheet.cell(above + 1, place, header)
        cell.fill = PatternFill("solid", fgColor="FF0070C0")
        cell.font = Font(color="FFFFFFFF", bold=True)
    first = above + 2
    if guidance:
        for place, header in enumerate(headers, start=1):
            sheet.cell(first, place, f"Nhập {header.split()[0]}")
        first += 1
    for number in range(samples):
        row = ["", f"{number + 1:02}/2018", "01/2018", "5", "27.10.2008"]
        for place, text in enumerate(row[: len(headers)], start=1):
            cell = sheet.cell(first + number, place, text)
            cell.font = Font(italic=True, name="Times New Roman")
    chooser = DataValidation(type="list", formula1='"1,2,3"', allow_blank=True)
    chooser.add("J2:J100")
    sheet.add_data_validation(chooser)
    sheet.column_dimensions["I"].width = 41
    book.save(file)
    return file
