"""A province's own template: an .xlsx whose header row is read and which is otherwise left as it is."""

from __future__ import annotations

import re
import warnings
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from hotich.errors import InputError
from hotich.export.ministry.template import Column, Source, Template, columns_of, header_code
from hotich.values import RecordType

_LOOKED_AT = 15
"""Rows at the top among which the header is sought."""

_LEAST = 4
"""Columns of ours that a row must name to be the header."""

_MOST_BYTES = 32 * 2**20
_MOST_UNPACKED = 256 * 2**20
_ENTRY = re.compile(r"\s*\d+\S*/\d{4}\s*")


def read_template(file: Path, record_type: RecordType) -> Template:
    """The columns that the file asks for, in its sheet with the most columns of ours.

    Raises InputError where it is no .xlsx that can be read, or has no such row for that record type.
    """
    book, remarks = open_workbook(file)
    best: tuple[int, str, int, tuple[Column, ...]] = (0, "", 0, ())
    for sheet in book.worksheets:
        for number, row in enumerate(sheet.iter_rows(min_row=1, max_row=_LOOKED_AT, values_only=True), start=1):
            columns = columns_of(headers_of(row), record_type)
            known = sum(column.source is Source.FIELD for column in columns)
            if known > best[0]:
                best = (known, sheet.title, number, columns)
    known, title, number, columns = best
    if known < _LEAST:
        raise InputError("ministry-template-no-header", file=file.name, type=record_type.value)
    first, samples = _below(book[title], number, columns)
    return Template(
        id=file.name,
        record_type=record_type,
        official=True,
        vi=f"Mẫu riêng từ tệp {file.name}: dòng tiêu đề, chú dẫn và kiểu ô giữ nguyên.",
        en=f"Own template from the file {file.name}: header row, hints and styles are kept.",
        columns=columns,
        sheet=title,
        file=file,
        header_row=number,
        first_row=first,
        samples=samples,
        remarks=remarks,
    )


def open_workbook(file: Path) -> tuple[Any, tuple[str, ...]]:
    """The file as an openpyxl workbook, and what that library says it cannot keep. Raises InputError."""
    import openpyxl

    _look_at(file)
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        try:
            book = openpyxl.load_workbook(file)
        except Exception as error:  # The library raises whatever the XML inside makes it trip over.
            raise InputError("ministry-template-broken", file=file.name, detail=error) from error
    return book, tuple(dict.fromkeys(str(each.message) for each in told))


def _look_at(file: Path) -> None:
    """Refuses what is no workbook, or unpacks to more than a template ever has. Raises InputError."""
    if not file.is_file():
        raise InputError("ministry-template-missing", file=file)
    try:
        with zipfile.ZipFile(file) as archive:
            sizes = sum(info.file_size for info in archive.infolist())
            names = archive.namelist()
    except (OSError, zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise InputError("ministry-template-broken", file=file.name, detail=error) from error
    if file.stat().st_size > _MOST_BYTES or sizes > _MOST_UNPACKED:
        raise InputError("ministry-template-large", file=file.name)
    if any(name.endswith("vbaProject.bin") for name in names):
        raise InputError("ministry-template-macros", file=file.name)


def headers_of(row: Sequence[object]) -> list[str]:
    """The texts of a row up to its last filled cell."""
    texts = ["" if cell is None else str(cell) for cell in row]
    while texts and not texts[-1].strip():
        texts.pop()
    return texts


def filled_cells(sheet: Any, first: int) -> Iterator[Any]:
    """The cells from that row on in which something stands.

    Templates are often formatted down to the last row there can be, so only cells that are in the file are looked at.
    """
    return (
        cell
        for (row, _), cell in sheet._cells.items()
        if row >= first and cell.value is not None and str(cell.value).strip()
    )


def _below(sheet: Any, header_row: int, columns: tuple[Column, ...]) -> tuple[int, int]:
    """The row for the first record, and how many rows of samples stand from there on.

    Rows right below the header that hold words but no entry number are guidance and stay.
    """
    place = next((place for place, column in enumerate(columns, 1) if header_code(column.header) == "so"), 1)
    rows: dict[int, dict[int, str]] = {}
    for cell in filled_cells(sheet, header_row + 1):
        rows.setdefault(cell.row, {})[cell.column] = str(cell.value)
    first = header_row + 1
    while first in rows and not _ENTRY.fullmatch(rows[first].get(place, "")) and _is_words(rows[first].values()):
        first += 1
    return first, sum(row >= first for row in rows)


def _is_words(texts: Iterable[str]) -> bool:
    return any(sum(letter.isalpha() for letter in text) > 1 for text in texts)
