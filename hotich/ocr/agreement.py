"""Fields that often say the same tell one another: a signer on every entry, a declarant who is the father, a date in
words and in figures.

Each way to read a field gains by how far the fields that may repeat it believe in it: its probability is multiplied by
`1 + gain x belief`, where `gain` is the share of such fields that say the same over the share that would by chance.
Nothing that the ink does not offer is ever taken over: a way must be among the field's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import msgspec

from hotich.dates import parse_date
from hotich.forms.formspec import FieldKind, RecordSpec
from hotich.ocr.confidence import told_share
from hotich.values import Alternative, Reading

ELSEWHERE: Final = "said-elsewhere"
WORDS_AND_FIGURES: Final = "words-and-figures"

SHARED_GAIN: Final = 40.0
"""Of fields that stay the same over a page: four in five do, one in fifty would by chance."""

COPY_GAIN: Final = 20.0
"""Of a person who may be another of the record: about two declarants in five are the father, as many the mother."""

DATE_GAIN: Final = 200.0
"""Of a date in words and in figures: they differ in one entry in a hundred or fewer."""

KINDS: Final = frozenset({FieldKind.PERSON_NAME, FieldKind.PLACE, FieldKind.TEXT, FieldKind.BOOK_NUMBER})
COPIED_KINDS: Final = frozenset({FieldKind.PERSON_NAME})
"""Homes are left out: villages that differ in a mark are neighbours, and a wrong one would be taken over too often."""

WORDS_OF: Final = ("BangChu", "GhiBangChu")
"""What the id of a date in words has beyond that of the date in figures."""

LEAST: Final = 0.01
"""A way that grew less likely than this is no longer told."""

Readings = Mapping[str, Reading]


@dataclass(frozen=True, slots=True)
class _Pool:
    """Readings that may say the same: the place of each (record, field), how much they gain, and by what they agree."""

    members: tuple[tuple[int, str], ...]
    gain: float
    reason: str
    meaning: Callable[[str], str]


def agreed(records: Sequence[Readings], spec: RecordSpec, year: int) -> tuple[Readings, ...]:
    """The readings of the records of a page, in their order, weighed together; `year` is the book's."""
    found = tuple(dict(readings) for readings in records)
    for pool in (*_shared(found, spec), *_copies(found, spec), *_dates(found, year)):
        _weigh(found, pool)
    _settle_dittos(records, found)
    for readings in found:
        for field_id, reading in readings.items():
            readings[field_id] = _told(reading, spec)
    for above, readings in pairwise(found):
        for field_id, reading in readings.items():
            if reading.ditto and field_id in above:
                surest = min(reading.confidence, above[field_id].confidence)
                readings[field_id] = msgspec.structs.replace(reading, confidence=surest)
    return found


def _shared(records: Sequence[Readings], spec: RecordSpec) -> Iterator[_Pool]:
    for field in spec.fields:
        if field.shared and field.kind in KINDS:
            yield _Pool(_members(records, (field.id,), range(len(records))), SHARED_GAIN, ELSEWHERE, str)


def _copies(records: Sequence[Readings], spec: RecordSpec) -> Iterator[_Pool]:
    for rule in spec.copies:
        for field in spec.fields:
            ending = field.id.removeprefix(rule.source)
            wanted = field.person == rule.source and field.kind in COPIED_KINDS
            if wanted and (not rule.only or ending in rule.only):
                for place in range(len(records)):
                    members = _members(records, (field.id, rule.to + ending), (place,))
                    yield _Pool(members, COPY_GAIN, ELSEWHERE, str)


def _dates(records: Sequence[Readings], year: int) -> Iterator[_Pool]:
    def meaning(text: str) -> str:
        parsed = parse_date(text, year)
        return str(parsed.date) if parsed.date is not None and parsed.date.is_complete else ""

    for place, readings in enumerate(records):
        for field_id in readings:
            for ending in WORDS_OF:
                if field_id.endswith(ending) and field_id.removesuffix(ending) in readings:
                    members = _members(records, (field_id.removesuffix(ending), field_id), (place,))
                    yield _Pool(members, DATE_GAIN, WORDS_AND_FIGURES, meaning)


