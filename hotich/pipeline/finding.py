"""Finding a record of a book by its number or by a name that stands in it."""

from __future__ import annotations

import re

import msgspec

from hotich.forms.formspec import FieldKind, RecordSpec
from hotich.forms.loader import load_catalogue
from hotich.pipeline.lookup import book_of, record_of, records_of
from hotich.store import Workspace
from hotich.text import fold
from hotich.values import Record, Status

MOST_NAMES = 3


class EntryLine(msgspec.Struct, frozen=True):
    """A record as one line of a list. `sure` is False where the number or a name was read and not yet confirmed."""

    record_id: str
    number: str
    names: tuple[str, ...]
    status: Status
    sure: bool
    key: str = ""
    """Number and names folded, each after a space."""


def entry_lines(workspace: Workspace, book_id: str) -> tuple[EntryLine, ...]:
    """All records of a book as lines, in page order."""
    book = book_of(workspace, book_id)
    spec = load_catalogue().records[book.record_type]
    return tuple(_line(record, spec) for record in records_of(workspace, book_id))


def line_of(workspace: Workspace, record_id: str) -> EntryLine:
    """One record as a line. Raises PolicyError when there is none of that id."""
    record = record_of(workspace, record_id)
    return _line(record, load_catalogue().records[book_of(workspace, record.book_id).record_type])


def matching(lines: tuple[EntryLine, ...], typed: str) -> tuple[EntryLine, ...]:
    """The lines that were meant: by the number, else by the beginnings of words of a name; all with nothing typed.

    Numbers match whatever noughts stand before them: 5 finds 05/1982, and then 50 and 51."""
    wanted = fold(typed)
    if not wanted:
        return lines
    if wanted.replace(" ", "").isdecimal():
        number = wanted.split(" ")[0].lstrip("0")
        same = [line for line in lines if _bare(line.number) == number]
        return (*same, *(line for line in lines if _bare(line.number).startswith(number) and line not in same))
    fits = re.compile(r"[^ ]* ".join(rf" {re.escape(word)}" if place == 0 else re.escape(word)
                                     for place, word in enumerate(wanted.split(" ")))).search  # fmt: skip
    return tuple(line for line in lines if fits(line.key))


def _bare(number: str) -> str:
    """The digits of an entry number before its year, without noughts."""
    found = re.search(r"\d+", number)
    return found[0].lstrip("0") if found else ""


def _line(record: Record, spec: RecordSpec) -> EntryLine:
    number, sure = _text(record, "so")
    names: list[str] = []
    for field in spec.fields:
        if field.kind is FieldKind.PERSON_NAME and field.person and len(names) < MOST_NAMES:
            text, confirmed = _text(record, field.id)
            if text:
                names.append(text)
                sure = sure and confirmed
    key = "".join(f" {fold(text)}" for text in (number, *names))
    return EntryLine(record.record_id, number, tuple(names), record.status, sure, key)


def _text(record: Record, field_id: str) -> tuple[str, bool]:
    """What stands in a field and whether somebody confirmed it."""
    entry = record.fields.get(field_id)
    if entry is None:
        return "", True
    if entry.value is not None:
        return entry.value.as_written, True
    return (entry.reading.text, False) if entry.reading is not None else ("", True)
