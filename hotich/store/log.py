"""Reading the actions table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Any

import msgspec
import sqlite_utils

from hotich.values import Actor, Role
from hotich.workflow import Action, AnyEvent, step_of

_COLUMNS = "action_id, book_id, record_id, page_id, event, actor_name, actor_role, at, previous_hash, hash"
_event_decoder: msgspec.json.Decoder[AnyEvent] = msgspec.json.Decoder(AnyEvent)


def decode_event(text: str | bytes) -> AnyEvent:
    """The event of its stored JSON. Raises msgspec.MsgspecError."""
    return _event_decoder.decode(text)


def action_of(row: Sequence[Any]) -> Action:
    """The action of a row in the order of the columns read here."""
    return Action(
        action_id=row[0],
        book_id=row[1],
        record_id=row[2],
        page_id=row[3],
        event=decode_event(row[4]),
        actor=Actor(row[5], Role(row[6])),
        at=row[7],
        previous_hash=row[8],
        hash=row[9],
    )


def raw_rows(db: sqlite_utils.Database) -> Iterator[tuple[Any, ...]]:
    """Every row of the table in order, not decoded, with the kind at its end: what the chain is checked on."""
    yield from db.execute(f"SELECT {_COLUMNS}, kind FROM actions ORDER BY action_id")


def head(db: sqlite_utils.Database) -> tuple[int, str] | None:
    """Number and hash of the last action, or None in an empty workspace."""
    row = db.execute("SELECT action_id, hash FROM actions ORDER BY action_id DESC LIMIT 1").fetchone()
    return None if row is None else (row[0], row[1])


def action(db: sqlite_utils.Database, action_id: int) -> Action | None:
    """The action of that number."""
    found = _select(db, "action_id = ?", (action_id,))
    return found[0] if found else None


def of_record(db: sqlite_utils.Database, record_id: str) -> tuple[Action, ...]:
    """All actions of a record in order."""
    return _select(db, "record_id = ?", (record_id,))


def of_page(db: sqlite_utils.Database, page_id: str) -> tuple[Action, ...]:
    """The actions of a page itself in order, those of its records left out."""
    return _select(db, "page_id = ? AND record_id = ''", (page_id,))


def of_book(db: sqlite_utils.Database, book_id: str, kinds: Sequence[str] = ()) -> tuple[Action, ...]:
    """All actions of a book in order, or only those of the named events."""
    if not kinds:
        return _select(db, "book_id = ?", (book_id,))
    marks = ", ".join("?" * len(kinds))
    return _select(db, f"book_id = ? AND kind IN ({marks})", (book_id, *kinds))


def since(db: sqlite_utils.Database, action_id: int, limit: int, kinds: Sequence[str] = ()) -> tuple[Action, ...]:
    """The actions after that number in order, at most `limit`; only those of the named events where some are named."""
    where = f"action_id > ? AND kind IN ({', '.join('?' * len(kinds))})" if kinds else "action_id > ?"
    return _select(db, where, (action_id, *kinds), f"LIMIT {int(limit)}")


def extracts(db: sqlite_utils.Database, offset: int, limit: int) -> tuple[Action, ...]:
    """The printed extracts of all books, the latest first."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM actions WHERE kind = 'ExtractPrinted' ORDER BY action_id DESC LIMIT ? OFFSET ?",
        (limit, offset),
    )
    return tuple(map(action_of, rows.fetchall()))


def last_extract_of(db: sqlite_utils.Database, year: int) -> Action | None:
    """The latest printed extract whose serial ends in that year."""
    row = db.execute(
        f"SELECT {_COLUMNS} FROM actions WHERE kind = 'ExtractPrinted' AND json_extract(event, '$.serial') LIKE ?"
        " ORDER BY action_id DESC LIMIT 1",
        (f"%/{int(year)}",),
    ).fetchone()
    return None if row is None else action_of(row)


def newest_of_person(db: sqlite_utils.Database, book_id: str, name: str) -> Iterator[Action]:
    """What one person did in a book, the newest first, read only as far as it is asked for."""
    rows = db.execute(
        f"SELECT {_COLUMNS} FROM actions WHERE book_id = ? AND actor_name = ? ORDER BY action_id DESC", (book_id, name)
    )
    yield from map(action_of, rows)


def same_step(db: sqlite_utils.Database, target: Action) -> tuple[Action, ...]:
    """The actions that were written by the same key as the target, itself among them, in order, of whatever book."""
    wanted = step_of(target)
    if not wanted:
        return (target,)

    def run(compare: str, direction: str) -> list[Action]:
        # They were written in one transaction, so that nothing stands between them.
        rows = db.execute(
            f"SELECT {_COLUMNS} FROM actions WHERE action_id {compare} ? ORDER BY action_id {direction}",
            (target.action_id,),
        )
        return list(takewhile(lambda action: step_of(action) == wanted, map(action_of, rows)))

    return (*reversed(run("<", "DESC")), target, *run(">", "ASC"))


def _select(db: sqlite_utils.Database, where: str, values: Sequence[Any], tail: str = "") -> tuple[Action, ...]:
    rows = db.execute(f"SELECT {_COLUMNS} FROM actions WHERE {where} ORDER BY action_id {tail}", tuple(values))
    return tuple(map(action_of, rows.fetchall()))
