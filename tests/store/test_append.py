"""What is written is lawful, whole, in order, and told."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from hotich.errors import InputError, PolicyError, StoreError
from hotich.store import Changes, Workspace
from hotich.values import MACHINE, Book, CleanRecipe, FieldState, FieldValue, RecordType, Status, StepRecord
from hotich.workflow import (
    Action,
    Approved,
    BookChanged,
    Draft,
    FieldsConfirmed,
    PageAdded,
    PageCleaned,
    PageMoved,
    Returned,
    Submitted,
    Undone,
)
from tests.store.made import BOOK, HUNG, LAN, MAI, Clock, entry, fill, opened, page, record_id, source, typed


def test_an_action_comes_back_as_it_is_read_later(workspace: Workspace) -> None:
    fill(workspace)
    (action,) = workspace.append(typed("Ksor H'Bia"))
    assert isinstance(action, Action)
    assert workspace.actions(record_id=record_id())[-1] == action
    assert action.at == "2024-05-06T07:08:15.000000Z"
    assert action.page_id == f"{BOOK}-p0", "found by its page though the draft named none"


def test_all_letters_stay_as_they_were_written(workspace: Workspace, folder: Path) -> None:
    fill(workspace)
    nfc, nfd = "Nguyễn Đặng Ỷ Ẵ", "Nguyễn Đặng Ỷ"
    values = (FieldValue("nksHoTen", nfd, nfc), FieldValue("so", "", "", FieldState.UNREADABLE))
    workspace.append(Draft(BOOK, FieldsConfirmed(values), LAN, record_id=record_id()))
    record = workspace.record(record_id())
    assert record is not None
    assert (record.written("nksHoTen"), record.normal("nksHoTen")) == (nfd, nfc)
    unreadable = record.fields["so"].value
    assert unreadable is not None and unreadable.state is FieldState.UNREADABLE


def test_one_refusal_leaves_nothing_of_the_call(workspace: Workspace) -> None:
    fill(workspace)
    before = workspace.head()
    with pytest.raises(PolicyError, match="policy-four-eyes"):
        workspace.append(
            typed("An"),
            Draft(BOOK, Submitted(), LAN, record_id=record_id()),
            Draft(BOOK, Approved(), msgspec.structs.replace(MAI, name=LAN.name), record_id=record_id()),
        )
    assert workspace.head() == before
    record = workspace.record(record_id())
    assert record is not None and record.status is Status.DRAFT and not record.normal("nksHoTen")
    assert workspace.verify() == ()


def test_each_draft_is_held_against_the_earlier_ones_of_its_call(workspace: Workspace) -> None:
    fill(workspace)
    handed = Draft(BOOK, Submitted(), LAN, record_id=record_id())
    workspace.append(typed("An"), handed, Draft(BOOK, Approved(), MAI, record_id=record_id()))
    with pytest.raises(PolicyError, match="policy-record-is-approved"):
        workspace.append(typed("Anh"))
    workspace.append(Draft(BOOK, Returned("ghi chú"), MAI, record_id=record_id()), typed("Anh"))


@pytest.mark.parametrize(
    ("draft", "error", "key"),
    [
        (opened(), StoreError, "store-book-exists"),
        (page(book_id="so-khac"), StoreError, "store-no-book"),
        (page(), InputError, "store-page-exists"),
        (Draft(BOOK, PageMoved(3), LAN, page_id="khong-co"), StoreError, "store-no-page"),
        (entry(page_number=9), StoreError, "store-no-page"),
        (entry(), PolicyError, "policy-record-exists"),
        (typed("An", record="khong-co"), PolicyError, "policy-no-record"),
        (typed("An", book_id="so-khac", record=record_id()), StoreError, "store-no-book"),
    ],
)
def test_what_names_nothing_that_is_there_is_refused(
    workspace: Workspace, draft: Draft, error: type[Exception], key: str
) -> None:
    fill(workspace)
    with pytest.raises(error, match=key):
        workspace.append(draft)


def test_a_record_is_not_written_through_another_book(workspace: Workspace) -> None:
    fill(workspace)
    workspace.append(opened("so-2"))
    with pytest.raises(PolicyError, match="policy-no-record"):
        workspace.append(typed("An", book_id="so-2", record=record_id()))
    with pytest.raises(StoreError, match="store-no-page"):
        workspace.append(Draft("so-2", PageMoved(1), LAN, page_id=f"{BOOK}-p0"))


@pytest.mark.parametrize(
    "draft",
    [
        Draft(BOOK, Undone(1), LAN, record_id=record_id()),
        Draft(BOOK, Submitted(), LAN),
        Draft(BOOK, PageMoved(1), LAN),
        Draft(BOOK, PageMoved(1), LAN, page_id=f"{BOOK}-p0", record_id=record_id()),
        Draft(BOOK, PageAdded(source(1), 1), LAN, page_id="other"),
        Draft(BOOK, BookChanged(Book("other", RecordType.BIRTH, 1990, "1", "Xã")), LAN),
        Draft(
            BOOK,
            PageCleaned(CleanRecipe((StepRecord("deskew", float("nan")),))),
            MACHINE,
            page_id=f"{BOOK}-p0",
        ),
    ],
)
def test_a_draft_put_together_wrongly_never_reaches_the_disk(workspace: Workspace, draft: Draft) -> None:
    fill(workspace)
    before = workspace.head()
    with pytest.raises((ValueError, msgspec.ValidationError)):
        workspace.append(draft)
    assert workspace.head() == before


def test_undo_and_redo_hold_over_a_restart(folder: Path) -> None:
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace)
        workspace.append(typed("Một"))
        workspace.append(typed("Hai"))
    with Workspace.open(folder, clock=Clock()) as workspace:
        assert workspace.undo(HUNG, BOOK) is None
        taken = workspace.undo(LAN, BOOK)
        assert taken is not None and taken.record_id == record_id()
        assert name(workspace) == "Một"
    with Workspace.open(folder, clock=Clock()) as workspace:
        assert workspace.redo(LAN, BOOK) is not None
        assert name(workspace) == "Hai"
        assert workspace.redo(LAN, BOOK) is None
        assert workspace.undo(LAN, BOOK) is not None
        workspace.append(typed("Ba"))
        assert workspace.redo(LAN, BOOK) is None
        assert workspace.verify() == ()


def test_undo_keeps_to_its_book(workspace: Workspace) -> None:
    fill(workspace)
    fill(workspace, book_id="so-2")
    workspace.append(typed("Một"))
    workspace.append(typed("Hai", book_id="so-2"))
    assert workspace.undo(LAN, BOOK) is not None
    assert name(workspace) == ""
    assert workspace.undo(LAN, BOOK) is None
    assert workspace.undo(LAN, "so-khac") is None


def test_a_refused_undo_changes_nothing(workspace: Workspace) -> None:
    fill(workspace)
    workspace.append(typed("Một"), Draft(BOOK, Submitted(), HUNG, record_id=record_id()))
    before = workspace.head()
    with pytest.raises(PolicyError, match="policy-record-is-submitted"):
        workspace.undo(LAN, BOOK)
    assert workspace.head() == before


def test_every_commit_is_told_once_after_it_is_on_disk(workspace: Workspace) -> None:
    heard: list[tuple[Changes, object]] = []
    stop = workspace.on_change(lambda changes: heard.append((changes, workspace.head())))
    fill(workspace)
    (action,) = workspace.append(typed("An"))
    changes, head = heard[-1]
    assert len(heard) == 3
    assert changes.actions == (action,)
    assert changes.records == {record_id()} and changes.books == {BOOK}
    assert head == (action.action_id, action.hash)
    workspace.undo(LAN, BOOK)
    workspace.undo(LAN, BOOK)
    assert len(heard) == 4, "nothing was there to take back the second time"
    stop()
    workspace.append(typed("An"))
    assert len(heard) == 4


def test_a_listener_may_write_and_its_fault_is_not_the_writers(
    workspace: Workspace, caplog: pytest.LogCaptureFixture
) -> None:
    fill(workspace)

    def answer(changes: Changes) -> None:
        if changes.actions[-1].actor == LAN:
            workspace.append(typed("1", HUNG, field_id="so"))
            raise RuntimeError("the window is gone")

    workspace.on_change(answer)
    assert len(workspace.append(typed("An"))) == 1
    record = workspace.record(record_id())
    assert record is not None and record.normal("so") == "1"
    assert "a listener failed" in caplog.text


def test_many_threads_write_and_read_at_once(workspace: Workspace) -> None:
    fill(workspace, entries=4)
    gate = threading.Barrier(4)

    def work(number: int) -> None:
        gate.wait()
        for count in range(25):
            workspace.append(typed(f"{number} {count}", record=record_id(number=number)))
            record = workspace.record(record_id(number=number))
            assert record is not None and record.normal("nksHoTen") == f"{number} {count}"

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(work, range(4)))
    head = workspace.head()
    assert head is not None and head[0] == 1 + 1 + 4 + 100
    assert workspace.verify() == ()


def name(workspace: Workspace) -> str:
    record = workspace.record(record_id())
    assert record is not None
    return record.normal("nksHoTen")
