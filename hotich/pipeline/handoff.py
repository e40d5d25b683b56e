"""The hand-off to the ministry: one workbook, one ZIP of one-record PDFs and a report, whole or not at all."""

from __future__ import annotations

import dataclasses
import datetime
import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import msgspec

from hotich import __version__, workflow
from hotich.errors import HotichError, InputError, PolicyError
from hotich.export.ministry.archive import ArchiveWriter
from hotich.export.ministry.checks import check_pairs
from hotich.export.ministry.folder import being_made, on_disk, put_in_place
from hotich.export.ministry.names import DeliveryNames, delivery_names
from hotich.export.ministry.read_back import check_archive, check_workbook
from hotich.export.ministry.report import (
    HandoffReport,
    ReportColumn,
    ReportCounts,
    ReportFile,
    ReportFinding,
    ReportRow,
    report_html,
    report_json,
)
from hotich.export.ministry.template import Source, Template
from hotich.export.ministry.workbook import write_workbook
from hotich.messages import Language, explain, sentence
from hotich.pipeline.engines import Engines
from hotich.pipeline.handoff_check import HandoffCheck, check_handoff, check_plan
from hotich.pipeline.handoff_plan import (
    HandoffPlan,
    add_template,
    chosen_template,
    handoffs_of,
    plan_handoff,
    remember_template,
    template_choices,
)
from hotich.pipeline.legibility import Fineness, check_legibility
from hotich.pipeline.pdf_files import finishing
from hotich.pipeline.record_options import PdfOptions
from hotich.pipeline.record_pdfs import RecordPdf, record_pdf, record_pdfs
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.pipeline.trust import Signer
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import AcceptedFinding, Actor, Finding, Role, Severity, Status
from hotich.workflow import ExportKind

__all__ = [
    "USUAL",
    "Handoff",
    "HandoffCheck",
    "HandoffOptions",
    "add_template",
    "check_handoff",
    "chosen_template",
    "handoff",
    "handoffs_of",
    "remember_template",
    "template_choices",
]

_LARGE = 150_000
"""Bytes of a PDF for each of its pages from which it is told; the usual is 100 kB."""


class HandoffOptions(msgspec.Struct, frozen=True):
    """How a book leaves; with `since`, only what is new or was corrected since the hand-off of that number.

    `accepted` is the reason for which the warnings are let stand that nobody accepted yet, and why a part leaves again.
    `confidential` says that adoption records leave unlocked because the receiving office asks for it: a supervisor's
    word, with the reason.

    `engines`, called when they are needed, read the handwriting in the pictures that leave, so that it stays legible;
    without them every page gets the usual size.
    """

    template: Template | None = None
    since: int = 0
    accepted: str = ""
    confidential: bool = False
    pdf: PdfOptions = PdfOptions()
    engines: Callable[[], Engines] | None = None
    signer: Signer | None = None
    """Signs every PDF by a certificate (PAdES); the import asks for none."""
    language: Language = Language.VIETNAMESE


USUAL = HandoffOptions()


class Handoff(msgspec.Struct, frozen=True):
    """A hand-off on disk, read back and found whole. `sha256` is of the JSON report, which has those of the others."""

    folder: Path
    workbook: Path
    archive: Path
    report: Path
    report_data: Path
    sha256: str
    rows: int
    number: int
    findings: tuple[Finding, ...]


def handoff(
    workspace: Workspace,
    book_id: str,
    folder: Path,
    actor: Actor,
    ticket: Ticket = SILENT,
    *,
    options: HandoffOptions = USUAL,
) -> Handoff:
    """The book's hand-off in a folder of its own below that one, written into the book's history.

    Raises PolicyError when the book may not leave or changes meanwhile, PackageError, SetupError or InputError where a
    folder, template or original fails, Cancelled between two records. Then nothing is left behind.
    """
    history = (workspace.head() or (0, ""))[0]
    plan = plan_handoff(workspace, book_id, options.template, since=options.since, language=options.language)
    check = _allowed(workspace, plan, options, actor)
    names = delivery_names(plan.context.book, plan.context.choices)
    work = _Work(workspace, plan, options, names, actor)
    with being_made(folder, _owner(workspace)) as made:
        report = work.write(made, check, ticket)
        _unchanged(workspace, book_id, history)
        placed = put_in_place(made, folder, names.folder)
    sha256 = hashlib.sha256((placed / names.report_data).read_bytes()).hexdigest()
    event = workflow.Exported(
        file_name=f"{placed.name}/{names.workbook}",
        package_sha256=sha256,
        records=len(plan.leaving),
        kind=ExportKind.MINISTRY,
        number=report.number,
        base=options.since,
        history=history,
        reason=report.reason,
        signed_by=report.signed_by,
    )
    try:
        workspace.append(workflow.Draft(book_id, event, actor))
    except BaseException:
        shutil.rmtree(placed, ignore_errors=True)
        raise
    if options.template is not None:
        remember_template(workspace, options.template)
    return Handoff(
        folder=placed,
        workbook=placed / names.workbook,
        archive=placed / names.archive,
        report=placed / names.report,
        report_data=placed / names.report_data,
        sha256=sha256,
        rows=len(plan.leaving),
        number=report.number,
        findings=work.told,
    )


