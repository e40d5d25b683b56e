"""A hand-off that is stopped, killed or fails half-way leaves nothing that looks whole."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from hotich.errors import Cancelled, InputError, PackageError, PolicyError, SetupError
from hotich.pipeline import review
from hotich.pipeline.handoff import (
    handoff,
)
from hotich.store import Workspace
from hotich.values import Book
from tests.export.made import REVIEWER, finished_book
from tests.export.ministry.test_handoff import exported


class Stopping:
    """Is stopped at its n-th look, after something happened."""

    def __init__(self, at: int = 2) -> None:
        self.at, self.looks = at, 0

    def progress(self, done: int, total: int, text: str = "") -> None:
        assert 0 <= done <= total

    def check(self) -> None:
        self.looks += 1
        if self.looks == self.at:
            self.happen()

    def happen(self) -> None:
        raise Cancelled


@pytest.mark.parametrize("at", [1, 2, 4])
def test_a_cancelled_hand_off_leaves_nothing(workspace: Workspace, book: Book, out: Path, at: int) -> None:
    with pytest.raises(Cancelled):
        handoff(workspace, book.book_id, out, REVIEWER, Stopping(at))
    assert list(out.iterdir()) == [] and exported(workspace, book) == []


class Meddling(Stopping):
    """Returns a record while the documents are made."""

    def __init__(self, workspace: Workspace, record_id: str) -> None:
        super().__init__()
        self._workspace, self._record_id = workspace, record_id

    def happen(self) -> None:
        review.give_back(self._workspace, self._record_id, "Xem lại", REVIEWER)


def test_a_book_that_changes_meanwhile_does_not_leave(workspace: Workspace, book: Book, out: Path) -> None:
    first = workspace.record_ids(book.book_id)[0]
    with pytest.raises(PolicyError, match="export-book-changed"):
        handoff(workspace, book.book_id, out, REVIEWER, Meddling(workspace, first))
    assert list(out.iterdir()) == [] and exported(workspace, book) == []


def test_a_missing_original_is_told_and_nothing_is_left(workspace: Workspace, book: Book, out: Path) -> None:
    sha256 = workspace.pages(book.book_id)[1].page.file_sha256
    original = workspace.folder / "originals" / sha256[:2] / sha256
    original.chmod(0o644)
    original.unlink()
    with pytest.raises(InputError, match="ministry-pdf-not-made"):
        handoff(workspace, book.book_id, out, REVIEWER)
    assert list(out.iterdir()) == [] and exported(workspace, book) == []


def test_a_full_disk_is_told(workspace: Workspace, book: Book, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hotich.export.ministry.folder.os.fsync", full)
    with pytest.raises(SetupError, match="export-disk-full"):
        handoff(workspace, book.book_id, out, REVIEWER)
    monkeypatch.undo()
    assert list(out.iterdir()) == [] and exported(workspace, book) == []


def test_a_folder_that_cannot_be_written_is_told(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    blocked = tmp_path / "tệp"
    blocked.write_text("x")
    with pytest.raises(PackageError, match="export-cannot-write"):
        handoff(workspace, book.book_id, blocked, REVIEWER)


_KILLED = """
import sys
from pathlib import Path
from hotich.pipeline.handoff import handoff
from hotich.pipeline.trust import file_signer, own_signer
from hotich.store import Workspace
from hotich.values import Actor, Role
class Waiting:
    def progress(self, done, total, text=""):
        if done == 1:
            print("now", flush=True)
            sys.stdin.read()
    def check(self):
        pass
with Workspace.open(Path(sys.argv[1])) as workspace:
    handoff(workspace, sys.argv[2], Path(sys.argv[3]), Actor("Lan", Role.CLERK), Waiting())
"""


def test_a_killed_hand_off_leaves_nothing_that_looks_whole(tmp_path: Path, out: Path) -> None:
    folder = tmp_path / "kho dữ liệu"
    with Workspace.open(folder) as workspace:
        book = finished_book(workspace, tmp_path)
    words = [sys.executable, "-c", _KILLED, str(folder), book.book_id, str(out)]
    with subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout is not None and child.stdout.readline() == b"now\n"
        child.kill()
    left = [path for path in out.iterdir() if not path.name.startswith(".")]
    assert left == [] and any(out.iterdir())
    with Workspace.open(folder) as workspace:
        assert exported(workspace, book) == []
        handoff(workspace, book.book_id, out, REVIEWER)
    assert [path.name for path in out.iterdir()] == ["KS.2009.01"]


def test_a_disk_that_spoils_what_is_written_is_found_out(
    workspace: Workspace, book: Book, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from hotich.export.ministry import archive

    class Spoiling(archive.ArchiveWriter):
        def add(self, name: str, data: bytes, pages: int) -> None:
            super().add(name, data[:-200], pages)

    monkeypatch.setattr("hotich.pipeline.handoff.ArchiveWriter", Spoiling)
    with pytest.raises(PackageError, match="ministry-archive"):
        handoff(workspace, book.book_id, out, REVIEWER)
    assert list(out.iterdir()) == [] and exported(workspace, book) == []
