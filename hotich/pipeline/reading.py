"""A page is read: cleaned, its form found and laid on it, its entries opened, and every field suggested."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import msgspec

from hotich import workflow
from hotich.errors import HotichError
from hotich.forms.formspec import FormSpec
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import CleanPage, PageShape, clean_page, reading_picture
from hotich.imaging.formfind import rank_forms
from hotich.imaging.grid import find_lines
from hotich.imaging.rasters import decode
from hotich.imaging.registration import PageFit, register, register_by_corners
from hotich.pipeline.engines import Engines
from hotich.pipeline.fields import FieldReader
from hotich.pipeline.intake import Problem, problem_of
from hotich.pipeline.lookup import book_of, page_of, record_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.pipeline.tuning import settings_of
from hotich.store import PageRow, Workspace
from hotich.values import (
    MACHINE,
    Actor,
    Book,
    CleanRecipe,
    PlacedBy,
    Quad,
    Record,
    Region,
    Status,
    Word,
)

DEFAULT_DPI = 200.0
"""Taken for a page whose size on paper nobody knows."""


class PageWish(msgspec.Struct, frozen=True):
    """What a person said of a page before it is read; what is left open is found by measuring.

    `corners` are the form's corners on the original picture, clicked by a person.
    """

    form_id: str = ""
    recipe: CleanRecipe | None = None
    corners: Quad | None = None


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


class Stopwatch:
    """Seconds by step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Adds what passes inside to the step of that name."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - start


def read_book(workspace: Workspace, book_id: str, engines: Engines, ticket: Ticket = SILENT) -> BookReport:
    """Reads every page of the book that has not been read, each a transaction. Raises Cancelled between two pages."""
    rows = [row for row in workspace.pages(book_id) if not row.set_aside and row.placement is None]
    report = BookReport()
    for number, row in enumerate(rows):
        ticket.check()
        ticket.progress(number, len(rows), row.page.file_name)
        try:
            read = read_page(workspace, row.page.page_id, engines)
            report = BookReport((*report.pages, read), report.problems)
        except HotichError as error:
            report = BookReport(report.pages, (*report.problems, problem_of(row.page.file_name, error)))
    ticket.progress(len(rows), len(rows))
    return report


def read_page(
    workspace: Workspace,
    page_id: str,
    engines: Engines,
    wish: PageWish = PageWish(),  # noqa: B008 - frozen
    actor: Actor = MACHINE,
) -> PageReport:
    """Reads one page, again if need be. Confirmed values and records handed over are never touched."""
    watch = Stopwatch()
    row = page_of(workspace, page_id)
    book = book_of(workspace, row.book_id)
    page = _clean(workspace, row, wish, watch)
    with watch.step("register"):
        words = engines.words(page.picture, page.dpi_estimate or DEFAULT_DPI)
        form, fit, notes = _lay(workspace, row, book, page, words, wish)
    cleaned = workflow.Draft(book.book_id, workflow.PageCleaned(page.recipe), actor, page_id=page_id)
    if form is None or fit is None:
        workspace.append(cleaned)
        return PageReport(page_id, notes=notes, seconds=watch.seconds)
    placed = workflow.Draft(book.book_id, workflow.PagePlaced(fit.placement), actor, page_id=page_id)
    records = _open_records(workspace, book, row, form, fit, (cleaned, placed), actor)
    with watch.step("read"):
        picture = reading_picture(page.picture, page.dpi_estimate or DEFAULT_DPI)
        reader = FieldReader(workspace, book, form, engines, page, picture)
        count = reader.read_records(records)
    return PageReport(
        page_id,
        form.id,
        fit.residual_mm,
        fit.confidence,
        tuple(record.record_id for record in records),
        count,
        notes,
        watch.seconds,
    )


def _clean(workspace: Workspace, row: PageRow, wish: PageWish, watch: Stopwatch) -> CleanPage:
    with watch.step("decode"):
        picture = decode(workspace.original(row.page.file_sha256), row.page.frame)
    recipe = wish.recipe or _by_hand(row.recipe)
    with watch.step("clean"):
        return clean_page(picture, recipe, wanted=PageShape(), exif_turn=row.page.exif_turn)


def _by_hand(recipe: CleanRecipe | None) -> CleanRecipe | None:
    """The steps of a recipe that a person set; the others are measured again."""
    if recipe is None:
        return None
    return CleanRecipe(tuple(step for step in recipe.steps if step.mode.value == "manual"))


def _lay(
    workspace: Workspace, row: PageRow, book: Book, page: CleanPage, words: Sequence[Word], wish: PageWish
) -> tuple[FormSpec | None, PageFit | None, tuple[str, ...]]:
    """The form of the page and how it lies there, or the note why a person has to say it."""
    settings = settings_of(workspace)
    form, note = _form_of(workspace, book, page, words, wish)
    if form is None:
        return None, None, (note,)
    if wish.corners is not None:
        return form, register_by_corners(page, form, wish.corners, page_id=row.page.page_id), ()
    fit = register(page, form, words, page_id=row.page.page_id)
    if fit.residual_mm > settings.residual_mm_at_most or fit.confidence < settings.form_found_above:
        return form, None, ("reading-page-does-not-fit",)
    return form, fit, ()


def _form_of(
    workspace: Workspace, book: Book, page: CleanPage, words: Sequence[Word], wish: PageWish
) -> tuple[FormSpec | None, str]:
    catalogue = load_catalogue()
    named = wish.form_id or book.form_id
    if named:
        return catalogue.forms[named], ""
    candidates = catalogue.forms_for(book.record_type)
    guesses = rank_forms(words, find_lines(page.picture), candidates)
    if not guesses or guesses[0].confidence < settings_of(workspace).form_found_above:
        return None, "reading-form-not-found"
    return catalogue.forms[guesses[0].form_id], ""


def record_id_of(page_id: str, entry: int) -> str:
    """The id of the record at that entry of a page: the same however often the page is read."""
    return f"{page_id[:24]}-{entry:02}"


def _open_records(
    workspace: Workspace,
    book: Book,
    row: PageRow,
    form: FormSpec,
    fit: PageFit,
    before: tuple[workflow.Draft, ...],
    actor: Actor,
) -> tuple[Record, ...]:
    """The records of the filled entries, opened or with their boxes moved, in one transaction with what went before."""
    known = {record.record_id: record for record in workspace.page_records(row.page.page_id)}
    drafts, ids = list(before), []
    for entry in fit.entries:
        record_id = record_id_of(row.page.page_id, entry.entry)
        if not entry.filled and record_id not in known:
            continue
        event = _event_for(known.get(record_id), form, entry.entry, entry.regions, fit)
        if event is not None:
            drafts.append(workflow.Draft(book.book_id, event, actor, record_id, row.page.page_id))
        ids.append(record_id)
    workspace.append(*drafts)
    return tuple(record_of(workspace, record_id) for record_id in ids)


def _event_for(
    record: Record | None, form: FormSpec, entry: int, regions: tuple[Region, ...], fit: PageFit
) -> workflow.AnyEvent | None:
    if record is None:
        return workflow.RecordOpened(entry, form.id, form.sha256, regions)
    if record.status not in (Status.DRAFT, Status.RETURNED):
        return None
    if fit.placement.placed_by is PlacedBy.MACHINE and record.form_id != form.id:
        return None
    return workflow.RegionsMoved(regions)
