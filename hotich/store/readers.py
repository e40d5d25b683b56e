"""Reading connections, one for each thread that asks."""

from __future__ import annotations

import threading
from pathlib import Path

import sqlite_utils

from hotich.errors import StoreError
from hotich.store.database import open_to_read


class Readers:
    """Hands every thread its own connection that cannot write, and closes them all at the end."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._guard = threading.Lock()
        self._open: dict[threading.Thread, sqlite_utils.Database] | None = {}

    def mine(self) -> sqlite_utils.Database:
        """The connection of the calling thread. Raises StoreError after `close`, sqlite3.Error."""
        thread = threading.current_thread()
        with self._guard:
            if self._open is None:
                raise StoreError("store-closed")
            if thread not in self._open:
                self._close_left_behind(self._open)
                self._open[thread] = open_to_read(self._folder)
            return self._open[thread]

    @staticmethod
    def _close_left_behind(connections: dict[threading.Thread, sqlite_utils.Database]) -> None:
        for thread in [thread for thread in connections if not thread.is_alive()]:
            connections.pop(thread).close()

    def close(self) -> None:
        """Closes every connection; nobody may be reading."""
        with self._guard:
            for db in (self._open or {}).values():
                db.close()
            self._open = None
