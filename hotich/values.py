"""Frozen values that travel between the packages. They hold facts and no behaviour beyond their own arithmetic."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

import msgspec

Matrix = tuple[tuple[float, float, float], tuple[float, float, float], tuple[float, float, float]]
"""A 3x3 homography, row by row."""

IDENTITY: Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0))


class RecordType(StrEnum):
    """The eight registers; the value is the code of the national import (CN, GH and TDCC are our own)."""

    BIRTH = "KS"
    DEATH = "KT"
    MARRIAGE = "KH"
    ADOPTION = "CN"
    GUARDIANSHIP = "GH"
    RECOGNITION = "CMC"
    MARITAL_STATUS = "HN"
    CHANGE = "TDCC"


class Role(StrEnum):
    """In what capacity somebody acts; MACHINE is the program itself."""

    CLERK = "clerk"
    SUPERVISOR = "supervisor"
    IMPORTER = "importer"
    MACHINE = "machine"


class Actor(msgspec.Struct, frozen=True):
    """Who acts. Two actors are the same person when their names agree, whatever the role."""

    name: str
    role: Role


MACHINE = Actor("hotich", Role.MACHINE)


class Point(NamedTuple):
    """A place in a picture in pixels, top-left origin."""

    x: float
    y: float


class Quad(msgspec.Struct, frozen=True):
    """Four corners, clockwise from the top left as the text is read, in pixels of the original picture as stored."""

    top_left: Point
    top_right: Point
    bottom_right: Point
    bottom_left: Point

    @property
    def points(self) -> tuple[Point, Point, Point, Point]:
        return (self.top_left, self.top_right, self.bottom_right, self.bottom_left)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of the upright box around the quad."""
        xs, ys = [p.x for p in self.points], [p.y for p in self.points]
        return (min(xs), min(ys), max(xs), max(ys))


class SourcePage(msgspec.Struct, frozen=True):
    """One picture as it came in. `frame` counts pages of a TIFF or PDF from 0; `exif_turn` is clockwise degrees.

    `file_sha256` is of the bytes that are kept; `container_sha256` of the PDF that the picture was taken out of, or ''.
    """

    page_id: str
    file_name: str
    file_sha256: str
    frame: int
    width: int
    height: int
    dpi: float | None = None
    exif_turn: int = 0
    media_type: str = ""
    container_sha256: str = ""


class StepMode(StrEnum):
    """AUTO was measured, MANUAL was set by a person, SKIPPED was left alone because its confidence was too low."""

    AUTO = "auto"
    MANUAL = "manual"
    SKIPPED = "skipped"


class StepRecord(msgspec.Struct, frozen=True):
    """One clean-up step as it was done: numbers by name, confidence 0-1, and a message key why it was left alone."""

    name: str
    confidence: float
    parameters: dict[str, float | tuple[float, ...]] = {}
    mode: StepMode = StepMode.AUTO
    note: str = ""


class CleanRecipe(msgspec.Struct, frozen=True):
    """The clean-up steps of one page in order; an empty recipe asks for everything to be measured."""

    steps: tuple[StepRecord, ...] = ()

    def step(self, name: str) -> StepRecord | None:
        """The step of that name, or None."""
        return next((step for step in self.steps if step.name == name), None)


class Word(msgspec.Struct, frozen=True):
    """A printed word found on a cleaned page: its box in clean-page pixels and the engine's confidence 0-1."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    confidence: float


class PlacedBy(StrEnum):
    """How regions were laid on a page."""

    MACHINE = "machine"
    FOUR_CLICKS = "four-clicks"
    BOXES = "boxes"


class Region(msgspec.Struct, frozen=True):
    """Where a field stands on a page: a quad in original pixels; `residual_mm` is the misfit measured near it."""

    field_id: str
    page_id: str
    quad: Quad
    residual_mm: float = 0.0


class Placement(msgspec.Struct, frozen=True):
    """How a form lies on a page: form millimetres to original pixels, the misfit left, and whether a person agreed."""

    form_id: str
    to_original: Matrix
    residual_mm: float
    confidence: float
    placed_by: PlacedBy = PlacedBy.MACHINE


class Alternative(msgspec.Struct, frozen=True):
    """One more way to read a field, with its probability 0-1 and a message key for the reason.

    `about` is the id of the record that the reason speaks of, or ''.
    """

    text: str
    normal: str
    probability: float
    reason: str = "ink"
    about: str = ""


class Reading(msgspec.Struct, frozen=True):
    """What a machine read in a field: NFC text as it stands there, its normal form, confidence 0-1, and who read it."""

    field_id: str
    text: str
    normal: str
    confidence: float
    engine: str
    engine_version: str
    reason: str = "ink"
    alternatives: tuple[Alternative, ...] = ()
    ditto: bool = False
    """The page has a ditto mark: `text` is the mark, `normal` comes from the record above."""
    plain: str = ""
    """What the ink alone says, before words and other fields were asked; '' where that is the text, or not told."""
    about: str = ""
    """The id of the record that the reason speaks of, or ''."""


class FieldState(StrEnum):
    """What a person said of a field: a VALUE, BLANK on the page, or there but UNREADABLE."""

    VALUE = "value"
    BLANK = "blank"
    UNREADABLE = "unreadable"


class Origin(StrEnum):
    """Where a confirmed value came from."""

    TYPED = "typed"
    READING = "reading"
    ALTERNATIVE = "alternative"
    BOOK = "book"
    COPIED = "copied"
    IMPORTED = "imported"


class Way(StrEnum):
    """On which screen and by which of its ways a person confirmed; TOGETHER is the rest of a record by one key."""

    ENTRY = "entry"
    TOGETHER = "together"
    CAROUSEL = "carousel"
    SHEET = "sheet"
    PASTE = "paste"
    FILL = "fill"
    REPLACE = "replace"


class FieldValue(msgspec.Struct, frozen=True):
    """What a person confirmed. `as_written` keeps the paper's letters, `normal` the form that leaves for the import."""

    field_id: str
    as_written: str
    normal: str
    state: FieldState = FieldState.VALUE
    origin: Origin = Origin.TYPED


