"""A strip under a table or grid: the picture of what is chosen, and words beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from hotich.ui.widgets.labels import scaled

HEIGHT, WIDEST = 84, 540
"""Of the strip and of its picture at most, in pixels at the usual size of type."""


def picture_strip(parent: QWidget, picture: QLabel, words: Iterable[QLabel]) -> QWidget:
    """The strip, of one height always, so that nothing moves when there is more to tell."""
    strip = QWidget(parent)
    strip.setFixedHeight(scaled(HEIGHT, parent))
    row = QHBoxLayout(strip)
    row.setContentsMargins(0, 0, 0, 0)
    picture.setMinimumSize(120, 20)
    picture.setMaximumWidth(scaled(WIDEST, parent))
    picture.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
    picture.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    row.addWidget(picture, 1)
    beside = QVBoxLayout()
    beside.setSpacing(0)
    for label in words:
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        beside.addWidget(label)
    row.addLayout(beside, 1)
    return strip


def over_strip(view: QWidget, main: QWidget, nothing: QLabel, strip: QWidget) -> tuple[QVBoxLayout, QStackedLayout]:
    """Lays a view out: `main`, or the sentence why there is nothing (page 1 of the stack), over the strip.

    What stands above and below is added to the column by the view.
    """
    column = QVBoxLayout(view)
    column.setContentsMargins(4, 4, 4, 4)
    column.setSpacing(4)
    middle = QWidget(view)
    stack = QStackedLayout(middle)
    stack.addWidget(main)
    page = QWidget(view)
    QVBoxLayout(page).addWidget(nothing, 0, Qt.AlignmentFlag.AlignTop)
    stack.addWidget(page)
    column.addWidget(middle, 1)
    column.addWidget(strip)
    return column, stack
