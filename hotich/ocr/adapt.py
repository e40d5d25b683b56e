"""Learns a hand: a small correction of what the recogniser says, fitted to lines that people confirmed.

The network stays as it ships. What its last layer sees of a line (its features) and says of it (its log probabilities)
is kept, and two things are laid over it:

* A matrix added to the last layer, `logs + seen x delta`, where `seen` are the features of a step and of its two
  neighbours. It is the most likely one under a Gaussian around no correction: the penalty weighs each feature by how
  much it varies on the lines themselves, so it holds to what the network said there, and letters of one base or one
  mark are corrected together, so that a letter never seen has its share. Which step shows which letter is asked of the
  network (expectation), then the matrix is moved by a bound of the curvature (Boehning 1992), which needs no step size.
* From some hundred lines on the shapes of the steps that were confirmed: a step that looks like one of them is given
  its letter, the more the more alike they are.

Whether the result may be used is judged by folds: each line by a correction that never saw it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray
from rapidfuzz.distance import Levenshtein

from hotich.ocr.ctc import Logs, greedy
from hotich.ocr.ctc_paths import Floats, normalised, shares_of

SURE: Final = 0.97
"""A step that is nothing new for the network and for the text alike, with this probability, teaches nothing."""

NEAR: Final = 8
"""So many of the most alike confirmed steps are asked."""


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
    """How to learn: rounds of asking which step is which, moves in each, and how strong the pull to nothing is.

    `width` says how unlike two steps may be, `doubt` how little a single confirmed step is worth. Shapes are asked from
    so many lines on: fewer do not show the rare letters, which then are taken for their neighbours when words help to
    choose.
    """

    rounds: int = 3
    moves: int = 8
    pull: float = 60.0
    width: float = 0.07
    doubt: float = 0.1
    shapes_from: int = 100


USUAL: Final = Pace()


@dataclass(frozen=True, slots=True, eq=False)
class Shapes:
    """Confirmed steps: their directions (steps x features), the class that each showed and how surely.

    Directions are those from the `middle` of all steps, each feature in terms of its `spread`.
    """

    directions: Floats
    classes: NDArray[np.intp]
    shares: Floats
    middle: Floats
    spread: Floats

    def alike(self, features: Floats) -> Floats:
        """How alike steps are to the confirmed ones, 1 for the same direction: steps x confirmed steps."""
        return np.asarray(directions((features - self.middle) / self.spread) @ self.directions.T, np.float32)


@dataclass(frozen=True, slots=True, eq=False)
class Kin:
    """Which letters learn together: axes of the classes (classes x axes) and how far corrections reach along each."""

    axes: Floats
    reach: Floats


def strangers(classes: int) -> Kin:
    """Every class learns for itself."""
    return Kin(np.eye(classes, dtype=np.float32), np.ones(classes, np.float32))


@dataclass(frozen=True, slots=True, eq=False)
class Hand:
    """The correction for one hand: classes x (3 x features + 1), by step, step before, step after, and always."""

    delta: Floats
    shapes: Shapes | None = None
    width: float = USUAL.width
    doubt: float = USUAL.doubt

    def corrected(self, logs: Logs, features: Floats) -> Logs:
        """The log probabilities of a line with the correction, steps x classes."""
        line = normalised(logs + with_neighbours(features) @ self.delta.T)
        return line if self.shapes is None else self._recalled(line, features, self.shapes)

    def _recalled(self, logs: Logs, features: Floats, shapes: Shapes) -> Logs:
        """The same steps with the letters shared out anew; how likely no new letter is stays as it was."""
        alike = shapes.alike(features)
        count = min(NEAR, alike.shape[1])
        nearest = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        weights = np.exp((np.take_along_axis(alike, nearest, 1) - 1.0) / self.width) * shapes.shares[nearest]
        letters = np.maximum(1.0 - np.exp(logs[:, :1]), 1e-9)
        found = self.doubt * np.exp(logs[:, 1:]) / letters
        np.add.at(found, (np.arange(len(logs))[:, None], shapes.classes[nearest] - 1), weights)
        shared = np.log(np.maximum(found / found.sum(axis=1, keepdims=True) * letters, 1e-20))
        return np.asarray(np.concatenate([logs[:, :1], shared], axis=1), np.float32)

    @property
    def size(self) -> float:
        """The root mean square of the matrix."""
        return float(np.sqrt(np.mean(np.square(self.delta))))


@dataclass(frozen=True, slots=True)
class Outcome:
    """What learning came to. Error rates are of lines that were each read by a correction that never saw them.

    `forgets` says that the hand learned before reads the newest lines worse than no correction does.
    """

    hand: Hand | None
    learned_from: int = 0
    held_back: int = 0
    cer_before: float = 0.0
    cer_after: float = 0.0
    forgets: bool = False

    @property
    def kept(self) -> bool:
        return self.hand is not None

    def hand_after(self, before: Hand | None) -> Hand | None:
        """The hand to read with from now on."""
        return self.hand if self.hand is not None or self.forgets else before


def no_correction(features: int, classes: int) -> Hand:
    """The hand that changes nothing."""
    return Hand(np.zeros((classes, 3 * features + 1), np.float32))


def with_neighbours(features: Floats) -> Floats:
    """Each step with what the steps before and after it saw, and a one: steps x (3 x features + 1)."""
    nothing = np.zeros_like(features[:1])
    before, after = np.concatenate([nothing, features[:-1]]), np.concatenate([features[1:], nothing])
    return np.concatenate([features, before, after, np.ones((len(features), 1), np.float32)], axis=1)


def directions(features: Floats) -> Floats:
    """Each row at length 1."""
    return np.asarray(features / np.maximum(np.linalg.norm(features, axis=1, keepdims=True), 1e-6), np.float32)


def fitted(
    lines: Sequence[SeenLine], pace: Pace, kin: Kin | None = None, shares: Sequence[Floats] | None = None
) -> Hand:
    """The correction that makes these lines likely. With `shares` it is not asked again which step is which.

    Raises ValueError without a line that can be spelled.
    """
    if shares is None:
        lines = [line for line in lines if line.can_be_spelled]
    if not lines:
        raise ValueError("nothing to learn from")
    work = _Fit(lines, pace, kin or strangers(lines[0].logs.shape[1]))
    if shares is not None:
        told = np.concatenate(shares)
        work.move(told)
        return work.hand(told)
    for _ in range(pace.rounds):
        work.move(work.shares())
    return work.hand()


class _Fit:
    """The matrix in the axes in which features and letters are independent, so that each number moves by itself."""

    def __init__(self, lines: Sequence[SeenLine], pace: Pace, kin: Kin) -> None:
        self._lines, self._pace = lines, pace
        self._logs = np.concatenate([line.logs for line in lines])
        self._cuts = np.cumsum([len(line.logs) for line in lines])[:-1]
        seen = np.concatenate([with_neighbours(line.features) for line in lines])
        self._scale = 1.0 / np.sqrt(np.mean(np.square(seen), axis=0) + 1e-3)
        spread, axes = np.linalg.eigh((seen * self._scale).T @ (seen * self._scale))
        self._axes = np.asarray(axes, np.float32)
        self._seen = np.asarray((seen * self._scale) @ self._axes, np.float32)
        self._letters = kin.axes
        self._pull = (np.float32(pace.pull) / kin.reach)[None, :]
        # The curvature is at most half of what the features spread: no move goes too far.
        self._reach = (1.0 / (0.5 * np.maximum(spread, 0.0)[:, None] + self._pull)).astype(np.float32)
        self._matrix = np.zeros(self._reach.shape, np.float32)

    @property
    def delta(self) -> Floats:
        """Classes x (3 x features + 1)."""
        return np.asarray(((self._axes @ self._matrix @ self._letters.T) * self._scale[:, None]).T, np.float32)

    def hand(self, shares: Floats | None = None) -> Hand:
        """The matrix, and the shapes where there are lines enough."""
        if len(self._lines) < self._pace.shapes_from:
            return Hand(self.delta)
        shapes = self.shapes(self.shares() if shares is None else shares)
        return Hand(self.delta, shapes, self._pace.width, self._pace.doubt)

    def corrected(self) -> Logs:
        """The log probabilities of all lines' steps."""
        return normalised(self._logs + self._seen @ self._matrix @ self._letters.T)

    def shares(self) -> Floats:
        """How the spellings of the true texts share all steps, by what is believed now."""
        logs = np.split(self.corrected(), self._cuts)
        return np.concatenate(shares_of(logs, [line.classes for line in self._lines])[1])

    def move(self, shares: Floats) -> None:
        """Nearer to those shares, each move with the momentum of the last (Nesterov 1983)."""
        telling = ~((shares[:, 0] > SURE) & (np.exp(self._logs[:, 0]) > SURE))
        seen, logs, wanted = self._seen[telling], self._logs[telling], shares[telling]
        ahead, speed = self._matrix, 1.0
        for _ in range(self._pace.moves):
            said = np.exp(normalised(logs + seen @ ahead @ self._letters.T))
            moved = ahead + self._reach * (seen.T @ ((wanted - said) @ self._letters) - self._pull * ahead)
            faster = (1.0 + math.sqrt(1.0 + 4.0 * speed * speed)) / 2.0
            ahead = moved + np.float32((speed - 1.0) / faster) * (moved - self._matrix)
            self._matrix, speed = moved, faster

    def shapes(self, shares: Floats) -> Shapes:
        """The steps that show something, with what they show."""
        features = np.concatenate([line.features for line in self._lines])
        middle, spread = features.mean(axis=0), features.std(axis=0) + np.float32(1e-3)
        telling = shares[:, 0] < 0.5
        told = shares[telling][:, 1:]
        found = directions((features[telling] - middle) / spread)
        return Shapes(found, told.argmax(axis=1) + 1, told.max(axis=1), middle, spread)


