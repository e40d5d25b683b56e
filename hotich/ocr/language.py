"""Which words follow which in registers: counts of single words, pairs and triples, asked letter by letter by the beam.

Words are small letters without regard to capitals; figures are one word, every other sign is a word of its own. An
unknown word stays possible: cheaper when it is built like a Vietnamese syllable, since names know no end.
"""

from __future__ import annotations

import gzip
import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
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

SYLLABLE: Final = -9.2
"""Log probability of one syllable among all that Vietnamese may have."""

STRANGEST: Final = -13.0
STRANGE_LETTER: Final = -2.2
STRANGE_BEGINNING: Final = -5.0
"""A word that is no syllable costs so much, and so much a letter, but no more than the strangest."""

STRAY_LETTER: Final = -9.0
MIXED: Final = -14.0
"""Log probabilities of an unknown single letter, and of letters and figures in one word."""

NUMBER: Final = re.compile(r"[^\W\d_]?\d+(?:[hg]\d+|[^\W\d_])?")
"""27A, K11, 3b, 14h00: a letter more makes it a word with a misread letter, or several run together."""

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
    """The word, or FIGURES for a number."""
    return FIGURES if NUMBER.fullmatch(word) else word


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


@dataclass(frozen=True, eq=False)
class WordCounts:
    """Counts of words, pairs and triples, and what follows from them; shared by all languages that ask them."""

    counts: Counts

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
    def begun(self) -> dict[str, float]:
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

    def share_of(self, before: tuple[str, str], word: str) -> float:
        """The share of that word after two others among the words that were counted; 0 for an unknown one."""
        pairs, triples = self.contexts.get(before[1:], 0), self.contexts.get(before, 0)
        share = self.counts.get((word,), 0) / self.total
        if share and pairs:
            trust = pairs / (pairs + PAIR_TRUST)
            share = (1 - trust) * share + trust * self.counts.get((before[1], word), 0) / pairs
        if share and triples:
            trust = triples / (triples + TRIPLE_TRUST)
            share = (1 - trust) * share + trust * self.counts.get((*before, word), 0) / triples
        return share

    def capital_share(self, word: str) -> float | None:
        """The share of that word that begins with a capital, half for a new one; None for an unknown one."""
        seen = self.counts.get((word,), 0)
        return (self.counts.get((CAPITAL, word), 0) + CAPITAL_DOUBT / 2) / (seen + CAPITAL_DOUBT) if seen else None


@dataclass(frozen=True, slots=True)
class Weights:
    """How words weigh against ink: `trust` times the log probability of each word, and `bonus` for each word there is.

    The ink's log probabilities are divided by `soften` before (see `ctc.softened`). `escape` is the share of words that
    no list holds, and `capital` the share of those that begin with a capital.
    """

    trust: float = 0.5
    bonus: float = 1.0
    soften: float = 1.0
    escape: float = 0.02
    capital: float = 0.5


@dataclass(frozen=True, eq=False)
class Language:
    """What the beam asks. `local` counts the words of one book, which make up `local_share` of all words there."""

    words: WordCounts
    weights: Weights = Weights()
    local: WordCounts | None = None
    local_share: float = 0.3

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
        return ended.done + self.weights.trust * self.log_share(ended.before, START)

    def weight_of(self, text: str) -> float:
        """The weight of a whole text."""
        state = self.start
        for letter in text:
            state, _ = self.after(state, letter)
        return self.end(state)

    def _ended(self, state: State) -> State:
        if not state.word:
            return state
        word = _token(state.word)
        case = self.weights.trust * self._case_weight(word, state.capital)
        weight = self._weight(self.log_share(state.before, word)) + case
        return State("", (state.before[1], word), state.done + weight)

    def _case_weight(self, word: str, capital: bool) -> float:
        """The log probability that the word begins with a capital, or that it does not."""
        if not word[0].isalpha():
            return 0.0
        told = [words.capital_share(word) for words in (self.words, self.local) if words is not None]
        known = [share for share in told if share is not None] or [self.weights.capital]
        share = sum(known) / len(known)
        return math.log(share if capital else 1.0 - share)

    def _weight(self, log_share: float) -> float:
        return self.weights.trust * log_share + self.weights.bonus

    def _best_begun(self, word: str) -> float:
        asked = _token(word)
        told = [words.begun.get(asked) for words in (self.words, self.local) if words is not None]
        known = [share for share in told if share is not None]
        if known:
            # A begun word may still become a known one after the two before it, which its own share does not tell.
            return max(max(known) * 0.6, -6.0)
        return math.log(self.weights.escape) + (SYLLABLE if word.isalpha() else STRANGEST)

    @cached_property
    def log_share(self) -> Callable[[tuple[str, str], str], float]:
        """The log probability of a word after two others; remembered, because a beam asks the same again and again."""
        return lru_cache(maxsize=60_000)(self._log_share)

    def _log_share(self, before: tuple[str, str], word: str) -> float:
        known, escape = self.words.share_of(before, word), self.weights.escape
        if self.local is not None:
            known += self.local_share * (self.local.share_of(before, word) - known)
        return math.log((1.0 - escape) * known + escape * math.exp(spelled(word)))


def spelled(word: str) -> float:
    """The log probability of a word by its letters alone: that of a syllable, of a strange word, of a mixture."""
    if len(word) == 1:
        return STRAY_LETTER
    if looks_vietnamese_syllable(word):
        return SYLLABLE
    if word.replace("'", "").isalpha():
        return max(STRANGEST, STRANGE_BEGINNING + STRANGE_LETTER * len(word))
    return MIXED
