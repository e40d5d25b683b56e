"""A bar of a book's progress, drawn in a table cell: shapes and numbers, not colours alone."""

from __future__ import annotations

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPen
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from hotich.ui import theme

SHARES_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""Text such as "12 3 1 40": approved, to review, returned, in entry."""

PATTERNS = (
    Qt.BrushStyle.SolidPattern,
    Qt.BrushStyle.BDiagPattern,
    Qt.BrushStyle.Dense4Pattern,
    Qt.BrushStyle.NoBrush,
)


class MeterDelegate(QStyledItemDelegate):
    """Draws the shares as a bar, each with its own pattern, and the words under it."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw the bar and the text of the cell."""
        shares = [int(part) for part in str(index.data(SHARES_ROLE) or "").split()]
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        rect = QRectF(option.rect).adjusted(6, 5, -6, -5)
        colours = theme.active()
        painter.save()
        if chosen:
            painter.fillRect(option.rect, QColor(colours.accent))
        ink = QColor(colours.on_accent if chosen else colours.text)
        line = option.fontMetrics.height()
        bar = QRectF(rect.left(), rect.top(), rect.width(), min(rect.height() * 0.42, line * 0.6))
        _paint_bar(painter, bar, shares, ink if chosen else QColor(colours.accent))
        painter.setPen(ink)
        below = QRectF(rect.left(), bar.bottom() + 2, rect.width(), rect.bottom() - bar.bottom() - 2)
        lines = max(1, int(below.height() / line))
        text = option.fontMetrics.elidedText(
            str(index.data() or ""), Qt.TextElideMode.ElideRight, int(below.width() * lines)
        )
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(below, int(flags), text)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Room for the bar and a line of text."""
        return QSize(260, option.fontMetrics.height() * 2 + 12)


def _paint_bar(painter: QPainter, bar: QRectF, shares: list[int], colour: QColor) -> None:
    total = sum(shares)
    left = bar.left()
    for share, pattern in zip(shares, PATTERNS, strict=False):
        width = bar.width() * share / total if total else 0.0
        painter.fillRect(QRectF(left, bar.top(), width, bar.height()), QBrush(colour, pattern))
        left += width
    painter.setPen(QPen(colour, 1))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRect(bar)
