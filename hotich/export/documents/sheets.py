"""What a document shows, as values: sheets with pictures and the text that lies behind them. Millimetres, top-left."""

from __future__ import annotations

from dataclasses import dataclass

MmPoint = tuple[float, float]


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """A JPEG and the rectangle of the sheet that it fills; its bytes go into the document as they are."""

    jpeg: bytes
    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PlacedText:
    """A text that can be searched and copied, and where its writing stands: clockwise from its top left."""

    text: str
    corners: tuple[MmPoint, MmPoint, MmPoint, MmPoint]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the document."""

    width: float
    height: float
    pictures: tuple[PlacedPicture, ...]
    texts: tuple[PlacedText, ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What the document says of itself. `at` is UTC in ISO 8601, or '' where there is no lasting time to name."""

    title: str
    at: str = ""
    keywords: str = ""
