"""Memory of a book: a crop that looks like one already confirmed in the same field probably says the same.

What the recogniser's last layer sees of two lines is laid side by side by dynamic time warping (Sakoe and Chiba 1978):
the mean distance of the steps that come to lie together says how alike they are, whatever the recogniser makes of them.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from hotich.forms.formspec import FieldKind
from hotich.ocr.decode import NUMBERS
from hotich.ocr.engine import Crop, Recalled

NEVER_ALIKE: Final = (*NUMBERS, FieldKind.DATE, FieldKind.DATE_WORDS, FieldKind.CHOICE)
"""Kinds of fields where two neighbours differ in one stroke, or where a list already says what may stand there."""

CURVE: Final = (3.16, -17.3)
"""From the distance to the share of pairs that say the same: a logistic curve.

Fitted on 691 lines of real registers of three hands and the nearest other line of the same hand, of which a third said
the same: all of them below a distance of 0.05, half at 0.17, none above 0.45.
"""

LEAST_SHARE: Final = 0.5
"""Less likely texts are not offered."""

LOOKED_AT: Final = 12
"""So many remembered lines, the nearest by their mean, are laid beside the new one."""

LENGTHS: Final = 0.35
"""Lines whose lengths differ by more than this share do not say the same."""


@dataclass(frozen=True, slots=True, eq=False)
class Remembered:
    """One confirmed line: its field, its text, what the network saw (steps x features), and its record."""

    field_id: str
    text: str
    features: NDArray[Any]
    record_id: str = ""


class Memory:
    """The confirmed lines of a book."""

    def __init__(self, lines: Sequence[Remembered]) -> None:
        self._by_field: dict[str, list[Remembered]] = {}
        for line in lines:
            self._by_field.setdefault(line.field_id, []).append(line)

    @property
    def texts(self) -> tuple[str, ...]:
        """All texts, as often as they were confirmed."""
        return tuple(line.text for lines in self._by_field.values() for line in lines)

    def knows(self, crop: Crop) -> bool:
        """Whether anything is remembered that could be offered for the crop."""
        return crop.kind not in NEVER_ALIKE and crop.field_id in self._by_field

    def like(self, field_id: str, features: NDArray[np.float32]) -> tuple[Recalled, ...]:
        """The confirmed line most like this one, or nothing."""
        near = self._nearest(field_id, features)
        if not near:
            return ()
        apart, found = min(((distance(line.features, features), line) for line in near), key=lambda each: each[0])
        share = same_share(apart)
        return (Recalled(found.text, share, found.record_id),) if share >= LEAST_SHARE else ()

    def _nearest(self, field_id: str, features: NDArray[np.float32]) -> list[Remembered]:
        steps, middle = len(features), features.mean(axis=0)
        known = [
            (float(np.linalg.norm(line.features.mean(axis=0) - middle)), place)
            for place, line in enumerate(self._by_field.get(field_id, []))
            if abs(len(line.features) - steps) <= LENGTHS * steps + 1
        ]
        return [self._by_field[field_id][place] for _, place in sorted(known)[:LOOKED_AT]]


def same_share(found: float) -> float:
    """The share of pairs of lines of one hand at that distance that say the same."""
    return 1.0 / (1.0 + math.exp(-max(-50.0, min(50.0, CURVE[0] + CURVE[1] * found))))


def distance(one: NDArray[Any], other: NDArray[Any]) -> float:
    """The mean cosine distance (0-2) of the steps of two lines, laid side by side as well as can be."""
    apart = 1.0 - _directions(one) @ _directions(other).T
    best = _cumulated(apart)
    return float(best / (len(one) + len(other)))


def _directions(features: NDArray[Any]) -> NDArray[np.float32]:
    line = np.asarray(features, np.float32)
    return np.asarray(line / np.maximum(np.linalg.norm(line, axis=1, keepdims=True), 1e-6), np.float32)


def _cumulated(apart: NDArray[np.float32]) -> float:
    """The cheapest way through the table, where a diagonal step counts twice, by anti-diagonals."""
    high, wide = apart.shape
    one_back = two_back = np.full(high + 1, np.inf)
    for diagonal in range(high + wide - 1):
        rows = np.arange(max(0, diagonal - wide + 1), min(high, diagonal + 1))
        cost = apart[rows, diagonal - rows]
        now = np.full(high + 1, np.inf)
        if diagonal == 0:
            now[1] = 2.0 * cost[0]
        else:
            sideways = np.minimum(one_back[rows], one_back[rows + 1]) + cost
            now[rows + 1] = np.minimum(sideways, two_back[rows] + 2.0 * cost)
        one_back, two_back = now, one_back
    return float(one_back[high])
