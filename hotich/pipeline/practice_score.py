"""What somebody entered in a practice book, beside the known answers. Told to that person only; nothing is kept."""

from __future__ import annotations

import msgspec

from hotich.forms.loader import load_catalogue
from hotich.pipeline.lookup import records_of
from hotich.pipeline.practice import known_answers
from hotich.pipeline.practice_truth import TrueField, Truth
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import FieldState, FieldValue, Origin, Record


class Slip(msgspec.Struct, frozen=True):
    """A field that says something else than the paper. `accepted` when the machine's reading was taken as it was."""

    record_id: str
    field_id: str
    entered: str
    on_paper: str
    accepted: bool


class PracticeScore(msgspec.Struct, frozen=True):
    """How many fields with a known answer were confirmed, how many of them say what the paper says, and the slips."""

    fields: int = 0
    right: int = 0
    slips: tuple[Slip, ...] = ()

    @property
    def blind(self) -> int:
        """Wrong readings that were accepted as they were: what looking at the picture would have stopped."""
        return sum(slip.accepted for slip in self.slips)


def score_of(workspace: Workspace, book_id: str, truth: Truth, name: str) -> PracticeScore:
    """Return the score of what that person confirmed in the book so far.

    A field is right when its letters as written are those on the paper (NFC, single spaces), or when both lead to the
    same normal form; a blank or unreadable field when it was called so.
    """
    row = workspace.book(book_id)
    if row is None:
        return PracticeScore()
    answers = known_answers(workspace, row.book, truth)
    fields, slips = 0, []
    for record in records_of(workspace, book_id):
        known = answers.get(record.record_id)
        for field_id, true in known.fields.items() if known is not None else ():
            value = _value_of(record, field_id, name)
            if value is None:
                continue
            fields += 1
            if not says_the_same(value, true):
                accepted = value.origin is Origin.READING
                slips.append(Slip(record.record_id, field_id, _told(value), _true_told(true), accepted))
    return PracticeScore(fields, fields - len(slips), tuple(slips))


def says_the_same(value: FieldValue, truth: TrueField) -> bool:
    """Whether a confirmed value says what the paper says."""
    if value.state is not truth.state:
        return False
    if truth.state is not FieldState.VALUE:
        return True
    same_letters = squeeze(nfc(value.as_written)) == squeeze(nfc(truth.written))
    return same_letters or bool(truth.normal and value.normal == truth.normal)


def field_name(record: Record, field_id: str, *, english: bool = False) -> str:
    """The label of a field of that record."""
    catalogue = load_catalogue()
    return catalogue.records[catalogue.forms[record.form_id].record_type].field(field_id).name(english)


def _value_of(record: Record, field_id: str, name: str) -> FieldValue | None:
    entry = record.fields.get(field_id)
    if entry is None or entry.value is None or entry.actor is None or entry.actor.name != name:
        return None
    return entry.value


def _told(value: FieldValue) -> str:
    return value.as_written if value.state is FieldState.VALUE else f"({value.state.value})"


def _true_told(truth: TrueField) -> str:
    return truth.written if truth.state is FieldState.VALUE else f"({truth.state.value})"
