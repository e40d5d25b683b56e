"""Opening books and correcting what is known of them."""

from __future__ import annotations

import uuid
from datetime import date

import msgspec

from hotich import workflow
from hotich.errors import PolicyError
from hotich.store import Workspace
from hotich.text import nfc
from hotich.values import Actor, Book, RecordType

OLDEST_YEAR = 1900
"""Registers that communes still hold are younger."""


class NewBook(msgspec.Struct, frozen=True, kw_only=True):
    """What a person knows of a book before its first page; `number` as on the cover, dates in storage form."""

    record_type: RecordType
    year: int
    number: str
    place: str
    province: str = ""
    form_id: str = ""
    opened: str = ""
    closed: str = ""
    expected_entries: int | None = None
    practice: bool = False


def open_book(workspace: Workspace, wanted: NewBook, actor: Actor) -> Book:
    """The new book, with an id of its own. Its texts are brought to NFC.

    Raises PolicyError for a year in which no register was kept, and where nobody says who registered.
    """
    fields = {
        name: nfc(value).strip() if type(value) is str else value
        for name, value in msgspec.structs.asdict(wanted).items()
    }
    newest = date.today().year
    if not OLDEST_YEAR <= wanted.year <= newest:
        raise PolicyError("book-year-unlikely", year=wanted.year, oldest=OLDEST_YEAR, newest=newest)
    if not fields["place"]:
        raise PolicyError("book-place-needed")
    book = msgspec.convert({"book_id": uuid.uuid4().hex, **fields}, Book)
    workspace.append(workflow.Draft(book.book_id, workflow.BookOpened(book), actor))
    return book


def change_book(workspace: Workspace, book: Book, actor: Actor) -> None:
    """Keeps the book as given; what it was before stays in its history."""
    workspace.append(workflow.Draft(book.book_id, workflow.BookChanged(book), actor))
