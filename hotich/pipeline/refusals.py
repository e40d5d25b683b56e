"""What the importer did not take comes back: mapped to records, shown first, then written as findings at the fields.

A record that was handed over or approved is open again; what was corrected leaves as a delta of the book.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from hotich import workflow
from hotich.errors import PolicyError
from hotich.folding import fold_record
from hotich.forms.loader import load_catalogue
from hotich.incoming.refusals import RefusalFile, Refused, Unread, read_pasted, read_refusals
from hotich.incoming.refused import NOTHING_KNOWN
from hotich.pipeline.acting import draft_of
from hotich.pipeline.lookup import book_of, records_of
from hotich.pipeline.row_matching import Clue, clue_of, faces_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.redaction import HIDDEN, redacted_statement
from hotich.store import Workspace
from hotich.values import Actor, Book, Record, Refusal, Status
from hotich.workflow import ExportKind

__all__ = [
    "RefusalCounts",
    "RefusalFile",
    "RefusalLeft",
    "RefusalMatch",
    "RefusalPreview",
    "Refused",
    "RefusalsTaken",
    "Unread",
    "counts_of",
    "preview_refusals",
    "read_file",
    "read_text",
    "take_in_refusals",
    "without_names",
]

AT_ONCE = 200
"""Records written in one transaction."""

HEADING_ROWS = 1
"""Rows above the first record in the workbook of the import."""


class RefusalMatch(msgspec.Struct, frozen=True):
    """A refusal and the record that it means. Not `sure` where only the row of the workbook, or a part, agrees."""

    refused: Refused
    record_id: str
    status: Status
    sure: bool
    known: bool = False
    """The record has it already, and nobody has answered it yet."""

    @property
    def reopens(self) -> bool:
        """Whether taking it in opens a closed record."""
        return self.status in (Status.SUBMITTED, Status.APPROVED)

    @property
    def state(self) -> str:
        """known, doubtful, reopens or open: the ending of the sentence's key."""
        if self.known:
            return "known"
        if not self.sure:
            return "doubtful"
        return "reopens" if self.reopens else "open"


class RefusalLeft(msgspec.Struct, frozen=True):
    """A refusal without a record; `reason` is the key of the sentence that says why."""

    refused: Refused
    reason: str


class TakenBefore(msgspec.Struct, frozen=True):
    """When and by whom the same file was taken in."""

    file: str
    at: str
    name: str


class RefusalPreview(msgspec.Struct, frozen=True):
    """What taking the refusals in would do; nothing is written yet."""

    book_id: str
    name: str
    sha256: str
    matched: tuple[RefusalMatch, ...]
    left: tuple[RefusalLeft, ...]
    unread: tuple[Unread, ...] = ()
    before: TakenBefore | None = None
    silent: int = 0
    """Rows of a sheet without a reason, where others have one."""

    def wanted(self, doubtful: bool) -> tuple[RefusalMatch, ...]:
        """Those that would be written: the sure ones, with the others where a person said so."""
        return tuple(match for match in self.matched if not match.known and (match.sure or doubtful))


class RefusalsTaken(msgspec.Struct, frozen=True):
    """What became of them: records and refusals written, records opened again."""

    records: int
    refusals: int
    reopened: int


class RefusalCounts(msgspec.Struct, frozen=True):
    """Records of a book: `refused` at any time, `waiting` for an answer, `corrected`, and `left` again since."""

    refused: int = 0
    waiting: int = 0
    corrected: int = 0
    left: int = 0


def read_file(workspace: Workspace, book_id: str, path: Path) -> RefusalFile:
    """The refusals of a file. Raises InputError."""
    return read_refusals(path, book_of(workspace, book_id).record_type)


def read_text(workspace: Workspace, book_id: str, text: str) -> RefusalFile:
    """The refusals of a pasted text."""
    return read_pasted(text, book_of(workspace, book_id).record_type)


def without_names(line: Unread) -> Unread:
    """The line as it is shown of confidential books: of what nothing was known, any part may name people."""
    text = HIDDEN if line.reason == NOTHING_KNOWN else redacted_statement(line.text)
    return msgspec.structs.replace(line, text=text)


def preview_refusals(workspace: Workspace, book_id: str, file: RefusalFile, ticket: Ticket = SILENT) -> RefusalPreview:
    """Which record each refusal means. Raises PolicyError, Cancelled."""
    book = book_of(workspace, book_id)
    records = {}
    for place, record in enumerate(records_of(workspace, book_id)):
        if place % AT_ONCE == 0:
            ticket.check()
        records[record.record_id] = record
    faces = faces_of(workspace, book, records.values())
    left_last = _last_left(workspace, book_id)
    if left_last is not None and any(refused.row for refused in file.rows):
        faces = faces.placed(_rows_of(workspace, book_id, left_last, records))
    matched, left = [], []
    for place, refused in enumerate(file.rows):
        ticket.progress(place, len(file.rows))
        found = faces.find(_clue(refused, book))
        if found.record_id:
            record = records[found.record_id]
            matched.append(
                RefusalMatch(refused, record.record_id, record.status, found.sure, _is_known(record, refused))
            )
        else:
            left.append(RefusalLeft(refused, found.reason))
    ticket.progress(len(file.rows), len(file.rows))
    before = taken_before(workspace, book_id, file.sha256)
    return RefusalPreview(
        book_id, file.name, file.sha256, tuple(matched), tuple(left), file.unread, before, file.silent
    )


