"""Signing, locking what is confidential, and opening what was locked. Passphrases and PINs are kept nowhere."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QComboBox, QFileDialog, QFormLayout, QHBoxLayout, QLineEdit, QPushButton, QWidget

from hotich.ui.presenters.protection import SHORTEST_PASSPHRASE, LockAnswer, UnlockAnswer
from hotich.ui.presenters.signing import SignBy, SigningChoice
from hotich.ui.presenters.typed_path import typed_path
from hotich.ui.views.dialogs import Button, Sheet
from hotich.ui.widgets.labels import label, scaled, set_look

_LEAST_PATH = 200
"""Width in pixels in which the end of a path can be read."""


class LockSheet(Sheet):
    """A passphrase typed twice, a receiver's certificate, or the reason why it leaves unlocked."""

    def __init__(self, parent: QWidget, question: str, may_give_reason: bool, then: Callable[[LockAnswer], None]):
        super().__init__(parent, "HoTich", question, Button.Ok | Button.Cancel)
        rows = QWidget(self)
        self._form = QFormLayout(rows)
        self.passphrase = self._secret(self.tr("Mật khẩu"))
        self.passphrase.setPlaceholderText(self.tr("Ít nhất {0} ký tự").format(SHORTEST_PASSPHRASE))
        self.again = self._secret(self.tr("Gõ lại mật khẩu"))
        self.certificate = _file_row(self, self._form, self.tr("Chứng thư của nơi nhận"), "*.pem *.crt *.cer *.der")
        self.reason = QLineEdit(self)
        if may_give_reason:
            self._add(self.tr("Lý do không khóa"), self.reason)
        self.reason.setVisible(may_give_reason)
        self.put(rows)
        self._differs = label("", "banner", self)
        set_look(self._differs, "look", "banner-error")
        self._differs.hide()
        self._form.insertRow(2, self._differs)
        for edit in (self.passphrase, self.again, self.certificate, self.reason):
            edit.textChanged.connect(self._look)
        self.accepted.connect(lambda: then(self.answer()))
        self._look()
        self.passphrase.setFocus()

    def answer(self) -> LockAnswer:
        """What was given."""
        return LockAnswer(self.passphrase.text(), typed_path(self.certificate.text()), self.reason.text().strip())

    def _secret(self, text: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setEchoMode(QLineEdit.EchoMode.Password)
        self._add(text, edit)
        return edit

    def _add(self, text: str, edit: QLineEdit) -> None:
        edit.setAccessibleName(text)
        self._form.addRow(text, edit)

    def _wrong(self) -> str:
        """What is wrong with the passphrase typed twice; '' when nothing is, or nothing was typed the second time."""
        if not self.again.text():
            return ""
        if self.passphrase.text() != self.again.text():
            return self.tr("Hai lần gõ mật khẩu khác nhau.")
        if len(self.passphrase.text().strip()) < SHORTEST_PASSPHRASE:
            return self.tr("Mật khẩu cần ít nhất {0} ký tự.").format(SHORTEST_PASSPHRASE)
        return ""

    def _look(self) -> None:
        wrong = self._wrong()
        self._differs.setText(wrong)
        if bool(wrong) is self._differs.isHidden():
            self._differs.setVisible(bool(wrong))
            self.fit()
        same = self.passphrase.text() == self.again.text()
        self.buttons.button(Button.Ok).setEnabled(same and not wrong and self.answer().is_any)


class UnlockSheet(Sheet):
    """The passphrase of a locked package, or a key file with its own."""

    def __init__(self, parent: QWidget, question: str, then: Callable[[UnlockAnswer], None]) -> None:
        super().__init__(parent, "HoTich", question, Button.Ok | Button.Cancel)
        rows = QWidget(self)
        form = QFormLayout(rows)
        self.passphrase = QLineEdit(self)
        self.passphrase.setEchoMode(QLineEdit.EchoMode.Password)
        self.passphrase.setAccessibleName(self.tr("Mật khẩu"))
        form.addRow(self.tr("Mật khẩu"), self.passphrase)
        self.key_file = _file_row(self, form, self.tr("Tệp khóa .p12 (nếu có)"), "*.p12 *.pfx")
        self.put(rows)
        self.passphrase.textChanged.connect(self._look)
        self.accepted.connect(lambda: then(self.answer()))
        self._look()
        self.passphrase.setFocus()

    def answer(self) -> UnlockAnswer:
        """What was given."""
        return UnlockAnswer(self.passphrase.text(), typed_path(self.key_file.text()))

    def _look(self) -> None:
        self.buttons.button(Button.Ok).setEnabled(bool(self.passphrase.text()))


class SecretSheet(Sheet):
    """A passphrase or PIN."""

    def __init__(self, parent: QWidget, question: str, then: Callable[[str], None]) -> None:
        super().__init__(parent, "HoTich", question, Button.Ok | Button.Cancel)
        self.secret = QLineEdit(self)
        self.secret.setEchoMode(QLineEdit.EchoMode.Password)
        self.secret.setAccessibleName(question)
        self.put(self.secret)
        ok = self.buttons.button(Button.Ok)
        ok.setEnabled(False)
        self.secret.textChanged.connect(lambda text: ok.setEnabled(bool(text)))
        self.accepted.connect(lambda: then(self.secret.text()))
        self.secret.setFocus()


class SigningSheet(Sheet):
    """Who signs: this machine's key, a certificate in a file, or one on a token."""

    def __init__(self, parent: QWidget, told: str, now: SigningChoice, then: Callable[[SigningChoice], None]) -> None:
        super().__init__(parent, "", told, Button.Ok | Button.Cancel)
        self.setWindowTitle(self.tr("Ký bằng gì"))
        rows = QWidget(self)
        form = QFormLayout(rows)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        self.by = QComboBox(self)
        self.by.setAccessibleName(self.tr("Ký bằng"))
        for kind, text in (
            (SignBy.OWN, self.tr("Khóa của máy này")),
            (SignBy.FILE, self.tr("Chứng thư trong tệp .p12")),
            (SignBy.TOKEN, self.tr("USB token hoặc thẻ")),
        ):
            self.by.addItem(text, kind.value)
        form.addRow(self.tr("Ký bằng"), self.by)
        self.file = _file_row(self, form, self.tr("Tệp .p12 hoặc thư viện của token"), "*.p12 *.pfx *.so *.dll")
        self.label = QLineEdit(now.label, self)
        self.label.setAccessibleName(self.tr("Tên token (khi cắm nhiều token)"))
        form.addRow(self.tr("Tên token (khi cắm nhiều token)"), self.label)
        self.put(rows)
        self.file.setText(now.file)
        self.by.currentIndexChanged.connect(self._look)
        self.file.textChanged.connect(self._look)
        self.by.setCurrentIndex(self.by.findData(now.by.value))
        self.accepted.connect(lambda: then(self.choice()))
        self._look()
        self.by.setFocus()

    def choice(self) -> SigningChoice:
        """What was chosen."""
        by = SignBy(str(self.by.currentData()))
        return SigningChoice(by, "" if by is SignBy.OWN else self.file.text(), self.label.text())

    def _look(self) -> None:
        choice = self.choice()
        self.file.setEnabled(choice.by is not SignBy.OWN)
        self.label.setEnabled(choice.by is SignBy.TOKEN)
        self.buttons.button(Button.Ok).setEnabled(choice.is_whole)


def _file_row(sheet: Sheet, form: QFormLayout, text: str, pattern: str) -> QLineEdit:
    """A path to type or to choose."""
    edit = QLineEdit(sheet)
    edit.setAccessibleName(text)
    edit.setMinimumWidth(scaled(_LEAST_PATH, edit))
    # With its context by name: tr() would look among the texts of whichever dialog this is for.
    told = QCoreApplication.translate("sheet", "Chọn tệp…")
    choose = QPushButton(told, sheet)
    choose.setAccessibleName(f"{told} {text}")
    choose.setAutoDefault(False)

    def open_chooser() -> None:
        chooser = QFileDialog(sheet, text, edit.text(), pattern)
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(edit.setText)
        chooser.open()

    choose.clicked.connect(open_chooser)
    row = QWidget(sheet)
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.addWidget(edit, 1)
    line.addWidget(choose)
    form.addRow(text, row)
    return edit


def ask_secret(parent: QWidget, question: str, then: Callable[[str], None]) -> None:
    """Ask for a passphrase or PIN; `then` gets it unless the person gives up."""
    SecretSheet(parent, question, then).open()


def ask_lock(parent: QWidget, question: str, may_give_reason: bool, then: Callable[[LockAnswer], None]) -> None:
    """Ask how something confidential leaves; `then` hears it unless the person gives up."""
    LockSheet(parent, question, may_give_reason, then).open()


def ask_unlock(parent: QWidget, question: str, then: Callable[[UnlockAnswer], None]) -> None:
    """Ask for the key of a locked package; `then` gets it unless the person gives up."""
    UnlockSheet(parent, question, then).open()
