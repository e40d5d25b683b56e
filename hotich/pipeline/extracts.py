"""Extracts of approved records: a preview, and the issue, which is logged before anybody gets the sheets."""

from __future__ import annotations

import hashlib
import threading
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import msgspec

from hotich.errors import PackageError, PolicyError, SetupError
from hotich.export.extract import ExtractContent, draw, make_payload, seal
from hotich.export.new_file import new_file
from hotich.messages import explain
from hotich.pipeline.acting import act_on
from hotich.pipeline.extract_content import ExtractOrder, Office, content_of, number_of
from hotich.pipeline.lookup import record_of
from hotich.signing import SigningKey
from hotich.store import Workspace
from hotich.values import Actor, Book, Record, Status
from hotich.workflow import Action, ExtractPrinted

__all__ = [
    "ExtractOrder",
    "Issued",
    "Office",
    "PrintLine",
    "hand_out",
    "issue",
    "keep_office",
    "log_of_prints",
    "next_serial",
    "office_of",
    "preview",
    "print_of",
]

OFFICE_KEY = "extract-office"
"""Where a workspace keeps who issues extracts: office, place, signer and his office."""

MOST_COPIES = 20

_ISSUING = threading.Lock()


@dataclass(frozen=True, slots=True)
class Issued:
    """An extract that is logged and may be handed out."""

    serial: str
    data: bytes
    sha256: str
    content: ExtractContent


class PrintLine(msgspec.Struct, frozen=True):
    """One line of the log of prints; `number` and `book` are of the record as they stand now."""

    serial: str
    at: str
    by: str
    recipient: str
    copies: int
    record_id: str
    book_id: str
    number: str
    sha256: str


def office_of(workspace: Workspace, book: Book) -> Office:
    """Who issued last in this workspace; at first the office of the book."""
    kept = workspace.setting(OFFICE_KEY)
    return msgspec.json.decode(kept, type=Office) if kept else Office(issuer=book.place)


def keep_office(workspace: Workspace, office: Office) -> None:
    """Remembers who issues."""
    workspace.remember(OFFICE_KEY, msgspec.json.encode(office).decode())


def preview(workspace: Workspace, order: ExtractOrder, today: date) -> bytes:
    """The sheets as they would be, without number and code and marked as a preview.

    Raises PolicyError where there is no such record or it is not approved, InputError where an original fails.
    """
    record = _approved(workspace, order.record_id)
    content, pictures = content_of(workspace, record, order, today)
    return draw(content, "", pictures)


def issue(workspace: Workspace, order: ExtractOrder, actor: Actor, key: SigningKey, today: date) -> Issued:
    """The extract with the next number of the year, drawn, signed and logged; logged before it is returned.

    Raises PolicyError where the record is not approved or nobody is named, InputError, StoreError, SetupError.
    """
    _require_lawful(order)
    with _ISSUING:
        record = _approved(workspace, order.record_id)
        plain, pictures = content_of(workspace, record, order, today)
        content = msgspec.structs.replace(plain, serial=next_serial(workspace, today.year))
        payload = make_payload(content, key)
        data = seal(draw(content, payload, pictures, key.public_key), content, payload)
        sha256 = hashlib.sha256(data).hexdigest()
        event = ExtractPrinted(content.serial, sha256, _logged_recipient(order), order.copies)
        act_on(workspace, record, event, actor)
    return Issued(content.serial, data, sha256, content)


def hand_out(issued: Issued, target: Path) -> Path:
    """The file that was written, under the name wished for or the first free one like it.

    Raises SetupError `extract-not-written`; the extract is in the log by then and may be handed out elsewhere.
    """
    suffix = target.suffix or ".pdf"
    try:
        return new_file(target.expanduser().parent, target.stem, suffix, lambda file: file.write(issued.data))[0]
    except (PackageError, SetupError) as failure:
        detail = explain(failure)
        raise SetupError("extract-not-written", serial=issued.serial, file=target, detail=detail) from failure


def next_serial(workspace: Workspace, year: int) -> str:
    """The number after the last extract of that year: 0001/2026 at first."""
    last = workspace.last_extract_of(year)
    number = int(last.event.serial.split("/")[0]) if last and isinstance(last.event, ExtractPrinted) else 0
    return f"{number + 1:04}/{year}"


def log_of_prints(workspace: Workspace, offset: int = 0, limit: int = 200) -> tuple[PrintLine, ...]:
    """A portion of the log, the latest first."""
    return tuple(_print_line(workspace, action) for action in workspace.extracts(offset, limit))


def print_of(workspace: Workspace, serial: str) -> PrintLine | None:
    """The line of the log with that serial, or None."""
    year = serial.rpartition("/")[2]
    offset = 0
    while lines := workspace.extracts(offset):
        for action in lines:
            if isinstance(action.event, ExtractPrinted) and action.event.serial == serial:
                return _print_line(workspace, action)
        if year.isdecimal() and lines[-1].at[:4] < year:
            return None
        offset += len(lines)
    return None


def _print_line(workspace: Workspace, action: Action) -> PrintLine:
    event = action.event
    assert isinstance(event, ExtractPrinted)
    record = workspace.record(action.record_id)
    return PrintLine(
        serial=event.serial,
        at=action.at,
        by=action.actor.name,
        recipient=event.recipient,
        copies=event.copies,
        record_id=action.record_id,
        book_id=action.book_id,
        number=number_of(record) if record is not None else "",
        sha256=event.sha256,
    )


def _require_lawful(order: ExtractOrder) -> None:
    if not order.recipient.strip():
        raise PolicyError("extract-no-recipient")
    if not 1 <= order.copies <= MOST_COPIES:
        raise PolicyError("extract-copies", most=MOST_COPIES)


def _logged_recipient(order: ExtractOrder) -> str:
    """Who gets it and what for, in one line of the log."""
    parts = (" ".join(part.split()) for part in (order.recipient, order.purpose))
    return " – ".join(part for part in parts if part)


def _approved(workspace: Workspace, record_id: str) -> Record:
    record = record_of(workspace, record_id)
    if record.status is not Status.APPROVED:
        raise PolicyError("policy-not-approved")
    return record
