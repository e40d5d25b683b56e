"""A large picture that stays clear when it is shown small."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QGraphicsItem, QStyleOptionGraphicsItem, QWidget

SMALLEST_LEVEL = 300


class PictureItem(QGraphicsItem):
    """Paints the level of a pyramid of halved pictures that fits the zoom; plain scaling would break thin strokes."""

    def __init__(self, image: QImage) -> None:
        super().__init__()
        self._levels = [image]
        self._rect = QRectF(0, 0, image.width(), image.height())

    def boundingRect(self) -> QRectF:
        """The picture in its own pixels."""
        return self._rect

    def paint(self, painter: QPainter, option: QStyleOptionGraphicsItem, widget: QWidget | None = None) -> None:
        """Draw the visible part."""
        shown = option.levelOfDetailFromTransform(painter.worldTransform())
        level = self._level(shown)
        factor = level.width() / self._rect.width()
        target = option.exposedRect if not option.exposedRect.isEmpty() else self._rect
        source = QRectF(target.x() * factor, target.y() * factor, target.width() * factor, target.height() * factor)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawImage(target, level, source)

    def _level(self, shown: float) -> QImage:
        """The smallest picture that still has a pixel for every pixel of the screen; made when first needed."""
        number = 0
        while shown <= 0.5 and min(self._levels[number].width(), self._levels[number].height()) > SMALLEST_LEVEL:
            shown *= 2
            number += 1
            if number == len(self._levels):
                last = self._levels[-1]
                self._levels.append(
                    last.scaled(
                        last.width() // 2,
                        last.height() // 2,
                        Qt.AspectRatioMode.IgnoreAspectRatio,
                        Qt.TransformationMode.SmoothTransformation,
                    )
                )
        return self._levels[number]
