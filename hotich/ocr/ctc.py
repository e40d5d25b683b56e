"""From the recogniser's view of each step to letters: greedily, or with a beam that also asks what words there are.

A step's classes are the letters, with class 0 for "no new letter here". Repeats of a class are one letter unless a 0
stands between them (connectionist temporal classification). `logs` are natural log probabilities, steps x classes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Protocol

import numpy as np
from numpy.typing import NDArray

Logs = NDArray[np.float32]

NEVER: Final = -1e9
SURE: Final = -0.0005
"""Above this log probability of "no new letter" a step says nothing else."""

SEEN: Final = -7.0
"""Letters below this log probability are not followed."""

MOST_LETTERS: Final = 8
LEAST_ALTERNATIVE: Final = 0.02


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter, the probability of its best step, other letters there with theirs, and the step."""

    text: str
    share: float
    others: tuple[tuple[str, float], ...]
    step: int


@dataclass(frozen=True, slots=True)
class Way:
    """A whole text, the log probability of its ink, and with what words make likely added."""

    text: str
    ink: float
    score: float


class Words(Protocol):
    """What the beam asks while it spells; `state` is whatever the answers carry along."""

    @property
    def start(self) -> Any: ...

    def after(self, state: Any, letter: str) -> tuple[Any, float]:
        """The state after one more letter, and the log weight of all words up to there."""
        ...

    def end(self, state: Any) -> float:
        """The log weight when nothing follows."""
        ...


def greedy(logs: Logs, letters: Sequence[str]) -> tuple[Letter, ...]:
    """The likeliest class of each step, read off; `letters[i]` is the letter of class i + 1."""
    best = logs.argmax(axis=1)
    found: list[Letter] = []
    step = 0
    while step < len(best):
        here = int(best[step])
        stop = step + 1
        while stop < len(best) and best[stop] == here:
            stop += 1
        if here:
            peak = step + int(logs[step:stop, here].argmax())
            found.append(_letter(logs[peak], here, letters, peak))
        step = stop
    return tuple(found)


def _letter(row: Logs, best: int, letters: Sequence[str], step: int) -> Letter:
    order = np.argsort(row)[::-1][:6]
    others = tuple(
        (letters[int(i) - 1], math.exp(float(row[i])))
        for i in order
        if i not in (0, best) and row[i] > math.log(LEAST_ALTERNATIVE)
    )
    return Letter(letters[best - 1], math.exp(float(row[best])), others, step)


def softened(logs: Logs, by: float) -> Logs:
    """The same steps less sure of themselves, so that words get a hearing; `by` 1 changes nothing."""
    if by == 1.0:
        return logs
    scaled = logs / np.float32(by)
    return np.asarray(scaled - np.log(np.exp(scaled).sum(axis=1, keepdims=True)), np.float32)


def ink_of(logs: Logs, classes: Sequence[int]) -> float:
    """The log probability that the steps spell exactly these classes, over all ways to align them."""
    places = 2 * len(classes) + 1
    marks = np.zeros(places, np.intp)
    marks[1::2] = classes
    skips = np.zeros(places, np.bool_)
    skips[2:] = (marks[2:] != 0) & (marks[2:] != marks[:-2])
    row = np.full(places, NEVER)
    row[:2] = logs[0, marks[:2]]
    for step in range(1, len(logs)):
        moved = np.logaddexp(row, np.concatenate(([NEVER], row[:-1])))
        leapt = np.where(skips, np.concatenate(([NEVER, NEVER], row[:-2]))[:places], NEVER)
        row = np.logaddexp(moved, leapt) + logs[step, marks]
    return float(np.logaddexp(row[-1], row[-2]) if places > 1 else row[-1])


@dataclass(slots=True)
class _Hypothesis:
    """Log probabilities of the text ending in "no new letter" and ending in its last letter, and its words."""

    blank: float
    letter: float
    state: Any
    words: float

    @property
    def ink(self) -> float:
        return _plus(self.blank, self.letter)


def beam(logs: Logs, letters: Sequence[str], words: Words, width: int = 12, most: int = 5) -> tuple[Way, ...]:
    """The likeliest texts by ink and words together, the best first; at least one."""
    texts = {"": _Hypothesis(0.0, NEVER, words.start, 0.0)}
    for row in logs:
        if row[0] > SURE:
            for hypothesis in texts.values():
                hypothesis.blank, hypothesis.letter = hypothesis.ink + float(row[0]), NEVER
            continue
        texts = _stepped(texts, row, letters, words, width)
    ways = [Way(text, h.ink, h.ink + words.end(h.state)) for text, h in texts.items()]
    return tuple(sorted(ways, key=lambda way: -way.score)[:most])


def _stepped(
    texts: dict[str, _Hypothesis], row: Logs, letters: Sequence[str], words: Words, width: int
) -> dict[str, _Hypothesis]:
    seen = np.nonzero(row[1:] > SEEN)[0]
    if len(seen) > MOST_LETTERS:
        seen = seen[np.argsort(row[1:][seen])[-MOST_LETTERS:]]
    choices = [(letters[int(i)], float(row[i + 1])) for i in seen]
    nothing = float(row[0])
    grown: dict[str, _Hypothesis] = {}
    for text, old in texts.items():
        whole = old.ink
        _add(grown, text, whole + nothing, NEVER, old)
        last = text[-1:]
        for letter, share in choices:
            if letter == last:
                _add(grown, text, NEVER, old.letter + share, old)
            gain = (old.blank if letter == last else whole) + share
            if gain > NEVER / 2:
                longer = text + letter
                known = grown.get(longer)
                if known is not None:
                    known.letter = _plus(known.letter, gain)
                else:
                    state, weight = words.after(old.state, letter)
                    grown[longer] = _Hypothesis(NEVER, gain, state, weight)
    if len(grown) <= width:
        return grown
    kept = sorted(grown.items(), key=lambda item: -(item[1].ink + item[1].words))[:width]
    return dict(kept)


def _add(grown: dict[str, _Hypothesis], text: str, blank: float, letter: float, old: _Hypothesis) -> None:
    known = grown.get(text)
    if known is None:
        grown[text] = _Hypothesis(blank, letter, old.state, old.words)
    else:
        known.blank, known.letter = _plus(known.blank, blank), _plus(known.letter, letter)


def _plus(a: float, b: float) -> float:
    """The log of the sum of two probabilities given as logs."""
    if a < b:
        a, b = b, a
    return a if b < a - 30.0 else a + math.log1p(math.exp(b - a))
