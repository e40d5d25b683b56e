"""The handwriting recogniser of one book: the shipped network with the correction of the book's hand."""

from __future__ import annotations

import threading
from dataclasses import replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from hotich.ocr.adapt import Hand, SeenLine
from hotich.ocr.book_words import local_words
from hotich.ocr.ctc import Logs
from hotich.ocr.engine import Crop, RawReading
from hotich.ocr.handwriting_crops import written_lines
from hotich.ocr.handwriting_engine import HandwritingEngine, load_card
from hotich.ocr.handwriting_lines import Grey
from hotich.ocr.language import Counts, Language, WordCounts, counted
from hotich.ocr.memory import Memory
from hotich.text import nfc

WORD_TIMES = 20
"""How often a text confirmed in the book counts beside the words that ship."""


class HandReader(HandwritingEngine):
    """Reads as the shipped recogniser does, with what one book taught it; shares the network with it."""

    def __init__(self, base: HandwritingEngine, hand: Hand | None, memory: Memory, lines: int) -> None:
        super().__init__(base._folder)
        self.base = base
        self._hand, self._memory, self._lines = hand, memory, lines
        self._seen: dict[int, list[NDArray[np.float32]]] = {}
        self._locals: dict[int, tuple[WordCounts | None, WordCounts]] = {}

    @property
    def version(self) -> str:
        """Of the weights, with how many confirmed lines of the book were learned from."""
        return f"{self.base.version}+{self._lines}"

    @property
    def words(self) -> WordCounts:
        """The words that ship, counted once for all books."""
        return self.base.words

    def language_for(self, crop: Crop) -> Language:
        """What the beam asks of a field: the words confirmed in the book belong to those of its place."""
        return self._language_with(crop.kind, self._with_confirmed(local_words(crop.kind, crop.place, crop.year)))

    def _with_confirmed(self, book: WordCounts | None) -> WordCounts | None:
        if not self._own:
            return book
        known = self._locals.get(id(book))
        if known is None:
            both = WordCounts(self._own + book.counts if book is not None else self._own)
            # The book's own words are kept beside, so that no other object gets their id.
            known = self._locals[id(book)] = (book, both)
        return known[1]

    @cached_property
    def _own(self) -> Counts:
        return counted((text, WORD_TIMES) for text in self._memory.texts)

    def _run(self, line: Grey) -> tuple[Logs, NDArray[np.float32]]:
        logs, features = self.base._run(line)
        self._seen_by(threading.get_ident()).append(features)
        return (logs if self._hand is None else self._hand.corrected(logs, features)), features

    def _read_one(self, crop: Crop) -> RawReading:
        seen = self._seen_by(threading.get_ident())
        seen.clear()
        raw = super()._read_one(crop)
        if len(seen) != 1 or not self._memory.knows(crop):
            return raw
        return replace(raw, remembered=self._memory.like(crop.field_id, seen[0]))

    def _seen_by(self, thread: int) -> list[NDArray[np.float32]]:
        """What the network saw in the lines of the crop that the thread is reading."""
        return self._seen.setdefault(thread, [])


def weights_of(engine: HandwritingEngine) -> str:
    """The SHA-256 of the engine's weights: what was learned on others is worth nothing. Raises EngineError."""
    return load_card(engine._folder).weights_sha256


def seen_crop(
    engine: HandwritingEngine, picture: Grey, dpi: float, text: str, ink_level: float = 0.0
) -> SeenLine | None:
    """A field's crop as the engine's own network sees it, with its text; None unless it is one line in known letters.

    Raises EngineError when the model is damaged.
    """
    lines = written_lines(picture, dpi, ink_level)
    return seen_line(engine, lines[0], text) if len(lines) == 1 else None


def seen_line(engine: HandwritingEngine, line: Grey, text: str) -> SeenLine | None:
    """A line's picture as the engine's own network sees it, with its text; None for letters that the engine lacks."""
    classes = {letter: number for number, letter in enumerate(engine.letters, start=1)}
    wanted = " ".join(nfc(text).split())
    if not wanted or any(letter not in classes for letter in wanted):
        return None
    logs, features = engine._run(line)
    seen = SeenLine(features, logs, tuple(classes[letter] for letter in wanted))
    return seen if seen.can_be_spelled else None
