"""How a sheet is going to be taken in: each column with its field and encoding, and its rows as texts in Unicode."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from hotich.forms.formspec import FieldKind, RecordSpec
from hotich.forms.loader import load_catalogue
from hotich.incoming.cells import CellNote, CellText, cell_text, tidy
from hotich.incoming.headers import Column, Headings, find_headings
from hotich.incoming.sheets import Cell, Table
from hotich.legacy_guess import SURE_SHARE, Guess, decode, guess
from hotich.legacy_text import Encoding, raise_initials, to_unicode
from hotich.values import RecordType

SAMPLES = 3
"""Rows shown before and after."""


FEW_CAPITALS = 0.1
"""Below this share of names with a capital nobody wrote capitals: the font did."""


class ColumnPlan(msgspec.Struct, frozen=True):
    """A column, the encoding its texts seem to be in, and how many of its cells hold something."""

    column: Column
    guess: Guess
    filled: int = 0
    backed: bool = False
    """Most of the sheet is in the same encoding."""

    @property
    def field_id(self) -> str:
        return self.column.field_id

    @property
    def encoding(self) -> Encoding:
        return self.guess.encoding

    @property
    def needs_word(self) -> bool:
        """Whether the figures leave the encoding open, and the rest of the sheet too: a person has to say which."""
        if self.guess.sure or (self.backed and self.guess.share >= SURE_SHARE and not self.guess.others):
            return False
        if self.encoding is not Encoding.UNICODE or self.guess.others:
            return True
        # As it stands it reads no better than otherwise; names that no encoding makes lawful are another matter.
        return self.guess.margin <= 0 and not self.backed


class SheetPlan(msgspec.Struct, frozen=True):
    """Everything that a person looks at and agrees to before a sheet is taken in."""

    record_type: RecordType
    table: Table
    headings: Headings
    columns: tuple[ColumnPlan, ...]

    @property
    def mapped(self) -> tuple[ColumnPlan, ...]:
        """The columns that hold a field."""
        return tuple(column for column in self.columns if column.field_id)

    def with_field(self, place: int, field_id: str) -> SheetPlan:
        """The plan with that column as that field; whichever column held the field before no longer does."""
        columns = []
        for plan in self.columns:
            if plan.column.place == place:
                plan = msgspec.structs.replace(plan, column=msgspec.structs.replace(plan.column, field_id=field_id))
            elif field_id and plan.field_id == field_id:
                plan = msgspec.structs.replace(plan, column=msgspec.structs.replace(plan.column, field_id=""))
            columns.append(plan)
        return msgspec.structs.replace(self, columns=tuple(columns))

    def with_encoding(self, place: int, encoding: Encoding) -> SheetPlan:
        """The plan with another encoding for that column, as a person chose it."""
        columns = tuple(
            msgspec.structs.replace(plan, guess=guess(_texts(self.table, self.headings, place), encoding))
            if plan.column.place == place
            else plan
            for plan in self.columns
        )
        return msgspec.structs.replace(self, columns=columns)


class Sample(msgspec.Struct, frozen=True):
    """One cell before and after; `row` counts as in the sheet, from 1."""

    row: int
    before: str
    after: str


class SheetValue(msgspec.Struct, frozen=True):
    """A cell in Unicode. Not `certain` where its column mixes encodings and either reading is lawful."""

    text: str
    note: CellNote | None = None
    certain: bool = True


class SheetRow(msgspec.Struct, frozen=True):
    """One row: its number as in the sheet, from 1, and its filled cells by field id."""

    number: int
    values: dict[str, SheetValue]

    def text(self, field_id: str) -> str:
        """The text of a field, or ''."""
        value = self.values.get(field_id)
        return value.text if value is not None else ""


def plan_sheet(table: Table, record_type: RecordType, by_hand: Mapping[str, str] | None = None) -> SheetPlan:
    """The plan that a person starts from. A column whose fit is equal in several takes what the sheet is mostly in."""
    headings = find_headings(table, record_type, by_hand)
    texts = [tuple(_texts(table, headings, column.place)) for column in headings.columns]
    guesses = [guess(column) for column in texts]
    mostly = _mostly(guesses)
    names = {field.id for field in _spec(record_type).fields if field.kind is FieldKind.PERSON_NAME}
    columns = []
    for column, first, own in zip(headings.columns, guesses, texts, strict=True):
        found = _settled(first, mostly, own)
        if column.field_id in names and _is_without_capitals(found, own):
            found = guess(own, Encoding.TCVN3_CAPITALS)
        columns.append(_column(column, found, _filled(table, headings, column.place), mostly))
    return SheetPlan(record_type, table, headings, tuple(columns))


def _is_without_capitals(found: Guess, texts: Sequence[str]) -> bool:
    """Whether names in TCVN3 have no capitals: they stood in a font of capitals, as a rule (a person is asked)."""
    if found.encoding is not Encoding.TCVN3:
        return False
    read = [to_unicode(text, Encoding.TCVN3) for text in texts]
    with_capitals = sum(text != text.lower() for text in read)
    return with_capitals < FEW_CAPITALS * len(texts)


def _column(column: Column, found: Guess, filled: int, mostly: Encoding | None) -> ColumnPlan:
    return ColumnPlan(column, found, filled, backed=found.encoding is mostly)


def _texts(table: Table, headings: Headings, place: int) -> Iterator[str]:
    for row in table.rows[headings.first :]:
        cell = row[place] if place < len(row) else None
        if isinstance(cell, str) and cell:
            yield cell


def _filled(table: Table, headings: Headings, place: int) -> int:
    return sum(place < len(row) and row[place] not in ("", None) for row in table.rows[headings.first :])


def _mostly(guesses: Sequence[Guess]) -> Encoding | None:
    """The encoding of most columns that leave no doubt."""
    sure = Counter(found.encoding for found in guesses if found.sure and not found.plain)
    return sure.most_common(1)[0][0] if sure else None


def _settled(found: Guess, mostly: Encoding | None, texts: Iterable[str]) -> Guess:
    """The guess; one whose fit is equal in several takes what most of the sheet is in."""
    if mostly is None or found.sure or found.plain or found.shares.get(mostly, 0.0) < found.share:
        return found
    return guess(texts, mostly)


def samples(plan: SheetPlan, place: int) -> tuple[Sample, ...]:
    """Up to three rows of a column before and after, those first in which something changes."""
    column = next(each for each in plan.columns if each.column.place == place)
    changed: list[Sample] = []
    same: list[Sample] = []
    seen: set[str] = set()
    for offset, row in enumerate(plan.table.rows[plan.headings.first :]):
        cell = row[place] if place < len(row) else None
        if cell in ("", None):
            continue
        told = _cell_text(cell, column.field_id, plan)
        if told.text in seen:
            continue
        seen.add(told.text)
        after = _tidy(decode(told.text, column.guess).text, _kind(column.field_id, plan), column)
        sample = Sample(plan.headings.first + offset + 1, told.text, after)
        (changed if after != told.text else same).append(sample)
        if len(changed) == SAMPLES or len(seen) > 2000:
            break
    return tuple(sorted((*changed, *same)[:SAMPLES], key=lambda sample: sample.row))


def rows_of(plan: SheetPlan) -> Iterator[SheetRow]:
    """The filled rows of the sheet in Unicode."""
    columns = [(column, _kind(column.field_id, plan)) for column in plan.mapped]
    for offset, row in enumerate(plan.table.rows[plan.headings.first :]):
        values = {}
        for column, kind in columns:
            cell = row[column.column.place] if column.column.place < len(row) else None
            if cell not in ("", None) and (value := _value(cell, kind, column)).text:
                values[column.field_id] = value
        if values:
            yield SheetRow(plan.headings.first + offset + 1, values)


def _value(cell: Cell, kind: FieldKind, column: ColumnPlan) -> SheetValue:
    told = cell_text(cell, kind)
    if column.guess.plain and told.text.isascii():
        return SheetValue(tidy(told.text), told.note)
    decoded = decode(told.text, column.guess)
    return SheetValue(_tidy(decoded.text, kind, column), told.note, decoded.certain)


def _tidy(text: str, kind: FieldKind, column: ColumnPlan) -> str:
    """The decoded text as it is kept."""
    tidied = tidy(text)
    named = kind is FieldKind.PERSON_NAME and column.encoding is Encoding.TCVN3
    return raise_initials(tidied) if named else tidied


def _cell_text(cell: Cell, field_id: str, plan: SheetPlan) -> CellText:
    return cell_text(cell, _kind(field_id, plan))


def _kind(field_id: str, plan: SheetPlan) -> FieldKind:
    """The kind of the field; text for what is none."""
    spec = _spec(plan.record_type)
    return next((field.kind for field in spec.fields if field.id == field_id), FieldKind.TEXT)


def _spec(record_type: RecordType) -> RecordSpec:
    return load_catalogue().records[record_type]
