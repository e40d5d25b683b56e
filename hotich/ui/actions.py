"""Ties the shortcuts of the table to widgets and buttons."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QWidget

from hotich.ui.keys import key


def shown_keys(key_id: str) -> str:
    """The keys as the keyboard names them, such as Ctrl+N."""
    return spelled(key(key_id).sequence)


def spelled(sequence: str) -> str:
    """A key sequence as it is printed on the keys."""
    text = QKeySequence(sequence).toString(QKeySequence.SequenceFormat.NativeText)
    return text.replace("Return", "Enter").replace("PgDown", "PgDn")


def bind(widget: QWidget, key_id: str, act: Callable[[], object], *, everywhere: bool = False) -> QAction:
    """Let the key call `act` while the focus is in the widget, or anywhere in its window."""
    action = QAction(widget)
    action.setObjectName(key_id)
    action.setShortcut(QKeySequence(key(key_id).sequence))
    context = Qt.ShortcutContext.WindowShortcut if everywhere else Qt.ShortcutContext.WidgetWithChildrenShortcut
    action.setShortcutContext(context)
    action.setAutoRepeat(key_id in ("undo", "redo", "zoom-in", "zoom-out", "record-before", "record-after"))
    action.triggered.connect(lambda: act())
    widget.addAction(action)
    return action


def button(owner: QWidget, text: str, key_id: str, act: Callable[[], object], *, main: bool = False) -> QPushButton:
    """A button that shows its key; the key itself is bound to `owner`. Clicking it leaves the focus where it is."""
    made = shown_button(owner, text, key_id, act)
    if main:
        made.setProperty("look", "main")
    if not key(key_id).typed:
        bind(owner, key_id, act)
    return made


def shown_button(owner: QWidget, text: str, key_id: str, act: Callable[[], object]) -> QPushButton:
    """A button that shows a key which is bound elsewhere."""
    made = QPushButton(f"{text} ({shown_keys(key_id)})", owner)
    made.setAccessibleName(text)
    made.setAccessibleDescription(shown_keys(key_id))
    made.setObjectName(f"button-{key_id}")
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(True)
    made.clicked.connect(lambda: act())
    return made
