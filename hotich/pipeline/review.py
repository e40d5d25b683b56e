"""What the reviewer does: approve or return. Four eyes are kept by `workflow`, whoever calls."""

from __future__ import annotations

from hotich import workflow
from hotich.errors import PolicyError
from hotich.messages import Language
from hotich.pipeline.acting import act_on
from hotich.pipeline.checking import check_folded
from hotich.pipeline.lookup import book_of, record_of, records_of
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import Actor, Record, Severity, Status


def queue(workspace: Workspace, book_id: str) -> tuple[Record, ...]:
    """The records of a book that wait for a reviewer, in the order of its pages."""
    return tuple(records_of(workspace, book_id, Status.SUBMITTED))


def approve(
    workspace: Workspace, record_id: str, actor: Actor, *, language: Language = Language.VIETNAMESE
) -> workflow.Action:
    """The approving action. Raises PolicyError for one's own work, a record not handed over, or one with errors."""
    record = record_of(workspace, record_id)
    findings = check_folded(record, book_of(workspace, record.book_id), language)
    if errors := [finding for finding in findings if finding.severity is Severity.ERROR]:
        raise PolicyError("policy-errors-open", count=len(errors), messages=errors[0].message)
    return act_on(workspace, record, workflow.Approved(), actor)


def give_back(workspace: Workspace, record_id: str, reason: str, actor: Actor) -> workflow.Action:
    """The action that returns a record to its clerk. Raises PolicyError without a reason."""
    return act_on(workspace, record_of(workspace, record_id), workflow.Returned(squeeze(nfc(reason))), actor)
