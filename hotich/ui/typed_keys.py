"""Whether the keys pressed are those of a shortcut that a field, a grid or a list answers itself.

Such keys are no shortcuts of Qt, which would take them from a word that is being composed. They are asked for by the id
of the table, so that whoever changed them is heard.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

from hotich.ui.keys import key

_NO_MODIFIERS = Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.GroupSwitchModifier
_FIELD = ("accept", "next", "previous", "choices", "snippets-confirm", "sheet-down", "sheet-right")


def pressed(event: QKeyEvent, key_id: str) -> bool:
    """Whether the event is that shortcut as it is chosen now; the number pad's Enter is Enter."""
    return _spelled(_keys_of(event)) == _as_qt_spells(key(key_id).sequence)


def pressed_with_shift(event: QKeyEvent, key_id: str) -> bool:
    """Whether it is that shortcut with Shift beside it, which goes the other way."""
    keys, shift = _keys_of(event), Qt.KeyboardModifier.ShiftModifier.value
    return bool(keys & shift) and _spelled(keys & ~shift) == _as_qt_spells(key(key_id).sequence)


def line_picked(event: QKeyEvent) -> int:
    """The number from 1 to 9 of the line of a list that the event takes, 0 when it takes none."""
    number = event.key() - Qt.Key.Key_0
    if not 1 <= number <= 9:
        return 0
    first = _keys_of(event) - number + 1
    return number if _spelled(first) == _as_qt_spells(key("pick").sequence) else 0


def ends_field(event: QKeyEvent) -> bool:
    """Whether a field reads its text at these keys, so that a half-typed word has to arrive before them."""
    return line_picked(event) > 0 or any(pressed(event, key_id) for key_id in _FIELD)


def _keys_of(event: QKeyEvent) -> int:
    pressed_key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else event.key()
    if pressed_key == Qt.Key.Key_Backtab:
        pressed_key = Qt.Key.Key_Tab
    return int(pressed_key) | (event.modifiers() & ~_NO_MODIFIERS).value


@lru_cache(maxsize=256)  # asked at every key
def _spelled(keys: int) -> str:
    return QKeySequence(keys).toString()


@lru_cache(maxsize=64)
def _as_qt_spells(sequence: str) -> str:
    return QKeySequence(sequence).toString()
