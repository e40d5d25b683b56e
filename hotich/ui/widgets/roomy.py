"""A frame that lets a screen be smaller than it would like to be, as on a display at twice its size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

LEAST = QSize(360, 200)


class Roomy(QScrollArea):
    """Shows its widget whole where there is room, and scrolls to what has the focus where there is none."""

    def __init__(self, held: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("look", "bare")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(held)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow)

    def minimumSizeHint(self) -> QSize:
        """Little: the rest is scrolled to."""
        return LEAST

    def sizeHint(self) -> QSize:
        """What its widget would like."""
        held = self.widget()
        return held.sizeHint() if held is not None else LEAST

    def _follow(self, before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.widget() is not None and self.isAncestorOf(now):
            self.ensureWidgetVisible(now, 12, 12)
