"""Confidential books on the export screen: they leave locked, and are opened with their key."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.ui.presenters.export import ExportPresenter, Leaving
from hotich.ui.presenters.protection import LockAnswer, UnlockAnswer
from hotich.ui.presenters.signing import SignBy, SigningChoice, remembered
from tests.export.made import finished_adoption
from tests.export.trust.authority import PASSPHRASE, made
from tests.ui.made import CLERK, REVIEWER
from tests.ui.presenters.test_export_presenter import ExportDouble

WORDS = "trâu vàng uống nước trong"


@pytest.fixture
def screen() -> ExportDouble:
    return ExportDouble()


@pytest.fixture
def presenter(desk, screen, workspace, tmp_path) -> ExportPresenter:
    """The screen with a finished book of one adoption in hand."""
    desk.book_id = finished_adoption(workspace, tmp_path).book_id
    made_one = ExportPresenter(desk, screen, lambda record_id, field_id: None)
    made_one.refresh()
    made_one.choose(Leaving.PACKAGE)
    return made_one


def test_an_adoption_leaves_locked_and_is_verified_with_its_passphrase(presenter, screen, shell, tmp_path):
    presenter.export(str(tmp_path / "gói"))
    assert "mật" in shell.asked[-1] and screen.result[2] is None
    shell.lock = LockAnswer(WORDS)
    presenter.export(str(tmp_path / "gói"))
    (package,) = (tmp_path / "gói").iterdir()
    assert package.name == "CN.2009.01.hotich.zip.locked" and screen.result[2] is True
    screen.result = ("", (), None, "")
    presenter.verify(str(package))
    assert package.name in shell.asked[-1] and screen.result[2] is None
    shell.unlock = UnlockAnswer("sai mật khẩu rồi đấy")
    presenter.verify(str(package))
    assert shell.told[-1] == "locked-wrong-key"
    shell.unlock = UnlockAnswer(WORDS)
    presenter.verify(str(package))
    assert screen.result[2] is True and "chính máy này" in screen.result[1][-1].message


def test_it_is_locked_for_a_receiver_too(presenter, screen, shell, tmp_path: Path):
    receiver = made("Phòng Tư pháp")
    (tmp_path / "nhận.pem").write_bytes(receiver.pem)
    shell.lock = LockAnswer(certificate=tmp_path / "nhận.pem")
    presenter.export(str(tmp_path / "gói"))
    (package,) = (tmp_path / "gói").iterdir()
    shell.unlock = UnlockAnswer(PASSPHRASE, receiver.file(tmp_path / "nhận.p12"))
    screen.result = ("", (), None, "")
    presenter.verify(str(package))
    assert screen.result[2] is True
    shell.lock = LockAnswer(certificate=package)
    presenter.export(str(tmp_path / "gói"))
    assert shell.told[-1] == "trust-no-certificate"


def test_only_a_supervisor_may_let_it_leave_unlocked(presenter, shell, desk, tmp_path):
    shell.lock = LockAnswer(reason="Sở nhận trực tiếp")
    desk.actor = CLERK
    presenter.export(str(tmp_path / "gói"))
    assert shell.told[-1] == "export-confidential-supervisor"
    desk.actor = REVIEWER
    presenter.export(str(tmp_path / "gói"))
    assert [each.name for each in (tmp_path / "gói").iterdir()] == ["CN.2009.01.hotich.zip"]


def test_what_was_typed_is_never_shown() -> None:
    assert WORDS not in repr(LockAnswer(WORDS)) + repr(UnlockAnswer(WORDS)) + repr(LockAnswer(WORDS).protection())


def test_a_certificate_signs_with_its_passphrase_asked_each_time(presenter, screen, shell, workspace, tmp_path):
    file = made("Trần Văn Hòa").file(tmp_path / "ký.p12")
    presenter.choose_signing(SigningChoice(SignBy.FILE, str(file)))
    assert remembered(workspace) == presenter.signing == SigningChoice(SignBy.FILE, str(file))
    shell.lock = LockAnswer(WORDS)
    screen.secret = "sai mật khẩu"
    presenter.export(str(tmp_path / "gói"))
    assert shell.told[-1] == "key-file-locked" and not (tmp_path / "gói").exists() and ".p12" in screen.asked
    screen.secret = PASSPHRASE
    presenter.export(str(tmp_path / "gói"))
    assert screen.result[2] is True and "Trần Văn Hòa" in screen.result[1][0].message
    assert PASSPHRASE not in "".join(path.read_text("latin-1") for path in workspace.folder.glob("*.db*"))


def test_a_choice_that_cannot_be_read_is_the_own_key(workspace) -> None:
    workspace.remember("export-signing", "?")
    assert remembered(workspace) == SigningChoice()


def test_a_signer_whose_fingerprint_was_compared_is_noted(
    presenter, screen, shell, desk, monkeypatch, tmp_path
) -> None:
    shell.lock, shell.unlock = LockAnswer(WORDS), UnlockAnswer(WORDS)
    presenter.export(str(tmp_path / "gói"))
    (package,) = (tmp_path / "gói").iterdir()
    presenter.verify(str(package))
    assert "dấu vân tay" not in shell.asked[-1]
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "máy khác"))
    presenter.verify(str(package))
    assert "so dấu vân tay" in shell.asked[-1] and desk.actor.name in shell.notes[-1]
    presenter.verify(str(package))
    assert "đã được so" in screen.result[1][1].message and "dấu vân tay" not in shell.asked[-1]
