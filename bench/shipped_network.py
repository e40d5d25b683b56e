"""PP-OCRv6 small as it ships, as an engine, so that `bench.reading --handwriting pp-ocrv6` can compare with it."""

from __future__ import annotations

from collections.abc import Sequence

from hotich.ocr.engine import Crop, RawReading
from hotich.ocr.handwriting_crops import written_lines
from training.others import first_network
from training.sheet import Line


class ShippedNetwork:
    """Reads the same lines as our engine does; needs the package `rapidocr`, see training/README.md."""

    name = "pp-ocrv6"
    version = "small"

    def __init__(self) -> None:
        self._read = first_network()

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """One reading per crop, without any word list."""
        return tuple(self._read_one(crop) for crop in crops)

    def _read_one(self, crop: Crop) -> RawReading:
        lines = written_lines(crop.picture, crop.dpi, crop.ink_level)
        texts = [self._read(Line(line, "", crop.field_id)) for line in lines]
        return RawReading(crop.field_id, "\n".join(text for text in texts if text.strip()), 0.5)
