"""`hotich pdf`: one PDF per record of a book, or of a single record."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping
from contextlib import ExitStack

from hotich.commands.console import Console, ProgressBar
from hotich.commands.verbs import book_named, look_at_workspace
from hotich.errors import PolicyError
from hotich.pipeline.legibility import Fineness, check_legibility, check_page
from hotich.pipeline.record_pdfs import Extent, PdfOptions, RecordPdf, record_pdf, record_pdfs
from hotich.redaction import is_confidential
from hotich.store import Workspace
from hotich.values import Book, Record, Status

PAGE_FAILED = 3


def run(words: argparse.Namespace, console: Console) -> int:
    """Writes the documents; 3 when one of them could not be made."""
    from hotich.pipeline.pdf_files import write_pdf_files

    with look_at_workspace(words) as workspace, ExitStack() as stack:
        record, book = named(workspace, words.what)
        require_open(book)
        options = _options(words, console, every=words.all or record is not None)
        signer = None
        if words.sign:
            from hotich.commands.signing import signer_of

            signer = stack.enter_context(signer_of(words, console, ""))
        fineness = _fineness(workspace, book, record, options) if words.check else {}
        documents = _documents(workspace, book, record, options, fineness)
        done = write_pdf_files(workspace, documents, words.to, signer)
    for note in dict.fromkeys(note.message for note in done.notes):
        console.line(note)
    console.say("pdf-written", files=len(done.paths), pages=done.pages, kilobytes=done.size // 1000, folder=words.to)
    told = {"fineness": fineness, "notes": done.notes, "not_made": done.not_made, "pages": done.pages}
    console.result({"files": [str(path) for path in done.paths], "bytes": done.size, **told})
    return PAGE_FAILED if done.not_made else 0


def named(workspace: Workspace, beginning: str) -> tuple[Record | None, Book]:
    """The record of that id with its book, else no record and the one book whose id begins so. Raises PolicyError."""
    record = workspace.record(beginning)
    return record, book_named(workspace, record.book_id if record is not None else beginning)


def require_open(book: Book) -> None:
    """Raises PolicyError for a confidential book: these files are not locked, and that they leave is not noted."""
    if is_confidential(book):
        raise PolicyError("pdf-confidential")


def _options(words: argparse.Namespace, console: Console, every: bool) -> PdfOptions:
    return PdfOptions(
        extent=Extent.PAGE if words.whole_pages else Extent.ENTRY,
        text_layer=words.text_layer,
        pdf_a=words.pdf_a,
        statuses=frozenset(Status) - {Status.VOID} if every else frozenset({Status.APPROVED}),
        language=console.language,
    )


def _fineness(workspace: Workspace, book: Book, record: Record | None, options: PdfOptions) -> Mapping[str, Fineness]:
    """What is found of the pages of the book, or of the page of the record alone."""
    from hotich.pipeline.engines import load_engines
    from hotich.pipeline.tuning import settings_of

    engines = load_engines(settings_of(workspace))
    if record is not None:
        return check_page(workspace, record.page_id, engines, options)
    return check_legibility(workspace, book.book_id, engines, ProgressBar(), options=options)


def _documents(
    workspace: Workspace,
    book: Book,
    record: Record | None,
    options: PdfOptions,
    fineness: Mapping[str, Fineness],
) -> Iterator[RecordPdf]:
    if record is not None:
        yield record_pdf(workspace, record.record_id, options, fineness)
    else:
        yield from record_pdfs(workspace, book.book_id, ProgressBar(), options=options, fineness=fineness)
