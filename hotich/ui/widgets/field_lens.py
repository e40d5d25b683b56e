"""A magnifier that needs no hand: the field in hand, enlarged along an edge of the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

SHARE = 0.3
"""Of the height of the view that the lens takes at most."""
CLOSEST = 4.0
"""Times a picture is enlarged at most; beyond it strokes only blur."""


class FieldLens(QLabel):
    """Lies over the page and lets the mouse through."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._around = parent
        self.setProperty("look", "popup")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_field(self, crop: QImage, *, at_top: bool) -> None:
        """Show that piece of the page as large as the edge has room for."""
        around = self._around.size()
        room = QSize(around.width() - 12, int(around.height() * SHARE))
        most = QSize(int(crop.width() * CLOSEST), int(crop.height() * CLOSEST))
        size = crop.size().scaled(room.boundedTo(most), Qt.AspectRatioMode.KeepAspectRatio)
        smooth = Qt.TransformationMode.SmoothTransformation
        self.setPixmap(QPixmap.fromImage(crop.scaled(size, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)))
        height = size.height() + 8
        self.setGeometry(0, 0 if at_top else around.height() - height, around.width(), height)
        self.show()
        self.raise_()
