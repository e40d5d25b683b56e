"""Labels in the looks of the style sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget


def label(text: str, look: str = "", parent: QWidget | None = None) -> QLabel:
    """A label that wraps; plain text always, because it may hold words from a page."""
    made = QLabel(text, parent)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(True)
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
