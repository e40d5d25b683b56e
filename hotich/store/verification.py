"""Looking a whole workspace over: the chain, the index, the originals."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec
import sqlite_utils

from hotich.errors import HotichError, InputError, StoreError
from hotich.messages import Language, explain
from hotich.store import chain, index, log
from hotich.store.database import require_sound
from hotich.store.originals import Originals
from hotich.values import Actor, Finding, Role, Severity


def verify(db: sqlite_utils.Database, originals: Originals, language: Language) -> tuple[Finding, ...]:
    """All findings: a damaged file, the first broken link of the chain, wrong index rows, originals missing or changed.

    What cannot be read cannot be folded: after a first fault of the file or the chain the index is not looked at.
    """
    folder = originals.folder.parent
    usual = db.conn.text_factory
    # Text that is no longer UTF-8 is a finding, not an exception.
    db.conn.text_factory = lambda stored: stored.decode("utf-8", "surrogateescape")
    try:
        # One transaction: all is looked at as it stood at one moment, whatever is written meanwhile.
        with db.atomic():
            require_sound(db, folder)
            faults = [*_chain(db)] or [*_index(db)]
            faults += [*_originals(db, originals)]
    except StoreError as error:
        faults = [error]
    except sqlite3.DatabaseError as error:
        faults = [StoreError("store-damaged", folder=folder, detail=error)]
    finally:
        db.conn.text_factory = usual
    return tuple(finding_of(fault, language) for fault in faults)


def finding_of(fault: HotichError, language: Language) -> Finding:
    """The fault as a finding, so that it can be told among others."""
    return Finding(fault.key, Severity.ERROR, (), explain(fault, language), record_id=fault.facts.get("record", ""))


def _chain(db: sqlite_utils.Database) -> Iterator[HotichError]:
    previous = chain.GENESIS
    for expected_id, row in enumerate(log.raw_rows(db), start=1):
        if row[0] != expected_id:
            yield StoreError("store-action-missing", action=expected_id)
            return
        if not _is_whole(row, previous):
            yield StoreError("store-action-changed", action=expected_id, record=row[2])
            return
        previous = row[9]


def _is_whole(row: tuple[Any, ...], previous: str) -> bool:
    """Whether a row follows the hash before it, has its own hash, and can be read."""
    try:
        actor = Actor(row[5], Role(row[6]))
        body = chain.Body(row[0], row[1], row[3], row[2], msgspec.Raw(row[4].encode()), actor, row[7])
        kind = type(log.decode_event(row[4])).__name__
    except (ValueError, msgspec.MsgspecError):
        return False
    return bool(row[10] == kind and row[8] == previous and row[9] == chain.link(previous, body))


def _index(db: sqlite_utils.Database) -> Iterator[HotichError]:
    wrong = expected = 0
    first = ""
    for wanted in index.expected_rows(db):
        expected += 1
        if index.present_row(db, wanted) != wanted.row:
            wrong += 1
            first = first or f"{wanted.table} {' '.join(wanted.key)}"
    surplus = index.count_rows(db) - expected
    if wrong or surplus > 0:
        yield StoreError("store-index-wrong", rows=max(wrong, surplus), first=first or "-")


def _originals(db: sqlite_utils.Database, originals: Originals) -> Iterator[HotichError]:
    pages = "SELECT DISTINCT file_sha256 FROM pages ORDER BY file_sha256"
    for (sha256,) in db.execute(pages).fetchall():
        try:
            originals.get(sha256)
        except InputError as error:
            yield error
        except ValueError:
            yield InputError("store-original-missing", sha256=sha256)
