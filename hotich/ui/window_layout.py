"""Where the window lay, how its screens were divided, how near its pages were: remembered from one day to the next."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QMainWindow, QSplitter

from hotich.ui.preferences import Preferences
from hotich.ui.widgets.scan_view import ScanView

FRAME = 60
"""Room in pixels that the frame of a window and its title take at most."""
LEAST_WIDTH, LEAST_HEIGHT = 960, 600


class WindowLayout:
    """Keeps the layout of a window in the preferences."""

    def __init__(
        self, window: QMainWindow, preferences: Preferences, splitters: Mapping[str, QSplitter], scan: ScanView
    ) -> None:
        self._window, self._preferences, self._splitters, self._scan = window, preferences, dict(splitters), scan

    def limit(self) -> None:
        """Let the window be no smaller than is of use, and no larger than a small display."""
        room = self._window.screen().availableGeometry()
        self._window.setMinimumSize(min(LEAST_WIDTH, room.width() - FRAME), min(LEAST_HEIGHT, room.height() - FRAME))

    def restore(self) -> None:
        """Lay the window as it was; the first time it fills a display that is hardly larger."""
        window = self._window
        # Splitters first: a window that turns out narrow puts them upright afterwards.
        for name, splitter in self._splitters.items():
            state = self._preferences.layout(name)
            if state is not None:
                splitter.restoreState(state)
        geometry = self._preferences.layout("window")
        if geometry is not None:
            window.restoreGeometry(geometry)
        elif self._fills(window.screen().availableGeometry()):
            # With its frame a window of that size would hang over the edge.
            window.setWindowState(Qt.WindowState.WindowMaximized)
        if self._preferences.zoom:
            self._scan.pin(self._preferences.zoom)

    def keep(self, *, divided: bool) -> None:
        """Remember how the window lies and how near its pages are, and how its screens are `divided`."""
        self._preferences.keep_layout("window", self._window.saveGeometry())
        for name, splitter in self._splitters.items() if divided else ():
            self._preferences.keep_layout(name, splitter.saveState())
        self._preferences.zoom = self._scan.scale_now if self._scan.pinned else 0.0
        self._preferences.keep()

    def _fills(self, room: QRect) -> bool:
        """Whether the display is about as large as the window, and not too small for it."""
        window = self._window
        fits = room.contains(QRect(room.topLeft(), window.minimumSize()))
        return fits and (room.width() <= window.width() + FRAME or room.height() <= window.height() + FRAME)