def _allowed(workspace: Workspace, plan: HandoffPlan, options: HandoffOptions, actor: Actor) -> HandoffCheck:
    """The check of a book that may leave. Raises PolicyError with the reasons against it."""
    language = options.language
    check = check_plan(workspace, plan)
    if not check.can_hand_off:
        raise PolicyError("export-refused", reasons=" ".join(check.reasons))
    why = squeeze(nfc(options.accepted))
    if check.confidential and not (options.confidential and why):
        raise PolicyError("ministry-confidential")
    if check.confidential and actor.role is not Role.SUPERVISOR:
        raise PolicyError("export-confidential-supervisor")
    if options.since and not why:
        raise PolicyError("export-reason-needed")
    if check.unanswered and not why:
        first = check.unanswered[0].message
        facts = {"count": str(len(check.unanswered)), "first": first}
        raise PolicyError("export-refused", reasons=sentence("ministry-warnings-open", facts, language))
    return check


def _owner(workspace: Workspace) -> str:
    """Whose unfinished folders are whose: only one program at a time writes for a workspace."""
    return "hotich-" + hashlib.sha256(str(workspace.folder.resolve()).encode()).hexdigest()[:10]


def _unchanged(workspace: Workspace, book_id: str, history: int) -> None:
    seen = history
    while actions := workspace.changes_since(seen):
        if any(action.book_id == book_id for action in actions):
            raise PolicyError("export-book-changed")
        seen = actions[-1].action_id


