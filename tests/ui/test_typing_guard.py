"""Keys of the table are never taken for typing, whatever a desktop's text fields would do with them."""

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

from hotich.ui.keys import key
from hotich.ui.typing_guard import TypingGuard


class GreedyEdit(QLineEdit):
    """A field that takes every key for itself, as those of X11 do with Ctrl+U, Ctrl+K and Ctrl+E."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


@pytest.fixture
def edit(qtbot, qapp):
    guard = TypingGuard(qapp)
    qapp.installEventFilter(guard)
    made = GreedyEdit()
    qtbot.addWidget(made)
    yield made
    qapp.removeEventFilter(guard)
    guard.deleteLater()


def taken_by_field(edit: QLineEdit, sequence: str) -> bool:
    combination = QKeySequence(sequence)[0]
    event = QKeyEvent(QEvent.Type.ShortcutOverride, combination.key(), combination.keyboardModifiers())
    event.ignore()
    QCoreApplication.sendEvent(edit, event)
    return event.isAccepted()


@pytest.mark.parametrize("key_id", ["person", "verify-file", "export", "approve", "go-entry", "switch-store"])
def test_a_shortcut_stays_a_shortcut_in_a_field(edit, key_id):
    assert not taken_by_field(edit, key(key_id).sequence)


@pytest.mark.parametrize("sequence", ["Ctrl+A", "Ctrl+Left", "Ctrl+C", "Home", "Ctrl+Z", "Return", "A"])
def test_what_edits_text_stays_with_the_field(edit, sequence):
    assert taken_by_field(edit, sequence)
