"""Pictures for the screen: upright, small, cleaned; and the way back to the original."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from hotich.imaging.geometry import moved
from hotich.pipeline import pictures
from hotich.pipeline.intake import import_paths
from hotich.pipeline.pictures import field_picture, page_picture, thumbnail
from hotich.pipeline.practice_truth import load_truths, sample_folder
from hotich.store import Workspace
from hotich.values import Book, Point, Quad
from tests.pipeline.conftest import CLERK

TRUTH = next(truth for truth in load_truths(sample_folder()) if truth.book.form_id == "KS-2006")
TURNED = next(file for file in TRUTH.files if file.name == "IMG_0413.jpg")


@pytest.fixture
def turned_page(workspace: Workspace, book: Book) -> str:
    return import_paths(workspace, book.book_id, [TURNED], CLERK).added[0].page_id


def test_a_photograph_is_shown_as_its_camera_was_held(workspace: Workspace, turned_page: str) -> None:
    shown = page_picture(workspace, turned_page)
    height, width = shown.pixels.shape[:2]
    page = workspace.pages(workspace.books()[0].book.book_id)[0].page
    assert (width, height) == (page.height, page.width)


@pytest.mark.parametrize("longest", [None, 700])
def test_shown_pixels_lead_back_to_the_original(workspace: Workspace, turned_page: str, longest: int | None) -> None:
    shown = page_picture(workspace, turned_page, longest=longest)
    height, width = shown.pixels.shape[:2]
    page = workspace.pages(workspace.books()[0].book.book_id)[0].page
    corners = moved([(0, 0), (width - 1, height - 1)], np.array(shown.to_original))
    found = sorted((round(p.x / page.width), round(p.y / page.height)) for p in corners)
    assert found == [(0, 1), (1, 0)]


def test_a_field_is_cut_out_upright(workspace: Workspace, turned_page: str) -> None:
    entry = next(entry for entry in TRUTH.entries if entry.file == TURNED.name)
    box = entry.fields["nksNoiSinh"].box
    cut = field_picture(page_picture(workspace, turned_page), Quad(*(Point(*corner) for corner in box)))
    assert cut.shape[1] > 3 * cut.shape[0]


def test_a_thumbnail_is_made_once_and_again_when_it_was_lost(
    workspace: Workspace, turned_page: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = thumbnail(workspace, turned_page)
    assert max(first.shape) == pictures.THUMBNAIL_PX
    (kept,) = (workspace.folder / pictures.THUMBNAIL_FOLDER).glob("*.jpg")
    with monkeypatch.context() as broken:
        broken.setattr(pictures, "page_picture", None)
        assert thumbnail(workspace, turned_page).shape == first.shape
    kept.write_bytes(b"")
    assert thumbnail(workspace, turned_page).shape == first.shape
    assert kept.stat().st_size > 1000


def test_a_workspace_that_takes_no_thumbnail_still_shows_it(workspace: Workspace, turned_page: str) -> None:
    blocked: Path = workspace.folder / "cache"
    blocked.write_text("", encoding="utf-8")
    assert max(thumbnail(workspace, turned_page).shape) == pictures.THUMBNAIL_PX
