"""Questions of a clerk to the supervisor, and margin notes: what is said of a record beside its fields."""

from __future__ import annotations

from hotich import workflow
from hotich.errors import PolicyError
from hotich.pipeline.acting import act_on, draft_of, new_step
from hotich.pipeline.lookup import record_of, records_of
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import Actor, FieldState, FieldValue, MarginNote, Question, Record

NOTE_FIELD = "ghiChu"
"""The column of the national import that takes the notes of a record as one text."""
BETWEEN = "; "


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


def add_note(workspace: Workspace, record_id: str, note: MarginNote, actor: Actor) -> tuple[workflow.Action, ...]:
    """The actions that enter a margin note: its kind, date and text as written, and where it stands.

    The national import knows one text of notes: it gets what the note says, by the same key and undone with it.
    Raises PolicyError without a text."""
    record, step = record_of(workspace, record_id), new_step()
    cleaned = MarginNote(note.kind, squeeze(nfc(note.date)), _clean(note.text), note.region)
    if not cleaned.text:
        raise PolicyError("policy-reason-needed")
    texts = [text for text in (record.written(NOTE_FIELD), note_text(cleaned)) if text]
    events = (workflow.MarginNoteAdded(cleaned, step), _noted(BETWEEN.join(texts), step))
    return workspace.append(*(draft_of(record, event, actor) for event in events))


def remove_note(workspace: Workspace, record_id: str, number: int, actor: Actor) -> tuple[workflow.Action, ...]:
    """The actions that take a margin note out, of the text of notes too; it stays in the history.

    Raises PolicyError where there is none of that number."""
    record, step = record_of(workspace, record_id), new_step()
    note = next((note for note in record.margin_notes if note.number == number), None)
    if note is None:
        raise PolicyError("policy-no-note")
    left = [text for text in record.written(NOTE_FIELD).split(BETWEEN) if text != note_text(note)]
    events: list[workflow.AnyEvent] = [workflow.MarginNoteRemoved(number, step)]
    if record.written(NOTE_FIELD) != BETWEEN.join(left):
        events.append(_noted(BETWEEN.join(left), step))
    return workspace.append(*(draft_of(record, event, actor) for event in events))


def note_text(note: MarginNote) -> str:
    """What a note adds to the text of notes: its words, and its date where the words do not have it."""
    return note.text if not note.date or note.date in note.text else f"{note.date}: {note.text}"


def _noted(text: str, step: str) -> workflow.FieldsConfirmed:
    state = FieldState.VALUE if text else FieldState.BLANK
    return workflow.FieldsConfirmed((FieldValue(NOTE_FIELD, text, text, state),), step=step)


def _clean(text: str) -> str:
    return squeeze(nfc(text))
