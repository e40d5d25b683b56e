"""Learns a hand: a small correction of the recogniser's output layer, fitted to lines that people confirmed.

The network stays as it ships. What its last layer sees of a line (its features) and says of it (its log probabilities)
is kept, and a matrix is added to that layer: `logs + seen x delta`, normalised again, where `seen` are the features of
a step and of its two neighbours. The matrix starts at zero, is fitted by the gradient of the CTC loss (Graves et al.
2006) with Adam (Kingma and Ba 2015), and is drawn back to zero, so that a few lines move it little. Needs numpy alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from hotich.ocr.ctc import NEVER, Logs, greedy

Floats = NDArray[np.float32]

HELD_BACK_EVERY: Final = 5
"""Each fifth line is never learned from: it tells whether the others did any good."""

LEAST_LINES: Final = 5
"""Fewer lines cannot hold one back."""

BATCH: Final = 16

PULLS: Final = (1.0, 10.0, 50.0)
"""How many times the usual pull towards no correction is tried."""


@dataclass(frozen=True, slots=True, eq=False)
class SeenLine:
    """A line as the frozen network sees it (steps x features, steps x classes), and the classes of its true text."""

    features: Floats
    logs: Logs
    classes: tuple[int, ...]

    @property
    def can_be_spelled(self) -> bool:
        """Whether there are steps enough: one for each letter, and one between equal neighbours."""
        twins = sum(a == b for a, b in zip(self.classes, self.classes[1:], strict=False))
        return 0 < len(self.classes) + twins <= len(self.logs)


@dataclass(frozen=True, slots=True)
class Pace:
    """How to learn: steps of Adam, their size, how strongly the correction is drawn back to zero, and what is hidden.

    `drop` is the share of what each step saw that is hidden at random, so that no single number is leaned on.
    """

    steps: int = 80
    rate: float = 0.01
    pull: float = 2e-3
    drop: float = 0.4
    seed: int = 1


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """The correction for one hand: classes x (3 x features + 1), by step, step before, step after, and always."""

    delta: Floats

    def corrected(self, logs: Logs, features: Floats) -> Logs:
        """The log probabilities of a line with the correction, steps x classes."""
        return _normalised(logs + with_neighbours(features) @ self.delta.T)

    @property
    def size(self) -> float:
        """The root mean square of the correction."""
        return float(np.sqrt(np.mean(np.square(self.delta))))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What learning came to. Character error rates and losses are those of the lines held back."""

    hand: Hand | None
    learned_from: int = 0
    held_back: int = 0
    cer_before: float = 0.0
    cer_after: float = 0.0

    @property
    def kept(self) -> bool:
        return self.hand is not None


def no_correction(features: int, classes: int) -> Hand:
    """The hand that changes nothing."""
    return Hand(np.zeros((classes, 3 * features + 1), np.float32))


def with_neighbours(features: Floats) -> Floats:
    """Each step with what the steps before and after it saw, and a one: steps x (3 x features + 1)."""
    nothing = np.zeros_like(features[:1])
    before, after = np.concatenate([nothing, features[:-1]]), np.concatenate([features[1:], nothing])
    return np.concatenate([features, before, after, np.ones((len(features), 1), np.float32)], axis=1)


def _normalised(scores: Any) -> Logs:
    top = scores.max(axis=-1, keepdims=True)
    return np.asarray(scores - (top + np.log(np.exp(scores - top).sum(axis=-1, keepdims=True))), np.float32)


def ctc_loss(logs: Sequence[Logs], targets: Sequence[Sequence[int]]) -> tuple[NDArray[np.float64], tuple[Floats, ...]]:
    """The loss of each line (minus the log probability that its steps spell the target) and its gradient.

    The gradient, steps x classes, is by the scores before normalisation: the probabilities less the share of all
    spellings of the target that are in that class at that step.
    """
    batch = _Batch(logs, targets)
    spelled, shares = batch.shares()
    gradients = tuple(
        np.exp(line) - share[: len(line)].astype(np.float32) for line, share in zip(logs, shares, strict=True)
    )
    return -spelled, gradients


