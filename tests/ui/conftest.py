"""A workspace on disk and the work place of a presenter."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich.messages import Language
from hotich.store import Workspace
from hotich.ui.presenters.desk import Desk
from tests.ui.made import CLERK, FakeShell, small_book


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with Workspace.open(tmp_path / "kho dữ liệu") as opened:
        yield opened


@pytest.fixture
def shell() -> FakeShell:
    return FakeShell()


@pytest.fixture
def desk(workspace: Workspace, shell: FakeShell) -> Desk:
    return Desk(workspace, shell, CLERK, Language.VIETNAMESE)


@pytest.fixture
def records(workspace: Workspace, desk: Desk, tmp_path: Path) -> tuple[str, ...]:
    """Two open records of a book that is in hand."""
    book, ids = small_book(workspace, tmp_path)
    desk.book_id = book.book_id
    return ids
