"""The strip over every screen that says: nothing here is real."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from hotich.ui.actions import shown_keys


class PracticeStrip(QFrame):
    """Says so and offers the way to the user's own workspace."""

    left = Signal()
    score_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("look", "practice")
        told = QLabel(self.tr("KHO THỰC HÀNH – người và dữ liệu đều hư cấu"), self)
        told.setTextFormat(Qt.TextFormat.PlainText)
        # On a small display with large type the words give way before the button does.
        told.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.leave = QPushButton(self.tr("Mở kho dữ liệu thật ({0})").format(shown_keys("switch-store")), self)
        self.leave.setAccessibleName(self.tr("Mở kho dữ liệu thật"))
        self.leave.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.leave.clicked.connect(self.left)
        self.score = QPushButton(self.tr("Kết quả ({0})").format(shown_keys("practice-score")), self)
        self.score.setAccessibleName(self.tr("Kết quả thực hành"))
        self.score.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.score.clicked.connect(self.score_wanted)
        across = QHBoxLayout(self)
        across.setContentsMargins(10, 3, 6, 3)
        across.addWidget(told, 1)
        across.addWidget(self.score)
        across.addWidget(self.leave)
