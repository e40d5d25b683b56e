"""Adoptions leave locked, or with a supervisor's reason that stays in the history."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest

from hotich import workflow
from hotich.errors import Cancelled, PackageError, PolicyError
from hotich.pipeline.confidential import (
    Passphrase,
    Protection,
    held_key,
    recipient,
    unlock_to,
)
from hotich.pipeline.delivery import export_book, verify_package
from hotich.pipeline.line_export import export_lines
from hotich.pipeline.ticket import SilentTicket
from hotich.store import Workspace
from hotich.values import Book
from tests.export.made import CLERK, REVIEWER, finished_adoption, finished_book
from tests.export.trust.authority import PASSPHRASE, made

WORDS = Passphrase("trâu vàng uống nước trong", 12)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "gói"


@pytest.fixture
def adoptions(workspace: Workspace, tmp_path: Path) -> Book:
    """A finished book of one adoption."""
    return finished_adoption(workspace, tmp_path)


def exported(workspace: Workspace, book: Book) -> list[workflow.Exported]:
    return [a.event for a in workspace.actions(book_id=book.book_id) if isinstance(a.event, workflow.Exported)]


def test_an_adoption_does_not_leave_unlocked(workspace: Workspace, adoptions: Book, out: Path) -> None:
    for actor, protection, key in (
        (REVIEWER, Protection(), "export-confidential-needs-lock"),
        (REVIEWER, Protection(plain_reason="  "), "export-confidential-needs-lock"),
        (CLERK, Protection(plain_reason="Sở yêu cầu"), "export-confidential-supervisor"),
    ):
        with pytest.raises(PolicyError) as refused:
            export_book(workspace, adoptions.book_id, out, actor, protection=protection)
        assert refused.value.key == key
    assert not out.exists() and exported(workspace, adoptions) == []


def test_it_leaves_locked_for_a_passphrase_and_a_certificate(
    workspace: Workspace, adoptions: Book, out: Path, tmp_path: Path
) -> None:
    receiver = made("Phòng Tư pháp", kind="rsa")
    (tmp_path / "nhận.pem").write_bytes(receiver.pem)
    locks = (WORDS, recipient(tmp_path / "nhận.pem"))
    done = export_book(workspace, adoptions.book_id, out, CLERK, protection=Protection(locks))
    assert [each.name for each in out.iterdir()] == ["CN.2009.01.hotich.zip.locked"] == [done.path.name]
    assert not [each for each in workspace.folder.iterdir() if each.name.startswith(".unlocked")]
    assert "Phạm".encode() not in done.path.read_bytes() and b"PK\x03\x04" not in done.path.read_bytes()
    key = held_key(receiver.file(tmp_path / "nhận.p12"), PASSPHRASE)
    for unlock in (WORDS, key):
        found = verify_package(done.path, unlock=unlock)
        assert found.ok and found.records == 1 and found.signature.name == CLERK.name
    (event,) = exported(workspace, adoptions)
    assert (event.file_name, event.package_sha256, event.reason) == (done.path.name, done.sha256, "")
    again = export_book(workspace, adoptions.book_id, out, CLERK, protection=Protection(locks))
    assert again.path.name == "CN.2009.01-2.hotich.zip.locked"


def test_what_a_killed_process_left_unlocked_is_swept_away(workspace: Workspace, adoptions: Book, out: Path) -> None:
    left = workspace.folder / ".unlocked-1-abc"
    left.mkdir()
    (left / "CN.2009.01.hotich.zip").write_bytes(b"mat")
    export_book(workspace, adoptions.book_id, out, CLERK, protection=Protection((WORDS,)))
    assert not left.exists()


def test_it_leaves_unlocked_for_a_supervisors_reason_that_stays(
    workspace: Workspace, adoptions: Book, out: Path
) -> None:
    protection = Protection(plain_reason="Sở Tư pháp nhận trực tiếp, biên bản số 12")
    done = export_book(workspace, adoptions.book_id, out, REVIEWER, protection=protection)
    assert verify_package(done.path).ok
    assert exported(workspace, adoptions)[0].reason == "Sở Tư pháp nhận trực tiếp, biên bản số 12"


def test_other_books_may_be_locked_and_practice_need_not(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    births = finished_book(workspace, tmp_path, pages=1)
    done = export_book(workspace, births.book_id, out, CLERK, protection=Protection((WORDS,)))
    assert done.path.name == "KS.2009.01.hotich.zip.locked" and verify_package(done.path, unlock=WORDS).ok


def test_who_holds_the_key_takes_the_package_out(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    births = finished_book(workspace, tmp_path, pages=1)
    done = export_book(workspace, births.book_id, out, CLERK, protection=Protection((WORDS,)))
    taken = unlock_to(done.path, tmp_path / "mở", WORDS)
    assert taken.name == "KS.2009.01.hotich.zip" and verify_package(taken).ok
    if sys.platform != "win32":
        assert stat.S_IMODE(taken.stat().st_mode) == 0o600
    with pytest.raises(PackageError) as refused:
        unlock_to(done.path, tmp_path / "mở", WORDS)
    assert refused.value.key == "unlock-target-exists"
    with pytest.raises(PackageError) as refused:
        unlock_to(taken, tmp_path / "mở", WORDS)
    assert refused.value.key == "unlock-not-locked"
    whole = bytearray(done.path.read_bytes())
    whole[-100] ^= 1
    done.path.write_bytes(whole)
    with pytest.raises(PackageError) as refused:
        unlock_to(done.path, tmp_path / "hỏng", WORDS)
    assert refused.value.key == "locked-damaged" and not list((tmp_path / "hỏng").glob("*"))


class StopsWhileLocking(SilentTicket):
    """Somebody presses cancel when the pages are written."""

    def progress(self, done: int, total: int, text: str = "") -> None:
        self.locking = text.endswith(".zip")

    def check(self) -> None:
        if getattr(self, "locking", False):
            raise Cancelled


def test_nothing_is_left_when_it_is_stopped_while_it_locks(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    births = finished_book(workspace, tmp_path, pages=3)
    with pytest.raises(Cancelled):
        export_book(workspace, births.book_id, out, CLERK, StopsWhileLocking(), protection=Protection((WORDS,)))
    assert list(out.iterdir()) == [] and exported(workspace, births) == []
    assert not [each for each in workspace.folder.iterdir() if each.name.startswith(".unlocked")]


def test_no_line_of_an_adoption_is_given_away_to_train_on(
    workspace: Workspace, adoptions: Book, tmp_path: Path
) -> None:
    report = export_lines(workspace, tmp_path / "dòng", REVIEWER, "huấn luyện máy đọc của xã")
    assert (report.books, report.lines) == (0, 0)
    assert not list((tmp_path / "dòng").glob("*.jpg"))
