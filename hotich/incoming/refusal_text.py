"""Refusals in lines of text, by patterns that are data: `Dòng 12: số 05/2017 ... lỗi: ngày sinh sai`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import resources

from hotich.incoming.cells import tidy
from hotich.incoming.fields_told import field_told
from hotich.incoming.refused import NO_REASON, NOTHING_AT_ALL, Refused, Unread
from hotich.text import nfc
from hotich.values import RecordType

_FIELD_OF = {"number": "so", "book": "quyenSo", "date": "ngayDangKy"}
LONGEST_LINE = 2000
"""Letters. The patterns take a time that grows with the square of a line's length."""

_HEAD = ("code", "document", "row", "book", "date", "number")
"""In this order: a book's number must not be taken for that of an entry."""


def read_text(text: str, record_type: RecordType) -> tuple[tuple[Refused, ...], tuple[Unread, ...]]:
    """The refusals of a text, and the lines that name no record or no reason; a text without any line says so.

    Bare reasons below a record's line belong to it. A line beyond `LONGEST_LINE` is no refusal of one record: of it
    only the beginning is given back, as not understood.
    """
    if not tidy(text):
        return (), (Unread(1, "", NOTHING_AT_ALL),)
    rows: list[Refused] = []
    unread: list[Unread] = []
    named: dict[str, str] = {}
    bare: list[Unread] = []
    for place, line, goes_on in _lines(text):
        told = _parts(line) if len(line) < LONGEST_LINE else {}
        if any(told.get(name) for name in ("row", "document", "number")):
            unread, bare, named = unread + bare, [], told
            if told["reason"]:
                rows.append(_refused(place, named, told, record_type))
            else:
                # The reasons may stand in the lines below.
                bare = [Unread(place, line, NO_REASON)]
        elif named and goes_on and told.get("reason"):
            rows.append(_refused(place, named, told, record_type))
            bare = []
        else:
            unread.append(Unread(place, line))
    return tuple(rows), tuple(sorted(unread + bare, key=lambda line: line.place))


def announces(line: str) -> bool:
    """Whether a line only announces what follows, or counts: it refuses nothing."""
    return any(pattern.search(line) for pattern in _patterns()["idle"])


def _lines(text: str) -> Iterator[tuple[int, str, bool]]:
    """Number, text, and whether it may go on with the record above, of each line that says something."""
    for place, line in enumerate(nfc(text).splitlines(), start=1):
        tidied = tidy(line.replace("\t", " | "))[:LONGEST_LINE]
        if tidied and not announces(tidied):
            yield place, tidied, any(pattern.search(line[:LONGEST_LINE]) for pattern in _patterns()["goes_on"])


def _parts(line: str) -> dict[str, str]:
    """What the line tells, by the names of the patterns; '' where it does not."""
    reason, head = _take("reason", line)
    code, reason_left = _take("code", reason)
    found = {"reason": _bare(reason_left if code else reason)}
    for name in _HEAD:
        found[name], head = _take(name, head)
    found["code"] = found["code"] or code
    if not reason:
        # No word begins the reason: it is what is left once the record is told.
        found["reason"] = _bare(head)
    found["field"] = _take("field", line)[0]
    return found


def _take(name: str, line: str) -> tuple[str, str]:
    """What the first fitting pattern of that name finds, and the line without it."""
    for pattern in _patterns()[name]:
        if found := pattern.search(line):
            return found[name].strip(), f"{line[: found.start()]} {line[found.end() :]}"
    return "", line


def _bare(text: str) -> str:
    return " ".join(text.split()).strip(" .,;:|-–—*•()[]\"'")


def _refused(place: int, named: dict[str, str], told: dict[str, str], record_type: RecordType) -> Refused:
    return Refused(
        place=place,
        texts={_FIELD_OF[name]: named[name] for name in _FIELD_OF if named.get(name)},
        text=told["reason"],
        field_id=field_told(told["field"], record_type) or field_told(told["reason"], record_type),
        code=told["code"],
        document=named["document"],
        row=int(named["row"] or 0),
    )


@cache
def _patterns() -> dict[str, tuple[re.Pattern[str], ...]]:
    text = (resources.files("hotich") / "incoming" / "refusal_patterns.toml").read_text(encoding="utf-8")
    return {name: tuple(re.compile(each, re.I) for each in some) for name, some in tomllib.loads(text).items()}
