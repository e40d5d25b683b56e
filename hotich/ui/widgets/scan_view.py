"""The page beside the fields: it follows the field in hand, and lets corners and boxes be set by keyboard or mouse."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPainter, QPolygonF, QResizeEvent, QTransform, QWheelEvent
from PySide6.QtWidgets import QGraphicsScene, QGraphicsView, QWidget

from hotich.ui.presenters.picture_setup import PictureSetup
from hotich.ui.widgets.field_lens import FieldLens
from hotich.ui.widgets.page_geometry import PageGeometry
from hotich.ui.widgets.page_marks import Marks, paint_marks
from hotich.ui.widgets.page_tools import BoxTool, CornerTool, Tool
from hotich.ui.widgets.picture_item import PictureItem
from hotich.ui.widgets.picture_tone import toned
from hotich.values import Matrix, Quad

SHOWN_AT_LEAST = 0.36
"""Share of the page's width that stays in sight around a field: enough to see its row."""
ZOOM_STEP = 1.25
CLOSEST, FARTHEST = 6.0, 0.02


class ScanView(QGraphicsView):
    """Shows one page. Everything told to it and by it is in original pixels."""

    corners_set = Signal(object)
    box_set = Signal(object)
    tool_ended = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._scene = QGraphicsScene(self)
        self.setScene(self._scene)
        self._item: PictureItem | None = None
        self._geometry: PageGeometry | None = None
        self._marks = Marks()
        self._tool: Tool | None = None
        self._pinned = False
        self._image: QImage | None = None
        self._setup = PictureSetup()
        self._lens = FieldLens(self.viewport())
        self._settled_at = QSize()
        self.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.setViewportUpdateMode(QGraphicsView.ViewportUpdateMode.FullViewportUpdate)
        self.setTransformationAnchor(QGraphicsView.ViewportAnchor.AnchorViewCenter)
        self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
        self.setMinimumSize(240, 200)

    @property
    def pinned(self) -> bool:
        """Whether the person chose the zoom: it is then left alone."""
        return self._pinned

    @property
    def scale_now(self) -> float:
        """Screen pixels per original pixel."""
        return math.hypot(self.transform().m11(), self.transform().m12())

    def show_setup(self, setup: PictureSetup) -> None:
        """Look at the page in that way from now on."""
        before, self._setup = self._setup, setup
        self._marks = replace(self._marks, ruler=setup.ruler)
        if self._item is not None and (before.contrast, before.inverted) != (setup.contrast, setup.inverted):
            self._put_up()
        if before.turns != setup.turns:
            self.rotate(90 * (setup.turns - before.turns))
            self._settle()
        self._show_lens()
        self.viewport().update()

    def crop(self, quad: Quad) -> QImage | None:
        """The piece of the shown picture that holds the quad with a little around it; None while no page is up."""
        if self._geometry is None or self._image is None:
            return None
        field = self._geometry.polygon(quad).boundingRect()
        edge = field.height() * 0.15
        around = field.adjusted(-edge, -edge, edge, edge)
        scale = 1 / self._geometry.scale
        rect = QRectF(around.topLeft() * scale, around.bottomRight() * scale).toAlignedRect()
        return self._image.copy(rect.intersected(self._image.rect()))

    def show_picture(self, image: QImage, to_original: Matrix, *, same_page: bool) -> None:
        """Put up a picture of the page; the same page keeps its place on the screen."""
        geometry = PageGeometry.of(to_original, image.width(), image.height())
        self._image = image
        self._put_up(geometry)
        self._scene.setSceneRect(geometry.rect)
        alike = self._geometry is not None and abs(self._geometry.width - geometry.width) < geometry.width * 0.02
        self._geometry = geometry
        if not same_page:
            self._end_tool()
        if not (same_page and alike):
            self._settle()
        self._show_lens()
        self.viewport().update()

    def _put_up(self, geometry: PageGeometry | None = None) -> None:
        geometry = geometry or self._geometry
        if self._image is None or geometry is None:
            return
        if self._item is not None:
            self._scene.removeItem(self._item)
        self._item = PictureItem(toned(self._image, self._setup.contrast, self._setup.inverted))
        self._item.setScale(geometry.scale)
        self._scene.addItem(self._item)

    def _show_lens(self) -> None:
        """Show the field in hand enlarged, at the edge of the view that it is farther from."""
        quad = self._marks.current if self._setup.lens else None
        crop = self.crop(quad) if quad is not None else None
        if crop is None or crop.isNull() or quad is None or self._geometry is None:
            self._lens.hide()
            return
        middle = self.mapFromScene(self._geometry.polygon(quad).boundingRect().center()).y()
        shown = toned(crop, self._setup.contrast, self._setup.inverted)
        self._lens.show_field(shown, at_top=middle > self.viewport().height() / 2)

    def clear(self) -> None:
        """Show no page."""
        if self._item is not None:
            self._scene.removeItem(self._item)
        self._item = self._geometry = self._image = None
        self._marks = Marks(ruler=self._setup.ruler)
        self._show_lens()
        self.viewport().update()

    def take_down(self) -> None:
        """Show no page until the next picture comes; the marks are for that one already."""
        if self._item is not None:
            self._item.hide()
        self._geometry = self._image = None
        self._show_lens()
        self.viewport().update()

    def show_region(self, quad: Quad | None) -> None:
        """Mark the field in hand and bring it into sight; None when it does not stand on the page."""
        self._marks = replace(self._marks, current=quad)
        if quad is not None:
            self._settle()
        self._show_lens()
        self.viewport().update()

    def show_boxes(self, boxes: Sequence[Quad]) -> None:
        """Mark these boxes thinly."""
        self._marks = replace(self._marks, boxes=tuple(boxes))
        self.viewport().update()

    def zoom(self, step: int) -> None:
        """Nearer or farther by one step; from now on the zoom is the person's."""
        wanted = self.scale_now * ZOOM_STEP**step
        if FARTHEST <= wanted <= CLOSEST:
            self._pinned = True
            self.scale(ZOOM_STEP**step, ZOOM_STEP**step)

    def pin(self, scale: float) -> None:
        """Take a zoom that somebody chose earlier."""
        self._pinned = True
        self.setTransform(QTransform.fromScale(scale, scale).rotate(90 * self._setup.turns))
        self._settle()

    def follow(self) -> None:
        """Let the zoom follow the field again."""
        self._pinned = False
        self._settle()

    def mark_corners(self) -> None:
        """Let the four corners be set: arrows and Enter, or four clicks. Escape gives up."""
        if self._geometry is not None:
            self._pinned = False
            self._fit(self._geometry.rect)
            self._take(CornerTool(self._geometry))

    def move_box(self, quad: Quad) -> None:
        """Let that box be moved with the arrows and sized with Shift; Enter keeps it, Escape gives up."""
        if self._geometry is not None:
            self.show_region(quad)
            self._take(BoxTool(self._geometry, quad))

    @property
    def tool(self) -> Tool | None:
        """What the keys work on just now, if anything."""
        return self._tool

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Enter and Escape go to the tool in use."""
        if self._tool is None:
            super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._end_tool()
        elif self._tool.press(event.key(), event.modifiers()):
            self._tool_went_on()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click sets a point of the tool in use."""
        if self._tool is not None and event.button() == Qt.MouseButton.LeftButton:
            self._tool.click(self.mapToScene(event.position().toPoint()))
            self._tool_went_on()
        else:
            super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End dragging; nobody behind the page wants the event."""
        super().mouseReleaseEvent(event)
        event.accept()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl and the wheel zoom."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom(1 if event.angleDelta().y() > 0 else -1)
        else:
            super().wheelEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the field in sight when the view itself became another size.

        Bars that come and go change the room too: to fit the page to them would make them go and come without end.
        """
        super().resizeEvent(event)
        if self._settled_at != self.size():
            self._settled_at = self.size()
            self._settle()
        self._show_lens()

    def drawForeground(self, painter: QPainter, rect: QRectF | QRect) -> None:
        """Draw the marks over the page."""
        if self._geometry is not None:
            paint_marks(painter, self._geometry, self._marks, self._tool)

    def _take(self, tool: Tool) -> None:
        self._tool = tool
        self.setDragMode(QGraphicsView.DragMode.NoDrag)
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.viewport().update()

    def _end_tool(self) -> None:
        if self._tool is not None:
            self._tool = None
            self.setDragMode(QGraphicsView.DragMode.ScrollHandDrag)
            self.viewport().update()
            self.tool_ended.emit()

    def _tool_went_on(self) -> None:
        tool = self._tool
        if tool is not None and (result := tool.result()) is not None:
            signal = self.corners_set if isinstance(tool, CornerTool) else self.box_set
            self._end_tool()
            signal.emit(result)
        elif tool is not None:
            self.ensureVisible(QRectF(tool.place - QPointF(20, 20), tool.place + QPointF(20, 20)))
        self.viewport().update()

    def _settle(self) -> None:
        geometry, quad = self._geometry, self._marks.current
        if geometry is None:
            return
        if quad is None:
            if not self._pinned:
                self._fit(geometry.rect)
            return
        field = geometry.polygon(quad).boundingRect()
        if self._pinned:
            self.centerOn(field.center())
        else:
            self._fit(_with_context(field, geometry.rect))

    def _fit(self, rect: QRectF) -> None:
        self.fitInView(rect, Qt.AspectRatioMode.KeepAspectRatio)

    def polygon(self, quad: Quad) -> QPolygonF:
        """The quad in the scene, empty while no page is up."""
        return self._geometry.polygon(quad) if self._geometry is not None else QPolygonF()


def _with_context(field: QRectF, page: QRectF) -> QRectF:
    """The field with what stands around it, kept inside the page where possible."""
    width = min(max(field.width() * 1.2, page.width() * SHOWN_AT_LEAST), page.width())
    height = min(max(field.height() * 3, width * 0.25), page.height())
    rect = QRectF(0, 0, width, height)
    rect.moveCenter(field.center())
    rect.moveLeft(min(max(rect.left(), page.left()), page.right() - width))
    rect.moveTop(min(max(rect.top(), page.top()), page.bottom() - height))
    return rect
