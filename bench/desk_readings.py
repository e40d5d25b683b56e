"""Readings as the recognisers would make them: right as often as is set, with a confidence that means it.

The confidence of a reading is drawn from a Beta distribution whose mean is the accuracy of its kind of field, and the
reading is right with just that probability, up to what the surest ones were found to keep. A wrong reading differs from
the paper in a mark or a letter, a figure, or is another value of the list; the right text stands among the alternatives
of three wrong ones in five.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.letters import nfc, unmark
from hotich.normal import NormalContext, normalise
from hotich.pipeline.value_memory import known_names
from hotich.values import Alternative, Book, Reading
from sample_scans.draw.fields import Written

ACCURACY: Mapping[str, float] = {
    FieldKind.PERSON_NAME: 0.70,
    FieldKind.PLACE: 0.85,
    FieldKind.DATE: 0.97,
    FieldKind.DATE_WORDS: 0.98,
    FieldKind.TIME: 0.95,
    FieldKind.CHOICE: 0.98,
    FieldKind.ETHNIC: 0.98,
    FieldKind.NATIONALITY: 0.98,
    FieldKind.ENTRY_NUMBER: 0.99,
    FieldKind.BOOK_NUMBER: 0.99,
    FieldKind.PAGE_NUMBER: 0.99,
    FieldKind.ID_NUMBER: 0.97,
    FieldKind.TEXT: 0.90,
    FieldKind.NOTE: 0.60,
    "blank": 0.99,
}
"""Share of fields read right, by kind. Set, not measured: what to expect of a book in one hand that was learned.
`python -m bench.reading` tells what the sample books give."""

SPREAD = 4.0
"""Of the Beta distribution, its two numbers together: small lets confidences gather near 0 and 1."""
MOST_SURE = 0.991
"""What even the surest suggestion keeps of its promise: on the sample books those above 0.99 were right so often."""
AMONG_OTHERS = 0.6
"""Share of wrong readings whose alternatives hold the right text."""
ALIKE = {"0": "06", "1": "17", "2": "27", "3": "35", "4": "49", "5": "35", "6": "08", "7": "12", "8": "36", "9": "47"}
LETTERS = {"n": "u", "u": "n", "i": "t", "h": "k", "o": "a", "a": "o", "e": "c", "c": "e", "m": "n", "t": "l"}
ENGINE = ("drawn", "1")


def readings(
    truth: Mapping[str, Written], book: Book, rng: np.random.Generator, accuracy: Mapping[str, float] = ACCURACY
) -> tuple[Reading, ...]:
    """One reading for each field of a record."""
    spec = load_catalogue().records[book.record_type]
    return tuple(_reading(spec.field(key), value, (book, rng, accuracy)) for key, value in truth.items())


def _reading(field: FieldSpec, truth: Written, how: tuple[Book, np.random.Generator, Mapping[str, float]]) -> Reading:
    book, rng, accuracy = how
    blank = truth.state == "blank"
    mean = accuracy["blank" if blank else field.kind]
    sure = float(rng.beta(mean * SPREAD, (1 - mean) * SPREAD))
    right = bool(rng.random() < min(sure, MOST_SURE))
    if blank:
        # Ink that shines through is read as something now and then, and never surely.
        return _nothing(field, sure) if right else Reading(field.id, "ll", "", 0.3, *ENGINE)
    text = nfc(truth.text)
    if right:
        return _made(field, (text, *_others(field, text, rng)), round(sure, 4), book)
    wrong = misread(field, text, rng)
    others = (text,) if rng.random() < AMONG_OTHERS else ()
    return _made(field, (wrong, *others), round(sure, 4), book)


def _nothing(field: FieldSpec, sure: float) -> Reading:
    return Reading(field.id, "", "", round(sure, 4), *ENGINE, reason="reading-field-blank")


def _made(field: FieldSpec, texts: tuple[str, ...], sure: float, book: Book) -> Reading:
    context = NormalContext(book)
    first, *others = texts
    ways = tuple(
        Alternative(text, normalise(field, text, context).normal, round((1 - sure) / (2 + place), 4))
        for place, text in enumerate(others)
    )
    return Reading(field.id, first, normalise(field, first, context).normal, sure, *ENGINE, alternatives=ways)


def _others(field: FieldSpec, text: str, rng: np.random.Generator) -> tuple[str, ...]:
    other = misread(field, text, rng)
    return (other,) if other != text else ()


def misread(field: FieldSpec, text: str, rng: np.random.Generator) -> str:
    """The text as it may be misread: another line of its list, a figure, a mark or a letter."""
    if field.kind is FieldKind.CHOICE:
        labels = [entry.label for entry in load_catalogue().codes[field.codes].entries if entry.label != text]
        return str(rng.choice(labels))
    if names := [name for name in known_names(field) if name != text]:
        return str(rng.choice(names))
    places = [place for place, letter in enumerate(text) if letter in ALIKE or letter.isalpha()]
    for place in rng.permutation(places):
        letter = text[place]
        swapped = _swapped(letter, rng)
        if swapped != letter:
            return nfc(text[:place] + swapped + text[place + 1 :])
    return text + "."


def _swapped(letter: str, rng: np.random.Generator) -> str:
    if letter in ALIKE:
        return str(rng.choice(list(ALIKE[letter])))
    bare = unmark(letter)
    if bare != letter.lower():
        return bare.upper() if letter.isupper() else bare
    return LETTERS.get(letter, letter)
