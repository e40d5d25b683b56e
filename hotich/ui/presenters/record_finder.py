"""The records of the book in hand as lines to find one among, ready before anybody asks."""

from __future__ import annotations

from hotich.pipeline.finding import EntryLine, entry_lines, line_of
from hotich.store import Changes
from hotich.ui.presenters.desk import Desk


class RecordFinder:
    """Reads a book once in the background; what changes afterwards is read anew when the lines are asked for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._book_id = ""
        self._lines: dict[str, EntryLine] | None = None
        self._stale: set[str] = set()
        desk.hear(self._heard)

    def take_book(self, book_id: str) -> None:
        """Begin to read the records of that book; of none for ''."""
        if book_id == self._book_id:
            return
        self._book_id, self._lines = book_id, None
        self._stale.clear()
        if not book_id:
            return
        workspace = self._desk.workspace
        self._desk.shell.fetch(
            lambda ticket: entry_lines(workspace, book_id), lambda lines: self._arrived(book_id, lines), patient=True
        )

    def lines(self) -> tuple[EntryLine, ...]:
        """Every record of the book in hand as it is now, in page order."""
        if not self._book_id:
            return ()
        if self._lines is None:
            self._arrived(self._book_id, entry_lines(self._desk.workspace, self._book_id))
        known, ids = self._lines or {}, self._desk.workspace.record_ids(self._book_id)
        stale, self._stale = self._stale, set()
        for record_id in ids:
            if record_id in stale or record_id not in known:
                known[record_id] = line_of(self._desk.workspace, record_id)
        return tuple(known[record_id] for record_id in ids)

    def _arrived(self, book_id: str, lines: tuple[EntryLine, ...]) -> None:
        if book_id == self._book_id and self._lines is None:
            self._lines = {line.record_id: line for line in lines}

    def _heard(self, changes: Changes) -> None:
        self._stale |= changes.records
