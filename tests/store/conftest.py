"""A workspace in a folder of its own, with a Vietnamese name as clerks give them."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich.store import Workspace
from tests.store.made import Clock


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "Sổ hộ tịch xã Đắk Drông"


@pytest.fixture
def workspace(folder: Path) -> Iterator[Workspace]:
    with Workspace.open(folder, clock=Clock()) as opened:
        yield opened
