"""A finished book leaves, an unfinished one does not, and the history says so."""

from __future__ import annotations

import contextlib
import json
import os
import zipfile
from pathlib import Path

import msgspec
import pytest

from hotich import workflow
from hotich.errors import Cancelled, InputError, PackageError, PolicyError, SetupError
from hotich.pipeline import entry, review
from hotich.pipeline.delivery import export_book, precheck, verify_package
from hotich.pipeline.intake import set_aside_page
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import MACHINE, Book, Reading, Severity
from tests.export.made import (
    CLERK,
    FORM,
    REVIEWER,
    add_pages,
    approve,
    enter,
    finished_book,
    open_made_book,
)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return tmp_path / "Gói nộp"


@pytest.fixture
def finished(workspace: Workspace, tmp_path: Path) -> Book:
    return finished_book(workspace, tmp_path, pages=2)


def exported(workspace: Workspace, book: Book) -> list[workflow.Exported]:
    return [a.event for a in workspace.actions(book_id=book.book_id) if isinstance(a.event, workflow.Exported)]


def test_a_finished_book_leaves_and_the_history_says_so(workspace: Workspace, finished: Book, out: Path) -> None:
    found = precheck(workspace, finished.book_id)
    assert (found.approved, found.open, found.can_export, found.reasons) == (2, 0, True, ())
    last = workspace.head()
    assert last is not None
    delivery = export_book(workspace, finished.book_id, out, REVIEWER)
    assert delivery.path == out / "KS.2009.01.hotich.zip" and delivery.records == 2
    assert delivery.verification.ok and verify_package(delivery.path).ok
    assert exported(workspace, finished) == [
        workflow.Exported(
            "KS.2009.01.hotich.zip", delivery.sha256, 2, number=1, history=last[0], signed_by=REVIEWER.name
        )
    ]
    assert [file.name for file in out.iterdir()] == ["KS.2009.01.hotich.zip"]


def test_a_second_export_lies_beside_the_first(workspace: Workspace, finished: Book, out: Path) -> None:
    first = export_book(workspace, finished.book_id, out, REVIEWER)
    bytes_before = first.path.read_bytes()
    second = export_book(workspace, finished.book_id, out, REVIEWER)
    assert second.path.name == "KS.2009.01-2.hotich.zip" and first.path.read_bytes() == bytes_before
    assert len(exported(workspace, finished)) == 2


def test_the_history_in_the_manifest_is_the_logs_head(workspace: Workspace, finished: Book, out: Path) -> None:
    head = workspace.head()
    delivery = export_book(workspace, finished.book_id, out, REVIEWER)
    with zipfile.ZipFile(delivery.path) as archive:
        history = json.loads(archive.read("manifest.json"))["history"]
    assert (history["actions"], history["head"]) == head


def test_an_empty_book_stays(workspace: Workspace, out: Path) -> None:
    book = open_made_book(workspace)
    found = precheck(workspace, book.book_id)
    assert not found.can_export and "chưa có bản ghi nào được duyệt" in found.reasons[0]
    with pytest.raises(PolicyError):
        export_book(workspace, book.book_id, out, REVIEWER)
    assert not out.exists()


def test_an_unknown_book_is_refused(workspace: Workspace, out: Path) -> None:
    for verb in (lambda: precheck(workspace, "nope"), lambda: export_book(workspace, "nope", out, REVIEWER)):
        with pytest.raises(PolicyError) as refused:
            verb()
        assert refused.value.key == "policy-no-book"


