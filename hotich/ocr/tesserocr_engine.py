"""Tesseract inside the program, with the Vietnamese model that ships with it."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hotich.errors import EngineError
from hotich.forms.formspec import FieldKind
from hotich.ocr.engine import Crop, RawReading, Symbol
from hotich.ocr.prepare import Ready, ready

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
        prepared = ready(crop.picture, crop.dpi, crop.ink_level)
        if prepared is None:
            return RawReading(crop.field_id, confidence=1.0)
        try:
            return _recognised(self._api(), crop, prepared)
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


def _recognised(api: PyTessBaseAPI, crop: Crop, prepared: Ready) -> RawReading:
    from tesserocr import PSM

    picture = prepared.picture
    api.SetPageSegMode(PSM.SINGLE_BLOCK if prepared.several_lines else PSM.SINGLE_LINE)
    api.SetVariable("tessedit_char_whitelist", _LETTERS_OF.get(crop.kind, ""))
    api.SetImageBytes(picture.tobytes(), picture.shape[1], picture.shape[0], 1, picture.shape[1])
    api.SetSourceResolution(300)
    if not api.Recognize():
        raise RuntimeError("no result")
    text = "\n".join(line.strip() for line in api.GetUTF8Text().splitlines() if line.strip())
    symbols = _symbols(api) if text else ()
    confidence = max(0, api.MeanTextConf()) / 100.0 if text else 0.0
    api.Clear()
    return RawReading(crop.field_id, text, min(1.0, confidence), symbols)


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
