"""Reads .xlsx, .xls, .ods and .csv files into rows of cells as they are: nothing is decoded and nothing corrected."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
import zlib
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import msgspec

from hotich.errors import HotichError, InputError
from hotich.incoming.far_cells import cells_spanned
from hotich.legacy_text import as_letters

Cell = str | float | int | bool | date | datetime | time | timedelta | None
"""As the file keeps it; '' and None are empty."""

MOST_BYTES: Final = 200_000_000
MOST_UNPACKED: Final = 2_000_000_000
MOST_CELLS: Final = 30_000_000
"""Larger than any book's sheet by far: such a file is damaged, or made to do harm."""

ENDINGS: Final = (".xlsx", ".xlsm", ".xls", ".ods", ".csv", ".txt")
_SEPARATORS: Final = "\t;,|"


class Table(msgspec.Struct, frozen=True):
    """One sheet of a file: its name and its rows from the top of the sheet, so that row numbers are those of Excel."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def width(self) -> int:
        """Cells of the longest row."""
        return max(map(len, self.rows), default=0)


class Workbook(msgspec.Struct, frozen=True):
    """A file with its sheets in order; hidden ones too. `sha256` is of its bytes."""

    file_name: str
    sha256: str
    tables: tuple[Table, ...]


def read_workbook(path: Path) -> Workbook:
    """The sheets of a file. Raises InputError when it cannot be read, is locked by a password, or holds nothing."""
    data = _bytes_of(path)
    if path.suffix.lower() in (".csv", ".txt"):
        tables: tuple[Table, ...] = (Table(path.stem, csv_rows(text_of(data))),)
    else:
        tables = _tables(data, path)
    filled = tuple(table for table in tables if any(any(_is_filled(cell) for cell in row) for row in table.rows))
    if not filled:
        raise InputError("incoming-nothing-in-file", file=path.name)
    return Workbook(path.name, hashlib.sha256(data).hexdigest(), filled)


def _is_filled(cell: Cell) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))


def _bytes_of(path: Path) -> bytes:
    try:
        if path.suffix.lower() not in ENDINGS:
            raise InputError("incoming-not-a-sheet", file=path.name)
        if path.stat().st_size > MOST_BYTES:
            raise InputError("incoming-too-large", file=path.name)
        return path.read_bytes()
    except OSError as error:
        raise InputError("incoming-cannot-open", file=path.name) from error


def _tables(data: bytes, path: Path) -> tuple[Table, ...]:
    from python_calamine import CalamineWorkbook, PasswordError, SheetTypeEnum

    _require_modest(data, path)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            book.get_sheet_by_name(each.name) for each in book.sheets_metadata if each.typ is SheetTypeEnum.WorkSheet
        ]
        if any(sheet.total_height * sheet.total_width > MOST_CELLS for sheet in sheets):
            raise InputError("incoming-too-large", file=path.name)
        return tuple(Table(each.name, tuple(map(tuple, each.to_python(skip_empty_area=False)))) for each in sheets)
    except PasswordError as error:
        raise InputError("incoming-password", file=path.name) from error
    except HotichError:
        raise
    except BaseException as error:
        # Over a damaged file the library raises whatever it trips over, and its panics are no Exceptions.
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise InputError("incoming-damaged", file=path.name) from error
        raise


def _require_modest(data: bytes, path: Path) -> None:
    """A small file that unpacks to gigabytes, or whose cells stand worlds apart, is not opened."""
    if not data.startswith(b"PK"):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            unpacked = sum(entry.file_size for entry in packed.infolist())
            too_large = unpacked > MOST_UNPACKED or cells_spanned(packed) > MOST_CELLS
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError) as error:
        raise InputError("incoming-damaged", file=path.name) from error
    if too_large:
        raise InputError("incoming-too-large", file=path.name)


def csv_rows(text: str, separator: str = "") -> tuple[tuple[Cell, ...], ...]:
    """The rows of a text with separators; the one that stands most evenly in the first lines unless it is given."""
    lines = text.splitlines()
    mark = separator or max(_SEPARATORS, key=lambda each: _evenness(lines[:20], each))
    try:
        return tuple(tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark))
    except csv.Error:
        return tuple(tuple(line.split(mark)) for line in lines)


def _evenness(lines: Sequence[str], mark: str) -> tuple[int, int]:
    """How often the mark stands in every line, then in all."""
    counts = [line.count(mark) for line in lines if line.strip()]
    return (min(counts, default=0), sum(counts))


def text_of(data: bytes) -> str:
    """A text file as text: by its mark, as UTF-8, or each byte as the letter that a sheet would show for it."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return data.decode("utf-16", errors="replace")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return as_letters(data)
