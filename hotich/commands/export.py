"""The verb with which books leave: as packages, as what changed since one, or as rows for other programs."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import TYPE_CHECKING

from hotich.commands.console import Console, ProgressBar
from hotich.commands.signing import protection_of, signer_of
from hotich.commands.verbs import actor_of, book_named, look_at_workspace, open_workspace
from hotich.errors import PolicyError
from hotich.store import Workspace
from hotich.values import Book

if TYPE_CHECKING:
    from hotich.pipeline.delivery import Delivery
    from hotich.pipeline.streaming import Streaming

PACKAGE = "package"


def run(words: argparse.Namespace, console: Console) -> int:
    """Writes the books; 6 when one of them may not leave."""
    if bool(words.book) == words.all:
        raise PolicyError("export-which-books")
    if words.since and (len(words.book) != 1 or words.form != PACKAGE):
        raise PolicyError("export-since-one-book")
    if words.reason and not words.since:
        raise PolicyError("export-reason-without-since")
    with open_workspace(words) as workspace:
        if words.form == PACKAGE:
            return _packages(workspace, words, console)
        return _streams(workspace, words, console)


def _chosen(workspace: Workspace, streaming: Streaming, words: argparse.Namespace, console: Console) -> Sequence[str]:
    """The ids of the books that were named, or of all that may leave."""
    if not words.all:
        return [book_named(workspace, beginning).book_id for beginning in words.book]
    ready, left_out = streaming.ready_books(ProgressBar())
    for each in left_out:
        console.line(f"{_named(each.book)}: {' '.join(each.reasons)}")
    if not ready:
        raise PolicyError("stream-no-book")
    return ready


def _streaming(workspace: Workspace, words: argparse.Namespace, console: Console) -> Streaming:
    from hotich.pipeline.streaming import Streaming

    return Streaming(workspace, actor_of(words), console.language, protection=protection_of(words, console))


def _named(book: Book) -> str:
    return f"{book.record_type.value} {book.year} {book.number} ({book.book_id[:8]})"


def _packages(workspace: Workspace, words: argparse.Namespace, console: Console) -> int:
    from hotich.pipeline.delivery import export_book

    streaming = _streaming(workspace, words, console)
    books, actor = _chosen(workspace, streaming, words, console), actor_of(words)
    results: list[dict[str, object]] = []
    with signer_of(words, console, actor.name) as signer:
        for book_id in books:
            delivered = export_book(
                workspace,
                book_id,
                words.to,
                actor,
                ProgressBar(),
                since=words.since,
                reason=words.reason,
                signer=signer,
                protection=streaming.protection,
                language=console.language,
            )
            results.append(_told(delivered, console))
    console.result(results[0] if len(results) == 1 and not words.all else results)
    return 0


def packages(words: argparse.Namespace, console: Console) -> int:
    """Lists the packages in which a book left."""
    from hotich.pipeline.delta import packages_of

    with look_at_workspace(words) as workspace:
        left = packages_of(workspace, book_named(workspace, words.book).book_id)
    rows = [
        (str(each.number), str(each.base or ""), str(each.records), each.at[:16], each.by, each.file_name, each.reason)
        for each in left
    ]
    console.table(console.head("number", "since", "entries", "at", "by", "file", "reason"), rows)
    console.result(left)
    return 0


def _told(delivered: Delivery, console: Console) -> dict[str, object]:
    """Tells of one package; the same as facts."""
    console.say("commands-exported", path=delivered.path, records=delivered.records, sha256=delivered.sha256)
    signature = delivered.verification.signature
    console.line("  " + signature.sentences[0])
    return {
        "path": str(delivered.path),
        "sha256": delivered.sha256,
        "records": delivered.records,
        "number": delivered.number,
        "verified": True,
        "signed_by": signature.name,
        "fingerprint": signature.fingerprint,
    }


def _streams(workspace: Workspace, words: argparse.Namespace, console: Console) -> int:
    from hotich.pipeline.streaming import StreamForm

    streaming = _streaming(workspace, words, console)
    books = _chosen(workspace, streaming, words, console)
    written = streaming.write(books, StreamForm(words.form), words.to, ProgressBar())
    for each in written:
        records = sum(each.records.values())
        console.say("stream-written", path=each.path, books=len(each.records), records=records, sha256=each.sha256)
    console.result([{"path": str(each.path), "sha256": each.sha256, "records": each.records} for each in written])
    return 0