def _members(records: Sequence[Readings], fields: Sequence[str], places: Sequence[int]) -> tuple[tuple[int, str], ...]:
    """Those of these fields that were read, and as no ditto mark."""
    return tuple(
        (place, field_id)
        for place in places
        for field_id in fields
        if (reading := records[place].get(field_id)) is not None and reading.text and not reading.ditto
    )


def _weigh(records: Sequence[dict[str, Reading]], pool: _Pool) -> None:
    """Every member of the pool by what the others believe, as they were before."""
    if len(pool.members) < 2:
        return
    before = [records[place][field_id] for place, field_id in pool.members]
    beliefs = [_beliefs(reading, pool.meaning) for reading in before]
    for number, ((place, field_id), reading) in enumerate(zip(pool.members, before, strict=True)):
        others = beliefs[:number] + beliefs[number + 1 :]
        gains = {
            way.text: 1.0 + pool.gain * sum(other.get(pool.meaning(way.text), 0.0) for other in others) / len(others)
            for way in _ways(reading)
        }
        records[place][field_id] = _weighed(reading, gains, pool.reason)


def _beliefs(reading: Reading, meaning: Callable[[str], str]) -> dict[str, float]:
    """How probable each meaning is by that reading; what means nothing is left out."""
    found: dict[str, float] = {}
    for way in _ways(reading):
        meant = meaning(way.text)
        if meant:
            found[meant] = found.get(meant, 0.0) + way.probability
    return found


def _ways(reading: Reading) -> tuple[Alternative, ...]:
    """All ways to read the field, the likeliest first, with probabilities that sum to 1 at most."""
    first = Alternative(reading.text, reading.normal, reading.confidence, reading.reason, reading.about)
    left = max(0.0, 1.0 - reading.confidence)
    told = sum(way.probability for way in reading.alternatives)
    scale = min(1.0, left / told) if told > 0 else 1.0
    others = (msgspec.structs.replace(way, probability=way.probability * scale) for way in reading.alternatives)
    return (first, *others)


def _weighed(reading: Reading, gains: dict[str, float], reason: str) -> Reading:
    """The reading with each way's probability times its gain; the rest of the probability belongs to no way told."""
    ways = _ways(reading)
    unknown = max(0.0, 1.0 - sum(way.probability for way in ways))
    total = unknown + sum(way.probability * gains[way.text] for way in ways)
    order = sorted(
        (msgspec.structs.replace(way, probability=way.probability * gains[way.text] / total) for way in ways),
        key=lambda way: -way.probability,
    )
    best = order[0]
    changed = best.text != reading.text
    return msgspec.structs.replace(
        reading,
        text=best.text,
        normal=best.normal,
        confidence=round(best.probability, 4),
        reason=reason if changed else reading.reason,
        about="" if changed else reading.about,
        alternatives=tuple(
            msgspec.structs.replace(way, probability=round(way.probability, 4))
            for way in order[1:]
            if way.probability >= LEAST
        ),
    )


def _told(reading: Reading, spec: RecordSpec) -> Reading:
    """The reading with what its confidence is worth; blanks, dittos and ticks keep theirs."""
    kind = spec.field(reading.field_id).kind
    if not reading.text or reading.ditto:
        return reading
    share = round(told_share(reading.confidence, kind, reading.engine), 4)
    return msgspec.structs.replace(reading, confidence=share)


def _settle_dittos(before: Sequence[Readings], records: Sequence[dict[str, Reading]]) -> None:
    """A ditto mark that stood for the reading above stands for what that is now read as."""
    for place in range(1, len(records)):
        for field_id, reading in records[place].items():
            was, now = before[place - 1].get(field_id), records[place - 1].get(field_id)
            if reading.ditto and was is not None and now is not None and reading.normal == was.normal != now.normal:
                records[place][field_id] = msgspec.structs.replace(reading, normal=now.normal)
