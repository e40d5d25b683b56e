"""Labels in the looks of the style sheet."""

from __future__ import annotations

import re
import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

BREAK = "\u200b"
"""A place at which a line may end, and no letter."""
JOINERS = ("\u200c", "\u200d")
LONGEST, PIECE = 24, 6
"""Letters without a space that stay together, and into how many longer ones are parted: no word is as long."""
_LONG_RUN = re.compile(rf"[^\s{BREAK}]{{{LONGEST + 1},}}", re.ASCII)  # no line ends at a space that is not ASCII's


class WrappedLabel(QLabel):
    """Plain text that wraps, also within a run of letters too long for a line; `text` is what was set.

    A text that can be selected is not parted, so that what is copied from it is the true text.
    """

    def __init__(self, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._told = ""
        self._named = ""
        """The accessible name as it was set here, where what is shown is not quite the text."""
        # It may hold words from a page.
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setText(text)

    def text(self) -> str:
        """The text as it was set."""
        return self._told

    def setText(self, text: str) -> None:
        """Show the text; a screen reader gets it as it is."""
        self._told = text
        shown = text if self._selectable else breakable(text)
        super().setText(shown)
        self._name("" if shown == text else text)

    def clear(self) -> None:
        """Show nothing."""
        self.setText("")

    def setTextInteractionFlags(self, flags: Qt.TextInteractionFlag) -> None:
        """Also show the text as it is where it can be selected."""
        super().setTextInteractionFlags(flags)
        self.setText(self._told)

    @property
    def _selectable(self) -> bool:
        return bool(self.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse)

    def _name(self, text: str) -> None:
        """Tell the text as the name, unless the label was given a name of its own."""
        if self.accessibleName() == self._named != text:
            self.setAccessibleName(text)
            self._named = text


def breakable(text: str) -> str:
    """The text with places to end a line in runs of letters that are longer than any word."""
    return _LONG_RUN.sub(lambda run: _parted(run.group()), text)


def _parted(run: str) -> str:
    pieces = [""]
    for letter in run:
        # Marks stay with their letter.
        joined = unicodedata.combining(letter) or letter in JOINERS or pieces[-1].endswith(JOINERS)
        if len(pieces[-1]) >= PIECE and not joined:
            pieces.append("")
        pieces[-1] += letter
    return BREAK.join(pieces)


def label(text: str, look: str = "", parent: QWidget | None = None) -> WrappedLabel:
    """A label that wraps; plain text always, because it may hold words from a page."""
    made = WrappedLabel(text, parent)
    if look:
        made.setProperty("look", look)
    return made


USUAL_LINE = 16
"""Height in pixels of a line of type at its usual size."""


def scaled(pixels: int, widget: QWidget) -> int:
    """A width meant for the usual type, at the type size in use."""
    return round(pixels * max(1.0, widget.fontMetrics().height() / USUAL_LINE))


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Change a property on which the style sheet depends, and dress the widget anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
