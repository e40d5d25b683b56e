"""One row or element of refusals, its texts known by field: its reasons, or what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

import msgspec

from hotich.incoming.cells import tidy
from hotich.incoming.fields_told import field_told, names_a_field
from hotich.incoming.headers import CODE, DOCUMENT, FIELD, MESSAGE, ROW
from hotich.incoming.refused import NO_REASON, NOTHING_KNOWN, Refused, Unread
from hotich.values import RecordType

_ROW_DIGITS: Final = 7
"""A sheet has 1,048,576 rows at most."""

LONGEST_SHOWN: Final = 200
"""Letters of what was not understood."""


class Told(msgspec.Struct):
    """What was understood of refusals so far, and what was not."""

    rows: list[Refused]
    unread: list[Unread]
    silent: int = 0

    def add(self, place: int, texts: Mapping[str, str], record_type: RecordType, written: str) -> None:
        """Add one refusal for each reason of a row; where it gives none, that it lacks one. `written` is all of it."""
        found = [
            _refused(place, texts, reason, record_type) for reason in reasons_in(texts.get(MESSAGE, ""), record_type)
        ]
        self.rows += found
        if not found and names_record(texts):
            self.unread.append(Unread(place, _identity(texts), NO_REASON))
        elif not found:
            self.unread.append(not_known(place, written))


def without_silent(told: Told) -> Told:
    """The same with the rows that give no reason only counted, where others give one: a sheet that came back whole."""
    spoken = [line for line in told.unread if line.reason != NO_REASON]
    return Told(told.rows, spoken, len(told.unread) - len(spoken)) if told.rows else told


def not_known(place: int, written: str) -> Unread:
    """What holds nothing that is known, as it is listed."""
    return Unread(place, tidy(written)[:LONGEST_SHOWN], NOTHING_KNOWN)


def names_record(texts: Mapping[str, str]) -> bool:
    """Whether the texts tell which record is meant: what it holds, its document or its row."""
    return any(text for name, text in texts.items() if not name.startswith("@") or name in (DOCUMENT, ROW))


def _identity(texts: Mapping[str, str]) -> str:
    """Number and book, else document or row; never who is in the record."""
    numbers = [texts[name] for name in ("so", "quyenSo") if texts.get(name)]
    return ", ".join(numbers) or texts.get(DOCUMENT, "") or texts.get(ROW, "")


def _refused(place: int, texts: Mapping[str, str], reason: str, record_type: RecordType) -> Refused:
    row = texts.get(ROW, "")
    return Refused(
        place=place,
        texts={name: text for name, text in texts.items() if not name.startswith("@")},
        text=reason,
        field_id=field_told(texts.get(FIELD, ""), record_type) or field_told(reason, record_type),
        code=texts.get(CODE, ""),
        document=texts.get(DOCUMENT, ""),
        row=int(row) if row.isdecimal() and len(row) <= _ROW_DIGITS else 0,
    )


def reasons_in(message: str, record_type: RecordType) -> tuple[str, ...]:
    """The reasons in a message: its lines, or what stands between semicolons where each part names a column."""
    lines = [tidied for line in message.splitlines() if (tidied := tidy(line))]
    found: list[str] = []
    for line in lines:
        parts = [part.strip() for part in line.split(";") if part.strip()]
        found += parts if len(parts) > 1 and all(names_a_field(part, record_type) for part in parts) else [line]
    return tuple(found)
