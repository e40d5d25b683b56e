"""Questions to the supervisor and margin notes."""

from __future__ import annotations

import pytest

from hotich.errors import PolicyError
from hotich.pipeline import entry
from hotich.pipeline.asking import add_note, answer, ask, asking_records, open_questions, remove_note
from hotich.values import MarginNote, NoteKind
from tests.pipeline.conftest import CLERK, REVIEWER
from tests.pipeline.test_entry import fill, record_now


def test_a_question_holds_the_record_until_it_is_answered(workspace, record_id):
    fill(workspace, record_id)
    ask(workspace, record_id, "chaHoTen", " Chữ này là  Y Moan?", CLERK)
    record = record_now(workspace, record_id)
    assert record.held and [r.record_id for r in asking_records(workspace, record.book_id)] == [record_id]
    with pytest.raises(PolicyError, match="policy-record-is-held"):
        entry.submit(workspace, record_id, CLERK)
    question = open_questions(record)[0]
    assert (question.field_id, question.text, question.asked_by) == ("chaHoTen", "Chữ này là Y Moan?", CLERK)
    answer(workspace, record_id, question.number, "Đúng", REVIEWER)
    shown = entry.entry_view(workspace, record_id).row("chaHoTen").question
    assert (shown.answer, shown.answered_by) == ("Đúng", REVIEWER)
    entry.submit(workspace, record_id, CLERK)
    assert not record_now(workspace, record_id).held


def test_only_a_supervisor_answers_and_only_what_was_asked(workspace, record_id):
    action = ask(workspace, record_id, "", "Có phải bản ghi này bị gạch?", CLERK)
    with pytest.raises(PolicyError, match="policy-supervisor-only"):
        answer(workspace, record_id, action.action_id, "Không", CLERK)
    with pytest.raises(PolicyError, match="policy-no-question"):
        answer(workspace, record_id, action.action_id + 99, "Không", REVIEWER)
    with pytest.raises(PolicyError, match="policy-reason-needed"):
        answer(workspace, record_id, action.action_id, "  ", REVIEWER)


def test_an_answer_makes_nobody_an_editor(workspace, record_id):
    action = ask(workspace, record_id, "", "Xem giúp", CLERK)
    answer(workspace, record_id, action.action_id, "Được", REVIEWER)
    assert REVIEWER.name not in record_now(workspace, record_id).editors


def test_a_question_is_taken_back_by_undo(workspace, record_id):
    ask(workspace, record_id, "so", "Số 5 hay 6?", CLERK)
    workspace.undo(CLERK, record_now(workspace, record_id).book_id)
    assert not record_now(workspace, record_id).held


def test_a_margin_note_is_a_dated_event_and_goes_into_the_text_of_notes(workspace, record_id):
    add_note(workspace, record_id, MarginNote(NoteKind.CORRECTION, "5/3/2012", "Cải chính họ tên cha"), CLERK)
    add_note(workspace, record_id, MarginNote(NoteKind.DEATH, "1/1/2015", "Chết ngày 1/1/2015"), CLERK)
    record = record_now(workspace, record_id)
    assert [note.kind for note in record.margin_notes] == [NoteKind.CORRECTION, NoteKind.DEATH]
    assert record.normal("ghiChu") == "5/3/2012: Cải chính họ tên cha; Chết ngày 1/1/2015"
    remove_note(workspace, record_id, record.margin_notes[0].number, CLERK)
    assert record_now(workspace, record_id).written("ghiChu") == "Chết ngày 1/1/2015"
    workspace.undo(CLERK, record.book_id)
    assert len(record_now(workspace, record_id).margin_notes) == 2
    assert record_now(workspace, record_id).written("ghiChu").startswith("5/3/2012")


def test_a_note_without_words_is_refused(workspace, record_id):
    with pytest.raises(PolicyError, match="policy-reason-needed"):
        add_note(workspace, record_id, MarginNote(NoteKind.OTHER, "", " "), CLERK)
    with pytest.raises(PolicyError, match="policy-no-note"):
        remove_note(workspace, record_id, 99, CLERK)


def test_all_of_it_is_folded_alike_from_the_log(workspace, record_id):
    action = ask(workspace, record_id, "so", "Số mấy?", CLERK)
    answer(workspace, record_id, action.action_id, "05", REVIEWER)
    add_note(workspace, record_id, MarginNote(NoteKind.DIVORCE, "", "Ly hôn"), CLERK)
    before = record_now(workspace, record_id)
    assert workspace.verify() == ()
    workspace.rebuild()
    assert record_now(workspace, record_id) == before
