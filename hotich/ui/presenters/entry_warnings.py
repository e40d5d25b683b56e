"""What the rules say of a record, taken or left standing by a person with a reason."""

from __future__ import annotations

from hotich.pipeline import entry as verbs
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry_asides import RecordInHand, is_allowed
from hotich.ui.presenters.entry_moves import next_look
from hotich.values import Finding, Severity
from hotich.workflow import FindingAccepted


class EntryWarnings:
    """Works on the field in hand."""

    def __init__(self, desk: Desk, hand: RecordInHand) -> None:
        self._desk = desk
        self._hand = hand

    def accept(self) -> None:
        """Accept what looks unlikely, or let the warning of the field stand; for a reason."""
        row, view = self._hand.row, self._hand.view
        if view is None:
            return
        unlikely = row is not None and row.has_suggestion and row.foreseen
        found = row.foreseen[0] if row is not None and unlikely else _open_warning(view, row)
        if found is None:
            self._desk.shell.note(self._desk.say("ui-no-warning"))
            return
        if not is_allowed(self._desk, view, FindingAccepted(found.rule_id, found.fields, "")):
            return
        question = self._desk.say("ui-why-accept", message=found.message)
        if row is not None and unlikely:
            self._desk.shell.ask_reason(question, lambda reason: self._accept_unlikely(view, row, reason))
        else:
            self._desk.shell.ask_reason(question, lambda reason: self._let_stand(view, found, reason))

    def _accept_unlikely(self, view: EntryView, row: FieldRow, reason: str) -> None:
        desk = self._desk
        self._hand.write(lambda: verbs.accept_unlikely(desk.workspace, view, row, reason, desk.actor), next_look)

    def _let_stand(self, view: EntryView, found: Finding, reason: str) -> None:
        desk, record_id = self._desk, view.record.record_id
        self._hand.write(lambda: verbs.accept_finding(desk.workspace, record_id, found, reason, desk.actor))


def _open_warning(view: EntryView, row: FieldRow | None) -> Finding | None:
    """The first warning of the field, or of the whole record, that a reason may let stand."""
    findings = row.findings if row is not None else view.findings
    lets = (f for f in findings if f.overridable and not f.accepted_reason and f.severity is not Severity.NOTE)
    return next(lets, None)
