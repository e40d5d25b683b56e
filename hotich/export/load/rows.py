"""Records as rows of tables, and back again without losing anything."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec

from hotich.export.load.database import Database
from hotich.export.load.tables import FIELDS, RECORDS
from hotich.export.package_reader import TakenRecord
from hotich.export.package_types import (
    AcceptedWarning,
    Approval,
    Confirmation,
    EngineReading,
    FieldPlace,
    Manifest,
    ManifestPage,
    PackageField,
    PackageNote,
    PackageRecord,
    PackageRefusal,
    State,
)
from hotich.values import Origin, RecordType, Role, Way

Row = tuple[Any, ...]


def package_row(manifest: Manifest, sha256: str, file_name: str, loaded_at: str) -> Row:
    """The row of `packages`."""
    delta, program = manifest.delta, manifest.program
    return (
        sha256,
        manifest.book.book_id,
        manifest.number,
        delta.base if delta is not None else 0,
        file_name,
        manifest.schema_version,
        f"{program.name} {program.version}",
        manifest.history.actions,
        manifest.history.at,
        manifest.counts.records,
        delta.reason if delta is not None else "",
        loaded_at,
    )


def book_row(manifest: Manifest, sha256: str) -> Row:
    """The row of `books`."""
    book = manifest.book
    return (
        book.book_id,
        book.record_type.value,
        book.title,
        book.year,
        book.number,
        book.place,
        book.province,
        book.opened,
        book.closed,
        book.expected_entries,
        manifest.counts.void,
        book.template,
        int(book.official),
        _json(book.columns),
        manifest.history.actions,
        sha256,
    )


def page_row(page: ManifestPage, book_id: str, sha256: str) -> Row:
    """The row of `pages`."""
    return (
        sha256,
        page.number,
        book_id,
        page.page_id,
        page.file,
        page.source_name,
        page.source_sha256,
        page.frame,
        page.turn,
        page.original.width,
        page.original.height,
        page.delivered.width,
        page.delivered.height,
    )


def record_row(taken: TakenRecord, book_id: str, package: str) -> Row:
    """The row of `records`."""
    record = taken.record
    return (
        record.record_id,
        book_id,
        record.record_type.value,
        package,
        record.page,
        record.entry,
        record.form,
        record.form_sha256,
        _json(record.accepted),
        _json(record.entered_by),
        record.submitted_by,
        record.approval.by,
        record.approval.at,
        _json(record.margin_notes),
        _json(record.refusals),
        taken.sha256,
    )


def field_rows(record: PackageRecord) -> Iterator[Row]:
    """The rows of `fields`, one for each column of the template."""
    for position, (code, field) in enumerate(record.fields.items(), start=1):
        said, read = field.confirmed, field.reading
        yield (
            record.record_id,
            position,
            code,
            field.as_written,
            field.normal,
            field.state.value,
            field.origin.value if field.origin is not None else None,
            *((said.by, said.role.value, said.at, said.way.value, said.note) if said is not None else (None,) * 5),
            *((read.engine, read.version, read.confidence) if read is not None else (None,) * 3),
            _json(field.region) if field.region is not None else None,
        )


def records_with(database: Database, record_ids: Sequence[str]) -> Iterator[PackageRecord]:
    """The records of those ids that are loaded, equal to what their packages told."""
    if not record_ids:
        return
    wanted = f"({', '.join('?' * len(record_ids))})"
    fields: dict[str, dict[str, PackageField]] = {}
    for row in database.rows(
        f"SELECT {FIELDS.names} FROM {FIELDS.name} WHERE record_id IN {wanted} ORDER BY record_id, position", record_ids
    ):
        fields.setdefault(row[0], {})[row[2]] = _field(row)
    for row in database.rows(
        f"SELECT {RECORDS.names} FROM {RECORDS.name} WHERE record_id IN {wanted} ORDER BY record_id", record_ids
    ):
        yield _record(row, fields.get(row[0], {}))


def _record(row: Row, fields: dict[str, PackageField]) -> PackageRecord:
    return PackageRecord(
        record_id=row[0],
        record_type=RecordType(row[2]),
        practice=False,
        page=row[4],
        entry=row[5],
        form=row[6],
        form_sha256=row[7],
        national={code: field.normal for code, field in fields.items()},
        fields=fields,
        accepted=msgspec.json.decode(row[8], type=tuple[AcceptedWarning, ...]),
        entered_by=msgspec.json.decode(row[9], type=tuple[str, ...]),
        submitted_by=row[10],
        approval=Approval(by=row[11], at=row[12]),
        margin_notes=msgspec.json.decode(row[13], type=tuple[PackageNote, ...]),
        refusals=msgspec.json.decode(row[14], type=tuple[PackageRefusal, ...]),
    )


def _field(row: Row) -> PackageField:
    by, role, at, way, note = row[7:12]
    engine, version, confidence, region = row[12:16]
    return PackageField(
        as_written=row[3],
        normal=row[4],
        state=State(row[5]),
        origin=Origin(row[6]) if row[6] is not None else None,
        confirmed=Confirmation(by=by, role=Role(role), at=at, way=Way(way), note=note) if by is not None else None,
        reading=EngineReading(engine=engine, version=version, confidence=confidence) if engine is not None else None,
        region=msgspec.json.decode(region, type=FieldPlace) if region is not None else None,
    )


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()
