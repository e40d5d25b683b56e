"""SQLite's and the operating system's errors as sentences that say what to do."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hotich.errors import StoreError

_BY_NAME = (
    ("SQLITE_FULL", "store-disk-full"),
    ("SQLITE_READONLY", "store-folder-read-only"),
    ("SQLITE_CANTOPEN", "store-cannot-open"),
    ("SQLITE_PERM", "store-folder-read-only"),
    ("SQLITE_CORRUPT", "store-damaged"),
    ("SQLITE_NOTADB", "store-damaged"),
    ("SQLITE_BUSY", "store-busy"),
    ("SQLITE_LOCKED", "store-busy"),
    ("SQLITE_IOERR", "store-disk-failed"),
)

_BY_ERRNO = {
    errno.ENOSPC: "store-disk-full",
    errno.EDQUOT: "store-disk-full",
    errno.EACCES: "store-folder-read-only",
    errno.EPERM: "store-folder-read-only",
    errno.EROFS: "store-folder-read-only",
    errno.EIO: "store-disk-failed",
}


@contextmanager
def told(folder: Path) -> Iterator[None]:
    """Turns an error of the database or the disk inside the block into a StoreError; faults of the program pass."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        name = getattr(error, "sqlite_errorname", None) or ""
        key = next((key for start, key in _BY_NAME if name.startswith(start)), None)
        if key is None:
            raise
        raise StoreError(key, folder=folder, detail=name) from error
    except OSError as error:
        key = _BY_ERRNO.get(error.errno or 0)
        if key is None:
            raise StoreError(
                "store-cannot-open", folder=folder, detail=error.strerror or type(error).__name__
            ) from error
        raise StoreError(key, folder=folder, detail=error.strerror or "") from error
