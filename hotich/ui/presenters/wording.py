"""The short words for types, states and kinds, in the language of the window."""

from __future__ import annotations

from datetime import datetime

from hotich.messages import Language, sentence
from hotich.pipeline.entry import EntryView
from hotich.pipeline.entry_view import FieldStatus
from hotich.ui.presenters.desk import Desk
from hotich.values import MarginNote, RecordType, Role, Severity, Status


def of_type(kind: RecordType, language: Language) -> str:
    """Name of a register, such as "Khai sinh"."""
    return sentence(f"ui-type-{kind.value}", language=language)


def of_status(status: Status, language: Language) -> str:
    """Name of a record's state."""
    return sentence(f"ui-status-{status.value}", language=language)


def of_role(role: Role, language: Language) -> str:
    """Name of a role."""
    return sentence(f"ui-role-{role.value}", language=language)


def of_severity(severity: Severity, language: Language) -> str:
    """How grave a finding is."""
    return sentence(f"ui-severity-{severity.value}", language=language)


def of_share(share: float, language: Language) -> str:
    """A share of one as a percentage with at most one place: 99,5 %."""
    text = f"{round(share * 100, 1):g}"
    return f"{text.replace('.', ',') if language is Language.VIETNAMESE else text} %"


def record_remarks(view: EntryView, desk: Desk) -> list[str]:
    """What was said of the record beside its fields: questions about the whole of it, margin notes."""
    lines = []
    for question in view.record.questions:
        if not question.field_id:
            lines.append(desk.say("ui-asked", who=question.asked_by.name, text=question.text))
            if question.answer and question.answered_by is not None:
                lines.append(desk.say("ui-answered", who=question.answered_by.name, text=question.answer))
    return lines + [note_line(note, desk.language) for note in view.record.margin_notes]


def note_line(note: MarginNote, language: Language) -> str:
    """A margin note as one line: kind, date, text."""
    kind = sentence(f"ui-note-{note.kind.value}", language=language)
    return " – ".join(part for part in (f"✎ {kind}", note.date, note.text) if part)


SIGNS: dict[Severity, str] = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.NOTE: "●"}
"""A shape for each severity, so that nobody depends on colour."""

MARKS: dict[FieldStatus, str] = {
    FieldStatus.EMPTY: "",
    FieldStatus.SUGGESTED: "○",
    FieldStatus.DOUBTFUL: "?",
    FieldStatus.CONFIRMED: "✓",
    FieldStatus.BLANK: "—",
    FieldStatus.UNREADABLE: "×",
}
"""A shape for each state; the colour only repeats it."""


def local_time(at: str) -> str:
    """A moment as the clock on the wall shows it, day first; `at` is ISO 8601 and comes back where it is not."""
    try:
        return f"{datetime.fromisoformat(at).astimezone():%d/%m/%Y %H:%M}"
    except ValueError:
        return at


def no_entries(desk: Desk) -> str:
    """Why the register in hand shows no record, and what to do about it."""
    has_pages = bool(desk.book_id) and bool(desk.workspace.pages(desk.book_id))
    return desk.say("ui-no-entries-yet" if has_pages else "ui-no-entries")
