"""A backup opens like a workspace, and an interrupted one leaves the earlier one."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from hotich.errors import Cancelled, StoreError
from hotich.store import Workspace
from hotich.store.database import DATABASE_NAME
from tests.store.made import BOOK, fill, page, record_id, typed


@pytest.fixture
def backup(tmp_path: Path) -> Path:
    return tmp_path / "USB" / "sao lưu"


def name_in(folder: Path) -> str:
    with Workspace.open(folder) as copy:
        assert copy.verify() == ()
        record = copy.record(record_id())
        assert record is not None
        return record.normal("nksHoTen")


def test_a_backup_is_a_whole_workspace_and_is_brought_up_again(workspace: Workspace, backup: Path) -> None:
    fill(workspace, pages=2)
    workspace.append(typed("Một"))
    steps: list[tuple[int, int]] = []
    assert workspace.backup_to(backup, lambda done, total: steps.append((done, total))) == ()
    assert steps == [(0, 1), (1, 1)]
    assert name_in(backup) == "Một"
    workspace.append(typed("Hai"), page(7, workspace.put_original(b"one more")))
    steps.clear()
    workspace.backup_to(backup, lambda done, total: steps.append((done, total)))
    assert steps == [(0, 1), (1, 1)], "only what was missing"
    assert name_in(backup) == "Hai"
    assert [path.name for path in backup.iterdir() if path.name.endswith(".part")] == []


def test_an_interrupted_backup_leaves_the_earlier_one(workspace: Workspace, backup: Path) -> None:
    fill(workspace)
    workspace.append(typed("Một"))
    workspace.backup_to(backup)
    workspace.append(typed("Hai"), page(7, workspace.put_original(b"one more")))

    def stop(done: int, total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        workspace.backup_to(backup, stop)
    assert name_in(backup) == "Một"
    assert list(backup.glob(".*.part")) == []


def test_a_damaged_original_is_told_and_the_rest_is_saved(workspace: Workspace, folder: Path, backup: Path) -> None:
    fill(workspace)
    spoilt = workspace.put_original(b"spoilt")
    workspace.append(typed("Một"), page(7, spoilt))
    (folder / "originals" / spoilt[:2] / spoilt).unlink()
    (finding,) = workspace.backup_to(backup)
    assert finding.rule_id == "store-original-missing" and spoilt in finding.message
    with Workspace.open(backup) as copy:
        assert len(copy.pages(BOOK)) == 2
        assert copy.original(workspace.pages(BOOK)[0].page.file_sha256) == b"picture of a page"


def test_a_backup_with_a_journal_beside_it_takes_the_new_state(workspace: Workspace, backup: Path) -> None:
    fill(workspace)
    workspace.append(typed("Một"))
    workspace.backup_to(backup)
    left = sqlite3.connect(backup / DATABASE_NAME)
    left.execute("PRAGMA journal_mode = WAL").fetchone()
    left.execute("INSERT INTO settings VALUES ('x', 'y')")
    left.commit()
    journal = (backup / f"{DATABASE_NAME}-wal").read_bytes()
    whole = (backup / DATABASE_NAME).read_bytes()
    left.close()
    (backup / DATABASE_NAME).write_bytes(whole)
    (backup / f"{DATABASE_NAME}-wal").write_bytes(journal)
    workspace.append(typed("Hai"))
    workspace.backup_to(backup)
    assert name_in(backup) == "Hai"


def test_a_backup_goes_nowhere_it_must_not(workspace: Workspace, folder: Path, backup: Path) -> None:
    with pytest.raises(StoreError, match="store-backup-inside"):
        workspace.backup_to(folder / "backups")
    with Workspace.open(backup), pytest.raises(StoreError, match="store-in-use"):
        workspace.backup_to(backup)
