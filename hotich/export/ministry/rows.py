"""The rows of the import workbook: what really stands in each cell, all of it text."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from hotich.export.ministry.choices import Choices
from hotich.export.ministry.template import Column, Source, Template
from hotich.forms.formspec import RecordSpec
from hotich.text import nfc
from hotich.values import AcceptedFinding, MarginNote, Record

LONGEST_CELL = 32767
"""Letters that a cell of a workbook holds, as UTF-16 counts them."""

NOTES = "ghiChu"
_PAPER, _PAPER_NUMBER = "LoaiGiayToTuyThan", "SoGiayToTuyThan"
_CITIZEN_CARD = "4"
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")
"""Letters that XML cannot hold, and the way in which workbooks write them, which readers take differently."""

_ENGLISH_PART = re.compile(r" \([ -~]+\)$")


class MinistryRow(msgspec.Struct, frozen=True):
    """One record as it leaves: our columns with what stands in them, and the name of its PDF ('' where none fits)."""

    record_id: str
    number: int
    """Place in the workbook from 1."""
    cells: Mapping[str, str]
    pdf: str
    accepted: tuple[AcceptedFinding, ...] = ()


def cells_of(record: Record, spec: RecordSpec, choices: Choices) -> dict[str, str]:
    """Every column of the record type with the text that leaves: the confirmed normal form, '' where there is none."""
    cells = {field.id: cell_text(record.normal(field.id)) for field in spec.fields}
    if NOTES in cells and choices.margin_notes == "append":
        cells[NOTES] = with_margin_notes(cells[NOTES], record.margin_notes)
    if choices.kind_without_number:
        for kind, number in papers_of(spec):
            if not cells[number] and cells[kind] in ("", "0"):
                cells[kind] = choices.kind_without_number
    return cells


def papers_of(spec: RecordSpec) -> tuple[tuple[str, str], ...]:
    """The columns for kind and number of each identity paper."""
    ids = {field.id for field in spec.fields}
    kinds = (field.id for field in spec.fields if field.id.endswith(_PAPER))
    pairs = ((kind, kind.removesuffix(_PAPER) + _PAPER_NUMBER) for kind in kinds)
    return tuple(pair for pair in pairs if pair[1] in ids)


def cell_text(text: str) -> str:
    """The text as a cell keeps it: NFC, and one sign for the end of a line."""
    return nfc(text).replace("\r\n", "\n").replace("\r", "\n")


def with_margin_notes(written: str, notes: tuple[MarginNote, ...]) -> str:
    """The notes column with the margin notes that it does not hold yet; the template has no other place for them."""
    parts = [written] if written else []
    for note in notes:
        text = cell_text(note.text).strip()
        told = f"{note.date}: {text}" if note.date and note.date not in text else text
        if text and not any(text in part for part in parts):
            parts.append(told)
    return "; ".join(parts)


def is_writable(text: str) -> bool:
    """Whether every reader of a workbook gives the text back as it is."""
    return _UNWRITABLE.search(text) is None


def cell_length(text: str) -> int:
    """Letters as a workbook counts them: those beyond U+FFFF count two."""
    return len(text) + sum(letter > "\uffff" for letter in text)


def template_row(template: Template, row: MinistryRow) -> list[str]:
    """The row's texts in the order of the template's columns."""
    return [_text(column, row) for column in template.columns]


def _text(column: Column, row: MinistryRow) -> str:
    match column.source:
        case Source.FIELD:
            return row.cells.get(column.field_id, "")
        case Source.ROW_NUMBER:
            return str(row.number)
        case Source.NATIONALITY_NAME:
            return _ENGLISH_PART.sub("", row.cells.get(column.field_id, ""))
        case Source.PERSONAL_NUMBER:
            return _personal_number(column.field_id, row.cells)
        case Source.EMPTY | Source.UNKNOWN:
            return ""


def _personal_number(number_column: str, cells: Mapping[str, str]) -> str:
    number = cells.get(number_column, "")
    kind = cells.get(number_column.removesuffix(_PAPER_NUMBER) + _PAPER, "")
    return number if kind == _CITIZEN_CARD and len(number) == 12 and number.isdecimal() else ""
