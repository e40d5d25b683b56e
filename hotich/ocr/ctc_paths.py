"""All ways in which the steps of lines can spell their texts: how likely they are together, and which step is which.

The forward and backward sums of connectionist temporal classification (Graves et al. 2006), lines side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hotich.ocr.ctc import NEVER, Logs

Floats = NDArray[np.float32]

TOGETHER: Final = 32
"""Lines that are worked on at once."""


def normalised(scores: Any) -> Logs:
    """Scores (steps x classes) as log probabilities."""
    top = scores.max(axis=-1, keepdims=True)
    return np.asarray(scores - (top + np.log(np.exp(scores - top).sum(axis=-1, keepdims=True))), np.float32)


def shares_of(logs: Sequence[Logs], targets: Sequence[Sequence[int]]) -> tuple[NDArray[np.float64], tuple[Floats, ...]]:
    """The log probability of each line's target, and how its spellings share each step, steps x classes."""
    spelled, shares = [], []
    for start in range(0, len(logs), TOGETHER):
        some = logs[start : start + TOGETHER]
        found, parts = Paths(some, targets[start : start + TOGETHER]).shares()
        spelled.append(found)
        shares += [np.asarray(part[: len(line)], np.float32) for part, line in zip(parts, some, strict=True)]
    return np.concatenate(spelled), tuple(shares)


def ctc_loss(logs: Sequence[Logs], targets: Sequence[Sequence[int]]) -> tuple[NDArray[np.float64], tuple[Floats, ...]]:
    """The loss of each line (minus the log probability that its steps spell the target) and its gradient.

    The gradient, steps x classes, is by the scores before normalisation: the probabilities less the share of all
    spellings of the target that are in that class at that step.
    """
    batch = Paths(logs, targets)
    spelled, shares = batch.shares()
    gradients = tuple(
        np.exp(line) - share[: len(line)].astype(np.float32) for line, share in zip(logs, shares, strict=True)
    )
    return -spelled, gradients


class Paths:
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
