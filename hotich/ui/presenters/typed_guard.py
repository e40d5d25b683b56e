"""What Enter does not do: keep what the rules speak against or what changed unseen; hand over what came back as it was.

Anything typed against the rules is kept, and a returned record handed over unchanged, at the second Enter."""

from __future__ import annotations

from hotich.pipeline import entry as verbs
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.ui.keys import named
from hotich.ui.presenters.desk import Desk
from hotich.values import Finding

EMPTY = "required-empty"
"""The rule for fields that the import cannot do without."""


class TypedGuard:
    """Says why not, or ''. It remembers the text and the record that were warned of last, for the second Enter."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._warned = ("", "", "")
        self._returned = ""

    def against_suggestion(self, view: EntryView | None, row: FieldRow) -> str:
        """What speaks against taking the suggestion of the row as it is shown."""
        desk = self._desk
        if view is not None and not verbs.is_as_shown(desk.workspace, view, row):
            fresh = verbs.entry_view(desk.workspace, view.record.record_id).row(row.field.id)
            return desk.say("policy-suggestion-changed", label=_label(row), now=fresh.text)
        return self._unlikely(row) if row.foreseen else ""

    def against_retyped(self, view: EntryView, row: FieldRow, text: str) -> str:
        """What speaks against a typed text that is but the refused suggestion: it is no likelier for being retyped."""
        if not row.foreseen or not verbs.is_suggestion(self._desk.workspace, view, row, text):
            return ""
        return self._unlikely(row) if self._found(view, row, text) else ""

    def against_typed(self, view: EntryView, row: FieldRow, text: str) -> str:
        """What speaks against keeping a typed text at this Enter."""
        if refusal := self.against_retyped(view, row, text):
            return refusal
        told = (view.record.record_id, row.field.id, text)
        found = self._found(view, row, text) if told != self._warned else ()
        self._warned = told if found else ("", "", "")
        if not found:
            return ""
        facts = {"label": _label(row), "message": self._message(found, text), "keys": named("accept")}
        return self._desk.say("policy-typed-unlikely", **facts)

    def against_hand_over(self, view: EntryView) -> str:
        """What speaks against handing the record over this first time: it came back, and nothing was done about it."""
        record = view.record
        untouched = record.record_id != self._returned and verbs.came_back_untouched(self._desk.workspace, record)
        self._returned = record.record_id if untouched else ""
        return self._desk.say("ui-untouched-return", reason=record.return_reason) if untouched else ""

    def _message(self, found: tuple[Finding, ...], text: str) -> str:
        """What is wrong with the text; to the rules a text of which nothing is understood is an empty field."""
        told = next((finding.message for finding in found if finding.rule_id != EMPTY), "")
        return told or self._desk.say("policy-not-understood", text=text)

    def _found(self, view: EntryView, row: FieldRow, text: str) -> tuple[Finding, ...]:
        return verbs.speaks_against(self._desk.workspace, view, row, text, self._desk.language)

    def _unlikely(self, row: FieldRow) -> str:
        return self._desk.say("policy-looks-unlikely", label=_label(row), message=row.foreseen[0].message)


def _label(row: FieldRow) -> str:
    return row.label.strip(" :")
