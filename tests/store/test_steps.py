"""What one key did to many records is taken back and brought back by one key; a column is read at once."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.errors import PolicyError
from hotich.store import Workspace
from hotich.values import FieldState, FieldValue, Status
from hotich.workflow import Approved, Draft, FieldsConfirmed, Submitted, Way
from tests.store.made import BOOK, HUNG, LAN, MAI, Clock, fill, record_id, typed

OTHER = "so-ks-1996-01"


@pytest.fixture
def workspace(tmp_path: Path):
    with Workspace.open(tmp_path / "kho", clock=Clock()) as opened:
        fill(opened, pages=1, entries=3)
        yield opened


def together(text: str, step: str = "một", book_id: str = BOOK, count: int = 3) -> list[Draft]:
    event = FieldsConfirmed((FieldValue("so", text, text),), Way.CAROUSEL, step)
    return [Draft(book_id, event, LAN, record_id=record_id(0, n, book_id)) for n in range(count)]


def numbers(workspace: Workspace) -> list[str]:
    return [record.written("so") for record in workspace.records(BOOK)]


def test_a_step_over_many_records_goes_and_comes_back_as_one(workspace):
    workspace.append(typed("An"))
    workspace.append(*together("1"))
    assert len(workspace.undo_step(LAN, BOOK)) == 3
    assert numbers(workspace) == ["", "", ""]
    assert len(workspace.redo_step(LAN, BOOK)) == 3
    assert numbers(workspace) == ["1", "1", "1"]
    workspace.undo(LAN, BOOK)
    workspace.undo(LAN, BOOK)
    assert workspace.records(BOOK)[0].written("nksHoTen") == ""
    assert workspace.undo_step(LAN, BOOK) == () and workspace.verify() == ()


def test_a_step_is_taken_back_after_a_restart_and_at_any_later_time(workspace, tmp_path):
    workspace.append(*together("1"))
    workspace.close()
    with Workspace.open(tmp_path / "kho", clock=Clock()) as again:
        assert len(again.undo_step(LAN, BOOK)) == 3
        again.append(typed("Ba", HUNG))
    with Workspace.open(tmp_path / "kho", clock=Clock()) as later:
        assert len(later.redo_step(LAN, BOOK)) == 2, "another person touched one of the records since"
        assert later.verify() == ()


def test_two_steps_of_one_name_are_two_steps(workspace):
    workspace.append(*together("1"))
    workspace.append(typed("An", HUNG))
    workspace.append(*together("2"))
    assert len(workspace.undo_step(LAN, BOOK)) == 3
    assert numbers(workspace) == ["1", "1", "1"]


def test_what_was_handed_over_since_stays_and_the_rest_goes(workspace):
    workspace.append(*together("1"))
    workspace.append(Draft(BOOK, Submitted(), HUNG, record_id=record_id(0, 1)))
    assert len(workspace.undo_step(LAN, BOOK)) == 2
    assert numbers(workspace) == ["", "1", ""]
    with pytest.raises(PolicyError):
        workspace.undo_step(LAN, BOOK)


def test_a_step_may_reach_over_books(workspace):
    fill(workspace, pages=1, entries=2, book_id=OTHER)
    workspace.append(*together("1"), *together("1", book_id=OTHER, count=2))
    assert len(workspace.undo_step(LAN, BOOK)) == 5
    assert [r.written("so") for r in workspace.records(OTHER)] == ["", ""]


def test_a_column_has_every_record_in_page_order(workspace):
    blank = FieldValue("so", "", "", FieldState.BLANK)
    workspace.append(Draft(BOOK, FieldsConfirmed((blank,), Way.SHEET), LAN, record_id=record_id(0, 1)))
    workspace.append(Draft(BOOK, Submitted(), LAN, record_id=record_id(0, 2)))
    workspace.append(Draft(BOOK, Approved(), MAI, record_id=record_id(0, 2)))
    column = workspace.field_column(BOOK, "so")
    assert [cell.record_id for cell in column] == [record_id(0, n) for n in range(3)]
    assert [cell.status for cell in column] == [Status.DRAFT, Status.DRAFT, Status.APPROVED]
    assert column[1].entry.value == blank and column[1].entry.actor == LAN
    assert column[0].entry.region is not None and column[0].entry.value is None
    assert all(cell.entry.region is None for cell in workspace.field_column(BOOK, 'có "dấu nháy"'))
