"""What happens to records beyond the office: refused by the importer, keyed earlier elsewhere, copied for somebody."""

from __future__ import annotations

import pytest

from hotich.errors import PolicyError
from hotich.values import MACHINE, ImportedText, Status
from hotich.workflow import REFUSED, Approved, ExtractPrinted, FindingAccepted, Refused, RowImported, Submitted
from tests.core.test_workflow import LAN, MAI, NHAP, History, refusal, refused


@pytest.fixture
def history() -> History:
    return History()


def approved(history: History) -> History:
    history.confirm(LAN, "Trần Thị Bưởi")
    history.do(LAN, Submitted())
    history.do(MAI, Approved())
    return history


def test_what_the_importer_refuses_is_open_again_and_waits_for_the_field(history: History) -> None:
    number = approved(history).do(NHAP, refused())
    record = history.record
    assert (record.status, record.return_reason, record.approved_by) == (Status.RETURNED, "Sai họ tên", "")
    assert [(r.number, r.code, r.settled) for r in record.refusals] == [(number, "E07", False)]
    history.confirm(LAN, "Trần Thị Bười")
    assert [r.settled for r in history.record.refusals] == [True]


def test_another_field_settles_no_refusal(history: History) -> None:
    approved(history).do(NHAP, refused("nksNgaySinh"))
    history.confirm(LAN, "Trần Thị Bười")
    assert not history.record.refusals[0].settled


def test_a_refusal_is_settled_by_saying_why_the_paper_is_right(history: History) -> None:
    approved(history).do(NHAP, refused())
    history.do(LAN, FindingAccepted("another-rule", ("nksHoTen",), "sổ ghi như vậy"))
    assert not history.record.refusals[0].settled
    history.do(LAN, FindingAccepted(REFUSED, ("nksHoTen",), "sổ ghi như vậy"))
    assert history.record.refusals[0].settled


def test_a_refusal_of_the_whole_record_is_settled_by_handing_over_again(history: History) -> None:
    approved(history).do(NHAP, refused(""))
    assert not history.record.refusals[0].settled
    history.do(LAN, Submitted())
    assert history.record.refusals[0].settled


def test_a_correction_taken_back_leaves_the_refusal_open(history: History) -> None:
    approved(history).do(NHAP, refused())
    history.confirm(LAN, "Trần Thị Bười")
    history.undo(LAN)
    assert (history.name, history.record.refusals[0].settled) == ("Trần Thị Bưởi", False)


def test_nothing_from_before_a_refusal_is_taken_back(history: History) -> None:
    approved(history).do(NHAP, refused())
    with pytest.raises(PolicyError) as caught:
        history.undo(LAN)
    assert caught.value.key == "policy-undo-before-return"


def test_only_importers_and_reviewers_bring_refusals_and_only_with_words(history: History) -> None:
    approved(history)
    assert refusal(history, LAN, refused()) == "policy-importer-only"
    assert refusal(history, NHAP, refused(text=" ")) == "policy-reason-needed"
    assert refusal(history, NHAP, Refused(())) == "policy-reason-needed"


def test_an_imported_row_is_a_suggestion_that_makes_nobody_an_editor(history: History) -> None:
    row = RowImported((ImportedText("nksHoTen", "Trần Thị Bưởi", "Trần Thị Bưởi", "cu.xls", 7),))
    history.do(LAN, row)
    entry = history.record.fields["nksHoTen"]
    assert entry.value is None and entry.imported == row.values[0] and history.record.editors == frozenset()
    assert refusal(history, MACHINE, row) == "policy-machine-confirms-nothing"
    assert refusal(approved(history), LAN, row) == "policy-record-is-approved"


def test_an_extract_is_made_of_what_was_approved_and_for_somebody(history: History) -> None:
    printed = ExtractPrinted("12/2026", "a" * 64, "Trần Thị Bưởi")
    assert refusal(history, LAN, printed) == "policy-not-approved"
    before = approved(history).record
    history.do(LAN, printed)
    assert history.record == before
    assert refusal(history, LAN, ExtractPrinted("13/2026", "a" * 64, " ")) == "policy-reason-needed"
