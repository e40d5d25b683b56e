"""A birth that was approved, with a note in its margin, and extracts of it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from hotich.export.trust.known import Trust
from hotich.pipeline.extracts import (
    ExtractOrder,
    Issued,
    Office,
    hand_out,
    issue,
)
from hotich.signing import SigningKey, own_key
from hotich.store import Workspace
from hotich.values import FieldState, FieldValue, MarginNote, NoteKind
from hotich.workflow import Approved, Draft, FieldsConfirmed, MarginNoteAdded, Submitted
from tests.pipeline.conftest import CLERK, REVIEWER

TODAY = date(2026, 11, 22)
NOBODY = Trust()
VALUES = {
    "so": ("5", "05/2009"),
    "ngayDangKy": ("5/3/2009", "05.03.2009"),
    "noiDangKy": ("UBND xã Tân Lập", "UBND xã Tân Lập"),
    "nksHoTen": ("H'Hen Niê", "H'Hen Niê"),
    "nksGioiTinh": ("gái", "2"),
    "nksNgaySinh": ("1.3.2009", "01.03.2009"),
    "nksNoiSinh": ("nt", "Trạm xá xã Ea Tu"),
    "nksDanToc": ("Ê Đê", "Ê Đê"),
    "meHoTen": ("H'Lan Niê", "H'Lan Niê"),
    "meNgaySinh": ("28 tuổi", "1981"),
    "chaHoTen": ("Y Moan Êban", "Y Moan Êban"),
    "chaNgaySinh": ("năm Mậu Thân", ""),
    "ghiChu": ("Đăng ký quá hạn", "Đăng ký quá hạn"),
}


@pytest.fixture
def key(tmp_path: Path) -> SigningKey:
    return own_key(tmp_path / "khóa")


def approve(workspace: Workspace, record_id: str, **states: FieldState) -> None:
    """Confirms the values of a birth, with a note in the margin, and approves it."""
    record = workspace.record(record_id)
    assert record is not None
    values = [FieldValue(name, written, normal) for name, (written, normal) in VALUES.items()]
    values += [FieldValue(name, "", "", state) for name, state in states.items()]
    note = MarginNote(NoteKind.CORRECTION, "12/5/2015", "Cải chính họ mẹ theo QĐ số 12")
    for event, actor in (
        (FieldsConfirmed(tuple(values)), CLERK),
        (MarginNoteAdded(note), CLERK),
        (Submitted(), CLERK),
        (Approved(), REVIEWER),
    ):
        workspace.append(Draft(record.book_id, event, actor, record_id=record_id))


@pytest.fixture
def approved(workspace: Workspace, record_id: str) -> str:
    approve(workspace, record_id, chaDanToc=FieldState.UNREADABLE, meDanToc=FieldState.BLANK)
    return record_id


@pytest.fixture
def order(approved: str) -> ExtractOrder:
    office = Office("UBND phường Tân Lập", "Tân Lập", "Lê Thị Mai", "CHỦ TỊCH")
    return ExtractOrder(approved, "Y Moan Êban", "nhập học", 2, office)


@pytest.fixture
def issued(workspace: Workspace, order: ExtractOrder, key: SigningKey) -> Issued:
    return issue(workspace, order, CLERK, key, TODAY)


@pytest.fixture
def file(issued: Issued, tmp_path: Path) -> Path:
    return hand_out(issued, tmp_path / "trích lục.pdf")
