"""Progress of long work in the status bar, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from hotich.ui.actions import shown_keys


class WorkStrip(QWidget):
    """Hidden while nothing runs."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(self.tr("Tiến độ của việc đang chạy"))
        self.bar.setMinimumWidth(300)
        self.stop = QPushButton(self.tr("Dừng ({0})").format(shown_keys("stop-work")), self)
        self.stop.setAccessibleName(self.tr("Dừng việc đang chạy"))
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.bar)
        layout.addWidget(self.stop)
        self._title = ""
        self.hide()

    def begin(self, title: str) -> None:
        """Show that work of that name runs."""
        self._title = title
        self.bar.setRange(0, 0)
        self.bar.setFormat(title)
        self.show()

    def report(self, done: int, total: int, text: str) -> None:
        """Show how far it is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.bar.setFormat(f"{self._title} {done}/{total}")
        self.bar.setAccessibleDescription(f"{self._title} {done}/{total} {text}")

    def end(self) -> None:
        """Nothing runs any more."""
        self.hide()
