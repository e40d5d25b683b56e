"""A page is read: its form laid on it, its entries opened, and every field suggested."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

import msgspec

from hotich import workflow
from hotich.errors import HotichError
from hotich.forms.formspec import FormSpec
from hotich.imaging.clean import reading_picture
from hotich.imaging.registration import EntryFit, PageFit
from hotich.messages import sentence
from hotich.pipeline.engines import Engines
from hotich.pipeline.fields import FieldReader
from hotich.pipeline.intake import Problem, problem_of
from hotich.pipeline.learning import engines_for_book
from hotich.pipeline.lookup import page_of, record_of
from hotich.pipeline.placing import DEFAULT_DPI, NO_WISH, PageWish, ReadyPage, make_ready
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import PageRow, Workspace
from hotich.values import MACHINE, Actor, Record, Role, Status

__all__ = ["BookReport", "PageReport", "PageWish", "read_book", "read_page", "record_id_of"]


class PageReport(msgspec.Struct, frozen=True):
    """What became of a page. `notes` are message keys; `seconds` by step; no form_id where none was found."""

    page_id: str
    form_id: str = ""
    residual_mm: float = 0.0
    confidence: float = 0.0
    record_ids: tuple[str, ...] = ()
    fields_read: int = 0
    notes: tuple[str, ...] = ()
    seconds: dict[str, float] = {}


class BookReport(msgspec.Struct, frozen=True):
    """What became of the pages of a book; a page that failed is a problem, and the others went on."""

    pages: tuple[PageReport, ...] = ()
    problems: tuple[Problem, ...] = ()


def read_book(workspace: Workspace, book_id: str, engines: Engines, ticket: Ticket = SILENT) -> BookReport:
    """Reads every page of the book that has not been read, each a transaction. Raises Cancelled between two pages."""
    rows = [row for row in workspace.pages(book_id) if not row.set_aside and row.placement is None]
    report = BookReport()
    taught: Engines | None = None
    for number, (row, ready) in enumerate(_made_ready_ahead(workspace, rows, engines)):
        ticket.check()
        ticket.progress(number, len(rows), row.page.file_name)
        try:
            taught = taught or engines_for_book(workspace, book_id, engines)
            report = BookReport((*report.pages, _read(workspace, ready.result(), taught, MACHINE)), report.problems)
        except HotichError as error:
            report = BookReport(report.pages, (*report.problems, problem_of(row.page.file_name, error)))
    ticket.progress(len(rows), len(rows))
    return report


def _made_ready_ahead(
    workspace: Workspace, rows: Sequence[PageRow], engines: Engines
) -> Iterator[tuple[PageRow, Future[ReadyPage]]]:
    """Each page with its preparation, which goes on for the next page while this one is read.

    No further ahead than one page: a clean page is large, and a book may have five hundred.
    """
    with ThreadPoolExecutor(1, thread_name_prefix="prepare") as ahead:
        coming = [(row, ahead.submit(make_ready, workspace, row, engines.words)) for row in rows[:1]]
        for following in [*rows[1:], None]:
            if not coming:
                return
            now = coming.pop()
            now[1].exception()
            if following is not None:
                coming.append((following, ahead.submit(make_ready, workspace, following, engines.words)))
            yield now


def read_page(
    workspace: Workspace, page_id: str, engines: Engines, wish: PageWish = NO_WISH, actor: Actor = MACHINE
) -> PageReport:
    """Reads one page, again if need be. Confirmed values and records handed over are never touched."""
    row = page_of(workspace, page_id)
    taught = engines_for_book(workspace, row.book_id, engines)
    return _read(workspace, make_ready(workspace, row, engines.words, wish), taught, actor)


def _read(workspace: Workspace, ready: ReadyPage, engines: Engines, actor: Actor) -> PageReport:
    """Keeps where the form lies, opens the records, and keeps what the engines read in them."""
    book_id, page_id, page, watch = ready.book.book_id, ready.row.page.page_id, ready.page, ready.watch
    cleaned = workflow.Draft(book_id, workflow.PageCleaned(page.recipe, ready.notes), actor, page_id=page_id)
    if ready.form is None or ready.fit is None:
        workspace.append(cleaned)
        return PageReport(page_id, notes=ready.notes, seconds=watch.seconds)
    records = _open_records(workspace, ready.row, ready.form, ready.fit, cleaned)
    with watch.step("read"):
        picture = reading_picture(page.picture, page.dpi_estimate or DEFAULT_DPI)
        count = FieldReader(workspace, ready.book, ready.form, engines, page, picture).read_records(records)
    return PageReport(
        page_id,
        ready.form.id,
        ready.fit.residual_mm,
        ready.fit.confidence,
        tuple(record.record_id for record in records),
        count,
        ready.notes,
        watch.seconds,
    )


def _open_records(
    workspace: Workspace, row: PageRow, form: FormSpec, fit: PageFit, cleaned: workflow.Draft
) -> tuple[Record, ...]:
    """The records of the filled entries, opened or laid anew, in one transaction with the page's state."""
    known = {record.record_id: record for record in workspace.page_records(row.page.page_id)}
    placed = workflow.PagePlaced(fit.placement)
    drafts, ids = [cleaned, msgspec.structs.replace(cleaned, event=placed)], []
    for entry in fit.entries:
        record_id = record_id_of(row.page.page_id, entry.entry)
        if not entry.filled and record_id not in known:
            continue
        event = _event_for(known.get(record_id), form, entry, cleaned.actor)
        if event is not None:
            drafts.append(msgspec.structs.replace(cleaned, event=event, record_id=record_id))
        ids.append(record_id)
    drafts += _voiding(known, set(ids), form, cleaned)
    workspace.append(*drafts)
    return tuple(record_of(workspace, record_id) for record_id in ids)


def _event_for(record: Record | None, form: FormSpec, entry: EntryFit, actor: Actor) -> workflow.AnyEvent | None:
    """What a new fit of the page means for one record; nothing where people are past changing it."""
    if record is None:
        return workflow.RecordOpened(entry.entry, form.id, form.sha256, entry.regions)
    if record.status not in (Status.DRAFT, Status.RETURNED):
        return None
    if record.form_id == form.id:
        return workflow.RegionsMoved(entry.regions)
    if actor.role is Role.MACHINE and _has_values(record):
        return None
    return workflow.FormChanged(form.id, form.sha256, entry.regions)


def _voiding(known: dict[str, Record], kept: set[str], form: FormSpec, cleaned: workflow.Draft) -> list[workflow.Draft]:
    """Ends the untouched records that a wrong form had opened, when a person chose another form."""
    if cleaned.actor.role is Role.MACHINE:
        return []
    gone = [r for r in known.values() if r.record_id not in kept and r.status is Status.DRAFT and not _has_values(r)]
    event = workflow.RecordVoided(sentence("reading-not-on-form", {"form": form.id}))
    return [msgspec.structs.replace(cleaned, event=event, record_id=record.record_id) for record in gone]


def _has_values(record: Record) -> bool:
    return any(entry.value is not None for entry in record.fields.values())


def record_id_of(page_id: str, entry: int) -> str:
    """The id of the record at that entry of a page: the same however often the page is read."""
    return f"{page_id[:24]}-{entry:02}"
