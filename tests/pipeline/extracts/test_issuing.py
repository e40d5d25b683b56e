"""Extracts: what they say of a record, and the log that comes before the paper."""

from __future__ import annotations

import hashlib
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pypdfium2
import pytest

from hotich.errors import InputError, PolicyError, SetupError
from hotich.export.extract import unseal
from hotich.pipeline.extracts import (
    ExtractOrder,
    Office,
    hand_out,
    issue,
    keep_office,
    log_of_prints,
    next_serial,
    office_of,
    preview,
    print_of,
)
from hotich.pipeline.opening import open_record
from hotich.signing import SigningKey
from hotich.store import Workspace
from hotich.values import Actor, Book, Role, Status
from hotich.workflow import Draft, Returned
from tests.pipeline.conftest import CLERK, REVIEWER
from tests.pipeline.extracts.conftest import TODAY, approve


def text_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    try:
        return " ".join(" ".join(page.get_textpage().get_text_range() for page in document).split())
    finally:
        document.close()


def test_the_sheet_says_what_the_register_says(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    text = text_of(issue(workspace, order, CLERK, key, TODAY).data)
    for part in (
        "Số: 0001/2026", "Tân Lập, ngày 22 tháng 11 năm 2026", "TRÍCH LỤC KHAI SINH (BẢN SAO)",
        "Họ, chữ đệm, tên: H'Hen Niê", "Ngày, tháng, năm sinh: 01/03/2009", "Giới tính: Nữ",
        "Ghi bằng chữ: Ngày một tháng ba năm hai nghìn không trăm linh chín", "Nơi sinh: Trạm xá xã Ea Tu",
        "Năm sinh: 1981 (sổ ghi: 28 tuổi)", "Năm sinh: năm Mậu Thân", "Số: 05/2009", "Quyển số: 01/2009",
        "Ngày, tháng, năm đăng ký: 05/03/2009", "Đăng ký tại: UBND xã Tân Lập", "Đăng ký quá hạn",
        "12/5/2015: Cải chính họ mẹ theo QĐ số 12", "Cấp cho: Y Moan Êban", "Mục đích: nhập học",
        "(trong sổ không đọc được)", "(trong sổ để trống)", "CHỦ TỊCH", "ẢNH CHỤP MỤC SỔ",
    ):  # fmt: skip
        assert part in text, part


def test_the_picture_of_the_entry_comes_along_or_not(
    workspace: Workspace, order: ExtractOrder, key: SigningKey
) -> None:
    with_picture = issue(workspace, order, CLERK, key, TODAY)
    (fact,) = with_picture.content.pictures
    assert hashlib.sha256(unseal(with_picture.data).pictures[fact.sha256]).hexdigest() == fact.sha256
    plain = ExtractOrder(order.record_id, "Y Moan", pictures=False)
    assert issue(workspace, plain, CLERK, key, TODAY).content.pictures == ()


def test_it_is_in_the_log_before_anybody_holds_it(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    issued = issue(workspace, order, CLERK, key, TODAY)
    (line,) = log_of_prints(workspace)
    assert (line.serial, line.by, line.copies, line.number) == ("0001/2026", CLERK.name, 2, "05/2009")
    assert line.recipient == "Y Moan Êban – nhập học"
    assert line.sha256 == hashlib.sha256(issued.data).hexdigest() == issued.sha256
    assert workspace.verify() == ()


def test_serials_count_on_within_a_year(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    made = [issue(workspace, order, CLERK, key, day).serial for day in (TODAY, TODAY, date(2027, 1, 2), TODAY)]
    assert made == ["0001/2026", "0002/2026", "0001/2027", "0003/2026"]
    assert [line.serial for line in log_of_prints(workspace)] == made[::-1]
    assert next_serial(workspace, 2027) == "0002/2027"


def test_two_at_once_get_two_serials(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    with ThreadPoolExecutor(4) as pool:
        serials = list(pool.map(lambda _: issue(workspace, order, CLERK, key, TODAY).serial, range(6)))
    assert sorted(serials) == [f"{number:04}/2026" for number in range(1, 7)]


def test_only_what_was_approved_and_for_somebody(workspace: Workspace, page_id: str, key: SigningKey) -> None:
    record_id = open_record(workspace, page_id, 0, "KS-2006", CLERK)
    for way in (
        lambda: issue(workspace, ExtractOrder(record_id, "Lan"), CLERK, key, TODAY),
        lambda: preview(workspace, ExtractOrder(record_id, "Lan"), TODAY),
    ):
        with pytest.raises(PolicyError, match="policy-not-approved"):
            way()
    approve(workspace, record_id)
    for order, why in (
        (ExtractOrder(record_id, "  "), "extract-no-recipient"),
        (ExtractOrder(record_id, "Lan", copies=0), "extract-copies"),
        (ExtractOrder(record_id, "Lan", copies=99), "extract-copies"),
        (ExtractOrder("nobody", "Lan"), "policy-no-record"),
    ):
        with pytest.raises(PolicyError, match=why):
            issue(workspace, order, CLERK, key, TODAY)
    with pytest.raises(PolicyError):
        issue(workspace, ExtractOrder(record_id, "Lan"), Actor("hotich", Role.MACHINE), key, TODAY)
    assert log_of_prints(workspace) == ()


def test_an_original_that_is_gone_issues_nothing(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    for file in (workspace.folder / "originals").glob("??/*"):
        file.unlink()
    with pytest.raises(InputError):
        issue(workspace, order, CLERK, key, TODAY)
    assert log_of_prints(workspace) == ()
    plain = ExtractOrder(order.record_id, order.recipient, pictures=False)
    assert issue(workspace, plain, CLERK, key, TODAY).serial == "0001/2026"


def test_a_preview_is_neither_numbered_nor_logged(workspace: Workspace, order: ExtractOrder) -> None:
    text = text_of(preview(workspace, order, TODAY))
    assert "XEM TRƯỚC" in text and "0001/2026" not in text
    assert log_of_prints(workspace) == ()


def test_the_log_survives_and_cannot_be_taken_back(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    issue(workspace, order, CLERK, key, TODAY)
    record = workspace.record(order.record_id)
    assert record is not None
    with pytest.raises(PolicyError, match="policy-record-is-approved"):
        workspace.undo(CLERK, record.book_id)
    assert len(log_of_prints(workspace)) == 1


def test_the_file_never_covers_another(
    workspace: Workspace, order: ExtractOrder, key: SigningKey, tmp_path: Path
) -> None:
    first = hand_out(issue(workspace, order, CLERK, key, TODAY), tmp_path / "ra" / "Trích lục.pdf")
    second = hand_out(issue(workspace, order, CLERK, key, TODAY), tmp_path / "ra" / "Trích lục.pdf")
    assert first.name == "Trích lục.pdf" and second != first
    (tmp_path / "tệp").write_bytes(b"")
    with pytest.raises(SetupError, match="extract-not-written"):
        hand_out(issue(workspace, order, CLERK, key, TODAY), tmp_path / "tệp" / "a.pdf")


def test_who_issues_is_remembered(workspace: Workspace, book: Book) -> None:
    assert office_of(workspace, book) == Office(issuer="UBND xã Tân Lập")
    keep_office(workspace, Office("UBND phường", "Hà Nội", "Lan", "PHÓ CHỦ TỊCH"))
    assert office_of(workspace, book).signer_office == "PHÓ CHỦ TỊCH"


def test_a_line_of_the_log_is_found_by_its_serial(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    for _ in range(3):
        issue(workspace, order, CLERK, key, TODAY)
    line = print_of(workspace, "0002/2026")
    assert line is not None and line.serial == "0002/2026"
    assert print_of(workspace, "0009/2026") is None
    assert print_of(workspace, "lung tung") is None


def test_a_returned_record_gets_no_more_extracts(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> None:
    record = workspace.record(order.record_id)
    assert record is not None and record.status is Status.APPROVED
    workspace.append(Draft(record.book_id, Returned("xem lại"), REVIEWER, record_id=order.record_id))
    with pytest.raises(PolicyError, match="policy-not-approved"):
        issue(workspace, order, CLERK, key, TODAY)
