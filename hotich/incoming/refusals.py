"""What the importer did not take, as a sheet, as JSON or as text that somebody pasted: one refusal for each reason."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Final, TypeAlias

import msgspec

from hotich.errors import InputError
from hotich.forms.loader import load_catalogue
from hotich.incoming.cells import cell_text, plain_text, tidy
from hotich.incoming.fields_told import field_told, names_a_field
from hotich.incoming.headers import (
    CODE,
    DOCUMENT,
    FIELD,
    MESSAGE,
    ROW,
    Headings,
    find_headings,
    heading_key,
    known_headings,
    other_keys,
)
from hotich.incoming.refusal_text import read_text
from hotich.incoming.refused import RefusalFile, Refused, Unread
from hotich.incoming.sheets import Table, csv_rows, read_workbook, text_of
from hotich.text import nfc
from hotich.values import RecordType

__all__ = ["RefusalFile", "Refused", "Unread", "read_pasted", "read_refusals"]

PASTED: Final = "pasted"
LISTS: Final = ("refusals", "errors", "rejected", "data", "rows", "items", "result", "results", "records", "content")
"""Keys of a JSON object under which the list may stand."""

INNER: Final = ("errors", "errorlist", "messages", "details", "loi", "danhsachloi")
"""Keys of one refused record under which several reasons may stand."""

_ROW_DIGITS: Final = 7
"""A sheet has 1,048,576 rows at most."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


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
            rows = tuple(_of_table(table, headings, record_type))
            return RefusalFile(workbook.file_name, workbook.sha256, rows)
    raise InputError("incoming-no-reasons", file=path.name)


def read_pasted(text: str, record_type: RecordType) -> RefusalFile:
    """The refusals of a text that somebody pasted: lines, a piece of a sheet with its headings, or JSON."""
    # What is half a letter, as some programs cut them, cannot be kept.
    composed = nfc(text.encode("utf-8", errors="replace").decode("utf-8"))
    data = "\n".join(line.rstrip() for line in composed.strip().splitlines()).encode("utf-8")
    if composed.lstrip().startswith(("[", "{")):
        rows = _json(composed, record_type)
        if rows is not None:
            return _named(rows, PASTED, data)
    return _of_text(composed, PASTED, data, record_type)


def _named(rows: tuple[Refused, ...], name: str, data: bytes) -> RefusalFile:
    return RefusalFile(name, hashlib.sha256(data).hexdigest(), rows)


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
            return _named(tuple(_of_table(table, headings, record_type)), name, data)
    rows, unread = read_text(text, record_type)
    return RefusalFile(name, hashlib.sha256(data).hexdigest(), rows, unread)


def _of_table(table: Table, headings: Headings, record_type: RecordType) -> Iterator[Refused]:
    kinds = {field.id: field.kind for field in load_catalogue().records[record_type].fields}
    for offset, row in enumerate(table.rows[headings.first :]):
        texts = {}
        for column in headings.columns:
            cell = row[column.place] if column.place < len(row) else None
            if column.field_id and cell not in ("", None):
                kind = kinds.get(column.field_id)
                texts[column.field_id] = tidy(cell_text(cell, kind).text if kind else plain_text(cell))
        yield from _each(headings.first + offset + 1, texts, record_type)


def _each(place: int, texts: Mapping[str, str], record_type: RecordType) -> Iterator[Refused]:
    """One refusal for each reason that a row gives."""
    for reason in reasons_in(texts.get(MESSAGE, ""), record_type):
        named = texts.get(FIELD, "")
        row = texts.get(ROW, "")
        yield Refused(
            place=place,
            texts={name: text for name, text in texts.items() if not name.startswith("@")},
            text=reason,
            field_id=field_told(named, record_type) or field_told(reason, record_type),
            code=texts.get(CODE, ""),
            document=texts.get(DOCUMENT, ""),
            row=int(row) if row.isdecimal() and len(row) <= _ROW_DIGITS else 0,
        )


def reasons_in(message: str, record_type: RecordType) -> tuple[str, ...]:
    """The reasons in a message: its lines, or what stands between semicolons where each part names a column."""
    lines = [tidy(line) for line in message.splitlines() if line.strip()]
    found: list[str] = []
    for line in lines:
        parts = [part.strip() for part in line.split(";") if part.strip()]
        found += parts if len(parts) > 1 and all(names_a_field(part, record_type) for part in parts) else [line]
    return tuple(found)


def _json_file(text: str, path: Path, record_type: RecordType) -> tuple[Refused, ...] | None:
    found = _json(text, record_type)
    if found is None:
        raise InputError("incoming-not-json", file=path.name)
    return found


def _json(text: str, record_type: RecordType) -> tuple[Refused, ...] | None:
    """The refusals of a JSON text, or None where it is no list of objects or sentences."""
    try:
        read: Json = msgspec.json.decode(text.encode("utf-8"))
    except (msgspec.DecodeError, RecursionError):
        return None
    rows = _list_in(read)
    if rows is None:
        return None
    found: list[Refused] = []
    for place, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            for texts in _texts_of(row, record_type):
                found += _each(place, texts, record_type)
        elif isinstance(row, str):
            told, _ = read_text(row, record_type)
            found += (msgspec.structs.replace(each, place=place) for each in told)
    return tuple(found)


def _list_in(read: Json) -> Sequence[Json] | None:
    if isinstance(read, list):
        return read
    if isinstance(read, dict):
        by_key = {key.casefold(): value for key, value in read.items()}
        for key in LISTS:
            inner = _list_in(by_key[key]) if isinstance(by_key.get(key), list | dict) else None
            if inner is not None:
                return inner
    return None


def _texts_of(row: Mapping[str, Json], record_type: RecordType) -> Iterator[dict[str, str]]:
    """The texts of one object by field id, once for each reason that it lists."""
    own: dict[str, str] = {}
    inner: list[Json] = []
    for key, value in row.items():
        if isinstance(value, list) and heading_key(key).replace(" ", "") in INNER:
            inner += value
        elif isinstance(value, dict):
            own.update(_plain(value, record_type))
        else:
            own.update(_plain({key: value}, record_type))
    for each in inner:
        told = _plain(each, record_type) if isinstance(each, dict) else {MESSAGE: _said(each)}
        yield {**own, **told}
    if not inner:
        yield own


def _plain(row: Mapping[str, Json], record_type: RecordType) -> dict[str, str]:
    known = _json_keys(record_type)
    found: dict[str, str] = {}
    for key, value in row.items():
        field_id = known.get(heading_key(key).replace(" ", ""))
        if field_id and (text := _said(value)):
            found.setdefault(field_id, text)
    return found


def _said(value: Json) -> str:
    if isinstance(value, list):
        return "\n".join(filter(None, map(_said, value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None or isinstance(value, dict) else str(value).strip()


@cache
def _json_keys(record_type: RecordType) -> dict[str, str]:
    """Field ids by the keys of JSON objects: headings of sheets, and what programs call them."""
    known = {key.replace(" ", ""): field_id for key, (field_id, _) in known_headings(record_type).items()}
    return {**known, **other_keys(record_type)}
