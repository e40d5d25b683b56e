"""Looking a whole workspace over: the chain, the index, the originals."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import sqlite_utils

from hotich.errors import InputError
from hotich.messages import Language, sentence
from hotich.store import chain, index, log
from hotich.store.originals import Originals
from hotich.values import Actor, Finding, Role, Severity


def verify(db: sqlite_utils.Database, originals: Originals, language: Language) -> tuple[Finding, ...]:
    """All findings: the first broken link of the chain, then wrong index rows, then missing and damaged originals."""
    # One transaction: all is looked at as it stood at one moment, whatever is written meanwhile.
    with db.atomic():
        told = [*_chain(db)]
        # What cannot be read cannot be folded; the broken chain is then the finding.
        if not told:
            told += [*_index(db)]
        told += [*_originals(db, originals)]
    return tuple(
        Finding(key, Severity.ERROR, (), sentence(key, facts, language), record_id=facts.get("record", ""))
        for key, facts in told
    )


Told = tuple[str, dict[str, str]]


def _chain(db: sqlite_utils.Database) -> Iterator[Told]:
    previous = chain.GENESIS
    for expected_id, row in enumerate(log.raw_rows(db), start=1):
        if row[0] != expected_id:
            yield "store-action-missing", {"action": str(expected_id)}
            return
        if not _is_whole(row, previous):
            yield "store-action-changed", {"action": str(expected_id), "record": row[2]}
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


def _index(db: sqlite_utils.Database) -> Iterator[Told]:
    wrong = expected = 0
    first = ""
    for wanted in index.expected_rows(db):
        expected += 1
        if index.present_row(db, wanted) != wanted.row:
            wrong += 1
            first = first or f"{wanted.table} {' '.join(wanted.key)}"
    surplus = index.count_rows(db) - expected
    if wrong or surplus > 0:
        yield "store-index-wrong", {"rows": str(max(wrong, surplus)), "first": first}


def _originals(db: sqlite_utils.Database, originals: Originals) -> Iterator[Told]:
    pages = "SELECT DISTINCT file_sha256 FROM pages ORDER BY file_sha256"
    for (sha256,) in db.execute(pages).fetchall():
        try:
            originals.get(sha256)
        except InputError as error:
            yield error.key, error.facts
        except ValueError:
            yield "store-original-missing", {"sha256": sha256}
