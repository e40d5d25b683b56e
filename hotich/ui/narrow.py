"""How the window fits a narrow display, such as one of 1366x768 that shows everything at twice its size."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QSplitter, QStackedWidget

from hotich.ui.widgets.labels import scaled
from hotich.ui.widgets.scan_view import ScanView

NARROW = 900
"""Below this width pictures stand above their fields instead of beside them, and the navigation is slim."""
NAVIGATION_WIDTH, SLIM_NAVIGATION = 156, 84
_LEAST_PICTURE, _USUAL_PICTURE = (160, 84), (240, 200)
_CLOSE_BUTTONS = "QPushButton { padding: 3px 4px; } QPushButton:focus { padding: 2px 3px; }"


class Pictured(Protocol):
    """A screen with a picture beside its fields."""

    scan: ScanView
    splitter: QSplitter


class NarrowLook:
    """Changes the look of navigation and screens when the window becomes narrow, and back."""

    def __init__(self, navigation: QListWidget, stack: QStackedWidget, screens: Sequence[Pictured]) -> None:
        self._navigation, self._stack, self._screens = navigation, stack, tuple(screens)
        self.on = False

    def fit(self, width: int) -> None:
        """Fit a window of that width."""
        narrow = width < NARROW
        if narrow == self.on:
            return
        self.on = narrow
        self._navigation.setFixedWidth(scaled(SLIM_NAVIGATION if narrow else NAVIGATION_WIDTH, self._navigation))
        self._stack.setStyleSheet(_CLOSE_BUTTONS if narrow else "")
        for screen in self._screens:
            screen.scan.setMinimumSize(*(_LEAST_PICTURE if narrow else _USUAL_PICTURE))
            screen.splitter.setOrientation(Qt.Orientation.Vertical if narrow else Qt.Orientation.Horizontal)
