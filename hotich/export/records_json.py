"""Records as a package writes them: one JSON object a line, fields in the order of the import template."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Iterable, Mapping

import msgspec

from hotich.export.geometry import place_of
from hotich.export.package_types import (
    AcceptedWarning,
    Approval,
    Confirmation,
    Delta,
    EngineReading,
    FieldPlace,
    History,
    ManifestPage,
    PackageField,
    PackageNote,
    PackageRecord,
    PackageRefusal,
    RecordCheck,
    State,
)
from hotich.forms.formspec import RecordSpec
from hotich.values import Book, FieldEntry, FieldValue, Origin, Reading, Record, Region, SourcePage

OPENING, BETWEEN, CLOSING = b"[\n", b",\n", b"\n]\n"


class PackagePage(msgspec.Struct, frozen=True):
    """A page with its delivered picture (upright) and its approved records in the order of their entries."""

    source: SourcePage
    jpeg: bytes
    records: tuple[Record, ...]


class PackageContent(msgspec.Struct, frozen=True):
    """What a package is made from. `pages` come one at a time, so that a whole book never lies in memory."""

    book: Book
    spec: RecordSpec
    pages: Iterable[PackagePage]
    void: int
    history: History
    number: int = 0
    delta: Delta | None = None


def record_of(record: Record, book: Book, spec: RecordSpec, page: ManifestPage) -> PackageRecord:
    """The record as it leaves. What nobody confirmed stays behind: a suggestion is no value."""
    fields = {field.id: _field(record.fields.get(field.id), page) for field in spec.fields}
    return PackageRecord(
        record_id=record.record_id,
        record_type=book.record_type,
        practice=book.practice,
        form=record.form_id,
        form_sha256=record.form_sha256,
        page=page.number,
        entry=record.entry + 1,
        national={code: field.normal for code, field in fields.items()},
        fields=fields,
        accepted=tuple(
            AcceptedWarning(
                rule=accepted.rule_id, fields=accepted.fields, reason=accepted.reason, by=accepted.actor.name
            )
            for accepted in record.accepted
        ),
        entered_by=tuple(sorted(record.editors)),
        submitted_by=record.submitted_by,
        approval=Approval(by=record.approved_by, at=record.approved_at),
        margin_notes=_notes(record, page),
        refusals=_refusals(record),
    )


def line_of(record: PackageRecord) -> bytes:
    """The record's line, without what parts it from the next."""
    return msgspec.json.encode(record)


def check_of(record: PackageRecord, line: bytes) -> RecordCheck:
    """What the manifest keeps of the record, so that a change can be told to the field."""
    digits = "".join(field_digits(record.fields).values())
    return RecordCheck(record_id=record.record_id, sha256=hashlib.sha256(line).hexdigest(), fields=digits)


def field_digits(fields: Mapping[str, PackageField]) -> dict[str, str]:
    """Eight hexadecimal digits for each field: CRC-32 of its JSON."""
    return {code: f"{zlib.crc32(msgspec.json.encode(field)):08x}" for code, field in fields.items()}


_UNSTATED = PackageField(
    as_written="", normal="", state=State.UNSTATED, origin=None, confirmed=None, reading=None, region=None
)


def _notes(record: Record, page: ManifestPage) -> tuple[PackageNote, ...]:
    return tuple(
        PackageNote(kind=note.kind, date=note.date, text=note.text, region=_place(note.region, page))
        for note in record.margin_notes
    )


def _refusals(record: Record) -> tuple[PackageRefusal, ...]:
    return tuple(
        PackageRefusal(
            field=refusal.field_id,
            code=refusal.code,
            text=refusal.text,
            source=refusal.source,
            at=refusal.at,
            settled=refusal.settled,
        )
        for refusal in record.refusals
    )


def _field(entry: FieldEntry | None, page: ManifestPage) -> PackageField:
    value = entry.value if entry is not None else None
    if entry is None or value is None:
        return _UNSTATED
    return PackageField(
        as_written=value.as_written,
        normal=value.normal,
        state=State(value.state.value),
        origin=value.origin,
        confirmed=_confirmation(entry),
        reading=_taken_over(value, entry.reading),
        region=_place(entry.region, page),
    )


def _confirmation(entry: FieldEntry) -> Confirmation | None:
    actor = entry.actor
    if actor is None:
        return None
    return Confirmation(by=actor.name, role=actor.role, at=entry.at, way=entry.way, note=entry.note)


def _taken_over(value: FieldValue, reading: Reading | None) -> EngineReading | None:
    """The engine whose words the value has; None where a person typed it, or the page was read anew since."""
    if reading is None or value.origin not in (Origin.READING, Origin.ALTERNATIVE):
        return None
    sureness = [reading.confidence] if reading.text == value.as_written else []
    sureness += [other.probability for other in reading.alternatives if other.text == value.as_written]
    if not sureness:
        return None
    confidence = round(min(1.0, max(0.0, sureness[0])), 4)
    return EngineReading(engine=reading.engine, version=reading.engine_version, confidence=confidence)


def _place(region: Region | None, page: ManifestPage) -> FieldPlace | None:
    return place_of(region.quad, page) if region is not None and region.page_id == page.page_id else None