class _Batch:
    """Lines side by side, padded: steps x lines x places, where the places are the letters with nothings between."""

    def __init__(self, logs: Sequence[Logs], targets: Sequence[Sequence[int]]) -> None:
        self._steps = np.array([len(line) for line in logs])
        self._lasts = np.array([2 * len(target) for target in targets])
        places, classes = int(self._lasts.max()) + 1, logs[0].shape[1]
        marks = np.zeros((len(logs), places), np.intp)
        for line, target in enumerate(targets):
            marks[line, 1 : 2 * len(target) : 2] = target
        self._inked = np.full((int(self._steps.max()), len(logs), places), NEVER)
        for line, each in enumerate(logs):
            self._inked[: len(each), line] = each[:, marks[line]]
        beyond = np.arange(places)[None, :] > self._lasts[:, None]
        self._inked[:, beyond] = NEVER
        # From a letter to the next one directly, unless both are the same.
        self._skips = np.full((len(logs), places), NEVER)
        self._skips[:, 2:][(marks[:, 2:] != 0) & (marks[:, 2:] != marks[:, :-2])] = 0.0
        self._one_hot = np.zeros((len(logs), places, classes), np.float32)
        np.put_along_axis(self._one_hot, marks[:, :, None], 1.0, axis=2)

    def shares(self) -> tuple[NDArray[np.float64], NDArray[Any]]:
        """The log probability of each line's target, and lines x steps x classes of its spellings."""
        forward, backward = self._forward(), self._backward()
        lines = np.arange(len(self._steps))
        ends = forward[self._steps - 1, lines]
        last, before = ends[lines, self._lasts], ends[lines, np.maximum(self._lasts - 1, 0)]
        spelled = np.logaddexp(last, np.where(self._lasts > 0, before, NEVER))
        at = np.exp(np.minimum(forward + backward - spelled[None, :, None], 0.0)).astype(np.float32)
        return spelled, at.transpose(1, 0, 2) @ self._one_hot

    def _forward(self) -> NDArray[np.float64]:
        """Log probabilities of all ways from the first step to each place, that place's ink included."""
        found = np.full(self._inked.shape, NEVER)
        found[0, :, :2] = self._inked[0, :, :2]
        for step in range(1, len(found)):
            before = found[step - 1]
            ways = np.logaddexp(before, _later(before, 1))
            found[step] = np.logaddexp(ways, _later(before, 2) + self._skips) + self._inked[step]
        return found

    def _backward(self) -> NDArray[np.float64]:
        """Log probabilities of all ways from each place to the last step, that place's ink left out."""
        found = np.full(self._inked.shape, NEVER)
        lines = np.arange(len(self._steps))
        ends = np.full(self._inked.shape[1:], NEVER)
        ends[lines, self._lasts] = ends[lines, np.maximum(self._lasts - 1, 0)] = 0.0
        skips = _sooner(self._skips, 2)
        for step in range(len(found) - 1, -1, -1):
            if step + 1 < len(found):
                after = found[step + 1] + self._inked[step + 1]
                ways = np.logaddexp(after, _sooner(after, 1))
                found[step] = np.logaddexp(ways, _sooner(after, 2) + skips)
            found[step] = np.where((self._steps == step + 1)[:, None], ends, found[step])
        return found


