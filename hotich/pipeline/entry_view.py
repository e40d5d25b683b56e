"""What the entry screen shows of one record: its fields in the order of the page, with suggestions and findings."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from hotich.forms.formspec import FieldKind, FieldSpec, FormSpec, Need, RecordSpec, Zone
from hotich.forms.loader import load_catalogue
from hotich.forms.order import entry_order
from hotich.messages import Language
from hotich.normal import NormalContext, Normalised, normalise
from hotich.pipeline.checking import check_folded, foreseen
from hotich.pipeline.lookup import book_of, page_of, record_of
from hotich.pipeline.offers import KEYED_EARLIER, OFFER_CONFIDENCE, OfferContext, Offered, offers, sticky_fields
from hotich.pipeline.tuning import settings_of
from hotich.settings import Settings
from hotich.store import Workspace
from hotich.values import (
    Book,
    FieldEntry,
    FieldState,
    FieldValue,
    Finding,
    Origin,
    Question,
    Reading,
    Record,
    Region,
    Severity,
    Way,
)
from hotich.workflow import REFUSED

BLANK_READING = "reading-field-blank"
"""The reason of a reading that saw no ink."""


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
    suggests_blank: bool = False
    """The machine saw no ink: what is suggested is that the page is blank there."""
    foreseen: tuple[Finding, ...] = ()
    """What the rules would say if the suggestions were taken as they are."""
    offered: Offered | None = None
    """Where a suggestion comes from that was not read from the page."""
    target: float = 1.0
    """Confidence from which the rest of a record may be taken together."""
    question: Question | None = None
    together: bool = False
    """Whether the value was confirmed by the key that takes the rest of a record."""
    unseen: bool = False
    """A name that was read too doubtfully to be shown before somebody typed it from the page."""

    @property
    def has_suggestion(self) -> bool:
        """Whether Enter has something to confirm."""
        return self.status in (FieldStatus.SUGGESTED, FieldStatus.DOUBTFUL)

    @property
    def is_sure(self) -> bool:
        """Whether its suggestion may be taken together with others, without a look at this field alone."""
        return self.has_suggestion and self.confidence >= self.target and not self.foreseen

    @property
    def needs_look(self) -> bool:
        """Whether Enter stops here: a doubtful suggestion, a word owed, a value that breaks a rule or was refused."""
        if self.value is not None:
            grave = (f for f in self.findings if f.severity is Severity.ERROR or f.rule_id == REFUSED)
            return any(not f.accepted_reason for f in grave)
        return not self.is_sure and (self.is_open or self.has_suggestion)

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
    above: Record | None = None
    """The record before this one in the book."""

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


def entry_view(
    workspace: Workspace,
    record_id: str,
    *,
    language: Language = Language.VIETNAMESE,
    asked: Mapping[str, Offered] | None = None,
) -> EntryView:
    """The record as it stands now, its findings and labels in that language; `asked` offers go before all others.

    Raises PolicyError when there is none of that id."""
    record = record_of(workspace, record_id)
    book = book_of(workspace, record.book_id)
    catalogue = load_catalogue()
    form, spec = catalogue.forms[record.form_id], catalogue.records[book.record_type]
    ids = workspace.record_ids(book.book_id)
    place = ids.index(record_id)
    above = record_of(workspace, ids[place - 1]) if place else None
    context = OfferContext(
        above, form, spec, sticky_fields(workspace, book.book_id, spec), asked or {},
        _turned(workspace, above, record), workspace.record(ids[place - 2]) if place > 1 else None,
    )  # fmt: skip
    settings = settings_of(workspace)
    findings = check_folded(record, book, language)
    shown = _Shown(
        record, book, form, findings, settings, language, offers(record, context), above,
    )  # fmt: skip
    rows = tuple(_row(spec.field(field_id), shown) for field_id in entry_order(form, spec))
    return EntryView(record, book, form, spec, _with_foreseen(rows, shown), findings, place + 1, len(ids), above)


def _turned(workspace: Workspace, above: Record | None, record: Record) -> int:
    """How many pages on from the record above a record stands."""
    if above is None or above.page_id == record.page_id:
        return 0
    return page_of(workspace, record.page_id).order - page_of(workspace, above.page_id).order


def _with_foreseen(rows: tuple[FieldRow, ...], shown: _Shown) -> tuple[FieldRow, ...]:
    """The rows, each suggestion with what the rules would say of it."""
    wanted = {row.field.id: suggested_value(row, shown.record, shown.book, shown.above) for row in rows
              if row.has_suggestion}  # fmt: skip
    found = foreseen(shown.record, shown.book, wanted, shown.language) if wanted else ()
    if not found:
        return rows
    return tuple(
        msgspec.structs.replace(row, foreseen=tuple(f for f in found if row.field.id in f.fields))
        if row.has_suggestion
        else row
        for row in rows
    )


def suggested_value(row: FieldRow, record: Record, book: Book, above: Record | None) -> FieldValue:
    """The value that confirming the suggestion of a row makes, with its origin."""
    field = row.field
    if row.suggests_blank:
        return FieldValue(field.id, "", "", FieldState.BLANK, Origin.READING)
    if row.reading is not None and row.origin in (Origin.READING, Origin.ALTERNATIVE):
        normal = normal_of(above, field.id) if row.reading.ditto else row.reading.normal
        return FieldValue(field.id, row.text, normal, FieldState.VALUE, row.origin)
    normal = normal_form(field, row.text, record, book, above).normal
    return FieldValue(field.id, row.text, normal, FieldState.VALUE, row.origin)


def normal_form(field: FieldSpec, text: str, record: Record, book: Book, above: Record | None) -> Normalised:
    """The normal form of a text in a field of that record, read against its book and the record above."""
    context = NormalContext(book=book, above=normal_of(above, field.id), year=_year(record, book.year))
    return normalise(field, text, context)


def normal_of(above: Record | None, field_id: str) -> str:
    """The normal form of a field in the record above: confirmed, else as read; '' where there is none."""
    entry = above.fields.get(field_id) if above is not None else None
    if entry is None:
        return ""
    if entry.value is not None:
        return entry.value.normal
    return entry.reading.normal if entry.reading is not None else ""


def _year(record: Record, book_year: int) -> int:
    """The year in which the record was registered, as far as confirmed; else the book's."""
    date = record.normal("ngayDangKy")
    return int(date[-4:]) if date[-4:].isdecimal() else book_year


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
    settings: Settings
    language: Language
    offers: dict[str, Offered]
    above: Record | None


