"""The tables are those of the golden file, and an older file is copied aside before it is changed."""

from __future__ import annotations

import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlite_utils
from sqlite_utils import Migrations

from hotich.errors import StoreError
from hotich.messages import explain
from hotich.store import Workspace
from hotich.store.database import (
    BACKUPS_NAME,
    DATABASE_NAME,
    Opening,
    journal_of,
    open_to_read,
    open_to_write,
    require_readable,
    set_up,
)
from hotich.store.schema import APPLICATION_ID, m001_actions_and_index, m002_search_and_extracts
from tests.store.made import BOOK, Clock, fill

GOLDEN = Path(__file__).with_name("schema.sql")


def newer() -> Migrations:
    """The migrations of a program one step ahead."""
    ahead = Migrations("hotich")
    ahead(name="m001_actions_and_index")(m001_actions_and_index)
    ahead(name="m002_search_and_extracts")(m002_search_and_extracts)

    @ahead()
    def m003_one_more_table(db: sqlite_utils.Database) -> None:
        db.execute("CREATE TABLE later (x TEXT) STRICT")

    return ahead


def opening(folder: Path, migrations: Migrations) -> Opening:
    return Opening(folder, False, datetime(2024, 5, 6, 7, 8, 9, tzinfo=UTC), migrations)


def test_the_schema_is_the_golden_one(workspace: Workspace) -> None:
    # The tables under a full-text table are SQLite's own and spelled by its version.
    sql = (
        "SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%sqlite_migrations%' AND NOT"
        " (type = 'table' AND (name GLOB 'search_words_*' OR name GLOB 'search_grey_*')) ORDER BY name"
    )
    tables = workspace._read(lambda db: [row[0] for row in db.execute(sql).fetchall()])
    assert ";\n".join(" ".join(table.split()) for table in tables) + ";\n" == GOLDEN.read_text(encoding="utf-8")


def test_the_connection_is_as_careful_as_it_should_be(workspace: Workspace) -> None:
    def asked(db: sqlite_utils.Database) -> dict[str, object]:
        names = ("foreign_keys", "synchronous", "journal_mode", "busy_timeout", "application_id")
        return {name: db.execute(f"PRAGMA {name}").fetchone()[0] for name in names}

    assert workspace._write(asked) == {
        "foreign_keys": 1,
        "synchronous": 2,
        "journal_mode": "wal",
        "busy_timeout": 10_000,
        "application_id": APPLICATION_ID,
    }


@pytest.mark.skipif(sys.platform == "win32", reason="the way of locking without shared memory is of Unix")
def test_where_there_is_no_wal_the_old_journal_serves(tmp_path: Path) -> None:
    path = tmp_path / DATABASE_NAME
    connection = sqlite3.connect(f"{path.as_uri()}?vfs=unix-dotfile", uri=True)
    db = sqlite_utils.Database(connection, execute_plugins=False, strict=True)
    set_up(db)
    assert journal_of(db) == "delete"
    assert db.execute("PRAGMA synchronous").fetchone() == (2,)
    db.close()


def test_a_slow_journal_is_told(folder: Path) -> None:
    with Workspace.open(folder) as workspace:
        assert workspace.notices() == ()
        workspace._write(lambda db: db.disable_wal())
        assert workspace.journal == "delete"
        assert [notice.rule_id for notice in workspace.notices()] == ["store-slow-journal"]


def test_an_older_file_is_copied_aside_before_it_is_changed(folder: Path) -> None:
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace)
    db = open_to_write(opening(folder, newer()))
    assert "later" in db.table_names()
    db.close()
    (copy,) = (folder / BACKUPS_NAME).iterdir()
    assert copy.name == "hotich-20240506-070809-before-m003_one_more_table.sqlite"
    aside = folder.parent / "restored"
    aside.mkdir()
    (aside / DATABASE_NAME).write_bytes(copy.read_bytes())
    with Workspace.open(aside) as workspace:
        assert len(workspace.records(BOOK)) == 1


def test_a_file_from_a_newer_program_is_refused_untouched(folder: Path) -> None:
    folder.mkdir()
    open_to_write(opening(folder, newer())).close()
    before = (folder / DATABASE_NAME).read_bytes()
    for way in (Workspace.open, Workspace.read_only):
        with pytest.raises(StoreError) as caught:
            way(folder)
        assert caught.value.key == "store-too-new"
        assert "bản HoTich mới nhất" in explain(caught.value)
    assert (folder / DATABASE_NAME).read_bytes() == before


def test_a_migration_that_fails_leaves_the_file_as_it_was(folder: Path) -> None:
    with Workspace.open(folder, clock=Clock()) as workspace:
        fill(workspace)
    failing = newer()

    @failing()
    def m004_breaks(db: sqlite_utils.Database) -> None:
        db.execute("CREATE TABLE half (x TEXT) STRICT")
        raise RuntimeError("power cut")

    with pytest.raises(RuntimeError, match="power cut"):
        open_to_write(opening(folder, failing))
    db = open_to_write(opening(folder, newer()))
    assert "half" not in db.table_names() and "later" in db.table_names()
    db.close()


def test_an_older_file_is_not_only_looked_at(folder: Path) -> None:
    Workspace.open(folder).close()
    db = open_to_read(folder)
    with pytest.raises(StoreError, match="store-needs-update"):
        require_readable(db, folder, newer())
    db.close()
