"""Paints one snippet of the carousel, and the headings between them."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QPixmap

from hotich.pipeline.carousel import Snippet
from hotich.ui.presenters.wording import MARKS
from hotich.ui.theme import active

PAPER = QColor("#f7f3e8")
GAP, PAD = 3, 4
LEFT_OUT = "⊘"


@dataclass(frozen=True, slots=True)
class Look:
    """How a snippet is shown just now; `caption` is the height of the line under its picture."""

    current: bool
    focused: bool
    left_out: bool
    caption: int
    number: str
    missing: str


def paint_snippet(painter: QPainter, box: QRect, snippet: Snippet, picture: QPixmap | None, look: Look) -> None:
    """The picture on paper, under it mark, value and number; the frame says what is in hand."""
    theme = active()
    inner = box.adjusted(GAP, GAP, -GAP, -GAP)
    painter.fillRect(inner, QColor(theme.raised if look.current else theme.base))
    paper = inner.adjusted(PAD, PAD, -PAD, -look.caption)
    painter.fillRect(paper, PAPER if picture is not None else QColor(theme.alternate))
    if picture is None:
        painter.setPen(QColor(theme.muted))
        painter.drawText(paper, Qt.AlignmentFlag.AlignCenter, look.missing)
    else:
        fitted = picture.size().scaled(paper.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(0, 0, fitted.width(), fitted.height())
        target.moveCenter(paper.center())
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(target, picture)
    _caption(painter, QRect(paper.left(), paper.bottom() + 1, paper.width(), look.caption - 1), snippet, look)
    _frame(painter, inner, look)


def _caption(painter: QPainter, line: QRect, snippet: Snippet, look: Look) -> None:
    theme = active()
    metrics = painter.fontMetrics()
    wide = metrics.horizontalAdvance(look.number)
    painter.setPen(QColor(theme.muted))
    painter.drawText(line, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, look.number)
    settled = snippet.cell.settled
    mark = LEFT_OUT if look.left_out else MARKS[snippet.cell.status]
    painter.setPen(QColor(theme.warning if look.left_out else theme.fine if settled else theme.text))
    font = painter.font()
    shown = QFont(font)
    shown.setItalic(not settled)
    painter.setFont(shown)
    room = line.width() - wide - 6
    text = metrics.elidedText(f"{mark} {snippet.cell.text}", Qt.TextElideMode.ElideRight, room)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
    painter.setFont(font)


def _frame(painter: QPainter, inner: QRect, look: Look) -> None:
    theme = active()
    if look.current:
        painter.setPen(QPen(QColor(theme.focus if look.focused else theme.muted), 3))
        painter.drawRect(inner.adjusted(1, 1, -2, -2))
    elif look.left_out:
        painter.setPen(QPen(QColor(theme.warning), 1, Qt.PenStyle.DashLine))
        painter.drawRect(inner.adjusted(0, 0, -1, -1))
    else:
        painter.setPen(QPen(QColor(theme.border), 1))
        painter.drawRect(inner.adjusted(0, 0, -1, -1))


def paint_heading(painter: QPainter, box: QRect, title: str, beside: str) -> None:
    """The heading of a group: its value, and how many."""
    theme = active()
    painter.fillRect(box, QColor(theme.window))
    line = box.adjusted(PAD + GAP, 0, -PAD, 0)
    font = painter.font()
    bold = QFont(font)
    bold.setBold(True)
    painter.setFont(bold)
    painter.setPen(QColor(theme.accent))
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, line.width() * 2 // 3)
    wide = painter.fontMetrics().horizontalAdvance(shown)
    painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
    painter.setFont(font)
    painter.setPen(QColor(theme.muted))
    rest = line.adjusted(wide + 10, 0, 0, 0)
    painter.drawText(rest, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, beside)
    painter.setPen(QColor(theme.border))
    painter.drawLine(box.left(), box.bottom(), box.right(), box.bottom())
