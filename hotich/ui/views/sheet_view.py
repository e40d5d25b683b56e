"""The sheet screen: a book as rows and columns, and the picture of the cell in hand under it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication, QHideEvent, QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLabel,
    QVBoxLayout,
    QWidget,
)

from hotich.forms.formspec import FieldSpec
from hotich.messages import Language
from hotich.pipeline.pictures import Pixels
from hotich.pipeline.sheet import ColumnFilter, Replacement, RowMode, Search, SheetOrder
from hotich.ui.actions import bind, button, shown_keys
from hotich.ui.models.sheet_model import SheetModel
from hotich.ui.presenters.carousel_screen import Open
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.sheet import SheetPresenter
from hotich.ui.presenters.sheet_range import Range
from hotich.ui.presenters.wording import SIGNS
from hotich.ui.qtimage import to_qimage
from hotich.ui.views.sheet_dialogs import FilterSheet, ReplaceSheet
from hotich.ui.widgets.flow import in_rows
from hotich.ui.widgets.labels import label
from hotich.ui.widgets.picture_strip import StripPicture, over_strip, picture_strip
from hotich.ui.widgets.sheet_table import SheetTable
from hotich.values import FieldState


class SheetView(QWidget):
    """Shows the sheet and forwards what is done in it."""

    def __init__(self, desk: Desk, open_entry: Open, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self.presenter = SheetPresenter(desk, self, open_entry)
        self.model = SheetModel(self.presenter.row, desk.language, self)
        self.table = SheetTable(self.tr("Bảng các bản ghi của sổ"), self.model, self)
        self.mode = QComboBox(self)
        self.everything = QCheckBox(self.tr("Mọi cột ({0})").format(shown_keys("sheet-columns")), self)
        self.counts = label("", "muted", self)
        self.picture = StripPicture(self)
        self.told = label("", "", self)
        self.findings = label("", "warning", self)
        self.nothing = label("", "banner", self)
        self._to_table = False
        self._filtered_last = ""
        """The field whose filter was asked for last: where it leaves no row, no cell tells the column."""
        self._lay_out()
        self._connect()

    def refresh(self) -> None:
        """Show the book as it stands."""
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus on the cells."""
        self._to_table = self._stack.currentIndex() != 0
        (self.mode if self._to_table else self.table).setFocus()

    def show_sheet(self, columns: tuple[FieldSpec, ...], rows: int, order: SheetOrder) -> None:
        """Show these columns and so many rows."""
        self._stack.setCurrentIndex(0)
        self.model.replace(columns, rows, order)
        self.table.show_widths([column.id for column in columns], order.widths)
        if self._to_table and self.isVisible():
            self._to_table = False
            self.table.setFocus()

    def show_rows(self, first: int, last: int) -> None:
        """These rows have come or changed."""
        self.model.told(first, last)
        now = self.table.currentIndex()
        if first <= now.row() <= last:
            self._moved(now.row(), now.column())

    def show_cell(self, row: int, column: int) -> None:
        """Take that cell in hand."""
        self.table.show_cell(row, column)
        self._moved(row, column)

    def show_count(self, rows: int, total: int, order: SheetOrder) -> None:
        """Say how many rows there are, and what keeps others out."""
        filters = sum(wanted.active for wanted in order.filters.values())
        told = self.tr("{0} / {1} bản ghi").format(rows, total)
        self.counts.setText(told if not filters else self.tr("{0} · lọc theo {1} cột").format(told, filters))
        held = self.mode.blockSignals(True)
        self.mode.setCurrentIndex(list(RowMode).index(order.mode))
        self.mode.blockSignals(held)
        self.everything.setChecked(order.everything)

    def show_picture(self, pixels: Pixels | None) -> None:
        """The picture of the cell in hand; None when it stands on no page."""
        if pixels is None:
            self.picture.setText(self.tr("Ô này không có vị trí trên trang."))
            return
        self.picture.show_picture(QPixmap.fromImage(to_qimage(pixels)))

    def show_busy(self) -> None:
        """Say that rows are being gathered."""
        self._say(self.tr("Đang mở bảng…"))

    def show_nothing(self, sentence: str) -> None:
        """Say why there are no rows."""
        self._say(sentence)

    def hideEvent(self, event: QHideEvent) -> None:
        """Remember how the sheet is looked at."""
        super().hideEvent(event)
        self.presenter.keep()

    def _say(self, sentence: str) -> None:
        # By the window: while a dialog is open nothing in it has the focus.
        had_focus = self.window().focusWidget() in (self.table, self.table.viewport())
        self.nothing.setText(sentence)
        self._stack.setCurrentIndex(1)
        self.model.replace((), 0, self.presenter.order)
        for widget in (self.picture, self.told, self.findings):
            widget.clear()
        if had_focus:
            self._to_table = True
            self.mode.setFocus()

    def _moved(self, row: int, column: int) -> None:
        self.presenter.choose(row, column)
        shown, columns = self.presenter.row(row), self.presenter.columns
        if shown is None or not 0 <= column < len(columns):
            return
        field, english = columns[column], self._desk.language is Language.ENGLISH
        cell = shown.cells[field.id]
        state = self._desk.say(f"ui-field-{cell.status.value}")
        parts = [self.tr("Số {0}").format(shown.number or "—"), field.name(english), cell.text, state]
        if cell.normal and cell.normal != cell.text:
            parts.append(f"→ {cell.normal}")
        self.told.setText(" · ".join(part for part in parts if part))
        found = shown.findings.get(field.id, ())
        self.findings.setText("\n".join(f"{SIGNS[finding.severity]} {finding.message}" for finding in found[:2]))

    def _connect(self) -> None:
        presenter, table = self.presenter, self.table
        self._editor = table.set_values(
            self.tr("Nội dung của ô"), self._desk.say("ui-choices"), lambda index: presenter.values_for(index.column())
        )
        self._editor.kind_of = lambda index: presenter.kind_of(index.column())
        self._editor.typed.connect(lambda index, text, key: presenter.type_over(index.row(), index.column(), text))
        table.moved.connect(self._moved)
        table.barred.connect(presenter.closed)
        table.widened.connect(self._widened)
        table.filter_wanted.connect(self._filter)
        self.mode.activated.connect(lambda place: presenter.choose_mode(list(RowMode)[place]))
        self.everything.clicked.connect(lambda: presenter.toggle_everything())
        keys: dict[str, Callable[[], object]] = {
            "sheet-copy": self._copy,
            "sheet-paste": lambda: self._with_range(self._paste),
            "sheet-mode": presenter.cycle_mode,
            "sheet-columns": self.everything.click,
            "sheet-clear-filters": presenter.clear_filters,
            "sheet-redo": presenter.redo,
            "sheet-find": self._replace,
            "sheet-clear": lambda: self._with_range(self._clear),
        }
        for key_id, act in keys.items():
            bind(self, key_id, act)

    def _with_range(self, act: Callable[[Range], object]) -> None:
        chosen = self.table.chosen
        if chosen is not None:
            act(chosen)
        else:
            self._no_cell()

    def _with_cell(self, act: Callable[[int, int], object]) -> None:
        now = self.table.currentIndex()
        if now.isValid():
            act(now.row(), now.column())
        else:
            self._no_cell()

    def _no_cell(self) -> None:
        """Say why a key did nothing."""
        none_there = self._stack.currentIndex() != 0
        self._desk.shell.note(self.nothing.text() if none_there else self._desk.say("ui-sheet-no-cell"))

    def _copy(self) -> None:
        self._with_range(lambda chosen: QGuiApplication.clipboard().setText(self.presenter.copy(chosen)))

    def _paste(self, chosen: Range) -> None:
        self.presenter.paste(chosen, QGuiApplication.clipboard().text())

    def _clear(self, chosen: Range) -> None:
        """Del: blank on the page; for more than one cell it is asked first."""

        def blank() -> None:
            self.presenter.say_state(chosen, FieldState.BLANK)

        if chosen.single:
            blank()
        else:
            cells = (chosen.bottom - chosen.top + 1) * (chosen.right - chosen.left + 1)
            question = self.tr("Ghi {0} ô đang chọn là để trống trên giấy?").format(cells)
            self._desk.shell.confirm(question, blank)

    def _accept(self) -> None:
        self._with_cell(self.presenter.accept)
        now = self.table.currentIndex()
        if now.row() + 1 < self.model.rowCount():
            self.table.show_cell(now.row() + 1, now.column())

    def _filter(self, column: int) -> None:
        columns = self.presenter.columns
        if not columns or not self._desk.book_id:
            self._no_cell()
            return
        field = columns[column if 0 <= column < len(columns) else self._filter_column()]
        self._filtered_last = field.id
        name = field.name(self._desk.language is Language.ENGLISH)
        now = self.presenter.order.filters.get(field.id, ColumnFilter())
        FilterSheet(
            self,
            name,
            self.presenter.values_in(field.id),
            now,
            lambda wanted, order: self._filtered(field, wanted, order),
        ).open()

    def _filter_column(self) -> int:
        """The column to filter while no cell is in hand: that of the last filter, one that has a filter, the first."""
        ids = [field.id for field in self.presenter.columns]
        filters = self.presenter.order.filters
        held = [*((self._filtered_last,) if self._filtered_last in filters else ()), *filters]
        return next((ids.index(field_id) for field_id in held if field_id in ids), 0)

    def _filtered(self, field: FieldSpec, wanted: ColumnFilter, order: str) -> None:
        if order:
            self.presenter.sort("" if order == "pages" else field.id, descending=order == "down")
        self.presenter.filter_column(field.id, wanted)

    def _replace(self) -> None:
        columns, column = self.presenter.columns, max(0, self.table.currentIndex().column())
        if not columns:
            return
        english = self._desk.language is Language.ENGLISH
        names = {field.id: field.name(english) for field in columns}

        def preview(search: Search, everywhere: bool) -> list[Replacement]:
            return self.presenter.preview(search, None if everywhere else column)

        here = names[columns[column].id]
        ReplaceSheet(self, here, preview, lambda field_id: names[field_id], self.presenter.replace).open()

    def _widened(self, column: int, pixels: int) -> None:
        columns = self.presenter.columns
        if 0 <= column < len(columns):
            self.presenter.keep_width(columns[column].id, pixels)

    def _lay_out(self) -> None:
        column, self._stack = over_strip(self, self.table, self.nothing, self._strip())
        column.insertLayout(0, self._top())
        column.addLayout(self._buttons())

    def _top(self) -> QVBoxLayout:
        self.mode.setAccessibleName(self.tr("Hiện những dòng nào"))
        self.mode.addItems([self._desk.say(f"ui-sheet-mode-{mode.value}") for mode in RowMode])
        beside = QLabel(self.tr("Hiện ({0})").format(shown_keys("sheet-mode")), self)
        beside.setBuddy(self.mode)
        self.everything.setAccessibleName(self.tr("Mọi cột"))
        legend = label(
            self.tr("○ gợi ý   ? nghi ngờ   — trống   × không đọc được   · còn thiếu   ■ lỗi   ▲ cảnh báo"), "muted"
        )
        legend.setWordWrap(False)
        legend.setContentsMargins(16, 0, 0, 0)
        self.counts.setWordWrap(False)
        self.counts.setContentsMargins(16, 0, 0, 0)
        return in_rows((beside, self.mode, self.everything, self.counts, legend))

    def _strip(self) -> QWidget:
        self.picture.setAccessibleName(self.tr("Ảnh của ô đang chọn"))
        return picture_strip(self, self.picture, (self.told, self.findings))

    def _buttons(self) -> QVBoxLayout:
        presenter = self.presenter
        made = (
            button(self, self.tr("Nhận gợi ý"), "sheet-accept", self._accept, main=True),
            button(self, self.tr("Chép xuống"), "sheet-fill", lambda: self._with_range(presenter.fill_down)),
            button(
                self,
                self.tr("Để trống"),
                "sheet-blank",
                lambda: self._with_range(lambda cells: presenter.say_state(cells, FieldState.BLANK)),
            ),
            button(
                self,
                self.tr("Không đọc được"),
                "sheet-unreadable",
                lambda: self._with_range(lambda cells: presenter.say_state(cells, FieldState.UNREADABLE)),
            ),
            button(self, self.tr("Lọc cột"), "sheet-filter", lambda: self._filter(self.table.currentIndex().column())),
            button(self, self.tr("Tìm, thay"), "sheet-replace", self._replace),
            button(self, self.tr("Đến ô"), "sheet-entry", lambda: self._with_cell(presenter.to_entry)),
            button(self, self.tr("Hoàn tác"), "sheet-undo", presenter.undo),
        )
        return in_rows(made)
