"""Records follow their pages wherever they are listed: in the sheet, in the entry, and in what leaves."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

from hotich.pipeline.delivery import export_book
from hotich.pipeline.entry import entry_view
from hotich.pipeline.intake import move_page
from hotich.pipeline.sheet import SheetOrder, SheetReader, sheet_columns
from hotich.store import Workspace
from hotich.values import Book
from tests.export.made import CLERK, REVIEWER, finished_book


def ids_in(package: Path) -> list[str]:
    """The ids of the records in the order in which they stand in the package."""
    with zipfile.ZipFile(package) as archive:
        return [record["record_id"] for record in json.loads(archive.read("records.json"))]


def held(workspace: Workspace, book: Book, expected: tuple[str, ...], out: Path) -> None:
    """Every list tells the records in that order."""
    assert workspace.record_ids(book.book_id) == expected
    reader = SheetReader(workspace, book.book_id, sheet_columns(workspace, book.book_id))
    assert reader.ids(SheetOrder()) == expected
    above = [entry_view(workspace, record_id).above for record_id in expected]
    assert [record.record_id if record else None for record in above] == [None, *expected[:-1]]
    assert ids_in(export_book(workspace, book.book_id, out, REVIEWER).path) == list(expected)


def test_records_follow_their_pages(workspace: Workspace, tmp_path: Path) -> None:
    book, out = finished_book(workspace, tmp_path, pages=3), tmp_path / "gói"
    first, second, third = workspace.record_ids(book.book_id)
    moved = workspace.pages(book.book_id)[2].page.page_id
    assert move_page(workspace, moved, -1, CLERK)
    held(workspace, book, (first, third, second), out)
    assert move_page(workspace, moved, 1, CLERK)
    held(workspace, book, (first, second, third), out)
