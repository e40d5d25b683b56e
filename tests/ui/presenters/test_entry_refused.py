"""What is refused is told, asks for nothing in vain, and is never said to have been done."""

import msgspec
import pytest

from hotich.errors import PolicyError
from hotich.pipeline import entry
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.entry import FieldStatus
from hotich.store import Place
from hotich.ui.presenters.entry import EntryPresenter
from hotich.values import NoteKind, RecordType, Status
from tests.ui.made import ANSWERS, CLERK, fill, hand_over, record_now, suggest
from tests.ui.presenters.entry_screen import Screen, go_to, place_of, row_of


@pytest.fixture
def handed_over(presenter, workspace, records, shell):
    hand_over(workspace, records[0])
    presenter.open(records[0], "nksHoTen")
    shell.notes.clear()
    return record_now(workspace, records[0])


def test_no_question_is_asked_for_where_none_may_be_put(presenter, handed_over, shell, workspace, records):
    shell.reason = "Chữ này đọc thế nào?"
    presenter.asides.ask()
    assert (shell.asked, shell.notes) == ([], []) and len(shell.told) == 1
    assert not record_now(workspace, records[0]).questions


def test_a_question_refused_at_the_last_moment_is_not_said_to_be_sent(
    presenter, shell, workspace, records, monkeypatch
):
    go_to(presenter, "nksHoTen")

    def handed_over_meanwhile(question, then):
        hand_over(workspace, records[0])
        then("Chữ này đọc thế nào?")

    monkeypatch.setattr(shell, "ask_reason", handed_over_meanwhile)
    presenter.asides.ask()
    assert len(shell.told) == 1 and not any("câu hỏi" in note for note in shell.notes)


def test_no_reason_is_asked_for_in_vain(presenter, handed_over, shell, workspace, records):
    presenter.void()
    assert shell.asked == [] and len(shell.told) == 1
    assert record_now(workspace, records[0]).status is Status.SUBMITTED


def test_a_margin_note_says_whether_it_was_entered(presenter, workspace, records, shell):
    assert presenter.asides.add_note(NoteKind.DEATH, "1/1/2015", "Đã chết")
    hand_over(workspace, records[0])
    assert not presenter.asides.add_note(NoteKind.DEATH, "1/1/2016", "Đã chết")
    assert len(record_now(workspace, records[0]).margin_notes) == 1 and len(shell.told) == 1


@pytest.fixture
def sure(presenter, workspace, records, shell):
    suggest(workspace, records[0], "nksHoTen", "Trần Thị Xê", 0.999)
    presenter.refresh()
    shell.notes.clear()


def test_the_rest_that_was_refused_is_not_said_to_be_accepted(presenter, sure, shell, monkeypatch):
    def refuse(*args):
        raise PolicyError("policy-record-is-submitted")

    monkeypatch.setattr(entry, "accept_above", refuse)
    presenter.accept_rest()
    assert len(shell.told) == 1 and shell.notes == []


def test_the_rest_that_somebody_else_wrote_meanwhile_is_not_said_to_be_accepted(
    presenter, sure, shell, workspace, records
):
    fill(workspace, records[0])
    presenter.accept_rest()
    assert "chưa nhận ô nào" in shell.notes[-1]
    assert record_now(workspace, records[0]).written("nksHoTen") == ANSWERS["nksHoTen"]


def test_leaving_a_field_says_whether_its_text_was_kept(presenter, workspace, records):
    assert presenter.keep(place_of(presenter, "nksHoTen"), "Vừ A Dính")
    hand_over(workspace, records[0])
    assert not presenter.keep(place_of(presenter, "nksHoTen"), "Vừ A Say")
    assert record_now(workspace, records[0]).written("nksHoTen") == "Vừ A Dính"


def test_a_field_written_meanwhile_is_not_said_to_be_read_again(presenter, workspace, records, shell):
    suggest(workspace, records[0], "nksHoTen", "Trần Thị Xê")
    presenter.refresh()
    go_to(presenter, "nksHoTen")
    entry.confirm(workspace, records[0], "nksHoTen", "Trần Thị Xế", CLERK)
    presenter.accept("", False)
    assert "Trần Thị Xế" in shell.notes[-1] and "đọc lại" not in shell.notes[-1]
    assert row_of(presenter, "nksHoTen").status is FieldStatus.CONFIRMED
    assert record_now(workspace, records[0]).written("nksHoTen") == "Trần Thị Xế"


def test_a_book_without_records_has_none_to_find(presenter, desk, workspace, records):
    assert len(presenter.asides.finder.lines()) == len(records)
    wanted = NewBook(record_type=RecordType.BIRTH, year=1999, number="02", place="UBND xã Tân Lập")
    desk.book_id = open_book(workspace, wanted, CLERK).book_id
    presenter.refresh()
    assert presenter.asides.finder.lines() == ()
    desk.book_id = ""
    presenter.refresh()
    assert presenter.asides.finder.lines() == ()


def kept_place(workspace) -> Place:
    """What another start of the program would find."""
    workspace.remember("after", "what was posted before")
    return msgspec.json.decode(workspace.setting(f"place:{CLERK.name}"), type=Place)


def test_every_field_that_is_taken_in_hand_is_remembered(presenter, workspace, records):
    for field_id in ("nksHoTen", "meHoTen"):
        go_to(presenter, field_id)
        assert kept_place(workspace).field_id == field_id
    presenter.go(1)
    assert kept_place(workspace).field_id == presenter.row.field.id != "meHoTen"
    assert kept_place(workspace).record_id == records[0]


def test_another_screen_begins_where_the_first_was_left(presenter, desk, workspace, records):
    presenter.open(records[1], "meHoTen")
    left = presenter.place
    presenter.open(records[0])
    screen = Screen()
    again = EntryPresenter(desk, screen)
    again.begin_at(left)
    again.refresh()
    assert screen.view.record.record_id == records[1] and again.row.field.id == "meHoTen"
