"""Hands on a keyboard: everything goes to the widget that has the focus, as it does for a person."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

from hotich.ui.keys import key


def focused() -> QWidget:
    """The widget that keys go to."""
    wanted = QApplication.activeModalWidget() or QApplication.activeWindow() or _shown()
    if QApplication.activeWindow() is not wanted:
        # What a window manager does when a dialog opens or closes.
        QTest.qWait(1)
        wanted.activateWindow()
        for _ in range(200):
            if QApplication.activeWindow() is wanted:
                break
            QTest.qWait(5)
    return QApplication.focusWidget() or wanted


def _shown() -> QWidget:
    return next(w for w in QApplication.topLevelWidgets() if w.isVisible() and isinstance(w, QMainWindow))


def press(sequence: str, times: int = 1) -> None:
    """Press keys such as "Ctrl+N"."""
    combination = QKeySequence(sequence)[0]
    for _ in range(times):
        QTest.keyClick(focused(), combination.key(), combination.keyboardModifiers())


def press_key(key_id: str) -> None:
    """Press the shortcut of that id."""
    press(key(key_id).sequence)


def type_text(text: str, *, composed: bool = True) -> None:
    """Type a text as an input method does: each word is composed first, then committed.

    QTest.keyClicks ends the process at the first letter outside ASCII.
    """
    receiver = focused()
    words = text.split(" ")
    for place, part in enumerate(words):
        word = part if place + 1 == len(words) else f"{part} "
        if composed:
            QCoreApplication.sendEvent(receiver, QInputMethodEvent(word, []))
        commit = QInputMethodEvent("", [])
        commit.setCommitString(word)
        QCoreApplication.sendEvent(receiver, commit)


def tab_order(window: QWidget, steps: int) -> list[QWidget]:
    """The widgets that get the focus one after the other under Tab."""
    seen = []
    for _ in range(steps):
        QTest.keyClick(focused(), Qt.Key.Key_Tab)
        seen.append(focused())
    return seen
