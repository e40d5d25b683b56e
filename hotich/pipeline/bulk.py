"""Confirming fields of many records by one key: one action a record, all of them one step for undo."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from uuid import uuid4

import msgspec

from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.pipeline.cells import OPEN_STATUS, entry_of
from hotich.pipeline.lookup import book_of
from hotich.store import Workspace
from hotich.text import is_ditto, nfc, squeeze
from hotich.values import Actor, Book, FieldState, FieldValue, Origin, Record
from hotich.workflow import Action, Draft, FieldsConfirmed, Way

REGISTERED = "ngayDangKy"
"""The date of registration: ages and short years are counted from its year."""


class Change(msgspec.Struct, frozen=True):
    """What a person says of one field of one record. Without an origin it is found: as read, another reading, typed."""

    record_id: str
    field_id: str
    text: str
    state: FieldState = FieldState.VALUE
    origin: Origin | None = None


class Outcome(msgspec.Struct, frozen=True):
    """What was written, and the records that were left alone because they were handed over, approved or void."""

    actions: tuple[Action, ...] = ()
    values: int = 0
    left_out: tuple[str, ...] = ()


def write_changes(workspace: Workspace, changes: Sequence[Change], actor: Actor, way: Way) -> Outcome:
    """What became of the changes; all on disk in one transaction when this returns, and one step for undo.

    What stands there already is not written again. Raises PolicyError when the actor may not confirm, StoreError.
    """
    writer = _Writer(workspace)
    drafts: list[Draft] = []
    left_out: list[str] = []
    step = uuid4().hex
    for record_id, mine in _by_record(workspace, changes).items():
        record = workspace.record(record_id)
        if record is None or record.status not in OPEN_STATUS:
            left_out.append(record_id)
        elif values := writer.values(record, mine):
            event = FieldsConfirmed(values, way, step)
            drafts.append(Draft(record.book_id, event, actor, record_id, record.page_id))
    actions = workspace.append(*drafts) if drafts else ()
    values_written = sum(len(action.event.values) for action in actions if isinstance(action.event, FieldsConfirmed))
    return Outcome(actions, values_written, tuple(left_out))


def _by_record(workspace: Workspace, changes: Sequence[Change]) -> dict[str, list[Change]]:
    """The changes of each record, in page order where a ditto mark leans on the record above."""
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.record_id, []).append(change)
    if any(is_ditto(change.text) for change in changes):
        first = workspace.record(next(iter(found)))
        ids = workspace.record_ids(first.book_id) if first is not None else ()
        place = {record_id: number for number, record_id in enumerate(ids)}
        found = dict(sorted(found.items(), key=lambda item: place.get(item[0], 0)))
    return found


class _Writer:
    """Makes the values of one step; what it made already counts for the records below."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._books: dict[str, Book] = {}
        self._ids: dict[str, dict[str, str]] = {}
        self._made: dict[tuple[str, str], FieldValue] = {}

    def values(self, record: Record, changes: Sequence[Change]) -> tuple[FieldValue, ...]:
        """What is new in one record."""
        # The date first: what the other fields mean may hang on its year.
        for change in sorted(changes, key=lambda change: change.field_id != REGISTERED):
            value = self._value(record, change)
            self._made[record.record_id, change.field_id] = value
        mine = (self._made[record.record_id, change.field_id] for change in changes)
        fresh = {value.field_id: value for value in mine if not same(entry_of(record, value.field_id).value, value)}
        return tuple(fresh.values())

    def _value(self, record: Record, change: Change) -> FieldValue:
        written = squeeze(nfc(change.text))
        if change.state is FieldState.BLANK or (change.state is FieldState.VALUE and not written):
            return FieldValue(change.field_id, "", "", FieldState.BLANK)
        if change.state is FieldState.UNREADABLE:
            return FieldValue(change.field_id, written, "", FieldState.UNREADABLE)
        book = self._book(record.book_id)
        spec = load_catalogue().records[book.record_type].field(change.field_id)
        above = self._above(record, change.field_id) if is_ditto(written) else ""
        normal = normalise(spec, written, NormalContext(book, above, self._year(record, book))).normal
        return FieldValue(change.field_id, written, normal, FieldState.VALUE, change.origin or _origin(record, change))

    def _year(self, record: Record, book: Book) -> int:
        """The year in which the record was registered, as far as known; else the book's."""
        made = self._made.get((record.record_id, REGISTERED))
        year = (made.normal if made is not None else record.normal(REGISTERED))[-4:]
        return int(year) if year.isdecimal() else book.year

    def _above(self, record: Record, field_id: str) -> str:
        """The normal form of that field in the record above: of this step, else confirmed, else as read."""
        above_id = self._before(record.book_id).get(record.record_id, "")
        if (above_id, field_id) in self._made:
            return self._made[above_id, field_id].normal
        above = self._workspace.record(above_id) if above_id else None
        if above is None:
            return ""
        entry = entry_of(above, field_id)
        if entry.value is not None:
            return entry.value.normal
        return entry.reading.normal if entry.reading is not None else ""

    def _before(self, book_id: str) -> dict[str, str]:
        """The record above each record of a book."""
        if book_id not in self._ids:
            self._ids[book_id] = {below: above for above, below in pairwise(self._workspace.record_ids(book_id))}
        return self._ids[book_id]

    def _book(self, book_id: str) -> Book:
        if book_id not in self._books:
            self._books[book_id] = book_of(self._workspace, book_id)
        return self._books[book_id]


def _origin(record: Record, change: Change) -> Origin:
    reading = entry_of(record, change.field_id).reading
    written = squeeze(nfc(change.text))
    if reading is None:
        return Origin.TYPED
    if written == reading.text:
        return Origin.READING
    return Origin.ALTERNATIVE if any(written == other.text for other in reading.alternatives) else Origin.TYPED


def same(old: FieldValue | None, new: FieldValue) -> bool:
    """Whether a person said just that already."""
    return old is not None and (old.as_written, old.normal, old.state) == (new.as_written, new.normal, new.state)
