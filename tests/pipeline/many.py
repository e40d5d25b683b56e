"""A book of births with as many records as wanted, their readings given one by one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.ocr.suggest import BLANK
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.store import Workspace
from hotich.values import MACHINE, Actor, Book, Point, Quad, Reading, RecordType, Region, Role, SourcePage
from hotich.workflow import Draft, PageAdded, ReadingsMade, RecordOpened
from tests.ui.made import page_file

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
FORM = "KS-2006"
FIELDS = ("so", "nksHoTen", "nksGioiTinh", "nksDanToc", "nguoiKy", "ngayDangKy")

Read = str | tuple[str, float]
"""A text read with confidence 0.97, or with another one."""


def many_records(
    workspace: Workspace, folder: Path, readings: Sequence[Mapping[str, Read]], number: str = "01"
) -> tuple[str, tuple[str, ...]]:
    """The id of the book and of its records: a page each, of one picture; '' is read as blank."""
    wanted = NewBook(record_type=RecordType.BIRTH, year=2009, number=number, place="UBND xã Tân Lập")
    book = open_book(workspace, wanted, CLERK)
    book_id = book.book_id
    of = import_paths(workspace, book_id, [page_file(folder, f"trang {number}.jpg", number)], CLERK).added[0]
    form = load_catalogue().forms[FORM]
    drafts = []
    for place, read in enumerate(readings):
        page = of if not place else SourcePage(f"{of.page_id}-{place}", of.file_name, of.file_sha256, 0, 400, 560)
        record_id = f"{page.page_id}-e0"
        regions = tuple(Region(name, page.page_id, box(row)) for row, name in enumerate(FIELDS))
        opened = RecordOpened(0, FORM, form.sha256, regions)
        if place:
            drafts.append(Draft(book_id, PageAdded(page, place), CLERK, page_id=page.page_id))
        drafts.append(Draft(book_id, opened, MACHINE, record_id, page.page_id))
        numbered = {"so": f"{place + 1:02}", **read}
        made = ReadingsMade(tuple(_reading(book, name, told) for name, told in numbered.items()))
        drafts.append(Draft(book_id, made, MACHINE, record_id, page.page_id))
    workspace.append(*drafts)
    return book_id, workspace.record_ids(book_id)


def box(row: int) -> Quad:
    """A line of the page."""
    top = 40 + 60 * row
    return Quad(Point(40, top), Point(240, top), Point(240, top + 40), Point(40, top + 40))


def _reading(book: Book, field_id: str, read: Read) -> Reading:
    text, confidence = read if isinstance(read, tuple) else (read, 0.97)
    spec = load_catalogue().records[book.record_type].field(field_id)
    normal = normalise(spec, text, NormalContext(book)).normal
    return Reading(field_id, text, normal, confidence, "thu", "1", "ink" if text else BLANK)
