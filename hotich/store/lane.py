"""The one thread that owns the writing connection."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import TypeVar

import sqlite_utils

from hotich.errors import StoreError

Result = TypeVar("Result")


class Lane:
    """Runs work on the writing connection one after the other, whichever thread asks.

    SQLite takes one writer at a time and Python ties a connection to its thread; one thread for all writing meets both.
    """

    def __init__(self, connect: Callable[[], sqlite_utils.Database]) -> None:
        """Opens the connection in the lane's own thread. Raises what `connect` raises."""
        self._executor = ThreadPoolExecutor(max_workers=1, thread_name_prefix="hotich-store")
        self._thread = 0
        try:
            self._db = self._executor.submit(self._start, connect).result()
        except BaseException:
            self._executor.shutdown()
            raise

    def _start(self, connect: Callable[[], sqlite_utils.Database]) -> sqlite_utils.Database:
        self._thread = threading.get_ident()
        return connect()

    def run(self, work: Callable[[sqlite_utils.Database], Result]) -> Result:
        """What `work` returns, after it has run on the lane; its exception is raised here. Waits for earlier work."""
        if threading.get_ident() == self._thread:
            return work(self._db)
        try:
            future = self._executor.submit(work, self._db)
        except RuntimeError as error:
            raise StoreError("store-closed") from error
        return future.result()

    def post(self, work: Callable[[sqlite_utils.Database], object]) -> None:
        """Has the work done after earlier work, without waiting; what cannot be done is left undone."""
        with suppress(RuntimeError):
            self._executor.submit(work, self._db)

    def close(self, farewell: Callable[[sqlite_utils.Database], None]) -> None:
        """Runs `farewell` as the last work, closes the connection and ends the thread."""
        try:
            self.run(farewell)
        finally:
            self.run(lambda db: db.close())
            self._executor.shutdown()
