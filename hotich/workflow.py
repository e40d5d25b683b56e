"""What people and the program do to books and records.

An action carries one event. Actions are never changed or removed; what follows from them is in `folding`.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hotich.values import (
    Actor,
    Book,
    CleanRecipe,
    FieldValue,
    ImportedText,
    MarginNote,
    Placement,
    Reading,
    Refusal,
    Region,
    SourcePage,
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
    """A page that is not part of the book (a double, a cover, a spoilt shot); its picture stays.

    An empty reason takes it back."""

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


class ExportKind(StrEnum):
    """What leaves: a whole PACKAGE, the MINISTRY's workbook, a DELTA of what changed, or a STREAM of rows."""

    PACKAGE = "package"
    MINISTRY = "ministry"
    DELTA = "delta"
    STREAM = "stream"


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
