"""Collects cyclic garbage on the window's thread alone.

Python collects on whatever thread happens to allocate; a Qt object that is destroyed on another thread than its own may
crash the program. So the collector is switched off and asked now and then by a timer of the window's thread.
"""

from __future__ import annotations

import gc
from typing import Final

from PySide6.QtCore import QObject, QTimer

EVERY_MS: Final = 1_000


class WindowGarbage(QObject):
    """Switches the collector off while it lives, and collects what is due each second. Made on the window's thread."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.timeout.connect(collect_due)
        self._timer.start(EVERY_MS)

    def close(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.enable()


def collect_due() -> int | None:
    """Collect the oldest generation whose count is past its threshold; which one, or None when none is due."""
    counts, thresholds = gc.get_count(), gc.get_threshold()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation] > 0:
            gc.collect(generation)
            return generation
    return None
