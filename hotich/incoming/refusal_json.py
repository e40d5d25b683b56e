"""Refusals as JSON: a list of objects or sentences, alone or within an object; keys by what programs call them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import Final, TypeAlias

import msgspec

from hotich.incoming.headers import MESSAGE, heading_key, known_headings, other_keys
from hotich.incoming.refusal_rows import Told, not_known
from hotich.incoming.refusal_text import read_text
from hotich.incoming.refused import NOTHING_AT_ALL, Unread
from hotich.values import RecordType

LISTS: Final = ("refusals", "errors", "rejected", "data", "rows", "items", "result", "results", "records", "content")
"""Keys of a JSON object under which the list may stand."""

INNER: Final = ("errors", "errorlist", "messages", "details", "loi", "danhsachloi")
"""Keys of one refused record under which several reasons may stand."""

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"


def read_json(text: str, record_type: RecordType) -> Told | None:
    """What a JSON text tells, or None where it is no list. Elements that refuse nothing are told as not understood."""
    try:
        read: Json = msgspec.json.decode(text.encode("utf-8"))
    except (msgspec.DecodeError, RecursionError):
        return None
    rows = _list_in(read)
    if rows is None:
        return None
    told = Told([], [] if rows else [Unread(1, "", NOTHING_AT_ALL)])
    for place, row in enumerate(rows, start=1):
        if isinstance(row, dict):
            for texts in _texts_of(row, record_type):
                told.add(place, texts, record_type, _written(row))
        elif isinstance(row, str) and row.strip():
            _add_sentence(told, place, row, record_type)
        else:
            told.unread.append(not_known(place, _written(row)))
    return told


def _add_sentence(told: Told, place: int, sentence: str, record_type: RecordType) -> None:
    rows, unread = read_text(sentence, record_type)
    told.rows += (msgspec.structs.replace(each, place=place) for each in rows)
    told.unread += (msgspec.structs.replace(each, place=place) for each in unread)


def _written(value: Json) -> str:
    """The element as it stands in the file."""
    return msgspec.json.encode(value).decode("utf-8")


def _list_in(read: Json) -> Sequence[Json] | None:
    if isinstance(read, list):
        return read
    if isinstance(read, dict):
        by_key = {key.casefold(): value for key, value in read.items()}
        for key in LISTS:
            inner = _list_in(by_key[key]) if isinstance(by_key.get(key), list | dict) else None
            if inner is not None:
                return inner
    return None


def _texts_of(row: Mapping[str, Json], record_type: RecordType) -> Iterator[dict[str, str]]:
    """The texts of one object by field id, once for each reason that it lists."""
    own: dict[str, str] = {}
    inner: list[Json] = []
    for key, value in row.items():
        if isinstance(value, list) and heading_key(key).replace(" ", "") in INNER:
            inner += value
        elif isinstance(value, dict):
            own.update(_plain(value, record_type))
        else:
            own.update(_plain({key: value}, record_type))
    for each in inner:
        told = _plain(each, record_type) if isinstance(each, dict) else {MESSAGE: _said(each)}
        yield {**own, **told}
    if not inner:
        yield own


def _plain(row: Mapping[str, Json], record_type: RecordType) -> dict[str, str]:
    known = _json_keys(record_type)
    found: dict[str, str] = {}
    for key, value in row.items():
        field_id = known.get(heading_key(key).replace(" ", ""))
        if field_id and (text := _said(value)):
            found.setdefault(field_id, text)
    return found


def _said(value: Json) -> str:
    if isinstance(value, list):
        return "\n".join(filter(None, map(_said, value)))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None or isinstance(value, dict) else str(value).strip()


@cache
def _json_keys(record_type: RecordType) -> dict[str, str]:
    """Field ids by the keys of JSON objects: headings of sheets, and what programs call them."""
    known = {key.replace(" ", ""): field_id for key, (field_id, _) in known_headings(record_type).items()}
    return {**known, **other_keys(record_type)}
