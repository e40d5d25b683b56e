"""Tesseract as a program of its own, for offices that have it installed with their own models."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from functools import cached_property
from typing import Any, Final

from hotich.errors import EngineError, SetupError
from hotich.ocr.engine import Crop, RawReading
from hotich.ocr.prepare import Ready, ready

# More threads make Tesseract slower, and the program inherits this.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

LANGUAGE: Final = "vie"
SECONDS: Final = 20.0
"""A field that takes longer is given up."""


class PytesseractEngine:
    """Starts the tesseract program for every field: slower than the engine inside the program, but replaceable."""

    name = "pytesseract"

    def __init__(self) -> None:
        """Raises SetupError when there is no tesseract program or it has no Vietnamese model."""
        if shutil.which("tesseract") is None:
            raise SetupError("reading-engine-missing", name=self.name)
        import pytesseract

        if LANGUAGE not in pytesseract.get_languages():
            raise SetupError("reading-engine-without-model", name=self.name)

    @cached_property
    def version(self) -> str:
        """Of the program."""
        import pytesseract

        return str(pytesseract.get_tesseract_version())

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """One reading per crop, without single letters. Raises EngineError when the program does not work."""
        return tuple(self._read_one(crop) for crop in crops)

    def _read_one(self, crop: Crop) -> RawReading:
        prepared = ready(crop.picture, crop.dpi, crop.ink_level)
        if prepared is None:
            return RawReading(crop.field_id, confidence=1.0)
        try:
            return _reading_of(crop.field_id, _table(prepared))
        except (RuntimeError, OSError, ValueError) as failure:
            raise EngineError("reading-engine-failed", name=self.name, detail=type(failure).__name__) from failure


def _table(prepared: Ready) -> dict[str, list[Any]]:
    """Tesseract's table of words, column by column."""
    import pytesseract
    from PIL import Image

    mode = 6 if prepared.several_lines else 7
    table: dict[str, list[Any]] = pytesseract.image_to_data(
        Image.fromarray(prepared.picture),
        lang=LANGUAGE,
        config=f"--psm {mode} --dpi 300",
        timeout=SECONDS,
        output_type=pytesseract.Output.DICT,
    )
    return table


def _reading_of(field_id: str, table: dict[str, list[Any]]) -> RawReading:
    lines: dict[tuple[int, int, int], list[str]] = {}
    shares: list[float] = []
    columns = zip(table["block_num"], table["par_num"], table["line_num"], table["text"], table["conf"], strict=True)
    for block, paragraph, line, text, confidence in columns:
        word = str(text).strip()
        if word and float(confidence) >= 0:
            lines.setdefault((block, paragraph, line), []).append(word)
            shares += [float(confidence) / 100.0] * len(word)
    text = "\n".join(" ".join(words) for words in lines.values())
    return RawReading(field_id, text, min(1.0, sum(shares) / len(shares)) if shares else 0.0)
