"""VNI: marks are digits. 1 sắc, 2 huyền, 3 hỏi, 4 ngã, 5 nặng, 6 â ê ô, 7 ơ ư, 8 ă, 9 đ, 0 takes the tone off."""

from __future__ import annotations

from typing import Final

from hotich.keying.engine import Method
from hotich.keying.shapes import HOI, HUYEN, NANG, NGA, SAC

VNI: Final = Method(
    name="vni",
    tones={"1": SAC, "2": HUYEN, "3": HOI, "4": NGA, "5": NANG},
    clear="0",
    circumflex={"6": "aeo"},
    horn={"7": "ou", "8": "a"},
    stroke="9",
)
