"""What the importer did not take, as a sheet, as JSON or as text that somebody pasted: one refusal for each reason."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hotich.errors import InputError
from hotich.forms.formspec import FieldKind
from hotich.forms.loader import load_catalogue
from hotich.incoming.cells import cell_text, plain_text, tidy
from hotich.incoming.headers import MESSAGE, RUNNING, Headings, find_headings
from hotich.incoming.refusal_json import read_json
from hotich.incoming.refusal_rows import Told, reasons_in, without_silent
from hotich.incoming.refusal_text import announces, read_text
from hotich.incoming.refused import NOTHING_AT_ALL, RefusalFile, Refused, Unread
from hotich.incoming.sheets import Cell, Table, csv_rows, read_workbook, text_of
from hotich.text import nfc
from hotich.values import RecordType

__all__ = ["RefusalFile", "Refused", "Unread", "read_pasted", "read_refusals", "reasons_in"]

PASTED: Final = "pasted"


def read_refusals(path: Path, record_type: RecordType) -> RefusalFile:
    """The refusals of a file: .xlsx, .xls, .ods, .csv, .json or .txt. Raises InputError when there are none in it."""
    if path.suffix.lower() in (".json", ".txt"):
        data = _bytes_of(path)
        text = text_of(data)
        found = _json_file(text, path, record_type) if path.suffix.lower() == ".json" else None
        return _of_text(text, path.name, data, record_type) if found is None else _named(found, path.name, data)
    workbook = read_workbook(path)
    for table in workbook.tables:
        headings = find_headings(table, record_type, refusals=True)
        if headings.place(MESSAGE) is not None:
            told = _of_table(table, headings, record_type)
            return _file(told, workbook.file_name, workbook.sha256)
    raise InputError("incoming-no-reasons", file=path.name)


def read_pasted(text: str, record_type: RecordType) -> RefusalFile:
    """The refusals of a text that somebody pasted: lines, a piece of a sheet with its headings, or JSON.

    What is no refusal is listed as not understood; of an empty text that it is empty.
    """
    # What is half a letter, as some programs cut them, cannot be kept.
    composed = nfc(text.encode("utf-8", errors="replace").decode("utf-8"))
    data = "\n".join(line.rstrip() for line in composed.strip().splitlines()).encode("utf-8")
    if composed.lstrip().startswith(("[", "{")):
        told = read_json(composed, record_type)
        if told is not None:
            return _named(told, PASTED, data)
    return _of_text(composed, PASTED, data, record_type)


def _named(told: Told, name: str, data: bytes) -> RefusalFile:
    return _file(told, name, hashlib.sha256(data).hexdigest())


def _file(told: Told, name: str, sha256: str) -> RefusalFile:
    return RefusalFile(name, sha256, tuple(told.rows), tuple(told.unread), told.silent)


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError("incoming-cannot-open", file=path.name) from error


def _of_text(text: str, name: str, data: bytes, record_type: RecordType) -> RefusalFile:
    """A piece of a sheet where it has tabs and headings, else lines."""
    if "\t" in text:
        table = Table(name, csv_rows(text, "\t"))
        headings = find_headings(table, record_type, refusals=True)
        if headings.place(MESSAGE) is not None:
            return _named(_of_table(table, headings, record_type), name, data)
    rows, unread = read_text(text, record_type)
    return RefusalFile(name, hashlib.sha256(data).hexdigest(), rows, unread)


def _of_table(table: Table, headings: Headings, record_type: RecordType) -> Told:
    """What the rows below the headings tell; empty ones, and those that only count, are no rows."""
    kinds = {field.id: field.kind for field in load_catalogue().records[record_type].fields}
    told = Told([], [])
    for offset, row in enumerate(table.rows[headings.first :]):
        written = tidy(" | ".join(filter(None, map(plain_text, row))))
        texts = {}
        for column in headings.columns:
            cell = row[column.place] if column.place < len(row) else None
            if column.field_id and cell not in ("", None):
                texts[column.field_id] = _said(cell, column.field_id, kinds.get(column.field_id))
        if any(texts.get(name) for name in texts if name != RUNNING) or (written and not _only_counts(written, texts)):
            told.add(headings.first + offset + 1, texts, record_type, written)
    if not told.rows and not told.unread:
        told.unread.append(Unread(headings.row + 1, "", NOTHING_AT_ALL))
    return without_silent(told)


def _said(cell: Cell, field_id: str, kind: FieldKind | None) -> str:
    """What the cell says; a message keeps its lines, each of which is a reason."""
    text = cell_text(cell, kind).text if kind else plain_text(cell)
    return text if field_id == MESSAGE else tidy(text)


def _only_counts(written: str, texts: Mapping[str, str]) -> bool:
    """Whether a row has its running number alone, or the sum of the others."""
    return written == texts.get(RUNNING) or announces(written)


def _json_file(text: str, path: Path, record_type: RecordType) -> Told:
    found = read_json(text, record_type)
    if found is None:
        raise InputError("incoming-not-json", file=path.name)
    return found
