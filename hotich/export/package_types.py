"""What stands in a package, as types: the JSON Schemas, the writer and the verifier all come from these.

A later minor version may add keys; a change that an importer of this version could not read raises the major one.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from hotich.export.trust.signer import SIGNATURE_FILES, SignatureFile
from hotich.values import NoteKind, Origin, RecordType, Role, Way

SCHEMA_VERSION = "1.2.0"
"""1.1.0 tells the way of a confirmation where it was not made field by field; 1.2.0 tells margin notes, refusals, why a
value that looks unlikely was confirmed, the number of the package, and what a delta changes."""

MANIFEST = "manifest.json"
RECORDS = "records.json"
SEAL = "SEAL"
README = "README.txt"
MANIFEST_SCHEMA = "schema/manifest.schema.json"
RECORDS_SCHEMA = "schema/records.schema.json"
FIXED_MEMBERS = (README, MANIFEST_SCHEMA, RECORDS_SCHEMA, RECORDS, MANIFEST, SEAL)
SIGNATURES: tuple[str, ...] = tuple(SIGNATURE_FILES.values())
"""The file between manifest.json and SEAL that signs the manifest; a package has one of them or none."""

Sha256 = Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]
Text = Annotated[str, Meta(min_length=1)]
Count = Annotated[int, Meta(ge=0)]
Number = Annotated[int, Meta(ge=1)]
Instant = Annotated[str, Meta(description="UTC, ISO 8601, '' when unknown")]
Turn = Literal[0, 90, 180, 270]
PagePoint = tuple[float, float]
PageQuad = Annotated[
    tuple[PagePoint, PagePoint, PagePoint, PagePoint],
    Meta(description="[x, y] in pixels, clockwise from the top left as the text is read"),
]


class State(StrEnum):
    """What was said of a column; UNSTATED where nobody said anything: the form of that time has no place for it."""

    VALUE = "value"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    UNSTATED = "unstated"


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """A part of a package; every key without a default is always present."""


class Confirmation(Part, frozen=True, omit_defaults=True):
    """Who said that a field is so, and when; `way` only where it was not looked at alone on the entry screen.

    `note` only where the value looked unlikely: why it is so all the same.
    """

    by: Text
    role: Role
    at: Instant
    way: Way = Way.ENTRY
    note: str = ""


class EngineReading(Part, frozen=True):
    """The machine whose suggestion a person took over, and how certain it was, 0 to 1."""

    engine: Text
    version: str
    confidence: Annotated[float, Meta(ge=0, le=1)]


class FieldPlace(Part, frozen=True):
    """Where a field stands: in the stored original picture, and in the delivered picture of the same page."""

    page: Number
    original: PageQuad
    delivered: PageQuad


class PackageField(Part, frozen=True):
    """One column of one record. `as_written` has the paper's own letters; `normal` is what the import takes."""

    as_written: str
    normal: str
    state: State
    origin: Origin | None
    confirmed: Confirmation | None
    reading: EngineReading | None
    region: FieldPlace | None


class AcceptedWarning(Part, frozen=True):
    """A warning that a person let stand, with the reason."""

    rule: Text
    fields: tuple[str, ...]
    reason: str
    by: Text


class PackageNote(Part, frozen=True):
    """A dated event from the margin of a record: date and text as written, and where they stand."""

    kind: NoteKind
    date: str
    text: str
    region: FieldPlace | None


class PackageRefusal(Part, frozen=True):
    """What an importer did not take of an earlier delivery; `settled` when somebody has looked at it since."""

    field: Annotated[str, Meta(description="code of the column, '' for the whole record")]
    code: str
    text: str
    source: str
    at: Instant
    settled: bool


class Approval(Part, frozen=True):
    """The second person's word on a record."""

    by: Text
    at: Instant


class PackageRecord(Part, frozen=True):
    """One approved record. `national` is the row of the import template; `fields` has the same codes."""

    record_id: Text
    record_type: RecordType
    practice: Annotated[bool, Meta(description="a made-up record for practising; never to be imported")]
    form: Text
    form_sha256: str
    page: Annotated[int, Meta(ge=1, description="number of the page in this package")]
    entry: Annotated[int, Meta(ge=1, description="place of the entry on its page")]
    national: dict[str, str]
    fields: dict[str, PackageField]
    accepted: tuple[AcceptedWarning, ...]
    entered_by: tuple[str, ...]
    submitted_by: str
    approval: Approval
    margin_notes: tuple[PackageNote, ...] = ()
    refusals: tuple[PackageRefusal, ...] = ()


