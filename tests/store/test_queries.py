"""Lists come in the order of the paper, in portions."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.store import Place, Workspace
from hotich.values import FieldState, FieldValue, Role, Status
from hotich.workflow import Approved, Draft, FieldsConfirmed, PageMoved, PageSetAside, RecordVoided, Submitted
from tests.store.made import BOOK, HUNG, LAN, MAI, fill, opened, record_id, typed


def test_a_book_tells_how_far_it_is(workspace: Workspace) -> None:
    fill(workspace, pages=3, entries=2)
    workspace.append(opened("so-2"))
    workspace.append(
        typed("An", HUNG),
        Draft(BOOK, Submitted(), HUNG, record_id=record_id()),
        Draft(BOOK, Approved(), MAI, record_id=record_id()),
        Draft(BOOK, RecordVoided("trống"), HUNG, record_id=record_id(2, 1)),
    )
    first, second = workspace.books()
    assert (first.book.book_id, second.book.book_id) == (BOOK, "so-2")
    assert first.counts == {
        Status.DRAFT: 4,
        Status.SUBMITTED: 0,
        Status.RETURNED: 0,
        Status.APPROVED: 1,
        Status.VOID: 1,
    }
    assert (first.pages, first.entries, first.people) == (3, 5, (HUNG.name, MAI.name, LAN.name))
    assert first.last_at == workspace.actions(book_id=BOOK)[-1].at
    assert (second.pages, second.entries, second.people) == (0, 0, (LAN.name,))
    assert workspace.book(BOOK) == first and workspace.book("so-khac") is None


def test_pages_and_records_follow_the_order_of_the_book(workspace: Workspace) -> None:
    fill(workspace, pages=3, entries=2)
    workspace.append(
        Draft(BOOK, PageMoved(-1), LAN, page_id=f"{BOOK}-p2"),
        Draft(BOOK, PageSetAside("bìa sổ"), LAN, page_id=f"{BOOK}-p1"),
    )
    assert [(row.page.page_id[-2:], row.entries, row.set_aside) for row in workspace.pages(BOOK)] == [
        ("p2", 2, ""),
        ("p0", 2, ""),
        ("p1", 2, "bìa sổ"),
    ]
    ids = [record_id(page, entry) for page in (2, 0, 1) for entry in (0, 1)]
    assert [record.record_id for record in workspace.records(BOOK)] == ids
    assert list(workspace.record_ids(BOOK)) == ids
    assert [record.record_id for record in workspace.page_records(f"{BOOK}-p2")] == ids[:2]


def test_portions_meet_without_gap_or_double(workspace: Workspace) -> None:
    fill(workspace, pages=5, entries=5)
    portions = [workspace.records(BOOK, offset=offset, limit=7) for offset in range(0, 30, 7)]
    assert [len(portion) for portion in portions] == [7, 7, 7, 4, 0]
    assert [r.record_id for portion in portions for r in portion] == list(workspace.record_ids(BOOK))


def test_records_of_one_status(workspace: Workspace) -> None:
    fill(workspace, entries=3)
    workspace.append(Draft(BOOK, Submitted(), LAN, record_id=record_id(0, 1)))
    assert workspace.record_ids(BOOK, status=Status.SUBMITTED) == (record_id(0, 1),)
    assert [r.record_id for r in workspace.records(BOOK, status=Status.DRAFT)] == [record_id(0, 0), record_id(0, 2)]


def test_the_review_list_has_only_what_that_person_may_approve(workspace: Workspace) -> None:
    fill(workspace, entries=4)
    workspace.append(
        typed("Một", LAN, record_id(0, 0)),
        typed("Hai", MAI, record_id(0, 1)),
        *(Draft(BOOK, Submitted(), LAN, record_id=record_id(0, number)) for number in range(3)),
    )
    lan_as_supervisor = type(LAN)(LAN.name, Role.SUPERVISOR)
    assert [r.record_id for r in workspace.queue_for_review(BOOK, MAI)] == [record_id(0, 0), record_id(0, 2)]
    assert workspace.queue_for_review(BOOK, lan_as_supervisor) == ()
    assert workspace.queue_for_review(BOOK, HUNG) == ()


def test_earlier_values_of_a_field_come_latest_first_each_once(workspace: Workspace) -> None:
    fill(workspace, entries=5)
    for number, text in enumerate(["Xã A", "Xã B", "Xã A", "Xã Ơ"]):
        workspace.append(typed(text, record=record_id(0, number), field_id="noi.Sinh"))
    blank = FieldValue("noi.Sinh", "", "", FieldState.BLANK)
    workspace.append(Draft(BOOK, FieldsConfirmed((blank,)), LAN, record_id=record_id(0, 4)))
    assert workspace.last_values(BOOK, "noi.Sinh") == ("Xã Ơ", "Xã A", "Xã B")
    assert workspace.last_values(BOOK, "noi.Sinh", 1) == ("Xã Ơ",)
    assert workspace.last_values(BOOK, "so") == ()
    assert workspace.last_values(BOOK, 'x"y') == ()
    workspace.undo(LAN, BOOK)
    workspace.undo(LAN, BOOK)
    assert workspace.last_values(BOOK, "noi.Sinh") == ("Xã A", "Xã B"), "what was taken back is no memory"


def test_a_file_is_known_again(workspace: Workspace) -> None:
    fill(workspace, pages=2)
    fill(workspace, book_id="so-2")
    sha256 = workspace.put_original(b"picture of a page")
    assert workspace.has_file(sha256) == ("so-2-p0", f"{BOOK}-p0", f"{BOOK}-p1")
    assert workspace.has_file("0" * 64) == ()


def test_changes_since(workspace: Workspace) -> None:
    fill(workspace)
    head = workspace.head()
    assert head is not None
    written = workspace.append(typed("Một"), typed("Hai"))
    assert workspace.changes_since(head[0]) == written
    assert workspace.changes_since(head[0], limit=1) == written[:1]
    assert len(workspace.changes_since(0)) == head[0] + 2


def test_actions_are_asked_for_by_one_noun(workspace: Workspace) -> None:
    fill(workspace)
    assert [type(a.event).__name__ for a in workspace.actions(page_id=f"{BOOK}-p0")] == ["PageAdded"]
    assert len(workspace.actions(book_id=BOOK)) == 3
    for wrong in ({}, {"record_id": "r", "book_id": "b"}):
        with pytest.raises(ValueError):
            workspace.actions(**wrong)


def test_where_somebody_stopped_and_what_was_set(workspace: Workspace) -> None:
    assert workspace.last_place(LAN) is None
    workspace.remember_place(LAN, Place(BOOK, field_id="so"))
    workspace.remember_place(HUNG, Place(BOOK))
    workspace.remember_place(LAN, Place(BOOK, f"{BOOK}-p0", record_id(), "nksHoTen"))
    assert workspace.last_place(LAN) == Place(BOOK, f"{BOOK}-p0", record_id(), "nksHoTen")
    assert workspace.setting("engine", "tesserocr") == "tesserocr"
    workspace.remember("engine", "blank")
    assert workspace.setting("engine", "tesserocr") == "blank"


def test_where_somebody_stopped_is_there_after_a_restart(tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho nhớ") as workspace:
        for field_id in ("so", "nksHoTen"):
            workspace.remember_place(LAN, Place(BOOK, field_id=field_id))
    with Workspace.open(tmp_path / "kho nhớ") as workspace:
        assert workspace.last_place(LAN) == Place(BOOK, field_id="nksHoTen") and workspace.last_place(HUNG) is None


def test_nothing_asked_for_that_is_not_there(workspace: Workspace) -> None:
    assert workspace.record("r") is None and workspace.page("p") is None
    assert workspace.pages("b") == () and workspace.records("b") == () and workspace.record_ids("b") == ()
