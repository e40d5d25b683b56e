"""What people and the program do to books and records, and the state that follows from it.

An action carries one event. Actions are never changed or removed; a record is folded from its actions every time.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from hotich.values import (
    AcceptedFinding,
    Actor,
    Book,
    CleanRecipe,
    ExportKind,
    FieldEntry,
    FieldValue,
    ImportedText,
    MarginNote,
    Placement,
    Question,
    Reading,
    Record,
    Refusal,
    Region,
    SourcePage,
    Status,
)
from hotich.values import Way as Way


class Event(msgspec.Struct, frozen=True, tag_field="event", tag=lambda name: name):
    """What happened; subclasses are told apart by their name in the stored JSON."""


class BookOpened(Event, frozen=True):
    book: Book


class BookChanged(Event, frozen=True):
    book: Book


class PageAdded(Event, frozen=True):
    page: SourcePage
    order: int


class PageMoved(Event, frozen=True):
    order: int


class PageSetAside(Event, frozen=True):
    """A page that is not part of the book (a double, a cover, a spoilt shot); its picture stays."""

    reason: str


class PageCleaned(Event, frozen=True):
    """`notes` are message keys of what a person should know of the page: poor light, no form found..."""

    recipe: CleanRecipe
    notes: tuple[str, ...] = ()


class PagePlaced(Event, frozen=True):
    placement: Placement


class RecordOpened(Event, frozen=True):
    """An entry was found on a page. `form_sha256` freezes the form it is kept on."""

    entry: int
    form_id: str
    form_sha256: str
    regions: tuple[Region, ...]


class FormChanged(Event, frozen=True):
    """The record is kept on another form than it was opened on; what people confirmed stays, boxes are laid anew."""

    form_id: str
    form_sha256: str
    regions: tuple[Region, ...]


class RegionsMoved(Event, frozen=True):
    regions: tuple[Region, ...]


class ReadingsMade(Event, frozen=True):
    readings: tuple[Reading, ...]


class FieldsConfirmed(Event, frozen=True):
    """A person confirmed one field, or several by one key; undone as one.

    Actions of several records that carry the same `step`, written together, are taken back and brought back together.
    `note` says why a person confirmed values that look unlikely.
    """

    values: tuple[FieldValue, ...]
    way: Way = Way.ENTRY
    step: str = ""
    note: str = ""


class FindingAccepted(Event, frozen=True):
    rule_id: str
    fields: tuple[str, ...]
    reason: str
    step: str = ""


class RecordVoided(Event, frozen=True):
    """The entry holds no record: an empty row, a struck-out form."""

    reason: str


class QuestionAsked(Event, frozen=True):
    """The record waits until the supervisor answers. `field_id` is '' where the whole record is meant."""

    field_id: str
    text: str


class QuestionAnswered(Event, frozen=True):
    """The answer to the question that the action of that number asked."""

    number: int
    answer: str


class MarginNoteAdded(Event, frozen=True):
    note: MarginNote
    step: str = ""


class MarginNoteRemoved(Event, frozen=True):
    """The note that the action of that number entered does not stand on the page."""

    number: int
    step: str = ""


class Submitted(Event, frozen=True):
    pass


class Returned(Event, frozen=True):
    reason: str


class Approved(Event, frozen=True):
    pass


class Refused(Event, frozen=True):
    """The importer did not take a record. One that was handed over or approved is open again."""

    refusals: tuple[Refusal, ...]


class RowImported(Event, frozen=True):
    """A row of a sheet keyed earlier was found to be this record; its texts are suggestions."""

    values: tuple[ImportedText, ...]


class ExtractPrinted(Event, frozen=True):
    """An extract of the record was made: its serial in the office, the SHA-256 of the document, and for whom."""

    serial: str
    sha256: str
    recipient: str
    copies: int = 1


class Exported(Event, frozen=True):
    """The book left. `number` counts packages, deltas among them; a delta tells what changed since `base`, and why.

    `history` is the number of the last action that the file speaks of; 0 for those written before it was kept.
    """

    file_name: str
    package_sha256: str
    records: int
    kind: ExportKind = ExportKind.PACKAGE
    number: int = 0
    base: int = 0
    history: int = 0
    reason: str = ""
    signed_by: str = ""


class Undone(Event, frozen=True):
    """The action of that number is as if it had not been."""

    action_id: int


class Redone(Event, frozen=True):
    """The action of that number, undone before, holds again."""

    action_id: int


AnyEvent = (
    BookOpened
    | BookChanged
    | PageAdded
    | PageMoved
    | PageSetAside
    | PageCleaned
    | PagePlaced
    | RecordOpened
    | FormChanged
    | RegionsMoved
    | ReadingsMade
    | FieldsConfirmed
    | FindingAccepted
    | RecordVoided
    | QuestionAsked
    | QuestionAnswered
    | MarginNoteAdded
    | MarginNoteRemoved
    | Submitted
    | Returned
    | Approved
    | Refused
    | RowImported
    | ExtractPrinted
    | Exported
    | Undone
    | Redone
)

UNDOABLE = (
    FieldsConfirmed,
    FindingAccepted,
    RegionsMoved,
    RecordVoided,
    QuestionAsked,
    QuestionAnswered,
    MarginNoteAdded,
    MarginNoteRemoved,
    Submitted,
)
"""What Ctrl+Z takes back. An approval is taken back by returning the record with a reason."""


IN_STEPS = (FieldsConfirmed, FindingAccepted, MarginNoteAdded, MarginNoteRemoved)
"""What may be written together by one key."""


EDITING = (FieldsConfirmed, FindingAccepted, RecordVoided, MarginNoteAdded, MarginNoteRemoved)
"""What makes somebody an editor of a record, who may then not approve it."""


REFUSED = "importer-refused"
"""The finding under which a refusal is told, and accepted where the paper says so."""


class Draft(msgspec.Struct, frozen=True):
    """An action that is not yet written. `record_id` and `page_id` are '' where the event concerns neither."""

    book_id: str
    event: AnyEvent
    actor: Actor
    record_id: str = ""
    page_id: str = ""


class Action(msgspec.Struct, frozen=True):
    """A written action: its number in the workspace, UTC time (ISO 8601, microseconds), its place in the hash chain."""

    action_id: int
    book_id: str
    record_id: str
    page_id: str
    event: AnyEvent
    actor: Actor
    at: str
    previous_hash: str
    hash: str


def step_of(action: Action) -> str:
    """What ties the action to those of other records that were written by the same key, or ''."""
    return action.event.step if isinstance(action.event, IN_STEPS) else ""


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
