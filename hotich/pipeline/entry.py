"""What the clerk does to a record: see it, confirm its fields, hand it over."""

from __future__ import annotations

from collections.abc import Iterable

from hotich import workflow
from hotich.errors import PolicyError
from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.normal import NormalContext, Normalised, normalise
from hotich.pipeline.acting import act_on
from hotich.pipeline.entry_view import EntryView, FieldRow, FieldStatus, entry_view
from hotich.pipeline.lookup import book_of, record_of
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import (
    Actor,
    FieldState,
    FieldValue,
    Finding,
    Origin,
    Reading,
    Record,
    Region,
    Severity,
)

__all__ = [
    "EntryView",
    "FieldRow",
    "FieldStatus",
    "accept",
    "accept_above",
    "accept_finding",
    "confirm",
    "entry_view",
    "move_region",
    "neighbour",
    "submit",
    "void_record",
]


def confirm(
    workspace: Workspace,
    record_id: str,
    field_id: str,
    text: str,
    actor: Actor,
    state: FieldState = FieldState.VALUE,
) -> workflow.Action:
    """The action that keeps what a person says of one field; on disk when this returns.

    An empty text with state VALUE means BLANK. The letters are kept as typed (NFC, outer spaces off); the normal form
    stands beside them.
    """
    record = record_of(workspace, record_id)
    value = _value(workspace, record, field_id, text, state)
    return act_on(workspace, record, workflow.FieldsConfirmed((value,)), actor)


def accept(
    workspace: Workspace, record_id: str, field_id: str, actor: Actor, *, language: Language = Language.VIETNAMESE
) -> workflow.Action:
    """The action that confirms the suggestion shown in the field. Raises PolicyError when none is shown."""
    view = entry_view(workspace, record_id, language=language)
    row = view.row(field_id)
    if not row.has_suggestion:
        raise PolicyError("policy-nothing-to-accept", label=row.label)
    return act_on(workspace, view.record, workflow.FieldsConfirmed((_accepted(workspace, view, row),)), actor)


def accept_above(workspace: Workspace, record_id: str, threshold: float, actor: Actor) -> workflow.Action | None:
    """The action that confirms every suggestion at least that certain, undone as one; None when there is none."""
    view = entry_view(workspace, record_id)
    rows = [row for row in view.rows if row.has_suggestion and row.confidence >= threshold]
    if not rows:
        return None
    values = tuple(_accepted(workspace, view, row) for row in rows)
    return act_on(workspace, view.record, workflow.FieldsConfirmed(values), actor)


def move_region(workspace: Workspace, record_id: str, region: Region, actor: Actor) -> workflow.Action:
    """The action that moves one box of a record to where a person put it."""
    record = record_of(workspace, record_id)
    return act_on(workspace, record, workflow.RegionsMoved((region,)), actor)


def void_record(workspace: Workspace, record_id: str, reason: str, actor: Actor) -> workflow.Action:
    """The action that says that the entry holds no record. Raises PolicyError without a reason."""
    if not reason.strip():
        raise PolicyError("policy-reason-needed")
    record = record_of(workspace, record_id)
    return act_on(workspace, record, workflow.RecordVoided(squeeze(nfc(reason))), actor)


def accept_finding(
    workspace: Workspace, record_id: str, finding: Finding, reason: str, actor: Actor
) -> workflow.Action:
    """The action that lets a warning stand. Raises PolicyError without a reason, or where the error must be mended."""
    if not finding.overridable:
        raise PolicyError("policy-finding-stands", message=finding.message)
    if not reason.strip():
        raise PolicyError("policy-reason-needed-for-warning")
    record = record_of(workspace, record_id)
    event = workflow.FindingAccepted(finding.rule_id, finding.fields, squeeze(nfc(reason)))
    return act_on(workspace, record, event, actor)


