"""Short codes and capitals of names while somebody types: an event filter for the whole application.

A finished word (space, comma, Enter, Tab) that is a short code is written out, a small word in the field of a name
gets its capitals. Backspace or Ctrl+Z right after takes that back and leaves what was typed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QKeySequence

from hotich.keying.capitals import capital_word
from hotich.keying.macros import MacroTable
from hotich.ui.text_fields import PLAIN_KINDS, TextField, as_text_field, is_ours, kind_of, replace_before, text_before
from hotich.ui.typed_keys import ends_field
from hotich.ui.widgets.field_edit import FieldEdit

_LEAVING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
_NAME = "person-name"
_LAST_WORD = re.compile(r"\S+$")


@dataclass(frozen=True, slots=True)
class _Change:
    """What was put in place of what, to be taken back."""

    field: TextField
    put: str
    typed: str


class TypingAids(QObject):
    """Knows the clerk's table; both aids can be off."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.table = MacroTable()
        self.capitals = False
        self._last: _Change | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True when the key has been answered here."""
        kind = event.type()
        if kind == QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            self._hear_commit(as_text_field(watched), event)
            return False
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            return self._claims(watched, event)
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            field = as_text_field(watched)
            return field is not None and kind_of(field) not in PLAIN_KINDS and self._key(field, event)
        return False

    def expand_now(self, field: TextField) -> bool:
        """Write out the code before the cursor because it was asked for, whatever it may mean on the paper."""
        return self._finish(field, "", asked=True)

    def _hear_commit(self, field: TextField | None, event: QInputMethodEvent) -> None:
        """Look at a word that an input method commits together with its space, once it stands in the field."""
        ended = event.commitString().endswith(" ") and not event.preeditString()
        if field is not None and ended and not is_ours() and kind_of(field) not in PLAIN_KINDS:
            QTimer.singleShot(0, field, lambda: self._finish(field, " ", typed_ending=" "))

    def _claims(self, watched: QObject, event: QKeyEvent) -> bool:
        """Keep Ctrl+Z for the field right after a change of ours."""
        field = as_text_field(watched)
        if field is None or not _undoes(event) or not self._fresh(field):
            return False
        event.accept()
        return True

    def _key(self, field: TextField, event: QKeyEvent) -> bool:
        if self._fresh(field) and (_undoes(event) or event.key() == Qt.Key.Key_Backspace):
            return self._take_back(field)
        if event.key() not in (Qt.Key.Key_Shift, Qt.Key.Key_Control):
            self._last = None
        if event.text() in (" ", ",") and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return self._finish(field, event.text())
        if event.key() in _LEAVING or ends_field(event):
            # The key itself goes on: it accepts what now stands there.
            self._finish(field, "")
        return False

    def _finish(self, field: TextField, ending: str, *, asked: bool = False, typed_ending: str = "") -> bool:
        """Whether the word before the cursor was changed, with the key that ended it put behind it.

        `typed_ending` is that key where it stands in the field already.
        """
        before = text_before(field)
        if before is None or not before.endswith(typed_ending):
            return False
        before = before.removesuffix(typed_ending)
        found = _LAST_WORD.search(before) if before else None
        if found is None:
            return False
        word = found.group()
        put = self.table.expand(word, ditto_lawful=isinstance(field, FieldEdit), asked=asked)
        if put is None and self.capitals and kind_of(field) == _NAME:
            put = capital_word(word, before[: found.start()])
        if put is None or put == word:
            return False
        replace_before(field, len(word + typed_ending), put + ending)
        self._last = _Change(field, put + ending, word + ending)
        return True

    def _fresh(self, field: TextField) -> bool:
        last = self._last
        before = text_before(field)
        return last is not None and last.field is field and before is not None and before.endswith(last.put)

    def _take_back(self, field: TextField) -> bool:
        last, self._last = self._last, None
        if last is not None:
            replace_before(field, len(last.put), last.typed)
        return True


def _undoes(event: QKeyEvent) -> bool:
    return event.matches(QKeySequence.StandardKey.Undo)
