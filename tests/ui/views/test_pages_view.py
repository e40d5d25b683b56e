"""The pages in a real window: moved, set aside and taken back by keys."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QPushButton

from hotich.ui.presenters.desk import Screen
from tests.pipeline.many import CLERK
from tests.ui.keyboard import press, type_text
from tests.ui.made import small_book
from tests.ui.windows import program


@pytest.fixture
def running(workspace, qtbot, tmp_path):
    """The pages of a book of three are shown, the first in hand."""
    book, _ = small_book(workspace, tmp_path, 3)
    with program(workspace, qtbot, tmp_path, CLERK) as made:
        made.window.desk.book_id = book.book_id
        made.window.go(Screen.PAGES)
        made.window.pages.start()
        qtbot.waitUntil(lambda: made.jobs.live == 0, timeout=20000)
        yield made


def shown(running) -> list[str]:
    strip = running.window.pages.strip
    return [strip.item(number).text().splitlines()[0] for number in range(strip.count())]


def test_alt_and_arrows_move_the_page_in_hand_and_back(running):
    strip = running.window.pages.strip
    before = shown(running)
    press("Alt+Down")
    assert shown(running) == ["1. trang 2.jpg", "2. trang 1.jpg", "3. trang 3.jpg"] and strip.currentRow() == 1
    press("Alt+Down")
    assert shown(running) == ["1. trang 2.jpg", "2. trang 3.jpg", "3. trang 1.jpg"] and strip.currentRow() == 2
    press("Alt+Up")
    press("Alt+Up")
    assert shown(running) == before and strip.currentRow() == 0


def test_the_key_that_sets_aside_takes_back_and_the_button_says_so(running, workspace, qtbot):
    button = running.window.pages.findChild(QPushButton, "button-page-aside")
    assert (button.text(), button.accessibleName()) == ("Để riêng (Ctrl+Del)", "Để riêng")
    press("Ctrl+Del")
    type_text("Trang trùng")
    press("Return")
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
    assert (button.text(), button.accessibleName()) == ("Lấy lại (Ctrl+Del)", "Lấy lại")
    press("Down")
    assert button.accessibleName() == "Để riêng"
    press("Up")
    press("Ctrl+R")
    assert QApplication.activeModalWidget() is not None
    press("Escape")
    press("Ctrl+Del")
    assert QApplication.activeModalWidget() is None and button.accessibleName() == "Để riêng"
    assert not any(row.set_aside for row in workspace.pages(running.window.desk.book_id))
