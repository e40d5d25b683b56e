"""What the loader asks of a database, whichever it is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Any, Protocol

import msgspec


class Table(msgspec.Struct, frozen=True):
    """A table: its name, its columns with their SQL types, and what else the statement that makes it says."""

    name: str
    columns: tuple[tuple[str, str], ...]
    keys: str

    @property
    def names(self) -> str:
        """The columns' names, as they stand in a statement."""
        return ", ".join(name for name, _ in self.columns)

    @property
    def statement(self) -> str:
        """What makes the table."""
        columns = ", ".join(f"{name} {kind}" for name, kind in self.columns)
        return f"CREATE TABLE {self.name} ({columns}, {self.keys})"


class Database(Protocol):
    """One connection. Values stand as `?` in every statement. All methods raise StoreError."""

    def transaction(self) -> AbstractContextManager[None]:
        """Everything inside is written as a whole when it ends well, else nothing; other loaders wait meanwhile."""

    def execute(self, sql: str, values: Sequence[object] = ()) -> None:
        """Runs a statement."""

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """What a question finds."""

    def insert(self, table: Table, rows: Iterable[Sequence[object]]) -> None:
        """Adds rows, each with a value for every column of the table."""

    def existing(self) -> set[str]:
        """The names of tables and views that are there, in small letters."""

    def close(self) -> None:
        """Ends the connection."""
