"""The recognisers that a page is read with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import Ink
from hotich.ocr.engine import Recogniser, recogniser
from hotich.ocr.handwriting_engine import HandwritingEngine
from hotich.settings import Settings
from hotich.values import Word

NATIVE = frozenset({"tesserocr"})
"""Engines whose library runs in the process that asks."""

FindWords = Callable[[NDArray[np.uint8], float], tuple[Word, ...]]


@dataclass(frozen=True, slots=True)
class Engines:
    """`words` finds printed words on a whole page; `printed` and `handwriting` read single fields."""

    words: FindWords
    printed: Recogniser
    handwriting: Recogniser

    def for_ink(self, ink: Ink) -> Recogniser:
        """The engine for a zone that is usually filled so."""
        return self.printed if ink is Ink.PRINT else self.handwriting


def load_engines(settings: Settings) -> Engines:
    """The engines that the settings name, native libraries in processes of their own.

    Raises SetupError when one of them is not installed.
    """
    from hotich.ocr.apart import WordsApart

    printed = _apart(settings.printed_engine)
    same = settings.handwriting_engine == settings.printed_engine
    return Engines(WordsApart(), printed, printed if same else _apart(settings.handwriting_engine))


def _apart(name: str) -> Recogniser:
    """The engine of that name, apart where a library of other people's could end the program."""
    from hotich.ocr.apart import EngineApart, HandwritingApart

    here = recogniser(name)
    if isinstance(here, HandwritingEngine):
        return HandwritingApart(here.folder)
    return EngineApart(name) if name in NATIVE else here
