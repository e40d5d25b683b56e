"""Which field a message of the importer means: by the code of its column, else by the thing and the person it names."""

from __future__ import annotations

import re
from functools import cache

import msgspec

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.incoming.headers import MatchedBy, known_headings
from hotich.incoming.person_words import (
    NAME,
    UNSURE,
    Words,
    person_phrases,
    starts,
    thing_of,
    thing_phrases,
    things_beside,
    word_data,
    words_of,
)
from hotich.text import fold
from hotich.values import RecordType

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|«[^»]*»")
_TOO_PLAIN = frozenset(
    {("nam", "nu"), ("so", "giay"), ("ngay", "thang", "nam"), ("cap", "ngay"), ("xa", "huyen", "tinh")}
)
"""Headings of several words that stand in any sentence; those of one word are left out by their length."""

RELATION = "QuanHe"
"""The ending of the column that tells how two persons are related: a sentence of it names other persons too."""


class _Named(msgspec.Struct):
    """What a sentence names: fields, things of persons, and persons. `first_thing` are the words of the first thing."""

    fields: list[str]
    things: list[str]
    persons: list[str]
    first_thing: tuple[str, ...] = ()


def field_told(text: str, record_type: RecordType) -> str:
    """The id of the field that the text names, or '' where it names none, or it is not sure which."""
    codes = {field.id.casefold(): field.id for field in _fields(record_type)}
    whole = codes.get(text.strip().casefold()) or _by_label(record_type).get(fold(text))
    if whole:
        return whole
    unquoted = _QUOTED.sub(" ", text)
    head, colon, _ = unquoted.partition(":")
    for part in (head, text):
        coded = {codes[word.casefold()] for word in _CODE.findall(part) if word.casefold() in codes}
        if coded:
            return _only(list(coded))
    # What stands before a colon is what the sentence is about, if it says whose.
    about = _field_in(head, record_type, sure=True) if colon else ""
    return about or _field_in(unquoted, record_type)


def names_a_field(text: str, record_type: RecordType) -> bool:
    """Whether the text names a field."""
    return bool(field_told(text, record_type))


def _field_in(text: str, record_type: RecordType, *, sure: bool = False) -> str:
    """The field that a text without codes names, or ''. With `sure` the person must be named too."""
    named = _named(words_of(text), record_type, text.isascii())
    things, persons = set(named.things), set(named.persons)
    if named.fields:
        return _whole_field(set(named.fields), things, persons, record_type)
    if len(things) != 1:
        return ""
    thing = next(iter(things))
    if thing == RELATION:
        return _only([field.id for field in _fields(record_type) if field.id.endswith(RELATION)])
    if persons and len(named.things) > len(named.persons):
        # "Ngày sinh phải sau ngày sinh của mẹ": whose the other one is stays open.
        return ""
    if persons:
        return _only(
            [field.id for field in _fields(record_type) if {field.person} == persons and thing_of(field) == thing]
        )
    return "" if sure else _nobodys(thing, named.first_thing, record_type)


def _whole_field(fields: set[str], things: set[str], persons: set[str], record_type: RecordType) -> str:
    """The one field that was named by a name of its own, where nothing else in the sentence speaks against it."""
    field_id = _only(list(fields))
    field = next((each for each in _fields(record_type) if each.id == field_id), None)
    if field is None:
        return ""
    if field.id.endswith(RELATION) or field.label.startswith("Quan hệ"):
        return field_id if not things - {RELATION} else ""
    signs = field.kind is FieldKind.PERSON_NAME and not field.person
    if things and not (things == {NAME} and signs):
        return ""
    own = {field.person} if field.person else set(word_data().main)
    return field_id if persons <= own else ""


def _nobodys(thing: str, words: tuple[str, ...], record_type: RecordType) -> str:
    """The field of a thing of which nobody is named as its owner: the only one, or that of the register's person."""
    fields = [field for field in _fields(record_type) if field.person and thing_of(field) == thing]
    by_label = _by_label(record_type).get(" ".join(words), "")
    if by_label:
        return by_label
    other = known_headings(record_type).get(" ".join(words), ("",))[0]
    if other in {field.id for field in _fields(record_type) if not field.person}:
        return "" if fields else other
    main = [field.id for field in fields if field.person in word_data().main]
    return _only(main or [field.id for field in fields])


def _only(fields: list[str]) -> str:
    return fields[0] if len(fields) == 1 else ""


