"""Which field a message of the importer means: by the code of its column, else by what people call it."""

from __future__ import annotations

import re
from functools import cache

from hotich.forms.loader import load_catalogue
from hotich.incoming.headers import known_headings
from hotich.text import fold
from hotich.values import RecordType

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9]{3,}")
_TOO_PLAIN = frozenset({"so", "trang", "quyen", "so quyen", "me", "cha", "bo", "vo", "chong", "nam nu", "tt", "file"})
"""Headings that are words of any sentence."""


def field_told(text: str, record_type: RecordType) -> str:
    """The id of the field that the text names, or ''. A code counts before a name, a longer name before a shorter."""
    codes = {field.id.casefold(): field.id for field in load_catalogue().records[record_type].fields}
    whole = codes.get(text.strip().casefold())
    if whole:
        return whole
    for word in _CODE.findall(text):
        if word.casefold() in codes:
            return codes[word.casefold()]
    folded = f" {fold(text)} "
    return next((field_id for name, field_id in _names(record_type) if f" {name} " in folded), "")


def names_a_field(text: str, record_type: RecordType) -> bool:
    """Whether the text names a field."""
    return bool(field_told(text, record_type))


@cache
def _names(record_type: RecordType) -> tuple[tuple[str, str], ...]:
    """What fields are called, folded, the longest first."""
    own = {field.id for field in load_catalogue().records[record_type].fields}
    found = {
        name: field_id
        for name, (field_id, _) in known_headings(record_type).items()
        if field_id in own and name not in _TOO_PLAIN and name != field_id.casefold()
    }
    return tuple(sorted(found.items(), key=lambda pair: -len(pair[0])))
