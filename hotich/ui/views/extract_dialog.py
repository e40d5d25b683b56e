"""The dialog of an extract: who it is for, the sheets as they will be, printer and file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import (
    QCheckBox,
    QDialogButtonBox,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from hotich.pipeline.extract_content import Office
from hotich.pipeline.extracts import MOST_COPIES
from hotich.ui.actions import bind, shown_keys
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.extract import ExtractForm, ExtractPresenter, Pages
from hotich.ui.printing import a4_printer, print_images
from hotich.ui.qtimage import to_qimage
from hotich.ui.views.dialogs import Button, Sheet, in_turn
from hotich.ui.widgets.labels import label, scaled, set_look

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

PAUSE_MS = 500
"""How long nobody types before the preview is drawn anew."""

_LOOKS = {"wrong": "banner-error", "fine": "banner-fine"}


class ExtractSheet(Sheet):
    """Asks what an extract needs and shows it. Enter in a field goes on to the next, never to the printer."""

    def __init__(self, parent: QWidget, desk: Desk, record_id: str, presenter: ExtractPresenter | None = None) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Trích lục"))
        self._desk = desk
        self._pages: Pages = ()
        self.printer: QPrinter | None = None
        self.recipient, self.purpose = QLineEdit(self), QLineEdit(self)
        self.issuer, self.place = QLineEdit(self), QLineEdit(self)
        self.signer, self.signer_office = QLineEdit(self), QLineEdit(self)
        self.file = QLineEdit(self)
        self.copies = QSpinBox(self)
        self.pictures = QCheckBox(self.tr("Kèm ảnh mục sổ"), self)
        self.told = label("", "banner", self)
        self._view = QScrollArea(self)
        self._timer = QTimer(self)
        self._lay_out()
        self._connect()
        self.presenter = presenter or ExtractPresenter(desk, self, record_id)
        self.finished.connect(lambda: self.presenter.leave())
        self.presenter.begin()
        self.recipient.setFocus()
        self.draw_now()

    def form(self) -> ExtractForm:
        """What stands in the fields."""
        office = Office(self.issuer.text(), self.place.text(), self.signer.text(), self.signer_office.text())
        return ExtractForm(
            self.recipient.text(), self.purpose.text(), self.copies.value(), office, self.pictures.isChecked()
        )

    def show_office(self, office: Office, file_name: str) -> None:
        """Put in who issued last, and a name for the file."""
        self.issuer.setText(office.issuer)
        self.place.setText(office.place)
        self.signer.setText(office.signer_name)
        self.signer_office.setText(office.signer_office)
        self.file.setText(str(Path.home() / file_name))

    def show_pages(self, pages: Pages) -> None:
        """Show the sheets below one another, as wide as there is room."""
        self._pages = pages
        holder = QWidget(self._view)
        column = QVBoxLayout(holder)
        wide = max(240, self._view.viewport().width() - 24)
        for number, page in enumerate(pages, start=1):
            picture = QPixmap.fromImage(to_qimage(page))
            shown = QLabel(holder)
            shown.setPixmap(picture.scaledToWidth(wide, Qt.TransformationMode.SmoothTransformation))
            shown.setAccessibleName(self.tr("Tờ {0} trên {1}").format(number, len(pages)))
            column.addWidget(shown, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)
        self._view.setWidget(holder)

    def show_state(self, sentence: str, kind: str) -> None:
        """Say how far it is, or what is wrong."""
        self.told.setText(sentence)
        self.told.setAccessibleName(sentence)
        set_look(self.told, "look", _LOOKS.get(kind, "banner"))

    def show_issued(self, serial: str) -> None:
        """The extract has its number: what it says is fixed."""
        self._timer.stop()
        self.setWindowTitle(self.tr("Trích lục số {0}").format(serial))
        for edit in (self.recipient, self.purpose, self.issuer, self.place, self.signer, self.signer_office):
            edit.setReadOnly(True)
        for made in (self.copies, self.pictures):
            made.setEnabled(False)

    def print_pages(self, pages: Pages, copies: int) -> None:
        """Put the sheets on paper."""
        printer = self.printer or a4_printer()
        printer.setCopyCount(copies)
        if not print_images(printer, [to_qimage(page) for page in pages]):
            self.show_state(self._desk.say("ui-extract-not-printed"), "wrong")

    def reject(self) -> None:
        """Close, but never between the number and the paper or file that it is for."""
        if not self.presenter.busy:
            super().reject()

    def draw_now(self) -> None:
        """Draw the preview anew."""
        self._timer.stop()
        self.presenter.show(self.form())

    def to_file(self) -> None:
        """Save as PDF under the name in the field."""
        self.presenter.to_file(self.form(), self.file.text())

    def to_paper(self) -> None:
        """Ask for the printer, then print."""
        if not self.recipient.text().strip():
            self.presenter.to_paper(self.form())
            return
        from PySide6.QtPrintSupport import QPrintDialog

        self.printer = a4_printer()
        dialog = QPrintDialog(self.printer, self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.accepted.connect(lambda: self.presenter.to_paper(self.form()))
        # Its own open() wants a slot by name.
        dialog.setModal(True)
        dialog.show()

    def _connect(self) -> None:
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE_MS)
        self._timer.timeout.connect(self.draw_now)
        edits = (self.recipient, self.purpose, self.issuer, self.place, self.signer, self.signer_office)
        for edit in edits:
            edit.textEdited.connect(lambda: self._timer.start())
        for edit in (*edits, self.file):
            edit.returnPressed.connect(self.focusNextChild)
        self.pictures.toggled.connect(lambda: self.draw_now())
        bind(self, "extract-print", self.to_paper)
        bind(self, "extract-save", self.to_file)

    def _lay_out(self) -> None:
        whole = QWidget(self)
        across = QHBoxLayout(whole)
        across.setContentsMargins(0, 0, 0, 0)
        self._view.setAccessibleName(self.tr("Các tờ của trích lục"))
        self._view.setMinimumSize(scaled(330, self), scaled(300, self))
        # Always there, so that sheets are drawn as wide as what it leaves.
        self._view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._view.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        across.addWidget(self._fields(), 2)
        across.addWidget(self._view, 3)
        self.put(whole)
        self._print = self._add(self.tr("In"), "extract-print", self.to_paper)
        self._save = self._add(self.tr("Lưu PDF"), "extract-save", self.to_file)
        for made in self.buttons.buttons():
            if isinstance(made, QPushButton):
                # Enter is for the fields: a sheet of paper must not come out by accident.
                made.setAutoDefault(False)
                made.setDefault(False)
        self.resize(1120, 690)

    def _add(self, text: str, key_id: str, act: Callable[[], None]) -> QPushButton:
        made = self.buttons.addButton(f"{text} ({shown_keys(key_id)})", QDialogButtonBox.ButtonRole.ActionRole)
        made.setAccessibleName(text)
        made.clicked.connect(lambda: act())
        return made

    def _fields(self) -> QWidget:
        held = QWidget(self)
        column = QVBoxLayout(held)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.told)
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.copies.setRange(1, MOST_COPIES)
        self.pictures.setChecked(True)
        self.pictures.setAccessibleName(self.pictures.text())
        rows = (
            (self.tr("Cấp cho"), self.recipient),
            (self.tr("Mục đích"), self.purpose),
            (self.tr("Số bản"), self.copies),
            ("", self.pictures),
            (self.tr("Cơ quan cấp"), self.issuer),
            (self.tr("Nơi ghi trước ngày"), self.place),
            (self.tr("Người ký"), self.signer),
            (self.tr("Chức vụ người ký"), self.signer_office),
        )
        for name, widget in rows:
            if name:
                widget.setAccessibleName(name)
            form.addRow(name, widget)
        form.addRow(self.tr("Tệp PDF"), self._file_row())
        in_turn(*(widget for _, widget in rows), self.file)
        column.addLayout(form)
        column.addStretch(1)
        return held

    def _file_row(self) -> QWidget:
        row = QWidget(self)
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        self.file.setAccessibleName(self.tr("Tệp PDF"))
        choose = QPushButton(self.tr("Chọn…"), row)
        choose.setAccessibleName(self.tr("Chọn tệp PDF"))
        choose.setAutoDefault(False)
        choose.clicked.connect(self._choose_file)
        across.addWidget(self.file, 1)
        across.addWidget(choose)
        return row

    def _choose_file(self) -> None:
        chooser = QFileDialog(self, self.tr("Tệp PDF"), self.file.text(), self.tr("Tệp PDF (*.pdf)"))
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setOption(QFileDialog.Option.DontConfirmOverwrite)
        chooser.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chooser.fileSelected.connect(self.file.setText)
        chooser.open()
