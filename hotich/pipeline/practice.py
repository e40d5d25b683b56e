"""The whole journey on the practice books, with two scripted people who know the answers.

The clerk accepts what was read rightly and types what was not; the reviewer approves. Both are marked as practice in
the store and in the package: nothing that comes out of here can be taken for a real record.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from pathlib import Path

import msgspec

from hotich.errors import HotichError
from hotich.forms.loader import load_catalogue
from hotich.messages import explain
from hotich.normal import NormalContext, normalise
from hotich.pipeline import books, delivery, entry, intake, opening, reading, review
from hotich.pipeline.engines import Engines
from hotich.pipeline.handoff import HandoffOptions, handoff
from hotich.pipeline.lookup import records_of
from hotich.pipeline.practice_truth import TrueEntry, TrueField, Truth
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.values import Actor, Book, FieldState, Record, Role, Severity

CLERK = Actor("Cán bộ nhập liệu (thực hành)", Role.CLERK)
REVIEWER = Actor("Người kiểm tra (thực hành)", Role.SUPERVISOR)

HANDOFFS = "ban-giao"
"""The folder beside the packages that takes what the national import would get."""

HANDED_OFF = HandoffOptions(accepted="Dữ liệu thực hành", confidential=True)
"""Pictures of the usual size: whether they stay legible takes longer to find out than to read the pages."""


class Tally(msgspec.Struct, frozen=True):
    """How many fields of one sort were read, and how many of them rightly at the first suggestion.

    `plain` counts those that the ink alone says rightly, before words, lists and other fields were asked.
    """

    record_type: str
    era: str
    ink: str
    kind: str
    right: int = 0
    plain: int = 0
    fields: int = 0


class BookOutcome(msgspec.Struct, frozen=True):
    """What became of one practice book; `seconds` by step of reading; no package where `problems` kept it back.

    `package` and `handoff` are where its package and its hand-off to the ministry lie, both read back.
    """

    name: str
    form_id: str
    style: str
    pages: int = 0
    entries: int = 0
    entries_missed: int = 0
    tallies: tuple[Tally, ...] = ()
    findings: dict[str, int] = {}
    package: str = ""
    handoff: str = ""
    verified: bool = False
    problems: tuple[str, ...] = ()
    seconds: dict[str, float] = {}
    seconds_in_all: float = 0.0


def wanted_book(truth: Truth) -> books.NewBook:
    """What the cover of a practice book tells."""
    cover = truth.book
    return books.NewBook(
        record_type=cover.record_type,
        year=cover.year,
        number=cover.number,
        place=cover.place,
        province=cover.province,
        opened=cover.opened,
        closed=cover.closed,
        expected_entries=cover.entries or None,
        practice=True,
    )


def open_practice_book(workspace: Workspace, truth: Truth, actor: Actor = CLERK) -> Book:
    """A practice book with its pages imported, not yet read."""
    book = books.open_book(workspace, wanted_book(truth), actor)
    intake.import_paths(workspace, book.book_id, truth.files, actor)
    return book


def run_practice(
    workspace: Workspace, truths: Sequence[Truth], engines: Engines, folder: Path, ticket: Ticket = SILENT
) -> tuple[BookOutcome, ...]:
    """Every practice book from pictures to a verified package in `folder`. A book that fails is told and passed by."""
    outcomes = []
    for number, truth in enumerate(truths):
        ticket.check()
        ticket.progress(number, len(truths), truth.name)
        outcomes.append(_run_book(workspace, truth, engines, folder))
    ticket.progress(len(truths), len(truths))
    return tuple(outcomes)


def _run_book(workspace: Workspace, truth: Truth, engines: Engines, folder: Path) -> BookOutcome:
    start = time.perf_counter()
    outcome = BookOutcome(truth.name, truth.book.form_id, truth.book.style)
    try:
        outcome = _journey(workspace, truth, engines, folder, outcome)
    except HotichError as error:
        problems = (*outcome.problems, explain(error))
        outcome = msgspec.structs.replace(outcome, problems=problems)
    return msgspec.structs.replace(outcome, seconds_in_all=time.perf_counter() - start)


def _journey(workspace: Workspace, truth: Truth, engines: Engines, folder: Path, outcome: BookOutcome) -> BookOutcome:
    book = open_practice_book(workspace, truth)
    report = reading.read_book(workspace, book.book_id, engines)
    answers = known_answers(workspace, book, truth)
    records = tuple(records_of(workspace, book.book_id))
    missed = answers.keys() - {record.record_id for record in records}
    tallies = tally(records, answers, truth)
    _enter(workspace, records, answers)
    for record_id in sorted(missed):
        _enter_missed(workspace, record_id, answers[record_id], truth, book)
    delivered = delivery.export_book(workspace, book.book_id, folder, REVIEWER)
    handed = handoff(workspace, book.book_id, folder / HANDOFFS, REVIEWER, options=HANDED_OFF)
    return msgspec.structs.replace(
        outcome,
        pages=len(report.pages),
        entries=len(answers),
        entries_missed=len(missed),
        tallies=tallies,
        findings=_counted(workspace, book),
        package=str(delivered.path),
        handoff=str(handed.folder),
        verified=delivered.verification.ok,
        problems=tuple(problem.sentence for problem in report.problems),
        seconds=_summed(report),
    )


def known_answers(workspace: Workspace, book: Book, truth: Truth) -> dict[str, TrueEntry]:
    """The known entries by the id that their record has."""
    pages = {(row.page.file_name, row.page.frame): row.page.page_id for row in workspace.pages(book.book_id)}
    return {
        reading.record_id_of(pages[(known.file, known.frame)], known.entry): known
        for known in truth.entries
        if (known.file, known.frame) in pages
    }


def tally(records: Sequence[Record], answers: dict[str, TrueEntry], truth: Truth) -> tuple[Tally, ...]:
    """How many fields were read rightly, by how they were put on the paper; unreadable ones do not count."""
    spec = load_catalogue().records[truth.book.record_type]
    counts: dict[tuple[str, str], list[int]] = {}
    for record in records:
        known = answers.get(record.record_id)
        for field_id, field in known.fields.items() if known is not None else ():
            if field.state is FieldState.UNREADABLE:
                continue
            count = counts.setdefault((field.ink, spec.field(field_id).kind.value), [0, 0, 0])
            right = read_rightly(record, field_id, field)
            count[0] += right
            count[1] += right if _needs_no_help(record, field_id) else _plainly_right(record, field_id, truth, field)
            count[2] += 1
    era = truth.book.form_id.partition("-")[2]
    return tuple(
        Tally(truth.book.record_type.value, era, ink, kind, *count) for (ink, kind), count in sorted(counts.items())
    )


def _needs_no_help(record: Record, field_id: str) -> bool:
    """Whether the first suggestion is what the ink alone says; a ditto mark means what stands above either way."""
    entry = record.fields.get(field_id)
    return entry is None or entry.reading is None or not entry.reading.plain or entry.reading.ditto


def _plainly_right(record: Record, field_id: str, truth: Truth, field: TrueField) -> bool:
    """Whether the normal form of what the ink alone says is the true one."""
    reading = record.fields[field_id].reading
    assert reading is not None
    spec = load_catalogue().records[truth.book.record_type].field(field_id)
    cover = Book("", truth.book.record_type, truth.book.year, truth.book.number, truth.book.place)
    return normalise(spec, reading.plain, NormalContext(cover)).normal == field.normal


def read_rightly(record: Record, field_id: str, truth: TrueField) -> bool:
    """Whether the machine's normal form of a field is the true one; a blank field must have been read as blank."""
    entry = record.fields.get(field_id)
    if entry is None or entry.reading is None:
        return False
    if truth.state is FieldState.BLANK:
        return not entry.reading.text
    return entry.reading.normal == truth.normal


