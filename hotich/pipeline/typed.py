"""Whether the fields of a page were written by hand or typed, although their form leaves that open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hotich.errors import EngineError
from hotich.ocr.engine import Crop, Recogniser
from hotich.ocr.suggest import calibrated

ASKED: Final = 5
"""So many fields of a page are shown to the engine for print, the widest ones."""

MOST: Final = 0.5
"""A page is typed when more than this share of them is print that the engine reads well."""

READ_WELL: Final = 0.5
"""Print is read well where the engine's own confidence says that a field is rather right than wrong."""

READ_AT_ALL: Final = 0.02
"""On a typed page the engine for print keeps all fields but those it can make nothing of: notes added by hand."""


def typed(crops: Sequence[Crop], printed: Recogniser) -> frozenset[int]:
    """The places in `crops` that are typed; none on a page that is written by hand.

    Print is what the engine for print is sure of: of handwriting it hardly ever is. An engine that fails finds none.
    """
    widest = sorted(range(len(crops)), key=lambda place: -crops[place].picture.shape[1])[:ASKED]
    sure = _sureness([crops[place] for place in widest], printed)
    if sum(share > READ_WELL for share in sure) <= MOST * len(widest):
        return frozenset()
    return frozenset(place for place, share in enumerate(_sureness(crops, printed)) if share > READ_AT_ALL)


def _sureness(crops: Sequence[Crop], printed: Recogniser) -> list[float]:
    """The share of such readings that are right, for each crop; 0 where nothing was read."""
    try:
        readings = printed.read(crops)
    except EngineError:
        return [0.0] * len(crops)
    return [calibrated(reading.confidence) if reading.text else 0.0 for reading in readings]
