"""Takes the next keys that are pressed as keys, not as typing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLabel, QWidget

_ALONE = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_Meta,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_CapsLock,
    Qt.Key.Key_unknown,
)


class KeyCatcher(QLabel):
    """A framed line with the focus. Escape and Tab keep their meaning; everything else is caught."""

    caught = Signal(object)
    """The keys in Qt's portable spelling."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "catcher")
        self.setAccessibleName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def event(self, event: QEvent) -> bool:
        """Claim keys before any shortcut answers them."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_caught(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Tell what was pressed, once it is more than Shift or Ctrl."""
        if not _is_caught(event):
            super().keyPressEvent(event)
        elif event.key() not in _ALONE:
            self.caught.emit(QKeySequence(_plain(event)).toString(QKeySequence.SequenceFormat.PortableText))
            event.accept()


def _is_caught(event: QKeyEvent) -> bool:
    return event.key() not in (Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


def _plain(event: QKeyEvent) -> int:
    """The keys without the marker of the number pad, which no shortcut of the table has."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    return event.key() | modifiers.value
