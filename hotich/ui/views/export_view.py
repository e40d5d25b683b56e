"""The export screen: pre-check, package, proof."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale, Qt
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QLineEdit, QStackedLayout, QVBoxLayout, QWidget

from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.pipeline.delivery import Precheck
from hotich.ui.actions import button
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.export import ExportPresenter
from hotich.ui.presenters.wording import SIGNS, of_severity
from hotich.ui.widgets.labels import label, set_look
from hotich.ui.widgets.table import RowTable
from hotich.values import Finding
from hotich.workflow import Action, Exported


class ExportView(QWidget):
    """Shows what stands in the way of the package and what became of it."""

    def __init__(self, desk: Desk, open_field: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._places: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self.presenter = ExportPresenter(desk, self, open_field)
        self.findings_model: RowsModel[Finding] = RowsModel(self._finding_columns(), self)
        self.findings = RowTable(self.tr("Kết quả kiểm tra trước khi xuất"), self.findings_model, self)
        self.findings.opens = "go-to-field"
        self.past_model: RowsModel[Action] = RowsModel(self._past_columns(), self)
        self.past = RowTable(self.tr("Các lần đã xuất"), self.past_model, self)
        self.summary = label("", "banner", self)
        self.result = label("", "banner-fine", self)
        self.nothing = label("", "banner", self)
        self.folder = QLineEdit(self)
        self._lay_out()
        self.findings.opened.connect(self._open)

    def refresh(self) -> None:
        """Check the book in hand."""
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus on what has to be done."""
        (self.findings if self.findings_model.rows else self.folder).setFocus()

    def show_precheck(self, found: Precheck, rows: tuple[Finding, ...], places: dict[str, str]) -> None:
        """Show what is ready and what stands in the way."""
        self._stack.setCurrentIndex(0)
        self._places, self._names = places, self._names_now()
        self.findings_model.replace(rows)
        self.findings.setVisible(bool(rows))
        told = self.tr("{0} bản ghi đã duyệt, {1} bản ghi chưa xong.").format(found.ready, found.open)
        fine = self.tr("Có thể xuất.")
        self.summary.setText(f"{told} {fine}" if found.can_export else "\n".join(found.reasons))
        set_look(self.summary, "look", "banner-fine" if found.can_export else "banner-error")
        self.export.setEnabled(found.can_export)

    def show_past(self, exports: tuple[Action, ...]) -> None:
        """Show the packages that left before."""
        self._stack.setCurrentIndex(0)
        self.past_model.replace(exports)
        self.past.setVisible(bool(exports))
        self._past_title.setVisible(bool(exports))

    def show_result(self, summary: str, problems: tuple[Finding, ...], fine: bool) -> None:
        """Show whether a package is whole."""
        told = [f"{SIGNS[problem.severity]} {problem.message}" for problem in problems[:12]]
        self.result.setText("\n".join([summary, *told]))
        set_look(self.result, "look", "banner-fine" if fine else "banner-error")
        self.result.show()

    def show_nothing(self, sentence: str) -> None:
        """Say why there is nothing to export."""
        self.nothing.setText(sentence)
        self._stack.setCurrentIndex(1)

    def _lay_out(self) -> None:
        main = QWidget(self)
        column = QVBoxLayout(main)
        column.addWidget(self.summary)
        column.addWidget(self.findings, 3)
        self.findings.stretch(3)
        self.findings.grow_rows()
        column.addLayout(self._folder_row())
        column.addWidget(self.result)
        self.result.hide()
        self._past_title = label(self.tr("Các lần đã xuất"), "heading", self)
        column.addWidget(self._past_title)
        self.past.stretch(1)
        column.addWidget(self.past, 1)
        column.addStretch(0)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(main)
        page = QWidget(self)
        QVBoxLayout(page).addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        self._stack.addWidget(page)

    def _folder_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        told = label(self.tr("Thư mục"), parent=self)
        told.setWordWrap(False)
        told.setBuddy(self.folder)
        self.folder.setAccessibleName(self.tr("Thư mục để ghi gói dữ liệu"))
        self.folder.setText(str(Path.home()))
        self.folder.returnPressed.connect(self._export)
        row.addWidget(told)
        row.addWidget(self.folder, 1)
        row.addWidget(button(self, self.tr("Chọn"), "export-folder", self._choose_folder))
        self.export = button(self, self.tr("Xuất"), "export", self._export, main=True)
        row.addWidget(self.export)
        row.addWidget(button(self, self.tr("Kiểm tra gói"), "verify-file", self._choose_file))
        return row

    def _export(self) -> None:
        self.presenter.export(self.folder.text())

    def _open(self, place: int) -> None:
        finding = self.findings_model.row(place)
        if finding is not None:
            self.presenter.go_to(finding)

    def _choose_folder(self) -> None:
        chooser = QFileDialog(self, self.tr("Thư mục để ghi gói dữ liệu"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.folder.setText)
        chooser.open()

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Kiểm tra gói"), self.folder.text(), self.tr("Gói HoTich (*.hotich.zip)"))
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.presenter.verify)
        chooser.open()

    def _finding_columns(self) -> list[Column[Finding]]:
        return [
            Column(self.tr("Mức"), lambda f: f"{SIGNS[f.severity]} {of_severity(f.severity, self._desk.language)}"),
            Column(self.tr("Bản ghi"), lambda f: self._places.get(f.record_id, "—")),
            Column(self.tr("Ô"), lambda f: ", ".join(self._names.get(field_id, field_id) for field_id in f.fields[:2])),
            Column(self.tr("Nội dung"), lambda f: f.message),
        ]

    def _past_columns(self) -> list[Column[Action]]:
        return [
            Column(self.tr("Lúc"), lambda action: _local_time(action.at)),
            Column(self.tr("Gói"), lambda action: _exported(action).file_name),
            Column(self.tr("Bản ghi"), lambda action: str(_exported(action).records)),
            Column(self.tr("Người xuất"), lambda action: action.actor.name),
            Column("SHA-256", lambda action: _exported(action).package_sha256[:12]),
        ]

    def _names_now(self) -> dict[str, str]:
        """What the fields of the book in hand are called."""
        book = self._desk.book()
        fields = load_catalogue().records[book.record_type].fields if book is not None else ()
        english = self._desk.language is Language.ENGLISH
        return {field.id: field.name(english) for field in fields}


def _exported(action: Action) -> Exported:
    event = action.event
    return event if isinstance(event, Exported) else Exported("", "", 0)


def _local_time(at: str) -> str:
    moment = QDateTime.fromString(at, Qt.DateFormat.ISODateWithMs).toLocalTime()
    return QLocale("vi_VN").toString(moment, "dd/MM/yyyy HH:mm") if moment.isValid() else at
