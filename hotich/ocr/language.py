"""Which words follow which in registers: counts of single words, pairs and triples, asked letter by letter by the beam.

Words are small letters without regard to capitals; figures are one word, every other sign is a word of its own. An
unknown word stays possible: cheaper when it is built like a Vietnamese syllable, since names know no end.
"""

from __future__ import annotations

import gzip
import math
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Final

from hotich.syllables import looks_vietnamese_syllable

START: Final = "^"
FIGURES: Final = "0"
CAPITAL: Final = "↑"
"""A pair of this and a word counts how often the word began with a capital."""
PAIR_TRUST: Final = 4.0
TRIPLE_TRUST: Final = 2.0
"""A context seen this often is believed half against the shorter context."""

UNKNOWN_SYLLABLE: Final = -13.0
UNKNOWN_WORD: Final = -17.0
"""Log probabilities of a word that no list holds."""

LETTERS_OF_A_NUMBER: Final = 2
"""More letters make a word with a misread letter, or several run together."""

CAPITAL_DOUBT: Final = 2.0
"""A word seen so often is believed half about its capital."""

CLOSE_SIGNS: Final = ",.;:)"
STRAY_SPACE: Final = -2.0
"""Weight of a space before a sign that follows a word closely: hands leave gaps there that are no spaces."""

Counts = Counter[tuple[str, ...]]


def tokens(text: str) -> Iterator[str]:
    """The words of a text as the counts know them; spaces are no words."""
    return (_token(word.lower()) for word in _written(text))


def _written(text: str) -> Iterator[str]:
    """The words and signs of a text as they are written."""
    word = ""
    for letter in text:
        if belongs_to_word(letter):
            word += letter
            continue
        if word:
            yield word
        word = ""
        if not letter.isspace():
            yield letter
    if word:
        yield word


def belongs_to_word(letter: str) -> bool:
    """Whether a letter goes on with a word rather than ends it."""
    return letter.isalnum() or letter == "'"


def _token(word: str) -> str:
    """The word, or FIGURES for a number, to which a letter or two may belong: 27A, K11."""
    figures = any(letter.isdecimal() for letter in word)
    return FIGURES if figures and sum(map(str.isalpha, word)) <= LETTERS_OF_A_NUMBER else word


def counted(texts: Iterable[tuple[str, int]]) -> Counts:
    """Counts of words, pairs and triples in texts that each count so many times."""
    counts: Counts = Counter()
    for text, times in texts:
        words = [START, START, *tokens(text), START]
        for word in _written(text):
            if word[0].isupper():
                counts[(CAPITAL, _token(word.lower()))] += times
        for place in range(2, len(words)):
            counts[(words[place],)] += times
            counts[tuple(words[place - 1 : place + 1])] += times
            counts[tuple(words[place - 2 : place + 1])] += times
    return counts


def write_counts(counts: Counts, file: Path) -> None:
    """Writes one line `count word word word` for each, the most frequent first."""
    lines = (f"{count} {' '.join(words)}\n" for words, count in sorted(counts.items(), key=lambda i: (-i[1], i[0])))
    # No time of writing inside, so that the same counts give the same file.
    with file.open("wb") as stream, gzip.GzipFile(fileobj=stream, mode="wb", mtime=0, filename="") as packed:
        packed.writelines(line.encode() for line in lines)


def read_counts(file: Path) -> Counts:
    """What `write_counts` wrote. Raises OSError or ValueError when the file is no such thing."""
    counts: Counts = Counter()
    with gzip.open(file, "rt", encoding="utf-8") as lines:
        for line in lines:
            count, *words = line.split()
            counts[tuple(words)] = int(count)
    return counts


@dataclass(frozen=True, slots=True)
class State:
    """How far the beam has spelled: the word at hand, the two words before, and the weight of the words done.

    `capital` is about the word at hand, `space` says that one has just been spelled.
    """

    word: str = ""
    before: tuple[str, str] = (START, START)
    done: float = 0.0
    capital: bool = False
    space: bool = False


