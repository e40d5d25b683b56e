"""Hands on the keyboard of the real window: every stroke is an event to the widget with the focus, counted and timed.

Letters arrive as UniKey sends them, which most offices use: the letter itself, and where a key marks an earlier letter
as many Backspaces as are needed and the letters anew. They cost the keys of a Telex typist, Shift included. A
combination such as Ctrl+Enter costs a key for each of its parts.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import takewhile

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from bench.desk_telex import shifts, steps
from hotich.ui.keys import key

_NONE = Qt.KeyboardModifier.NoModifier
_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
    QEvent.Type.Wheel,
)


class MouseWatch(QObject):
    """Counts what a mouse would do."""

    def __init__(self) -> None:
        super().__init__()
        self.events = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Never keeps anything back."""
        self.events += event.type() in _MOUSE
        return False


@dataclass(frozen=True, slots=True)
class Answer:
    """Milliseconds from a stroke until the window had answered it, and those of them that its own thread worked."""

    letter: bool
    wall: float
    own: float


@dataclass
class Hands:
    """`keys` counts strokes, `answers` tells how long the window took for each."""

    application: QApplication
    window: QMainWindow
    keys: int = 0
    answers: list[Answer] = field(default_factory=list)

    def press(self, sequence: str, times: int = 1) -> None:
        """Press keys such as Ctrl+Return."""
        combination = QKeySequence(sequence)[0]
        for _ in range(times):
            self.keys += weight(sequence)
            self._timed(lambda: QTest.keyClick(self.focus(), combination.key(), combination.keyboardModifiers()), False)

    def press_key(self, key_id: str) -> None:
        """Press the shortcut of that id, as the table of keys has it now."""
        self.press(key(key_id).sequence)

    def type(self, text: str) -> None:
        """Type a text word by word."""
        for place, word in enumerate(text.split(" ")):
            if place:
                self._stroke(" ", "", " ")
            before = ""
            for stroke, after in steps(word):
                self._stroke(stroke, before, after)
                before = after

    def focus(self) -> QWidget:
        """The widget that keys go to."""
        return QApplication.focusWidget() or QApplication.activeModalWidget() or self.window

    def _stroke(self, stroke: str, before: str, after: str) -> None:
        """One key of the typist; on the screen `after` stands in place of `before`."""
        self.keys += 1 + shifts(stroke)
        same = common_start(before, after)
        receiver = self.focus()

        def send() -> None:
            for _ in range(len(before) - same):
                _send(receiver, Qt.Key.Key_Backspace, "\b")
            for letter in after[same:]:
                known = Qt.Key.Key_Space if letter == " " else Qt.Key.Key_unknown
                _send(receiver, known, letter)

        self._timed(send, True)

    def _timed(self, act: Callable[[], object], letter: bool) -> None:
        wall, own = time.perf_counter(), time.thread_time()
        act()
        self.application.processEvents()
        passed, worked = time.perf_counter() - wall, time.thread_time() - own
        self.answers.append(Answer(letter, passed * 1000, worked * 1000))


def common_start(one: str, other: str) -> int:
    """How many letters two texts begin with in common."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def weight(sequence: str) -> int:
    """Strokes of a combination: Ctrl+Return is two."""
    return len(sequence.replace("++", "+plus").split("+"))


def key_weight(key_id: str) -> int:
    """Strokes of the shortcut of that id."""
    return weight(key(key_id).sequence)


def _send(receiver: QWidget, code: Qt.Key, text: str) -> None:
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(receiver, QKeyEvent(kind, code, _NONE, text))
