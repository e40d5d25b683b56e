"""Questions of a clerk to the supervisor, and margin notes: what is said of a record beside its fields."""

from __future__ import annotations

from hotich import workflow
from hotich.pipeline.acting import act_on
from hotich.pipeline.lookup import record_of, records_of
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import Actor, MarginNote, Question, Record


def ask(workspace: Workspace, record_id: str, field_id: str, text: str, actor: Actor) -> workflow.Action:
    """The action that holds the record with a question about a field ('' for the whole record).

    Raises PolicyError without a text."""
    return act_on(workspace, record_of(workspace, record_id), workflow.QuestionAsked(field_id, _clean(text)), actor)


def answer(workspace: Workspace, record_id: str, number: int, text: str, actor: Actor) -> workflow.Action:
    """The action that answers the question of that number; only a supervisor may. Raises PolicyError."""
    return act_on(workspace, record_of(workspace, record_id), workflow.QuestionAnswered(number, _clean(text)), actor)


def asking_records(workspace: Workspace, book_id: str) -> tuple[Record, ...]:
    """The records of a book that wait for an answer, in page order."""
    return tuple(record for record in records_of(workspace, book_id) if record.held)


def open_questions(record: Record) -> tuple[Question, ...]:
    """The questions of a record without an answer, the oldest first."""
    return tuple(question for question in record.questions if not question.answer)


def add_note(workspace: Workspace, record_id: str, note: MarginNote, actor: Actor) -> workflow.Action:
    """The action that enters a margin note: its kind, date and text as written, and where it stands.

    Raises PolicyError without a text."""
    cleaned = MarginNote(note.kind, squeeze(nfc(note.date)), _clean(note.text), note.region)
    return act_on(workspace, record_of(workspace, record_id), workflow.MarginNoteAdded(cleaned), actor)


def remove_note(workspace: Workspace, record_id: str, number: int, actor: Actor) -> workflow.Action:
    """The action that takes a margin note out; it stays in the history."""
    return act_on(workspace, record_of(workspace, record_id), workflow.MarginNoteRemoved(number), actor)


def _clean(text: str) -> str:
    return squeeze(nfc(text))