class Program(Part, frozen=True):
    """What wrote the package."""

    name: Text
    version: Text


class PackageBook(Part, frozen=True):
    """The register, and the columns of its import template in their order."""

    book_id: Text
    record_type: RecordType
    title: str
    year: int
    number: str
    place: str
    province: str
    opened: str
    closed: str
    expected_entries: int | None
    template: str
    official: Annotated[bool, Meta(description="whether the column codes are those of the national import")]
    columns: tuple[Text, ...]


class PackageForm(Part, frozen=True):
    """A printed form on which records of the book were kept, and the hash of its definition."""

    id: Text
    sha256: str


class Counts(Part, frozen=True):
    """How many records and pages are in the package, and how many entries of the book were marked as no record."""

    records: Count
    pages: Count
    void: Count


class Person(Part, frozen=True):
    """Somebody who worked on the records: how many of them, and from when to when."""

    name: Text
    records: Count
    first_at: Instant
    last_at: Instant


class People(Part, frozen=True):
    """Who entered and who approved."""

    entered: tuple[Person, ...]
    approved: tuple[Person, ...]


class History(Part, frozen=True):
    """The log of actions as it stood: their number, the hash of the last one, and its time."""

    actions: Count
    head: Sha256
    at: Instant


class Size(Part, frozen=True):
    """Pixels."""

    width: Number
    height: Number


class ManifestPage(Part, frozen=True):
    """A page: the original it was made from, the clockwise turn that makes it upright, and the delivered picture."""

    number: Number
    file: Text
    page_id: Text
    source_name: str
    source_sha256: Sha256
    frame: Count
    turn: Turn
    original: Size
    delivered: Size


class RecordCheck(Part, frozen=True):
    """What a record's line in records.json must hash to; `fields` has eight digits (CRC-32) for each column."""

    record_id: Text
    sha256: Sha256
    fields: Annotated[str, Meta(pattern="^([0-9a-f]{8})*$")]


class FileCheck(Part, frozen=True):
    """A file of the package: bytes and their SHA-256."""

    size: Count
    sha256: Sha256


class ChangeKind(StrEnum):
    """Whether a record of a delta was not in the earlier package, or was otherwise."""

    ADDED = "added"
    CORRECTED = "corrected"


class Change(Part, frozen=True):
    """A record of a delta: the columns whose values differ, and why it was opened again, '' where nobody said."""

    record_id: Text
    kind: ChangeKind
    fields: tuple[str, ...]
    reason: str


class Withdrawn(Part, frozen=True):
    """A record of the earlier package that counts no longer: VOID, or OPEN while it is being corrected."""

    record_id: Text
    state: Literal["void", "open"]
    reason: str


class Delta(Part, frozen=True):
    """What changed since an earlier package of the same book, which must have been taken over before.

    `base_history` is how many actions the earlier package speaks of.
    """

    base: Number
    base_file: str
    base_sha256: Sha256
    base_history: Count
    reason: Text
    changes: tuple[Change, ...]
    withdrawn: tuple[Withdrawn, ...]


class SignedBy(Part, frozen=True):
    """Which key signs the manifest, said in the manifest: a signature taken away or put in place of it is missed."""

    file: SignatureFile
    name: str
    fingerprint: Annotated[str, Meta(pattern="^[0-9a-f]{4}( [0-9a-f]{4}){7}$")]


class Manifest(Part, frozen=True):
    """What a package holds. `number` counts the packages of the book, deltas among them; 0 before 1.2.0."""

    schema_version: Annotated[str, Meta(pattern=r"^[0-9]+\.[0-9]+\.[0-9]+$")]
    program: Program
    practice: bool
    book: PackageBook
    forms: tuple[PackageForm, ...]
    counts: Counts
    people: People
    history: History
    pages: tuple[ManifestPage, ...]
    records: tuple[RecordCheck, ...]
    files: dict[str, FileCheck]
    number: Count = 0
    delta: Delta | None = None
    signed_by: SignedBy | None = None


def page_file(number: int) -> str:
    """The name of the delivered picture of a page, counted from 1."""
    return f"pages/{number:04}.jpg"
