"""A range of cells, and what the rules say of changes."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from hotich.pipeline.bulk import Change
from hotich.pipeline.sheet import SheetRow


class Range(msgspec.Struct, frozen=True):
    """Cells from (top, left) to (bottom, right), the last ones included."""

    top: int
    left: int
    bottom: int
    right: int

    @property
    def single(self) -> bool:
        """Whether it is one cell."""
        return (self.top, self.left) == (self.bottom, self.right)

    @property
    def rows(self) -> range:
        """Its rows."""
        return range(self.top, self.bottom + 1)

    @property
    def columns(self) -> range:
        """Its columns."""
        return range(self.left, self.right + 1)


def wrong_among(rows: Sequence[SheetRow], changes: Sequence[Change]) -> int:
    """How many of the changed cells in these rows the rules object to."""
    by_id = {row.record_id: row for row in rows}
    mine = (change for change in changes if change.record_id in by_id)
    return sum(by_id[change.record_id].gravest(change.field_id) is not None for change in mine)
