"""What an extract of a record says, in the words of the register, and the pictures of the page beside it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import msgspec

from hotich.dates import PartialDate, parse_date, to_words
from hotich.export.extract import (
    LAYOUT,
    ExtractCell,
    ExtractContent,
    ExtractLayout,
    ExtractSection,
    PictureFact,
    canonical,
    layout_of,
    words,
)
from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.delivery import part_jpeg
from hotich.imaging.rasters import decode
from hotich.imaging.straight import straight_part
from hotich.pipeline.lookup import book_of
from hotich.pipeline.record_parts import Extent, parts_of
from hotich.pipeline.tuning import settings_of
from hotich.store import Workspace
from hotich.text import is_ditto
from hotich.values import Book, FieldState, Record

PICTURE_DPI = 150.0

_DATE = re.compile(r"(?:(?:(\d{2})\.)?(\d{2})\.)?(\d{4})")


class Office(msgspec.Struct, frozen=True):
    """Who issues: the office, the place before the date, and who is to sign. The signer may be left open."""

    issuer: str = ""
    place: str = ""
    signer_name: str = ""
    signer_office: str = ""


NO_OFFICE = Office()


@dataclass(frozen=True, slots=True)
class ExtractOrder:
    """What is asked for: of which record, for whom and what for, how many copies, and whether with its picture."""

    record_id: str
    recipient: str
    purpose: str = ""
    copies: int = 1
    office: Office = NO_OFFICE
    pictures: bool = True


def content_of(
    workspace: Workspace, record: Record, order: ExtractOrder, today: date
) -> tuple[ExtractContent, dict[str, bytes]]:
    """What the extract says, without its serial, and the pictures that go with it by SHA-256.

    Raises PolicyError where the book is gone, InputError where an original fails.
    """
    book = book_of(workspace, record.book_id)
    layout, said = layout_of(book.record_type), _Register(record, book)
    pictures = tuple(_pictures(workspace, record)) if order.pictures else ()
    content = ExtractContent(
        record_type=book.record_type,
        title=layout.title,
        register=layout.register,
        issuer=order.office.issuer.strip() or book.place,
        place=order.office.place.strip(),
        serial="",
        issued=today.isoformat(),
        office=said.value(layout.office) or book.place,
        number=number_of(record),
        book=_book_number(record, book),
        registered=said.cell("", "ngayDangKy").value,
        people=tuple(text for field_id in layout.people if (text := said.value(field_id))),
        sections=tuple(_sections(layout, said)),
        notes=tuple(_notes(record, said)),
        recipient=" ".join(order.recipient.split()),
        purpose=" ".join(order.purpose.split()),
        signer_name=order.office.signer_name.strip(),
        signer_office=order.office.signer_office.strip(),
        pictures=tuple(fact for fact, _ in pictures),
        practice=book.practice,
        layout=LAYOUT,
    )
    # What is drawn is what will be read back from the file.
    return msgspec.json.decode(canonical(content), type=ExtractContent), {f.sha256: data for f, data in pictures}


def number_of(record: Record) -> str:
    """The number of a record in its book."""
    return record.normal("so") or record.written("so")


def _book_number(record: Record, book: Book) -> str:
    written = record.normal("quyenSo") or record.written("quyenSo")
    return written or (book.number if "/" in book.number else f"{book.number}/{book.year}")


def _sections(layout: ExtractLayout, said: _Register) -> Iterator[ExtractSection]:
    for section in layout.section:
        fields = [field_id for line in section.lines for _, field_id in line]
        if section.optional and not any(said.value(field_id) for field_id in fields):
            continue
        lines = tuple(tuple(said.cell(label, field_id) for label, field_id in line) for line in section.lines)
        yield ExtractSection(section.heading, lines)


def _notes(record: Record, said: _Register) -> Iterator[str]:
    """The notes of the register: its own column first, then what stands in the margin, with the dates there."""
    own = said.value("ghiChu")
    if own:
        yield own
    for note in record.margin_notes:
        yield ": ".join(part for part in (note.date, note.text) if part)


class _Register:
    """What the register says, in the words of an extract."""

    def __init__(self, record: Record, book: Book) -> None:
        self._record = record
        self._fields = {field.id: field for field in load_catalogue().records[book.record_type].fields}

    def cell(self, label: str, field_id: str) -> ExtractCell:
        """A label with what the register says; where it says nothing, that."""
        value, said = self.value(field_id), words()
        if value:
            return ExtractCell(label, value)
        entry = self._record.fields.get(field_id)
        state = entry.value.state if entry is not None and entry.value is not None else None
        told = {FieldState.BLANK: said.blank, FieldState.UNREADABLE: said.unreadable}
        return ExtractCell(label, told.get(state, said.absent) if state else said.absent, absent=True)

    def value(self, field_id: str) -> str:
        """The confirmed text: dates as ngày/tháng/năm, codes by their names, all else as written."""
        field, entry = self._fields.get(field_id), self._record.fields.get(field_id)
        if field is None:
            return ""
        value = entry.value if entry is not None else None
        if value is None or value.state is not FieldState.VALUE:
            return self._date_in_words(field) if field.kind is FieldKind.DATE_WORDS else ""
        written = value.normal if is_ditto(value.as_written) else value.as_written
        if field.kind is FieldKind.DATE:
            return _date(value.normal, written)
        if field.kind is FieldKind.CHOICE:
            return _code_name(field, value.normal) or written
        return " ".join(written.split())

    def _date_in_words(self, field: FieldSpec) -> str:
        """A date that the register gives in figures only, said in words where it is whole."""
        ids = list(self._fields)
        before = [name for name in ids[: ids.index(field.id)] if self._fields[name].kind is FieldKind.DATE]
        if not before:
            return ""
        found = _DATE.fullmatch(self._record.normal(before[-1]))
        if found is None or not all(found.groups()):
            return ""
        day, month, year = (int(part) for part in found.groups())
        try:
            told = to_words(PartialDate(day, month, year))
        except ValueError:
            return ""
        return told[:1].upper() + told[1:]


def _date(normal: str, written: str) -> str:
    """The date as extracts write it; beside a year that follows from an age stands what the register says."""
    if not _DATE.fullmatch(normal):
        return written
    date = parse_date(written).date
    told = normal.replace(".", "/")
    return told if date is None or date.age is None else words().reckoned.format(value=told, written=written)


def _code_name(field: FieldSpec, normal: str) -> str:
    codes = load_catalogue().codes.get(field.codes)
    code = codes.code(normal) if codes is not None else None
    return code.label if code is not None else ""


def _pictures(workspace: Workspace, record: Record) -> Iterator[tuple[PictureFact, bytes]]:
    """The parts of the pages that show the record, straightened, as JPEGs with their size on paper."""
    fine = settings_of(workspace).delivery_bytes_per_a4
    for page in parts_of(workspace, record, Extent.ENTRY):
        original = workspace.original(page.row.page.file_sha256)
        picture = decode(original, page.row.page.frame)
        for part in page.parts:
            straight = straight_part(picture, page.paper_to_original, part.x, part.y, (part.w, part.h))
            jpeg = part_jpeg(straight.pixels, (part.w, part.h), fine, PICTURE_DPI)
            fact = PictureFact(hashlib.sha256(jpeg).hexdigest(), round(part.w, 2), round(part.h, 2))
            yield fact, jpeg