def _last_left(workspace: Workspace, book_id: str) -> workflow.Exported | None:
    """The last hand-off of the book to the ministry, whose rows the importer counts."""
    events = (action.event for action in workspace.book_actions(book_id, workflow.Exported.__name__))
    left = [event for event in events if isinstance(event, workflow.Exported) and event.kind is ExportKind.MINISTRY]
    return left[-1] if left else None


def _rows_of(
    workspace: Workspace, book_id: str, left: workflow.Exported, records: Mapping[str, Record]
) -> dict[str, int]:
    """The place from 1 of each record in the workbook that left; none where it told only what had changed."""
    if left.base:
        return {}
    changed = set(workspace.records_changed_since(book_id, left.history))
    rows: dict[str, int] = {}
    for record_id, record in records.items():
        then: Record | None = record
        if record_id in changed:
            actions = workspace.actions(record_id=record_id)
            then = fold_record([action for action in actions if action.action_id <= left.history])
        if then is not None and then.status is Status.APPROVED:
            rows[record_id] = len(rows) + 1
    return rows


def _clue(refused: Refused, book: Book) -> Clue:
    place = refused.row - HEADING_ROWS if refused.row > HEADING_ROWS else 0
    return clue_of(refused.texts, book, refused.document, place)


def _is_known(record: Record, refused: Refused) -> bool:
    waiting = {(each.field_id, each.text) for each in record.refusals if not each.settled}
    return (refused.field_id, refused.text) in waiting


def taken_before(workspace: Workspace, book_id: str, sha256: str) -> TakenBefore | None:
    """When a file of these bytes was taken in for the book, or None."""
    kept = workspace.setting(_key(book_id, sha256))
    return msgspec.json.decode(kept, type=TakenBefore) if kept else None


def _key(book_id: str, sha256: str) -> str:
    return f"refusals:{book_id}:{sha256}"


def take_in_refusals(
    workspace: Workspace, preview: RefusalPreview, actor: Actor, ticket: Ticket = SILENT, *, doubtful: bool = False
) -> RefusalsTaken:
    """Writes what was shown: the sure ones, with the others only where a person said so.

    Raises PolicyError where the file was taken in before, the actor may not, or nothing is left to write; Cancelled.
    What was written before stays, and is not written again.
    """
    before = taken_before(workspace, preview.book_id, preview.sha256)
    if before is not None:
        raise PolicyError("incoming-refusals-again", file=before.file, at=before.at[:10], name=before.name)
    by_record: dict[str, list[Refused]] = defaultdict(list)
    for match in preview.wanted(doubtful):
        by_record[match.record_id].append(match.refused)
    if not by_record:
        raise PolicyError("incoming-refusals-none")
    taken = _write(workspace, preview, by_record, actor, ticket)
    head = workspace.changes_since((workspace.head() or (1, ""))[0] - 1, 1)
    told = TakenBefore(preview.name, head[0].at if head else "", actor.name)
    workspace.remember(_key(preview.book_id, preview.sha256), msgspec.json.encode(told).decode())
    return taken


def _write(
    workspace: Workspace,
    preview: RefusalPreview,
    by_record: dict[str, list[Refused]],
    actor: Actor,
    ticket: Ticket,
) -> RefusalsTaken:
    spec = load_catalogue().records[book_of(workspace, preview.book_id).record_type]
    known = {field.id for field in spec.fields}
    ids = tuple(by_record)
    records = refusals = reopened = 0
    for start in range(0, len(ids), AT_ONCE):
        ticket.check()
        ticket.progress(start, len(ids))
        drafts = []
        for record_id in ids[start : start + AT_ONCE]:
            record = workspace.record(record_id)
            fresh = _fresh(record, by_record[record_id], preview.name, known) if record is not None else ()
            if record is None or not fresh:
                continue
            drafts.append(draft_of(record, workflow.Refused(fresh), actor))
            records, refusals = records + 1, refusals + len(fresh)
            reopened += record.status in (Status.SUBMITTED, Status.APPROVED)
        if drafts:
            workspace.append(*drafts)
    ticket.progress(len(ids), len(ids))
    return RefusalsTaken(records, refusals, reopened)


def _fresh(record: Record, told: Sequence[Refused], name: str, known: set[str]) -> tuple[Refusal, ...]:
    """The refusals that the record does not have yet, each once."""
    found: dict[tuple[str, str], Refusal] = {}
    for refused in told:
        if not _is_known(record, refused):
            field_id = refused.field_id if refused.field_id in known else ""
            found.setdefault((field_id, refused.text), Refusal(field_id, refused.text, name, refused.code))
    return tuple(found.values())


def counts_of(workspace: Workspace, book_id: str) -> RefusalCounts:
    """How far the refused records of a book are."""
    refused = tuple(record for record in records_of(workspace, book_id) if record.refusals)
    if not refused:
        return RefusalCounts()
    corrected = [record for record in refused if all(each.settled for each in record.refusals)]
    last = max((action.at for action in workspace.book_actions(book_id, workflow.Exported.__name__)), default="")
    left = [record for record in corrected if _has_left(record, last)]
    return RefusalCounts(len(refused), len(refused) - len(corrected), len(corrected), len(left))


def _has_left(record: Record, last_export: str) -> bool:
    """Whether it was approved after the last refusal, and the book left after that."""
    refused_at = max(each.at for each in record.refusals)
    return record.status is Status.APPROVED and refused_at < record.approved_at < last_export
