"""The dialogs that lock and open, by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from hotich.messages import Language
from hotich.ui.language import speak
from hotich.ui.presenters.protection import SHORTEST_PASSPHRASE, LockAnswer, UnlockAnswer
from hotich.ui.presenters.signing import SignBy, SigningChoice
from hotich.ui.views.dialogs import Button
from hotich.ui.views.protection_dialog import LockSheet, SecretSheet, SigningSheet, UnlockSheet
from tests.ui.keyboard import press, type_text

WORDS = "trau vang uong nuoc trong"


@pytest.fixture
def parent(qtbot) -> QWidget:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.show()
    return widget


def test_a_passphrase_is_typed_twice_and_never_shown(parent, qtbot) -> None:
    heard: list[LockAnswer] = []
    sheet = LockSheet(parent, "Khóa bằng gì?", False, heard.append)
    sheet.open()
    ok = sheet.buttons.button(Button.Ok)
    assert not ok.isEnabled() and sheet.reason.isHidden()
    assert sheet.passphrase.echoMode() is sheet.again.echoMode() is QLineEdit.EchoMode.Password
    type_text(WORDS, composed=False)
    press("Tab")
    type_text("trau vang", composed=False)
    assert not ok.isEnabled() and sheet._differs.isVisible()
    type_text(WORDS.removeprefix("trau vang"), composed=False)
    assert ok.isEnabled() and not sheet._differs.isVisible()
    press("Return")
    assert heard == [LockAnswer(WORDS)]


def test_a_supervisor_may_give_a_reason_instead(parent, qtbot) -> None:
    heard: list[LockAnswer] = []
    sheet = LockSheet(parent, "Khóa bằng gì?", True, heard.append)
    sheet.open()
    sheet.reason.setFocus()
    type_text("Sở nhận trực tiếp")
    press("Return")
    assert heard == [LockAnswer(reason="Sở nhận trực tiếp")]


def test_a_receivers_certificate_is_enough(parent, qtbot, tmp_path: Path) -> None:
    heard: list[LockAnswer] = []
    sheet = LockSheet(parent, "Khóa bằng gì?", False, heard.append)
    sheet.open()
    sheet.certificate.setFocus()
    type_text(f'"{tmp_path / "nhận.pem"}"')
    press("Return")
    assert heard == [LockAnswer(certificate=tmp_path / "nhận.pem")]


def test_giving_up_answers_nothing(parent, qtbot) -> None:
    heard: list[object] = []
    for sheet in (LockSheet(parent, "?", True, heard.append), UnlockSheet(parent, "?", heard.append)):
        sheet.open()
        press("Escape")
        assert not sheet.isVisible()
    assert heard == []


def test_a_locked_package_is_opened_with_a_passphrase_or_a_key_file(parent, qtbot, tmp_path: Path) -> None:
    heard: list[UnlockAnswer] = []
    for key_file in (None, tmp_path / "nhận.p12"):
        sheet = UnlockSheet(parent, "Mở bằng gì?", heard.append)
        sheet.open()
        assert not sheet.buttons.button(Button.Ok).isEnabled()
        sheet.key_file.setText(str(key_file or ""))
        sheet.passphrase.setFocus()
        type_text(WORDS, composed=False)
        press("Return")
    assert heard == [UnlockAnswer(WORDS), UnlockAnswer(WORDS, tmp_path / "nhận.p12")]


def test_who_signs_is_chosen_by_keyboard(parent, qtbot) -> None:
    heard: list[SigningChoice] = []
    sheet = SigningSheet(parent, "Ai ký gói?", SigningChoice(), heard.append)
    sheet.open()
    ok = sheet.buttons.button(Button.Ok)
    assert ok.isEnabled() and not sheet.file.isEnabled() and not sheet.label.isEnabled()
    press("Down")
    assert sheet.file.isEnabled() and not sheet.label.isEnabled() and not ok.isEnabled()
    press("Down")
    assert sheet.label.isEnabled()
    sheet.file.setFocus()
    type_text("/opt/token.so", composed=False)
    sheet.label.setFocus()
    type_text("Xã")
    press("Return")
    assert heard == [SigningChoice(SignBy.TOKEN, "/opt/token.so", "Xã")]
    again = SigningSheet(parent, "Ai ký gói?", heard[0], heard.append)
    assert again.choice() == heard[0]


def test_a_secret_is_asked_and_never_shown(parent, qtbot) -> None:
    heard: list[str] = []
    sheet = SecretSheet(parent, "Mã PIN của token:", heard.append)
    sheet.open()
    assert sheet.secret.echoMode() is QLineEdit.EchoMode.Password
    assert not sheet.buttons.button(Button.Ok).isEnabled()
    type_text("246813", composed=False)
    press("Return")
    assert heard == ["246813"]


def test_a_short_passphrase_is_told_while_it_can_be_changed_and_nothing_scrolls_away(parent, qtbot) -> None:
    heard: list[LockAnswer] = []
    sheet = LockSheet(parent, "Khóa bằng gì?", True, heard.append)
    sheet.open()
    for _ in range(2):
        type_text("ngan", composed=False)
        press("Tab")
    assert not sheet.buttons.button(Button.Ok).isEnabled()
    assert sheet._differs.isVisible() and str(SHORTEST_PASSPHRASE) in sheet._differs.text()
    assert sheet.reason.visibleRegion().boundingRect().height() == sheet.reason.height()
    press("Escape")
    assert heard == []


def test_the_button_of_files_speaks_the_language_of_the_window(parent, qtbot) -> None:
    speak(Language.ENGLISH)
    try:
        sheet = UnlockSheet(parent, "Which key?", lambda answer: None)
        qtbot.addWidget(sheet)
        texts = {button.text() for button in sheet.findChildren(QPushButton)}
    finally:
        speak(Language.VIETNAMESE)
    assert not any("Chọn" in text for text in texts)
