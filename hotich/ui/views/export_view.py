"""The export screen: what leaves, what stands in the way, what became of it, and what left before."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QComboBox,
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.ui.actions import button
from hotich.ui.models.rows_model import Column, RowsModel
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.export import Choices, ExportPresenter, Leaving, Readiness
from hotich.ui.presenters.wording import SIGNS, local_time, of_severity
from hotich.ui.views.protection_dialog import SigningSheet, ask_secret
from hotich.ui.views.refusals_dialog import open_refusals
from hotich.ui.widgets.flow import in_rows
from hotich.ui.widgets.labels import label, scaled, set_look
from hotich.ui.widgets.table import RowTable
from hotich.values import Finding
from hotich.workflow import Action, Exported

_LEAST_TABLE = 96
"""Height in pixels of a table's heading and a line or two."""

_TOLD = 12
"""Problems of a package that are told one by one."""


class ExportView(QWidget):
    """Shows what stands in the way of a book's leaving and what became of it."""

    def __init__(self, desk: Desk, open_field: Callable[[str, str], None], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._places: dict[str, str] = {}
        self._names: dict[str, str] = {}
        self._opened: int | None = None
        self._starting = False
        self._book_id = ""
        self._written = ""
        self.presenter = ExportPresenter(desk, self, open_field)
        self.findings_model: RowsModel[Finding] = RowsModel(self._finding_columns(), self)
        self.findings = RowTable(self.tr("Kết quả kiểm tra trước khi xuất"), self.findings_model, self)
        self.past_model: RowsModel[Action] = RowsModel(self._past_columns(), self)
        self.past = RowTable(self.tr("Các lần đã xuất"), self.past_model, self)
        self.summary = label("", "banner", self)
        self.result = label("", "banner-fine", self)
        self.nothing = label("", "banner", self)
        self.kind = _box(self, self.tr("Xuất gì"))
        self.template = _box(self, self.tr("Mẫu Excel"))
        self.folder = QLineEdit(self)
        self._lay_out()
        self.findings.opened.connect(self._open)
        self.kind.activated.connect(lambda _: self.presenter.choose(Leaving(self.kind.currentData())))
        self.template.activated.connect(lambda _: self.presenter.choose_template(str(self.template.currentData())))

    def refresh(self) -> None:
        """Check the book in hand; what was told of another one goes."""
        if self._book_id != self._desk.book_id:
            self._book_id, self._opened = self._desk.book_id, None
            self.result.hide()
        self.presenter.refresh()

    def start(self) -> None:
        """Put the focus on what has to be done."""
        (self.findings if self.findings_model.rows else self.folder).setFocus()
        self._starting = True

    def show_choices(self, choices: Choices) -> None:
        """Offer what may leave, and the templates where it goes by one."""
        _fill(self.kind, [(kind.value, text) for kind, text in choices.kinds], choices.kind.value)
        _fill(self.template, [(key, f"{key} – {text}") for key, text in choices.templates], choices.template)
        for widget in (self.template, self._template_label, self._own_template):
            widget.setVisible(bool(choices.templates))

    def show_precheck(self, found: Readiness) -> None:
        """Show what is ready and what stands in the way."""
        self._show_main(True)
        self._places, self._names = found.places, self._names_now()
        at = max(self.findings.currentIndex().row(), 0)
        self.findings_model.replace(found.rows)
        self.findings.choose(min(at, len(found.rows) - 1))
        self.findings.setVisible(bool(found.rows))
        self._guide.setVisible(bool(found.rows))
        self.summary.setText(found.told)
        set_look(self.summary, "look", "banner-fine" if found.can_leave else "banner-error")
        self.export.setEnabled(found.can_leave)
        self._come_back()

    def show_past(self, exports: tuple[Action, ...]) -> None:
        """Show what left before, the latest first."""
        self._show_main(True)
        self.past_model.replace(exports[::-1])
        self.past.setVisible(bool(exports))
        self._past_title.setVisible(bool(exports))

    def show_result(self, summary: str, problems: tuple[Finding, ...], fine: bool, folder: str) -> None:
        """Show whether what was written is whole, and where it lies."""
        told = [f"{SIGNS[problem.severity]} {problem.message}" for problem in problems[:_TOLD]]
        self.result.setText("\n".join([summary, *told]))
        set_look(self.result, "look", "banner-fine" if fine else "banner-error")
        self.result.show()
        self._written = folder
        self._open_folder.setEnabled(True)

    def show_nothing(self, sentence: str) -> None:
        """Say why there is nothing to export."""
        self.nothing.setText(sentence)
        self._show_main(False)

    def _come_back(self) -> None:
        """Take in hand the line that was opened, or the one that moved up; at first, the gravest.

        Somebody who went elsewhere on the screen meanwhile is left there.
        """
        place, self._opened = self._opened, None
        starting, self._starting = self._starting, False
        if not self.findings_model.rows and starting:
            self.folder.setFocus()
        if not self.findings_model.rows or not (starting or place is not None):
            return
        place = min(place or 0, len(self.findings_model.rows) - 1)
        self.findings_model.ensure(place)
        self.findings.choose(place)
        if self.window().focusWidget() is self.folder and not self.folder.isModified():
            self.findings.setFocus()

    def _lay_out(self) -> None:
        main = QWidget(self)
        column = QVBoxLayout(main)
        column.addWidget(self.summary)
        column.addLayout(self._choice_rows())
        self._guide = label(self.tr("Enter: đến ô. Alt+←: trở lại danh sách này."), "muted", self)
        column.addWidget(self._guide)
        column.addWidget(self.findings, 3)
        self.findings.stretch(3)
        self.findings.grow_rows()
        column.addLayout(self._folder_row())
        column.addWidget(self.result)
        self.result.hide()
        column.addLayout(self._side_buttons())
        self._past_title = label(self.tr("Các lần đã xuất"), "heading", self)
        column.addWidget(self._past_title)
        self.past.stretch(3)
        column.addWidget(self.past, 2)
        column.addStretch(0)
        for table in (self.findings, self.past):
            # Tables take what is left: the screen would scroll for the height that they like to have.
            table.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Ignored)
            table.setMinimumHeight(scaled(_LEAST_TABLE, table))
        both = QVBoxLayout(self)
        both.setContentsMargins(0, 0, 0, 0)
        both.addWidget(main, 1)
        self._main, self._page = main, QWidget(self)
        QVBoxLayout(self._page).addWidget(self.nothing, 0, Qt.AlignmentFlag.AlignTop)
        both.addWidget(self._page, 1)
        self._show_main(True)

    def _show_main(self, on: bool) -> None:
        self._main.setVisible(on)
        self._page.setVisible(not on)

    def _choice_rows(self) -> QGridLayout:
        rows = QGridLayout()
        rows.setColumnStretch(1, 1)
        rows.addWidget(_buddy(self, self.tr("Xuất gì"), self.kind), 0, 0)
        rows.addWidget(self.kind, 0, 1, 1, 2)
        self._template_label = _buddy(self, self.tr("Mẫu"), self.template)
        rows.addWidget(self._template_label, 1, 0)
        rows.addWidget(self.template, 1, 1)
        self._own_template = button(self, self.tr("Mẫu của tỉnh"), "export-template", self._choose_template)
        rows.addWidget(self._own_template, 1, 2)
        return rows

    def _folder_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        self.folder.setAccessibleName(self.tr("Thư mục để ghi"))
        self.folder.setText(str(Path.home()))
        self.folder.returnPressed.connect(self._export)
        row.addWidget(_buddy(self, self.tr("Thư mục"), self.folder))
        row.addWidget(self.folder, 1)
        row.addWidget(button(self, self.tr("Chọn"), "export-folder", self._choose_folder))
        self.export = button(self, self.tr("Xuất"), "export", self._export, main=True)
        row.addWidget(self.export)
        return row

    def _side_buttons(self) -> QVBoxLayout:
        self._open_folder = button(self, self.tr("Mở thư mục vừa ghi"), "export-open", self._show_folder)
        self._open_folder.setEnabled(False)
        buttons: list[QPushButton] = [
            self._open_folder,
            button(self, self.tr("Kiểm tra gói"), "verify-file", self._choose_file),
            button(self, self.tr("Ký bằng gì"), "export-sign", self._choose_signing),
            button(self, self.tr("Nhận lỗi trả về"), "refusals", lambda: open_refusals(self, self._desk)),
        ]
        return in_rows(buttons)

    def ask_secret(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for a passphrase or PIN."""
        ask_secret(self, question, then)

    def _choose_signing(self) -> None:
        told, presenter = self._desk.say("ui-sign-with"), self.presenter
        SigningSheet(self, told, presenter.signing, presenter.choose_signing).open()

    def _export(self) -> None:
        # What was told of the last time would pass for the answer to this one, were it stopped.
        self.result.hide()
        self.presenter.export(self.folder.text())

    def _open(self, place: int) -> None:
        finding = self.findings_model.row(place)
        if finding is not None and finding.record_id:
            self._opened = place
            self.presenter.go_to(finding)

    def _show_folder(self) -> None:
        if self._written:
            QDesktopServices.openUrl(QUrl.fromLocalFile(self._written))

    def _choose_folder(self) -> None:
        chooser = QFileDialog(self, self.tr("Thư mục để ghi"), self.folder.text())
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.folder.setText)
        chooser.open()

    def _choose_file(self) -> None:
        self._choose(self.tr("Kiểm tra gói"), self.tr("Gói HoTich (*.hotich.zip *.locked)"), self._verify)

    def _verify(self, file: str) -> None:
        # What was told of another file would pass for the answer to this one, were it not opened.
        self.result.hide()
        self.presenter.verify(file)

    def _choose_template(self) -> None:
        self._choose(self.tr("Mẫu của tỉnh"), self.tr("Mẫu Excel (*.xlsx)"), self.presenter.add_template)

    def _choose(self, title: str, files: str, then: Callable[[str], None]) -> None:
        chooser = QFileDialog(self, title, self.folder.text(), files)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(then)
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
            Column(self.tr("Lúc"), lambda action: local_time(action.at)),
            Column(self.tr("Loại"), lambda action: self._desk.say(f"ui-export-kind-{_exported(action).kind.value}")),
            Column(self.tr("Lần"), self._number),
            Column(self.tr("Tệp"), lambda action: _exported(action).file_name),
            Column(self.tr("Bản ghi"), lambda action: str(_exported(action).records)),
            Column(self.tr("Người xuất"), lambda action: action.actor.name),
            Column("SHA-256", lambda action: _exported(action).package_sha256[:12]),
        ]

    def _number(self, action: Action) -> str:
        """Which of its kind it was, and of a part since which; '' for those written before they were numbered."""
        event = _exported(action)
        if not event.number:
            return ""
        key = "ui-export-since" if event.base else "ui-export-number"
        return self._desk.say(key, number=event.number, base=event.base)

    def _names_now(self) -> dict[str, str]:
        """What the fields of the book in hand are called."""
        book = self._desk.book()
        fields = load_catalogue().records[book.record_type].fields if book is not None else ()
        english = self._desk.language is Language.ENGLISH
        return {field.id: field.name(english) for field in fields}


def _box(owner: QWidget, name: str) -> QComboBox:
    """A box to choose from that may become narrower than its longest line."""
    made = QComboBox(owner)
    made.setAccessibleName(name)
    made.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    made.setMinimumContentsLength(12)
    made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return made


def _fill(box: QComboBox, entries: list[tuple[str, str]], chosen: str) -> None:
    """Offer these lines, the chosen one in hand; the whole line stands in its hint."""
    box.blockSignals(True)
    box.clear()
    for place, (key, text) in enumerate(entries):
        box.addItem(text, key)
        box.setItemData(place, text, Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.setToolTip(box.currentText())
    box.blockSignals(False)


def _buddy(owner: QWidget, text: str, field: QWidget) -> QLabel:
    made = label(text, parent=owner)
    made.setWordWrap(False)
    made.setBuddy(field)
    return made


def _exported(action: Action) -> Exported:
    event = action.event
    return event if isinstance(event, Exported) else Exported("", "", 0)
