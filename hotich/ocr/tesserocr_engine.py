"""Tesseract inside the program, with the Vietnamese model that ships with it."""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hotich.errors import EngineError
from hotich.forms.formspec import FieldKind
from hotich.ocr.engine import Crop, RawReading, Symbol
from hotich.ocr.prepare import Ready, cut_out, enlarged
from hotich.ocr.print_vote import Heard, Word, voted

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

# More threads make Tesseract slower, and it reads this when it is loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

MODEL_FOLDER: Final = Path(__file__).parent / "tessdata"

_DIGITS: Final = "0123456789"
_LETTERS_OF: Final[dict[FieldKind, str]] = {
    FieldKind.PAGE_NUMBER: _DIGITS,
    FieldKind.ENTRY_NUMBER: f"{_DIGITS}/.-abcABC()",
}
"""Only what can stand in such a field; other kinds read worse when letters are forbidden."""


WORKING_SIZES: Final = (240.0, 270.0, 205.0)
"""Dots per inch at which print is read, one after the other; see `print_vote`. Larger sizes are read worse."""

SHARPNESS: Final = 1.2

WORTH_A_VOTE: Final = 0.6
"""Below this confidence of the first reading there is handwriting, which does not gain by being read again."""

OTHERS_TRUST: Final = 0.5
"""How much the backing of another reading of a word counts against that of the one most readings are for."""


REMEMBERED: Final = 200
"""Crops: who asks whether a page is typed asks for the same readings again to keep them."""


class TesserocrEngine:
    """Keeps one Tesseract per thread open: opening costs more than reading a field."""

    name = "tesserocr"

    def __init__(self) -> None:
        self._mine = threading.local()

    @property
    def version(self) -> str:
        """Of Tesseract and of the model."""
        import tesserocr

        return f"{tesserocr.tesseract_version().split()[1]} vie-best-int"

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """One reading per crop. Raises EngineError when Tesseract or its model does not work."""
        return tuple(self._read_one(crop) for crop in crops)

    def _read_one(self, crop: Crop) -> RawReading:
        """The reading of the crop, made or remembered."""
        known: dict[bytes, RawReading] | None = getattr(self._mine, "known", None)
        if known is None:
            known = self._mine.known = {}
        key = _fingerprint(crop)
        if key not in known:
            if len(known) >= REMEMBERED:
                del known[next(iter(known))]
            known[key] = self._read_anew(crop)
        return replace(known[key], field_id=crop.field_id)

    def _read_anew(self, crop: Crop) -> RawReading:
        cutout = cut_out(crop.picture, crop.dpi, crop.ink_level)
        if cutout is None:
            return RawReading(crop.field_id, confidence=1.0)
        try:
            api = self._api()
            first = _recognised(api, crop, enlarged(cutout, WORKING_SIZES[0], SHARPNESS))
            if first.raw.confidence < WORTH_A_VOTE:
                return first.raw
            more = [_recognised(api, crop, enlarged(cutout, size, SHARPNESS)) for size in WORKING_SIZES[1:]]
            return _agreed([first, *more])
        except (RuntimeError, OSError, ImportError) as failure:
            raise EngineError("reading-engine-failed", name=self.name, detail=type(failure).__name__) from failure

    def _api(self) -> PyTessBaseAPI:
        api = getattr(self._mine, "api", None)
        if api is None:
            from tesserocr import LeptLogLevel, PyTessBaseAPI, set_leptonica_log_level

            # Its remarks on odd crops go straight to the terminal and help nobody.
            set_leptonica_log_level(LeptLogLevel.NONE)
            api = self._mine.api = PyTessBaseAPI(path=f"{MODEL_FOLDER}{os.sep}", lang="vie")
            api.SetVariable("lstm_choice_mode", "2")
            api.SetVariable("debug_file", os.devnull)
        return api


