"""Questions of the sheet: the filter of a column, and find and replace with its preview."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from hotich.pipeline.sheet import ColumnFilter, Replacement, Search
from hotich.text import nfc
from hotich.ui.views.dialogs import Button, Sheet
from hotich.ui.widgets.labels import label, scaled

SHOWN_VALUES = 2000
"""Values offered one by one; in a longer column the letters are the way."""

VALUE = int(Qt.ItemDataRole.UserRole)
CHECKED, UNCHECKED = Qt.CheckState.Checked, Qt.CheckState.Unchecked


class FilterSheet(Sheet):
    """Which values of a column are shown, and in which order the rows stand. `done` hears the filter and the order.

    The order is 'up', 'down', 'pages', or '' to leave it as it is.
    """

    def __init__(
        self,
        parent: QWidget,
        name: str,
        values: Sequence[tuple[str, int]],
        now: ColumnFilter,
        done: Callable[[ColumnFilter, str], None],
    ) -> None:
        super().__init__(parent, "", "", Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Lọc: {0}").format(name))
        self._done = done
        self._order = ""
        self.contains = QLineEdit(now.contains, self)
        self.contains.setAccessibleName(self.tr("Chứa các chữ"))
        self.list = QListWidget(self)
        self.list.setAccessibleName(self.tr("Các giá trị"))
        self._fill(values, now)
        self._lay_out()
        self.accepted.connect(lambda: done(self.chosen(), ""))
        self.contains.setFocus()

    def chosen(self) -> ColumnFilter:
        """The filter as it is set; all values ticked is no filter."""
        items = [self.list.item(place) for place in range(self.list.count())]
        ticked = tuple(str(item.data(VALUE)) for item in items if item.checkState() == CHECKED)
        return ColumnFilter(None if len(ticked) == len(items) else ticked, nfc(self.contains.text()).strip())

    def tick_all(self) -> None:
        """All values, or none when all are ticked."""
        items = [self.list.item(place) for place in range(self.list.count())]
        state = UNCHECKED if all(item.checkState() == CHECKED for item in items) else CHECKED
        for item in items:
            item.setCheckState(state)

    def _fill(self, values: Sequence[tuple[str, int]], now: ColumnFilter) -> None:
        for text, count in values[:SHOWN_VALUES]:
            item = QListWidgetItem(self.tr("{0}  ({1})").format(text or self.tr("(trống)"), count), self.list)
            item.setData(VALUE, text)
            item.setCheckState(CHECKED if now.values is None or text in now.values else UNCHECKED)
        if self.list.count():
            self.list.setCurrentRow(0)

    def _lay_out(self) -> None:
        form = QWidget(self)
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addRow(self.tr("Chứa các chữ (không cần dấu)"), self.contains)
        self.put(form)
        self.put(self.list)
        line = QWidget(self)
        across = QHBoxLayout(line)
        across.setContentsMargins(0, 0, 0, 0)
        self._add(across, self.tr("Chọn/bỏ tất cả"), self.tick_all)
        self._add(across, self.tr("Xếp A → Z"), lambda: self._sort("up"))
        self._add(across, self.tr("Xếp Z → A"), lambda: self._sort("down"))
        self._add(across, self.tr("Thứ tự sổ"), lambda: self._sort("pages"))
        self.put(line)
        self.setMinimumSize(560, 460)

    def _add(self, line: QHBoxLayout, text: str, act: Callable[[], None]) -> None:
        made = QPushButton(text, self)
        made.setAccessibleName(text)
        made.setAutoDefault(False)
        made.clicked.connect(lambda: act())
        line.addWidget(made)

    def _sort(self, order: str) -> None:
        self._done(self.chosen(), order)
        self.reject()


class ReplaceSheet(Sheet):
    """Find and replace: every line that would change is shown first, and may be left out with Space."""

    def __init__(
        self,
        parent: QWidget,
        column: str,
        preview: Callable[[Search, bool], list[Replacement]],
        name_of: Callable[[str], str],
        done: Callable[[list[Replacement]], None],
    ) -> None:
        super().__init__(parent, "", "", Button.Cancel)
        self.setWindowTitle(self.tr("Tìm và thay"))
        self._preview, self._name_of, self._done = preview, name_of, done
        self._found: list[Replacement] = []
        self._previewed = False
        self.old, self.new = QLineEdit(self), QLineEdit(self)
        self.where = QComboBox(self)
        self.where.addItems([self.tr("Cột: {0}").format(column), self.tr("Mọi cột")])
        self.whole = QCheckBox(self.tr("Khớp cả ô"), self)
        self.any_case = QCheckBox(self.tr("Không kể hoa, thường"), self)
        self.lines = _Lines(0, 5, self)
        self.told = label(self.tr("Chỉ tìm trong nội dung đã có người nhận, ở các dòng đang hiện."), "muted", self)
        self._lay_out()
        self._watch()
        self.old.setFocus()

    def search(self) -> Search:
        """What is looked for."""
        return Search(self.old.text(), self.new.text(), self.whole.isChecked(), self.any_case.isChecked())

    def show_preview(self) -> None:
        """List every record that would change; closed ones are listed too, and left alone."""
        self._found = self._preview(self.search(), self.where.currentIndex() == 1)
        self._previewed = True
        self.lines.setRowCount(len(self._found))
        for row, each in enumerate(self._found):
            self._show_line(row, each)
        barred = sum(each.barred for each in self._found)
        told = self.tr("Sẽ thay {0} chỗ; để nguyên {1} chỗ vì bản ghi đã chuyển hoặc đã duyệt. Space: bỏ/chọn dòng.")
        self.told.setText(told.format(len(self._found) - barred, barred))
        self.go.setEnabled(len(self._found) > barred)
        if self._found:
            self.lines.setCurrentCell(0, 0)
            self.lines.setFocus()

    def chosen(self) -> list[Replacement]:
        """The lines to carry out."""
        lines = ((self.lines.item(row, 0), each) for row, each in enumerate(self._found))
        return [each for item, each in lines if item is not None and item.checkState() == CHECKED and not each.barred]

    def _watch(self) -> None:
        for edit in (self.old, self.new):
            edit.textChanged.connect(lambda: self._outdate())
        self.where.currentIndexChanged.connect(lambda: self._outdate())
        for box in (self.whole, self.any_case):
            box.toggled.connect(lambda: self._outdate())

    def _outdate(self) -> None:
        """Forget the preview: what is carried out is what the fields say and what was shown for it."""
        if not self._previewed:
            return
        self._previewed, self._found = False, []
        self.lines.setRowCount(0)
        self.go.setEnabled(False)
        self.told.setText(self.tr("Điều kiện tìm đã đổi. Nhấn Enter để xem trước lại."))

    def _show_line(self, row: int, each: Replacement) -> None:
        first = QTableWidgetItem(each.number or "—")
        if each.barred:
            first.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        else:
            first.setCheckState(CHECKED)
        remark = self.tr("để nguyên") if each.barred else ""
        self.lines.setItem(row, 0, first)
        for column, text in enumerate((self._name_of(each.field_id), each.old, each.new, remark), 1):
            item = QTableWidgetItem(text)
            item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
            self.lines.setItem(row, column, item)

    def _lay_out(self) -> None:
        form = QWidget(self)
        rows = QFormLayout(form)
        rows.setContentsMargins(0, 0, 0, 0)
        for text, widget in (
            (self.tr("Tìm"), self.old),
            (self.tr("Thay bằng"), self.new),
            (self.tr("Ở"), self.where),
        ):
            widget.setAccessibleName(text)
            rows.addRow(text, widget)
        rows.addRow("", self.whole)
        rows.addRow("", self.any_case)
        for box in (self.whole, self.any_case):
            box.setAccessibleName(box.text())
        self.put(form)
        self.lines.setAccessibleName(self.tr("Những chỗ sẽ thay"))
        heads = [self.tr("Số"), self.tr("Ô"), self.tr("Đang ghi"), self.tr("Sẽ ghi"), self.tr("Ghi chú")]
        self.lines.setHorizontalHeaderLabels(heads)
        self.lines.setColumnWidth(1, scaled(190, self))
        self.put(self.lines)
        self.put(self.told)
        self._own_buttons()
        self.setMinimumSize(820, 560)

    def _own_buttons(self) -> None:
        act = QDialogButtonBox.ButtonRole.ActionRole
        self.show_button = self.buttons.addButton(self.tr("Xem trước"), act)
        self.go = self.buttons.addButton(self.tr("Thay các dòng đã chọn"), act)
        for made in (self.show_button, self.go):
            made.setAccessibleName(made.text())
        self.show_button.setDefault(True)
        self.show_button.clicked.connect(self.show_preview)
        self.go.setEnabled(False)
        self.go.clicked.connect(self._carry_out)

    def _carry_out(self) -> None:
        chosen = self.chosen()
        self.accept()
        self._done(chosen)


class _Lines(QTableWidget):
    """The preview; Tab leaves it, Space ticks."""

    def __init__(self, rows: int, columns: int, parent: QWidget) -> None:
        super().__init__(rows, columns, parent)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.verticalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(3, QHeaderView.ResizeMode.Stretch)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space ticks the line, whichever cell of it is in hand."""
        item = self.item(self.currentRow(), 0)
        if event.key() == Qt.Key.Key_Space and item is not None and item.flags() & Qt.ItemFlag.ItemIsUserCheckable:
            item.setCheckState(UNCHECKED if item.checkState() == CHECKED else CHECKED)
        else:
            super().keyPressEvent(event)
