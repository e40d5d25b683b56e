"""The entry screen's presenter on two open records."""

import pytest

from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry import EntryPresenter
from tests.ui.presenters.entry_screen import Screen


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def presenter(desk: Desk, screen: Screen, records: tuple[str, ...]) -> EntryPresenter:
    made = EntryPresenter(desk, screen)
    made.refresh()
    return made
