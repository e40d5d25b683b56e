"""What a confidence is worth: the share of suggestions that are right at it, by the engine and the kind of field."""

from __future__ import annotations

import math
import tomllib
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from hotich.forms.formspec import FieldKind

Knot = tuple[float, float]
"""The log odds of a promise, and those of the share that is right at it."""

Curve = Sequence[Knot]
"""Knots in rising order; straight between them, level before the first and after the last."""

EDGE: Final = 1e-4
"""Nothing is told surer than this; a suggestion is never a certainty."""

ANY: Final = "any"


def told_share(promised: float, kind: FieldKind, engine: str) -> float:
    """The share of suggestions of that engine and kind that are right where they promise `promised`; both 0-1."""
    return bent(promised, curve_of(kind, engine))


def bent(promised: float, curve: Curve) -> float:
    """What a promise is worth by a curve; the promise itself where the curve has no knots."""
    if not curve:
        return promised
    odds = log_odds(promised)
    after = bisect_right([at for at, _ in curve], odds)
    if after in (0, len(curve)):
        told = curve[max(0, after - 1)][1]
    else:
        (left, low), (right, high) = curve[after - 1], curve[after]
        told = low + (high - low) * (odds - left) / (right - left)
    return 1.0 / (1.0 + math.exp(-told))


def log_odds(share: float) -> float:
    """The logarithm of the odds, finite for 0 and 1 too."""
    inside = min(1.0 - EDGE, max(EDGE, share))
    return math.log(inside / (1.0 - inside))


def curve_of(kind: FieldKind, engine: str) -> Curve:
    """The curve of that engine and kind, of any kind where that has none; () for an engine that nobody measured."""
    told = _IN_USE[-1] if _IN_USE else _table()
    curves = told.get(engine, {})
    return curves.get(kind.value) or curves.get(ANY) or ()


_IN_USE: list[Mapping[str, Mapping[str, Curve]]] = []


def leave_curves() -> None:
    """From now on every promise is told as it is: for who fits the curves anew."""
    _IN_USE.append({})


@cache
def _table() -> Mapping[str, Mapping[str, Curve]]:
    text = (files("hotich.ocr") / "confidence.toml").read_text(encoding="utf-8")
    return {
        who: {kind: tuple((at, share) for at, share in knots) for kind, knots in kinds.items()}
        for who, kinds in tomllib.loads(text).items()
    }
