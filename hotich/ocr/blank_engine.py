"""The engine that reads nothing: for offices that only type, and for measuring everything around the reading."""

from __future__ import annotations

from collections.abc import Sequence

from hotich.ocr.engine import Crop, RawReading


class BlankEngine:
    """Leaves every field empty."""

    name = "blank"
    version = "1"

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """An empty reading per crop."""
        return tuple(RawReading(crop.field_id) for crop in crops)
