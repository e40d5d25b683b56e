"""Telex and VNI without an input method: an event filter that turns keys into Vietnamese letters.

It is off until somebody asks for it. It steps aside for good when an input method shows up beside it: a word being
composed, or a letter that arrives with its marks already on. Both would mark every letter twice.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from hotich.keying.engine import Typing
from hotich.keying.word import Word
from hotich.letters import ACCENTED
from hotich.ui.text_fields import PLAIN_KINDS, TextField, as_text_field, is_ours, kind_of, replace_before, text_before

_MARKED = frozenset(ACCENTED)
_MODIFIERS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


class OwnKeyboard(QObject):
    """Works in every QLineEdit and QPlainTextEdit below the object it is installed on, or in the whole application."""

    stepped_aside = Signal()
    """Another input method is at work as well; the own one is off now."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._typing: Typing | None = None
        self._field: QWidget | None = None
        self._word = Word()
        self._shown = ""

    @property
    def typing(self) -> Typing | None:
        """How it types now, None while it is off."""
        return self._typing

    def use(self, typing: Typing | None) -> None:
        """Type that way from now on; None turns it off."""
        self._typing = typing
        self._forget()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True when the key has been turned into letters."""
        if self._typing is None or is_ours():
            return False
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._other_method(watched, event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            field = as_text_field(watched)
            return field is not None and self._key(field, event, self._typing)
        if kind in (QEvent.Type.FocusOut, QEvent.Type.MouseButtonPress) and as_text_field(watched) is self._field:
            self._forget()
        return False

    def _other_method(self, watched: QObject, event: QInputMethodEvent) -> bool:
        if as_text_field(watched) is not None and (event.preeditString() or _has_marks(event.commitString())):
            self._step_aside()
        return False

    def _key(self, field: TextField, event: QKeyEvent, typing: Typing) -> bool:
        if kind_of(field) in PLAIN_KINDS:
            return False
        if event.modifiers() & _MODIFIERS:
            self._forget()
            return False
        if _has_marks(event.text()):
            self._step_aside()
            return False
        if not self._in_hand(field):
            self._forget()
        if event.key() == Qt.Key.Key_Backspace and self._word.letters:
            return self._show(field, self._word.without_last(), typing)
        key = event.text()
        if len(key) != 1 or not key.isascii() or not key.isprintable() or not typing.takes(key, self._word):
            if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_CapsLock):
                self._forget()
            return False
        self._field = field
        return self._show(field, typing.press(self._word, key), typing)

    def _in_hand(self, field: TextField) -> bool:
        """Whether the word that was typed still stands before the cursor."""
        before = text_before(field)
        return field is self._field and bool(self._shown) and before is not None and before.endswith(self._shown)

    def _show(self, field: TextField, word: Word, typing: Typing) -> bool:
        text = typing.text(word)
        same = len(_common_start(self._shown, text))
        replace_before(field, len(self._shown) - same, text[same:])
        self._word, self._shown = word, text
        return True

    def _forget(self) -> None:
        self._field, self._word, self._shown = None, Word(), ""

    def _step_aside(self) -> None:
        self.use(None)
        self.stepped_aside.emit()


def _has_marks(text: str) -> bool:
    return any(letter in _MARKED for letter in text)


def _common_start(one: str, other: str) -> str:
    length = 0
    while length < min(len(one), len(other)) and one[length] == other[length]:
        length += 1
    return one[:length]
