"""What the entry screen shows of one record: its fields in the order of the page, with suggestions and findings."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hotich.forms.formspec import FieldSpec, FormSpec, Need, RecordSpec, Zone
from hotich.forms.loader import load_catalogue
from hotich.forms.order import entry_order
from hotich.messages import Language
from hotich.pipeline.checking import check_folded
from hotich.pipeline.lookup import book_of, record_of
from hotich.pipeline.tuning import settings_of
from hotich.store import Workspace
from hotich.values import (
    Book,
    FieldEntry,
    FieldState,
    FieldValue,
    Finding,
    Origin,
    Reading,
    Record,
    Region,
)


class FieldStatus(StrEnum):
    """How sure a field is, from nothing at all to a person's word."""

    EMPTY = "empty"
    SUGGESTED = "suggested"
    DOUBTFUL = "doubtful"
    CONFIRMED = "confirmed"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class FieldRow(msgspec.Struct, frozen=True):
    """One field as shown. `text` is the value or the suggestion; `origin` says where a suggestion comes from."""

    field: FieldSpec
    label: str
    on_page: bool
    text: str
    status: FieldStatus
    confidence: float = 0.0
    origin: Origin = Origin.TYPED
    reading: Reading | None = None
    value: FieldValue | None = None
    region: Region | None = None
    findings: tuple[Finding, ...] = ()

    @property
    def has_suggestion(self) -> bool:
        """Whether Enter has something to confirm."""
        return self.status in (FieldStatus.SUGGESTED, FieldStatus.DOUBTFUL)

    @property
    def is_open(self) -> bool:
        """Whether a person still owes a word on it: it stands on the page, or the import cannot do without it."""
        if self.value is not None:
            return False
        return self.on_page or self.field.need is not Need.OPTIONAL


class EntryView(msgspec.Struct, frozen=True):
    """A record as the entry screen shows it; `position` counts from 1 among the book's `total` records."""

    record: Record
    book: Book
    form: FormSpec
    spec: RecordSpec
    rows: tuple[FieldRow, ...]
    findings: tuple[Finding, ...]
    position: int
    total: int

    def row(self, field_id: str) -> FieldRow:
        """The row of that field. Raises KeyError."""
        for row in self.rows:
            if row.field.id == field_id:
                return row
        raise KeyError(field_id)

    @property
    def open_rows(self) -> tuple[FieldRow, ...]:
        """The fields on which a person still owes a word."""
        return tuple(row for row in self.rows if row.is_open)


def entry_view(workspace: Workspace, record_id: str, *, language: Language = Language.VIETNAMESE) -> EntryView:
    """The record as it stands now, its findings and labels in that language.

    Raises StoreError when there is none of that id."""
    record = record_of(workspace, record_id)
    book = book_of(workspace, record.book_id)
    catalogue = load_catalogue()
    form, spec = catalogue.forms[record.form_id], catalogue.records[book.record_type]
    findings = check_folded(record, book, language)
    ids = workspace.record_ids(book.book_id)
    shown = _Shown(record, book, form, findings, settings_of(workspace).doubtful_below, language)
    rows = tuple(_row(spec.field(field_id), shown) for field_id in entry_order(form, spec))
    return EntryView(record, book, form, spec, rows, findings, ids.index(record_id) + 1, len(ids))


def book_suggestion(field: FieldSpec, book: Book) -> str:
    """What the book itself offers for a field, or ''."""
    if field.from_book == "number":
        return f"{book.number}/{book.year}" if book.number and "/" not in book.number else book.number
    return str(getattr(book, field.from_book)) if field.from_book else ""


class _Shown(msgspec.Struct, frozen=True):
    """What every row of one record is made from."""

    record: Record
    book: Book
    form: FormSpec
    findings: tuple[Finding, ...]
    doubtful_below: float
    language: Language


def _row(field: FieldSpec, shown: _Shown) -> FieldRow:
    zone = next((zone for zone in shown.form.zones if zone.field_id == field.id), None)
    entry = shown.record.fields.get(field.id, FieldEntry(field.id))
    text, status, confidence, origin = _suggested(field, entry, shown.book, shown.doubtful_below)
    return FieldRow(
        field=field,
        label=_label(field, zone, shown.language),
        on_page=zone is not None,
        text=text,
        status=status,
        confidence=confidence,
        origin=origin,
        reading=entry.reading,
        value=entry.value,
        region=entry.region,
        findings=tuple(finding for finding in shown.findings if field.id in finding.fields),
    )


def _label(field: FieldSpec, zone: Zone | None, language: Language) -> str:
    """What the page calls the field; in English, and for a field not on the page, what the column is called."""
    printed = zone.label if zone is not None and language is Language.VIETNAMESE else ""
    return printed or field.name(language is Language.ENGLISH)


def _suggested(
    field: FieldSpec, entry: FieldEntry, book: Book, doubtful_below: float
) -> tuple[str, FieldStatus, float, Origin]:
    if entry.value is not None:
        return (entry.value.as_written, _of_state(entry.value.state), 1.0, entry.value.origin)
    if offered := book_suggestion(field, book):
        return (offered, FieldStatus.SUGGESTED, 1.0, Origin.BOOK)
    if entry.reading is None or not entry.reading.text:
        return ("", FieldStatus.EMPTY, 0.0, Origin.TYPED)
    sure = entry.reading.confidence >= doubtful_below
    status = FieldStatus.SUGGESTED if sure else FieldStatus.DOUBTFUL
    return (entry.reading.text, status, entry.reading.confidence, Origin.READING)


def _of_state(state: FieldState) -> FieldStatus:
    return {
        FieldState.VALUE: FieldStatus.CONFIRMED,
        FieldState.BLANK: FieldStatus.BLANK,
        FieldState.UNREADABLE: FieldStatus.UNREADABLE,
    }[state]
