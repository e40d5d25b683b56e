"""The steps by which a sheet keyed earlier comes in: its file, its columns, the records it speaks of."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hotich.legacy_text import Encoding
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.old_sheet import ColumnLine, MatchLine, OldSheetPresenter
from hotich.ui.views.dialogs import Button, ListSheet, in_turn, tell
from hotich.ui.widgets.labels import label, scaled, set_look
from hotich.ui.widgets.table import RowTable

COLUMNS, MATCHES = 0, 1


def open_old_sheet(parent: QWidget, desk: Desk) -> None:
    """Open the steps for the book in hand; without a book say so."""
    if desk.book() is None:
        tell(parent, "", desk.say("ui-no-book"))
        return
    OldSheetSheet(parent, desk).open()


class OldSheetSheet(ListSheet):
    """Nothing is written before columns, samples and matches were shown and agreed to."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Bảng tính đã nhập trước đây"))
        self.presenter = OldSheetPresenter(desk, self)
        self.file = QLineEdit(self)
        self.sheet = QComboBox(self)
        self.field = QComboBox(self)
        self.encoding = QComboBox(self)
        self.columns_model: RowsModel[ColumnLine] = RowsModel(self._column_columns(), self)
        self.columns = RowTable(self.tr("Các cột của bảng tính"), self.columns_model, self)
        self.matches_model: RowsModel[MatchLine] = RowsModel(self._match_columns(), self)
        self.matches = RowTable(self.tr("Các dòng và bản ghi cần xem"), self.matches_model, self)
        self.doubtful = QCheckBox(self.tr("Nhận cả các dòng chưa chắc"), self)
        self.told = label(
            self.tr("Nội dung bảng tính chỉ thành gợi ý, từng ô vẫn chờ người so với giấy."), "banner", self
        )
        self._lay_out()
        self._connect()
        self.file.setFocus()

    def show_sheets(self, names: tuple[str, ...], chosen: int) -> None:
        """Offer the sheets of the file."""
        self.sheet.blockSignals(True)
        self.sheet.clear()
        self.sheet.addItems(list(names))
        self.sheet.setCurrentIndex(chosen)
        self.sheet.blockSignals(False)
        self.sheet.setVisible(len(names) > 1)

    def show_columns(self, lines: tuple[ColumnLine, ...]) -> None:
        """List the columns with what they hold, before and after."""
        at = max(self.columns.currentIndex().row(), 0)
        first_time = not self.columns_model.rows
        self.columns_model.replace(lines)
        if lines:
            # Before the list gets the focus, which would take its first cell in hand instead of its first row.
            self.columns.choose(min(at, len(lines) - 1))
            self._show_choices(min(at, len(lines) - 1))
        self._to(COLUMNS)
        self._say(
            self.tr("Xem từng cột: nội dung đúng chưa, ba dòng mẫu bên phải mũi tên đọc có đúng không."), "banner"
        )
        if first_time:
            self.columns.setFocus()

    def show_matches(self, lines: tuple[MatchLine, ...], summary: str, *, ready: bool, doubtful: int) -> None:
        """List the rows and records that need a look."""
        self.matches_model.replace(lines)
        self._to(MATCHES)
        self.matches.setVisible(bool(lines))
        self.doubtful.setVisible(bool(doubtful))
        self._say(summary, "banner-fine" if ready else "banner")
        self.take.setEnabled(ready)
        (self.take if ready else self.matches).setFocus()

    def show_problem(self, sentence: str) -> None:
        """Say why it does not go on, and lead to the first column that is open."""
        self._say(sentence, "banner-error")
        self._wait(False)
        place = next((place for place, line in enumerate(self.columns_model.rows) if line.open), None)
        if place is not None:
            self.columns.choose(place)
            self._show_choices(place)
            self.encoding.setFocus()

    def show_busy(self) -> None:
        """Say that it is being looked at."""
        self._say(self.tr("Đang xem…"), "banner")
        self._wait(True)

    def finish(self) -> None:
        """Close; the window goes on."""
        self.accept()

    def _lay_out(self) -> None:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        self.file.setAccessibleName(self.tr("Tệp bảng tính"))
        self.file.setPlaceholderText(self.tr("Tệp .xlsx, .xls, .ods hoặc .csv; gõ đường dẫn rồi Enter, hoặc chọn tệp"))
        self.choose = self._push(self.tr("Chọn tệp…"))
        self.sheet.setAccessibleName(self.tr("Trang tính"))
        self.sheet.hide()
        across.addWidget(self.file, 1)
        across.addWidget(self.choose)
        across.addWidget(self.sheet)
        self.put(row)
        self.put(self.told)
        self._pages = QStackedWidget(self)
        self._pages.addWidget(self._columns_page())
        self._pages.addWidget(self._matches_page())
        self.put(self._pages)
        role = QDialogButtonBox.ButtonRole.ActionRole
        self.back = self.buttons.addButton(self.tr("Quay lại các cột"), role)
        self.agree = self.buttons.addButton(self.tr("Các cột đúng, tìm bản ghi"), role)
        self.take = self.buttons.addButton(self.tr("Nhận vào làm gợi ý"), role)
        for made in (self.back, self.agree, self.take):
            made.setAccessibleName(made.text())
            made.setVisible(False)
        for made in (self.agree, self.take):
            set_look(made, "look", "main")
        across_columns = (self.columns, self.field, self.encoding)
        across_matches = (self.matches, self.doubtful)
        in_turn(self.file, self.choose, self.sheet, *across_columns, *across_matches, self.back, self.agree, self.take)
        self.resize(scaled(1120, self), scaled(660, self))

    def _columns_page(self) -> QWidget:
        page = QWidget(self)
        down = QVBoxLayout(page)
        down.setContentsMargins(0, 0, 0, 0)
        self.columns.stretch(1, 3, 4)
        self.columns.grow_rows()
        self.columns.setMinimumHeight(scaled(260, self))
        down.addWidget(self.columns, 1)
        row = QHBoxLayout()
        for text, widget in ((self.tr("Cột này là"), self.field), (self.tr("Bảng mã"), self.encoding)):
            told = label(text, parent=page)
            told.setWordWrap(False)
            told.setBuddy(widget)
            widget.setAccessibleName(text)
            # As wide as there is room for, never as wide as its longest choice.
            widget.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            widget.setMinimumContentsLength(12)
            row.addWidget(told)
            row.addWidget(widget, 1)
        down.addLayout(row)
        return page

    def _matches_page(self) -> QWidget:
        page = QWidget(self)
        down = QVBoxLayout(page)
        down.setContentsMargins(0, 0, 0, 0)
        self.matches.stretch(2, 3)
        self.matches.grow_rows()
        self.matches.setMinimumHeight(scaled(220, self))
        down.addWidget(self.matches, 1)
        self.doubtful.setAccessibleName(self.doubtful.text())
        down.addWidget(self.doubtful)
        down.addStretch(0)
        return page

    def _connect(self) -> None:
        self.file.returnPressed.connect(lambda: self.presenter.open(self.file.text()))
        self.choose.clicked.connect(self._choose_file)
        self.sheet.activated.connect(self.presenter.choose_sheet)
        self.columns.row_chosen.connect(self._show_choices)
        self.columns.opened.connect(lambda row: self.field.setFocus())
        self.field.activated.connect(lambda place: self._chosen(self.field))
        self.encoding.activated.connect(lambda place: self._chosen(self.encoding))
        self.doubtful.toggled.connect(self.presenter.choose_doubtful)
        self.back.clicked.connect(lambda: self._to(COLUMNS))
        self.agree.clicked.connect(lambda: self.presenter.agree())
        self.take.clicked.connect(lambda: self.presenter.take_in())
        self.rejected.connect(self.presenter.leave)
        for field_id, name in self.presenter.fields():
            self.field.addItem(name, field_id)
        for encoding, name in self.presenter.encodings():
            self.encoding.addItem(name, encoding.value)

    def _to(self, page: int) -> None:
        self._pages.setCurrentIndex(page)
        self._wait(False)
        self.back.setVisible(page == MATCHES)
        self.agree.setVisible(page == COLUMNS)
        self.take.setVisible(page == MATCHES)
        if page == COLUMNS:
            self.columns.setFocus()

    def _wait(self, waiting: bool) -> None:
        for made in (self.back, self.agree, self.take):
            made.setEnabled(not waiting)

    def _say(self, text: str, look: str) -> None:
        self.told.setText(text)
        set_look(self.told, "look", look)

    def _show_choices(self, row: int) -> None:
        """Show what the column in hand holds and how it is read."""
        line = self.columns_model.row(row)
        column = self.presenter.column(line.place) if line is not None else None
        if line is None or column is None:
            return
        self.field.setCurrentIndex(max(self.field.findData(line.field_id), 0))
        self.encoding.setCurrentIndex(self.encoding.findData(column.encoding.value))
        self.encoding.setEnabled(not column.guess.plain)

    def _chosen(self, which: QComboBox) -> None:
        line = self.columns_model.row(self.columns.currentIndex().row())
        if line is None:
            return
        if which is self.field:
            self.presenter.set_field(line.place, str(self.field.currentData()))
        else:
            self.presenter.set_encoding(line.place, Encoding(str(self.encoding.currentData())))
        which.setFocus()

    def _push(self, text: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setAccessibleName(text)
        made.setAutoDefault(False)
        return made

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Chọn tệp…"), "", self.tr("Bảng tính ({0})").format(FILES))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._open_file)
        chooser.open()

    def _open_file(self, name: str) -> None:
        self.file.setText(name)
        self.presenter.open(name)

    def _column_columns(self) -> list[Column[ColumnLine]]:
        return [
            Column(self.tr("Cột trong tệp"), lambda line: line.heading),
            Column(self.tr("Nội dung"), lambda line: line.field),
            Column(self.tr("Bảng mã"), lambda line: f"? {line.encoding}" if line.open else line.encoding),
            Column(self.tr("Vì sao"), lambda line: line.proof),
            Column(self.tr("Ba dòng mẫu: trước → sau"), _before_and_after),
        ]

    def _match_columns(self) -> list[Column[MatchLine]]:
        return [
            Column(self.tr("Dòng"), lambda line: line.row),
            Column(self.tr("Bản ghi"), lambda line: line.record),
            Column(self.tr("Vì sao"), lambda line: line.remark),
            Column(self.tr("Dòng ghi"), lambda line: line.text),
        ]


FILES = "*.xlsx *.xlsm *.xls *.ods *.csv *.txt"


def _before_and_after(line: ColumnLine) -> str:
    """The samples as lines; what stays as it is stands once."""
    return "\n".join(
        f"{each.row}: {each.before} → {each.after}" if each.before != each.after else f"{each.row}: {each.after}"
        for each in line.samples
    )
