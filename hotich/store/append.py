"""Writing actions: who may, the chain, the row, the index. Everything here runs on the lane, inside a transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime

import msgspec
import sqlite_utils

from hotich import permission, undoing
from hotich.errors import PolicyError
from hotich.folding import in_force
from hotich.store import chain, index, log
from hotich.values import Actor, Record
from hotich.workflow import Action, BookChanged, BookOpened, Draft, PageAdded, RecordOpened, Redone, Undone

Clock = Callable[[], datetime]

_event_encoder = msgspec.json.Encoder()


def utc_now() -> datetime:
    """The present time in UTC."""
    return datetime.now(UTC)


def append(db: sqlite_utils.Database, drafts: Sequence[Draft], clock: Clock) -> tuple[Action, ...]:
    """Writes the drafts as actions, all or none.

    Each is held against the record as the earlier ones left it. Raises PolicyError when one is not allowed, StoreError
    when it names a book or page that is not there, ValueError when it is put together wrongly.
    """
    with db.atomic():
        return tuple(_append_one(db, draft, clock) for draft in drafts)


def _append_one(db: sqlite_utils.Database, draft: Draft, clock: Clock) -> Action:
    if isinstance(draft.event, Undone | Redone):
        raise ValueError("take back with undo() and bring back with redo()")
    _require_well_formed(draft)
    record = index.load_record(db, draft.record_id) if draft.record_id else None
    _require_in_place(db, draft, record)
    permission.require(draft.actor, draft.event, record)
    if record is not None:
        # A record's actions are found by its page too, whether or not the caller named it.
        draft = msgspec.structs.replace(draft, page_id=record.page_id)
    return _write(db, draft, clock)


def _require_well_formed(draft: Draft) -> None:
    event = draft.event
    if isinstance(event, index.RECORD_EVENTS) != bool(draft.record_id):
        raise ValueError(f"{type(event).__name__} and record id {draft.record_id!r} do not go together")
    if isinstance(event, index.PAGE_EVENTS) and not draft.page_id:
        raise ValueError(f"{type(event).__name__} needs a page id")
    if isinstance(event, PageAdded) and event.page.page_id != draft.page_id:
        raise ValueError("the page has another id than its draft")
    if isinstance(event, BookOpened | BookChanged) and event.book.book_id != draft.book_id:
        raise ValueError("the book has another id than its draft")


def _require_in_place(db: sqlite_utils.Database, draft: Draft, record: Record | None) -> None:
    index.require_place(db, draft.book_id, draft.page_id, draft.event)
    if record is not None and record.book_id != draft.book_id:
        raise PolicyError("policy-no-record")
    if isinstance(draft.event, RecordOpened) and not draft.page_id:
        raise ValueError("a record stands on a page")


def undo(db: sqlite_utils.Database, actor: Actor, book_id: str, clock: Clock) -> tuple[Action, ...]:
    """Takes back the last undoable step of that person in that book, its last action first; () when there is none.

    What was written by one key for many records goes as one; those of them that can no longer be taken back stay.
    Raises PolicyError when none can be.
    """
    with db.atomic():
        target = undoing.undo_target(log.newest_of_person(db, book_id, actor.name), actor)
        if target is None:
            return ()
        held = [action for action in log.same_step(db, target) if _holds(db, action)]
        lawful = _lawful(held, lambda action: undoing.require_undo(actor, action, log.of_record(db, action.record_id)))
        return tuple(_write(db, _about(a, Undone(a.action_id), actor), clock) for a in reversed(lawful))


def redo(db: sqlite_utils.Database, actor: Actor, book_id: str, clock: Clock) -> tuple[Action, ...]:
    """Brings back the step which that person took back last in that book, in order; () when there is nothing.

    Raises PolicyError when nothing of it can be brought back.
    """
    with db.atomic():
        number = undoing.redo_target(log.newest_of_person(db, book_id, actor.name), actor)
        target = None if number is None else log.action(db, number)
        if target is None:
            return ()
        gone = [action for action in log.same_step(db, target) if not _holds(db, action)]
        lawful = _lawful(gone, lambda action: undoing.require_redo(actor, action, log.of_record(db, action.record_id)))
        return tuple(_write(db, _about(a, Redone(a.action_id), actor), clock) for a in lawful)


def _holds(db: sqlite_utils.Database, action: Action) -> bool:
    return action in in_force(log.of_record(db, action.record_id))


def _lawful(actions: Sequence[Action], require: Callable[[Action], None]) -> list[Action]:
    """Those that pass; the first refusal is raised when none does."""
    passed, refusals = [], []
    for action in actions:
        try:
            require(action)
        except PolicyError as refusal:
            refusals.append(refusal)
        else:
            passed.append(action)
    if refusals and not passed:
        raise refusals[0]
    return passed


def _about(target: Action, event: Undone | Redone, actor: Actor) -> Draft:
    return Draft(target.book_id, event, actor, record_id=target.record_id, page_id=target.page_id)


def _write(db: sqlite_utils.Database, draft: Draft, clock: Clock) -> Action:
    last_id, previous_hash = log.head(db) or (0, chain.GENESIS)
    stored = _event_encoder.encode(draft.event)
    at = clock().astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    body = chain.Body(last_id + 1, draft.book_id, draft.page_id, draft.record_id, msgspec.Raw(stored), draft.actor, at)
    action = Action(
        action_id=body.action_id,
        book_id=draft.book_id,
        record_id=draft.record_id,
        page_id=draft.page_id,
        # Read back from its JSON, so that what goes on is what will be read tomorrow, and nothing unreadable is kept.
        event=log.decode_event(stored),
        actor=draft.actor,
        at=at,
        previous_hash=previous_hash,
        hash=chain.link(previous_hash, body),
    )
    _insert(db, action, stored.decode())
    index.take_in(db, action)
    return action


def _insert(db: sqlite_utils.Database, action: Action, stored: str) -> None:
    db.execute(
        "INSERT INTO actions (action_id, book_id, page_id, record_id, kind, event, actor_name, actor_role, at,"
        " previous_hash, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            action.action_id,
            action.book_id,
            action.page_id,
            action.record_id,
            type(action.event).__name__,
            stored,
            action.actor.name,
            action.actor.role.value,
            action.at,
            action.previous_hash,
            action.hash,
        ),
    )
