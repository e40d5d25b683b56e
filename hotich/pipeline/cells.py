"""One field of one record as lists of many records show it: its text and how sure it is."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from hotich.forms.formspec import FieldKind, FieldSpec, FormSpec, Need, RecordSpec
from hotich.forms.loader import load_catalogue
from hotich.pipeline.entry_view import FieldStatus, book_suggestion, is_unseen
from hotich.pipeline.offers import OFFER_CONFIDENCE, keyed_earlier
from hotich.settings import Settings
from hotich.values import Book, FieldEntry, FieldState, Origin, Record, Status

OPEN_STATUS = (Status.DRAFT, Status.RETURNED)
"""States of a record in which its fields may be changed."""

_OF_STATE = {
    FieldState.VALUE: FieldStatus.CONFIRMED,
    FieldState.BLANK: FieldStatus.BLANK,
    FieldState.UNREADABLE: FieldStatus.UNREADABLE,
}


class Cell(msgspec.Struct, frozen=True):
    """What a list shows of a field: the value a person gave, else the suggestion, and where that comes from."""

    text: str = ""
    status: FieldStatus = FieldStatus.EMPTY
    confidence: float = 0.0
    origin: Origin = Origin.TYPED
    normal: str = ""

    @property
    def settled(self) -> bool:
        """Whether a person said something of the field."""
        return self.status in (FieldStatus.CONFIRMED, FieldStatus.BLANK, FieldStatus.UNREADABLE)

    @property
    def suggested(self) -> bool:
        """Whether there is a suggestion, sure or doubtful, that nobody confirmed."""
        return self.status in (FieldStatus.SUGGESTED, FieldStatus.DOUBTFUL)


def cell_of(field: FieldSpec, entry: FieldEntry, book: Book, settings: Settings) -> Cell:
    """The field as it stands: what the book's cover says goes before what was keyed earlier, this before what was read.

    A doubtful name is not shown.
    """
    value, reading = entry.value, entry.reading
    if value is not None:
        return Cell(value.as_written, _OF_STATE[value.state], 1.0, value.origin, value.normal)
    if offered := book_suggestion(field, book):
        return Cell(offered, FieldStatus.SUGGESTED, 1.0, Origin.BOOK)
    if keyed := keyed_earlier(entry):
        doubtful = keyed.confidence < min(settings.doubtful_below, OFFER_CONFIDENCE)
        status = FieldStatus.DOUBTFUL if doubtful else FieldStatus.SUGGESTED
        return Cell(keyed.text, status, keyed.confidence, keyed.origin)
    if reading is None or not reading.text or is_unseen(field, reading, settings):
        return Cell()
    sure = reading.confidence >= settings.doubtful_below
    status = FieldStatus.SUGGESTED if sure else FieldStatus.DOUBTFUL
    return Cell(reading.text, status, reading.confidence, Origin.READING, reading.normal)


def entry_of(record: Record, field_id: str) -> FieldEntry:
    """What is known of that field of the record; an empty entry where nothing is."""
    return record.fields.get(field_id) or FieldEntry(field_id)


@lru_cache(maxsize=64)
def on_page(form_id: str) -> frozenset[str]:
    """The ids of the fields that stand on pages of that form."""
    form: FormSpec = load_catalogue().forms[form_id]
    return frozenset(zone.field_id for zone in form.zones)


def owed(field: FieldSpec, record: Record, cell: Cell) -> bool:
    """Whether a person still owes a word on the field: it stands on the page, or the import cannot do without it."""
    return not cell.settled and (field.id in on_page(record.form_id) or field.need is not Need.OPTIONAL)


def number_of(record: Record) -> str:
    """The number of the entry as confirmed, else as read, else ''."""
    entry = entry_of(record, "so")
    if entry.value is not None:
        return entry.value.as_written
    return entry.reading.text if entry.reading is not None else ""


def known_values(field: FieldSpec) -> tuple[tuple[str, str], ...]:
    """The lawful values of a field kept by a list, each with its code or ''; nothing for other kinds."""
    catalogue = load_catalogue()
    if field.kind is FieldKind.CHOICE:
        return tuple((code.label, code.code) for code in catalogue.codes[field.codes].entries)
    if field.kind is FieldKind.ETHNIC:
        return tuple((name, "") for name in catalogue.ethnic.names)
    if field.kind is FieldKind.NATIONALITY:
        return tuple((name.rsplit(" (", 1)[0], "") for name in catalogue.nationalities.names)
    return ()


def fields_of(spec: RecordSpec, ids: tuple[str, ...]) -> tuple[FieldSpec, ...]:
    """The fields of those ids, in their order."""
    by_id = {field.id: field for field in spec.fields}
    return tuple(by_id[field_id] for field_id in ids if field_id in by_id)
