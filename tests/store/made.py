"""Drafts of a small made-up book for the tests of the store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hotich.store import Workspace
from hotich.values import MACHINE, Actor, Book, FieldValue, Point, Quad, RecordType, Region, Role, SourcePage
from hotich.workflow import BookOpened, Draft, FieldsConfirmed, PageAdded, RecordOpened

LAN = Actor("Nguyễn Thị Lan", Role.CLERK)
HUNG = Actor("Trần Văn Hùng", Role.CLERK)
MAI = Actor("Lê Thị Mai", Role.SUPERVISOR)
BOOK = "so-ks-1995-01"
QUAD = Quad(Point(0, 10.25), Point(90.5, 10), Point(90, 19), Point(0, 19))


class Clock:
    """A clock that goes on by a second at every look."""

    def __init__(self) -> None:
        self.now = datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def opened(book_id: str = BOOK) -> Draft:
    """A book of births."""
    return Draft(book_id, BookOpened(Book(book_id, RecordType.BIRTH, 1995, "01", "Xã Đắk Drông")), LAN)


def page(number: int = 0, sha256: str = "a" * 64, book_id: str = BOOK) -> Draft:
    """The page of that number; its id has the number in it."""
    added = source(number, sha256, book_id)
    return Draft(book_id, PageAdded(added, number), LAN, page_id=added.page_id)


def source(number: int = 0, sha256: str = "a" * 64, book_id: str = BOOK) -> SourcePage:
    """The picture of a page."""
    return SourcePage(f"{book_id}-p{number}", f"trang {number}.jpg", sha256, 0, 2480, 3508, 300.0)


def entry(page_number: int = 0, number: int = 0, book_id: str = BOOK) -> Draft:
    """An entry found on that page, with two fields placed."""
    page_id = f"{book_id}-p{page_number}"
    regions = tuple(Region(field, page_id, QUAD) for field in ("so", "nksHoTen"))
    event = RecordOpened(number, "KS-1999", "f" * 64, regions)
    return Draft(book_id, event, MACHINE, record_id=record_id(page_number, number, book_id), page_id=page_id)


def record_id(page_number: int = 0, number: int = 0, book_id: str = BOOK) -> str:
    """The id that `entry` gives."""
    return f"{book_id}-p{page_number}-e{number}"


def typed(text: str, actor: Actor = LAN, record: str = "", field_id: str = "nksHoTen", book_id: str = BOOK) -> Draft:
    """A person confirms one field of a record, of the first one when none is named."""
    event = FieldsConfirmed((FieldValue(field_id, text, text),))
    return Draft(book_id, event, actor, record_id=record or record_id(book_id=book_id))


def fill(workspace: Workspace, pages: int = 1, entries: int = 1, book_id: str = BOOK) -> None:
    """A book with so many pages and so many entries on each."""
    sha256 = workspace.put_original(b"picture of a page")
    workspace.append(opened(book_id), *(page(number, sha256, book_id) for number in range(pages)))
    workspace.append(*(entry(p, e, book_id) for p in range(pages) for e in range(entries)))
