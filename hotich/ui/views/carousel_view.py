"""The carousel screen: the field, the grid of its snippets, and the snippet in hand enlarged."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from hotich.forms.formspec import FieldSpec
from hotich.messages import Language
from hotich.pipeline.carousel import Group, Show, Snippet
from hotich.pipeline.pictures import Pixels
from hotich.pipeline.snippets import aspect
from hotich.ui.actions import bind, button, shown_button, shown_keys
from hotich.ui.presenters.carousel import CarouselPresenter
from hotich.ui.presenters.carousel_screen import Open
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.snippet_feed import SnippetFeed
from hotich.ui.qtimage import to_qimage
from hotich.ui.widgets.cell_editor import CellEditor
from hotich.ui.widgets.flow import in_rows
from hotich.ui.widgets.labels import label
from hotich.ui.widgets.picture_strip import StripPicture, over_strip, picture_strip
from hotich.ui.widgets.snippet_grid import SnippetGrid
from hotich.ui.widgets.snippets_model import SnippetsModel
from hotich.values import FieldState


class FieldChooser(QComboBox):
    """Arrows choose a field at once, letters find one, Enter goes to its snippets."""

    left = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter leaves."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.left.emit()
        else:
            super().keyPressEvent(event)


class CarouselView(QWidget):
    """Shows snippets and forwards what the clerk says of them."""

    def __init__(self, desk: Desk, open_entry: Open, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = CarouselPresenter(desk, self, open_entry)
        self._feed = SnippetFeed(desk, self)
        self.model = SnippetsModel(self._in_words, self)
        self.grid = SnippetGrid(self.tr("Ảnh của ô đang duyệt"), self.model, self._title, self)
        self.grid.missing = self._missing
        self.field = FieldChooser(self)
        self.show_box = QComboBox(self)
        self.books = QCheckBox(self.tr("Mọi sổ cùng loại ({0})").format(shown_keys("snippet-books")), self)
        self.counts = label("", "muted", self)
        self.enlarged = StripPicture(self)
        self.told = label("", "", self)
        self.finding = label("", "warning", self)
        self.nothing = label("", "banner", self)
        self._to_grid = self._busy = False
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Deal again what changed meanwhile."""
        self._feed.forget()
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus on the snippets; while there are none, on the choice of the field."""
        waits = self._stack.currentIndex() != 0
        self._to_grid = waits and self._busy
        (self.field if waits else self.grid).setFocus()

    def show_fields(self, fields: tuple[FieldSpec, ...], current: int) -> None:
        """Offer these fields."""
        english = self._desk.language is Language.ENGLISH
        names = [field.name(english) for field in fields]
        held = self.field.blockSignals(True)
        if names != [self.field.itemText(place) for place in range(self.field.count())]:
            self.field.clear()
            self.field.addItems(names)
        self.field.setCurrentIndex(current)
        self.field.blockSignals(held)

    def show_groups(self, groups: tuple[Group, ...], key: str) -> None:
        """Show these snippets."""
        self._stack.setCurrentIndex(0)
        regions = [snippet.region for group in groups for snippet in group.snippets[:20]]
        shapes = [aspect(region.quad) for region in regions if region is not None]
        self.grid.show_groups(groups, median(shapes) if shapes else 3.0, key)
        self._show_current(key)
        if self._to_grid and self.isVisible():
            self._to_grid = False
            self.grid.setFocus()

    def show_snippets(self, snippets: Sequence[Snippet]) -> None:
        """The same snippets, as they are now."""
        self.model.update(snippets)
        self.grid.viewport().update()
        self._show_current(self.grid.current_key)

    def show_state(self, settled: int, total: int, show: Show, left_out: frozenset[str]) -> None:
        """Say how far the field is."""
        self.counts.setText(self.tr("Xong {0} / {1}, còn {2}").format(settled, total, total - settled))
        self.grid.left_out_keys = left_out
        held = self.show_box.blockSignals(True)
        self.show_box.setCurrentIndex(list(Show).index(show))
        self.show_box.blockSignals(held)

    def show_current(self, key: str, *, at_top: bool) -> None:
        """Take that snippet in hand."""
        self.grid.show_current(key, at_top=at_top)

    def show_busy(self) -> None:
        """Say that the snippets are being gathered."""
        self._say(self.tr("Đang xếp các ảnh của ô này…"))
        self._busy = True

    def show_nothing(self, sentence: str) -> None:
        """Say why there are none."""
        self._say(sentence)

    def has_picture(self, key: str) -> bool:
        """Whether the picture is there."""
        return key in self.grid.pictures

    def show_pictures(self, pictures: dict[str, Pixels]) -> None:
        """Pictures that were wanted."""
        self.grid.put_pictures({key: QPixmap.fromImage(to_qimage(pixels)) for key, pixels in pictures.items()})
        if self.grid.current_key in pictures:
            self._show_current(self.grid.current_key)

    def _say(self, sentence: str) -> None:
        self._busy = False
        self.nothing.setText(sentence)
        had_focus = self.grid.hasFocus()
        self.model.replace(())
        self.grid.doItemsLayout()
        self._stack.setCurrentIndex(1)
        for widget in (self.told, self.finding, self.enlarged):
            widget.clear()
        if had_focus:
            self._to_grid = True
            self.field.setFocus()

    def _show_current(self, key: str) -> None:
        snippet = self.presenter.snippet(key)
        picture = self.grid.pictures.get(key)
        if picture is None:
            self.enlarged.clear()
        else:
            self.enlarged.show_picture(picture)
        self.told.setText(self._in_words(snippet) if snippet is not None else "")
        self.finding.setText(f"▲ {snippet.finding}" if snippet is not None and snippet.finding else "")

    def _in_words(self, snippet: Snippet) -> str:
        """What a snippet shows, for the line under the grid and for screen readers."""
        say, cell = self._desk.say, snippet.cell
        value = cell.text or say("ui-carousel-blank" if snippet.blank or cell.settled else "ui-carousel-unread")
        parts = [self.tr("Số {0}").format(snippet.number or "—"), value, say(f"ui-field-{cell.status.value}")]
        if cell.suggested:
            parts.append(f"{cell.confidence:.0%}")
        if cell.normal and cell.normal != cell.text:
            parts.append(f"→ {cell.normal}")
        if snippet.key in self.grid.left_out_keys:
            parts.append(self.tr("không nhận cùng trang"))
        return " · ".join(parts)

    def _title(self, group: Group) -> tuple[str, str]:
        say = self._desk.say
        title = say(f"ui-carousel-{group.kind.value}", value=group.text)
        left = sum(snippet.open for snippet in group.snippets)
        told = self.tr("{0} ảnh, còn {1}").format(len(group.snippets), left)
        return title, told if group.kind.by_page else f"{told} · {say('ui-carousel-one-by-one')}"

    def _missing(self, key: str) -> str:
        return self.tr("không có ảnh") if self._feed.failed(key) else "…"

    def _connect(self) -> None:
        presenter, grid = self.presenter, self.grid
        self._editor = CellEditor(self.tr("Nội dung của ảnh"), self._desk.say("ui-choices"), self._values, self.grid)
        self._editor.kind_of = lambda index: presenter.field.kind.value if presenter.field is not None else ""
        grid.set_editor(self._editor)
        self._editor.typed.connect(lambda index, text, key: self._typed(index.row(), text))
        grid.confirmed.connect(presenter.confirm)
        grid.left_out.connect(presenter.leave_out)
        grid.opened.connect(presenter.to_entry)
        grid.chosen.connect(self._chosen)
        grid.sighted.connect(presenter.in_sight)
        grid.wanted.connect(self._feed.want)
        self.field.activated.connect(self._choose_field)
        self.field.left.connect(self.start)
        self.show_box.activated.connect(lambda place: presenter.choose_show(list(Show)[place]))
        self.books.clicked.connect(lambda: presenter.toggle_books())
        bind(self, "snippet-field", self._to_field)
        bind(self, "snippet-show", presenter.cycle_show)
        bind(self, "snippet-books", self.books.click)
        bind(self, "snippet-redo", presenter.redo)

    def _values(self, index: object) -> Sequence[tuple[str, str]]:
        return self.presenter.values_for(self.grid.current_key)

    def _typed(self, row: int, text: str) -> None:
        snippet = self.model.snippet(row)
        if snippet is not None:
            self.presenter.correct(snippet.key, text)

    def _chosen(self, key: str) -> None:
        self.presenter.choose(key)
        self._show_current(key)

    def _to_field(self) -> None:
        self._to_grid = False
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _choose_field(self, place: int) -> None:
        # Whoever walks through the fields stays among them until Enter.
        self._to_grid = False
        self.presenter.choose_field(place)

    def _say_state(self, state: FieldState) -> None:
        self.presenter.correct(self.grid.current_key, "", state)

    def _lay_out(self) -> None:
        column, self._stack = over_strip(self, self.grid, self.nothing, self._below())
        column.insertLayout(0, self._top())
        column.addLayout(self._buttons())

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.field.setAccessibleName(self.tr("Ô cần duyệt"))
        self.field.setMaxVisibleItems(18)
        self.field.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.field.setMinimumContentsLength(20)
        self.show_box.setAccessibleName(self.tr("Hiện những ảnh nào"))
        self.show_box.addItems([self.tr("Còn mở"), self.tr("Đáng ngờ"), self.tr("Tất cả")])
        self.books.setAccessibleName(self.tr("Mọi sổ cùng loại"))
        for text, widget in (
            (self.tr("Ô ({0})").format(shown_keys("snippet-field")), self.field),
            (self.tr("Hiện ({0})").format(shown_keys("snippet-show")), self.show_box),
        ):
            beside = QLabel(text, self)
            beside.setBuddy(widget)
            row.addWidget(beside)
            row.addWidget(widget)
        row.addWidget(self.books)
        row.addWidget(self.counts, 1)
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return row

    def _below(self) -> QWidget:
        self.enlarged.setAccessibleName(self.tr("Ảnh đang chọn, phóng to"))
        return picture_strip(self, self.enlarged, (self.told, self.finding))

    def _buttons(self) -> QVBoxLayout:
        presenter = self.presenter
        confirm = shown_button(self, self.tr("Nhận cả trang"), "snippets-confirm", presenter.confirm)
        confirm.setProperty("look", "main")
        made = (
            confirm,
            shown_button(self, self.tr("Không nhận"), "snippet-leave", presenter.leave_out),
            button(self, self.tr("Để trống"), "snippet-blank", lambda: self._say_state(FieldState.BLANK)),
            button(
                self, self.tr("Không đọc được"), "snippet-unreadable", lambda: self._say_state(FieldState.UNREADABLE)
            ),
            shown_button(self, self.tr("Đến ô"), "snippet-entry", presenter.to_entry),
            button(self, self.tr("Hoàn tác"), "snippet-undo", presenter.undo),
        )
        return in_rows(made)
