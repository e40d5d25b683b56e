"""A finished book leaves: what stands in its way, its package, and the proof that the package is whole."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

import msgspec

from hotich import workflow
from hotich.errors import PackageError, PolicyError
from hotich.export import PackageContent, PackagePage, Verification, build_package, verify
from hotich.export.package_types import History
from hotich.export.trust import Signer
from hotich.forms.loader import load_catalogue
from hotich.imaging.delivery import A4_MM, delivery_jpeg
from hotich.messages import Language, sentence
from hotich.pipeline.checking import check_book
from hotich.pipeline.confidential import (
    UNPROTECTED,
    Protection,
    Unlock,
    locked_copy,
    private_folder,
    require_protection,
)
from hotich.pipeline.delta import Changes, Earlier, changes_of, packages_of
from hotich.pipeline.lookup import book_of
from hotich.pipeline.pictures import page_picture
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.pipeline.trust import own_signer, trust_here
from hotich.pipeline.tuning import settings_of
from hotich.redaction import shown_findings
from hotich.store import PageRow, Workspace
from hotich.values import Actor, Finding, Record, Severity, Status
from hotich.workflow import ExportKind

__all__ = [
    "Changes",
    "Delivery",
    "Earlier",
    "Precheck",
    "Verification",
    "changes_of",
    "export_book",
    "packages_of",
    "precheck",
    "verify_package",
]

GENESIS = "0" * 64


class Precheck(msgspec.Struct, frozen=True):
    """How far a book is: approved and open records, all findings, and finished sentences why it cannot leave yet.

    Of a delta: `changed` records would leave, and `withdrawn` ones no longer count.
    """

    approved: int
    open: int
    findings: tuple[Finding, ...]
    can_export: bool
    reasons: tuple[str, ...] = ()
    changed: int | None = None
    withdrawn: int = 0

    @property
    def ready(self) -> int:
        """Records that would leave."""
        return self.approved if self.changed is None else self.changed


class Delivery(msgspec.Struct, frozen=True):
    """A package on disk, read back and found whole."""

    path: Path
    sha256: str
    records: int
    verification: Verification
    number: int = 0


def precheck(
    workspace: Workspace, book_id: str, *, since: int = 0, language: Language = Language.VIETNAMESE
) -> Precheck:
    """Whether the book may leave: something approved, all else approved or void, and no error of the rules.

    With `since`, whether what changed since the package of that number may: records that are not approved stay behind
    and stop nobody. Raises PolicyError when there is no such package.
    """
    book_of(workspace, book_id)
    changes = changes_of(workspace, book_id, since) if since else None
    return _checked(workspace, book_id, changes, language)


def _checked(workspace: Workspace, book_id: str, changes: Changes | None, language: Language) -> Precheck:
    counts = _counts(workspace, book_id)
    findings = shown_findings(check_book(workspace, book_id, language=language), book_of(workspace, book_id))
    still_open = sum(counts[status] for status in (Status.DRAFT, Status.SUBMITTED, Status.RETURNED))
    if changes is None:
        reasons = tuple(_reasons(counts, findings, language))
        return Precheck(counts[Status.APPROVED], still_open, findings, not reasons, reasons)
    reasons = tuple(_delta_reasons(workspace, book_id, changes, findings, language))
    leaving, withdrawn = len(changes.records), len(changes.withdrawn)
    return Precheck(counts[Status.APPROVED], still_open, findings, not reasons, reasons, leaving, withdrawn)


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
    yield from _errors(findings, language)


def _delta_reasons(
    workspace: Workspace, book_id: str, changes: Changes, findings: tuple[Finding, ...], language: Language
) -> Iterator[str]:
    """An error of records that stay behind is told and stops nobody; one of a leaving record or of the book does."""
    if not changes.any:
        yield sentence("export-nothing-changed", {"number": str(changes.earlier.number)}, language)
    leaving = {"", *changes.record_ids}
    if any(finding.severity is Severity.ERROR and finding.record_id not in leaving for finding in findings):
        # What two records have to do with each other is said of one of them, which may be the one that stays.
        behind = check_book(workspace, book_id, without=changes.record_ids, language=language)
        findings = tuple(each for each in findings if each.record_id in leaving or each not in behind)
    yield from _errors(findings, language)


def _errors(findings: tuple[Finding, ...], language: Language) -> Iterator[str]:
    if errors := [finding for finding in findings if finding.severity is Severity.ERROR]:
        yield sentence("export-errors-open", {"count": str(len(errors)), "first": errors[0].message}, language)


def export_book(
    workspace: Workspace,
    book_id: str,
    folder: Path,
    actor: Actor,
    ticket: Ticket = SILENT,
    *,
    since: int = 0,
    reason: str = "",
    signer: Signer | None = None,
    protection: Protection = UNPROTECTED,
    language: Language = Language.VIETNAMESE,
) -> Delivery:
    """The book's package in that folder, signed (by the user's own key unless told otherwise), read back, and
    written into the history.

    With `since`, only what changed since the package of that number, and the `reason` why it leaves again. Locked where
    `protection` says so; the sum told is that of the package inside.

    Raises PolicyError when the book may not leave, changes meanwhile, no reason is given for a delta, or a confidential
    one is not protected; PackageError, SetupError, InputError where the folder or an original fails; Cancelled between
    two pages. Then no package is left behind.
    """
    history = history_of(workspace)
    require_protection(book_of(workspace, book_id), actor, protection)
    changes = changes_of(workspace, book_id, since) if since else None
    delta = changes.delta(reason) if changes is not None else None
    found = _checked(workspace, book_id, changes, language)
    if not found.can_export:
        raise PolicyError("export-refused", reasons=" ".join(found.reasons))
    number = len(packages_of(workspace, book_id)) + 1
    content = _content(workspace, book_id, history, _pages(workspace, book_id, changes, ticket))
    content = msgspec.structs.replace(content, number=number, delta=delta)
    signer = signer or own_signer(actor.name)
    with _place_to_build(workspace, folder, protection) as place:
        built = build_package(content, place, signer)
        try:
            ticket.check()
            verification = _read_back(workspace, book_id, built.path, history, language)
        except BaseException:
            built.path.unlink(missing_ok=True)
            raise
        path = locked_copy(built.path, folder, protection.locks, ticket) if protection.locks else built.path
    event = workflow.Exported(
        file_name=path.name,
        package_sha256=built.sha256,
        records=built.records,
        kind=ExportKind.DELTA if since else ExportKind.PACKAGE,
        number=number,
        base=since,
        history=history.actions,
        reason="; ".join(filter(None, (delta.reason if delta is not None else "", protection.plain_reason.strip()))),
        signed_by=signer.name,
    )
    workspace.append(workflow.Draft(book_id, event, actor))
    return Delivery(path, built.sha256, built.records, verification, number)


def _place_to_build(workspace: Workspace, folder: Path, protection: Protection) -> AbstractContextManager[Path]:
    """What will be locked is never on the disk that it leaves on."""
    return private_folder(workspace.folder) if protection.locks else nullcontext(folder)


def verify_package(
    path: Path, *, language: Language = Language.VIETNAMESE, unlock: Unlock | None = None
) -> Verification:
    """Who signed a package and everything done to it since.

    Raises PackageError when it cannot be opened, as a locked one without its key.
    """
    return verify(path, language, trust_here(), unlock)


def _read_back(workspace: Workspace, book_id: str, path: Path, history: History, language: Language) -> Verification:
    verification = verify(path, language, trust_here())
    if not verification.ok:
        raise PackageError("export-not-verified", first=verification.problems[0].message)
    require_unchanged(workspace, {book_id}, history)
    return verification


def require_unchanged(workspace: Workspace, book_ids: set[str], history: History) -> None:
    """Nothing, when nobody worked on those books since the log stood so. Raises PolicyError."""
    at = history.actions
    while actions := workspace.changes_since(at):
        if any(action.book_id in book_ids for action in actions):
            raise PolicyError("export-book-changed")
        at = actions[-1].action_id


def history_of(workspace: Workspace) -> History:
    """The log of actions as it stands."""
    number, head = workspace.head() or (0, GENESIS)
    last = workspace.changes_since(number - 1, 1) if number else ()
    return History(actions=number, head=head, at=last[0].at if last else "")


def _content(workspace: Workspace, book_id: str, history: History, pages: Iterator[PackagePage]) -> PackageContent:
    book = book_of(workspace, book_id)
    return PackageContent(
        book=book,
        spec=load_catalogue().records[book.record_type],
        pages=pages,
        void=_counts(workspace, book_id)[Status.VOID],
        history=history,
    )


def _pages(workspace: Workspace, book_id: str, changes: Changes | None, ticket: Ticket) -> Iterator[PackagePage]:
    """The pages that hold approved records, of a delta changed ones, one picture at a time."""
    rows = workspace.pages(book_id)
    for number, row in enumerate(rows):
        ticket.check()
        ticket.progress(number, len(rows), row.page.file_name)
        records = tuple(
            record
            for record in workspace.page_records(row.page.page_id)
            if record.status is Status.APPROVED and (changes is None or record.record_id in changes.record_ids)
        )
        if records:
            yield PackagePage(row.page, _delivered(workspace, row, records), records)
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
