"""The dialog for what the importer did not take: paste or choose a file, see what each line means, take it in."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.refusals import RefusalLine, RefusalsPresenter
from hotich.ui.views.dialogs import Button, ListSheet, in_turn, tell
from hotich.ui.widgets.labels import label, scaled, set_look
from hotich.ui.widgets.table import RowTable

FILES = "*.xlsx *.xls *.ods *.csv *.json *.txt"


def open_refusals(parent: QWidget, desk: Desk) -> None:
    """Open the dialog for the book in hand; without a book say so."""
    if desk.book() is None:
        tell(parent, "", desk.say("ui-no-book"))
        return
    RefusalsSheet(parent, desk).open()


class RefusalsSheet(ListSheet):
    """Nothing is written before the refusals were shown with the records that they mean."""

    def __init__(self, parent: QWidget, desk: Desk) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Lỗi mà hệ thống trả về"))
        self.presenter = RefusalsPresenter(desk, self)
        self.text = QPlainTextEdit(self)
        self.text.setTabChangesFocus(True)
        self.text.setFixedHeight(scaled(110, self))
        self.text.setAccessibleName(self.tr("Danh sách lỗi"))
        self.text.setPlaceholderText(self.tr("Dòng 12: số 05/2017, quyển 01/2017, lỗi: ngày sinh sai"))
        self.model: RowsModel[RefusalLine] = RowsModel(self._columns(), self)
        self.table = RowTable(self.tr("Các lỗi và bản ghi"), self.model, self)
        self.table.setMinimumHeight(scaled(200, self))
        self.table.stretch(3, 4)
        self.table.grow_rows()
        self.doubtful = QCheckBox(self.tr("Nhận cả các dòng chưa chắc"), self)
        self.doubtful.setAccessibleName(self.doubtful.text())
        self.doubtful.toggled.connect(self.presenter.choose_doubtful)
        self.told = label(self.presenter.counts(), "banner", self)
        self.told.setVisible(bool(self.told.text()))
        self._lay_out()
        self.rejected.connect(self.presenter.leave)
        self.text.setFocus()

    def show_lines(self, lines: tuple[RefusalLine, ...], summary: str, *, ready: bool, doubtful: int) -> None:
        """List what each line means."""
        self.model.replace(lines)
        self.table.setVisible(True)
        self.doubtful.setVisible(bool(doubtful))
        self._say(summary, "banner-fine" if ready else "banner")
        self.take.setEnabled(ready)
        if lines:
            self.table.choose(0)
        (self.take if ready else self.table).setFocus()

    def show_problem(self, sentence: str) -> None:
        """Say why nothing can be shown."""
        self.model.replace(())
        self.take.setEnabled(False)
        self.doubtful.hide()
        self._say(sentence, "banner-error")

    def show_busy(self) -> None:
        """Say that the records are being looked up."""
        self.take.setEnabled(False)
        self._say(self.tr("Đang tìm các bản ghi…"), "banner")

    def finish(self) -> None:
        """Close; the window goes on."""
        self.accept()

    def _lay_out(self) -> None:
        told = self.tr(
            "Dán danh sách lỗi vào đây, hoặc chọn tệp Excel, JSON, văn bản mà hệ thống trả về. "
            "Chưa có gì được ghi trước khi bấm “Nhận vào”."
        )
        self.put(label(told, parent=self))
        self.put(self.text)
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        self.look = self._push(self.tr("Xem danh sách đã dán"))
        self.look.clicked.connect(lambda: self.presenter.look_at_text(self.text.toPlainText()))
        self.choose = self._push(self.tr("Chọn tệp…"))
        self.choose.clicked.connect(self._choose_file)
        for made in (self.look, self.choose):
            across.addWidget(made)
        across.addStretch(1)
        self.put(row)
        self.put(self.told)
        self.put(self.table)
        self.put(self.doubtful)
        self.doubtful.hide()
        self.take = self.buttons.addButton(self.tr("Nhận vào"), QDialogButtonBox.ButtonRole.ActionRole)
        self.take.setAccessibleName(self.take.text())
        set_look(self.take, "look", "main")
        self.take.setEnabled(False)
        self.take.clicked.connect(lambda: self.presenter.take_in())
        in_turn(self.text, self.look, self.choose, self.table, self.doubtful, self.take)
        self.resize(scaled(960, self), scaled(620, self))

    def _say(self, text: str, look: str) -> None:
        self.told.setText(text)
        self.told.show()
        set_look(self.told, "look", look)

    def _push(self, text: str) -> QPushButton:
        made = QPushButton(text, self)
        made.setAccessibleName(text)
        made.setAutoDefault(True)
        return made

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Chọn tệp…"), "", self.tr("Tệp lỗi ({0})").format(FILES))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.presenter.look_at_file)
        chooser.open()

    def _columns(self) -> list[Column[RefusalLine]]:
        return [
            Column(self.tr("Dòng"), lambda line: line.place),
            Column(self.tr("Bản ghi"), lambda line: line.record),
            Column(self.tr("Ô"), lambda line: line.field),
            Column(self.tr("Tình trạng"), lambda line: line.state),
            Column(self.tr("Lý do của hệ thống"), lambda line: line.text),
        ]
