"""Cells of a list in which what matched stands out, and what nobody confirmed is grey."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPalette
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from hotich.pipeline.search import ShownText
from hotich.ui.theme import active

PAD = 6
Index = QModelIndex | QPersistentModelIndex
_LEFT = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft


class MarkedText(QStyledItemDelegate):
    """Writes what matches bold and underlined, so that nobody depends on colour. `shown` gives the text of a cell."""

    def __init__(self, shown: Callable[[int, int], ShownText | None], parent: QWidget) -> None:
        super().__init__(parent)
        self._shown = shown

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The ground as every list has it, then the text piece by piece."""
        shown = self._shown(index.row(), index.column())
        if shown is None or not shown.text:
            super().paint(painter, option, index)
            return
        self.initStyleOption(option, index)
        option.text = ""
        style = option.widget.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, option.widget)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        colour = option.palette.color(QPalette.ColorRole.HighlightedText) if chosen else _ink(shown)
        painter.save()
        painter.setClipRect(option.rect)
        painter.setPen(colour)
        _write(painter, option.rect.adjusted(PAD, 0, -PAD, 0), shown, option.font)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """As wide as the bold letters need."""
        hint = super().sizeHint(option, index)
        shown = self._shown(index.row(), index.column())
        if shown is None or not shown.text:
            return hint
        wide = sum(QFontMetrics(font).horizontalAdvance(text) for text, font in _styled(shown, option.font))
        return QSize(max(hint.width(), wide + 2 * PAD + 2), hint.height())


def _ink(shown: ShownText) -> QColor:
    theme = active()
    return QColor(theme.suggestion if shown.grey else theme.text)


def _write(painter: QPainter, box: QRect, shown: ShownText, font: QFont) -> None:
    """Piece by piece, until the room is used up; then three dots say that there is more."""
    left = box.left()
    for text, own in _styled(shown, font):
        metrics = QFontMetrics(own)
        room = QRect(left, box.top(), max(0, box.right() - left), box.height())
        wide = metrics.horizontalAdvance(text)
        painter.setFont(own)
        if wide > room.width():
            painter.drawText(room, _LEFT, metrics.elidedText(text, Qt.TextElideMode.ElideRight, room.width()))
            return
        painter.drawText(room, _LEFT, text)
        left += wide


def _styled(shown: ShownText, font: QFont) -> list[tuple[str, QFont]]:
    """The pieces of a text with the letters of each."""
    styled = []
    for text, is_marked in _pieces(shown):
        own = QFont(font)
        own.setItalic(shown.grey)
        own.setBold(is_marked)
        own.setUnderline(is_marked)
        styled.append((text, own))
    return styled


def _pieces(shown: ShownText) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it matches."""
    pieces, place = [], 0
    for since, until in shown.marks:
        pieces += [(shown.text[place:since], False), (shown.text[since:until], True)]
        place = until
    return [(text, is_marked) for text, is_marked in (*pieces, (shown.text[place:], False)) if text]
