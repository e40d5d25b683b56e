"""A PostgreSQL database that packages are loaded into."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from hotich.errors import SetupError, StoreError
from hotich.export.load.database import Table

try:
    import psycopg
except ImportError as error:  # It comes with an extra of its own.
    raise SetupError("load-no-postgres") from error

_LOADERS_WAIT = "SELECT pg_advisory_xact_lock(1215255657)"
"""Any number, but always the same: two programs that load at once take turns."""


class PostgresDatabase:
    """The database of that URL; tables are made in its current schema. Raises StoreError."""

    def __init__(self, url: str, shown: str) -> None:
        self._shown = shown
        try:
            self._connection = psycopg.connect(url, autocommit=True)
        except (psycopg.Error, UnicodeError) as error:
            raise StoreError("load-cannot-open", target=shown, detail=_plain(error)) from error

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise StoreError("load-failed", target=self._shown, detail=_plain(error)) from error

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See Database."""
        with self._told(), self._connection.transaction():
            self._connection.execute(_LOADERS_WAIT)
            yield

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """See Database."""
        with self._told():
            self._connection.execute(_statement(sql), tuple(values))

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """See Database."""
        with self._told():
            return self._connection.execute(_statement(sql), tuple(values)).fetchall()

    def insert(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """See Database."""
        copying = f"COPY {table.name} ({table.names}) FROM STDIN".encode()
        with self._told(), self._connection.cursor() as cursor, cursor.copy(copying) as copy:
            for row in rows:
                copy.write_row(row)

    def existing(self) -> set[str]:
        """See Database."""
        found = self.rows("SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()")
        return {str(name).lower() for (name,) in found}

    def close(self) -> None:
        """See Database."""
        self._connection.close()


def _statement(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


def _plain(error: Exception) -> str:
    """The first line of what the server says; the rest repeats the statement or its values."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
