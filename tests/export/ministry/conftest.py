"""A workspace with a finished book, and where it is handed off to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich.store import Workspace
from hotich.values import Book
from tests.export.made import finished_book


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "kho dữ liệu") as opened:
        yield opened


@pytest.fixture
def book(workspace: Workspace, tmp_path: Path) -> Book:
    return finished_book(workspace, tmp_path)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "Bàn giao"
