"""Decides what a hand's confirmed lines are worth: which to leave out, how far to go, and whether it does any good.

Lines are parted into folds. Each fold is read by corrections fitted to the others, one for each strength of the pull.
The strength for a fold is chosen by the other folds, so that no line chooses what it is then judged by; the final
correction is fitted to all lines.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from hotich.ocr.adapt import (
    USUAL,
    Hand,
    Kin,
    Outcome,
    Pace,
    SeenLine,
    errors_in,
    fitted,
    losses,
)
from hotich.ocr.ctc_paths import shares_of

FOLDS: Final = 4
LEAST_LINES: Final = 4
"""Fewer lines cannot be parted into folds that each leave something to learn from."""

SOME_LINES: Final = 32
"""From here on two folds tell enough."""

MANY_LINES: Final = 96
"""From here on the usual pull is the best one for every hand that was measured."""

PULLS: Final = (1.0, 0.4, 4.0)
"""How many times the usual pull towards no correction is tried; the usual one first."""

OUTLIER: Final = 4.0
"""A line that its text fits so many times worse than the middle line, a letter, was confirmed with another text."""


def learned(
    lines: Sequence[SeenLine],
    pace: Pace = USUAL,
    before: Hand | None = None,
    fresh: int = 0,
    kin: Kin | None = None,
    check: Callable[[], None] = lambda: None,
) -> Outcome:
    """What the lines teach; no hand where lines unseen would be read worse than without one.

    The last `fresh` lines are new to the hand `before`: on them the new hand must be no worse than that one either.
    `check` is called between two fits and may stop the work by raising.
    """
    fits = [line.can_be_spelled for line in lines]
    usable = [line for line, fit in zip(lines, fits, strict=True) if fit]
    if len(usable) < LEAST_LINES:
        return Outcome(None)
    trusted = believable(usable)
    kept = [line for line, fine in zip(usable, trusted, strict=True) if fine]
    if len(kept) < LEAST_LINES:
        return Outcome(None)
    unseen = sum(fits[len(fits) - fresh :]) if fresh else 0
    new = sum(trusted[len(trusted) - unseen :]) if unseen else 0
    pulls = PULLS if len(kept) < MANY_LINES else PULLS[:1]
    errors, loss = _by_folds(kept, [replace(pace, pull=pace.pull * times) for times in pulls], kin, check)
    told = _Told(kept, errors_of_choice(errors, loss, fold_of(len(kept))))
    wise = told.does_good() and (before is None or not new or told.no_worse_than(before, new))
    best = int(loss.sum(axis=1).argmin())
    hand = fitted(kept, replace(pace, pull=pace.pull * pulls[best]), kin) if wise else None
    forgets = before is not None and new > 0 and told.is_worse_than_none(before, new)
    return Outcome(hand, len(kept), len(kept), told.cer_before, told.cer_after, forgets)


def believable(lines: Sequence[SeenLine]) -> list[bool]:
    """Which lines can have been confirmed with their own text: the others fit it far worse than the middle line."""
    each = losses(lines) / np.array([len(line.classes) for line in lines])
    return [bool(loss <= OUTLIER * max(float(np.median(each)), 0.5)) for loss in each]


def fold_of(count: int) -> NDArray[np.intp]:
    """The fold of each line."""
    return np.arange(count) % (FOLDS if count < SOME_LINES else 2)


def _by_folds(
    lines: Sequence[SeenLine], paces: Sequence[Pace], kin: Kin | None, check: Callable[[], None]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Errors and losses of every line (paces x lines), each read by a hand that did not learn from it."""
    folds = fold_of(len(lines))
    shares = shares_of([line.logs for line in lines], [line.classes for line in lines])[1]
    errors, loss = np.zeros((len(paces), len(lines))), np.zeros((len(paces), len(lines)))
    for fold in range(int(folds.max()) + 1):
        held = np.nonzero(folds == fold)[0].tolist()
        others = np.nonzero(folds != fold)[0].tolist()
        tested = [lines[place] for place in held]
        for row, pace in enumerate(paces):
            check()
            hand = fitted([lines[place] for place in others], pace, kin, [shares[place] for place in others])
            errors[row, held] = [errors_in(line, hand) for line in tested]
            loss[row, held] = losses(tested, hand)
    return errors, loss


def errors_of_choice(
    errors: NDArray[np.float64], loss: NDArray[np.float64], folds: NDArray[np.intp]
) -> NDArray[np.float64]:
    """Each line's errors under the row that the lines of other folds find likeliest."""
    rows = np.array([int(loss[:, folds != fold].sum(axis=1).argmin()) for fold in range(int(folds.max()) + 1)])
    return np.asarray(errors[rows[folds], np.arange(errors.shape[1])])


class _Told:
    """What the folds tell of the lines, against what reads them now."""

    def __init__(self, lines: Sequence[SeenLine], errors: NDArray[np.float64]) -> None:
        self._lines, self._errors = lines, errors
        self._letters = sum(len(line.classes) for line in lines)
        self._bare = np.array([errors_in(line) for line in lines])

    @property
    def cer_before(self) -> float:
        return float(self._bare.sum()) / self._letters

    @property
    def cer_after(self) -> float:
        return float(self._errors.sum()) / self._letters

    def does_good(self) -> bool:
        """No more errors than without a correction.

        The likelihood of the true texts is not asked: shapes make a wrong step dearer than a lost letter is.
        """
        return self.cer_after <= self.cer_before

    def is_worse_than_none(self, before: Hand, new: int) -> bool:
        """Whether that hand misreads more of the newest lines than the network does without it."""
        return bool(sum(errors_in(line, before) for line in self._lines[-new:]) > self._bare[-new:].sum())

    def no_worse_than(self, before: Hand, new: int) -> bool:
        """Whether the newest lines, which that hand never saw, are read as well."""
        return bool(self._errors[-new:].sum() <= sum(errors_in(line, before) for line in self._lines[-new:]))
