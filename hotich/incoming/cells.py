"""A cell as the text that somebody keyed, and what the sheet did to it on its own: told, never silently mended."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final

import msgspec

from hotich.forms.formspec import FieldKind
from hotich.incoming.sheets import Cell
from hotich.text import nfc, squeeze

SERIAL_ZERO: Final = date(1899, 12, 30)
"""Day 0 of a sheet's calendar, for dates from March 1900 on."""

FIRST_SERIAL, LAST_SERIAL = 2101, 55_000
"""Numbers between are days (1905 to 2050); up to the first one they are years."""

ID_LENGTHS: Final = {11: 12, 8: 9}
"""Digits of an identity number that lost its zero, and what it should have: citizens' cards have 12, older ones 9."""

EXACT: Final = 2**53
"""From here a sheet no longer keeps every digit of a number."""


class CellNote(StrEnum):
    """What happened to a value in the sheet."""

    FROM_SERIAL = "from-serial"
    """The cell held a count of days without the look of a date."""
    WAS_DATE = "was-date"
    """A number such as 05/2018 had become the date 1 May 2018."""
    ZERO_LOST = "zero-lost"
    DIGITS_LOST = "digits-lost"


class CellText(msgspec.Struct, frozen=True):
    """What a cell says, in Unicode where it was so, and what the sheet did to it."""

    text: str
    note: CellNote | None = None


def plain_text(cell: Cell) -> str:
    """The cell as text, whatever it holds; white space and letters as they are."""
    if cell is None or isinstance(cell, str):
        return cell or ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, datetime):
        return _day(cell.date()) if not (cell.hour or cell.minute) else f"{_day(cell.date())} {cell:%H:%M}"
    if isinstance(cell, date):
        return _day(cell)
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, timedelta):
        minutes = round(cell.total_seconds() / 60)
        return f"{minutes // 60:02}:{minutes % 60:02}"
    return str(int(cell)) if float(cell).is_integer() else repr(cell)


def cell_text(cell: Cell, kind: FieldKind) -> CellText:
    """What the cell says in a field of that kind. Text is only freed of outer blanks: it may yet have to be decoded."""
    if isinstance(cell, str) or cell is None:
        return CellText((cell or "").strip(" \t\r\n"))
    if kind in (FieldKind.ENTRY_NUMBER, FieldKind.BOOK_NUMBER) and isinstance(cell, date):
        # 05/2018 becomes the first of May; of any other day the sheet has made something that cannot be told back.
        text = f"{cell.month:02}/{cell.year}" if cell.day == 1 else plain_text(cell)
        return CellText(text, CellNote.WAS_DATE)
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _number(cell, kind)
    return CellText(plain_text(cell))


def _number(value: float, kind: FieldKind) -> CellText:
    if kind is FieldKind.DATE:
        return _date_number(value)
    if kind is FieldKind.TIME and 0 <= value < 1:
        minutes = round(value * 24 * 60)
        return CellText(f"{minutes // 60:02}:{minutes % 60:02}")
    text = plain_text(value)
    if abs(value) >= EXACT:
        return CellText(text, CellNote.DIGITS_LOST)
    if kind is FieldKind.ID_NUMBER and text.isdecimal() and len(text) in ID_LENGTHS:
        return CellText(text, CellNote.ZERO_LOST)
    return CellText(text)


def _date_number(value: float) -> CellText:
    """A year, a count of days, or figures keyed without dots whose first zero the sheet dropped."""
    text = plain_text(value)
    if not text.isdecimal() and not math.isfinite(value):
        return CellText(text)
    if not text.isdecimal():
        whole = int(value)
        return CellText(_day(_of_serial(whole)), CellNote.FROM_SERIAL) if _is_serial(whole) else CellText(text)
    if len(text) in (7, 8):
        figures = text.zfill(8)
        lost = CellNote.ZERO_LOST if len(text) == 7 else None
        return CellText(f"{figures[:2]}.{figures[2:4]}.{figures[4:]}", lost)
    if len(text) == 6:
        return CellText(f"{text[:2]}.{text[2:]}")
    if _is_serial(int(text)):
        return CellText(_day(_of_serial(int(text))), CellNote.FROM_SERIAL)
    return CellText(text)


def _is_serial(value: int) -> bool:
    return FIRST_SERIAL <= value <= LAST_SERIAL


def _of_serial(days: int) -> date:
    return SERIAL_ZERO + timedelta(days=days)


def _day(day: date) -> str:
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def tidy(text: str) -> str:
    """Decoded text as it is kept: NFC, blanks squeezed."""
    return squeeze(nfc(text))
