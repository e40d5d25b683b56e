"""Reads written fields with the network that ships with the program, on one thread, without a network connection."""

from __future__ import annotations

import hashlib
import math
import threading
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from hotich.errors import EngineError
from hotich.forms.formspec import FieldKind
from hotich.ocr.book_words import local_words
from hotich.ocr.ctc import Letter, Logs, Way, beam, greedy, softened
from hotich.ocr.engine import Crop, RawReading, Symbol
from hotich.ocr.handwriting_crops import written_lines
from hotich.ocr.handwriting_lines import Grey, network_input, trimmed
from hotich.ocr.kinds import kind_reading
from hotich.ocr.language import Language, Weights, WordCounts, read_counts

if TYPE_CHECKING:
    from onnxruntime import InferenceSession

MODEL_FOLDER: Final = Path(__file__).parent / "models"
CARD: Final = "hotich-hand.toml"

WIDTH_OF_BEAM: Final = 14
STRUCK_OUT: Final = -1e4

MOST_LANGUAGES: Final = 24
"""Kinds of fields times books in hand; beyond that all are made anew."""


@dataclass(frozen=True, slots=True)
class Card:
    """What the model file says of itself in `hotich-hand.toml`.

    `weights` and `words` are file names with their SHA-256. `trust`, `bonus` and `soften` weigh words against ink, see
    `language` and `ctc`; `curve` turns ink, lead over the second way and length into the share of readings that are
    right, as fitted on hands left out of training.
    """

    version: str
    letters: str
    weights: str
    weights_sha256: str
    words: str
    words_sha256: str
    trust: float
    bonus: float
    soften: float
    curve: tuple[float, float, float, float]


def load_card(folder: Path = MODEL_FOLDER) -> Card:
    """The card of the model in a folder. Raises EngineError when it is missing or not what it should be."""
    try:
        told = tomllib.loads((folder / CARD).read_text(encoding="utf-8"))["model"]
        return Card(**(told | {"curve": tuple(told["curve"])}))
    except (OSError, KeyError, TypeError, tomllib.TOMLDecodeError) as failure:
        raise EngineError("reading-engine-failed", name="hotich-hand", detail=type(failure).__name__) from failure


def right_share(curve: tuple[float, float, float, float], ways: Sequence[Way]) -> float:
    """How likely the first way is wholly right: a logistic curve of its ink, its lead and its length."""
    first = ways[0]
    lead = min(20.0, first.score - ways[1].score) if len(ways) > 1 else 20.0
    told = (1.0, max(-60.0, first.ink), math.log1p(max(0.0, lead)), math.log1p(len(first.text)))
    return 1.0 / (1.0 + math.exp(-sum(weight * value for weight, value in zip(curve, told, strict=True))))


