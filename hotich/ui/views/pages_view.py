"""The pages of a book: a strip of small pictures, the page in hand, and its corrections."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QGridLayout,
    QListWidget,
    QListWidgetItem,
    QSplitter,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)

from hotich.forms.formspec import FormSpec
from hotich.pipeline.pictures import PagePicture, Pixels
from hotich.store import PageRow
from hotich.ui.actions import bind, button, shown_keys
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.pages import PagesPresenter
from hotich.ui.qtimage import to_qimage
from hotich.ui.typed_keys import pressed
from hotich.ui.widgets.labels import label, set_look
from hotich.ui.widgets.scan_view import ScanView
from hotich.values import Quad, Region

THUMB = QSize(104, 104)
STEEPEST = 15.0


class PageStrip(QListWidget):
    """The small pictures; Enter confirms the form of the page in hand."""

    def __init__(self, name: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setIconSize(THUMB)
        self.setWordWrap(True)
        self.setUniformItemSizes(True)
        self.setMinimumWidth(230)


class PagesView(QWidget):
    """Shows the pages and forwards what is done to them."""

    def __init__(self, desk: Desk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = PagesPresenter(desk, self)
        self.strip = PageStrip(self.tr("Danh sách trang"), self)
        self.scan = ScanView(self.tr("Ảnh trang"), self)
        self.form = QComboBox(self)
        self.angle = QDoubleSpinBox(self)
        self.onward = QCheckBox(self.tr("Cho cả các trang sau"), self)
        self.notes = label("", "banner", self)
        self.nothing = label("", "banner", self)
        self.splitter = QSplitter(Qt.Orientation.Horizontal, self)
        self._items: dict[str, QListWidgetItem] = {}
        self._boxes: tuple[tuple[str, Region], ...] = ()
        self._box = -1
        self._page_id = ""
        self._corners_for: Callable[[Quad], None] = self._lay_form
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the pages as they are."""
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus on the page in hand."""
        self.strip.setFocus()

    def show_pages(self, rows: tuple[PageRow, ...], current: int) -> None:
        """Show these pages; the one in hand is marked."""
        self._stack.setCurrentIndex(0)
        icons = {page_id: item.icon() for page_id, item in self._items.items()}
        held = self.strip.blockSignals(True)
        self.strip.clear()
        self._items = {}
        for number, row in enumerate(rows, 1):
            item = QListWidgetItem(f"{number}. {self.presenter.name_of(row)}\n{self._mark(row)}", self.strip)
            item.setIcon(icons.get(row.page.page_id, QIcon()))
            item.setSizeHint(QSize(220, THUMB.height() + 8))
            self._items[row.page.page_id] = item
        self.strip.setCurrentRow(current)
        self.strip.blockSignals(held)

    def show_forms(self, forms: tuple[FormSpec, ...], form_id: str) -> None:
        """Offer these forms; that one is the guess."""
        self.form.clear()
        for form in forms:
            self.form.addItem(form.title, form.id)
        self.form.setCurrentIndex(self.form.findData(form_id))

    def show_page(self, row: PageRow, notes: tuple[str, ...], wrong: bool) -> None:
        """Say how it stands with the page in hand."""
        self.notes.setText("\n".join(notes))
        set_look(self.notes, "look", "banner-error" if wrong or not (row.placement or row.entries) else "banner")
        self._name_aside(self.tr("Lấy lại") if row.set_aside else self.tr("Để riêng"))
        step = row.recipe.step("deskew") if row.recipe is not None else None
        found = step.parameters.get("degrees", 0.0) if step is not None else 0.0
        self.angle.setValue(found if isinstance(found, float) else 0.0)

    def _name_aside(self, text: str) -> None:
        """Say what the key does to the page in hand: it sets aside, or takes back."""
        self._aside.setText(f"{text} ({shown_keys('page-aside')})")
        self._aside.setAccessibleName(text)

    def show_boxes(self, regions: tuple[tuple[str, Region], ...]) -> None:
        """Mark the boxes of the fields on the page."""
        self._boxes, self._box = regions, -1
        self.scan.show_boxes([region.quad for _, region in regions])
        self.scan.show_region(None)

    def await_picture(self) -> None:
        """Take the picture down until the one of the page in hand is there."""
        self.scan.take_down()

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None:
        """Put up the page."""
        same = page_id == self._page_id
        self._page_id = page_id
        self.scan.show_picture(to_qimage(picture.pixels), picture.to_original, same_page=same)

    def show_thumbnail(self, page_id: str, pixels: Pixels) -> None:
        """Put the small picture into the strip."""
        item = self._items.get(page_id)
        if item is not None:
            picture = QPixmap.fromImage(to_qimage(pixels))
            icon = QIcon(picture)
            # Without a picture of its own for this mode the chosen page would be tinted.
            icon.addPixmap(picture, QIcon.Mode.Selected)
            item.setIcon(icon)

    def show_nothing(self, sentence: str) -> None:
        """Say why there is no page."""
        self.nothing.setText(sentence)
        self._stack.setCurrentIndex(1)
        self.scan.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, or the keys chosen instead, confirms the form, wherever the focus is."""
        if pressed(event, "page-confirm") and self.scan.tool is None:
            self._confirm()
        else:
            super().keyPressEvent(event)

    def _connect(self) -> None:
        self.strip.currentRowChanged.connect(self.presenter.choose)
        self.scan.corners_set.connect(self._corners_set)
        self.scan.box_set.connect(self._box_set)
        self.scan.tool_ended.connect(self.strip.setFocus)
        # How to use the tool is no longer of interest.
        self.scan.tool_ended.connect(lambda: self._desk.shell.note(""))
        bind(self, "page-up", lambda: self.presenter.shift(-1))
        bind(self, "page-down", lambda: self.presenter.shift(1))
        bind(self, "page-run", lambda: self._straighten(onward=True))

    def _confirm(self) -> None:
        self.presenter.confirm_form(self._form_id)

    @property
    def _form_id(self) -> str:
        return str(self.form.currentData() or "")

    def _turn(self, quarter: int) -> None:
        self.presenter.turn(self._form_id, quarter, self.onward.isChecked())

    def _straighten(self, onward: bool) -> None:
        self.presenter.straighten(self._form_id, self.angle.value(), onward)

    def _mark_corners(self) -> None:
        self._corners_for = self._lay_form
        self._desk.shell.note(self.presenter.corner_hint(self._form_id))
        self.scan.mark_corners()

    def _mark_border(self) -> None:
        self._corners_for = self._cut_border
        self._desk.shell.note(self._desk.say("ui-corners-of-sheet"))
        self.scan.mark_corners()

    def _corners_set(self, quad: Quad) -> None:
        self._corners_for(quad)

    def _lay_form(self, quad: Quad) -> None:
        self.presenter.place_corners(self._form_id, quad, self.onward.isChecked())

    def _cut_border(self, quad: Quad | None) -> None:
        self.presenter.cut_border(self._form_id, quad, self.onward.isChecked())

    def _even_light(self) -> None:
        """The light of the page is evened where it was left, and left where it was evened."""
        self.presenter.even_light(self._form_id, not self.presenter.light_is_even, self.onward.isChecked())

    def _move_boxes(self) -> None:
        """The next box of the page follows the arrow keys."""
        if not self._boxes:
            self._desk.shell.note(self._desk.say("ui-no-box"))
            return
        self._box = (self._box + 1) % len(self._boxes)
        self._desk.shell.note(self.tr("Mũi tên: dời khung. Shift+mũi tên: đổi cỡ. Enter: giữ. F3: khung sau. Esc: bỏ."))
        self.scan.move_box(self._boxes[self._box][1].quad)

    def _box_set(self, quad: Quad) -> None:
        if 0 <= self._box < len(self._boxes):
            record_id, region = self._boxes[self._box]
            self.presenter.move_box(record_id, region.field_id, quad)

    def _mark(self, row: PageRow) -> str:
        if row.set_aside:
            return self.tr("▫ để riêng")
        if row.placement is None and row.entries:
            return self.tr("✓ {0} bản ghi").format(row.entries)
        if row.placement is None:
            return self.tr("? chưa có bản ghi") if self.presenter.by_columns(row) else self.tr("? chưa nhận mẫu")
        return self.tr("✓ {0}, {1} bản ghi").format(row.placement.form_id, row.entries)

    def _lay_out(self) -> None:
        self.splitter.addWidget(self.strip)
        self.splitter.addWidget(self.scan)
        self.splitter.addWidget(self._side())
        self.splitter.setSizes([240, 640, 300])
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setChildrenCollapsible(False)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self.splitter)
        page = QWidget(self)
        QVBoxLayout(page).addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(page)

    def _side(self) -> QWidget:
        side = QWidget(self)
        column = QVBoxLayout(side)
        column.addWidget(self.notes)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.form.setAccessibleName(self.tr("Mẫu của trang"))
        self.form.setMinimumContentsLength(18)
        self.form.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        form.addRow(self.tr("Mẫu của trang"), self.form)
        self.angle.setAccessibleName(self.tr("Góc nghiêng, độ"))
        self.angle.setRange(-STEEPEST, STEEPEST)
        self.angle.setSingleStep(0.1)
        form.addRow(self.tr("Góc nghiêng, độ"), self.angle)
        column.addLayout(form)
        self.onward.setAccessibleName(self.onward.text())
        column.addWidget(self.onward)
        column.addLayout(self._buttons())
        column.addStretch(1)
        return side

    def _buttons(self) -> QGridLayout:
        presenter = self.presenter
        grid = QGridLayout()
        grid.setSpacing(4)
        wide = (
            button(self, self.tr("Nhận mẫu"), "page-confirm", self._confirm, main=True),
            button(self, self.tr("Đọc lại"), "page-read", lambda: presenter.read_again(self._form_id)),
        )
        pairs = (
            button(self, self.tr("Xoay trái"), "page-left", lambda: self._turn(-1)),
            button(self, self.tr("Xoay phải"), "page-right", lambda: self._turn(1)),
            button(self, self.tr("Nắn nghiêng"), "page-level", lambda: self._straighten(self.onward.isChecked())),
            button(self, self.tr("Sáng đều"), "page-light", self._even_light),
            button(self, self.tr("Mép giấy"), "page-border", self._mark_border),
            button(self, self.tr("Cả ảnh"), "page-whole", lambda: self._cut_border(None)),
            button(self, self.tr("Bốn góc mẫu"), "page-corners", self._mark_corners),
            button(self, self.tr("Chỉnh khung"), "page-boxes", self._move_boxes),
            button(self, self.tr("Tách đôi"), "page-split", lambda: presenter.split(self._form_id)),
            button(self, self.tr("Ảnh gốc/sạch"), "page-cleaned", presenter.toggle_cleaned),
            button(self, self.tr("Thêm bản ghi"), "page-entry", lambda: presenter.add_entry(self._form_id)),
            button(self, self.tr("Để riêng"), "page-aside", presenter.set_aside),
        )
        self._aside = pairs[-1]
        for number, one in enumerate(wide):
            grid.addWidget(one, number, 0, 1, 2)
        for number, one in enumerate(pairs):
            grid.addWidget(one, len(wide) + number // 2, number % 2)
        return grid
