"""Opening the file of a workspace: the settings of the connection, the checks before use, the migrations."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlite_utils
from sqlite_utils import Migrations

from hotich.durable import sync_folder
from hotich.errors import StoreError
from hotich.store.schema import APPLICATION_ID, MIGRATIONS

DATABASE_NAME = "hotich.sqlite"
ORIGINALS_NAME = "originals"
BACKUPS_NAME = "backups"
BUSY_MS = 10_000


@dataclass(frozen=True, slots=True)
class Opening:
    """What is known before the file is opened. `unclean` asks for a check of the whole file."""

    folder: Path
    unclean: bool
    now: datetime
    migrations: Migrations = MIGRATIONS

    @property
    def path(self) -> Path:
        return self.folder / DATABASE_NAME


def open_to_write(opening: Opening) -> sqlite_utils.Database:
    """The writing connection, checked and brought to the present version.

    Raises StoreError when the file is damaged, foreign or from a newer program, sqlite3.Error otherwise.
    """
    connection = sqlite3.connect(opening.path, timeout=BUSY_MS / 1000)
    db = sqlite_utils.Database(connection, execute_plugins=False, strict=True)
    try:
        _require_ours(db, opening)
        if opening.unclean:
            require_sound(db, opening.folder)
        set_up(db)
        _migrate(db, opening)
    except BaseException:
        db.close()
        raise
    return db


def open_to_read(folder: Path) -> sqlite_utils.Database:
    """A connection that cannot write. One thread at a time may use it; another may close it. Raises sqlite3.Error."""
    path = folder / DATABASE_NAME
    connection = sqlite3.connect(
        f"{path.resolve().as_uri()}?mode=ro", uri=True, timeout=BUSY_MS / 1000, check_same_thread=False
    )
    try:
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    except sqlite3.OperationalError:
        connection.close()
        if not path.exists() or path.with_name(path.name + "-wal").exists():
            raise
        # On a medium that cannot be written SQLite may not make its side files; nothing can change there either.
        connection = sqlite3.connect(
            f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
        )
    return sqlite_utils.Database(connection, execute_plugins=False, strict=True, recursive_triggers=False)


def require_readable(db: sqlite_utils.Database, folder: Path, migrations: Migrations = MIGRATIONS) -> None:
    """Nothing, when the file is ours and of this version. Raises StoreError."""
    if db.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreError("store-not-ours", folder=folder)
    _require_known(db, folder, migrations)
    if migrations.pending(db):
        raise StoreError("store-needs-update", folder=folder)


def require_sound(db: sqlite_utils.Database, folder: Path) -> None:
    """Nothing, when SQLite finds the file in order. Raises StoreError 'store-damaged'."""
    rows = db.execute("PRAGMA quick_check(1)").fetchall()
    if rows != [("ok",)]:
        raise StoreError("store-damaged", folder=folder, detail=rows[0][0] if rows else "")


def journal_of(db: sqlite_utils.Database) -> str:
    """How the connection keeps its journal, as SQLite says it: 'wal' or 'delete'."""
    return str(db.execute("PRAGMA journal_mode").fetchone()[0]).lower()


def _require_ours(db: sqlite_utils.Database, opening: Opening) -> None:
    application = db.execute("PRAGMA application_id").fetchone()[0]
    empty = db.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0] == 0
    if empty and any((opening.folder / ORIGINALS_NAME).glob("??/*")):
        # Pictures without their database: a lost file must not look like a fresh start.
        raise StoreError("store-damaged", folder=opening.folder, detail=f"{DATABASE_NAME}: 0")
    if not (application == APPLICATION_ID or (application == 0 and empty)):
        raise StoreError("store-not-ours", folder=opening.folder)
    _require_known(db, opening.folder, opening.migrations)


def _require_known(db: sqlite_utils.Database, folder: Path, migrations: Migrations) -> None:
    applied = {migration.name for migration in migrations.applied(db)}
    # In a registry without applied steps every step is pending, so an empty in-memory file names all known ones.
    blank = sqlite_utils.Database(memory=True, execute_plugins=False)
    known = {migration.name for migration in migrations.pending(blank)}
    blank.close()
    if applied - known:
        raise StoreError("store-too-new", folder=folder)


def set_up(db: sqlite_utils.Database) -> None:
    """Makes a connection careful: every commit on disk, foreign keys held, WAL where the disk can do it."""
    with db.ensure_autocommit_on():
        # SQLite answers with the mode it really took: on some disks WAL is not possible.
        taken = str(db.execute("PRAGMA journal_mode = WAL").fetchone()[0]).lower()
        if taken != "wal":
            db.execute("PRAGMA journal_mode = DELETE").fetchone()
        db.execute("PRAGMA synchronous = FULL")
        db.execute("PRAGMA foreign_keys = ON")
        db.execute(f"PRAGMA busy_timeout = {BUSY_MS}").fetchone()
    if db.execute("PRAGMA foreign_keys").fetchone()[0] != 1:
        raise StoreError("store-cannot-open", detail="foreign_keys")


def _migrate(db: sqlite_utils.Database, opening: Opening) -> None:
    pending = opening.migrations.pending(db)
    if not pending:
        return
    if opening.migrations.applied(db):
        copy_aside(db, opening, pending[0].name)
    else:
        db.execute(f"PRAGMA application_id = {APPLICATION_ID}")
    opening.migrations.apply(db)
    sync_folder(opening.folder)


def copy_aside(db: sqlite_utils.Database, opening: Opening, reason: str) -> Path:
    """A copy of the file as it is, under a name of its own in the workspace's folder of backups."""
    folder = opening.folder / BACKUPS_NAME
    folder.mkdir(exist_ok=True)
    target = folder / f"hotich-{opening.now:%Y%m%d-%H%M%S}-before-{reason}.sqlite"
    snapshot(db, target)
    return target


def snapshot(db: sqlite_utils.Database, target: Path) -> None:
    """Writes one consistent copy of an open database into a new file that needs no side files."""
    copy = sqlite3.connect(target)
    try:
        db.conn.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        copy.close()
    sync_folder(target.parent)