class _Work:
    """Writes the files of one hand-off into a folder and reads them back."""

    def __init__(
        self, workspace: Workspace, plan: HandoffPlan, options: HandoffOptions, names: DeliveryNames, actor: Actor
    ) -> None:
        self._workspace, self._plan, self._options = workspace, plan, options
        self._names, self._actor = names, actor
        self._why = squeeze(nfc(options.accepted))
        self._row_of = {row.record_id: row for row in plan.rows}
        self.told: tuple[Finding, ...] = ()

    def write(self, folder: Path, check: HandoffCheck, ticket: Ticket) -> HandoffReport:
        """All files of the hand-off, on disk and read back. Raises what `handoff` tells."""
        plan, names, choices = self._plan, self._names, self._plan.context.choices
        rows = plan.leaving_rows
        digest = write_workbook(plan.context.template, rows, folder / names.workbook, choices)
        fineness, unchecked = self._fineness(ticket)
        pages, notes = self._write_pdfs(folder / names.archive, fineness, ticket)
        ticket.progress(len(rows) - 1, len(rows), sentence("ministry-reading-back", language=self._options.language))
        files = tuple(on_disk(folder / name) for name in (names.workbook, names.archive))
        check_workbook(folder / names.workbook, plan.context.template, digest, choices)
        check_archive(folder / names.archive, pages, choices)
        ticket.progress(len(rows), len(rows))
        ticket.check()
        self.told = (*check.findings, *unchecked, *notes)
        report = self._report(files, pages)
        (folder / names.report_data).write_bytes(report_json(report))
        (folder / names.report).write_text(report_html(report, self._options.language), encoding="utf-8")
        on_disk(folder / names.report_data)
        on_disk(folder / names.report)
        return report

    def _fineness(self, ticket: Ticket) -> tuple[Mapping[str, Fineness], tuple[Finding, ...]]:
        """How finely each page must be kept to stay legible, and a note where that could not be found out."""
        options, language = self._options, self._options.language
        if options.engines is None:
            return {}, ()
        try:
            engines = options.engines()
        except HotichError as error:
            message = sentence("ministry-legibility-unknown", {"reason": explain(error, language)}, language)
            return {}, (Finding("ministry-legibility-unknown", Severity.NOTE, (), message),)
        book_id = self._plan.context.book.book_id
        return check_legibility(self._workspace, book_id, engines, ticket, options=options.pdf), ()

    def _write_pdfs(
        self, path: Path, fineness: Mapping[str, Fineness], ticket: Ticket
    ) -> tuple[dict[str, int], tuple[Finding, ...]]:
        """Pages of each PDF by name, and what is to be told of them. Raises InputError where one cannot be made."""
        by_id = {row.record_id: row for row in self._plan.leaving_rows}
        finish = finishing(self._options.signer)
        made: list[str] = []
        notes: list[Finding] = []
        with ArchiveWriter(path) as archive:
            for pdf in self._pdfs(fineness, ticket):
                if pdf.record_id not in by_id:
                    continue
                if not pdf.data:
                    reason = pdf.notes[0].message if pdf.notes else ""
                    raise InputError("ministry-pdf-not-made", reason=reason)
                made.append(pdf.record_id)
                name = by_id[pdf.record_id].pdf
                archive.add(name, finish(pdf.data), pdf.pages)
                notes += (*pdf.notes, *self._large(pdf, name))
        if wrong := check_pairs(self._plan.leaving_rows, made, self._plan.context):
            raise PolicyError("export-refused", reasons=wrong[0].message)
        return archive.pages, tuple(notes)

    def _pdfs(self, fineness: Mapping[str, Fineness], ticket: Ticket) -> Iterator[RecordPdf]:
        """The documents of the rows that leave, one in memory at a time."""
        options = self._options
        pdf = dataclasses.replace(options.pdf, language=options.language)
        if self._plan.earlier is None:
            book_id = self._plan.context.book.book_id
            yield from record_pdfs(self._workspace, book_id, ticket, options=pdf, fineness=fineness)
            return
        for number, row in enumerate(self._plan.leaving_rows):
            ticket.check()
            ticket.progress(number, len(self._plan.leaving), row.cells["so"])
            yield record_pdf(self._workspace, row.record_id, pdf, fineness)

    def _large(self, pdf: RecordPdf, name: str) -> Iterator[Finding]:
        if len(pdf.data) > _LARGE * pdf.pages:
            facts = {"name": name, "kilobytes": str(len(pdf.data) // 1000), "pages": str(pdf.pages)}
            message = sentence("ministry-pdf-large", facts, self._options.language)
            yield Finding("ministry-pdf-large", Severity.NOTE, (), message, pdf.record_id)

    def _report(self, files: tuple[ReportFile, ...], pages: dict[str, int]) -> HandoffReport:
        plan, language = self._plan, self._options.language
        context = plan.context
        book, template = context.book, context.template
        counts = self._workspace.book(book.book_id)
        rows = plan.leaving_rows
        return HandoffReport(
            program=f"hotich {__version__}",
            written_at=datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
            by=self._actor.name,
            role=self._actor.role.value,
            record_type=book.record_type.value,
            title=context.spec.title_en if language is Language.ENGLISH else context.spec.title,
            book=book.number,
            year=book.year,
            place=book.place,
            practice=book.practice,
            template=template.id,
            template_remark=template.sentence(language),
            official=template.official,
            number=len(handoffs_of(self._workspace, book.book_id)) + 1,
            base=self._options.since,
            reason=self._why,
            signed_by=self._options.signer.name if self._options.signer is not None else "",
            counts=ReportCounts(
                rows=len(rows),
                pdfs=len(pages),
                pages=sum(pages.values()),
                void=counts.counts.get(Status.VOID, 0) if counts is not None else 0,
                expected=book.expected_entries,
            ),
            files=files,
            columns=tuple(
                ReportColumn(column.code, column.source.value, column.remark(language))
                for column in template.columns
                if column.source is not Source.FIELD
            ),
            rows=tuple(ReportRow(row.record_id, row.cells["so"], row.pdf, pages[row.pdf]) for row in rows),
            withdrawn=plan.withdrawn,
            findings=tuple(self._told(finding) for finding in self.told),
        )

    def _told(self, finding: Finding) -> ReportFinding:
        row = self._row_of.get(finding.record_id)
        english = self._options.language is Language.ENGLISH
        fields = {field.id: field.name(english) for field in self._plan.context.spec.fields}
        by, reason = self._answer(finding, row.accepted if row is not None else ())
        return ReportFinding(
            rule=finding.rule_id,
            severity=finding.severity,
            message=finding.message,
            record_id=finding.record_id,
            number=row.cells["so"] if row is not None else "",
            fields=finding.fields,
            labels=tuple(fields.get(field, field) for field in finding.fields),
            accepted_by=by,
            accepted_reason=reason,
        )

    def _answer(self, finding: Finding, accepted: tuple[AcceptedFinding, ...]) -> tuple[str, str]:
        """Who let a finding stand and why: somebody at the record, else whoever hands the book off."""
        if finding.accepted_reason:
            by = [a.actor.name for a in accepted if a.rule_id == finding.rule_id and a.fields == finding.fields]
            return (by[-1] if by else "", finding.accepted_reason)
        return (self._actor.name, self._why) if finding.severity is Severity.WARNING else ("", "")
