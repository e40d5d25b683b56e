"""What of a book left in which package, and what changed in it since."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec

from hotich.errors import PolicyError
from hotich.export.geometry import upright_page
from hotich.export.package_types import Change, ChangeKind, Delta, PackageRecord, Withdrawn
from hotich.export.records_json import record_of
from hotich.folding import fold_record, in_force
from hotich.forms.loader import load_catalogue
from hotich.pipeline.lookup import book_of, page_of
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import Book, Record, Status
from hotich.workflow import Action, Exported, ExportKind, Refused, Returned


class Earlier(msgspec.Struct, frozen=True):
    """A package of the book that was written: its number among them, and the last action that it speaks of.

    `base` is the number of the package that a delta stands on, 0 for a whole one; `by` and `at` say who wrote it and
    when.
    """

    number: int
    file_name: str
    sha256: str
    history: int
    base: int
    at: str
    by: str = ""
    records: int = 0
    reason: str = ""

    @property
    def is_delta(self) -> bool:
        """Whether it told changes only."""
        return bool(self.base)


class Changes(msgspec.Struct, frozen=True):
    """What changed since an earlier package; `book` when what is told of the book itself changed."""

    earlier: Earlier
    records: tuple[Change, ...]
    withdrawn: tuple[Withdrawn, ...]
    book: bool

    @property
    def any(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.records or self.withdrawn or self.book)

    @property
    def record_ids(self) -> frozenset[str]:
        """The records that leave."""
        return frozenset(change.record_id for change in self.records)

    def delta(self, reason: str) -> Delta:
        """As a package tells it. Raises PolicyError when nobody says why the book leaves again."""
        why = nfc(squeeze(reason))
        if not why:
            raise PolicyError("export-reason-needed")
        return Delta(
            base=self.earlier.number,
            base_file=self.earlier.file_name,
            base_sha256=self.earlier.sha256,
            base_history=self.earlier.history,
            reason=why,
            changes=self.records,
            withdrawn=self.withdrawn,
        )


def packages_of(workspace: Workspace, book_id: str) -> tuple[Earlier, ...]:
    """The packages of a book in the order in which they left, whole ones and deltas numbered together from 1."""
    actions = workspace.book_actions(book_id, Exported.__name__)
    left = [(a, a.event) for a in actions if isinstance(a.event, Exported) and a.event.kind in _PACKAGES]
    return tuple(
        # Packages written before histories were kept speak of all that was done before them.
        Earlier(
            number=number,
            file_name=event.file_name,
            sha256=event.package_sha256,
            history=event.history or action.action_id - 1,
            base=event.base,
            at=action.at,
            by=action.actor.name,
            records=event.records,
            reason=event.reason,
        )
        for number, (action, event) in enumerate(left, start=1)
    )


_PACKAGES = (ExportKind.PACKAGE, ExportKind.DELTA)


def changes_of(workspace: Workspace, book_id: str, since: int) -> Changes:
    """What changed in the book since its package of that number. Raises PolicyError when there is no such package."""
    book = book_of(workspace, book_id)
    packages = packages_of(workspace, book_id)
    if not 1 <= since <= len(packages):
        raise PolicyError("export-no-such-package", number=since, packages=len(packages))
    earlier = packages[since - 1]
    records: list[Change] = []
    withdrawn: list[Withdrawn] = []
    for record_id in workspace.records_changed_since(book_id, earlier.history):
        found = _Compared(workspace, book, record_id, earlier.history)
        records += found.change()
        withdrawn += found.withdrawal()
    moved = any(action.action_id > earlier.history for action in workspace.book_actions(book_id, "BookChanged"))
    return Changes(earlier, tuple(records), tuple(withdrawn), moved)


class _Compared:
    """A record as an earlier package knew it, beside what it is now."""

    def __init__(self, workspace: Workspace, book: Book, record_id: str, history: int) -> None:
        actions = workspace.actions(record_id=record_id)
        self._workspace, self._book = workspace, book
        self._then = _approved(fold_record([action for action in actions if action.action_id <= history]))
        self._record = fold_record(actions)
        self._now = _approved(self._record)
        self._since = [action for action in in_force(actions) if action.action_id > history]

    def change(self) -> Iterator[Change]:
        """The record where it leaves again, or for the first time."""
        if self._now is None:
            return
        if self._then is None:
            yield Change(record_id=self._now.record_id, kind=ChangeKind.ADDED, fields=(), reason=self._reason)
            return
        then, now = self._told(self._then), self._told(self._now)
        if then != now:
            fields = tuple(code for code in now.fields if _differs(then, now, code))
            yield Change(record_id=now.record_id, kind=ChangeKind.CORRECTED, fields=fields, reason=self._reason)

    def withdrawal(self) -> Iterator[Withdrawn]:
        """The record where it left once and counts no longer."""
        if self._then is None or self._now is not None or self._record is None:
            return
        if self._record.status is Status.VOID:
            yield Withdrawn(record_id=self._record.record_id, state="void", reason=self._record.void_reason)
        else:
            yield Withdrawn(record_id=self._record.record_id, state="open", reason=self._reason)

    @property
    def _reason(self) -> str:
        """Why it was opened again, the last time."""
        return next((reason for reason in map(_reason_of, reversed(self._since)) if reason), "")

    def _told(self, record: Record) -> PackageRecord:
        page = upright_page(page_of(self._workspace, record.page_id).page, 1)
        return record_of(record, self._book, load_catalogue().records[self._book.record_type], page)


def _approved(record: Record | None) -> Record | None:
    return record if record is not None and record.status is Status.APPROVED else None


def _differs(then: PackageRecord, now: PackageRecord, code: str) -> bool:
    """Whether a field says something else, whoever said it."""
    one, other = then.fields.get(code), now.fields[code]
    return one is None or (one.as_written, one.normal, one.state) != (other.as_written, other.normal, other.state)


def _reason_of(action: Action) -> str:
    match action.event:
        case Returned(reason):
            return reason
        case Refused(refusals) if refusals:
            return refusals[0].text
        case _:
            return ""
