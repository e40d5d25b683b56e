"""Records, books and pages that must be there."""

from __future__ import annotations

from collections.abc import Iterator

from hotich.errors import PolicyError
from hotich.store import PageRow, Workspace
from hotich.values import Book, Record, Status

PORTION = 200


def record_of(workspace: Workspace, record_id: str) -> Record:
    """The record of that id. Raises PolicyError when there is none."""
    record = workspace.record(record_id)
    if record is None:
        raise PolicyError("policy-no-record")
    return record


def book_of(workspace: Workspace, book_id: str) -> Book:
    """The book of that id. Raises PolicyError when there is none."""
    row = workspace.book(book_id)
    if row is None:
        raise PolicyError("policy-no-book")
    return row.book


def page_of(workspace: Workspace, page_id: str) -> PageRow:
    """The page of that id. Raises PolicyError when there is none."""
    row = workspace.page(page_id)
    if row is None:
        raise PolicyError("policy-no-page")
    return row


def records_of(workspace: Workspace, book_id: str, status: Status | None = None) -> Iterator[Record]:
    """All records of a book in page order, fetched in portions."""
    offset = 0
    while portion := workspace.records(book_id, status=status, offset=offset, limit=PORTION):
        yield from portion
        offset += len(portion)
