"""Several readings of the same print, and for each word the one that most of them are for.

A recogniser of print misreads the marks of one word at one size of type and those of another word at another size;
what it says at most sizes is right more often than what it says at any. (The idea of voting on aligned words is that
of ROVER: J. G. Fiscus, "A post-processing system to yield reduced word error rates", 1997.)
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from rapidfuzz.distance import Levenshtein

from hotich.text import looks_vietnamese_syllable

Word = tuple[str, float]
"""A word as read and its confidence 0-1."""

NO_SYLLABLE_LOSES: Final = 0.25
"""What the backing of a word loses that is built like no Vietnamese syllable: nearly one sure vote of three."""

MOST_OTHERS: Final = 4

UNLIKE: Final = 1.5
"""Cost of pairing two words that share no letter; leaving a word of either side alone costs 1."""

_SIGNS: Final = ".,;:()-/'\""


@dataclass(frozen=True, slots=True)
class Heard:
    """One reading of a crop: its lines, each with its words."""

    lines: tuple[tuple[Word, ...], ...]

    @property
    def words(self) -> tuple[Word, ...]:
        return tuple(word for line in self.lines for word in line)

    @property
    def text(self) -> str:
        return _filled(self, [text for text, _ in self.words])


@dataclass(frozen=True, slots=True)
class Vote:
    """The text that most readings are for, its backing 0-1, and other texts with theirs, the best backed first.

    A word's backing is the confidence of the readings that have it, summed, by the number of readings; a text is
    backed as its least backed word is, because a field is right only when all of it is.
    """

    text: str
    backing: float
    others: tuple[tuple[str, float], ...] = ()


def voted(readings: Sequence[Heard]) -> Vote:
    """The vote of one reading or more. The words stand as in the reading whose number of words most agree on."""
    pivot = _pivot(readings)
    rows = [_beside(pivot.words, reading.words) for reading in readings]
    ballots = [_backings([row[place] for row in rows]) for place in range(len(pivot.words))]
    winners = [max(ballot, key=lambda text: _worth(text, ballot[text])) for ballot in ballots]
    backing = min((ballot[winner] for ballot, winner in zip(ballots, winners, strict=True)), default=0.0)
    return Vote(_filled(pivot, winners), backing, _others(pivot, winners, ballots))


def _pivot(readings: Sequence[Heard]) -> Heard:
    """The first of those that have the most usual number of words."""
    counts = Counter(len(reading.words) for reading in readings)
    return max(readings, key=lambda reading: counts[len(reading.words)])


def _backings(said: Sequence[Word | None]) -> dict[str, float]:
    """The backing of each text that was said for one word."""
    backings: dict[str, float] = {}
    for word in said:
        if word is not None:
            backings[word[0]] = backings.get(word[0], 0.0) + word[1] / len(said)
    return backings


def _worth(text: str, backing: float) -> float:
    return backing - (0.0 if _may_be_written(text) else NO_SYLLABLE_LOSES)


def _may_be_written(text: str) -> bool:
    word = text.strip(_SIGNS)
    return len(word) < 2 or not word.isalpha() or looks_vietnamese_syllable(word)


def _others(pivot: Heard, winners: list[str], ballots: Sequence[dict[str, float]]) -> tuple[tuple[str, float], ...]:
    """The texts with one word otherwise."""
    found = []
    for place, ballot in enumerate(ballots):
        for text, backing in ballot.items():
            if text != winners[place]:
                found.append((_filled(pivot, [*winners[:place], text, *winners[place + 1 :]]), backing))
    return tuple(sorted(found, key=lambda other: -other[1])[:MOST_OTHERS])


def _filled(pivot: Heard, words: Sequence[str]) -> str:
    """The words in the lines of the reading."""
    left = iter(words)
    return "\n".join(" ".join(next(left) for _ in line) for line in pivot.lines)


def _beside(pivot: Sequence[Word], other: Sequence[Word]) -> list[Word | None]:
    """For each word of the pivot the word of the other reading that stands for it, by the cheapest alignment."""
    costs = _costs(pivot, other)
    row, column = len(pivot), len(other)
    found: list[Word | None] = [None] * row
    while row and column:
        if costs[row][column] == costs[row - 1][column - 1] + _unlike(pivot[row - 1], other[column - 1]):
            row, column = row - 1, column - 1
            found[row] = other[column]
        elif costs[row][column] == costs[row - 1][column] + 1.0:
            row -= 1
        else:
            column -= 1
    return found


def _costs(pivot: Sequence[Word], other: Sequence[Word]) -> list[list[float]]:
    """What aligning the first words of one reading with the first words of the other costs, for all numbers of them."""
    costs = [[float(column) for column in range(len(other) + 1)]]
    for row, word in enumerate(pivot, start=1):
        above = costs[-1]
        here = [float(row)]
        for column, against in enumerate(other, start=1):
            here.append(min(above[column] + 1.0, here[-1] + 1.0, above[column - 1] + _unlike(word, against)))
        costs.append(here)
    return costs


def _unlike(word: Word, other: Word) -> float:
    return UNLIKE * Levenshtein.normalized_distance(word[0], other[0])