def _later(row: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    moved = np.full_like(row, NEVER)
    moved[:, by:] = row[:, :-by]
    return moved


def _sooner(row: NDArray[np.float64], by: int) -> NDArray[np.float64]:
    moved = np.full_like(row, NEVER)
    moved[:, :-by] = row[:, by:]
    return moved


class _Adam:
    """Steps of a size that hardly depends on the size of the gradient."""

    def __init__(self, shape: tuple[int, ...], rate: float) -> None:
        self._rate, self._count = rate, 0
        self._mean, self._square = np.zeros(shape, np.float32), np.zeros(shape, np.float32)

    def step(self, gradient: Floats, share: float) -> Floats:
        """What to add; `share` of the full rate."""
        self._count += 1
        self._mean += 0.1 * (gradient - self._mean)
        self._square += 0.01 * (np.square(gradient) - self._square)
        mean = self._mean / (1 - 0.9**self._count)
        square = self._square / (1 - 0.99**self._count)
        return np.asarray(-self._rate * share * mean / (np.sqrt(square) + 1e-8), np.float32)


def fitted(lines: Sequence[SeenLine], pace: Pace, start: Hand | None = None) -> Hand:
    """The correction that makes these lines likely. Raises ValueError without a line that can be spelled."""
    usable = [line for line in lines if line.can_be_spelled]
    if not usable:
        raise ValueError("nothing to learn from")
    hand = start or no_correction(usable[0].features.shape[1], usable[0].logs.shape[1])
    delta = hand.delta.copy()
    adam, rng = _Adam(delta.shape, pace.rate), np.random.default_rng(pace.seed)
    waiting: list[int] = []
    for step in range(pace.steps):
        if len(waiting) < min(BATCH, len(usable)):
            waiting += rng.permutation(len(usable)).tolist()
        batch = [usable[waiting.pop()] for _ in range(min(BATCH, len(usable)))]
        delta += adam.step(_slope(delta, batch, _hidden(pace.drop, rng)) + pace.pull * delta, 1.0 - step / pace.steps)
    return Hand(delta)


def _hidden(drop: float, rng: np.random.Generator) -> Callable[[Floats], Floats]:
    """What hides a share of the numbers and raises the others in turn."""

    def hide(seen: Floats) -> Floats:
        kept = rng.random(seen.shape, dtype=np.float32) >= drop
        return np.asarray(seen * kept / np.float32(1.0 - drop), np.float32)

    return hide


def _slope(delta: Floats, lines: Sequence[SeenLine], hide: Callable[[Floats], Floats]) -> Floats:
    """The gradient of the mean loss a letter by the correction."""
    seen = [hide(with_neighbours(line.features)) for line in lines]
    logs = [_normalised(line.logs + each @ delta.T) for line, each in zip(lines, seen, strict=True)]
    _, by_score = ctc_loss(logs, [line.classes for line in lines])
    letters = sum(len(line.classes) for line in lines)
    return np.asarray(np.concatenate(by_score).T @ np.concatenate(seen) / np.float32(letters), np.float32)


def error_rate(lines: Sequence[SeenLine], hand: Hand | None = None) -> float:
    """Characters read wrong by the likeliest classes, as a share of those written; 0 without lines."""
    wrong = written = 0
    for line in lines:
        logs = line.logs if hand is None else hand.corrected(line.logs, line.features)
        wrong += Levenshtein.distance(spelled_by(logs), line.classes)
        written += len(line.classes)
    return wrong / max(1, written)


def _loss(lines: Sequence[SeenLine], hand: Hand | None) -> float:
    logs = [line.logs if hand is None else hand.corrected(line.logs, line.features) for line in lines]
    return float(ctc_loss(logs, [line.classes for line in lines])[0].sum()) if lines else 0.0


def spelled_by(logs: Logs) -> tuple[int, ...]:
    """The likeliest classes of a line, repeats merged and nothings dropped."""
    return tuple(ord(letter.text) for letter in greedy(logs, _CLASS_LETTERS[: logs.shape[1]]))


_CLASS_LETTERS: Final = tuple(chr(number) for number in range(1, 0x800))
"""A letter for each class, so that classes can be compared without an alphabet."""


def learned(lines: Sequence[SeenLine], pace: Pace = Pace(), before: Hand | None = None) -> Outcome:
    """What the lines teach, tried on each fifth of them; no hand when those would be read worse than `before` does.

    How strongly the correction is drawn back is chosen on the held-back lines too: a hand that the network reads well
    bears little of it, a strange one much.
    """
    usable = [line for line in lines if line.can_be_spelled]
    held = usable[HELD_BACK_EVERY - 1 :: HELD_BACK_EVERY]
    taught = [line for place, line in enumerate(usable) if (place + 1) % HELD_BACK_EVERY]
    if len(usable) < LEAST_LINES:
        return Outcome(None, 0, 0)
    tried = [fitted(taught, replace(pace, pull=pace.pull * times)) for times in PULLS]
    hand = min(tried, key=lambda each: _loss(held, each))
    cer_before, cer_after = error_rate(held, before), error_rate(held, hand)
    better = cer_after < cer_before or (cer_after == cer_before and _loss(held, hand) <= _loss(held, before))
    return Outcome(hand if better else None, len(taught), len(held), cer_before, cer_after)
