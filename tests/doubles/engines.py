"""Engines that misbehave, each in one way."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hotich.ocr.engine import Crop, RawReading, Symbol

Answer = Callable[[Crop], RawReading]


@dataclass
class Answering:
    """Answers every crop by a function; keeps the crops that it was asked about."""

    answer: Answer
    name: str = "double"
    version: str = "1"
    asked: list[Crop] = field(default_factory=list)

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        self.asked.extend(crops)
        return tuple(self.answer(crop) for crop in crops)


def saying(text: str, confidence: float = 0.95) -> Answering:
    """Says the same for every crop."""
    return Answering(lambda crop: RawReading(crop.field_id, text, confidence))


def crashing(only: str = "") -> Answering:
    """Falls over at every crop, or only at that field."""

    def answer(crop: Crop) -> RawReading:
        if not only or crop.field_id == only:
            raise ZeroDivisionError("Nguyễn Văn Bí Mật")
        return RawReading(crop.field_id, "Trần Thị Lan", 0.95)

    return Answering(answer)


def slow(seconds: float) -> Answering:
    """Takes its time."""

    def answer(crop: Crop) -> RawReading:
        time.sleep(seconds)
        return RawReading(crop.field_id, "Lan", 0.9)

    return Answering(answer)


def unsure_of_itself(confidence: float) -> Answering:
    """Gives a confidence that is none."""
    return saying("Lan", confidence)


def unsure_of_letters(confidence: float) -> Answering:
    """Gives a letter's confidence that is none."""
    return Answering(lambda crop: RawReading(crop.field_id, "L", 0.9, (Symbol("L", confidence),)))


class MisCounting:
    """Returns more or fewer readings than there are crops."""

    name = "double"
    version = "1"

    def __init__(self, surplus: int) -> None:
        self._surplus = surplus

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        readings = [RawReading(crop.field_id, "Lan", 0.9) for crop in crops]
        if self._surplus < 0:
            return tuple(readings[: self._surplus])
        return tuple(readings + readings[:1] * self._surplus)


class Shuffling:
    """Returns the readings in another order."""

    name = "double"
    version = "1"

    def read(self, crops: Sequence[Crop]) -> tuple[RawReading, ...]:
        return tuple(RawReading(crop.field_id, "Lan", 0.9) for crop in reversed(crops))


class Silent:
    """Returns nothing at all, not even an empty tuple."""

    name = "double"
    version = "1"

    def read(self, crops: Sequence[Crop]) -> None:
        return None
