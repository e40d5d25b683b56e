"""Records read back from a package, line by line, and held against its manifest."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from enum import Enum

import msgspec

from hotich.export.geometry import delivered_quad, is_inside
from hotich.export.manifest import Witness
from hotich.export.package_types import (
    SCHEMA_VERSION,
    FieldPlace,
    Manifest,
    ManifestPage,
    PackageRecord,
    RecordCheck,
    State,
)
from hotich.export.problems import Fault, Problems
from hotich.export.records_json import BETWEEN, CLOSING, OPENING, field_digits
from hotich.export.schema import NO_JSON, breach_of, record_schema
from hotich.text import is_same_name

LONGEST_LINE = 2**23
_PIXEL = 1.0


class _Expects(Enum):
    """Which line comes next; NOTHING_MORE once the layout is broken."""

    OPENING = 1
    FIRST = 2
    RECORD = 3
    CLOSING = 4
    END = 5
    NOTHING_MORE = 6


class RecordsChecker:
    """Takes the bytes of records.json in portions of any size; `close` when there are no more."""

    def __init__(self, manifest: Manifest, problems: Problems) -> None:
        self.records = 0
        self._manifest = manifest
        self._problems = problems
        self._pages = {page.number: page for page in manifest.pages}
        self._expected = {check.record_id: check for check in manifest.records}
        self._seen: list[str] = []
        self._witness = Witness()
        self._rest = bytearray()
        self._expects = _Expects.OPENING

    def feed(self, portion: bytes) -> None:
        """Takes the next bytes."""
        if self._expects is _Expects.NOTHING_MORE:
            return
        first, *others = portion.split(b"\n")
        self._rest += first
        for start in others:
            line, self._rest = bytes(self._rest), bytearray(start)
            self._line(line)
        if len(self._rest) > LONGEST_LINE:
            self._break_layout()

    def close(self) -> None:
        """Says what is missing at the end."""
        if self._rest or self._expects is not _Expects.END:
            self._break_layout()
        else:
            self._check_sequence()
            self._check_totals()

    def _line(self, line: bytes) -> None:
        match self._expects:
            case _Expects.OPENING if line == OPENING.strip():
                self._expects = _Expects.FIRST
            case _Expects.FIRST if not line:
                self._expects = _Expects.CLOSING
            case _Expects.FIRST | _Expects.RECORD if line:
                more = line.endswith(BETWEEN.strip())
                self._expects = _Expects.RECORD if more else _Expects.CLOSING
                self._record(line.removesuffix(BETWEEN.strip()))
            case _Expects.CLOSING if line == CLOSING.strip():
                self._expects = _Expects.END
            case _:
                self._break_layout()

    def _break_layout(self) -> None:
        if self._expects is not _Expects.NOTHING_MORE:
            self._problems.add("package-records-layout")
        self._expects = _Expects.NOTHING_MORE
        self._rest.clear()

    def _record(self, line: bytes) -> None:
        self.records += 1
        try:
            record = msgspec.json.decode(line, type=PackageRecord)
        except (ValueError, RecursionError):
            # msgspec's own errors and those of broken UTF-8 are ValueErrors.
            self._tell_breach(line, NO_JSON)
            return
        if self._manifest.schema_version == SCHEMA_VERSION and msgspec.json.encode(record) != line:
            self._tell_breach(line, None)
        self._seen.append(record.record_id)
        self._witness.see(record)
        self._check_hash(record, line)
        for key, fields, facts in _contradictions(record, self._manifest, self._pages):
            self._problems.add(key, record_id=record.record_id, fields=fields, **_where(record), **facts)

    def _tell_breach(self, line: bytes, otherwise: Fault | None) -> None:
        """Says where a line breaks the schema, else what is wrong otherwise, or that it is not written as it was."""
        try:
            breach = None if self._problems.full else breach_of(record_schema(), line)
        except (ValueError, RecursionError):
            breach = None
        place, how = breach or ("", otherwise)
        if how is None:
            self._problems.add("package-record-form", number=self.records)
            return
        expected = self._manifest.records
        record_id = expected[self.records - 1].record_id if self.records <= len(expected) else ""
        self._problems.add("package-record-breach", record_id=record_id, number=self.records, place=place, detail=how)

    def _check_hash(self, record: PackageRecord, line: bytes) -> None:
        check = self._expected.get(record.record_id)
        if check is None or hashlib.sha256(line).hexdigest() == check.sha256:
            return
        changed = _changed_fields(record, check)
        key = "package-field-changed" if changed else "package-record-changed"
        self._problems.add(key, record_id=record.record_id, fields=changed, names=", ".join(changed), **_where(record))

    def _check_sequence(self) -> None:
        known = set(self._expected)
        seen = set(self._seen)
        for record_id in self._seen:
            if record_id not in known:
                self._problems.add("package-record-surplus", record_id=record_id, record=record_id)
        for record_id in self._expected:
            if record_id not in seen:
                self._problems.add("package-record-missing", record_id=record_id, record=record_id)
        if len(seen) != len(self._seen):
            self._problems.add("package-record-doubled", count=len(self._seen) - len(seen))
        elif seen == known and self._seen != list(self._expected):
            self._problems.add("package-record-order")

    def _check_totals(self) -> None:
        counts, manifest = self._manifest.counts, self._manifest
        if not self.records == counts.records == len(manifest.records):
            self._problems.add("package-count", what="records", told=counts.records, found=self.records)
        if self._witness.people != manifest.people:
            self._problems.add("package-people")
        if self._witness.forms != manifest.forms:
            self._problems.add("package-forms")


def _changed_fields(record: PackageRecord, check: RecordCheck) -> tuple[str, ...]:
    """The codes of the fields that no longer have the digits that the manifest keeps."""
    digits = field_digits(record.fields)
    if len(check.fields) != 8 * len(digits):
        return ()
    told = (check.fields[at : at + 8] for at in range(0, len(check.fields), 8))
    return tuple(code for (code, now), then in zip(digits.items(), told, strict=True) if now != then)


def _where(record: PackageRecord) -> dict[str, object]:
    return {"page": record.page, "entry": record.entry}


Contradiction = tuple[str, tuple[str, ...], dict[str, object]]


def _contradictions(
    record: PackageRecord, manifest: Manifest, pages: dict[int, ManifestPage]
) -> Iterator[Contradiction]:
    """Where a record says two things at once, or something else than its manifest."""
    if record.practice != manifest.practice:
        yield "package-practice-mixed", (), {}
    if record.record_type is not manifest.book.record_type:
        yield "package-record-type", (), {"type": record.record_type.value}
    if any(is_same_name(record.approval.by, name) for name in (*record.entered_by, record.submitted_by)):
        yield "package-four-eyes", (), {"name": record.approval.by}
    if record.page not in pages:
        yield "package-page-unknown", (), {}
    yield from _field_contradictions(record, manifest)
    for code, place in _places(record):
        if not _is_lawful(place, record.page, pages):
            yield "package-region-outside", (code,), {"field": code}


def _places(record: PackageRecord) -> Iterator[tuple[str, FieldPlace]]:
    """Where the record says that fields and margin notes stand."""
    yield from ((code, field.region) for code, field in record.fields.items() if field.region is not None)
    yield from (("margin_notes", note.region) for note in record.margin_notes if note.region is not None)


def _field_contradictions(record: PackageRecord, manifest: Manifest) -> Iterator[Contradiction]:
    columns = manifest.book.columns
    if tuple(record.national) != columns or tuple(record.fields) != columns:
        yield "package-columns", (), {}
        return
    for code, field in record.fields.items():
        if record.national[code] != field.normal:
            yield "package-row-differs", (code,), {"field": code}
        if field.state is not State.VALUE and field.normal:
            yield "package-state-differs", (code,), {"field": code}
        if (field.state is State.UNSTATED) == (field.confirmed is not None):
            yield "package-unconfirmed", (code,), {"field": code}


def _is_lawful(place: FieldPlace, number: int, pages: dict[int, ManifestPage]) -> bool:
    page = pages.get(number)
    if page is None or place.page != number:
        return False
    if not is_inside(place.original, page.original) or not is_inside(place.delivered, page.delivered):
        return False
    worked_out = delivered_quad(place.original, page)
    return all(
        abs(x - u) <= _PIXEL and abs(y - v) <= _PIXEL
        for (x, y), (u, v) in zip(place.delivered, worked_out, strict=True)
    )
