"""The list under a field. It never writes into the field by itself: inline completion breaks Vietnamese typing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from hotich.text import fold

SHOWN = 8
NUMBERED = 5
"""Lines that Alt and a digit take."""
CROP_HEIGHT = 64
EDGES = 28
"""Pixels of a list's width that lines cannot use."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of the list: what it writes, its code if it has one, and what speaks for it."""

    text: str
    code: str = ""
    detail: str = ""

    @property
    def line(self) -> str:
        """The line as shown."""
        named = f"{self.code}  {self.text}" if self.code else self.text
        return f"{named}    {self.detail}" if self.detail else named


def fitting(choices: Sequence[Choice], typed: str) -> list[Choice]:
    """The choices that what was typed may mean: by code, else by the first letters of words, else by letters inside."""
    wanted = fold(typed)
    if not wanted:
        return list(choices)
    if by_code := [choice for choice in choices if choice.code and choice.code.startswith(wanted)]:
        return sorted(by_code, key=lambda choice: choice.code != wanted)
    starts = [choice for choice in choices if fold(choice.text).startswith(wanted)]
    inside = [choice for choice in choices if choice not in starts and f" {wanted}" in f" {fold(choice.text)}"]
    return starts + inside


class ChoiceList(QFrame):
    """A frame inside the window, not a window of its own: the focus and the input method stay with the field."""

    taken = Signal(object)
    """A line was clicked."""

    def __init__(self, name: str, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self.setProperty("look", "popup")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list = QListWidget(self)
        self._list.setAccessibleName(name)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Otherwise a list of one line would be taller than its line.
        self._list.setMinimumHeight(1)
        self._list.itemClicked.connect(self._clicked)
        self._crop = QLabel(self)
        self._crop.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self._crop.setContentsMargins(4, 2, 4, 2)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._crop)
        layout.addWidget(self._list)
        self._choices: list[Choice] = []
        self._crop_height = 0
        self._editor: QLineEdit | None = None
        self.hide()

    def offer(self, editor: QLineEdit, choices: Sequence[Choice], *, decide: bool, crop: QImage | None = None) -> None:
        """Show the choices under the field, and the picture of the field over them if one is given.

        With `decide` the first one is marked when no other fits."""
        self._choices, self._editor = list(choices), editor
        self._list.clear()
        for number, choice in enumerate(self._choices, 1):
            # Where lines have codes the code is typed; a second number would only confuse.
            numbered = number <= NUMBERED and not choice.code
            self._list.addItem(QListWidgetItem(f"{number}  {choice.line}" if numbered else choice.line))
        self._list.setCurrentRow(0 if decide and len(self._choices) == 1 else -1)
        self._show_crop(crop, self._width(editor))
        if self._choices:
            self._place(editor)
        self.setVisible(bool(self._choices))

    def _show_crop(self, crop: QImage | None, width: int) -> None:
        self._crop.setVisible(crop is not None)
        self._crop_height = 0
        if crop is not None:
            fitting_size = QSize(width - 8, CROP_HEIGHT)
            smooth = Qt.TransformationMode.SmoothTransformation
            shown = crop.scaled(fitting_size, Qt.AspectRatioMode.KeepAspectRatio, smooth)
            self._crop.setPixmap(QPixmap.fromImage(shown))
            self._crop_height = shown.height() + 6
            self._crop.setFixedHeight(self._crop_height)

    def mark(self, place: int) -> None:
        """Mark that line."""
        self._list.setCurrentRow(place)

    def move_mark(self, step: int) -> None:
        """Up or down by one line; from no line to the first or last."""
        count, row = self._list.count(), self._list.currentRow()
        if count:
            self._list.setCurrentRow((row + step) % count if row >= 0 else (0 if step > 0 else count - 1))

    def marked(self) -> Choice | None:
        """The line that Enter takes, or None."""
        row = self._list.currentRow()
        return self._choices[row] if self.isVisible() and 0 <= row < len(self._choices) else None

    @property
    def editor(self) -> QLineEdit | None:
        """The field under which the list stands."""
        return self._editor

    def numbered(self, number: int) -> Choice | None:
        """The line of that number from 1, while the list is open."""
        there = self.isVisible() and 1 <= number <= min(NUMBERED, len(self._choices))
        return self._choices[number - 1] if there else None

    def _place(self, editor: QLineEdit) -> None:
        window = self._window
        lines = min(SHOWN, len(self._choices))
        height = lines * self._list.sizeHintForRow(0) + 8
        height += self._crop_height
        width = self._width(editor)
        below = editor.mapTo(window, QPoint(0, editor.height()))
        above = editor.mapTo(window, QPoint(0, -height))
        fits = below.y() + height <= window.height()
        corner = below if fits else above
        self.setGeometry(min(corner.x(), window.width() - width), corner.y(), width, height)
        self.raise_()

    def _width(self, editor: QLineEdit) -> int:
        """As wide as the field, wider where a line needs it and the window has room."""
        needed = self._list.sizeHintForColumn(0) + EDGES
        return max(editor.width(), 220, min(needed, self._window.width() // 2))

    def _clicked(self, item: QListWidgetItem) -> None:
        if self._editor is not None:
            self.taken.emit(self._choices[self._list.row(item)])
