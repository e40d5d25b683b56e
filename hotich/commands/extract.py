"""`hotich search`, `hotich extract`, `hotich extracts` and `hotich verify-extract`."""

from __future__ import annotations

import argparse
from datetime import date

from hotich.commands.console import Console
from hotich.commands.verbs import FOUND_ERRORS, actor_of, look_at_workspace, open_workspace
from hotich.errors import PolicyError
from hotich.messages import sentence
from hotich.pipeline.extract_check import ExtractCheck, SignedBy, check_extract
from hotich.pipeline.extracts import (
    ExtractOrder,
    Office,
    hand_out,
    issue,
    keep_office,
    log_of_prints,
    office_of,
)
from hotich.pipeline.lookup import book_of, record_of
from hotich.pipeline.search import Filters, Hit, marked, search
from hotich.pipeline.trust import trust_here
from hotich.signing import keys_folder, own_key
from hotich.store import Workspace
from hotich.values import RecordType, Status


def run_search(words: argparse.Namespace, console: Console) -> int:
    """Lists the records that the words mean, the closest first; 0 also when there are none."""
    filters = Filters(
        RecordType(words.type) if words.type else None,
        status=Status(words.status) if words.status else None,
        suggestions=words.suggestions,
    )
    with look_at_workspace(words) as workspace:
        found = search(workspace, " ".join(words.words), filters, words.offset)
    if not found.asked:
        console.say("commands-search-nothing-asked")
    else:
        console.table(console.head("record", "book", "number", "names", "born", "people", "where"), _rows(found.hits))
        console.say("commands-found-many" if found.more else "commands-found", count=found.count)
    console.result(found)
    return 0


def _rows(hits: tuple[Hit, ...]) -> list[tuple[str, ...]]:
    return [
        (
            hit.record_id,
            f"{hit.book.record_type.value} {hit.book.number}/{hit.book.year}",
            *(marked(text) for text in (hit.number, hit.names, hit.born, hit.people, hit.place)),
        )
        for hit in hits
    ]


def run_extract(words: argparse.Namespace, console: Console) -> int:
    """Issues an extract of an approved record: logged, then written; 6 when the record is not approved."""
    with open_workspace(words) as workspace:
        record_id = _record_meant(workspace, words.record)
        order = ExtractOrder(
            record_id=record_id,
            recipient=words.for_whom,
            purpose=words.purpose,
            copies=words.copies,
            office=_office(workspace, record_id, words),
            pictures=not words.no_picture,
        )
        issued = issue(workspace, order, actor_of(words), own_key(keys_folder()), date.today())
        path = hand_out(issued, words.to)
    console.say("commands-extract-issued", serial=issued.serial, path=path)
    console.result({"serial": issued.serial, "path": str(path), "sha256": issued.sha256})
    return 0


def _record_meant(workspace: Workspace, words: str) -> str:
    """The record of that id, or the one approved record that the words find. Raises PolicyError."""
    if workspace.record(words) is not None:
        return words
    found = search(workspace, words, Filters(status=Status.APPROVED))
    if found.count != 1:
        raise PolicyError("extract-which-record", words=words, count=found.count)
    return found.hits[0].record_id


def _office(workspace: Workspace, record_id: str, words: argparse.Namespace) -> Office:
    """Who issued last, with what is said now; kept for the next time."""
    last = office_of(workspace, book_of(workspace, record_of(workspace, record_id).book_id))
    office = Office(
        words.issuer or last.issuer,
        words.place or last.place,
        words.signer or last.signer_name,
        words.signer_office or last.signer_office,
    )
    if office != last:
        keep_office(workspace, office)
    return office


def run_log(words: argparse.Namespace, console: Console) -> int:
    """Lists the extracts that were issued, the latest first."""
    with look_at_workspace(words) as workspace:
        lines = log_of_prints(workspace, words.offset)
    console.table(
        console.head("number", "at", "issuer", "recipient", "copies", "entry", "record"),
        [
            (line.serial, line.at[:16], line.by, line.recipient, str(line.copies), line.number, line.record_id)
            for line in lines
        ],
    )
    console.result(lines)
    return 0


def run_verify(words: argparse.Namespace, console: Console) -> int:
    """Checks an extract: a PDF, a picture, or the text of its code; 9 when it does not pass."""
    trust = trust_here()
    if words.workspace:
        with look_at_workspace(words) as workspace:
            found = check_extract(words.given, trust, workspace, language=console.language)
    else:
        found = check_extract(words.given, trust, language=console.language)
    _tell(found, console, asked_log=bool(words.workspace))
    console.result({"ok": found.ok, "check": found})
    return 0 if found.ok else FOUND_ERRORS


def _tell(found: ExtractCheck, console: Console, *, asked_log: bool) -> None:
    fine = "commands-extract-fine" if found.compared else "commands-extract-code-fine"
    console.say(fine if found.ok else "commands-extract-broken")
    if found.payload is not None:
        told = found.payload
        kind = sentence(f"ui-type-{told.record_type.value}", language=console.language)
        facts = {"number": told.number, "book": told.book, "registered": told.registered, "serial": told.serial}
        console.say("commands-extract-facts", kind=kind, people=told.people, **facts)
    if found.signed_by is not None:
        key = {SignedBy.OWN: "own", SignedBy.KNOWN: "known", SignedBy.UNKNOWN: "unknown"}[found.signed_by]
        console.say(f"commands-extract-{key}", signer=found.signer)
    for finding in found.findings:
        level = sentence(f"commands-severity-{finding.severity.value}", language=console.language)
        console.line(f"  - {level}: {finding.message}")
    if found.logged is not None:
        line = found.logged
        facts = {"serial": line.serial, "at": line.at[:16], "by": line.by, "recipient": line.recipient}
        console.say("commands-extract-logged", copies=line.copies, **facts)
    elif asked_log and found.payload is not None:
        console.say("commands-extract-not-logged")