class HandwritingEngine:
    """The shipped recogniser of handwriting. Its parts are loaded when the first field is read."""

    name = "hotich-hand"

    def __init__(self, folder: Path = MODEL_FOLDER) -> None:
        self._folder = folder
        self._loading, self._asking = threading.Lock(), threading.Lock()
        self._languages: dict[tuple[FieldKind, int], Language] = {}

    @property
    def folder(self) -> Path:
        """Where the model lies."""
        return self._folder

    @property
    def version(self) -> str:
        """Of the weights."""
        return self._card.version

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        """One reading per crop. Raises EngineError when the model is damaged or cannot be run."""
        try:
            return tuple(self._read_one(crop) for crop in crops)
        except (RuntimeError, OSError, ImportError, ValueError) as failure:
            raise EngineError("reading-engine-failed", name=self.name, detail=type(failure).__name__) from failure

    def logs_of(self, line: Grey, kind: FieldKind = FieldKind.TEXT) -> Logs:
        """Log probabilities of the letters at each step of a line, steps x letters; see `ctc`."""
        return self._struck_out(self._run(line)[0], kind)

    def features_of(self, line: Grey) -> NDArray[np.float32]:
        """What the output layer sees at each step of a line."""
        return self._run(line)[1]

    def ways(self, line: Grey) -> tuple[Way, ...]:
        """The likeliest texts of one line of whatever kind, the best first."""
        return self._ways(self._run(line)[0], self.language)

    def _ways(self, logs: Logs, language: Language) -> tuple[Way, ...]:
        found = beam(softened(logs, language.weights.soften), self.letters, language, WIDTH_OF_BEAM)
        return tuple(replace(way, text=even_case(way.text.strip())) for way in found)

    @property
    def letters(self) -> str:
        """The letter of each class from class 1 on."""
        return self._card.letters

    def _read_one(self, crop: Crop) -> RawReading:
        lines = written_lines(crop.picture, crop.dpi, crop.ink_level)
        if not lines:
            return RawReading(crop.field_id, confidence=1.0)
        parts = [self._read_line(line, crop) for line in lines]
        text, plain = ("\n".join(line for line in lines if line) for lines in _texts(parts))
        if len(parts) == 1:
            return replace(parts[0], field_id=crop.field_id)
        share = math.prod(part.confidence for part in parts)
        symbols = tuple(symbol for part in parts for symbol in part.symbols)
        return RawReading(crop.field_id, text, share, symbols, _joined(parts), True, plain=plain)

    def _read_line(self, line: Grey, crop: Crop) -> RawReading:
        logs = self.logs_of(line, crop.kind)
        spelled = greedy(logs, self.letters)
        ways = self._ways(logs, self.language_for(crop))
        text = ways[0].text
        share = right_share(self._card.curve, ways) if text else 0.0
        plain = "".join(letter.text for letter in spelled).strip()
        return RawReading("", text, share, _symbols(spelled, text), _shares(ways, share), True, plain=plain)

    def _run(self, line: Grey) -> tuple[Logs, NDArray[np.float32]]:
        logs, features = self._session.run(["logs", "features"], {"x": network_input(trimmed(line))})
        return logs[0], features[0]

    def _struck_out(self, logs: Logs, kind: FieldKind) -> Logs:
        allowed = _classes(self.letters, kind)
        if allowed.all():
            return logs
        kept = np.where(allowed, logs, np.float32(STRUCK_OUT))
        return np.asarray(kept - np.logaddexp.reduce(kept, axis=1, keepdims=True), np.float32)

    @cached_property
    def _card(self) -> Card:
        return load_card(self._folder)

    @cached_property
    def words(self) -> WordCounts:
        """The words that ship with the model."""
        return WordCounts(read_counts(_checked_file(self._folder / self._card.words, self._card.words_sha256)))

    @cached_property
    def language(self) -> Language:
        """What the beam asks of a line of which nothing is known."""
        card = self._card
        return Language(self.words, Weights(card.trust, card.bonus, card.soften))

    def language_for(self, crop: Crop) -> Language:
        """What the beam asks of a field of that kind in that book."""
        return self._language_with(crop.kind, local_words(crop.kind, crop.place, crop.year))

    def _language_with(self, kind: FieldKind, local: WordCounts | None) -> Language:
        """The language of a kind with the words of a book; kept, because it remembers what it was asked."""
        with self._asking:
            known = self._languages.get((kind, id(local)))
            if known is None:
                if len(self._languages) >= MOST_LANGUAGES:
                    self._languages.clear()
                weights = kind_reading(kind).weights or self.language.weights
                known = self._languages[(kind, id(local))] = Language(self.words, weights, local)
            return known

    @property
    def _session(self) -> InferenceSession:
        with self._loading:
            return self._loaded_session

    @cached_property
    def _loaded_session(self) -> InferenceSession:
        import onnxruntime

        # The library of some systems reports its use to its maker unless told not to.
        onnxruntime.disable_telemetry_events()
        options = onnxruntime.SessionOptions()
        # One thread: the machines are weak, and another page may be read beside this one.
        options.intra_op_num_threads = options.inter_op_num_threads = 1
        options.log_severity_level = 3
        # Lines differ in width; a plan for each would fill the memory.
        options.enable_mem_pattern = False
        card = self._card
        file = _checked_file(self._folder / card.weights, card.weights_sha256)
        return onnxruntime.InferenceSession(file.read_bytes(), options, providers=["CPUExecutionProvider"])


def even_case(text: str) -> str:
    """The text with words of capitals wholly in capitals: written o and O, c and C, ư and Ư differ in size alone."""
    return " ".join(_even_word(word) for word in text.split(" "))


def _even_word(word: str) -> str:
    letters = [letter for letter in word if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    mostly = len(letters) >= 3 and letters[0].isupper() and capitals >= 2 and 2 * capitals >= len(letters)
    return word.upper() if mostly and word.isalpha() else word


def _checked_file(file: Path, sha256: str) -> Path:
    """The file itself. Raises ValueError when its bytes are not those that the card names."""
    if hashlib.sha256(file.read_bytes()).hexdigest() != sha256:
        raise ValueError(f"{file.name} is damaged")
    return file


@lru_cache(maxsize=32)
def _classes(letters: str, kind: FieldKind) -> NDArray[Any]:
    """Which classes may be read in a field of that kind."""
    return np.array([True, *map(kind_reading(kind).allows, letters)])


def _symbols(spelled: Sequence[Letter], text: str) -> tuple[Symbol, ...]:
    """The letters with what else each may be, where the text is the one that was spelled greedily; else none."""
    found = [letter for letter in spelled if not letter.text.isspace()]
    if "".join(letter.text for letter in found) != "".join(text.split()):
        return ()
    return tuple(Symbol(letter.text, letter.share, letter.others) for letter in found)


def _shares(ways: Sequence[Way], share: float) -> tuple[tuple[str, float], ...]:
    """The other ways with what is left of the probability, by their scores."""
    others = [way for way in ways[1:] if way.text and way.text != ways[0].text]
    weights = [math.exp(way.score - ways[0].score) for way in others]
    left = (1.0 - share) * min(1.0, sum(weights))
    total = sum(weights) or 1.0
    return tuple((way.text, left * weight / total) for way, weight in zip(others, weights, strict=True))


def _texts(parts: Sequence[RawReading]) -> tuple[list[str], list[str]]:
    """The texts of the lines with and without words asked."""
    return [part.text for part in parts], [part.plain for part in parts]


def _joined(parts: Sequence[RawReading]) -> tuple[tuple[str, float], ...]:
    """Ways to read several lines: those in which one line is read otherwise."""
    found = []
    for place, part in enumerate(parts):
        rest = math.prod(other.confidence for at, other in enumerate(parts) if at != place)
        for text, share in part.ways[:2]:
            lines = [text if at == place else other.text for at, other in enumerate(parts)]
            found.append(("\n".join(line for line in lines if line), share * rest))
    return tuple(sorted(found, key=lambda way: -way[1])[:4])
