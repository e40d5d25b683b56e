"""A second folder with the same workspace: first the originals it lacks, last the database in one step."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import sqlite_utils

from hotich.durable import sync_file, sync_folder
from hotich.errors import InputError, StoreError
from hotich.store.database import DATABASE_NAME, require_sound, snapshot
from hotich.store.failures import told
from hotich.store.lock import WorkspaceLock
from hotich.store.originals import Originals

Progress = Callable[[int, int], None]


def back_up(
    db: sqlite_utils.Database, originals: Originals, folder: Path, now: datetime, progress: Progress | None
) -> list[InputError]:
    """Brings `folder` to the state of the open workspace; returns what is wrong with originals that were left out.

    Raises StoreError.
    """
    source = originals.folder.parent.resolve()
    if folder.resolve().is_relative_to(source):
        raise StoreError("store-backup-inside", folder=folder)
    with told(folder):
        folder.mkdir(parents=True, exist_ok=True)
        lock = WorkspaceLock(folder, now)
        try:
            return _copy(db, originals, folder, progress)
        finally:
            lock.release()


def _copy(db: sqlite_utils.Database, originals: Originals, folder: Path, progress: Progress | None) -> list[InputError]:
    temporary = folder / f".{DATABASE_NAME}.{secrets.token_hex(4)}.part"
    try:
        # The database first: every original that it names is then already there to be copied.
        snapshot(db, temporary)
        _check(temporary, folder)
        failed = _copy_originals(temporary, originals, Originals(folder), progress)
        sync_file(temporary)
        _close_journal(folder / DATABASE_NAME)
        temporary.replace(folder / DATABASE_NAME)
        sync_folder(folder)
        return failed
    finally:
        temporary.unlink(missing_ok=True)


def _check(path: Path, folder: Path) -> None:
    copy = sqlite_utils.Database(sqlite3.connect(path), execute_plugins=False)
    try:
        require_sound(copy, folder)
    finally:
        copy.close()


def _copy_originals(copy: Path, source: Originals, target: Originals, progress: Progress | None) -> list[InputError]:
    connection = sqlite3.connect(copy)
    try:
        rows = connection.execute("SELECT DISTINCT file_sha256 FROM pages ORDER BY file_sha256").fetchall()
    finally:
        connection.close()
    failed: list[InputError] = []
    missing = [sha256 for (sha256,) in rows if not target.path(sha256).exists()]
    for done, sha256 in enumerate(missing):
        if progress is not None:
            progress(done, len(missing))
        try:
            target.put(source.get(sha256))
        except InputError as error:
            failed.append(error)
    if progress is not None:
        progress(len(missing), len(missing))
    return failed


def _close_journal(path: Path) -> None:
    """Folds a journal that lies beside an earlier copy into it: it must not be played into the new one."""
    if not path.exists():
        return
    connection = sqlite3.connect(path)
    try:
        connection.execute("PRAGMA journal_mode = DELETE").fetchone()
    finally:
        connection.close()
