"""Whether a book may be handed off to the ministry: what the importer would refuse, what somebody must answer for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from hotich.export.ministry.checks import check_rows
from hotich.export.ministry.template import Template
from hotich.messages import Language, sentence
from hotich.pipeline.delivery import precheck
from hotich.pipeline.handoff_plan import HandoffPlan, plan_handoff
from hotich.redaction import is_confidential, shown_findings
from hotich.store import Workspace
from hotich.values import Finding, Severity

_GRAVEST = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
CLOSING = "closing-count"


class HandoffCheck(msgspec.Struct, frozen=True):
    """How far a book is from its hand-off: rows that would leave, all findings gravest first, and reasons against it.

    Of confidential books the findings are told without names and days. `unanswered` are the warnings that nobody
    accepted yet: whoever hands the book off must give a reason for them.
    """

    rows: int
    open: int
    template: str
    findings: tuple[Finding, ...]
    reasons: tuple[str, ...]
    confidential: bool = False

    @property
    def can_hand_off(self) -> bool:
        """Whether nothing forbids it; warnings without an answer do not."""
        return not self.reasons

    @property
    def unanswered(self) -> tuple[Finding, ...]:
        """Warnings that nobody accepted."""
        return tuple(finding for finding in self.findings if finding.severity is Severity.WARNING)


def check_handoff(
    workspace: Workspace,
    book_id: str,
    template: Template | None = None,
    *,
    since: int = 0,
    language: Language = Language.VIETNAMESE,
) -> HandoffCheck:
    """Everything that the importer would refuse, before anything is written.

    Raises PolicyError when there is no such book or earlier hand-off; SetupError, InputError of the template.
    """
    plan = plan_handoff(workspace, book_id, template, since=since, language=language)
    return check_plan(workspace, plan)


def check_plan(workspace: Workspace, plan: HandoffPlan) -> HandoffCheck:
    """The same of a plan already made."""
    context = plan.context
    before = precheck(workspace, context.book.book_id, language=context.language)
    in_rows = check_rows(plan.rows, context)
    if before.open:
        # The closing page counts the records that are not finished, too, and the rules have asked about all of them.
        in_rows = tuple(finding for finding in in_rows if finding.rule_id != CLOSING)
    found = _once((*before.findings, *in_rows))
    if plan.earlier is not None:
        found = tuple(f for f in found if f.record_id in {"", *plan.leaving} and f.rule_id != CLOSING)
    found = shown_findings(found, context.book)
    return HandoffCheck(
        rows=len(plan.leaving),
        open=before.open,
        template=context.template.id,
        findings=tuple(sorted(found, key=lambda finding: _GRAVEST.index(finding.severity))),
        reasons=tuple(_reasons(plan, found, before.open)),
        confidential=is_confidential(context.book),
    )


def _once(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Each finding once: the rules are put to records as confirmed and again to the rows as they leave."""
    first: dict[tuple[str, str, tuple[str, ...], str], Finding] = {}
    for finding in findings:
        about = "" if finding.record_id else finding.message
        first.setdefault((finding.rule_id, finding.record_id, finding.fields, about), finding)
    return tuple(first.values())


def _reasons(plan: HandoffPlan, findings: tuple[Finding, ...], still_open: int) -> Iterator[str]:
    language = plan.context.language
    if plan.earlier is None and still_open:
        yield sentence("ministry-records-open", {"open": str(still_open)}, language)
    if plan.withdrawn and not plan.leaving and plan.earlier is not None:
        facts = {"number": str(plan.earlier.number), "rows": ", ".join(plan.withdrawn)}
        yield sentence("ministry-only-withdrawn", facts, language)
    elif not plan.leaving and plan.earlier is not None:
        yield sentence("ministry-nothing-changed", {"number": str(plan.earlier.number)}, language)
    elif not plan.leaving and not still_open:
        yield sentence("export-none-approved", language=language)
    errors = [finding for finding in findings if finding.severity is Severity.ERROR]
    if errors:
        yield sentence("export-errors-open", {"count": str(len(errors)), "first": errors[0].message}, language)