def submit(
    workspace: Workspace, record_id: str, actor: Actor, *, language: Language = Language.VIETNAMESE
) -> workflow.Action:
    """The action that hands the record to the reviewer.

    Raises PolicyError naming the fields still open, or the errors still standing: a suggestion is not a value.
    """
    view = entry_view(workspace, record_id, language=language)
    if open_rows := view.open_rows:
        raise PolicyError("policy-fields-open", count=len(open_rows), labels=_listed(row.label for row in open_rows))
    if errors := [finding for finding in view.findings if finding.severity is Severity.ERROR]:
        raise PolicyError("policy-errors-open", count=len(errors), messages=_listed(f.message for f in errors))
    return act_on(workspace, view.record, workflow.Submitted(), actor)


def neighbour(workspace: Workspace, record_id: str, step: int = 1) -> str | None:
    """The id of the record that many places on in the book, or None at its ends."""
    record = record_of(workspace, record_id)
    ids = workspace.record_ids(record.book_id)
    place = ids.index(record_id) + step
    return ids[place] if 0 <= place < len(ids) else None


def _listed(texts: Iterable[str], at_most: int = 4) -> str:
    told = list(texts)
    more = f" … (+{len(told) - at_most})" if len(told) > at_most else ""
    return "; ".join(told[:at_most]) + more


def _value(workspace: Workspace, record: Record, field_id: str, text: str, state: FieldState) -> FieldValue:
    written = squeeze(nfc(text))
    if state is FieldState.BLANK or (state is FieldState.VALUE and not written):
        return FieldValue(field_id, "", "", FieldState.BLANK)
    known = _normal(workspace, record, field_id, written)
    if state is FieldState.UNREADABLE:
        return FieldValue(field_id, written, "", FieldState.UNREADABLE)
    entry = record.fields.get(field_id)
    origin = _origin(entry.reading if entry is not None else None, written)
    return FieldValue(field_id, written, known.normal, FieldState.VALUE, origin)


def _origin(reading: Reading | None, written: str) -> Origin:
    if reading is None:
        return Origin.TYPED
    if written == reading.text:
        return Origin.READING
    return Origin.ALTERNATIVE if any(written == other.text for other in reading.alternatives) else Origin.TYPED


def _normal(workspace: Workspace, record: Record, field_id: str, written: str) -> Normalised:
    book = book_of(workspace, record.book_id)
    spec = load_catalogue().records[book.record_type].field(field_id)
    context = NormalContext(book=book, above=normal_above(workspace, record, field_id), year=_year(record, book.year))
    return normalise(spec, written, context)


def normal_above(workspace: Workspace, record: Record, field_id: str) -> str:
    """The normal form of that field in the record before this one: confirmed, else as read; '' at the book's start."""
    before = neighbour(workspace, record.record_id, -1)
    if before is None:
        return ""
    entry = record_of(workspace, before).fields.get(field_id)
    if entry is None:
        return ""
    if entry.value is not None:
        return entry.value.normal
    return entry.reading.normal if entry.reading is not None else ""


def _year(record: Record, book_year: int) -> int:
    """The year in which the record was registered, as far as confirmed; else the book's."""
    date = record.normal("ngayDangKy")
    return int(date[-4:]) if date[-4:].isdigit() else book_year


def _accepted(workspace: Workspace, view: EntryView, row: FieldRow) -> FieldValue:
    if row.origin is Origin.BOOK:
        normal = _normal(workspace, view.record, row.field.id, row.text).normal
        return FieldValue(row.field.id, row.text, normal, FieldState.VALUE, Origin.BOOK)
    if row.reading is not None and row.reading.ditto:
        normal = normal_above(workspace, view.record, row.field.id)
        return FieldValue(row.field.id, row.reading.text, normal, FieldState.VALUE, Origin.READING)
    normal = row.reading.normal if row.reading is not None else ""
    return FieldValue(row.field.id, row.text, normal, FieldState.VALUE, Origin.READING)