def test_one_open_record_keeps_the_book_back(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    book = open_made_book(workspace)
    first, second, third = add_pages(workspace, book, tmp_path, 3, frozenset())
    done, waiting = (open_record(workspace, page, 0, FORM, CLERK) for page in (first, second))
    for number, record_id in enumerate((done, waiting), start=1):
        enter(workspace, record_id, number)
    approve(workspace, done)
    entry.submit(workspace, waiting, CLERK)
    draft = open_record(workspace, third, 0, FORM, CLERK)
    found = precheck(workspace, book.book_id)
    assert (found.approved, found.open, found.can_export) == (1, 2, False)
    assert "1 đang nhập, 1 chờ kiểm tra, 0 bị trả lại" in found.reasons[0]
    with pytest.raises(PolicyError) as refused:
        export_book(workspace, book.book_id, out, REVIEWER)
    assert "còn 2 bản ghi chưa xong" in refused.value.facts["reasons"]
    review.approve(workspace, waiting, REVIEWER)
    entry.void_record(workspace, draft, "Dòng trống", CLERK)
    delivery = export_book(workspace, book.book_id, out, REVIEWER)
    with zipfile.ZipFile(delivery.path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
    assert manifest["counts"] == {"records": 2, "pages": 2, "void": 1}


def test_a_returned_record_keeps_the_book_back(workspace: Workspace, finished: Book, out: Path) -> None:
    record_id = workspace.record_ids(finished.book_id)[0]
    review.give_back(workspace, record_id, "Sai họ tên mẹ", REVIEWER)
    found = precheck(workspace, finished.book_id)
    assert not found.can_export and "1 bị trả lại" in found.reasons[0]


def test_an_error_between_records_keeps_the_book_back(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    """The same number twice in one book: each record is lawful alone."""
    book = open_made_book(workspace)
    for page_id in add_pages(workspace, book, tmp_path, 2, frozenset()):
        record_id = open_record(workspace, page_id, 0, FORM, CLERK)
        enter(workspace, record_id, 5)
        approve(workspace, record_id)
    found = precheck(workspace, book.book_id)
    assert found.open == 0 and not found.can_export
    assert any(finding.severity is Severity.ERROR for finding in found.findings)
    assert "lỗi phải xử lý trước khi xuất" in found.reasons[0]
    with pytest.raises(PolicyError):
        export_book(workspace, book.book_id, out, REVIEWER)


def test_a_wrong_closing_count_keeps_the_book_back(workspace: Workspace, finished: Book) -> None:
    changed = msgspec.structs.replace(finished, expected_entries=9)
    workspace.append(workflow.Draft(finished.book_id, workflow.BookChanged(changed), CLERK))
    assert not precheck(workspace, finished.book_id).can_export


def test_a_page_set_aside_stays_at_home(workspace: Workspace, finished: Book, tmp_path: Path, out: Path) -> None:
    (tmp_path / "thừa").mkdir()
    spoilt = add_pages(workspace, finished, tmp_path / "thừa", 3, frozenset())[-1]
    set_aside_page(workspace, spoilt, "Ảnh hỏng", CLERK)
    with zipfile.ZipFile(export_book(workspace, finished.book_id, out, REVIEWER).path) as archive:
        assert [name for name in archive.namelist() if name.startswith("pages/")] == [
            "pages/0001.jpg",
            "pages/0002.jpg",
        ]


def test_a_page_whose_records_leave_is_not_set_aside(workspace: Workspace, finished: Book) -> None:
    page = workspace.pages(finished.book_id)[0]
    with pytest.raises(PolicyError, match="policy-page-has-records"):
        set_aside_page(workspace, page.page.page_id, "Trang trùng", CLERK)
    assert not workspace.pages(finished.book_id)[0].set_aside


class Stopping:
    """Stops the work at the second page."""

    def __init__(self) -> None:
        self.looks = 0

    def progress(self, done: int, total: int, text: str = "") -> None:
        assert 0 <= done <= total

    def check(self) -> None:
        self.looks += 1
        if self.looks > 1:
            raise Cancelled


def test_a_cancelled_export_leaves_nothing(workspace: Workspace, finished: Book, out: Path) -> None:
    with pytest.raises(Cancelled):
        export_book(workspace, finished.book_id, out, REVIEWER, Stopping())
    assert list(out.iterdir()) == [] and exported(workspace, finished) == []


class Meddling(Stopping):
    """Returns a record while the pictures are written."""

    def __init__(self, workspace: Workspace, record_id: str) -> None:
        super().__init__()
        self._workspace, self._record_id = workspace, record_id

    def check(self) -> None:
        self.looks += 1
        if self.looks == 2:
            review.give_back(self._workspace, self._record_id, "Xem lại", REVIEWER)


def test_a_book_that_changes_meanwhile_does_not_leave(workspace: Workspace, finished: Book, out: Path) -> None:
    last = workspace.record_ids(finished.book_id)[-1]
    with pytest.raises(PolicyError) as refused:
        export_book(workspace, finished.book_id, out, REVIEWER, Meddling(workspace, last))
    assert refused.value.key == "export-book-changed"
    assert list(out.iterdir()) == [] and exported(workspace, finished) == []


def test_a_missing_original_is_told_and_nothing_is_left(workspace: Workspace, finished: Book, out: Path) -> None:
    sha256 = workspace.pages(finished.book_id)[1].page.file_sha256
    original = workspace.folder / "originals" / sha256[:2] / sha256
    original.chmod(0o644)
    original.unlink()
    with pytest.raises(InputError):
        export_book(workspace, finished.book_id, out, REVIEWER)
    assert list(out.iterdir()) == [] and exported(workspace, finished) == []


def test_a_full_disk_is_told(workspace: Workspace, finished: Book, out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("hotich.export.new_file.os.fsync", full)
    with pytest.raises(SetupError) as refused:
        export_book(workspace, finished.book_id, out, REVIEWER)
    monkeypatch.undo()
    assert refused.value.key == "export-disk-full" and list(out.iterdir()) == []


def test_pictures_keep_to_the_size_that_the_settings_give(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    (workspace.folder / "settings.toml").write_text("delivery_bytes_per_a4 = 20000\n", encoding="utf-8")
    book = finished_book(workspace, tmp_path, pages=2)
    with zipfile.ZipFile(export_book(workspace, book.book_id, out, REVIEWER).path) as archive:
        sizes = [info.file_size for info in archive.infolist() if info.filename.endswith(".jpg")]
    assert len(sizes) == 2 and all(size <= 22_000 for size in sizes)


def test_larger_paper_may_take_more(workspace: Workspace, tmp_path: Path, out: Path) -> None:
    """The form of 1999 is twice as large as A4."""
    (workspace.folder / "settings.toml").write_text("delivery_bytes_per_a4 = 20000\n", encoding="utf-8")
    book = finished_book(workspace, tmp_path, pages=1, form="KS-1999")
    with zipfile.ZipFile(export_book(workspace, book.book_id, out, REVIEWER).path) as archive:
        assert 22_000 < archive.getinfo("pages/0001.jpg").file_size <= 44_000


def test_what_does_not_read_back_as_written_is_removed(
    workspace: Workspace, finished: Book, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that turns a byte over while it writes."""

    def spoil(handle: int) -> None:
        with contextlib.suppress(OSError):  # The folder is synced too.
            os.pwrite(handle, b"?", 20_000)

    monkeypatch.setattr("hotich.export.new_file.os.fsync", spoil)
    with pytest.raises(PackageError) as refused:
        export_book(workspace, finished.book_id, out, REVIEWER)
    monkeypatch.undo()
    assert refused.value.key == "export-not-verified" and "pages/0001.jpg" in refused.value.facts["first"]
    assert list(out.iterdir()) == [] and exported(workspace, finished) == []


def test_a_suggestion_that_nobody_confirmed_stays_at_home(workspace: Workspace, finished: Book, out: Path) -> None:
    record = workspace.records(finished.book_id)[0]
    reading = Reading("nksNoiSinhDVHC", "tỉnh Hải Dương", "tỉnh Hải Dương", 0.99, "tesserocr", "5.5.0")
    event = workflow.ReadingsMade((reading,))
    workspace.append(workflow.Draft(finished.book_id, event, MACHINE, record.record_id, record.page_id))
    with zipfile.ZipFile(export_book(workspace, finished.book_id, out, REVIEWER).path) as archive:
        told = json.loads(archive.read("records.json"))[0]
    assert told["fields"]["nksNoiSinhDVHC"]["state"] == "unstated"
    assert "tỉnh Hải Dương" not in json.dumps(told, ensure_ascii=False)
    stated = {code for code, field in told["fields"].items() if field["state"] != "unstated"}
    assert stated == {code for code, field in record.fields.items() if field.value is not None}