def read_by(line: SeenLine, hand: Hand | None) -> Logs:
    """The log probabilities of a line, with the correction if there is one."""
    return line.logs if hand is None else hand.corrected(line.logs, line.features)


def errors_in(line: SeenLine, hand: Hand | None = None) -> int:
    """Characters read wrong by the likeliest classes."""
    return int(Levenshtein.distance(spelled_by(read_by(line, hand)), line.classes))


def error_rate(lines: Sequence[SeenLine], hand: Hand | None = None) -> float:
    """Characters read wrong by the likeliest classes, as a share of those written; 0 without lines."""
    return sum(errors_in(line, hand) for line in lines) / max(1, sum(len(line.classes) for line in lines))


def losses(lines: Sequence[SeenLine], hand: Hand | None = None) -> NDArray[np.float64]:
    """Minus the log probability of each line's true text."""
    return -shares_of([read_by(line, hand) for line in lines], [line.classes for line in lines])[0]


def spelled_by(logs: Logs) -> tuple[int, ...]:
    """The likeliest classes of a line, repeats merged and nothings dropped."""
    return tuple(ord(letter.text) for letter in greedy(logs, _CLASS_LETTERS[: logs.shape[1]]))


_CLASS_LETTERS: Final = tuple(chr(number) for number in range(1, 0x800))
"""A letter for each class, so that classes can be compared without an alphabet."""
