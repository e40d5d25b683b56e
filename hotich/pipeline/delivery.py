"""A finished book leaves: what stands in its way, its package, and the proof that the package is whole."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec

from hotich import workflow
from hotich.errors import PackageError, PolicyError
from hotich.export import PackageContent, PackagePage, Verification, build_package, verify
from hotich.export.package_types import History
from hotich.forms.loader import load_catalogue
from hotich.imaging.delivery import A4_MM, delivery_jpeg
from hotich.messages import Language, sentence
from hotich.pipeline.checking import check_book
from hotich.pipeline.lookup import book_of
from hotich.pipeline.pictures import page_picture
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.pipeline.tuning import settings_of
from hotich.store import PageRow, Workspace
from hotich.values import Actor, Finding, Record, Severity, Status

__all__ = ["Delivery", "Precheck", "Verification", "export_book", "precheck", "verify_package"]

GENESIS = "0" * 64


class Precheck(msgspec.Struct, frozen=True):
    """How far a book is: approved and open records, all findings, and finished sentences why it cannot leave yet."""

    approved: int
    open: int
    findings: tuple[Finding, ...]
    can_export: bool
    reasons: tuple[str, ...] = ()

    @property
    def ready(self) -> int:
        """Records that would leave."""
        return self.approved


class Delivery(msgspec.Struct, frozen=True):
    """A package on disk, read back and found whole."""

    path: Path
    sha256: str
    records: int
    verification: Verification


def precheck(workspace: Workspace, book_id: str, *, language: Language = Language.VIETNAMESE) -> Precheck:
    """Whether the book may leave: something approved, all else approved or void, and no error of the rules."""
    book_of(workspace, book_id)
    counts = _counts(workspace, book_id)
    findings = check_book(workspace, book_id, language=language)
    reasons = tuple(_reasons(counts, findings, language))
    still_open = sum(counts[status] for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED))
    return Precheck(counts[Status.APPROVED], still_open, findings, not reasons, reasons)


def _counts(workspace: Workspace, book_id: str) -> dict[Status, int]:
    row = workspace.book(book_id)
    return {status: row.counts.get(status, 0) if row is not None else 0 for status in Status}


def _reasons(counts: dict[Status, int], findings: tuple[Finding, ...], language: Language) -> Iterator[str]:
    still_open = sum(counts[status] for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED))
    if still_open:
        facts = {status.value: str(count) for status, count in counts.items()}
        yield sentence("export-records-open", {**facts, "open": str(still_open)}, language)
    elif not counts[Status.APPROVED]:
        yield sentence("export-none-approved", language=language)
    if errors := [finding for finding in findings if finding.severity is Severity.ERROR]:
        yield sentence("export-errors-open", {"count": str(len(errors)), "first": errors[0].message}, language)


def export_book(
    workspace: Workspace,
    book_id: str,
    folder: Path,
    actor: Actor,
    ticket: Ticket = SILENT,
    *,
    language: Language = Language.VIETNAMESE,
) -> Delivery:
    """The book's package in that folder, read back, and the export written into the book's history.

    Raises PolicyError when the book may not leave, changes meanwhile; PackageError, SetupError, InputError where the
    folder or an original fails; Cancelled between two pages. Then no package is left behind.
    """
    history = _history(workspace)
    found = precheck(workspace, book_id, language=language)
    if not found.can_export:
        raise PolicyError("export-refused", reasons=" ".join(found.reasons))
    built = build_package(_content(workspace, book_id, history, ticket), folder)
    try:
        ticket.check()
        verification = _read_back(workspace, book_id, built.path, history, language)
    except BaseException:
        built.path.unlink(missing_ok=True)
        raise
    event = workflow.Exported(built.path.name, built.sha256, built.records)
    workspace.append(workflow.Draft(book_id, event, actor))
    return Delivery(built.path, built.sha256, built.records, verification)


def verify_package(path: Path, *, language: Language = Language.VIETNAMESE) -> Verification:
    """Everything done to a package since it was written. Raises PackageError when it cannot be opened."""
    return verify(path, language)


def _read_back(workspace: Workspace, book_id: str, path: Path, history: History, language: Language) -> Verification:
    verification = verify(path, language)
    if not verification.ok:
        raise PackageError("export-not-verified", first=verification.problems[0].message)
    if any(action.book_id == book_id for action in workspace.changes_since(history.actions)):
        raise PolicyError("export-book-changed")
    return verification


def _history(workspace: Workspace) -> History:
    """The log of actions as it stands."""
    number, head = workspace.head() or (0, GENESIS)
    last = workspace.changes_since(number - 1, 1) if number else ()
    return History(actions=number, head=head, at=last[0].at if last else "")


def _content(workspace: Workspace, book_id: str, history: History, ticket: Ticket) -> PackageContent:
    book = book_of(workspace, book_id)
    return PackageContent(
        book=book,
        spec=load_catalogue().records[book.record_type],
        pages=_pages(workspace, book_id, ticket),
        void=_counts(workspace, book_id)[Status.VOID],
        history=history,
    )


def _pages(workspace: Workspace, book_id: str, ticket: Ticket) -> Iterator[PackagePage]:
    """The pages that hold approved records, one picture at a time."""
    rows = workspace.pages(book_id)
    for number, row in enumerate(rows):
        ticket.check()
        ticket.progress(number, len(rows), row.page.file_name)
        records = workspace.page_records(row.page.page_id)
        approved = tuple(record for record in records if record.status is Status.APPROVED)
        if approved:
            yield PackagePage(row.page, _delivered(workspace, row, approved), approved)
    ticket.progress(len(rows), len(rows))


def _delivered(workspace: Workspace, row: PageRow, records: tuple[Record, ...]) -> bytes:
    """The page as it came, upright, small enough to be sent."""
    picture = page_picture(workspace, row.page.page_id)
    target = round(settings_of(workspace).delivery_bytes_per_a4)
    return delivery_jpeg(picture.pixels, target_bytes=target, page_mm=_paper(row, records))


def _paper(row: PageRow, records: tuple[Record, ...]) -> tuple[float, float]:
    """Width and height of the paper in millimetres: of the form laid on the page, or the records' own; else A4."""
    placed = row.placement.form_id if row.placement is not None else records[0].form_id
    form = load_catalogue().forms.get(placed)
    return (form.page_width, form.page_height) if form is not None else A4_MM
