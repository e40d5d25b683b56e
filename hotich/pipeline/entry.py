"""What the clerk does to a record: see it, confirm its fields, hand it over."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import takewhile

import msgspec

from hotich import workflow
from hotich.errors import PolicyError
from hotich.folding import in_force
from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.normal import Normalised
from hotich.pipeline.acting import act_on, draft_of, new_step
from hotich.pipeline.checking import foreseen
from hotich.pipeline.entry_view import (
    EntryView,
    FieldRow,
    FieldStatus,
    entry_view,
    normal_form,
    normal_of,
    suggested_value,
)
from hotich.pipeline.lookup import book_of, record_of
from hotich.pipeline.offers import OfferContext, shared_values, sticky_fields
from hotich.store import Workspace
from hotich.text import is_ditto, nfc, squeeze
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
    Status,
)

__all__ = [
    "EntryView",
    "FieldRow",
    "FieldStatus",
    "accept",
    "accept_above",
    "accept_finding",
    "accept_row",
    "accept_unlikely",
    "came_back_untouched",
    "confirm",
    "entry_view",
    "is_as_shown",
    "is_suggestion",
    "move_region",
    "neighbour",
    "same_as_above",
    "shared_from_above",
    "speaks_against",
    "submit",
    "understood",
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
    workspace: Workspace,
    record_id: str,
    field_id: str,
    actor: Actor,
    *,
    seen: str | None = None,
    language: Language = Language.VIETNAMESE,
) -> workflow.Action:
    """The action that confirms the suggestion of the field; `seen` is the text that somebody was shown of it.

    Raises PolicyError when there is none, and when it is no longer the one that was seen.
    """
    view = entry_view(workspace, record_id, language=language)
    row = view.row(field_id)
    if seen is not None and row.has_suggestion and row.text != seen:
        raise PolicyError("policy-suggestion-changed", label=row.label, now=row.text)
    return accept_row(workspace, view, row, actor)


def is_as_shown(workspace: Workspace, view: EntryView, row: FieldRow) -> bool:
    """Whether the field still is what the row shows: nobody said anything of it, and it was not read again."""
    entry = record_of(workspace, view.record.record_id).fields.get(row.field.id)
    if entry is None:
        return row.value is None and row.reading is None
    return (entry.value, entry.reading) == (row.value, row.reading)


def accept_row(workspace: Workspace, view: EntryView, row: FieldRow, actor: Actor) -> workflow.Action:
    """The action that confirms the suggestion of that row as it was shown.

    Raises PolicyError when none is shown, when it was read otherwise meanwhile, and where the rules speak against it:
    then `accept_unlikely` is needed.
    """
    if not row.has_suggestion:
        raise PolicyError("policy-nothing-to-accept", label=row.label)
    if not is_as_shown(workspace, view, row):
        now = entry_view(workspace, view.record.record_id).row(row.field.id).text
        raise PolicyError("policy-suggestion-changed", label=row.label, now=now)
    if row.foreseen:
        raise PolicyError("policy-looks-unlikely", label=row.label, message=row.foreseen[0].message)
    values = (_accepted(workspace, view, row),)
    return act_on(workspace, view.record, workflow.FieldsConfirmed(values), actor)


def accept_unlikely(
    workspace: Workspace, view: EntryView, row: FieldRow, reason: str, actor: Actor
) -> tuple[workflow.Action, ...]:
    """The actions that confirm a suggestion against which the rules speak, with the reason for ever beside it.

    Warnings that may stand are let stand by the same word. Raises PolicyError without a reason or a suggestion.
    """
    if not row.has_suggestion:
        raise PolicyError("policy-nothing-to-accept", label=row.label)
    if not reason.strip():
        raise PolicyError("policy-reason-needed")
    note, record = squeeze(nfc(reason)), view.record
    values = (_accepted(workspace, view, row),)
    said = {field_id for field_id, entry in record.fields.items() if entry.value is not None} | {row.field.id}
    step = new_step()
    events: list[workflow.AnyEvent] = [workflow.FieldsConfirmed(values, step=step, note=note)]
    for finding in row.foreseen:
        if finding.overridable and set(finding.fields) <= said:
            events.append(workflow.FindingAccepted(finding.rule_id, finding.fields, note, step))
    return workspace.append(*(draft_of(record, event, actor) for event in events))


def speaks_against(
    workspace: Workspace, view: EntryView, row: FieldRow, text: str, language: Language = Language.VIETNAMESE
) -> tuple[Finding, ...]:
    """What the rules would say of a typed text, by the same measure as of a suggestion: errors, figures against words.

    What they say already of the value that stands there is not said again.
    """
    value = _value(workspace, view.record, row.field.id, text, FieldState.VALUE)
    if value.state is not FieldState.VALUE:
        return ()
    bare = _without(view.record, row.field.id)
    known = {finding.rule_id for finding in row.findings}
    found = foreseen(bare, view.book, {row.field.id: value}, language)
    return tuple(finding for finding in found if finding.rule_id not in known)


def is_suggestion(workspace: Workspace, view: EntryView, row: FieldRow, text: str) -> bool:
    """Whether a typed text says what the suggestion of the row says, in the same letters or the same normal form."""
    if not row.has_suggestion or row.suggests_blank:
        return False
    typed, shown = (_value(workspace, view.record, row.field.id, said, FieldState.VALUE) for said in (text, row.text))
    return typed.as_written == shown.as_written or (bool(typed.normal) and typed.normal == shown.normal)


def _without(record: Record, field_id: str) -> Record:
    """The record as if nobody had said anything of that field."""
    fields = {name: entry for name, entry in record.fields.items() if name != field_id}
    return msgspec.structs.replace(record, fields=fields)


def accept_above(
    workspace: Workspace, record_id: str, threshold: float, actor: Actor, shown: EntryView | None = None
) -> workflow.Action | None:
    """The action that confirms every suggestion at least that certain, marked as confirmed together and undone as one.

    Suggestions against which the rules speak, or that were read otherwise meanwhile, are left out. None when there is
    nothing to confirm.
    """
    view = shown if shown is not None else entry_view(workspace, record_id)
    rows = [row for row in view.rows if row.has_suggestion and row.confidence >= threshold and not row.foreseen]
    rows = [row for row in rows if is_as_shown(workspace, view, row)]
    if not rows:
        return None
    values = tuple(_accepted(workspace, view, row) for row in rows)
    return act_on(workspace, view.record, workflow.FieldsConfirmed(values, way=workflow.Way.TOGETHER), actor)


def same_as_above(workspace: Workspace, record_id: str, field_id: str, actor: Actor) -> workflow.Action:
    """The action that confirms in a field what was confirmed there in the record above.

    Raises PolicyError when nothing was."""
    record = record_of(workspace, record_id)
    above = _above(workspace, record)
    entry = above.fields.get(field_id) if above is not None else None
    if entry is None or entry.value is None:
        raise PolicyError("policy-nothing-above")
    return act_on(workspace, record, workflow.FieldsConfirmed((_copy(entry.value),)), actor)


def shared_from_above(workspace: Workspace, record_id: str, actor: Actor) -> workflow.Action:
    """The action that confirms the open shared fields as in the record above, undone as one.

    Raises PolicyError when nothing is left to copy."""
    record = record_of(workspace, record_id)
    book, above = book_of(workspace, record.book_id), _above(workspace, record)
    catalogue = load_catalogue()
    spec, form = catalogue.records[book.record_type], catalogue.forms[record.form_id]
    context = OfferContext(above, form, spec, sticky_fields(workspace, book.book_id, spec))
    values = shared_values(above, record, context) if above is not None else ()
    if not values:
        raise PolicyError("policy-nothing-above")
    event = workflow.FieldsConfirmed(tuple(map(_copy, values)), way=workflow.Way.TOGETHER)
    return act_on(workspace, record, event, actor)


def _copy(value: FieldValue) -> FieldValue:
    """The value as confirmed above; a ditto mark there is copied as what it stands for."""
    written = value.normal if is_ditto(value.as_written) else value.as_written
    return msgspec.structs.replace(value, as_written=written, origin=Origin.COPIED)


def _above(workspace: Workspace, record: Record) -> Record | None:
    before = neighbour(workspace, record.record_id, -1)
    return record_of(workspace, before) if before is not None else None


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


def came_back_untouched(workspace: Workspace, record: Record) -> bool:
    """Whether the record was sent back to the clerk, and nothing that somebody did to it since holds."""
    if record.status is not Status.RETURNED:
        return False
    sent_back = (workflow.Returned, workflow.Refused)
    newest_first = reversed(in_force(workspace.actions(record_id=record.record_id)))
    since = takewhile(lambda action: not isinstance(action.event, sent_back), newest_first)
    return not any(isinstance(action.event, workflow.EDITING) for action in since)


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
    if state is FieldState.UNREADABLE:
        return FieldValue(field_id, written, "", FieldState.UNREADABLE)
    known = understood(workspace, record, field_id, written)
    entry = record.fields.get(field_id)
    origin = _origin(entry.reading if entry is not None else None, written)
    return FieldValue(field_id, written, known.normal, FieldState.VALUE, origin)


def _origin(reading: Reading | None, written: str) -> Origin:
    if reading is None:
        return Origin.TYPED
    if written == reading.text:
        return Origin.READING
    return Origin.ALTERNATIVE if any(written == other.text for other in reading.alternatives) else Origin.TYPED


def understood(workspace: Workspace, record: Record, field_id: str, written: str) -> Normalised:
    """The normal form that a text would get in a field of the record."""
    book = book_of(workspace, record.book_id)
    spec = load_catalogue().records[book.record_type].field(field_id)
    return normal_form(spec, written, record, book, _above(workspace, record))


def normal_above(workspace: Workspace, record: Record, field_id: str) -> str:
    """The normal form of that field in the record before this one: confirmed, else as read; '' at the book's start."""
    return normal_of(_above(workspace, record), field_id)


def _accepted(workspace: Workspace, view: EntryView, row: FieldRow) -> FieldValue:
    return suggested_value(row, view.record, view.book, _above(workspace, view.record))
