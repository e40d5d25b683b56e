"""What is drawn over a page: the ruler along the row, the box of the field, the other boxes, the tool in use."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from hotich.ui.widgets.page_geometry import PageGeometry
from hotich.ui.widgets.page_tools import BoxTool, CornerTool, Tool
from hotich.values import Quad

# Paper is light in every theme, hence fixed colours: dark strokes with a light edge stand out on ink and paper alike.
STROKE = QColor("#0b4fb3")
EDGE = QColor(255, 255, 255, 200)
RULER = QColor(255, 214, 64, 60)
THIN = QColor(11, 79, 179, 120)
TOOL = QColor("#b3161b")


@dataclass(frozen=True, slots=True)
class Marks:
    """The field in hand and the other boxes, in original pixels."""

    current: Quad | None = None
    boxes: tuple[Quad, ...] = ()
    ruler: bool = True


def paint_marks(painter: QPainter, geometry: PageGeometry, marks: Marks, tool: Tool | None) -> None:
    """Draw everything in scene coordinates; strokes keep their width at every zoom."""
    painter.setPen(_pen(THIN, 1))
    for quad in marks.boxes:
        painter.drawPolygon(geometry.polygon(quad))
    if marks.current is not None and not isinstance(tool, BoxTool):
        _paint_current(painter, geometry, marks.current, ruler=marks.ruler)
    if isinstance(tool, CornerTool):
        _paint_corners(painter, tool)
    elif isinstance(tool, BoxTool):
        _paint_twice(painter, tool.rect, TOOL)


def _paint_current(painter: QPainter, geometry: PageGeometry, quad: Quad, *, ruler: bool) -> None:
    polygon = geometry.polygon(quad)
    row = polygon.boundingRect()
    if ruler:
        painter.fillRect(QRectF(0, row.top(), geometry.width, row.height()), RULER)
    painter.setPen(_pen(EDGE, 5))
    painter.drawPolygon(polygon)
    painter.setPen(_pen(STROKE, 2.5))
    painter.drawPolygon(polygon)


def _paint_corners(painter: QPainter, tool: CornerTool) -> None:
    scale = painter.worldTransform().m11() or 1.0
    arm = 14 / scale
    for colour, width in ((EDGE, 6.0), (TOOL, 2.5)):
        painter.setPen(_pen(colour, width))
        for point in tool.points:
            painter.drawEllipse(point, arm / 2, arm / 2)
        painter.drawLine(tool.place - QPointF(arm, 0), tool.place + QPointF(arm, 0))
        painter.drawLine(tool.place - QPointF(0, arm), tool.place + QPointF(0, arm))


def _paint_twice(painter: QPainter, rect: QRectF, colour: QColor) -> None:
    for ink, width in ((EDGE, 6.0), (colour, 3.0)):
        painter.setPen(_pen(ink, width))
        painter.drawRect(rect)


def _pen(colour: QColor, width: float) -> QPen:
    pen = QPen(colour, width)
    pen.setCosmetic(True)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    return pen
