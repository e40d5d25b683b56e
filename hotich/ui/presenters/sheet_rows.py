"""The rows of the sheet: read in blocks as they are looked at, kept up to a number, read again when they change."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Sequence

import msgspec

from hotich.pipeline.entry_view import FieldStatus
from hotich.pipeline.sheet import SheetReader, SheetRow
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.typed_guard import EMPTY
from hotich.values import Finding

BLOCK = 32
"""Rows read together: about a screen and a half."""

KEPT = 1024
"""Rows kept in memory, about 25 MB at thirty columns; those not looked at for longest go first."""

AT_ONCE, WAITING = 1, 6
"""Blocks being read at a time, and blocks waiting: what was scrolled past longest ago is not read at all."""

Told = Callable[[int, int], None]


class SheetRows:
    """Rows by place. `told` hears which places have come or changed."""

    def __init__(self, desk: Desk, told: Told) -> None:
        self._desk, self._told = desk, told
        self._reader: SheetReader | None = None
        self._rows: OrderedDict[str, SheetRow] = OrderedDict()
        self._places: dict[str, int] = {}
        self._under_way: set[int] = set()
        self._waiting: list[int] = []
        self._time = 0
        self.ids: tuple[str, ...] = ()

    def clear(self, ids: tuple[str, ...], reader: SheetReader | None = None) -> None:
        """Other rows, none of them read yet."""
        self.ids, self._reader = ids, reader
        self._places = {record_id: place for place, record_id in enumerate(ids)}
        self._rows.clear()
        self._under_way.clear()
        self._waiting.clear()
        self._time += 1

    @property
    def times_dealt(self) -> int:
        """How often other rows, or the same anew, were put here."""
        return self._time

    def place(self, record_id: str) -> int:
        """The place of that record, or -1."""
        return self._places.get(record_id, -1)

    def row(self, place: int) -> SheetRow | None:
        """The row at that place; None while its block is on its way."""
        if not 0 <= place < len(self.ids):
            return None
        found = self._rows.get(self.ids[place])
        if found is None:
            self._want(place // BLOCK)
        return found

    def all(self, places: Iterable[int]) -> list[SheetRow]:
        """The rows at these places, however many, read now where they are missing."""
        ids = [self.ids[place] for place in places if 0 <= place < len(self.ids)]
        found = {record_id: self._rows[record_id] for record_id in ids if record_id in self._rows}
        missing = [record_id for record_id in ids if record_id not in found]
        fresh = self._read(missing) if missing else ()
        self._keep(fresh)
        found.update((row.record_id, row) for row in fresh)
        return [found[record_id] for record_id in ids if record_id in found]

    def reread(self, record_ids: Sequence[str]) -> tuple[SheetRow, ...]:
        """These records have changed: the rows, read again now."""
        rows = self._read(record_ids)
        self._keep(rows)
        self._tell(record_ids)
        return rows

    def drop(self, record_ids: Sequence[str]) -> None:
        """These records have changed: read them again when they are looked at."""
        for record_id in record_ids:
            self._rows.pop(record_id, None)
        self._under_way.clear()
        self._waiting.clear()
        self._time += 1
        self._tell(record_ids)

    def _read(self, record_ids: Sequence[str]) -> tuple[SheetRow, ...]:
        rows = self._reader.rows(record_ids) if self._reader is not None else ()
        return tuple(as_told(row, self._desk) for row in rows)

    def _keep(self, rows: Iterable[SheetRow]) -> None:
        for row in rows:
            self._rows[row.record_id] = row
            self._rows.move_to_end(row.record_id)
        while len(self._rows) > KEPT:
            self._rows.popitem(last=False)

    def _want(self, block: int) -> None:
        """The block that is looked at last is read first."""
        if block in self._under_way or (self._waiting and self._waiting[-1] == block):
            return
        self._waiting = [*(other for other in self._waiting if other != block), block][-WAITING:]
        self._pump()

    def _pump(self) -> None:
        if self._waiting and len(self._under_way) < AT_ONCE:
            self._order(self._waiting.pop())

    def _order(self, block: int) -> None:
        reader, time = self._reader, self._time
        if reader is None:
            return
        self._under_way.add(block)
        ids = self.ids[block * BLOCK : (block + 1) * BLOCK]

        def arrived(rows: tuple[SheetRow, ...]) -> None:
            # Rows read before a change are older than what stands in the book now.
            if time == self._time:
                self._under_way.discard(block)
                self._keep(as_told(row, self._desk) for row in rows if row.record_id not in self._rows)
                self._told(block * BLOCK, block * BLOCK + len(ids) - 1)
                self._pump()

        self._desk.shell.fetch(lambda ticket: reader.rows(ids), arrived)

    def _tell(self, record_ids: Iterable[str]) -> None:
        places = [self._places[record_id] for record_id in record_ids if record_id in self._places]
        if places:
            self._told(min(places), max(places))


def as_told(row: SheetRow, desk: Desk) -> SheetRow:
    """The row with its findings in the words of the entry screen; what is kept and exported stays as it is."""
    findings = {name: tuple(_as_told(row, name, each, desk) for each in row.findings[name]) for name in row.findings}
    return row if findings == row.findings else msgspec.structs.replace(row, findings=findings)


def _as_told(row: SheetRow, field_id: str, finding: Finding, desk: Desk) -> Finding:
    """The finding; a text of which nothing is understood is no empty field to whoever sees it there."""
    cell = row.cells.get(field_id)
    if finding.rule_id != EMPTY or cell is None or cell.status is not FieldStatus.CONFIRMED or not cell.text:
        return finding
    return msgspec.structs.replace(finding, message=desk.say("policy-not-understood", text=cell.text))
