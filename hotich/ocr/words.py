"""The printed words of a whole page, by which its form is known and laid on it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hotich.errors import EngineError
from hotich.text import nfc
from hotich.values import Word

if TYPE_CHECKING:
    from tesserocr import PyTessBaseAPI

# More threads make Tesseract slower, and it reads this when it is loaded.
os.environ.setdefault("OMP_THREAD_LIMIT", "1")

MODEL_FOLDER = Path(__file__).parent / "tessdata"

WORKING_DPI = 150.0
"""Labels of 8 points and more are read here as well as at 300 dpi, in a third of the time."""

LONGEST_PX = 2600
"""An open spread of two A4 pages at WORKING_DPI; what is larger is shrunk to it, whatever dpi it claims."""

LEAST_CONFIDENCE = 0.2

PAPER_PX = 96
"""Paper brightness is measured in a map this small; labels vanish in it and shading stays."""


def find_words(picture: NDArray[np.uint8], dpi: float) -> tuple[Word, ...]:
    """Printed words in reading order as the engine gives them; handwriting comes along as noise.

    `picture` is a cleaned page, BGR or grey, `dpi` its resolution on the paper (a guess will do).
    Boxes are pixels of `picture`. Text is NFC as the engine read it. Raises EngineError `reading-words-failed`.
    """
    grey, factor = _prepared(picture, dpi)
    try:
        found = _read(grey, dpi * factor)
    except (RuntimeError, OSError, ImportError) as failure:
        raise EngineError("reading-words-failed", detail=failure) from failure
    height, width = picture.shape[:2]
    return tuple(
        _word(text, box, confidence, (width / grey.shape[1], height / grey.shape[0])) for text, box, confidence in found
    )


def _prepared(picture: NDArray[np.uint8], dpi: float) -> tuple[NDArray[np.uint8], float]:
    """The page in grey at working size with even paper, and the factor it was shrunk by.

    Red is weighted most: there stamps nearly vanish and printing ink does not.
    """
    import cv2

    factor = min(1.0, WORKING_DPI / max(dpi, 1.0), LONGEST_PX / max(picture.shape[:2]))
    size = (max(1, round(picture.shape[1] * factor)), max(1, round(picture.shape[0] * factor)))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    if small.ndim == 3:
        small = cv2.transform(small, np.array([[0.0, 0.25, 0.75]], np.float32))
    paper = cv2.resize(small, (PAPER_PX, PAPER_PX), interpolation=cv2.INTER_AREA)
    paper = cv2.GaussianBlur(cv2.dilate(paper, np.ones((3, 3), np.uint8)), (0, 0), 2.0)
    paper = cv2.resize(paper, size, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(small, np.maximum(paper, 1), scale=240.0), np.uint8), factor


def _read(grey: NDArray[np.uint8], dpi: float) -> list[tuple[str, tuple[int, int, int, int], float]]:
    from tesserocr import PSM, LeptLogLevel, PyTessBaseAPI, set_leptonica_log_level

    # Specks at the page's edge make it print complaints that are no one's business.
    set_leptonica_log_level(LeptLogLevel.NONE)
    # Sparse text found twice as many labels of ruled pages as automatic layout, which drops whole table heads.
    with PyTessBaseAPI(path=f"{MODEL_FOLDER}{os.sep}", lang="vie", psm=PSM.SPARSE_TEXT) as engine:
        engine.SetImageBytes(grey.tobytes(), grey.shape[1], grey.shape[0], 1, grey.shape[1])
        engine.SetSourceResolution(round(min(max(dpi, 70.0), 600.0)))
        if not engine.Recognize():
            raise RuntimeError("no result")
        return _words_of(engine)


def _words_of(engine: PyTessBaseAPI) -> list[tuple[str, tuple[int, int, int, int], float]]:
    from tesserocr import RIL, iterate_level

    found, level = [], RIL.WORD
    for item in iterate_level(engine.GetIterator(), level):
        try:
            text, confidence, box = item.GetUTF8Text(level), item.Confidence(level) / 100.0, item.BoundingBox(level)
        except RuntimeError:
            # The engine raises for an empty place on an empty page.
            continue
        if box is not None and confidence >= LEAST_CONFIDENCE and any(letter.isalnum() for letter in text):
            found.append((nfc(text.strip()), box, confidence))
    return found


def _word(text: str, box: tuple[int, int, int, int], confidence: float, scale: tuple[float, float]) -> Word:
    left, top, right, bottom = box
    return Word(text, left * scale[0], top * scale[1], right * scale[0], bottom * scale[1], min(1.0, confidence))
