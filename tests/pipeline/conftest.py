"""A workspace on disk with one book and one small page, and the two people who work on it."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from PIL import Image, ImageDraw

from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import Actor, Book, RecordType, Role

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
REVIEWER = Actor("Trần Văn Hòa", Role.SUPERVISOR)


def picture_bytes(text: str = "1", size: tuple[int, int] = (400, 560)) -> bytes:
    """A small page with something on it."""
    picture = Image.new("RGB", size, (238, 232, 214))
    ImageDraw.Draw(picture).text((40, 40), text, fill=(30, 30, 90))
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=90)
    return out.getvalue()


def picture_file(folder: Path, name: str, text: str = "1") -> Path:
    """The small page as a file."""
    file = folder / name
    file.write_bytes(picture_bytes(text))
    return file


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "kho dữ liệu") as opened:
        yield opened


@pytest.fixture
def book(workspace: Workspace) -> Book:
    wanted = NewBook(
        record_type=RecordType.BIRTH, year=2009, number="01", place="UBND xã Tân Lập", province="Hải Dương"
    )
    return open_book(workspace, wanted, CLERK)


@pytest.fixture
def page_id(workspace: Workspace, book: Book, tmp_path: Path) -> str:
    report = import_paths(workspace, book.book_id, [picture_file(tmp_path, "trang 1.jpg")], CLERK)
    return report.added[0].page_id


@pytest.fixture
def record_id(workspace: Workspace, page_id: str) -> str:
    return open_record(workspace, page_id, 0, "KS-2006", CLERK)
