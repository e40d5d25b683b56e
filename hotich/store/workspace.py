"""A workspace: the folder with everything one office has entered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import msgspec
import sqlite_utils

from hotich.errors import StoreError
from hotich.messages import Language, sentence
from hotich.store import append as writing
from hotich.store import index, verification
from hotich.store.append import Clock, utc_now
from hotich.store.backup import Progress, back_up
from hotich.store.database import DATABASE_NAME, Opening, journal_of, open_to_write, require_readable
from hotich.store.disk import is_network_folder
from hotich.store.failures import told
from hotich.store.lane import Lane
from hotich.store.lock import WorkspaceLock
from hotich.store.originals import Originals
from hotich.store.queries import Queries
from hotich.store.readers import Readers
from hotich.store.rows import Changes, Place, changes_of
from hotich.values import Actor, Finding, Severity
from hotich.workflow import Action, Draft

Result = TypeVar("Result")

_log = logging.getLogger(__name__)

_KEEP = "INSERT INTO settings (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value"


class Workspace(Queries):
    """One open workspace. Every method may be called from any thread; all but one that write return when it is on disk.

    Open it with `open` or `read_only`, best in a `with` statement.
    """

    def __init__(self, folder: Path, lock: WorkspaceLock | None, lane: Lane | None, clock: Clock) -> None:
        self.folder = folder
        self._lock = lock
        self._lane = lane
        self._clock = clock
        self._readers = Readers(folder)
        self._originals = Originals(folder)
        self._listeners: list[Callable[[Changes], None]] = []
        self._closed = False
        self._recovered = False
        self._places: dict[str, Place] = {}

    @classmethod
    def open(cls, folder: Path, *, clock: Clock = utc_now) -> Self:
        """The workspace of that folder, made when it is not there.

        Raises StoreError: in use by another program, on a network drive, damaged, from a newer program, no room, no
        right to write.
        """
        with told(folder):
            folder.mkdir(parents=True, exist_ok=True)
            if is_network_folder(folder):
                raise StoreError("store-on-network", folder=folder)
            lock = WorkspaceLock(folder, clock())
            try:
                opening = _opening(folder, lock, clock)
                workspace = cls(folder, lock, Lane(lambda: open_to_write(opening)), clock)
                workspace._recovered = opening.unclean
                workspace._write(index.refresh_search)
                return workspace
            except BaseException:
                lock.abandon()
                raise

    @classmethod
    def read_only(cls, folder: Path) -> Self:
        """The workspace as it stands, to be looked at and never changed, beside a program that may be writing.

        Raises StoreError.
        """
        with told(folder):
            if not (folder / DATABASE_NAME).is_file():
                raise StoreError("store-not-ours", folder=folder)
            workspace = cls(folder, None, None, utc_now)
            try:
                workspace._read(lambda db: require_readable(db, folder))
            except BaseException:
                workspace.close()
                raise
            return workspace

    def close(self) -> None:
        """Ends the work; a second call does nothing."""
        if self._closed:
            return
        self._closed = True
        try:
            self._readers.close()
            if self._lane is not None:
                with told(self.folder):
                    self._lane.close(_fold_journal)
        finally:
            if self._lock is not None:
                self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def journal(self) -> str:
        """'wal', or 'delete' where the disk cannot do that; then lists wait while something is written."""
        return self._read(journal_of) if self._lane is None else self._write(journal_of)

    def notices(self, language: Language = Language.VIETNAMESE) -> tuple[Finding, ...]:
        """What the person who opened it should be told: a sudden stop last time, a disk that cannot do WAL."""
        told = {"store-recovered": self._recovered, "store-slow-journal": self.journal != "wal"}
        return tuple(
            Finding(key, Severity.NOTE, (), sentence(key, {"folder": str(self.folder)}, language))
            for key, holds in told.items()
            if holds
        )

    def _read(self, work: Callable[[sqlite_utils.Database], Result]) -> Result:
        with told(self.folder):
            return work(self._readers.mine())

    def _write(self, work: Callable[[sqlite_utils.Database], Result]) -> Result:
        if self._lane is None:
            raise StoreError("store-read-only", folder=self.folder)
        with told(self.folder):
            return self._lane.run(work)

    def append(self, *drafts: Draft) -> tuple[Action, ...]:
        """Writes the drafts in one transaction and returns them as actions, on disk.

        Each is held against its record as the earlier ones of the same call left it. Raises PolicyError when one of
        them is not allowed, and then none is written; StoreError; InputError when the page is already there.
        """
        actions = self._write(lambda db: writing.append(db, drafts, self._clock))
        self._tell(actions)
        return actions

    def undo(self, actor: Actor, book_id: str) -> Action | None:
        """Takes back what that person did last in that book; None when there is nothing. Raises PolicyError."""
        return next(iter(self.undo_step(actor, book_id)), None)

    def redo(self, actor: Actor, book_id: str) -> Action | None:
        """Brings back what that person took back last in that book; None when there is nothing. Raises PolicyError."""
        return next(iter(self.redo_step(actor, book_id)), None)

    def undo_step(self, actor: Actor, book_id: str) -> tuple[Action, ...]:
        """Like `undo`; all actions written, one for each record of the step, the last first."""
        return self._told_all(self._write(lambda db: writing.undo(db, actor, book_id, self._clock)))

    def redo_step(self, actor: Actor, book_id: str) -> tuple[Action, ...]:
        """Like `redo`; all actions written, one for each record of the step, in order."""
        return self._told_all(self._write(lambda db: writing.redo(db, actor, book_id, self._clock)))

    def _told_all(self, actions: tuple[Action, ...]) -> tuple[Action, ...]:
        if actions:
            self._tell(actions)
        return actions

    def on_change(self, listener: Callable[[Changes], None]) -> Callable[[], None]:
        """Has the listener called after every commit, in the thread that wrote; returns what ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def _tell(self, actions: tuple[Action, ...]) -> None:
        changes = changes_of(actions)
        for listener in tuple(self._listeners) if actions else ():
            try:
                listener(changes)
            except Exception:
                # What was written stays written: the writer must not hear of a listener's fault as of its own.
                _log.exception("a listener failed after a commit")

    def put_original(self, data: bytes) -> str:
        """Keeps a page file and returns its SHA-256; the same bytes are kept once. Raises StoreError."""
        if self._lane is None:
            raise StoreError("store-read-only", folder=self.folder)
        return self._originals.put(data)

    def original(self, sha256: str) -> bytes:
        """The bytes of a page file. Raises InputError when they are missing or damaged."""
        return self._originals.get(sha256)

    def remember(self, key: str, value: str) -> None:
        """Keeps a setting of this workspace."""
        self._write(lambda db: db.execute(_KEEP, (key, value)).rowcount)

    def remember_place(self, actor: Actor, place: Place) -> None:
        """Keeps where that person stopped, a moment later: no key waits for it, and its loss would harm nobody."""
        if self._lane is None:
            raise StoreError("store-read-only", folder=self.folder)
        self._places[actor.name] = place
        text = msgspec.json.encode(place).decode()
        self._lane.post(lambda db: db.execute(_KEEP, (f"place:{actor.name}", text)).rowcount)

    def last_place(self, actor: Actor) -> Place | None:
        """Where that person stopped, or None."""
        return self._places.get(actor.name) or super().last_place(actor)

    def verify(self, language: Language = Language.VIETNAMESE) -> tuple[Finding, ...]:
        """Everything wrong with the chain of actions, the index and the originals; empty when all is well."""
        return self._read(lambda db: verification.verify(db, self._originals, language))

    def rebuild(self) -> None:
        """Makes the index tables again from the actions."""
        self._write(index.rebuild)

    def backup_to(
        self, folder: Path, progress: Progress | None = None, language: Language = Language.VIETNAMESE
    ) -> tuple[Finding, ...]:
        """Brings a folder to the state of this workspace and returns which originals could not be copied.

        The folder can be opened like a workspace. It holds the old state until all is copied, then the new. `progress`
        hears files done and files in all, and may raise Cancelled. Raises StoreError.
        """
        failed = self._read(lambda db: back_up(db, self._originals, folder, self._clock(), progress))
        return tuple(verification.finding_of(error, language) for error in failed)


def _opening(folder: Path, lock: WorkspaceLock, clock: Clock) -> Opening:
    journal = folder / f"{DATABASE_NAME}-wal"
    unclean = lock.was_left or (journal.exists() and journal.stat().st_size > 0)
    if unclean:
        Originals(folder).sweep()
    return Opening(folder, unclean, clock())


def _fold_journal(db: sqlite_utils.Database) -> None:
    """Brings the journal into the file, so that a copy of the closed folder is whole."""
    if db.execute("PRAGMA journal_mode").fetchone()[0] == "wal":
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
