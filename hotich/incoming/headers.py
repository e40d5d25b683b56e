"""Which column of a sheet is which field: by the code of the import template, by its Vietnamese label, or by hand."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib import resources
from typing import Final, TypeAlias

import msgspec

from hotich.forms.loader import load_catalogue
from hotich.incoming.sheets import Cell, Table
from hotich.legacy_guess import TRIED
from hotich.legacy_text import to_unicode
from hotich.text import fold
from hotich.values import RecordType

DOCUMENT: Final = "@document"
"""Stands for a field: the column with the file name of the record's document."""

ROW: Final = "@row"
"""The row of the workbook that left."""

RUNNING: Final = "@running"
"""A running number, which tells nothing."""

MESSAGE, FIELD, CODE = "@message", "@field", "@code"
"""In refusals: what the importer says, the column that it means, and its own code."""

LOOKED_AT: Final = 20
"""Rows from the top among which the headings are looked for: titles of sheets stand above them."""


class MatchedBy(StrEnum):
    """How a column was known: CODE of the template, LABEL of the field, HEADING in use, by HAND, or not at all."""

    CODE = "code"
    LABEL = "label"
    HEADING = "heading"
    HAND = "hand"
    NOTHING = ""


Known: TypeAlias = Mapping[str, tuple[str, MatchedBy]]
"""Field ids, and how they are known, by `heading_key`."""


class Column(msgspec.Struct, frozen=True):
    """A column: place from 0, heading as written, and the field that it holds, '' where none is known."""

    place: int
    heading: str
    field_id: str = ""
    by: MatchedBy = MatchedBy.NOTHING


class Headings(msgspec.Struct, frozen=True):
    """Where the headings stand (row from 0), the first row of data after them, and the columns."""

    row: int
    first: int
    columns: tuple[Column, ...]

    def place(self, field_id: str) -> int | None:
        """The place of the column with that field, or None."""
        return next((column.place for column in self.columns if column.field_id == field_id), None)


def heading_key(text: str) -> str:
    """What two headings are compared by: the first line, without marks, case and punctuation."""
    return fold(text.split("\n")[0].strip())


def find_headings(
    table: Table, record_type: RecordType, by_hand: Mapping[str, str] | None = None, *, refusals: bool = False
) -> Headings:
    """The headings of a table: the row among the first ones in which most columns are known, else its first filled row.

    `by_hand` gives field ids by `heading_key`, as a person mapped them before; '' there leaves a column out.
    """
    known = known_headings(record_type, refusals)
    rows = [_columns(row, known, by_hand or {}) for row in table.rows[:LOOKED_AT]]
    counts = [sum(bool(column.field_id) for column in columns) for columns in rows]
    best = max(range(len(rows)), key=lambda row: (counts[row], -row), default=0)
    if not rows or counts[best] == 0:
        best = next((place for place, row in enumerate(table.rows) if any(map(_text, row))), 0)
        return Headings(best, best + 1, _columns(table.rows[best], known, {}) if table.rows else ())
    first = best + 1
    while first < min(len(rows), best + 3) and _repeats(rows[first]):
        first += 1
    return Headings(best, first, rows[best])


def _repeats(columns: Sequence[Column]) -> bool:
    """Whether a row below the headings says them again, in words below codes."""
    filled = [column for column in columns if column.heading]
    return len(filled) > 1 and sum(bool(column.field_id) for column in filled) * 2 > len(filled)


def _columns(row: Sequence[Cell], known: Known, by_hand: Mapping[str, str]) -> tuple[Column, ...]:
    taken: set[str] = set()
    found = []
    for place, cell in enumerate(row):
        heading = _text(cell)
        field_id, by = _field_of(heading, known, by_hand)
        if field_id in taken:
            field_id, by = "", MatchedBy.NOTHING
        taken |= {field_id} - {""}
        found.append(Column(place, heading.split("\n")[0].strip(), field_id, by))
    return tuple(found)


def _text(cell: Cell) -> str:
    return cell.strip() if isinstance(cell, str) else ""


def _field_of(heading: str, known: Known, by_hand: Mapping[str, str]) -> tuple[str, MatchedBy]:
    """The field of a heading; one keyed in an old font is tried in every encoding."""
    if not heading:
        return "", MatchedBy.NOTHING
    first = heading.split("\n")[0].strip()
    keys = dict.fromkeys([heading_key(heading), *(heading_key(to_unicode(first, each)) for each in TRIED)])
    for key in keys:
        if key in by_hand:
            return by_hand[key], MatchedBy.HAND if by_hand[key] else MatchedBy.NOTHING
    return next((known[key] for key in keys if key in known), ("", MatchedBy.NOTHING))


@cache
def known_headings(record_type: RecordType, refusals: bool = True) -> Known:
    """Field ids by heading key, codes before labels before headings in use; with what stands only in refusals."""
    catalogue = load_catalogue()
    spec = catalogue.records[record_type]
    own = {field.id for field in spec.fields}
    found: dict[str, tuple[str, MatchedBy]] = {fold(field.id): (field.id, MatchedBy.CODE) for field in spec.fields}
    names = _names()
    if refusals:
        for name in ("message", "field", "code"):
            for text in names["refusals"][name]:
                found.setdefault(fold(text), (f"@{name}", MatchedBy.HEADING))
    for field in spec.fields:
        found.setdefault(fold(field.label), (field.id, MatchedBy.LABEL))
    for form in catalogue.forms_for(record_type):
        for zone in form.zones:
            if zone.label:
                found.setdefault(fold(zone.label), (zone.field_id, MatchedBy.LABEL))
    for part in ("headings", "refusals") if refusals else ("headings",):
        for name, texts in names[part].items():
            field_id = name if name in own else f"@{name}"
            if name in own or field_id in (DOCUMENT, ROW, RUNNING):
                for text in texts:
                    found.setdefault(fold(text), (field_id, MatchedBy.HEADING))
    found.pop("", None)
    return found


@cache
def _names() -> dict[str, dict[str, list[str]]]:
    text = (resources.files("hotich") / "incoming" / "columns.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)


@cache
def other_keys(record_type: RecordType) -> dict[str, str]:
    """Field ids, and what stands for one, by the names that programs give them, without blanks."""
    own = {field.id for field in load_catalogue().records[record_type].fields}
    found: dict[str, str] = {}
    for name, texts in _names()["refusals"].items():
        for text in texts:
            found.setdefault(fold(text).replace(" ", ""), name if name in own else f"@{name}")
    return found
