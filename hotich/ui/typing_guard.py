"""Keeps a half-typed Vietnamese word together with its field.

Some input methods (fcitx5 through its ibus bridge) deliver the key that ends a word before the word itself: Tab then
takes the word into the next field, and Enter reads the field without it. While a word is being composed this guard
holds Enter, Tab, the upright arrows and the other keys at which a field reads its text for a moment, lets the word
arrive, and passes the key on.

Text fields of some desktops take keys of ours for themselves: under X11 Ctrl+U empties a field, where it should ask who
works. This guard keeps such keys for what the table of shortcuts says.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit

from hotich.ui.keys import Where, keys_of
from hotich.ui.typed_keys import ends_field

HOLD_MILLISECONDS = 40
ENDING_KEYS = (
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
)


OWN_FIELDS = (Where.ENTRY, Where.PAGES, Where.CAROUSEL, Where.SHEET)
"""Screens whose keys also edit text: their fields decide for themselves."""


def never_typing() -> frozenset[str]:
    """Keys that mean a shortcut in any field."""
    table = (key for where in Where if where not in OWN_FIELDS for key in keys_of(where))
    return _as_qt_spells(tuple(key.sequence for key in table if not key.typed))


@lru_cache(maxsize=4)  # asked at every key
def _as_qt_spells(sequences: tuple[str, ...]) -> frozenset[str]:
    return frozenset(QKeySequence(sequence).toString() for sequence in sequences)


class TypingGuard(QObject):
    """An event filter for the whole application."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._composing: QObject | None = None
        self._held: list[tuple[QObject, QKeyEvent]] = []
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(HOLD_MILLISECONDS)
        self._timer.timeout.connect(self._release)

    @property
    def composing(self) -> bool:
        """Whether a word is half typed just now."""
        return self._composing is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True when the key is kept back."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._composing = watched if event.preeditString() else None
        elif kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return _is_no_typing(watched, event)
        elif kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._hold(watched, event)
        elif kind == QEvent.Type.MouseButtonPress and self._composing is not None:
            QGuiApplication.inputMethod().commit()
        return False

    def _hold(self, watched: QObject, event: QKeyEvent) -> bool:
        if watched is not self._composing or not (event.key() in ENDING_KEYS or ends_field(event)):
            return False
        self._held.append((watched, event.clone()))
        QGuiApplication.inputMethod().commit()
        self._timer.start()
        return True

    def _release(self) -> None:
        held, self._held = self._held, []
        self._composing = None
        for receiver, event in held:
            QCoreApplication.postEvent(receiver, event)


def _is_no_typing(watched: QObject, event: QKeyEvent) -> bool:
    if not isinstance(watched, (QLineEdit, QPlainTextEdit)):
        return False
    if QKeySequence(event.keyCombination()).toString() not in never_typing():
        return False
    event.ignore()
    return True
