"""Every change from outside is found."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich.messages import Language
from hotich.store import Workspace
from hotich.store.database import DATABASE_NAME
from hotich.workflow import Draft, Submitted
from tests.store.made import BOOK, LAN, Clock, fill, record_id, typed

MARK = b"Siu Black Pleiku"


@pytest.fixture
def kept(folder: Path) -> Path:
    """A closed workspace with a name in it that stands nowhere else."""
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace, pages=2, entries=2)
        workspace.append(typed(MARK.decode()))
        workspace.append(typed("1", field_id="so"), Draft(BOOK, Submitted(), LAN, record_id=record_id()))
    return folder


def found(folder: Path) -> list[str]:
    with Workspace.open(folder) as workspace:
        findings = workspace.verify()
        assert all(finding.message and finding.message != finding.rule_id for finding in findings)
        return [finding.rule_id for finding in findings]


def changed(folder: Path, *statements: str) -> None:
    connection = sqlite3.connect(folder / DATABASE_NAME)
    for statement in ("DROP TRIGGER actions_are_never_changed", "DROP TRIGGER actions_are_never_removed", *statements):
        connection.execute(statement)
    connection.commit()
    connection.close()


def places(whole: bytes, wanted: bytes) -> Iterator[int]:
    at = whole.find(wanted)
    while at >= 0:
        yield at
        at = whole.find(wanted, at + 1)


def test_an_untouched_workspace_is_in_order(kept: Path) -> None:
    assert found(kept) == []


@pytest.mark.parametrize("new", [b"s", b"\xff", b'"', b"\x00"])
def test_one_byte_flipped_in_the_file_is_found_wherever_the_name_stands(kept: Path, new: bytes) -> None:
    path = kept / DATABASE_NAME
    whole = path.read_bytes()
    told = []
    for at in places(whole, MARK):
        path.write_bytes(whole[:at] + new + whole[at + 1 :])
        told.append(found(kept))
    assert ["store-action-changed"] in told, "in the action"
    assert ["store-index-wrong"] in told, "in the index"


@pytest.mark.parametrize(
    ("statement", "key"),
    [
        ("UPDATE actions SET actor_name = 'Ai đó' WHERE action_id = 9", "store-action-changed"),
        ("UPDATE actions SET actor_role = 'king' WHERE action_id = 9", "store-action-changed"),
        ("UPDATE actions SET at = '2024-05-06T07:08:10.000000Z' WHERE action_id = 9", "store-action-changed"),
        ("UPDATE actions SET kind = 'Approved' WHERE action_id = 9", "store-action-changed"),
        ("UPDATE actions SET record_id = '' WHERE action_id = 9", "store-action-changed"),
        ("UPDATE actions SET event = 'x' WHERE action_id = 9", "store-action-changed"),
        ("UPDATE actions SET hash = previous_hash WHERE action_id = 9", "store-action-changed"),
        ("DELETE FROM actions WHERE action_id = 9", "store-action-missing"),
        ("DELETE FROM actions WHERE action_id = 10", "store-index-wrong"),
        ("UPDATE records SET status = 'approved'", "store-index-wrong"),
        ("DELETE FROM people", "store-index-wrong"),
        ("INSERT INTO people VALUES ('so-ks-1995-01', 'Ai đó', 3)", "store-index-wrong"),
        ("UPDATE books SET opened = 7", "store-index-wrong"),
        ("UPDATE pages SET position = 7", "store-index-wrong"),
    ],
)
def test_a_change_past_the_program_is_found(kept: Path, statement: str, key: str) -> None:
    changed(kept, statement)
    assert found(kept) == [key]


def test_the_finding_names_the_first_changed_action_and_its_record(kept: Path) -> None:
    changed(kept, "UPDATE actions SET actor_name = 'Ai đó' WHERE action_id IN (8, 9)")
    with Workspace.open(kept) as workspace:
        (finding,) = workspace.verify(Language.ENGLISH)
    assert finding.record_id == record_id()
    assert "beginning with action 8" in finding.message


@pytest.mark.parametrize(
    "statement", ["UPDATE actions SET at = '' WHERE action_id = 1", "DELETE FROM actions WHERE action_id = 1"]
)
def test_the_file_itself_refuses_to_change_an_action(kept: Path, statement: str) -> None:
    connection = sqlite3.connect(kept / DATABASE_NAME)
    with pytest.raises(sqlite3.IntegrityError, match="append-only"):
        connection.execute(statement)
    connection.close()


def test_missing_and_changed_originals_are_found(kept: Path) -> None:
    (path,) = (kept / "originals").glob("??/*")
    path.chmod(0o644)
    path.write_bytes(b"another picture")
    assert found(kept) == ["store-original-damaged"]
    path.unlink()
    assert found(kept) == ["store-original-missing"]


def test_a_torn_page_of_the_file_is_a_finding(kept: Path) -> None:
    path = kept / DATABASE_NAME
    whole = path.read_bytes()
    (at, *_) = places(whole, MARK)
    start = at - at % 4096
    path.write_bytes(whole[:start] + b"\xff" * 4096 + whole[start + 4096 :])
    assert found(kept) == ["store-damaged"]
