"""Waits with what would disturb somebody in the middle of a word."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from hotich.ui.widgets.field_edit import FieldEdit

LOOK_AGAIN_MILLISECONDS = 250


class TypingPause(QObject):
    """Does something once no field of a window holds typed text that is not kept; asked twice, it is done once."""

    def __init__(self, window: QWidget, act: Callable[[], None]) -> None:
        super().__init__(window)
        self._window, self._act = window, act
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LOOK_AGAIN_MILLISECONDS)
        self._timer.timeout.connect(self.ask)

    def ask(self) -> None:
        """Do it now, or wait for the end of the word."""
        field = self._window.focusWidget()
        if isinstance(field, FieldEdit) and field.typing:
            self._timer.start()
        else:
            self._timer.stop()
            self._act()
