"""One program at a time in a workspace. The system drops the lock when a program dies, so none is ever stale."""

from __future__ import annotations

import getpass
import os
import platform
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import msgspec

from hotich.errors import StoreError

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

LOCK_NAME = "hotich.lock"

_LOCKED_BYTE = 1 << 20
"""Windows forbids others to read a locked byte; one far behind the text leaves the text readable."""


class Holder(msgspec.Struct, frozen=True):
    """Who has the workspace open; `since` is told in local time, day before month."""

    computer: str
    account: str
    process: int
    since: str


class WorkspaceLock:
    """Holds the lock from its making until `release`. `was_left` tells that the last holder did not release it."""

    def __init__(self, folder: Path, now: datetime) -> None:
        """Raises StoreError 'store-in-use' with who holds it, OSError when the file cannot be made."""
        self._handle = os.open(folder / LOCK_NAME, os.O_RDWR | os.O_CREAT, 0o666)
        left = os.read(self._handle, 4096)
        if not _try_lock(self._handle):
            os.close(self._handle)
            raise _in_use(folder, left)
        self.was_left = bool(left)
        holder = Holder(platform.node(), _account(), os.getpid(), f"{now.astimezone():%H:%M %d/%m/%Y}")
        try:
            self._write(msgspec.json.encode(holder))
        except OSError:
            os.close(self._handle)
            raise

    def release(self) -> None:
        """Marks a clean end and lets the next one in."""
        self._leave(b"")

    def abandon(self) -> None:
        """Lets the next one in; what the last holder left unfinished stays known."""
        self._leave(b"?" if self.was_left else b"")

    def _leave(self, text: bytes) -> None:
        try:
            # A full disk must not keep the lock; the next start then takes this end for a sudden one and checks.
            with suppress(OSError):
                self._write(text)
        finally:
            os.close(self._handle)

    def _write(self, text: bytes) -> None:
        os.ftruncate(self._handle, 0)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, text)
        os.fsync(self._handle)


def _try_lock(handle: int) -> bool:
    try:
        if sys.platform == "win32":
            os.lseek(handle, _LOCKED_BYTE, os.SEEK_SET)
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def _account() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "?"


def _in_use(folder: Path, left: bytes) -> StoreError:
    try:
        holder = msgspec.json.decode(left, type=Holder)
    except msgspec.MsgspecError:
        # The other program has locked the file but not yet written its name.
        return StoreError("store-in-use-unknown", folder=folder)
    return StoreError(
        "store-in-use",
        folder=folder,
        computer=holder.computer,
        account=holder.account,
        process=holder.process,
        since=holder.since,
    )
