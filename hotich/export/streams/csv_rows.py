"""CSV (RFC 4180): the columns of the import template, normal forms, for spreadsheets.

UTF-8 with a byte order mark, because Excel takes a file without one for another encoding. A spreadsheet runs cells that
begin with certain signs as formulas, so such a cell gets an apostrophe in front; one that begins with an apostrophe
gets another, so that taking off one apostrophe gives back what every cell held.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterable
from typing import BinaryIO

from hotich.forms.formspec import RecordSpec
from hotich.values import Record

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_PORTION = 2**16
"""Letters that are gathered before they are written."""

RISKY = tuple("=+-@\t\r\n＝＋－＠'")
"""Signs with which no cell begins unprotected: those of formulas, their wide forms, and the protecting sign itself."""


def protected(cell: str) -> str:
    """The cell as it stands in the file."""
    return f"'{cell}" if cell.startswith(RISKY) else cell


def unprotected(cell: str) -> str:
    """What a cell of the file held."""
    return cell.removeprefix("'")


class CsvRows:
    """Writes the records of one book into an open file, after a row with the codes. Raises OSError."""

    def __init__(self, file: BinaryIO, spec: RecordSpec) -> None:
        self.records = 0
        self._codes = tuple(field.id for field in spec.fields)
        self._file = file
        self._digest = hashlib.sha256()
        self._waiting = io.StringIO(newline="")
        self._writer = csv.writer(self._waiting, lineterminator="\r\n")
        self._put(BYTE_ORDER_MARK)
        self._writer.writerow(self._codes)

    def add(self, records: Iterable[Record]) -> None:
        """Writes one row for each record."""
        for record in records:
            self.add_row([record.normal(code) for code in self._codes])

    def add_row(self, cells: Iterable[str]) -> None:
        """Writes one row."""
        self._writer.writerow([protected(cell) for cell in cells])
        self.records += 1
        if self._waiting.tell() >= _PORTION:
            self._flush()

    def close(self) -> str:
        """Writes what is waiting; the SHA-256 of the file."""
        self._flush()
        return self._digest.hexdigest()

    def _flush(self) -> None:
        self._put(self._waiting.getvalue().encode())
        self._waiting.seek(0)
        self._waiting.truncate()

    def _put(self, data: bytes) -> None:
        self._digest.update(data)
        self._file.write(data)
