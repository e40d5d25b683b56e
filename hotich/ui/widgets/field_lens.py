"""A magnifier that needs no hand: the field in hand, enlarged along an edge of the page."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

SHARE = 0.34
"""Of the height of the view that the lens takes at most."""
CLOSEST = 4.0
"""Times a picture is enlarged at most; beyond it strokes only blur."""
OVERLAP = 0.06
GAP = 3


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
        """Show that piece of the page as large as the edge has room for; a long line of writing in two parts."""
        around = self._around.size()
        room = QSize(around.width() - 12, int(around.height() * SHARE))
        shown = _fitted(crop, room)
        if _long(crop, room):
            parts = [_fitted(part, QSize(room.width(), room.height() // 2)) for part in _halves(crop)]
            shown = _under_one_another(parts)
        self.setPixmap(QPixmap.fromImage(shown))
        height = shown.height() + 8
        self.setGeometry(0, 0 if at_top else around.height() - height, around.width(), height)
        self.show()
        self.raise_()


def _long(crop: QImage, room: QSize) -> bool:
    """Whether two parts are shown larger than the whole would be."""
    return crop.width() * room.height() > 2 * crop.height() * room.width()


def _halves(crop: QImage) -> tuple[QImage, QImage]:
    """Left and right with a little of both in both, so that no letter is cut in two."""
    width, height = crop.width(), crop.height()
    part = int(width * (0.5 + OVERLAP))
    return crop.copy(0, 0, part, height), crop.copy(width - part, 0, part, height)


def _fitted(crop: QImage, room: QSize) -> QImage:
    most = QSize(int(crop.width() * CLOSEST), int(crop.height() * CLOSEST))
    smooth = Qt.TransformationMode.SmoothTransformation
    return crop.scaled(room.boundedTo(most), Qt.AspectRatioMode.KeepAspectRatio, smooth)


def _under_one_another(parts: list[QImage]) -> QImage:
    width, height = max(part.width() for part in parts), sum(part.height() for part in parts) + GAP * (len(parts) - 1)
    whole = QImage(width, height, QImage.Format.Format_RGB888)
    whole.fill(Qt.GlobalColor.gray)
    with QPainter(whole) as painter:
        top = 0
        for part in parts:
            painter.drawImage(0, top, part)
            top += part.height() + GAP
    return whole
