"""How long work tells how far it is and learns that it should stop."""

from __future__ import annotations

from typing import Protocol


class Ticket(Protocol):
    """Handed to every long verb. `check`, called between steps, raises errors.Cancelled once somebody stopped it."""

    def progress(self, done: int, total: int, text: str = "") -> None: ...

    def check(self) -> None: ...


class SilentTicket:
    """Tells nobody and never stops."""

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Nothing."""

    def check(self) -> None:
        """Nothing."""


SILENT = SilentTicket()
