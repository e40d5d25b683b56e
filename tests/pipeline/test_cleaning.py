"""Splitting a picture of two pages: two pages, one original, records of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.errors import PolicyError
from hotich.pipeline.cleaning import is_half, split_spread, turn_of
from hotich.pipeline.intake import import_paths, set_aside_page
from hotich.pipeline.opening import open_record
from hotich.pipeline.pictures import page_picture
from hotich.store import Workspace
from hotich.values import Book
from tests.pipeline.conftest import CLERK, picture_bytes, picture_file


@pytest.fixture
def spread(workspace: Workspace, book: Book, tmp_path: Path) -> str:
    """The first of two pictures; it is wider than high."""
    file = tmp_path / "đôi.jpg"
    file.write_bytes(picture_bytes("trái phải", (1200, 800)))
    other = picture_file(tmp_path, "sau.jpg", "sau")
    return import_paths(workspace, book.book_id, [file, other], CLERK).added[0].page_id


def test_each_half_shows_its_side(workspace: Workspace, spread: str) -> None:
    right = split_spread(workspace, spread, CLERK)
    for page_id in (spread, right):
        height, width = page_picture(workspace, page_id, cleaned=True).pixels.shape[:2]
        assert width == pytest.approx(600, abs=40) and height == pytest.approx(800, abs=40)


def test_the_right_half_follows_the_left(workspace: Workspace, book: Book, spread: str) -> None:
    right = split_spread(workspace, spread, CLERK)
    rows = workspace.pages(book.book_id)
    assert [row.page.page_id for row in rows][:2] == [spread, right]
    assert [row.page.file_name for row in rows] == ["đôi.jpg", "đôi.jpg", "sau.jpg"]
    assert all(is_half(row) for row in rows[:2]) and not is_half(rows[2])
    assert [row.order for row in rows] == [0, 1, 2]


def test_a_page_set_aside_is_not_split(workspace: Workspace, book: Book, spread: str) -> None:
    set_aside_page(workspace, spread, "Trang trùng", CLERK)
    with pytest.raises(PolicyError, match="policy-page-aside"):
        split_spread(workspace, spread, CLERK)
    assert len(workspace.pages(book.book_id)) == 2


def test_records_of_the_halves_are_not_the_same(workspace: Workspace, spread: str) -> None:
    right = split_spread(workspace, spread, CLERK)
    assert open_record(workspace, spread, 0, "KS-2006", CLERK) != open_record(workspace, right, 0, "KS-2006", CLERK)


@pytest.mark.parametrize("half", [0, 1])
def test_a_half_is_not_split_again(workspace: Workspace, spread: str, half: int) -> None:
    ids = (spread, split_spread(workspace, spread, CLERK))
    with pytest.raises(PolicyError, match="policy-split-already"):
        split_spread(workspace, ids[half], CLERK)


def test_a_page_not_yet_cleaned_is_turned_as_its_camera_says(workspace: Workspace, book: Book, spread: str) -> None:
    assert turn_of(workspace.pages(book.book_id)[0]) == 0