def _enter(workspace: Workspace, records: Sequence[Record], answers: dict[str, TrueEntry]) -> None:
    """The clerk goes through the records in the order of the book, and the reviewer after him."""
    for record in records:
        known = answers.get(record.record_id)
        if known is None:
            entry.void_record(workspace, record.record_id, "Dòng trống", CLERK)
        else:
            _enter_record(workspace, record.record_id, known)


def _enter_missed(workspace: Workspace, record_id: str, known: TrueEntry, truth: Truth, book: Book) -> None:
    """The clerk opens an entry that the machine did not see."""
    page = next(
        row.page.page_id
        for row in workspace.pages(book.book_id)
        if (row.page.file_name, row.page.frame) == (known.file, known.frame)
    )
    opening.open_record(workspace, page, known.entry, truth.book.form_id, CLERK)
    _enter_record(workspace, record_id, known)


def _enter_record(workspace: Workspace, record_id: str, known: TrueEntry) -> None:
    view = entry.entry_view(workspace, record_id)
    for row in view.open_rows:
        truth = known.fields.get(row.field.id)
        if truth is None:
            _enter_unseen(workspace, record_id, row)
        elif row.has_suggestion and truth.state is FieldState.VALUE and row.text == truth.written:
            entry.accept(workspace, record_id, row.field.id, CLERK)
        else:
            entry.confirm(workspace, record_id, row.field.id, truth.written, CLERK, truth.state)
    _settle(workspace, record_id)
    entry.submit(workspace, record_id, CLERK)
    review.approve(workspace, record_id, REVIEWER)


def _enter_unseen(workspace: Workspace, record_id: str, row: entry.FieldRow) -> None:
    """A field that does not stand on the page: what the book offers, else blank."""
    if row.has_suggestion and not row.on_page:
        entry.accept(workspace, record_id, row.field.id, CLERK)
    else:
        entry.confirm(workspace, record_id, row.field.id, "", CLERK, FieldState.BLANK)


def _settle(workspace: Workspace, record_id: str) -> None:
    """Errors that may stand get the reason that the paper says so."""
    for finding in entry.entry_view(workspace, record_id).findings:
        if finding.severity is Severity.ERROR and finding.overridable:
            entry.accept_finding(workspace, record_id, finding, "Sổ gốc ghi như vậy (thực hành)", CLERK)


def _counted(workspace: Workspace, book: Book) -> dict[str, int]:
    """Findings of the whole book by severity."""
    counts = dict.fromkeys((severity.value for severity in Severity), 0)
    for finding in delivery.precheck(workspace, book.book_id).findings:
        counts[finding.severity.value] += 1
    return counts


def _summed(report: reading.BookReport) -> dict[str, float]:
    steps: dict[str, float] = {}
    for page in report.pages:
        for name, seconds in page.seconds.items():
            steps[name] = steps.get(name, 0.0) + seconds
    return steps
