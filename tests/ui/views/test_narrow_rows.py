"""Rows of buttons that go on below, and words that stand right beside their picture."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from hotich.ui.presenters.desk import Screen
from hotich.ui.widgets.flow import GAP, in_rows
from hotich.ui.widgets.picture_strip import StripPicture, picture_strip
from tests.pipeline.many import CLERK, many_records
from tests.ui.windows import program


@pytest.fixture
def buttons(qtbot) -> Iterator[list[QPushButton]]:
    holder = QWidget()
    made = [QPushButton(f"Nút thứ {number}", holder) for number in range(6)]
    column = QVBoxLayout(holder)
    column.setContentsMargins(0, 0, 0, 0)
    column.addLayout(in_rows(made))
    column.addStretch(1)
    qtbot.addWidget(holder)
    holder.show()
    yield made
    holder.close()


def rows_of(buttons: list[QPushButton]) -> list[int]:
    """How many buttons stand in each row."""
    heights = [button.y() for button in buttons]
    assert heights == sorted(heights)
    return [heights.count(y) for y in sorted(set(heights))]


def test_a_row_goes_on_below_where_the_width_ends(buttons):
    holder, wide = buttons[0].parentWidget(), buttons[0].sizeHint().width()
    for columns, rows in ((6, [6]), (4, [4, 2]), (1, [1] * 6), (2, [2, 2, 2])):
        holder.resize(columns * (wide + GAP) + 1, 400)
        assert rows_of(buttons) == rows
        assert all(button.geometry().right() < holder.width() for button in buttons)
        assert {button.height() for button in buttons} == {buttons[0].sizeHint().height()}


def test_a_row_has_one_middle_line_and_ends_with_the_room(qtbot):
    holder = QWidget()
    tall, low, long = QPushButton("Cao", holder), QLabel("thấp", holder), QLabel("rất dài " * 40, holder)
    tall.setFixedHeight(60)
    QVBoxLayout(holder).addLayout(in_rows((tall, low, long)))
    qtbot.addWidget(holder)
    holder.resize(400, 300)
    holder.show()
    assert abs(tall.geometry().center().y() - low.geometry().center().y()) <= 1
    assert long.y() > tall.geometry().bottom() and long.geometry().right() < holder.width()
    holder.close()


@pytest.mark.parametrize(("wide", "high"), [(400, 40), (40, 300), (3000, 60)])
def test_the_words_stand_right_beside_the_picture(qtbot, wide, high):
    holder = QWidget()
    picture, words = StripPicture(holder), QLabel("Số 03", holder)
    column = QVBoxLayout(holder)
    column.addWidget(picture_strip(holder, picture, (words,)))
    qtbot.addWidget(holder)
    holder.resize(900, 120)
    holder.show()
    paper = QPixmap(wide, high)
    paper.fill("white")
    picture.show_picture(paper)
    qtbot.waitUntil(lambda: 0 < words.x() - (picture.x() + picture.pixmap().width()) <= 12)
    assert picture.pixmap().width() <= 450 and words.width() > 300
    picture.clear()
    qtbot.waitUntil(lambda: words.x() <= 20)


def test_carousel_and_sheet_need_no_scrolling_sideways(workspace, qtbot, tmp_path):
    book_id, _ = many_records(workspace, tmp_path, [{"nksGioiTinh": "Nam"}])
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        window = running.window
        window.desk.book_id = book_id
        window.resize(760, 600)
        for screen, view in ((Screen.CAROUSEL, window.carousel), (Screen.SHEET, window.sheet)):
            window.go(screen)
            qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)
            held = view.parentWidget()
            assert view.minimumSizeHint().width() <= held.width() and view.width() <= held.width()
