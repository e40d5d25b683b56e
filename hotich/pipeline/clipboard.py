"""Ranges to and from Excel: lines of cells parted by tabs, a cell with a tab, a line or a quote in it put in quotes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from hotich.text import nfc

SPECIAL = ("\t", "\n", "\r", '"')


def to_clipboard(rows: Sequence[Sequence[str]]) -> str:
    """The range as text, lines ended as Excel ends them."""
    return "".join("\t".join(_quoted(cell) for cell in row) + "\r\n" for row in rows)


def _quoted(cell: str) -> str:
    return '"' + cell.replace('"', '""') + '"' if any(mark in cell for mark in SPECIAL) else cell


def from_clipboard(text: str) -> tuple[tuple[str, ...], ...]:
    """The cells of a copied range, NFC, all rows equally long; () for nothing. The line end at its end is no row."""
    rows = [tuple(row) for row in _rows(nfc(text).replace("\x00", ""))]
    if rows and rows[-1] == ("",):
        rows.pop()
    width = max((len(row) for row in rows), default=0)
    return tuple((*row, *[""] * (width - len(row))) for row in rows)


def _rows(text: str) -> Iterator[list[str]]:
    row: list[str] = []
    place = 0
    while True:
        cell, place = _cell(text, place)
        row.append(cell)
        if place < len(text) and text[place] == "\t":
            place += 1
            continue
        yield row
        row = []
        if place >= len(text):
            return
        place += 2 if text.startswith("\r\n", place) else 1


def _cell(text: str, place: int) -> tuple[str, int]:
    """The cell that begins there, and where it ends. A quote that is never closed is an ordinary letter."""
    if place < len(text) and text[place] == '"':
        found = _in_quotes(text, place)
        if found is not None:
            return found
    end = place
    while end < len(text) and text[end] not in "\t\r\n":
        end += 1
    return text[place:end], end


def _in_quotes(text: str, place: int) -> tuple[str, int] | None:
    end = place + 1
    while True:
        end = text.find('"', end)
        if end < 0:
            return None
        if text.startswith('""', end):
            end += 2
            continue
        closed = end + 1
        if closed < len(text) and text[closed] not in "\t\r\n":
            return None
        return text[place + 1 : end].replace('""', '"'), closed
