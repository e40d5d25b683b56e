"""Reading what was written: the workbook by another library than wrote it, the ZIP file by file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from hotich.errors import PackageError
from hotich.export.ministry.choices import Choices
from hotich.export.ministry.names import parse_name
from hotich.export.ministry.template import Template, header_code
from hotich.export.ministry.workbook import RowDigest, sheet_name


def rows_read(path: Path, sheet: str) -> list[list[object]]:
    """The cells of a sheet from its first row on, without empty rows at its end. Raises PackageError."""
    import python_calamine

    try:
        book = python_calamine.load_workbook(str(path))
        found = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
    except Exception as error:  # The library raises whatever a broken file makes it trip over.
        raise PackageError("ministry-not-read-back", file=path.name, detail=error) from error
    while found and all(cell == "" for cell in found[-1]):
        found.pop()
    return [list(row) for row in found]


def check_workbook(path: Path, template: Template, expected: RowDigest, choices: Choices) -> None:
    """Holds every cell of a workbook against what was written. Raises PackageError."""
    read = RowDigest()
    rows = rows_read(path, sheet_name(template, choices))
    read.add([header_code(str(cell)) for cell in rows[template.header_row - 1]] if rows else [])
    for number, row in enumerate(rows[template.first_row - 1 :], start=template.first_row):
        if wrong := [place for place, cell in enumerate(row, start=1) if not isinstance(cell, str)]:
            raise PackageError("ministry-cell-no-text", file=path.name, row=number, column=wrong[0])
        read.add([str(cell) for cell in row])
    if (read.rows, read.value) != (expected.rows, expected.value):
        raise PackageError("ministry-differs", file=path.name, written=expected.rows - 1, read=read.rows - 1)


def check_archive(path: Path, expected: Mapping[str, int], choices: Choices) -> None:
    """Holds a ZIP against the names that it must have, with the pages of each PDF. Raises PackageError."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
            if broken := archive.testzip():
                raise PackageError("ministry-archive-broken", file=path.name, member=broken)
            if sorted(names) != sorted(expected):
                raise PackageError("ministry-archive-names", file=path.name)
            for name in names:
                _check_pdf(archive.read(name), name, expected[name], choices)
    except (OSError, zipfile.BadZipFile) as error:
        raise PackageError("ministry-archive-broken", file=path.name, member=error) from error


def _check_pdf(data: bytes, name: str, pages: int, choices: Choices) -> None:
    import pikepdf

    if parse_name(name, choices) is None:
        raise PackageError("ministry-archive-names", file=name)
    try:
        with pikepdf.open(io.BytesIO(data)) as document:
            found = len(document.pages)
    except pikepdf.PdfError as error:
        raise PackageError("ministry-archive-broken", file=name, member=error) from error
    if found != pages or not found:
        raise PackageError("ministry-archive-pages", file=name, expected=pages, found=found)
