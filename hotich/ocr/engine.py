"""What a recogniser is: it gets the pictures of single fields and says what stands in them.

Everything that goes in and comes out can be pickled, so that an engine may live in another process.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Final, Protocol

import numpy as np
from numpy.typing import NDArray

from hotich.errors import EngineError, SetupError
from hotich.forms.formspec import FieldKind, Ink
from hotich.text import nfc

LONGEST_TEXT: Final = 2000
"""No field of a register holds more letters; more is a runaway engine."""


@dataclass(frozen=True, slots=True, eq=False)
class Crop:
    """One field's picture: grey, 8 bits, dark ink on light paper, and its resolution on the paper.

    `ink_level` is the contrast of the page's ink (0-255), 0 when only the crop can tell. `place` and `year` are what
    the book's cover says of where and when it was kept.
    """

    field_id: str
    kind: FieldKind
    ink: Ink
    picture: NDArray[np.uint8]
    dpi: float
    ink_level: float = 0.0
    place: str = ""
    year: int = 0


@dataclass(frozen=True, slots=True)
class Symbol:
    """One letter as read, its confidence 0-1, and what else it may be with the confidence of each."""

    text: str
    confidence: float
    alternatives: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    """A text that a person confirmed for a crop that looks the same, how likely this one says it too, and where."""

    text: str
    share: float
    record_id: str = ""


@dataclass(frozen=True, slots=True)
class RawReading:
    """What an engine read in a crop, before anybody asked whether it makes sense. Lines are parted by a line feed.

    `ways` are other readings of the whole crop with their probabilities, the likeliest first. An engine whose
    confidence already is the share of such readings that are right says so by `is_calibrated`. `remembered` are texts
    that a person confirmed for a crop that looks the same, with the probability that this one says the same. `plain` is
    what the ink alone says, for an engine that also asks which words there are.
    """

    field_id: str
    text: str = ""
    confidence: float = 0.0
    symbols: tuple[Symbol, ...] = ()
    ways: tuple[tuple[str, float], ...] = ()
    is_calibrated: bool = False
    remembered: tuple[Recalled, ...] = ()
    plain: str = ""


class Recogniser(Protocol):
    """Reads fields. Safe to call from several threads at once."""

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """One reading per crop in the same order, empty for an empty crop. Raises EngineError when it cannot work."""
        ...


def _tesserocr() -> Recogniser:
    from hotich.ocr.tesserocr_engine import TesserocrEngine

    return TesserocrEngine()


def _hotich_hand() -> Recogniser:
    from hotich.ocr.handwriting_engine import HandwritingEngine
    from hotich.ocr.packs import model_in_use, models_folder

    return HandwritingEngine(model_in_use(models_folder()))


def _pytesseract() -> Recogniser:
    from hotich.ocr.pytesseract_engine import PytesseractEngine

    return PytesseractEngine()


def _blank() -> Recogniser:
    from hotich.ocr.blank_engine import BlankEngine

    return BlankEngine()


_ENGINES: Final[dict[str, tuple[str, Callable[[], Recogniser]]]] = {
    "tesserocr": ("tesserocr", _tesserocr),
    "hotich-hand": ("onnxruntime", _hotich_hand),
    "pytesseract": ("pytesseract", _pytesseract),
    "blank": ("numpy", _blank),
}


def engine_names() -> tuple[str, ...]:
    """The names that `recogniser` knows."""
    return tuple(_ENGINES)


def recogniser(name: str) -> Recogniser:
    """The engine of that name. Raises SetupError when nobody knows it or it is not installed here."""
    if name not in _ENGINES:
        raise SetupError("reading-engine-unknown", name=name, known=", ".join(_ENGINES))
    package, make = _ENGINES[name]
    if find_spec(package) is None:
        raise SetupError("reading-engine-missing", name=name)
    return make()


def checked(engine: Recogniser) -> Recogniser:
    """The same engine, held to its contract: whatever else it raises or returns becomes EngineError."""
    return engine if isinstance(engine, _Checked) else _Checked(engine)


class _Checked:
    def __init__(self, engine: Recogniser) -> None:
        self._engine = engine

    @property
    def name(self) -> str:
        return self._engine.name

    @property
    def version(self) -> str:
        return self._engine.version

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """The engine's readings, in NFC."""
        try:
            readings = tuple(self._engine.read(crops))
        except EngineError:
            raise
        except Exception as failure:
            # Only the kind of failure is told: its text may quote what stands on the page.
            raise EngineError("reading-engine-failed", name=self.name, detail=type(failure).__name__) from failure
        if len(readings) != len(crops):
            raise self._breach("count")
        return tuple(self._lawful(crop, reading) for crop, reading in zip(crops, readings, strict=True))

    def _lawful(self, crop: Crop, reading: RawReading) -> RawReading:
        if getattr(reading, "field_id", None) != crop.field_id:
            raise self._breach("order")
        if not _is_share(reading.confidence) or not all(_is_share(symbol.confidence) for symbol in reading.symbols):
            raise self._breach("confidence")
        if not all(is_plain_text(text) and _is_share(share) for text, share in reading.ways):
            raise self._breach("ways")
        if not is_plain_text(reading.text) or not is_plain_text(reading.plain):
            raise self._breach("text")
        return replace(reading, text=nfc(reading.text), plain=nfc(reading.plain))

    def _breach(self, what: str) -> EngineError:
        return EngineError("reading-engine-broke-contract", name=self.name, detail=what)


def is_plain_text(text: object) -> bool:
    """Whether it is text of lawful length that can be stored: no control letters but line feeds, no half letters."""
    if not isinstance(text, str) or len(text) > LONGEST_TEXT:
        return False
    return not any(unicodedata.category(letter) in ("Cc", "Cs", "Cn") for letter in text if letter != "\n")


def _is_share(value: object) -> bool:
    return isinstance(value, int | float) and math.isfinite(value) and 0.0 <= value <= 1.0
