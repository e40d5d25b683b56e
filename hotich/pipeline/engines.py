"""The recognisers that a page is read with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import Ink
from hotich.ocr.engine import Recogniser, recogniser
from hotich.settings import Settings
from hotich.values import Word

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
    """The engines that the settings name. Raises SetupError when one of them is not installed."""
    from hotich.ocr.words import find_words

    printed = recogniser(settings.printed_engine)
    same = settings.handwriting_engine == settings.printed_engine
    return Engines(find_words, printed, printed if same else recogniser(settings.handwriting_engine))
