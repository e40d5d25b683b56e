"""One real package, made once and never changed, for all tests that read packages."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.pipeline.delivery import export_book
from hotich.store import Workspace
from tests.export.made import REVIEWER, finished_book


@pytest.fixture(scope="session")
def package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a book with three pages and three records; its second page was photographed sideways."""
    folder = tmp_path_factory.mktemp("Gói dữ liệu")
    with Workspace.open(folder / "kho") as workspace:
        book = finished_book(workspace, folder)
        return export_book(workspace, book.book_id, folder, REVIEWER).path


@pytest.fixture(scope="session")
def practice_package(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package of a practice book of one page."""
    folder = tmp_path_factory.mktemp("Gói thực hành")
    with Workspace.open(folder / "kho") as workspace:
        book = finished_book(workspace, folder, pages=1, practice=True)
        return export_book(workspace, book.book_id, folder, REVIEWER).path


@pytest.fixture(scope="module")
def whole(package: Path) -> bytes:
    return package.read_bytes()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("hỏng")
