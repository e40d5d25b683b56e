"""The own pace in the status bar: a quiet count, no ranking, nothing that presses."""

from __future__ import annotations

from PySide6.QtCore import QSize, QTimer
from PySide6.QtWidgets import QLabel, QWidget

from hotich.ui.pace import Pace

REFRESH_MILLISECONDS = 2000


class PaceLabel(QLabel):
    """Follows a Pace; gives way where the bar is narrow."""

    def __init__(self, pace: Pace, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pace = pace
        self.setProperty("look", "muted")
        self.setToolTip(self.tr("Chỉ hiện trên máy này cho chính mình; tắt ở «Hiển thị»"))
        timer = QTimer(self)
        timer.setInterval(REFRESH_MILLISECONDS)
        timer.timeout.connect(self.refresh)
        timer.start()
        self.refresh()

    def refresh(self) -> None:
        """Show the count as it is now."""
        records, fields = self._pace.records, self._pace.fields
        self.setText(self.tr("Buổi này: {0} bản ghi, {1} ô").format(records, fields) if fields or records else "")

    def minimumSizeHint(self) -> QSize:
        """No width of its own."""
        return QSize(0, super().minimumSizeHint().height())