def _named(words: Words, record_type: RecordType, unmarked: bool) -> _Named:
    """What stands in the words, the longest phrase at each place."""
    found = _Named([], [], [])
    last = ("", 0)
    place = 0
    while place < len(words):
        person, width = _person_at(words, place, record_type, unmarked)
        field_id, thing, name_width = _name_at(words, place, record_type)
        if name_width > width:
            found.fields += [field_id] if field_id else []
            if thing:
                found.first_thing = found.first_thing or tuple(word.plain for word in words[place : place + name_width])
                # "địa chỉ nơi cư trú" says one thing in two ways.
                found.things += [] if last == (thing, place) else [thing]
                last = (thing, place + name_width)
        elif width:
            found.persons.append(person)
        elif thing := _thing_beside(words, place, record_type, unmarked):
            found.things.append(thing)
        place += max(width, name_width, 1)
    return found


def _person_at(words: Words, place: int, record_type: RecordType, unmarked: bool) -> tuple[str, int]:
    """The person named at the place, and by how many words; ('', 0) where none is."""
    for phrase, person in person_phrases(record_type, unmarked).get(words[place].plain, ()):
        if starts(words, place, phrase):
            return person, len(phrase)
    return "", 0


def _name_at(words: Words, place: int, record_type: RecordType) -> tuple[str, str, int]:
    """The field or the thing named at the place, and by how many words; ('', '', 0) where none is."""
    names, things = _field_names(record_type), thing_phrases(record_type)
    plain = tuple(word.plain for word in words[place : place + _longest(record_type)])
    for width in range(len(plain), 0, -1):
        if plain[:width] in things:
            return "", things[plain[:width]], width
        if plain[:width] in names:
            return names[plain[:width]], "", width
    return "", "", 0


def _thing_beside(words: Words, place: int, record_type: RecordType, unmarked: bool) -> str:
    """The thing at the place that needs its person right behind it, or ''."""
    thing = things_beside().get((words[place].plain,), "")
    after = place + 1
    while thing and after < len(words):
        if _person_at(words, after, record_type, unmarked)[1]:
            return thing
        if words[after].plain not in word_data().between:
            return ""
        after += 1
    return ""


def _fields(record_type: RecordType) -> tuple[FieldSpec, ...]:
    return load_catalogue().records[record_type].fields


@cache
def _by_label(record_type: RecordType) -> dict[str, str]:
    return {fold(field.label): field.id for field in _fields(record_type)}


@cache
def _longest(record_type: RecordType) -> int:
    return max(map(len, (*_field_names(record_type), *thing_phrases(record_type))))


@cache
def _field_names(record_type: RecordType) -> dict[tuple[str, ...], str]:
    """What fields are called by names of their own, in words without marks.

    Names made of a thing and a person are left out: those are told apart word by word, with their marks.
    """
    things = thing_phrases(record_type)
    fields = {field.id: field for field in _fields(record_type)}
    found: dict[tuple[str, ...], str] = {}
    for name, (field_id, by) in known_headings(record_type).items():
        words = tuple(name.split())
        field = fields.get(field_id)
        if field is None or name == field_id.casefold() or words in things or words in _TOO_PLAIN:
            continue
        by_label = name == fold(field.label)
        in_use = by is MatchedBy.HEADING and not _names_person(words, record_type)
        if (len(words) > 1 and (in_use or _is_own(field, words, record_type))) or (
            by_label and _is_odd(words, record_type)
        ):
            found[words] = field_id
    return found


def _is_own(field: FieldSpec, words: tuple[str, ...], record_type: RecordType) -> bool:
    """Whether a heading may mean no other field: it names no person, and no other person has such a thing."""
    if not field.person:
        return True
    if _names_person(words, record_type):
        return False
    alike = [each for each in _fields(record_type) if each.person and thing_of(each) == thing_of(field)]
    return len(alike) == 1 or field.person in word_data().main


def _is_odd(words: tuple[str, ...], record_type: RecordType) -> bool:
    """Whether a label is more than a thing and its person."""
    things = thing_phrases(record_type)
    made = any(words[:width] in things and _is_person(words[width:], record_type) for width in range(1, len(words)))
    return len(words) > 1 and not made


def _names_person(words: tuple[str, ...], record_type: RecordType) -> bool:
    return any(
        _is_person(words[first:last], record_type)
        for first in range(len(words))
        for last in range(first + 1, len(words) + 1)
    )


def _is_person(words: tuple[str, ...], record_type: RecordType) -> bool:
    """Whether the words, without marks, are what a person of the record type is called."""
    phrases = person_phrases(record_type, False).get(words[0], ()) if words else ()
    return any(tuple(word.plain for word in phrase) == words for phrase, person in phrases if person != UNSURE)