def _row(field: FieldSpec, shown: _Shown) -> FieldRow:
    zone = next((zone for zone in shown.form.zones if zone.field_id == field.id), None)
    entry = shown.record.fields.get(field.id, FieldEntry(field.id))
    found = _suggested(field, entry, shown, zone is not None)
    asked = [question for question in shown.record.questions if question.field_id == field.id]
    return FieldRow(
        field=field,
        label=_label(field, zone, shown.language),
        on_page=zone is not None,
        text=found.text,
        status=found.status,
        confidence=found.confidence,
        origin=found.origin,
        reading=entry.reading,
        value=entry.value,
        region=entry.region,
        findings=tuple(finding for finding in shown.findings if field.id in finding.fields),
        suggests_blank=found.blank,
        offered=found.offered,
        target=shown.settings.accept_rest_above,
        question=asked[-1] if asked else None,
        together=entry.value is not None and entry.way is Way.TOGETHER,
        unseen=is_unseen(field, entry.reading, shown.settings),
    )


def _label(field: FieldSpec, zone: Zone | None, language: Language) -> str:
    """What the page calls the field; in English, and for a field not on the page, what the column is called."""
    printed = zone.label if zone is not None and language is Language.VIETNAMESE else ""
    if "(" in printed and ")" not in printed:
        # On the paper the bracket closes behind what is written by hand.
        printed += ")"
    return printed or field.name(language is Language.ENGLISH)


class _Found(msgspec.Struct, frozen=True):
    """What a field shows and where it comes from."""

    text: str = ""
    status: FieldStatus = FieldStatus.EMPTY
    confidence: float = 0.0
    origin: Origin = Origin.TYPED
    blank: bool = False
    offered: Offered | None = None


def _suggested(field: FieldSpec, entry: FieldEntry, shown: _Shown, on_page: bool) -> _Found:
    """A person's word, else what was asked for, the book's words, what was keyed earlier, the reading, and the rest."""
    if entry.value is not None:
        return _Found(entry.value.as_written, _of_state(entry.value.state), 1.0, entry.value.origin)
    offered, reading = shown.offers.get(field.id), entry.reading
    if offered is not None and offered.asked:
        return _offered(offered, shown)
    if from_book := book_suggestion(field, shown.book):
        return _Found(from_book, FieldStatus.SUGGESTED, 1.0, Origin.BOOK)
    if offered is not None and offered.origin in KEYED_EARLIER:
        return _offered(offered, shown)
    seen = not is_unseen(field, reading, shown.settings)
    if reading is not None and seen and reading.text and reading.confidence >= shown.settings.hidden_below:
        return _Found(reading.text, _how_sure(reading, shown), reading.confidence, Origin.READING)
    saw_nothing = reading is not None and reading.reason == BLANK_READING
    if offered is not None and _concerns_page(field, on_page) and not (saw_nothing and on_page):
        return _offered(offered, shown)
    if reading is not None and saw_nothing:
        return _Found("", _how_sure(reading, shown), reading.confidence, Origin.READING, blank=True)
    return _Found()


def is_unseen(field: FieldSpec, reading: Reading | None, settings: Settings) -> bool:
    """Whether a name was read so doubtfully that it would mislead who looks at the page: it is typed without it.

    A name that differs from the page in one mark is the error that is overlooked most often (docs/desk.md, *Errors*).
    """
    is_name = field.kind is FieldKind.PERSON_NAME
    return is_name and reading is not None and bool(reading.text) and reading.confidence < settings.names_unseen_below


def _offered(offered: Offered, shown: _Shown) -> _Found:
    doubtful = offered.confidence < min(shown.settings.doubtful_below, OFFER_CONFIDENCE)
    status = FieldStatus.DOUBTFUL if doubtful else FieldStatus.SUGGESTED
    return _Found(offered.text, status, offered.confidence, offered.origin, offered=offered)


def _how_sure(reading: Reading, shown: _Shown) -> FieldStatus:
    return FieldStatus.SUGGESTED if reading.confidence >= shown.settings.doubtful_below else FieldStatus.DOUBTFUL


def _concerns_page(field: FieldSpec, on_page: bool) -> bool:
    """Whether something may be offered unasked: not for what neither the page nor the import has room for."""
    return on_page or field.need is not Need.OPTIONAL


def _of_state(state: FieldState) -> FieldStatus:
    return {
        FieldState.VALUE: FieldStatus.CONFIRMED,
        FieldState.BLANK: FieldStatus.BLANK,
        FieldState.UNREADABLE: FieldStatus.UNREADABLE,
    }[state]