class Severity(StrEnum):
    """ERROR stops an approval, WARNING must be seen or accepted with a reason, NOTE is only told."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Finding(msgspec.Struct, frozen=True):
    """What a rule has to say: the rule's id, the fields it concerns, and the finished Vietnamese sentence."""

    rule_id: str
    severity: Severity
    fields: tuple[str, ...]
    message: str
    record_id: str = ""
    overridable: bool = False
    accepted_reason: str = ""


class Book(msgspec.Struct, frozen=True):
    """A register: its type, the year and number on its cover, where it was kept; dates are kept in storage form."""

    book_id: str
    record_type: RecordType
    year: int
    number: str
    place: str
    form_id: str = ""
    province: str = ""
    opened: str = ""
    closed: str = ""
    expected_entries: int | None = None
    practice: bool = False


class Status(StrEnum):
    """How far a record is: DRAFT until the clerk hands it over; VOID means that the entry holds no record."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    RETURNED = "returned"
    APPROVED = "approved"
    VOID = "void"


class ImportedText(msgspec.Struct, frozen=True):
    """What somebody keyed earlier, in a sheet that was taken in: a suggestion. `row` counts from 1 in that file."""

    field_id: str
    as_written: str
    normal: str
    source: str
    row: int


class FieldEntry(msgspec.Struct, frozen=True):
    """One field of a record in its present state: where it stands, what was read, what a person said and who."""

    field_id: str
    region: Region | None = None
    reading: Reading | None = None
    value: FieldValue | None = None
    actor: Actor | None = None
    at: str = ""
    way: Way = Way.ENTRY
    note: str = ""
    """Why a person confirmed a value that looks unlikely."""
    imported: ImportedText | None = None


class Question(msgspec.Struct, frozen=True):
    """What a clerk asks the supervisor about a field, '' for the whole record; `number` is of the action that asked."""

    number: int
    field_id: str
    text: str
    asked_by: Actor
    answer: str = ""
    answered_by: Actor | None = None


class NoteKind(StrEnum):
    """What a margin note tells: the changes that Vietnamese registers enter beside a record."""

    CORRECTION = "correction"
    RECOGNITION = "recognition"
    DIVORCE = "divorce"
    DEATH = "death"
    ADOPTION = "adoption"
    OTHER = "other"


class MarginNote(msgspec.Struct, frozen=True):
    """A dated event from the margin: the date and the text as written, and where on the page they stand."""

    kind: NoteKind
    date: str
    text: str
    region: Region | None = None
    number: int = 0
    """Of the action that entered it; 0 before."""


class Refusal(msgspec.Struct, frozen=True):
    """What the importer did not take: the field, '' for the whole record, and the reason in his words.

    `source` is the file that said so. `number` is of the action that brought it, 0 before.
    """

    field_id: str
    text: str
    source: str
    code: str = ""
    number: int = 0
    at: str = ""
    settled: bool = False
    """The field was confirmed again, or somebody said why it stays."""


class AcceptedFinding(msgspec.Struct, frozen=True):
    """A warning that a person let stand, with the reason."""

    rule_id: str
    fields: tuple[str, ...]
    reason: str
    actor: Actor


class Record(msgspec.Struct, frozen=True):
    """A record folded from its actions. `entry` counts from 0 on its page; `fields` has every field touched so far."""

    record_id: str
    book_id: str
    page_id: str
    entry: int
    form_id: str
    form_sha256: str
    status: Status = Status.DRAFT
    fields: dict[str, FieldEntry] = {}
    accepted: tuple[AcceptedFinding, ...] = ()
    editors: frozenset[str] = frozenset()
    """Names of all people who ever confirmed a field or let a warning stand, undone or not."""
    submitted_by: str = ""
    approved_by: str = ""
    approved_at: str = ""
    return_reason: str = ""
    void_reason: str = ""
    questions: tuple[Question, ...] = ()
    margin_notes: tuple[MarginNote, ...] = ()
    refusals: tuple[Refusal, ...] = ()

    @property
    def held(self) -> bool:
        """Whether it waits for an answer of the supervisor."""
        return any(not question.answer for question in self.questions)

    def normal(self, field_id: str) -> str:
        """The confirmed normal form of a field, or '' while nobody confirmed it."""
        entry = self.fields.get(field_id)
        return entry.value.normal if entry is not None and entry.value is not None else ""

    def written(self, field_id: str) -> str:
        """The confirmed text as written, or ''."""
        entry = self.fields.get(field_id)
        return entry.value.as_written if entry is not None and entry.value is not None else ""
