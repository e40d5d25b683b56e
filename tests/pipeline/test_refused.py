"""What the importer refused stands as a finding at its field until somebody has looked."""

from __future__ import annotations

from hotich.pipeline import entry
from hotich.pipeline.acting import act_on
from hotich.pipeline.checking import check_record
from hotich.pipeline.review import approve
from hotich.values import Actor, Refusal, Role, Severity, Status
from hotich.workflow import REFUSED, Refused
from tests.pipeline.conftest import CLERK, REVIEWER
from tests.pipeline.test_entry import fill, record_now

IMPORTER = Actor("Phạm Văn Nhập", Role.IMPORTER)


def refuse(workspace, record_id, field_id, text):
    event = Refused((Refusal(field_id, text, "tra-lai.xlsx"),))
    act_on(workspace, record_now(workspace, record_id), event, IMPORTER)


def told(workspace, record_id):
    return [f for f in check_record(workspace, record_id) if f.rule_id == REFUSED]


def test_a_refusal_reopens_an_approved_record_and_is_told_at_its_field(workspace, record_id):
    fill(workspace, record_id)
    entry.submit(workspace, record_id, CLERK)
    approve(workspace, record_id, REVIEWER)
    refuse(workspace, record_id, "nksHoTen", "thiếu dấu")
    assert record_now(workspace, record_id).status is Status.RETURNED
    (finding,) = told(workspace, record_id)
    assert (finding.fields, finding.severity, finding.overridable) == (("nksHoTen",), Severity.WARNING, True)
    assert "thiếu dấu" in finding.message
    entry.confirm(workspace, record_id, "nksHoTen", "Trần Thị Bười", CLERK)
    assert not told(workspace, record_id)


def test_a_refusal_may_stand_with_a_reason(workspace, record_id):
    fill(workspace, record_id)
    refuse(workspace, record_id, "nksHoTen", "tên lạ")
    entry.accept_finding(workspace, record_id, told(workspace, record_id)[0], "sổ ghi như vậy", CLERK)
    assert not told(workspace, record_id)


def test_the_index_made_again_from_the_actions_knows_refusals(workspace, record_id):
    refuse(workspace, record_id, "", "trùng với bản ghi khác")
    before = record_now(workspace, record_id)
    workspace.rebuild()
    assert record_now(workspace, record_id) == before and before.refusals
    assert not workspace.verify()
