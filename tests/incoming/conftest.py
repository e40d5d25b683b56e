"""A workspace on disk, and a book that left in package 1."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich.pipeline.delivery import export_book
from hotich.store import Workspace
from hotich.values import Book
from tests.export.made import REVIEWER, finished_book


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "kho dữ liệu") as opened:
        yield opened


@pytest.fixture
def left(workspace: Workspace, tmp_path: Path) -> Book:
    """Three approved records, 01 to 03 of March 2009, that left."""
    book = finished_book(workspace, tmp_path, pages=3)
    export_book(workspace, book.book_id, tmp_path / "gói", REVIEWER)
    return book
