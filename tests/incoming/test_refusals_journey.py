"""A book leaves, is refused, is corrected, and leaves again as what changed."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import msgspec
import pytest

from hotich.errors import PolicyError
from hotich.pipeline import entry, refusals, review
from hotich.pipeline.checking import check_record
from hotich.pipeline.delivery import export_book
from hotich.pipeline.handoff import HandoffOptions, handoff
from hotich.store import Workspace
from hotich.values import Actor, Book, Role, Status
from tests.export.made import CLERK, NAMES, REVIEWER, approve
from tests.incoming.sheets_made import xlsx

IMPORTER = Actor("Cổng tiếp nhận", Role.IMPORTER)
PASTED = """Kết quả import: 2 dòng lỗi
Dòng 2: số 01/2009, quyển 01/2009, ngày 01.03.2009 lỗi: ngày sinh sai định dạng
Số 03/2009 quyển 01/2009: họ tên mẹ để trống
Số 09/2009 quyển 01/2009 lỗi: không có tệp PDF
Số 01/2009 quyển 02/2009 lỗi: trùng"""


def preview(workspace: Workspace, book: Book, text: str = PASTED) -> refusals.RefusalPreview:
    return refusals.preview_refusals(workspace, book.book_id, refusals.read_text(workspace, book.book_id, text))


def test_what_is_refused_opens_again_is_corrected_and_leaves_as_a_delta(
    workspace: Workspace, left: Book, tmp_path: Path
) -> None:
    first, second, third = workspace.record_ids(left.book_id)
    found = preview(workspace, left)
    assert [(match.record_id, match.refused.field_id, match.sure) for match in found.matched] == [
        (first, "nksNgaySinh", True),
        (third, "meHoTen", True),
    ]
    assert [each.reason for each in found.left] == ["incoming-no-record", "incoming-other-book"]
    before = workspace.head()
    assert before is not None and all(match.reopens for match in found.matched)

    taken = refusals.take_in_refusals(workspace, found, IMPORTER)
    assert (taken.records, taken.refusals, taken.reopened) == (2, 2, 2)
    statuses = [workspace.record(key).status for key in (first, second, third)]
    assert statuses == [Status.RETURNED, Status.APPROVED, Status.RETURNED]
    assert refusals.counts_of(workspace, left.book_id) == refusals.RefusalCounts(2, 2, 0, 0)
    (finding,) = [f for f in check_record(workspace, first) if f.rule_id == "importer-refused"]
    assert finding.fields == ("nksNgaySinh",) and "ngày sinh sai định dạng" in finding.message

    entry.confirm(workspace, first, "nksNgaySinh", "28/2/2009", CLERK)
    entry.confirm(workspace, third, "meHoTen", "H'Bia Niê", CLERK)
    for record_id in (first, third):
        assert not [f for f in check_record(workspace, record_id) if f.rule_id == "importer-refused"]
        approve(workspace, record_id)
    assert refusals.counts_of(workspace, left.book_id) == refusals.RefusalCounts(2, 0, 2, 0)

    delta = export_book(workspace, left.book_id, tmp_path / "gói", REVIEWER, since=1, reason="Sửa lỗi hệ thống trả về")
    assert delta.records == 2 and delta.verification.ok
    with zipfile.ZipFile(delta.path) as archive:
        records = json.loads(archive.read("records.json"))
    assert {record["record_id"]: record["national"]["meHoTen"] for record in records} == {
        first: "H'Lan Niê",
        third: "H'Bia Niê",
    }
    assert refusals.counts_of(workspace, left.book_id) == refusals.RefusalCounts(2, 0, 2, 2)


def test_the_same_list_is_taken_in_once_only(workspace: Workspace, left: Book) -> None:
    refusals.take_in_refusals(workspace, preview(workspace, left), IMPORTER)
    again = preview(workspace, left)
    assert again.before is not None and again.before.name == IMPORTER.name
    head = workspace.head()
    with pytest.raises(PolicyError) as told:
        refusals.take_in_refusals(workspace, again, IMPORTER)
    assert told.value.key == "incoming-refusals-again" and workspace.head() == head


def test_the_same_reasons_in_another_file_are_not_written_twice(
    workspace: Workspace, left: Book, tmp_path: Path
) -> None:
    refusals.take_in_refusals(workspace, preview(workspace, left), IMPORTER)
    rows = [("so", "quyenSo", "Lỗi"), ("1", "01/2009", "ngày sinh sai định dạng"), ("2", "1", "thiếu cha")]
    file = refusals.read_file(workspace, left.book_id, xlsx(tmp_path / "lỗi.xlsx", rows))
    found = refusals.preview_refusals(workspace, left.book_id, file)
    assert [match.known for match in found.matched] == [True, False]
    assert refusals.take_in_refusals(workspace, found, REVIEWER).refusals == 1


def test_nothing_is_written_for_somebody_who_may_not_or_when_nothing_fits(workspace: Workspace, left: Book) -> None:
    head = workspace.head()
    with pytest.raises(PolicyError) as told:
        refusals.take_in_refusals(workspace, preview(workspace, left), CLERK)
    assert told.value.key == "policy-importer-only"
    with pytest.raises(PolicyError) as told:
        refusals.take_in_refusals(workspace, preview(workspace, left, "Số 88/2009 lỗi: sai"), IMPORTER)
    assert told.value.key == "incoming-refusals-none"
    assert workspace.head() == head
    assert refusals.taken_before(workspace, left.book_id, preview(workspace, left).sha256) is None


def test_a_row_of_the_workbook_alone_is_a_guess_that_a_person_agrees_to(workspace: Workspace, left: Book) -> None:
    found = preview(workspace, left, "Dòng 3: thiếu dân tộc cha")
    (match,) = found.matched
    assert (match.record_id, match.sure) == (workspace.record_ids(left.book_id)[1], False)
    with pytest.raises(PolicyError):
        refusals.take_in_refusals(workspace, found, IMPORTER)
    assert refusals.take_in_refusals(workspace, found, IMPORTER, doubtful=True).records == 1


def test_records_are_known_by_document_and_by_name_and_date(workspace: Workspace, left: Book) -> None:
    first, second, third = workspace.record_ids(left.book_id)
    found = preview(workspace, left, "KS.2009.01.2009-03-02.02.pdf: ảnh mờ")
    assert [match.record_id for match in found.matched] == [second]
    rows = json.dumps([{"nksHoTen": NAMES[0].lower(), "date": "3/3/2009", "error": "sai quê quán"}])
    found = preview(workspace, left, rows)
    assert [(match.record_id, match.sure, match.refused.field_id) for match in found.matched] == [
        (third, True, "nksQueQuan")
    ]
    assert first != third


def test_a_reason_that_stays_by_a_word_of_the_paper_is_settled(workspace: Workspace, left: Book) -> None:
    first = workspace.record_ids(left.book_id)[0]
    refusals.take_in_refusals(workspace, preview(workspace, left), IMPORTER)
    (finding,) = [f for f in check_record(workspace, first) if f.rule_id == "importer-refused"]
    entry.accept_finding(workspace, first, finding, "Sổ gốc ghi đúng như vậy", CLERK)
    assert refusals.counts_of(workspace, left.book_id).waiting == 1


def test_the_field_that_was_refused_is_where_the_clerk_is_led(workspace: Workspace, left: Book) -> None:
    first = workspace.record_ids(left.book_id)[0]
    refusals.take_in_refusals(workspace, preview(workspace, left), IMPORTER)
    view = entry.entry_view(workspace, first)
    assert [row.field.id for row in view.rows if row.needs_look] == ["nksNgaySinh"]
    entry.confirm(workspace, first, "nksNgaySinh", "28/2/2009", CLERK)
    assert not [row for row in entry.entry_view(workspace, first).rows if row.needs_look]


def test_rows_are_those_of_the_workbook_that_left(workspace: Workspace, left: Book, tmp_path: Path) -> None:
    hand_off = HandoffOptions(accepted="Sổ gốc ghi như vậy")
    handoff(workspace, left.book_id, tmp_path / "ra", REVIEWER, options=hand_off)
    first, second, third = workspace.record_ids(left.book_id)
    review.give_back(workspace, first, "Sai", REVIEWER)
    entry.void_record(workspace, first, "Dòng thừa", CLERK)
    (match,) = preview(workspace, left, "Dòng 3: họ tên mẹ sai").matched
    assert match.record_id == second and not match.sure
    review.give_back(workspace, third, "Sai", REVIEWER)
    entry.confirm(workspace, third, "meHoTen", "H'Lan Êban", CLERK)
    approve(workspace, third)
    handoff(workspace, left.book_id, tmp_path / "ra", REVIEWER, options=msgspec.structs.replace(hand_off, since=1))
    told = preview(workspace, left, "Dòng 2: họ tên mẹ sai")
    assert not told.matched and len(told.left) == 1
