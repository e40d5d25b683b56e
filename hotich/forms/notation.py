"""The short notation of the definition files in forms/eras, one struct for each sort of thing on a page.

Lengths are millimetres. Things under `[page]` stand once on the page and are measured from its corner; things under
`[entry]` repeat with every entry and are measured from the entry's corner. `expansion` turns all of it into the plain
lines, texts and zones of a FormSpec.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from hotich.forms.formspec import Align, Ink, Layout, LineStyle, SpotKind
from hotich.values import RecordType

Place = Annotated[float, msgspec.Meta(ge=-2000, le=2000)]
"""A distance from a corner in millimetres."""
Length = Annotated[float, msgspec.Meta(gt=0, le=2000)]
Pitch = Annotated[float, msgspec.Meta(ge=0, le=2000)]
Points = Annotated[float, msgspec.Meta(ge=4, le=72)]
Count = Annotated[int, msgspec.Meta(ge=1, le=50)]


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all notes: a key that nobody knows is a mistake."""


class TextNote(Note, frozen=True):
    """Printed words; `width` wraps them over several lines below one another."""

    text: str
    x: Place
    y: Place
    size: Points = 10
    bold: bool = False
    italic: bool = False
    align: Align = Align.LEFT
    width: Pitch = 0


class LineNote(Note, frozen=True):
    x1: Place
    y1: Place
    x2: Place
    y2: Place
    style: LineStyle = LineStyle.SOLID
    width: Length = 0.25


class BoxNote(Note, frozen=True):
    """Four rules around a rectangle."""

    x: Place
    y: Place
    w: Length
    h: Length
    width: Length = 0.3


class RowNote(Note, frozen=True):
    """A printed label, a dotted leader and the zone above the leader, on one baseline.

    Without `y` the row follows the one before; `beside` keeps its baseline and begins where that one ended. A row
    without `field` is only words. `start` moves the leader away from the label, so that leaders stand in a column.
    """

    label: str = ""
    field: str = ""
    x: Place | None = None
    to: Place | None = None
    y: Place | None = None
    start: Place | None = None
    lines: Count = 1
    beside: bool = False
    after: str = ""
    """Words printed behind the zone, ending at `to`."""
    leader: bool = False
    """A dotted leader that no column of the record takes."""
    size: Points | None = None
    bold: bool = False
    italic: bool = False
    ditto: bool = False
    ages: bool = False
    ink: Ink = Ink.HAND


class TickNote(Note, frozen=True):
    """Boxes to tick below one another, each with its words on the right. An option of two empty texts leaves a gap.

    Without `field` the boxes are only printed: they stand on the paper and no column takes them.
    """

    x: Place
    y: Place
    options: list[tuple[str, str]]
    field: str = ""
    label: str = ""
    pitch: Pitch = 7
    box: Length = 4
    size: Points = 10


class TableRow(Note, frozen=True):
    """A row of a table: its printed label and the column of the record in each cell ('' for none)."""

    label: str
    fields: list[str]
    lines: Count = 1
    ditto: bool = False
    ages: bool = False


class TableNote(Note, frozen=True):
    """A ruled table: `x` has the edges of its columns, the first column holds the labels."""

    x: list[Place]
    y: Place
    head: list[str]
    rows: list[TableRow]
    height: Length = 8.5
    size: Points = 10


class AreaNote(Note, frozen=True):
    """A box with a caption and room to write below it, ruled with dotted lines `pitch` apart (0 for none)."""

    x: Place
    y: Place
    w: Length
    h: Length
    label: str
    field: str
    size: Points = 10
    pitch: Pitch = 8


class SignNote(Note, frozen=True):
    """Where somebody signs: caption, a line of instruction, room for the signature, and the name written below."""

    x: Place
    y: Place
    w: Length
    h: Length
    label: str
    note: str = "(Ký, ghi rõ họ tên)"
    field: str = ""
    title: str = ""
    """Column of the office written above the signature."""
    stamp: bool = False
    size: Points = 10


class SpotNote(Note, frozen=True):
    kind: SpotKind
    x: Place
    y: Place
    w: Length
    h: Length


class SectionNote(Note, frozen=True):
    """What stands on the page, or in every entry. `left`, `right`, `pitch` and `size` are defaults of its rows."""

    left: Place = 15
    right: Place = 195
    pitch: Length = 8
    size: Points = 11
    text: list[object] = []
    line: list[object] = []
    box: list[object] = []
    row: list[object] = []
    tick: list[object] = []
    table: list[object] = []
    area: list[object] = []
    sign: list[object] = []
    spot: list[object] = []


class CellNote(Note, frozen=True):
    """A column of the record inside a ledger cell; `share` is its part of the sub-line's width."""

    field: str
    label: str = ""
    share: Length = 1
    ditto: bool = False
    ages: bool = False


class ColumnNote(Note, frozen=True):
    """A column of a ledger. `cells` has the sub-lines from top to bottom, each with the fields side by side.

    `group` is the head over neighbouring columns that name the same one; `before` leaves room on the left (the fold
    of the book).
    """

    width: Length
    head: str
    group: str = ""
    cells: list[list[CellNote]] = []
    lines: list[Count] = []
    """Height of each sub-line in sub-lines; all 1 when left out."""
    spot: SpotKind | None = None
    before: Place = 0


class LedgerNote(Note, frozen=True):
    """The ruled table of a ledger; its rows are the entries of the grid."""

    top: Place
    columns: list[object]
    group: Pitch = 7
    head: Pitch = 18
    numbers: Pitch = 5
    size: Points = 8


class GridNote(Note, frozen=True):
    x: Place
    y: Place
    width: Length
    height: Length
    columns: Count = 1
    rows: Count = 1


class FormNote(Note, frozen=True):
    """A whole definition file."""

    id: str
    revision: int
    record: RecordType
    title: str
    used_from: str
    used_to: str
    basis: str
    form_code: str
    layout: Layout
    size: tuple[Length, Length]
    heading: list[str]
    grid: object
    page: object = {}
    entry: object = {}
    ledger: object | None = None
