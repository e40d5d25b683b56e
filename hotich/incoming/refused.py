"""The values of a file of refusals."""

from __future__ import annotations

import msgspec


class Refused(msgspec.Struct, frozen=True):
    """One reason of the importer. `place` counts rows or lines of the refusals from 1; `row` of the workbook that left.

    `texts` has what it repeats of the record, by field id; `field_id` is '' where it names no column.
    """

    place: int
    texts: dict[str, str]
    text: str
    field_id: str = ""
    code: str = ""
    document: str = ""
    row: int = 0


class Unread(msgspec.Struct, frozen=True):
    """A line in which no record is named."""

    place: int
    text: str


class RefusalFile(msgspec.Struct, frozen=True):
    """A file of refusals, or a pasted text: its name, the SHA-256 of its bytes, and what could not be understood."""

    name: str
    sha256: str
    rows: tuple[Refused, ...]
    unread: tuple[Unread, ...] = ()
