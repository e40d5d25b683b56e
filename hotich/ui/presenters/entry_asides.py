"""What is done to a record beside its fields: questions, margin notes, and finding another record."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from hotich.permission import require
from hotich.pipeline.asking import NOTE_FIELD, add_note, ask, remove_note
from hotich.pipeline.entry import EntryView, FieldRow
from hotich.pipeline.finding import EntryLine
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry_moves import Step
from hotich.ui.presenters.record_finder import RecordFinder
from hotich.values import MarginNote, NoteKind, Region
from hotich.workflow import AnyEvent, QuestionAsked


class RecordInHand(Protocol):
    """The presenter of the entry screen, as far as it is needed here."""

    @property
    def view(self) -> EntryView | None: ...

    @property
    def row(self) -> FieldRow | None: ...

    def write(self, act: Callable[[], object], way: Step = ...) -> bool: ...

    def show_again(self) -> None: ...

    def open(self, record_id: str, field_id: str = "") -> None: ...


def is_allowed(desk: Desk, view: EntryView, event: AnyEvent) -> bool:
    """Whether the person may do this to the record as it is now; a refusal has been told.

    Asked before a sentence is asked for, so that nobody writes one in vain."""
    return desk.attempt(lambda: require(desk.actor, event, desk.workspace.record(view.record.record_id)))


class EntryAsides:
    """Works on whatever record is in hand."""

    def __init__(self, desk: Desk, hand: RecordInHand) -> None:
        self._desk = desk
        self._hand = hand
        self.finder = RecordFinder(desk)

    def ask(self) -> None:
        """Ctrl+H: hold the record with a question at the field in hand."""
        view, row, desk = self._hand.view, self._hand.row, self._desk
        if view is None:
            return
        field_id, label = (row.field.id, row.label.strip(" :")) if row is not None else ("", "")
        record_id = view.record.record_id
        question = desk.say("ui-what-to-ask", label=label) if label else desk.say("ui-what-to-ask-of-all")
        if not is_allowed(desk, view, QuestionAsked(field_id, question)):
            return

        def asked(text: str) -> None:
            if self._hand.write(lambda: ask(desk.workspace, record_id, field_id, text, desk.actor)):
                desk.shell.note(desk.say("ui-held"))

        desk.shell.ask_reason(question, asked)

    def add_note(self, kind: NoteKind, date: str, text: str) -> bool:
        """Whether a margin note was entered, at the place where the form has room for notes; a refusal is told."""
        view, desk = self._hand.view, self._desk
        if view is None:
            return False
        note = MarginNote(kind, date, text, self._note_region(view))
        return self._hand.write(lambda: add_note(desk.workspace, view.record.record_id, note, desk.actor))

    def remove_note(self, number: int) -> None:
        """Take a margin note out."""
        view, desk = self._hand.view, self._desk
        if view is not None:
            self._hand.write(lambda: remove_note(desk.workspace, view.record.record_id, number, desk.actor))

    def open(self, line: EntryLine) -> None:
        """Take that record in hand."""
        self._hand.open(line.record_id)

    def _note_region(self, view: EntryView) -> Region | None:
        """Where the notes of the record stand, or the field in hand if it was one of them."""
        row = self._hand.row
        if row is not None and row.region is not None and row.field.id == NOTE_FIELD:
            return row.region
        return next((row.region for row in view.rows if row.field.id == NOTE_FIELD), None)
