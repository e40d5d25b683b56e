"""What confidence is worth: calibration error, and what would be accepted at a target accuracy, with intervals."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Judged = tuple[float, bool]
"""The confidence of a suggestion and whether it was right."""

BINS = 10
Z = 1.96
"""Standard deviations of an interval that holds in 95 cases of a hundred."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """Suggestions at or above a target: their share of all, the share of them that is right, and its interval."""

    count: int
    share: float
    right: float
    low: float
    high: float


def calibration_error(judged: Sequence[Judged]) -> float:
    """The expected calibration error over ten equal bins of confidence (Naeini, Cooper and Hauskrecht 2015)."""
    bins: list[list[Judged]] = [[] for _ in range(BINS)]
    for one in judged:
        bins[min(BINS - 1, int(one[0] * BINS))].append(one)
    gaps = (abs(sum(confidence - right for confidence, right in group)) for group in bins)
    return sum(gaps) / max(1, len(judged))


def accepted(judged: Sequence[Judged], target: float) -> Accepted:
    """What a supervisor would get who takes all suggestions of at least that confidence."""
    taken = [right for confidence, right in judged if confidence >= target]
    low, high = interval(sum(taken), len(taken))
    right = sum(taken) / len(taken) if taken else 0.0
    return Accepted(len(taken), len(taken) / max(1, len(judged)), right, low, high)


def interval(right: int, count: int) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927); 0 to 1 where nothing was counted."""
    if count == 0:
        return 0.0, 1.0
    share, spread = right / count, Z * Z / count
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / count + spread / (4 * count)) / (1 + spread)
    return middle - half, middle + half
