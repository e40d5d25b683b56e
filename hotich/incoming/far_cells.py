"""How far apart the filled cells of a workbook stand: its reader keeps every cell between them in memory."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final

_PIECE: Final = 1 << 20
_LONGEST_TAG: Final = 4096
_CELL: Final = re.compile(rb"<(?:\w+:)?c(\s[^<>]*[^/<>])>(?!</)")
"""A cell that holds something; those that only have a style are empty."""

_PLACE: Final = re.compile(rb"""\sr=["']([A-Z]{1,3})(\d{1,7})["']""")


def cells_spanned(packed: zipfile.ZipFile) -> int:
    """Cells of the smallest rectangle around all filled ones, of the sheet of an .xlsx where they are most; else 0.

    Raises what reading a damaged archive raises.
    """
    sheets = (name for name in packed.namelist() if name.startswith("xl/worksheets/") and name.endswith(".xml"))
    return max((_spanned(packed, name) for name in sheets), default=0)


def _spanned(packed: zipfile.ZipFile, name: str) -> int:
    rows: list[int] = []
    columns: list[int] = []
    with packed.open(name) as file:
        for piece in _pieces(file):
            places = [place for cell in _CELL.finditer(piece) if (place := _PLACE.search(cell[1])) is not None]
            if places:
                told = [int(place[2]) for place in places]
                lettered = [_column(place[1]) for place in places]
                rows += (min(told), max(told))
                columns += (min(lettered), max(lettered))
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) if rows else 0


def _pieces(file: IO[bytes]) -> Iterator[bytes]:
    """The file in pieces that each begin at an opening tag, where tags are of a lawful length."""
    left = b""
    while read := file.read(_PIECE):
        piece = left + read
        end = len(piece)
        while (end := piece.rfind(b"<", 0, end)) >= 0 and piece[end + 1 : end + 2] in (b"/", b""):
            continue
        end = max(end, 0)
        yield piece[:end]
        left = piece[end:][-_LONGEST_TAG:]
    yield left


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - 64
    return number
