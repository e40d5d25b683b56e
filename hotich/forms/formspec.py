"""What a register is made of, as values: the columns of a record type and the printed form of an era.

Lengths are millimetres on the printed page, top-left origin. A ledger page is the whole open spread.
"""

from __future__ import annotations

from enum import StrEnum

import msgspec

from hotich.values import RecordType


class FieldKind(StrEnum):
    """What sort of thing a field holds; it decides decoder, keyboard, rules and normal form."""

    ENTRY_NUMBER = "entry-number"
    BOOK_NUMBER = "book-number"
    PAGE_NUMBER = "page-number"
    PERSON_NAME = "person-name"
    DATE = "date"
    DATE_WORDS = "date-words"
    TIME = "time"
    PLACE = "place"
    CHOICE = "choice"
    ETHNIC = "ethnic"
    NATIONALITY = "nationality"
    ID_NUMBER = "id-number"
    TEXT = "text"
    NOTE = "note"


class Need(StrEnum):
    """REQUIRED by the importer, CORE of the record, CORE_UNLESS a parent is unknown, or OPTIONAL."""

    REQUIRED = "required"
    CORE = "core"
    CORE_UNLESS = "core-unless"
    OPTIONAL = "optional"


class FieldSpec(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One column of the national import (or of ours, where none is known). `person` groups columns: nks, me, cha..."""

    id: str
    label: str
    kind: FieldKind
    label_en: str = ""
    need: Need = Need.OPTIONAL
    codes: str = ""
    """Id of the code list, for CHOICE."""
    person: str = ""
    help: str = ""
    from_book: str = ""
    """Name of the Book attribute that is offered as a suggestion: place, number, year."""
    shared: bool = False
    """Whether the same value usually stands in record after record of a book: signers, the office."""
    position: int = 0
    """Place in the import workbook from 1; it must agree with the order in the file."""

    def name(self, english: bool) -> str:
        """What the column is called in Vietnamese, or in English."""
        return self.label_en if english and self.label_en else self.label


class CopyRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True, rename={"source": "from"}):
    """Which person's block may be copied into whose: declarant from mother, father's residence from the mother's.

    Fields go together by the ending of their ids; `only` names the endings that are copied, empty for all. Where the
    copy tells how the two are related, `relation` is the word for `relation_field`, and `words` are those that say so.
    """

    to: str
    source: str
    only: tuple[str, ...] = ()
    relation_field: str = ""
    relation: str = ""
    words: tuple[str, ...] = ()


class RecordSpec(msgspec.Struct, frozen=True):
    """The columns of one record type in the order of the import template."""

    record_type: RecordType
    title: str
    title_en: str
    template: str
    official: bool
    remark: str
    fields: tuple[FieldSpec, ...]
    copies: tuple[CopyRule, ...] = ()

    def field(self, field_id: str) -> FieldSpec:
        """The column of that id. Raises KeyError."""
        return next_or_key_error(self.fields, field_id)


class Scope(StrEnum):
    """ENTRY repeats with every entry and is measured from the entry's corner; PAGE stands once on the page."""

    ENTRY = "entry"
    PAGE = "page"


class Ink(StrEnum):
    """How a zone is usually filled."""

    HAND = "hand"
    PRINT = "print"
    TICK = "tick"


class Rect(msgspec.Struct, frozen=True, array_like=True):
    """Left, top, width, height in millimetres."""

    x: float
    y: float
    w: float
    h: float


class Tick(msgspec.Struct, frozen=True):
    """A box to tick and the code that it stands for."""

    code: str
    rect: Rect


class Zone(msgspec.Struct, frozen=True):
    """Where a field is written on this form, and the label printed beside it then."""

    field_id: str
    rect: Rect
    label: str = ""
    scope: Scope = Scope.ENTRY
    ink: Ink = Ink.HAND
    ditto: bool = False
    """Ditto marks are usual here."""
    ages: bool = False
    """An age in years may stand instead of a date."""
    ticks: tuple[Tick, ...] = ()


class LineStyle(StrEnum):
    SOLID = "solid"
    DOTTED = "dotted"


class PrintedLine(msgspec.Struct, frozen=True):
    """A printed rule from (x1, y1) to (x2, y2), `width` millimetres thick."""

    x1: float
    y1: float
    x2: float
    y2: float
    style: LineStyle = LineStyle.SOLID
    scope: Scope = Scope.PAGE
    width: float = 0.25


class Align(StrEnum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class PrintedText(msgspec.Struct, frozen=True):
    """Printed words: (x, y) is the left end, middle or right end of the baseline; `size` is the type size in points."""

    text: str
    x: float
    y: float
    size: float
    bold: bool = False
    italic: bool = False
    align: Align = Align.LEFT
    scope: Scope = Scope.PAGE


class SpotKind(StrEnum):
    SIGNATURE = "signature"
    STAMP = "stamp"


class Spot(msgspec.Struct, frozen=True):
    """Where signatures and stamps are put; nothing is read there."""

    kind: SpotKind
    rect: Rect
    scope: Scope = Scope.ENTRY


class EntryGrid(msgspec.Struct, frozen=True):
    """Entries of a page: entry k is at column k % columns, row k // columns, each `width` x `height`."""

    x: float
    y: float
    width: float
    height: float
    columns: int = 1
    rows: int = 1

    @property
    def count(self) -> int:
        return self.columns * self.rows

    def origin(self, entry: int) -> tuple[float, float]:
        """Top-left corner of an entry on the page in millimetres."""
        row, column = divmod(entry, self.columns)
        return (self.x + column * self.width, self.y + row * self.height)


class Layout(StrEnum):
    """LEDGER rows over an open spread, BLOCKS of a boxed form, or a SINGLE entry a page."""

    LEDGER = "ledger"
    BLOCKS = "blocks"
    SINGLE = "single"


class FormSpec(msgspec.Struct, frozen=True):
    """The printed form of one era of one record type."""

    id: str
    revision: int
    record_type: RecordType
    title: str
    used_from: str
    used_to: str
    basis: str
    form_code: str
    layout: Layout
    page_width: float
    page_height: float
    heading: tuple[str, ...]
    """Printed lines by which the form is known; none on a plain form."""
    grid: EntryGrid
    zones: tuple[Zone, ...]
    lines: tuple[PrintedLine, ...] = ()
    texts: tuple[PrintedText, ...] = ()
    spots: tuple[Spot, ...] = ()
    sha256: str = ""
    """Of the definition file; freezes the form for records approved on it."""

    @property
    def is_plain(self) -> bool:
        """Whether nothing of it is printed: only a line for every column, and no place on the page."""
        return not self.heading

    def zone(self, field_id: str) -> Zone:
        """The zone of that field. Raises KeyError."""
        found = next((zone for zone in self.zones if zone.field_id == field_id), None)
        if found is None:
            raise KeyError(field_id)
        return found

    def place(self, rect: Rect, scope: Scope, entry: int) -> Rect:
        """A rectangle of the form moved to where it stands on the page for that entry."""
        if scope is Scope.PAGE:
            return rect
        x, y = self.grid.origin(entry)
        return Rect(rect.x + x, rect.y + y, rect.w, rect.h)


def next_or_key_error(fields: tuple[FieldSpec, ...], field_id: str) -> FieldSpec:
    """The first field of that id. Raises KeyError."""
    for field in fields:
        if field.id == field_id:
            return field
    raise KeyError(field_id)
