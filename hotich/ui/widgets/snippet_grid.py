"""The grid of snippets: hundreds of pictures, of which only those on the screen are painted."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QWidget

from hotich.pipeline.carousel import Group
from hotich.ui.typed_keys import pressed
from hotich.ui.widgets.cell_editor import CellEditor
from hotich.ui.widgets.field_edit import FieldEdit
from hotich.ui.widgets.labels import scaled
from hotich.ui.widgets.picture_store import PictureStore
from hotich.ui.widgets.snippet_layout import Box, Measures, SnippetLayout
from hotich.ui.widgets.snippet_painter import Look, paint_heading, paint_snippet
from hotich.ui.widgets.snippets_model import SnippetsModel

Index = QModelIndex | QPersistentModelIndex
NO_TYPING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Delete, Qt.Key.Key_Space, Qt.Key.Key_F2)
"""Keys that open no cell for typing, even where other keys were chosen for what they do."""
Trigger = QAbstractItemView.EditTrigger
Hint = QAbstractItemView.ScrollHint
LINE, LEAST, MOST = 46, 118, 520
"""Height of a picture, and least and greatest width of a cell, in pixels at the usual size of type."""


class SnippetGrid(QListView):
    """Arrows move, Enter confirms the page, Del leaves one out, Space goes to its record, typing corrects it.

    All but the arrows may be other keys, see `typed_keys`.
    """

    confirmed = Signal()
    left_out = Signal()
    opened = Signal()
    chosen = Signal(object)
    sighted = Signal(object)
    wanted = Signal(object)

    def __init__(
        self, name: str, model: SnippetsModel, titles: Callable[[Group], tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self._titles = titles
        self._snippets = model
        self._layout = SnippetLayout((), Measures(1, 1, 1, 1))
        self._aspect = 3.0
        self._sighted: tuple[str, ...] = ()
        self._wanted: tuple[str, ...] = ()
        self.pictures = PictureStore()
        self.missing: Callable[[str], str] = lambda key: "…"
        self.left_out_keys: frozenset[str] = frozenset()
        self.setModel(model)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always there, so that its coming and going never changes the number of columns.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(Trigger.AnyKeyPressed | Trigger.EditKeyPressed)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._tell_sight)
        self.selectionModel().currentChanged.connect(self._current_changed)

    def set_editor(self, editor: CellEditor) -> None:
        """Type over cells with this."""
        editor.enters = "snippets-confirm"
        self.setItemDelegate(editor)

    def show_groups(self, groups: tuple[Group, ...], aspect: float, key: str) -> None:
        """Show these; pictures are `aspect` times as wide as high on the whole."""
        self._aspect = aspect
        # Whoever dealt them anew has to hear again what is on the screen, even if it is the same.
        self._sighted, self._wanted = (), ()
        self._snippets.replace(groups)
        self.doItemsLayout()
        self.show_current(key, at_top=False)

    def show_current(self, key: str, *, at_top: bool) -> None:
        """Take that snippet in hand and bring it into sight."""
        place = self._snippets.place(key)
        if place < 0:
            return
        index = self._snippets.index(place, 0)
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        if at_top:
            top = self._layout.box(place).y - self._measures.heading
            self.verticalScrollBar().setValue(top)
        self.scrollTo(index)

    def put_pictures(self, pictures: dict[str, QPixmap]) -> None:
        """Pictures that were wanted."""
        for key, picture in pictures.items():
            self.pictures.put(key, picture)
        self.viewport().update()

    @property
    def current_key(self) -> str:
        """The snippet in hand, or ''."""
        found = self._snippets.snippet(self.currentIndex().row())
        return found.key if found is not None else ""

    @property
    def _measures(self) -> Measures:
        high = scaled(LINE, self)
        wide = round(min(scaled(MOST, self), max(scaled(LEAST, self), self._aspect * high)))
        caption = self.fontMetrics().height() + 6
        width = self.viewport().width()
        return Measures(min(wide, width), high + caption + 14, caption + 8, width)

    def doItemsLayout(self) -> None:
        """Work out the places anew."""
        self._layout = SnippetLayout([len(group.snippets) for group in self._snippets.groups], self._measures)
        self.updateGeometries()
        self.viewport().update()

    def updateGeometries(self) -> None:
        """The range of the scroll bar."""
        bar = self.verticalScrollBar()
        page = self.viewport().height()
        bar.setRange(0, max(0, self._layout.height - page))
        bar.setPageStep(page)
        bar.setSingleStep(self._measures.cell_height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Other columns, the same snippet in hand."""
        super().resizeEvent(event)
        self.doItemsLayout()
        self.scrollTo(self.currentIndex())

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        """The heading on top stands still, so that all is painted again."""
        self.viewport().update()

    def horizontalOffset(self) -> int:
        """Nothing lies to the side."""
        return 0

    def verticalOffset(self) -> int:
        """Pixels above the window."""
        return self.verticalScrollBar().value()

    def visualRect(self, index: Index) -> QRect:
        """Where the snippet stands in the window."""
        if not index.isValid() or index.row() >= self._layout.count:
            return QRect()
        return self._on_screen(self._layout.box(index.row()))

    def indexAt(self, point: QPoint) -> QModelIndex:
        """The snippet under a point."""
        place = self._layout.at(point.x(), point.y() + self.verticalOffset())
        under_heading = point.y() < self._measures.heading
        return self._snippets.index(place, 0) if place >= 0 and not under_heading else QModelIndex()

    def scrollTo(self, index: Index, hint: Hint = Hint.EnsureVisible) -> None:
        """Bring the snippet into sight, below the heading on top."""
        if not index.isValid() or index.row() >= self._layout.count:
            return
        box, bar = self._layout.box(index.row()), self.verticalScrollBar()
        top, bottom = box.y - self._measures.heading, box.y + box.height - self.viewport().height()
        if bar.value() > top:
            bar.setValue(top)
        elif bar.value() < bottom:
            bar.setValue(bottom)

    def moveCursor(self, action: QAbstractItemView.CursorAction, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """Arrows by snippet and row, page keys by screen, Home and End."""
        if not self._layout.count or not self.currentIndex().isValid():
            return self._snippets.index(0, 0)
        here = self.currentIndex().row()
        actions = QAbstractItemView.CursorAction
        rows = max(1, (self.viewport().height() - self._measures.heading) // max(1, self._measures.cell_height))
        steps = {
            actions.MoveLeft: (-1, 0),
            actions.MovePrevious: (-1, 0),
            actions.MoveRight: (1, 0),
            actions.MoveNext: (1, 0),
            actions.MoveUp: (0, -1),
            actions.MoveDown: (0, 1),
            actions.MovePageUp: (0, -rows),
            actions.MovePageDown: (0, rows),
            actions.MoveHome: (-self._layout.count, 0),
            actions.MoveEnd: (self._layout.count, 0),
        }
        across, down = steps.get(action, (0, 0))
        return self._snippets.index(self._layout.step(here, across, down), 0)

    def setSelection(self, rect: QRect, command: QItemSelectionModel.SelectionFlag) -> None:
        """What lies under the mouse."""
        index = self.indexAt(rect.center())
        if index.isValid():
            self.selectionModel().select(index, command)

    def visualRegionForSelection(self, selection: QItemSelection) -> QRegion:
        """All that is selected."""
        region = QRegion()
        for index in selection.indexes():
            region += QRegion(self.visualRect(index))
        return region

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the carousel; everything else types or moves."""
        if pressed(event, "snippets-confirm"):
            # A key held down says nothing about what the eye has seen.
            if not event.isAutoRepeat():
                self.confirmed.emit()
        elif pressed(event, "snippet-leave") or event.key() == Qt.Key.Key_Backspace:
            self.left_out.emit()
        elif pressed(event, "snippet-entry"):
            self.opened.emit()
        elif pressed(event, "snippet-edit"):
            self._begin_edit()
        elif event.key() not in NO_TYPING:
            super().keyPressEvent(event)

    def _begin_edit(self) -> None:
        if self.currentIndex().isValid():
            self.edit(self.currentIndex())
        editor = QApplication.focusWidget()
        if isinstance(editor, FieldEdit):
            editor.begin_edit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """To the record."""
        self.opened.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The frame of the snippet in hand shows where keys go."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """As `focusInEvent`."""
        super().focusOutEvent(event)
        self.viewport().update()

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing is in sight any more."""
        super().hideEvent(event)
        self._sighted, self._wanted = (), ()
        self.sighted.emit(())

    def paintEvent(self, event: QPaintEvent) -> None:
        """What is on the screen, the heading of the group on top last."""
        offset, height = self.verticalOffset(), self.viewport().height()
        with QPainter(self.viewport()) as painter:
            for place in self._layout.between(offset, offset + height):
                self._paint(painter, place)
            for group in self._layout.groups_between(offset, offset + height):
                self._paint_heading(painter, group, self._layout.heading(group))
            on_top = self._layout.group_at(offset)
            if on_top >= 0:
                heading = self._layout.heading(on_top)
                self._paint_heading(painter, on_top, heading._replace(y=max(heading.y, offset)))
        self._later.start()

    def in_sight(self) -> tuple[str, ...]:
        """Keys of the snippets that are on the screen whole, with their pictures."""
        offset, height = self.verticalOffset(), self.viewport().height()
        found = []
        for place in self._layout.between(offset, offset + height):
            box, snippet = self._layout.box(place), self._snippets.snippet(place)
            whole = box.y >= offset + self._measures.heading and box.y + box.height <= offset + height
            if whole and snippet is not None and snippet.key in self.pictures:
                found.append(snippet.key)
        return tuple(found)

    def _paint(self, painter: QPainter, place: int) -> None:
        snippet = self._snippets.snippet(place)
        if snippet is None:
            return
        current = place == self.currentIndex().row()
        look = Look(
            current=current,
            focused=current and self.hasFocus(),
            left_out=snippet.key in self.left_out_keys,
            caption=self.fontMetrics().height() + 6,
            number=snippet.number,
            missing=self.missing(snippet.key),
        )
        box = self._on_screen(self._layout.box(place))
        paint_snippet(painter, box, snippet, self.pictures.get(snippet.key), look)

    def _paint_heading(self, painter: QPainter, group: int, box: Box) -> None:
        paint_heading(painter, self._on_screen(box), *self._titles(self._snippets.groups[group]))

    def _on_screen(self, box: Box) -> QRect:
        return QRect(box.x, box.y - self.verticalOffset(), box.width, box.height)

    def _current_changed(self, now: QModelIndex, before: QModelIndex) -> None:
        self.viewport().update()
        snippet = self._snippets.snippet(now.row())
        if snippet is not None:
            self.chosen.emit(snippet.key)

    def _tell_sight(self) -> None:
        """What is on the screen was painted: tell what can be seen, and what is wanted to be seen next."""
        if not self.isVisible():
            return
        sighted = self.in_sight()
        if sighted != self._sighted:
            self._sighted = sighted
            self.sighted.emit(sighted)
        offset, height = self.verticalOffset(), self.viewport().height()
        here = list(self._layout.between(offset, offset + height))
        ahead = list(self._layout.between(offset + height, offset + 2 * height))
        snippets = [s for place in (*here, *ahead) if (s := self._snippets.snippet(place)) is not None]
        keys = tuple(snippet.key for snippet in snippets)
        if keys != self._wanted:
            self._wanted = keys
            self.wanted.emit(snippets)
