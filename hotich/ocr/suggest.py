"""The suggestion for one field: the likeliest reading, its normal form, and a confidence that means something."""

from __future__ import annotations

import math
from functools import reduce
from typing import Final

import msgspec

from hotich.forms.formspec import FieldKind, FieldSpec, Zone
from hotich.normal import NormalContext, normalise
from hotich.ocr.candidates import INK, MOST
from hotich.ocr.cleaning import cleaned
from hotich.ocr.decode import LISTS, NUMBERS, Decoded, decode
from hotich.ocr.engine import RawReading
from hotich.ocr.ticks import Ticks
from hotich.text import looks_vietnamese_syllable
from hotich.values import Alternative, Reading

BLANK_ENGINE: Final = "ink"
"""Who says that a zone is blank: the ink test, before any engine is asked."""

FAILED: Final = "reading-field-failed"
BLANK: Final = "reading-field-blank"
LIKE: Final = "reading-like-record"
WORDS: Final = "usual-words"
"""Why a text is told that is not quite what the ink alone says: words that such fields hold."""


def suggest(
    spec: FieldSpec, zone: Zone, raw: RawReading, context: NormalContext, engine: tuple[str, str] = ("", "")
) -> Reading:
    """The reading of a field. `engine` is the name and version of who read it. Blank text gives an empty reading."""
    decoded = decode(spec, zone, raw, context)
    if not decoded.ways:
        return Reading(spec.id, "", "", min(raw.confidence, 0.5), *engine, reason=BLANK)
    best, plain = decoded.ways[0], _plain(raw, zone, decoded.ways[0].text)
    by_ink = Reading(
        spec.id,
        best.text,
        best.normal,
        round(_confidence(spec, raw, decoded), 4),
        *engine,
        # Words that made something else of the ink are told as such.
        reason=WORDS if plain and best.reason == INK else best.reason,
        alternatives=tuple(way for way in decoded.ways[1:] if way.probability >= 0.01),
        ditto=decoded.ditto,
        plain=plain,
    )
    remembered = () if decoded.ditto else raw.remembered
    likes = (
        Alternative(like.text, normalise(spec, like.text, context).normal, like.share, LIKE, like.record_id)
        for like in remembered
    )
    return reduce(with_memory, likes, by_ink)


def _plain(raw: RawReading, zone: Zone, text: str) -> str:
    """What the ink alone says, where that is another text."""
    plain = cleaned(raw.plain, zone.label)
    return "" if plain == text else plain


def with_memory(reading: Reading, like: Alternative) -> Reading:
    """The reading with a text that was confirmed for a crop that looks the same: first where it is the likelier.

    Where the ink was read as that text too, only the confidence rises.
    """
    like = msgspec.structs.replace(like, probability=round(like.probability, 4))
    if like.text == reading.text:
        return msgspec.structs.replace(reading, confidence=max(reading.confidence, like.probability))
    others = tuple(way for way in reading.alternatives if way.text != like.text)
    if like.probability <= reading.confidence:
        return msgspec.structs.replace(reading, alternatives=(like, *others)[: MOST - 1])
    ink = Alternative(reading.text, reading.normal, reading.confidence, reading.reason, reading.about)
    return msgspec.structs.replace(
        reading,
        text=like.text,
        normal=like.normal,
        confidence=like.probability,
        reason=LIKE,
        about=like.about,
        alternatives=(ink, *others)[: MOST - 1],
    )


def _confidence(spec: FieldSpec, raw: RawReading, decoded: Decoded) -> float:
    """Ink, grammar and the choice among the ways, multiplied; see `calibrated`."""
    best = decoded.ways[0]
    backing = 1.0 if best.normal else 0.6
    if not decoded.ditto and spec.kind not in (*LISTS, *NUMBERS, FieldKind.DATE, FieldKind.DATE_WORDS):
        backing *= _vietnamese_share(best.text)
    ink = raw.confidence if raw.is_calibrated else calibrated(raw.confidence)
    return ink * best.probability * backing


def calibrated(engine_confidence: float) -> float:
    """The share of fields that are right at that confidence of the engine.

    A logistic curve: Tesseract says 0.9 and more of print it reads well and 0.3 to 0.8 of handwriting, of which it
    reads hardly any field whole.
    """
    return 1.0 / (1.0 + math.exp(-(engine_confidence - 0.84) * 28.0))


def _vietnamese_share(text: str) -> float:
    """The share of words that may be Vietnamese syllables or numbers; names of other peoples lower it a little."""
    words = [word.strip(".,;:()-/'\"") for word in text.replace("-", " ").split()]
    words = [word for word in words if word]
    if not words:
        return 0.5
    good = sum(not word.isalpha() or len(word) == 1 or looks_vietnamese_syllable(word) for word in words)
    return 0.5 + 0.5 * good / len(words)


def blank_reading(field_id: str, confidence: float) -> Reading:
    """The reading of a zone without ink."""
    return Reading(field_id, "", "", confidence, BLANK_ENGINE, "1", reason=BLANK)


def failed_reading(field_id: str, engine: tuple[str, str]) -> Reading:
    """The reading of a field on which the engine failed: nothing, and the reason why."""
    return Reading(field_id, "", "", 0.0, *engine, reason=FAILED)


def tick_reading(spec: FieldSpec, labels: dict[str, str], ticks: Ticks) -> Reading:
    """The reading of boxes: the label of the ticked code. Several ticks give the darkest one and the others beside."""
    by_ink = sorted(zip(labels, ticks.inks, strict=True), key=lambda item: -item[1])
    order = [code for code, _ in by_ink if code in ticks.codes]
    if not order:
        return Reading(spec.id, "", "", ticks.confidence, "ticks", "1", reason=BLANK)
    others = tuple(Alternative(labels[code], code, ticks.confidence / len(order)) for code in order[1:])
    return Reading(spec.id, labels[order[0]], order[0], ticks.confidence, "ticks", "1", alternatives=others)
