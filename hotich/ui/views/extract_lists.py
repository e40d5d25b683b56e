"""The log of extracts, and the check of one."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QPushButton, QWidget

from hotich.errors import HotichError
from hotich.pipeline.extract_check import ExtractCheck
from hotich.pipeline.extracts import PrintLine
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.wording import SIGNS, local_time, of_type
from hotich.ui.views.dialogs import Button, ListSheet
from hotich.ui.widgets.labels import label, set_look
from hotich.ui.widgets.table import RowTable

Then = Callable[[ExtractCheck | HotichError], None]


class PrintsSheet(ListSheet):
    """Who got which extract when, and from whom."""

    def __init__(self, parent: QWidget, lines: tuple[PrintLine, ...]) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Sổ cấp trích lục"))
        self.resize(900, 520)
        if not lines:
            self.put(label(self.tr("Chưa cấp trích lục nào."), "banner", self))
            return
        columns: list[Column[PrintLine]] = [
            Column(self.tr("Số"), lambda line: line.serial),
            Column(self.tr("Lúc"), lambda line: local_time(line.at)),
            Column(self.tr("Người cấp"), lambda line: line.by),
            Column(self.tr("Cấp cho, mục đích"), lambda line: line.recipient),
            Column(self.tr("Số bản"), lambda line: str(line.copies)),
            Column(self.tr("Số trong sổ"), lambda line: line.number),
        ]
        self.model: RowsModel[PrintLine] = RowsModel(columns, self)
        self.model.replace(lines)
        self.table = RowTable(self.tr("Sổ cấp trích lục"), self.model, self)
        self.table.stretch(3)
        self.table.setMinimumHeight(360)
        self.table.choose(0)
        self.put(self.table)
        self.table.setFocus()


class CheckSheet(ListSheet):
    """Asks for a file or the text of a code and says what is to be said of it."""

    def __init__(self, parent: QWidget, desk: Desk, check: Callable[[str, Then], None]) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Kiểm tra trích lục"))
        self._desk, self._check = desk, check
        self._gone = False
        self.finished.connect(self._leave)
        self.put(label(self.tr("Tệp PDF, ảnh chụp tờ giấy, hoặc chữ đọc được từ mã QR:"), parent=self))
        self.given = QLineEdit(self)
        self.given.setAccessibleName(self.tr("Tệp hoặc chữ của mã QR"))
        self.put(self._row())
        self.told = label("", "banner", self)
        self.told.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.told.hide()
        self.put(self.told)
        self.body.addStretch(1)
        self.resize(720, 380)
        self.given.setFocus()

    def check_now(self) -> None:
        """Check what stands in the field."""
        if self.given.text().strip():
            self._say(self.tr("Đang kiểm tra…"), "banner")
            self._check(self.given.text(), self.show_found)

    def show_found(self, found: ExtractCheck | HotichError) -> None:
        """Say what the check found, unless nobody waits for it any more."""
        if self._gone:
            return
        if isinstance(found, HotichError):
            self._say(self._desk.explain(found), "banner-error")
            return
        fine = "commands-extract-fine" if found.compared else "commands-extract-code-fine"
        lines = [self._desk.say(fine if found.ok else "commands-extract-broken"), *self._facts(found)]
        lines += [f"{SIGNS[finding.severity]} {finding.message}" for finding in found.findings]
        self._say("\n".join(lines), "banner-fine" if found.ok else "banner-error")

    def _leave(self) -> None:
        self._gone = True

    def _facts(self, found: ExtractCheck) -> list[str]:
        say, lines = self._desk.say, []
        if found.payload is not None:
            told = found.payload
            facts = {"number": told.number, "book": told.book, "registered": told.registered, "serial": told.serial}
            kind = of_type(told.record_type, self._desk.language)
            lines.append(say("commands-extract-facts", kind=kind, people=told.people, **facts))
        if found.signed_by is not None:
            lines.append(say(f"commands-extract-{found.signed_by.value}", signer=found.signer))
        if found.logged is not None:
            line = found.logged
            facts = {"serial": line.serial, "at": local_time(line.at), "by": line.by, "recipient": line.recipient}
            lines.append(say("commands-extract-logged", copies=line.copies, **facts))
        elif found.payload is not None:
            lines.append(say("commands-extract-not-logged"))
        return lines

    def _say(self, text: str, look: str) -> None:
        self.told.setText(text)
        self.told.setAccessibleName(text)
        set_look(self.told, "look", look)
        self.told.show()

    def _row(self) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.addWidget(self.given, 1)
        for text, act in ((self.tr("Chọn…"), self._choose), (self.tr("Kiểm tra"), self.check_now)):
            made = QPushButton(text, row)
            made.setAccessibleName(text)
            made.setAutoDefault(False)
            made.clicked.connect(act)
            across.addWidget(made)
        self.given.returnPressed.connect(self.check_now)
        return row

    def _choose(self) -> None:
        kinds = self.tr("Trích lục (*.pdf *.jpg *.jpeg *.png *.tif *.tiff *.heic)")
        chooser = QFileDialog(self, self.tr("Kiểm tra trích lục"), "", kinds)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self._chosen)
        chooser.open()

    def _chosen(self, file: str) -> None:
        self.given.setText(file)
        self.check_now()
