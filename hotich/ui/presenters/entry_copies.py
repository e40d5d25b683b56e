"""Filling a record from what is known elsewhere: the record above, another person of the same record."""

from __future__ import annotations

from hotich.forms.formspec import CopyRule
from hotich.pipeline import entry as verbs
from hotich.pipeline.offers import Offered, copied, sticky_fields, toggle_sticky
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry_asides import RecordInHand
from hotich.ui.presenters.entry_moves import next_look


class EntryCopies:
    """Remembers what the clerk asked to be shown grey in the record in hand."""

    def __init__(self, desk: Desk, hand: RecordInHand) -> None:
        self._desk = desk
        self._hand = hand
        self._asked: dict[str, Offered] = {}
        self._record_id = ""

    def asked_for(self, record_id: str) -> dict[str, Offered]:
        """What was asked for in that record; another record starts afresh."""
        if record_id != self._record_id:
            self._asked, self._record_id = {}, record_id
        return self._asked

    def same_as_above(self) -> None:
        """Ctrl+D: the field says what it says in the record above."""
        row, view = self._hand.row, self._hand.view
        if row is not None and view is not None:
            desk, record_id = self._desk, view.record.record_id
            self._hand.write(
                lambda: verbs.same_as_above(desk.workspace, record_id, row.field.id, desk.actor), next_look
            )

    def shared_from_above(self) -> None:
        """Ctrl+Shift+D: all that records of a book share is as in the record above; one step to undo."""
        view, desk = self._hand.view, self._desk
        if view is not None:
            self._hand.write(
                lambda: verbs.shared_from_above(desk.workspace, view.record.record_id, desk.actor), next_look
            )

    def copies(self) -> tuple[CopyRule, ...]:
        """From whose block the block of the person in hand may be copied."""
        row, view = self._hand.row, self._hand.view
        if row is None or view is None:
            return ()
        return tuple(rule for rule in view.spec.copies if rule.to == row.field.person)

    def copy_person(self, rule: CopyRule) -> None:
        """Show the fields of that person grey in the block in hand; each is accepted like any suggestion."""
        view = self._hand.view
        if view is not None:
            self._asked = {**self._asked, **copied(view.record, view.spec, rule)}
            self._hand.show_again()

    def toggle_sticky(self) -> None:
        """Ctrl+K: let the value of the field stay from record to record in this book, or no longer."""
        row, view, desk = self._hand.row, self._hand.view, self._desk
        if row is None or view is None:
            return
        book_id, field_id = view.book.book_id, row.field.id
        if desk.attempt(lambda: toggle_sticky(desk.workspace, book_id, field_id)):
            stays = field_id in sticky_fields(desk.workspace, book_id, view.spec)
            desk.shell.note(desk.say("ui-stays" if stays else "ui-stays-no-longer", label=row.label))
