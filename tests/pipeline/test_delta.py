"""What changed since a book left goes out alone, with the reason; nothing unapproved goes with it."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from hotich import workflow
from hotich.errors import PolicyError
from hotich.export.package_types import ChangeKind
from hotich.pipeline import entry, review
from hotich.pipeline.delivery import changes_of, export_book, packages_of, precheck, verify_package
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import Book, MarginNote, NoteKind, Refusal, Role, Severity
from hotich.workflow import Draft, ExportKind, ExtractPrinted, MarginNoteAdded, Refused
from tests.export.made import CLERK, FORM, REVIEWER, add_pages, approve, enter, finished_book

IMPORTER = type(CLERK)("Cổng tiếp nhận", Role.IMPORTER)


@pytest.fixture
def book(workspace: Workspace, tmp_path: Path) -> Book:
    """Three records that left in package 1."""
    book = finished_book(workspace, tmp_path, pages=3)
    export_book(workspace, book.book_id, tmp_path / "gói", REVIEWER)
    return book


def delta(workspace: Workspace, book: Book, folder: Path, since: int = 1) -> tuple[Path, dict[str, Any], list[Any]]:
    made = export_book(workspace, book.book_id, folder / "gói", REVIEWER, since=since, reason="Đính chính theo sổ gốc")
    assert made.verification.ok
    with zipfile.ZipFile(made.path) as archive:
        return made.path, json.loads(archive.read("manifest.json")), json.loads(archive.read("records.json"))


def correct(workspace: Workspace, record_id: str, field_id: str = "meHoTen", text: str = "H'Bia Niê") -> None:
    review.give_back(workspace, record_id, "Sai họ tên mẹ", REVIEWER)
    entry.confirm(workspace, record_id, field_id, text, CLERK)
    approve(workspace, record_id)


def test_only_the_corrected_record_leaves(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    _, second, _ = workspace.record_ids(book.book_id)
    correct(workspace, second)
    assert precheck(workspace, book.book_id, since=1).ready == 1
    path, manifest, records = delta(workspace, book, tmp_path)
    assert path.name == "KS.2009.01.delta-2.hotich.zip" and verify_package(path).ok
    assert [record["record_id"] for record in records] == [second] and len(manifest["pages"]) == 1
    assert records[0]["national"]["meHoTen"] == "H'Bia Niê"
    told = manifest["delta"]
    assert (manifest["number"], told["base"], told["base_file"]) == (2, 1, "KS.2009.01.hotich.zip")
    assert (told["reason"], told["withdrawn"]) == ("Đính chính theo sổ gốc", [])
    assert told["changes"] == [
        {"record_id": second, "kind": "corrected", "fields": ["meHoTen"], "reason": "Sai họ tên mẹ"}
    ]
    with zipfile.ZipFile(path) as archive:
        readme = archive.read("README.txt").decode("utf-8-sig")
    assert "GÓI THAY ĐỔI" in readme and "Đính chính theo sổ gốc" in readme


def test_the_history_counts_packages_and_deltas_together(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    correct(workspace, workspace.record_ids(book.book_id)[0])
    path, _, _ = delta(workspace, book, tmp_path)
    export_book(workspace, book.book_id, tmp_path, REVIEWER)
    packages = packages_of(workspace, book.book_id)
    assert [(one.number, one.base, one.is_delta) for one in packages] == [(1, 0, False), (2, 1, True), (3, 0, False)]
    event = workspace.book_actions(book.book_id, "Exported")[1].event
    assert isinstance(event, workflow.Exported)
    assert (event.kind, event.number, event.base, event.reason) == (ExportKind.DELTA, 2, 1, "Đính chính theo sổ gốc")
    assert event.file_name == path.name and packages[0].history < event.history < packages[2].history


def test_a_delta_may_follow_a_delta(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    first, second, _ = workspace.record_ids(book.book_id)
    correct(workspace, first)
    delta(workspace, book, tmp_path)
    correct(workspace, second)
    _, after, records = delta(workspace, book, tmp_path, since=2)
    assert [record["record_id"] for record in records] == [second] and after["delta"]["base"] == 2
    _, _, records = delta(workspace, book, tmp_path, since=1)
    assert [record["record_id"] for record in records] == [first, second]


def test_void_and_open_records_are_withdrawn(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    first, second, _ = workspace.record_ids(book.book_id)
    review.give_back(workspace, first, "Dòng trống", REVIEWER)
    entry.void_record(workspace, first, "Dòng bị gạch bỏ", CLERK)
    workspace.append(Draft(book.book_id, Refused((Refusal("so", "Trùng số", "phản hồi.xlsx"),)), IMPORTER, second))
    _, manifest, records = delta(workspace, book, tmp_path)
    assert records == [] and manifest["pages"] == []
    assert manifest["delta"]["withdrawn"] == [
        {"record_id": first, "state": "void", "reason": "Dòng bị gạch bỏ"},
        {"record_id": second, "state": "open", "reason": "Trùng số"},
    ]


def test_new_records_leave_and_unfinished_ones_stay(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    (tmp_path / "thêm").mkdir()
    more = add_pages(workspace, book, tmp_path / "thêm", 5, frozenset())
    done, waiting = (open_record(workspace, page_id, 0, FORM, CLERK) for page_id in more[-2:])
    enter(workspace, done, 4)
    approve(workspace, done)
    enter(workspace, waiting, 5)
    entry.submit(workspace, waiting, CLERK)
    found = precheck(workspace, book.book_id, since=1)
    assert (found.ready, found.withdrawn, found.open, found.can_export) == (1, 0, 1, True), found.reasons
    assert not precheck(workspace, book.book_id).can_export
    _, manifest, records = delta(workspace, book, tmp_path)
    assert [record["record_id"] for record in records] == [done]
    assert manifest["delta"]["changes"][0]["kind"] == ChangeKind.ADDED


def test_a_printed_extract_is_no_change_and_a_margin_note_is_one(
    workspace: Workspace, book: Book, tmp_path: Path
) -> None:
    first, second, _ = workspace.record_ids(book.book_id)
    workspace.append(Draft(book.book_id, ExtractPrinted("1/2026", "a" * 64, "Nguyễn Văn Thử"), CLERK, first))
    assert not changes_of(workspace, book.book_id, 1).any
    review.give_back(workspace, second, "Thiếu ghi chú bên lề", REVIEWER)
    note = MarginNote(NoteKind.DEATH, "1.2.2011", "Đã chết ngày 1/2/2011")
    workspace.append(Draft(book.book_id, MarginNoteAdded(note), CLERK, second))
    approve(workspace, second)
    _, manifest, records = delta(workspace, book, tmp_path)
    assert [change["fields"] for change in manifest["delta"]["changes"]] == [[]]
    assert records[0]["margin_notes"] == [
        {"kind": "death", "date": "1.2.2011", "text": "Đã chết ngày 1/2/2011", "region": None}
    ]


def test_a_settled_refusal_leaves_with_its_record(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    first = workspace.record_ids(book.book_id)[0]
    refusal = Refusal("meHoTen", "Thiếu chữ đệm", "phản hồi.xlsx", code="E12")
    workspace.append(Draft(book.book_id, Refused((refusal,)), IMPORTER, first))
    entry.confirm(workspace, first, "meHoTen", "H'Bia Niê", CLERK)
    approve(workspace, first)
    _, manifest, records = delta(workspace, book, tmp_path)
    assert manifest["delta"]["changes"][0]["reason"] == "Thiếu chữ đệm"
    (told,) = records[0]["refusals"]
    assert (told["field"], told["code"], told["source"], told["settled"]) == ("meHoTen", "E12", "phản hồi.xlsx", True)


def test_a_change_of_the_book_alone_may_leave(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    import msgspec

    changed = msgspec.structs.replace(book, province="Bắc Ninh")
    workspace.append(Draft(book.book_id, workflow.BookChanged(changed), CLERK))
    _, manifest, records = delta(workspace, book, tmp_path)
    assert records == [] and manifest["book"]["province"] == "Bắc Ninh"


def test_nothing_leaves_without_change_reason_or_base(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    before = workspace.head()
    for since, reason, key in ((1, "có", "export-refused"), (9, "có", "export-no-such-package")):
        with pytest.raises(PolicyError) as refused:
            export_book(workspace, book.book_id, tmp_path / "nữa", REVIEWER, since=since, reason=reason)
        assert refused.value.key == key
    assert "không có gì thay đổi" in precheck(workspace, book.book_id, since=1).reasons[0]
    correct(workspace, workspace.record_ids(book.book_id)[0])
    before = workspace.head()
    with pytest.raises(PolicyError) as refused:
        export_book(workspace, book.book_id, tmp_path / "nữa", REVIEWER, since=1, reason="  ")
    assert refused.value.key == "export-reason-needed"
    assert workspace.head() == before and not (tmp_path / "nữa").exists()


def test_an_error_of_a_leaving_record_stops_it(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    _, second, _ = workspace.record_ids(book.book_id)
    correct(workspace, second, "so", "1")
    found = precheck(workspace, book.book_id, since=1)
    assert not found.can_export and "lỗi phải xử lý" in found.reasons[-1]
    with pytest.raises(PolicyError):
        export_book(workspace, book.book_id, tmp_path, REVIEWER, since=1, reason="Đính chính")


def test_an_error_between_a_leaving_record_and_one_that_stays_stops_it(workspace: Workspace, book: Book) -> None:
    """The number of the third record twice: it is said of the third, which did not change."""
    first = workspace.record_ids(book.book_id)[0]
    correct(workspace, first, "so", "3")
    found = precheck(workspace, book.book_id, since=1)
    assert found.ready == 1 and not found.can_export and "lỗi phải xử lý" in found.reasons[-1]


def test_an_error_of_a_record_that_stays_stops_nobody(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    first, _, third = workspace.record_ids(book.book_id)
    correct(workspace, first)
    review.give_back(workspace, third, "Sai số", REVIEWER)
    entry.confirm(workspace, third, "so", "2", CLERK)
    found = precheck(workspace, book.book_id, since=1)
    assert any(finding.severity is Severity.ERROR for finding in found.findings)
    assert (found.ready, found.withdrawn, found.can_export) == (1, 1, True), found.reasons
    _, manifest, records = delta(workspace, book, tmp_path)
    assert [record["record_id"] for record in records] == [first]
    assert [each["record_id"] for each in manifest["delta"]["withdrawn"]] == [third]


def test_packages_of_the_first_versions_count_too(workspace: Workspace, book: Book, tmp_path: Path) -> None:
    """Their events kept neither number nor history."""
    workspace.append(Draft(book.book_id, workflow.Exported("cũ.hotich.zip", "b" * 64, 3), REVIEWER))
    correct(workspace, workspace.record_ids(book.book_id)[2])
    _, manifest, records = delta(workspace, book, tmp_path, since=2)
    assert (manifest["number"], manifest["delta"]["base_file"], len(records)) == (3, "cũ.hotich.zip", 1)
