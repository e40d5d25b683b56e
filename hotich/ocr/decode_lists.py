"""Closed lists: the code, ethnic group or nationality whose spelling is nearest to what was read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final

from rapidfuzz.distance import OSA, Levenshtein

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.ocr.candidates import INK, LEXICON, Candidate
from hotich.text import fold, nfc

LIKE_ENOUGH: Final = 0.62
"""Folded likeness below which a spelling is not even offered."""

UNKNOWN_WORD: Final = 2.0
"""What it costs to believe a word that no list has."""

USUAL: Final[Mapping[FieldKind, tuple[str, ...]]] = {
    FieldKind.ETHNIC: ("Kinh",),
    FieldKind.NATIONALITY: ("Việt Nam", "VN"),
}
"""What stands in nine fields of ten."""


def list_candidates(spec: FieldSpec, text: str, context: NormalContext) -> Iterator[Candidate]:
    """The text as read and the spellings of the list near it. An ambiguous word keeps no normal form."""
    normal = normalise(spec, text, context).normal
    known = fold(text) in _folded(spec.kind, spec.codes)
    yield Candidate(text, normal, 0.0 if known else UNKNOWN_WORD, INK)
    for word, cost in _near(spec, text):
        yield Candidate(word, normalise(spec, word, context).normal, cost, LEXICON)


def _near(spec: FieldSpec, text: str) -> Iterator[tuple[str, float]]:
    key = fold(text)
    usual = USUAL.get(spec.kind, ())
    for spelling, folded in _spellings(spec.kind, spec.codes):
        if key == folded:
            if _same_but_marks(spelling, text):
                # The list's marks are likelier than marks that no one writes.
                yield _in_case_of(text, spelling), -0.4
            continue
        likeness = OSA.normalized_similarity(key, folded)
        if likeness >= LIKE_ENOUGH:
            marks = Levenshtein.normalized_distance(text.casefold(), spelling.casefold())
            yield _in_case_of(text, spelling), 6.0 * (1 - likeness) + 0.8 * marks + (0.0 if spelling in usual else 0.7)


def _same_but_marks(spelling: str, text: str) -> bool:
    """Whether only marks over and under letters differ: same length, same hyphens, another text."""
    one, other = nfc(spelling).casefold(), nfc(text).casefold()
    return one != other and len(one) == len(other) and all(fold(a) == fold(b) for a, b in zip(one, other, strict=True))


def _in_case_of(text: str, spelling: str) -> str:
    if len(text) > 2 and text.isupper():
        return spelling.upper()
    return spelling.lower() if text.islower() else spelling


@cache
def _spellings(kind: FieldKind, codes: str) -> tuple[tuple[str, str], ...]:
    """Every spelling of a list with its folded key, each once."""
    return tuple((word, fold(word)) for word in dict.fromkeys(_words(kind, codes)) if fold(word))


@cache
def _folded(kind: FieldKind, codes: str) -> frozenset[str]:
    return frozenset(folded for _, folded in _spellings(kind, codes))


def _words(kind: FieldKind, codes: str) -> Iterator[str]:
    catalogue = load_catalogue()
    if kind is FieldKind.CHOICE and codes in catalogue.codes:
        for entry in catalogue.codes[codes].entries:
            yield from (entry.label, *entry.spellings)
    elif kind is FieldKind.ETHNIC:
        for group in catalogue.ethnic.groups:
            yield from (group.name, *group.aliases)
        yield from (*catalogue.ethnic.others, *catalogue.ethnic.ambiguous)
    elif kind is FieldKind.NATIONALITY:
        for nationality in catalogue.nationalities.entries:
            yield from (nationality.name.rsplit(" (", 1)[0], *nationality.spellings)
