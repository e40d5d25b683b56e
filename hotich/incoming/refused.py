"""The values of a file of refusals."""

from __future__ import annotations

from typing import Final

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


NO_RECORD: Final = "incoming-no-record-named"
NO_REASON: Final = "incoming-no-reason-told"
NOTHING_KNOWN: Final = "incoming-nothing-known"
NOTHING_AT_ALL: Final = "incoming-nothing-at-all"
"""Keys of the sentences that say why a line was not understood."""


class Unread(msgspec.Struct, frozen=True):
    """A line, row or element that is no refusal; `reason` is the key of the sentence that says what is missing.

    `text` is the line as it stands; of one without a reason only what tells the record and names nobody.
    """

    place: int
    text: str
    reason: str = NO_RECORD


class RefusalFile(msgspec.Struct, frozen=True):
    """A file of refusals, or a pasted text: its name, the SHA-256 of its bytes, and what could not be understood.

    `silent` counts the rows of a sheet that give no reason while others do: those that were taken.
    """

    name: str
    sha256: str
    rows: tuple[Refused, ...]
    unread: tuple[Unread, ...] = ()
    silent: int = 0
