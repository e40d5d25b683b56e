"""Confirming fields of many records by one key: one action a record, all of them one step for undo."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

import msgspec

from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.pipeline.cells import OPEN_STATUS, entry_of
from hotich.pipeline.entry import normal_above
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
    drafts: list[Draft] = []
    left_out: list[str] = []
    step = uuid4().hex
    for record_id, mine in _by_record(changes).items():
        record = workspace.record(record_id)
        if record is None or record.status not in OPEN_STATUS:
            left_out.append(record_id)
        elif values := _values(workspace, record, mine):
            event = FieldsConfirmed(values, way, step)
            drafts.append(Draft(record.book_id, event, actor, record_id, record.page_id))
    actions = workspace.append(*drafts) if drafts else ()
    values_written = sum(len(action.event.values) for action in actions if isinstance(action.event, FieldsConfirmed))
    return Outcome(actions, values_written, tuple(left_out))


def _by_record(changes: Sequence[Change]) -> dict[str, list[Change]]:
    found: dict[str, list[Change]] = {}
    for change in changes:
        found.setdefault(change.record_id, []).append(change)
    return found


def _values(workspace: Workspace, record: Record, changes: Sequence[Change]) -> tuple[FieldValue, ...]:
    book = book_of(workspace, record.book_id)
    # The date first: what the other fields mean may hang on its year.
    ordered = sorted(changes, key=lambda change: change.field_id != REGISTERED)
    values: dict[str, FieldValue] = {}
    for change in ordered:
        registered = values[REGISTERED].normal if REGISTERED in values else record.normal(REGISTERED)
        value = _value(workspace, record, change, _context(book, registered))
        if not same(entry_of(record, change.field_id).value, value):
            values[change.field_id] = value
    return tuple(values.values())


def _context(book: Book, registered: str) -> NormalContext:
    year = registered[-4:]
    return NormalContext(book, year=int(year) if year.isdecimal() else book.year)


def _value(workspace: Workspace, record: Record, change: Change, context: NormalContext) -> FieldValue:
    written = squeeze(nfc(change.text))
    if change.state is FieldState.BLANK or (change.state is FieldState.VALUE and not written):
        return FieldValue(change.field_id, "", "", FieldState.BLANK)
    if change.state is FieldState.UNREADABLE:
        return FieldValue(change.field_id, written, "", FieldState.UNREADABLE)
    spec = load_catalogue().records[context.book.record_type].field(change.field_id)
    if is_ditto(written):
        # Looked up only here: finding the record above walks through the book.
        above = normal_above(workspace, record, change.field_id)
        context = msgspec.structs.replace(context, above=above)
    normal = normalise(spec, written, context).normal
    return FieldValue(change.field_id, written, normal, FieldState.VALUE, change.origin or _origin(record, change))


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
