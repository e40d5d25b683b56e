"""A SQLite file that packages are loaded into. It is the receiver's own, never a workspace of this program."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hotich.errors import StoreError
from hotich.export.load.database import Table

_WAIT_SECONDS = 30.0


class SqliteDatabase:
    """The file at that path, made when it is not there. Raises StoreError."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._connection = sqlite3.connect(path, timeout=_WAIT_SECONDS, isolation_level=None)
        except (sqlite3.Error, OSError) as error:
            raise StoreError("load-cannot-open", target=path, detail=error) from error
        with self._told():
            self._connection.execute("PRAGMA foreign_keys = ON")

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StoreError("load-failed", target=self._name, detail=error) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See Database."""
        with self._told():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with self._told():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """See Database."""
        with self._told():
            self._connection.execute(sql, tuple(values))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """See Database."""
        with self._told():
            return self._connection.execute(sql, tuple(values)).fetchall()

    def insert(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """See Database."""
        marks = ", ".join("?" * len(table.columns))
        with self._told():
            self._connection.executemany(f"INSERT INTO {table.name} ({table.names}) VALUES ({marks})", rows)

    def existing(self) -> set[str]:
        """See Database."""
        return {str(name).lower() for (name,) in self.rows("SELECT name FROM sqlite_master")}

    def close(self) -> None:
        """See Database."""
        self._connection.close()
