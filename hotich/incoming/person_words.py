"""The words of a sentence, and those in it that name persons and things of a record type; the words are data."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib import resources
from typing import Final

import msgspec

from hotich.forms.formspec import FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.text import fold, nfc, tone_key
from hotich.values import RecordType

UNSURE: Final = "?"
"""Stands for a person who may be one or another, or who has no columns in this type of record."""

NAME: Final = "HoTen"
"""The ending of the columns with people's names."""

_WORD = re.compile(r"[^\W_]+")


class Word(msgspec.Struct, frozen=True):
    """A word without marks and case, and with its marks."""

    plain: str
    marked: str

    def means(self, other: Word) -> bool:
        """Whether this word of a sentence may be the other: the marks count where it bears some."""
        return self.plain == other.plain and self.marked in (other.marked, other.plain)


Words = tuple[Word, ...]


class WordData(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands in person_words.toml, which says what each part is."""

    main: tuple[str, ...]
    unsure: tuple[str, ...]
    unsure_unmarked: tuple[str, ...]
    between: tuple[str, ...]
    persons: Mapping[str, tuple[str, ...]]
    things: Mapping[str, tuple[str, ...]]
    things_beside: Mapping[str, tuple[str, ...]]


@cache
def word_data() -> WordData:
    """The words that are data."""
    text = (resources.files("hotich") / "incoming" / "person_words.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), WordData)


def words_of(text: str) -> Words:
    """The words of a text in order."""
    found = _WORD.findall(nfc(text))
    return tuple(Word(plain, tone_key(word.casefold())) for word in found for plain in fold(word).split())


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text without marks and case."""
    return tuple(word.plain for word in words_of(text))


def starts(words: Words, place: int, phrase: Words) -> bool:
    """Whether the phrase stands at that place of the words."""
    here = words[place : place + len(phrase)]
    return len(here) == len(phrase) and all(word.means(other) for word, other in zip(here, phrase, strict=True))


@cache
def person_phrases(record_type: RecordType, unmarked: bool) -> dict[str, tuple[tuple[Words, str], ...]]:
    """What names a person of the record type, by its first word without marks, the longest first; of others UNSURE.

    `unmarked` is for sentences without any mark, in which more words are unsure.
    """
    data = word_data()
    own = {field.person for field in load_catalogue().records[record_type].fields} - {""}
    found: dict[Words, str] = {}
    for person in sorted(own):
        _add(found, (*_labelled(record_type, person), *data.persons.get(person, ())), person)
    for person, phrases in data.persons.items():
        if person not in own:
            for phrase in phrases:
                found.setdefault(words_of(phrase), UNSURE)
    _add(found, (*data.unsure, *(data.unsure_unmarked if unmarked else ())), UNSURE)
    ordered = sorted(found.items(), key=lambda pair: -len(pair[0]))
    first = dict.fromkeys(phrase[0].plain for phrase in found)
    return {plain: tuple(pair for pair in ordered if pair[0][0].plain == plain) for plain in first}


def _add(found: dict[Words, str], phrases: Iterable[str], person: str) -> None:
    """Keep the phrases for the person; one that means another already becomes unsure."""
    for phrase in phrases:
        words = words_of(phrase)
        found[words] = person if found.get(words, person) == person else UNSURE


def _labelled(record_type: RecordType, person: str) -> tuple[str, ...]:
    called = called_in_labels(record_type).get(person, "")
    return (called,) if called else ()


@cache
def called_in_labels(record_type: RecordType) -> dict[str, str]:
    """By what words the labels of the columns call each person: those that all labels of names do not share."""
    fields = load_catalogue().records[record_type].fields
    names = {field.person: field.label for field in fields if field.person and field.id == field.person + NAME}
    bare = "Họ, chữ đệm, tên "
    return {person: label.removeprefix(bare) for person, label in names.items() if label.startswith(bare)}


def thing_of(field: FieldSpec) -> str:
    """The ending of the column's id behind its person, or '' where it belongs to nobody."""
    return field.id.removeprefix(field.person) if field.person else ""


@cache
def things_beside() -> dict[tuple[str, ...], str]:
    """What is told of persons where the person stands right behind it, by words without marks."""
    return {plain_words(phrase): thing for thing, some in word_data().things_beside.items() for phrase in some}


@cache
def thing_phrases(record_type: RecordType) -> dict[tuple[str, ...], str]:
    """What is told of persons, by words without marks: from data, and from the labels without their person."""
    called = called_in_labels(record_type)
    found = {plain_words(phrase): thing for thing, phrases in word_data().things.items() for phrase in phrases}
    for field in load_catalogue().records[record_type].fields:
        person = called.get(field.person, "")
        if person and field.label.endswith(f" {person}"):
            found[plain_words(field.label.removesuffix(person))] = thing_of(field)
    return found
