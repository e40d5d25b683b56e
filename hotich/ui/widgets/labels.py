"""Labels in the looks of the style sheet."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget


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


LARGE_TYPE = 22
"""Height in pixels of a line of type from which a row of many buttons is wider than a display."""


def in_rows(widgets: Sequence[QWidget], beside: QWidget) -> QVBoxLayout:
    """The widgets in one row, in two where the type is large."""
    half = -(-len(widgets) // 2)
    large = beside.fontMetrics().height() > LARGE_TYPE
    column = QVBoxLayout()
    column.setSpacing(4)
    for some in (widgets[:half], widgets[half:]) if large else (widgets,):
        row = QHBoxLayout()
        row.setSpacing(4)
        for widget in some:
            row.addWidget(widget)
        row.addStretch(1)
        column.addLayout(row)
    return column


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Change a property on which the style sheet depends, and dress the widget anew."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
