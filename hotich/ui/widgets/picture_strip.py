"""A strip under a table or grid: the picture of what is chosen, and words beside it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QStackedLayout, QVBoxLayout, QWidget

from hotich.ui.widgets.labels import scaled

HEIGHT, WIDEST = 84, 540
"""Of the strip and of its picture at most, in pixels at the usual size of type."""


class StripPicture(QLabel):
    """A picture as wide as it is once it fits the strip, so that the words stand right beside it; or a word instead."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Ignored)

    def show_picture(self, picture: QPixmap) -> None:
        """Show that picture, as large as the strip lets it be; never more than half of the strip."""
        strip = self.parentWidget()
        room = min(scaled(WIDEST, self), strip.width() // 2 if strip is not None else WIDEST)
        size = QSize(max(1, room), scaled(HEIGHT, self))
        smooth = Qt.TransformationMode.SmoothTransformation
        self.setPixmap(picture.scaled(size, Qt.AspectRatioMode.KeepAspectRatio, smooth))


def picture_strip(parent: QWidget, picture: StripPicture, words: Iterable[QLabel]) -> QWidget:
    """The strip, of one height always, so that nothing below it moves when there is more to tell."""
    strip = QWidget(parent)
    strip.setFixedHeight(scaled(HEIGHT, parent))
    row = QHBoxLayout(strip)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(10)
    row.addWidget(picture)
    beside = QVBoxLayout()
    beside.setSpacing(0)
    beside.addStretch(1)
    for label in words:
        label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        beside.addWidget(label)
    beside.addStretch(1)
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
