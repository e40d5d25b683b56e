"""The state of a record that follows from its actions: folded from them every time, never kept instead of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from hotich.values import (
    AcceptedFinding,
    Actor,
    FieldEntry,
    ImportedText,
    Question,
    Reading,
    Record,
    Refusal,
    Region,
    Status,
)
from hotich.workflow import (
    EDITING,
    REFUSED,
    Action,
    Approved,
    FieldsConfirmed,
    FindingAccepted,
    FormChanged,
    MarginNoteAdded,
    MarginNoteRemoved,
    QuestionAnswered,
    QuestionAsked,
    ReadingsMade,
    RecordOpened,
    RecordVoided,
    Redone,
    Refused,
    RegionsMoved,
    Returned,
    RowImported,
    Submitted,
    Undone,
)


def in_force(actions: Iterable[Action]) -> tuple[Action, ...]:
    """The actions that hold after undo and redo, in order, without the undo and redo actions themselves."""
    undone: set[int] = set()
    kept: list[Action] = []
    for action in actions:
        match action.event:
            case Undone(action_id):
                undone.add(action_id)
            case Redone(action_id):
                undone.discard(action_id)
            case _:
                kept.append(action)
    return tuple(action for action in kept if action.action_id not in undone)


def fold_record(actions: Sequence[Action]) -> Record | None:
    """The record that follows from its own actions in order, or None when it was never opened."""
    editors = frozenset(action.actor.name for action in actions if isinstance(action.event, EDITING))
    record: Record | None = None
    for action in in_force(actions):
        if isinstance(action.event, RecordOpened):
            record = _opened(action, action.event, editors)
        elif record is not None:
            record = apply(record, action)
    return record


def _opened(action: Action, event: RecordOpened, editors: frozenset[str]) -> Record:
    return Record(
        record_id=action.record_id,
        book_id=action.book_id,
        page_id=action.page_id,
        entry=event.entry,
        form_id=event.form_id,
        form_sha256=event.form_sha256,
        fields={region.field_id: FieldEntry(region.field_id, region=region) for region in event.regions},
        editors=editors,
    )


def apply(record: Record, action: Action) -> Record:
    """The record after one more action that holds."""
    replace = msgspec.structs.replace
    match action.event:
        case RegionsMoved(regions):
            return replace(record, fields=_with_regions(record.fields, regions))
        case FormChanged(form_id, form_sha256, regions):
            fields = _with_regions(_without_boxes(record.fields), regions)
            return replace(record, form_id=form_id, form_sha256=form_sha256, fields=fields)
        case ReadingsMade(readings):
            return replace(record, fields=_with_readings(record.fields, readings))
        case FieldsConfirmed():
            fields = _with_values(record.fields, action.event, action)
            settled = _settled(record.refusals, {value.field_id for value in action.event.values})
            return replace(record, fields=fields, refusals=settled, editors=record.editors | {action.actor.name})
        case FindingAccepted(rule_id, fields_named, reason):
            accepted = AcceptedFinding(rule_id, fields_named, reason, action.actor)
            settled = _settled(record.refusals, set(fields_named or ("",))) if rule_id == REFUSED else record.refusals
            editors = record.editors | {action.actor.name}
            return replace(record, accepted=(*record.accepted, accepted), refusals=settled, editors=editors)
        case RecordVoided(reason):
            return replace(record, status=Status.VOID, void_reason=reason, editors=record.editors | {action.actor.name})
        case QuestionAsked(field_id, text):
            question = Question(action.action_id, field_id, text, action.actor)
            return replace(record, questions=(*record.questions, question))
        case QuestionAnswered():
            return replace(record, questions=_with_answer(record.questions, action.event, action.actor))
        case MarginNoteAdded(note):
            numbered = replace(note, number=action.action_id)
            editors = record.editors | {action.actor.name}
            return replace(record, margin_notes=(*record.margin_notes, numbered), editors=editors)
        case MarginNoteRemoved(number):
            left = tuple(note for note in record.margin_notes if note.number != number)
            return replace(record, margin_notes=left, editors=record.editors | {action.actor.name})
        case Submitted():
            settled = _settled(record.refusals, {""})
            submitted_by = action.actor.name
            return replace(
                record, status=Status.SUBMITTED, submitted_by=submitted_by, return_reason="", refusals=settled
            )
        case Returned(reason):
            return replace(record, status=Status.RETURNED, return_reason=reason, approved_by="", approved_at="")
        case Approved():
            return replace(record, status=Status.APPROVED, approved_by=action.actor.name, approved_at=action.at)
        case Refused(refusals):
            return _refused(record, refusals, action)
        case RowImported(values):
            return replace(record, fields=_with_imported(record.fields, values))
        case _:
            return record


def _refused(record: Record, refusals: tuple[Refusal, ...], action: Action) -> Record:
    """The record with what the importer said, open again where it was closed; a void one stays void."""
    told = (msgspec.structs.replace(refusal, number=action.action_id, at=action.at) for refusal in refusals)
    more = msgspec.structs.replace(record, refusals=(*record.refusals, *told))
    if record.status not in (Status.SUBMITTED, Status.APPROVED):
        return more
    reason = refusals[0].text if refusals else ""
    return msgspec.structs.replace(more, status=Status.RETURNED, return_reason=reason, approved_by="", approved_at="")


def _settled(refusals: tuple[Refusal, ...], field_ids: set[str]) -> tuple[Refusal, ...]:
    return tuple(
        msgspec.structs.replace(refusal, settled=True) if refusal.field_id in field_ids else refusal
        for refusal in refusals
    )


def _without_boxes(fields: dict[str, FieldEntry]) -> dict[str, FieldEntry]:
    """The fields on which a person said something; where they stood on another form no longer counts."""
    said = {name: entry for name, entry in fields.items() if entry.value is not None}
    return {name: msgspec.structs.replace(entry, region=None, reading=None) for name, entry in said.items()}


def _with_regions(fields: dict[str, FieldEntry], regions: tuple[Region, ...]) -> dict[str, FieldEntry]:
    changed = dict(fields)
    for region in regions:
        entry = changed.get(region.field_id, FieldEntry(region.field_id))
        changed[region.field_id] = msgspec.structs.replace(entry, region=region)
    return changed


def _with_readings(fields: dict[str, FieldEntry], readings: tuple[Reading, ...]) -> dict[str, FieldEntry]:
    changed = dict(fields)
    for reading in readings:
        entry = changed.get(reading.field_id, FieldEntry(reading.field_id))
        changed[reading.field_id] = msgspec.structs.replace(entry, reading=reading)
    return changed


def _with_values(fields: dict[str, FieldEntry], event: FieldsConfirmed, action: Action) -> dict[str, FieldEntry]:
    changed = dict(fields)
    for value in event.values:
        entry = changed.get(value.field_id, FieldEntry(value.field_id))
        changed[value.field_id] = msgspec.structs.replace(
            entry, value=value, actor=action.actor, at=action.at, way=event.way, note=event.note
        )
    return changed


def _with_imported(fields: dict[str, FieldEntry], values: tuple[ImportedText, ...]) -> dict[str, FieldEntry]:
    changed = dict(fields)
    for value in values:
        entry = changed.get(value.field_id, FieldEntry(value.field_id))
        changed[value.field_id] = msgspec.structs.replace(entry, imported=value)
    return changed


def _with_answer(questions: tuple[Question, ...], event: QuestionAnswered, actor: Actor) -> tuple[Question, ...]:
    return tuple(
        msgspec.structs.replace(question, answer=event.answer, answered_by=actor)
        if question.number == event.number
        else question
        for question in questions
    )
