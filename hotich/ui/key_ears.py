"""One ear for keys on the whole application, behind which several hear.

Qt tells a filter on the application of every event of every widget, a hundred and more for each key pressed. Of those
that matter here there are a few; the others are let pass at once, and only once.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject

HEARD = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.FocusOut,
    }
)


class KeyEars(QObject):
    """Asks its hearers one after the other, until one keeps the event."""

    def __init__(self, parent: QObject, *hearers: QObject) -> None:
        super().__init__(parent)
        self._hearers = list(hearers)

    def add(self, hearer: QObject) -> None:
        """Let it hear what the others let pass."""
        self._hearers.append(hearer)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True when one of them kept the event."""
        return event.type() in HEARD and any(hearer.eventFilter(watched, event) for hearer in self._hearers)
