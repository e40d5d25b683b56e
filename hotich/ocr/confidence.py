"""What a confidence is worth: the share of suggestions that are right at it, by the engine and the kind of field."""

from __future__ import annotations

import math
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from hotich.forms.formspec import FieldKind

Curve = tuple[float, float]

EDGE: Final = 1e-4
"""Nothing is told surer than this; a suggestion is never a certainty."""

ANY: Final = "any"


AS_IT_IS: Final = (0.0, 1.0)
"""The curve that changes nothing."""


def told_share(promised: float, kind: FieldKind, engine: str) -> float:
    """The share of suggestions of that engine and kind that are right where they promise `promised`; both 0-1."""
    return bent(promised, curve_of(kind, engine))


def bent(promised: float, curve: Curve) -> float:
    """A probability after a logistic curve over its log odds."""
    if curve == AS_IT_IS:
        return promised
    level, slope = curve
    return 1.0 / (1.0 + math.exp(-max(-40.0, min(40.0, level + slope * log_odds(promised)))))


def log_odds(share: float) -> float:
    """The logarithm of the odds, finite for 0 and 1 too."""
    inside = min(1.0 - EDGE, max(EDGE, share))
    return math.log(inside / (1.0 - inside))


def curve_of(kind: FieldKind, engine: str) -> Curve:
    """The curve of that engine and kind, of any kind where that has none, or the one that changes nothing."""
    told = _table().get(engine, {})
    return told.get(kind.value) or told.get(ANY) or AS_IT_IS


@cache
def _table() -> dict[str, dict[str, Curve]]:
    text = (files("hotich.ocr") / "confidence.toml").read_text(encoding="utf-8")
    return {who: {kind: (c[0], c[1]) for kind, c in kinds.items()} for who, kinds in tomllib.loads(text).items()}