def _fingerprint(crop: Crop) -> bytes:
    """Of all that the reading depends on."""
    told = f"{crop.kind} {crop.dpi} {crop.ink_level} {crop.picture.shape}".encode()
    return hashlib.blake2b(told + crop.picture.tobytes(), digest_size=16).digest()


@dataclass(frozen=True, slots=True)
class _Read:
    """One reading of a crop, and its words."""

    raw: RawReading
    heard: Heard


def _agreed(readings: Sequence[_Read]) -> RawReading:
    """What most readings say; the letters are those of a reading that says the same."""
    vote = voted([reading.heard for reading in readings])
    same = next((reading.raw for reading in readings if reading.raw.text == vote.text), None)
    ways = tuple((text, OTHERS_TRUST * backing) for text, backing in vote.others)
    symbols = same.symbols if same is not None else ()
    alone = sum(reading.raw.confidence for reading in readings) / len(readings)
    return RawReading(readings[0].raw.field_id, vote.text, min(alone, contested(vote.backing)), symbols, ways)


def contested(backing: float) -> float:
    """The engine's confidence in a text with that backing: that of its least backed word, but not as low in a dispute.

    Measured on print drawn in five faces: of texts backed 0.3 to 0.6 half are right, as `suggest.calibrated` says of a
    confidence of 0.84; of those backed above 0.94 nearly all.
    """
    return max(backing, 0.8 + 0.08 * backing)


def _recognised(api: PyTessBaseAPI, crop: Crop, prepared: Ready) -> _Read:
    from tesserocr import PSM

    picture = prepared.picture
    api.SetPageSegMode(PSM.SINGLE_BLOCK if prepared.several_lines else PSM.SINGLE_LINE)
    api.SetVariable("tessedit_char_whitelist", _LETTERS_OF.get(crop.kind, ""))
    api.SetImageBytes(picture.tobytes(), picture.shape[1], picture.shape[0], 1, picture.shape[1])
    api.SetSourceResolution(300)
    if not api.Recognize():
        raise RuntimeError("no result")
    heard = Heard(_lines(api))
    text = heard.text
    symbols = _symbols(api) if text else ()
    confidence = max(0, api.MeanTextConf()) / 100.0 if text else 0.0
    api.Clear()
    return _Read(RawReading(crop.field_id, text, min(1.0, confidence), symbols), heard)


def _lines(api: PyTessBaseAPI) -> tuple[tuple[Word, ...], ...]:
    """The words of each line in order with their confidences."""
    from tesserocr import RIL, iterate_level

    lines: list[list[Word]] = []
    for item in iterate_level(api.GetIterator(), RIL.WORD):
        try:
            text, confidence = item.GetUTF8Text(RIL.WORD), item.Confidence(RIL.WORD) / 100.0
        except RuntimeError:
            # The engine raises at an empty place.
            continue
        if item.IsAtBeginningOf(RIL.TEXTLINE) or not lines:
            lines.append([])
        lines[-1].extend((part, _share(confidence)) for part in text.split())
    return tuple(tuple(line) for line in lines if line)


def _symbols(api: PyTessBaseAPI) -> tuple[Symbol, ...]:
    """The letters in order with what else each may be, the likeliest first."""
    from tesserocr import RIL, iterate_choices, iterate_level

    found = []
    for item in iterate_level(api.GetIterator(), RIL.SYMBOL):
        try:
            letter, confidence = item.GetUTF8Text(RIL.SYMBOL), item.Confidence(RIL.SYMBOL) / 100.0
            choices = [
                (choice.GetUTF8Text(), choice.Confidence() / 100.0)
                for choice in iterate_choices(item.GetChoiceIterator())
            ]
        except RuntimeError:
            # The engine raises at an empty place.
            continue
        others = tuple((text, _share(share)) for text, share in choices if text and text != letter and share > 0.02)
        found.append(Symbol(letter, _share(confidence), others[:4]))
    return tuple(found)


def _share(value: float) -> float:
    return min(1.0, max(0.0, value))
