"""What stands before the cursor of a text field, and a way to replace it that the field takes for typing."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit

TextField = QLineEdit | QPlainTextEdit
PLAIN_KINDS = frozenset({"choice", "entry-number", "book-number", "page-number", "id-number", "time"})
"""Kinds of field (the property `kind`) that take codes and figures: no typing aid has a say there."""


def as_text_field(watched: QObject | None) -> TextField | None:
    """The object as a field that text can be typed into, or None."""
    if isinstance(watched, QComboBox):
        # An editable list has the focus itself and hands keys on without asking event filters.
        watched = watched.lineEdit() if watched.isEditable() else None
    if isinstance(watched, QLineEdit):
        open_to_all = watched.echoMode() == QLineEdit.EchoMode.Normal
        return watched if open_to_all and not watched.isReadOnly() else None
    if isinstance(watched, QPlainTextEdit):
        return None if watched.isReadOnly() else watched
    return None


def kind_of(field: TextField) -> str:
    """What kind of text the field takes, '' where nobody said."""
    return str(field.property("kind") or "")


def text_before(field: TextField) -> str | None:
    """The text of the line before the cursor, None while something is selected."""
    if isinstance(field, QLineEdit):
        return None if field.hasSelectedText() else field.text()[: field.cursorPosition()]
    cursor = field.textCursor()
    return None if cursor.hasSelection() else cursor.block().text()[: cursor.positionInBlock()]


_sending: list[bool] = []


def is_ours() -> bool:
    """Whether the text that arrives just now was put there by `replace_before`, and by no input method."""
    return bool(_sending)


def replace_before(field: TextField, length: int, text: str) -> None:
    """Put the text in place of so many letters before the cursor; the field takes it for typing."""
    event = QInputMethodEvent("", [])
    event.setCommitString(text, -length, length)
    _sending.append(True)
    try:
        QCoreApplication.sendEvent(field, event)
    finally:
        _sending.pop()
