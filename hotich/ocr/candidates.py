"""Ways to read one field, weighed against one another."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from hotich.values import Alternative

INK: Final = "ink"
LEXICON: Final = "lexicon"
DATE_GRAMMAR: Final = "date-grammar"
NEIGHBOUR: Final = "neighbour"

MOST: Final = 5


@dataclass(frozen=True, slots=True)
class Candidate:
    """A text that may stand in the field, its normal form, and what it costs to believe it (natural log units)."""

    text: str
    normal: str
    cost: float
    reason: str = INK


def ranked(candidates: Iterable[Candidate]) -> tuple[Alternative, ...]:
    """At most MOST different texts, the cheapest first, with probabilities that sum to 1 over all that were given."""
    cheapest: dict[str, Candidate] = {}
    for candidate in candidates:
        known = cheapest.get(candidate.text)
        if known is None or candidate.cost < known.cost:
            cheapest[candidate.text] = candidate
    order = sorted(cheapest.values(), key=lambda candidate: candidate.cost)
    if not order:
        return ()
    weights = [math.exp(order[0].cost - candidate.cost) for candidate in order]
    total = sum(weights)
    return tuple(
        Alternative(candidate.text, candidate.normal, weight / total, candidate.reason)
        for candidate, weight in zip(order[:MOST], weights, strict=False)
    )
