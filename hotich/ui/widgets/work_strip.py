"""Progress of long work in the status bar, with a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from hotich.ui.actions import shown_keys
from hotich.ui.widgets.labels import label


class WorkStrip(QWidget):
    """Hidden while nothing runs."""

    stopped = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.bar = QProgressBar(self)
        self.bar.setAccessibleName(self.tr("Tiến độ của việc đang chạy"))
        self.bar.setMinimumWidth(140)
        self.bar.setTextVisible(False)
        self.stop = QPushButton(self.tr("Dừng ({0})").format(shown_keys("stop-work")), self)
        self.stop.setAccessibleName(self.tr("Dừng việc đang chạy"))
        self.stop.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.stop.clicked.connect(self.stopped)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        # Beside the bar: on it the text would be hard to read, and missing while nobody knows how much there is to do.
        self.told = label("", parent=self)
        self.told.setWordWrap(False)
        # On a narrow display the text gives way, not the window.
        self.told.setMinimumWidth(1)
        layout.addWidget(self.told)
        layout.addWidget(self.bar)
        layout.addWidget(self.stop)
        self._title = ""
        self.hide()

    def begin(self, title: str) -> None:
        """Show that work of that name runs."""
        self._title = title
        self.bar.setRange(0, 0)
        self.told.setText(title)
        self.bar.setAccessibleDescription(title)
        self.show()

    def report(self, done: int, total: int, text: str) -> None:
        """Show how far it is."""
        self.bar.setRange(0, max(total, 1))
        self.bar.setValue(done)
        self.told.setText(f"{self._title} {done}/{total}")
        self.bar.setAccessibleDescription(f"{self._title} {done}/{total} {text}")

    def end(self) -> None:
        """Nothing runs any more."""
        self.hide()