@dataclass(frozen=True)
class Language:
    """Weights for the beam: `trust` times the log probability of each word, and `bonus` for each word there is."""

    counts: Counts
    trust: float = 0.5
    bonus: float = 1.0

    @property
    def start(self) -> State:
        return State()

    def after(self, state: State, letter: str) -> tuple[State, float]:
        """The state after a letter and the weight so far; a word begun counts as the likeliest word it may become."""
        if belongs_to_word(letter):
            word = state.word + letter.lower()
            capital = state.capital if state.word else letter.isupper()
            begun = State(word, state.before, state.done, capital)
            return begun, begun.done + self._weight(self._best_begun(word))
        ended = self._ended(state)
        if letter.isspace():
            ended = replace(ended, space=True)
        else:
            stray = STRAY_SPACE if ended.space and letter in CLOSE_SIGNS else 0.0
            ended = self._ended(State(letter, ended.before, ended.done + stray))
        return ended, ended.done

    def end(self, state: State) -> float:
        """The weight of all words, and of nothing following."""
        ended = self._ended(state)
        return ended.done + self.trust * self.log_share(ended.before, START)

    def _ended(self, state: State) -> State:
        if not state.word:
            return state
        word = _token(state.word)
        weight = self._weight(self.log_share(state.before, word)) + self.trust * self._case_weight(word, state.capital)
        return State("", (state.before[1], word), state.done + weight)

    def _case_weight(self, word: str, capital: bool) -> float:
        """The log probability that the word begins with a capital, or that it does not."""
        if not word[0].isalpha():
            return 0.0
        seen, capitals = self.counts.get((word,), 0), self.counts.get((CAPITAL, word), 0)
        share = (capitals + CAPITAL_DOUBT / 2) / (seen + CAPITAL_DOUBT)
        return math.log(share if capital else 1.0 - share)

    def _weight(self, log_share: float) -> float:
        return self.trust * log_share + self.bonus

    @cached_property
    def log_share(self) -> _LogShare:
        """The log probability of a word after two others; remembered, because a beam asks the same again and again."""
        return _LogShare(self)

    @cached_property
    def total(self) -> int:
        """How many words were counted."""
        return sum(count for words, count in self.counts.items() if len(words) == 1)

    @cached_property
    def contexts(self) -> Counts:
        """How often each word or pair was followed by something."""
        found: Counts = Counter()
        for words, count in self.counts.items():
            if len(words) > 1:
                found[words[:-1]] += count
        return found

    @cached_property
    def _begun(self) -> dict[str, float]:
        """For each beginning of a word the log probability of the likeliest word that begins so."""
        best: dict[str, float] = {}
        for words, count in self.counts.items():
            if len(words) == 1:
                share = math.log(count / self.total)
                for stop in range(1, len(words[0]) + 1):
                    begun = words[0][:stop]
                    if share > best.get(begun, -99.0):
                        best[begun] = share
        return best

    def _best_begun(self, word: str) -> float:
        known = self._begun.get(_token(word))
        if known is not None:
            # A begun word may still become a known one after the two before it, which its own share does not tell.
            return max(known * 0.6, -6.0)
        return UNKNOWN_SYLLABLE if word.isalpha() else UNKNOWN_WORD


class _LogShare:
    def __init__(self, language: Language) -> None:
        self._language = language
        self._asked = lru_cache(maxsize=60_000)(self._log_share)

    def __call__(self, before: tuple[str, str], word: str) -> float:
        return self._asked(before, word)

    def _log_share(self, before: tuple[str, str], word: str) -> float:
        counts, contexts = self._language.counts, self._language.contexts
        single = counts.get((word,), 0) / self._language.total
        if single == 0.0:
            return UNKNOWN_SYLLABLE if len(word) > 1 and looks_vietnamese_syllable(word) else UNKNOWN_WORD
        pairs, triples = contexts.get(before[1:], 0), contexts.get(before, 0)
        share = single
        if pairs:
            trust = pairs / (pairs + PAIR_TRUST)
            share = (1 - trust) * share + trust * counts.get((before[1], word), 0) / pairs
        if triples:
            trust = triples / (triples + TRIPLE_TRUST)
            share = (1 - trust) * share + trust * counts.get((*before, word), 0) / triples
        return max(math.log(share), UNKNOWN_SYLLABLE)
