"""How much one person has done since the window opened. Kept in memory only and shown to nobody else."""

from __future__ import annotations

from collections.abc import Callable

from hotich.store.rows import Changes
from hotich.values import Actor
from hotich.workflow import FieldsConfirmed, Submitted


class Pace:
    """Counts fields and records, each once however often it was changed. May be told of changes in any thread."""

    def __init__(self, who: Callable[[], Actor]) -> None:
        self._who = who
        self._fields: set[tuple[str, str, str]] = set()
        self._records: set[tuple[str, str]] = set()

    def hear(self, changes: Changes) -> None:
        """Take in what a commit wrote."""
        me = self._who()
        for action in changes.actions:
            if action.actor != me:
                continue
            if isinstance(action.event, FieldsConfirmed):
                self._fields |= {(me.name, action.record_id, value.field_id) for value in action.event.values}
            elif isinstance(action.event, Submitted):
                self._records.add((me.name, action.record_id))

    @property
    def fields(self) -> int:
        """Fields confirmed by the person at work."""
        me = self._who().name
        return sum(name == me for name, *_ in self._fields)

    @property
    def records(self) -> int:
        """Records handed over by the person at work."""
        me = self._who().name
        return sum(name == me for name, _ in self._records)
