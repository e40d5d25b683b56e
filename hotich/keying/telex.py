"""Telex: marks are letters. aa ee oo, aw, ow, uw, dd; s sắc, f huyền, r hỏi, x ngã, j nặng, z takes the tone off."""

from __future__ import annotations

from typing import Final

from hotich.keying.engine import Method
from hotich.keying.shapes import HOI, HUYEN, NANG, NGA, SAC

_TONES: Final = {"s": SAC, "f": HUYEN, "r": HOI, "x": NGA, "j": NANG}

TELEX: Final = Method(
    name="telex",
    tones=_TONES,
    clear="z",
    circumflex={"a": "a", "e": "e", "o": "o"},
    horn={"w": "aou"},
    stroke="d",
    alone={"w": "ư"},
)
TELEX_BRACKETS: Final = Method(
    name="telex-brackets",
    tones=_TONES,
    clear="z",
    circumflex={"a": "a", "e": "e", "o": "o"},
    horn={"w": "aou"},
    stroke="d",
    alone={"w": "ư", "[": "ơ", "]": "ư", "{": "ơ", "}": "ư"},
)
"""Telex in which [ is ơ and ] is ư, { and } their capitals."""
