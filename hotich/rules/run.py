"""Puts the rules to a record or a book and makes findings of what the checks say."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from hotich.messages import Language
from hotich.rules.book_checks import BOOK_CHECKS
from hotich.rules.hit import Hit
from hotich.rules.record_checks import RECORD_CHECKS
from hotich.rules.rulespec import RecordView, RuleContext, RuleSpec, load_rules
from hotich.values import Book, Finding, RecordType, Severity


def check_record_view(view: RecordView, context: RuleContext) -> tuple[Finding, ...]:
    """What the rules say of one record. A warning let stand stays as a note that carries the reason."""
    return tuple(
        _finding(rule, hit, view, context.language)
        for rule in load_rules()
        if rule.check in RECORD_CHECKS and _concerns(rule, context.book.record_type) and _in_its_time(rule, view)
        for hit in RECORD_CHECKS[rule.check](view, rule, context)
    )


def check_book_rows(
    views: Sequence[RecordView], book: Book, language: Language = Language.VIETNAMESE
) -> tuple[Finding, ...]:
    """What the rules say between the records of a book, given in the order of its pages."""
    by_id = {view.record_id: view for view in views}
    return tuple(
        _finding(rule, hit, by_id.get(hit.record_id), language)
        for rule in load_rules()
        if rule.check in BOOK_CHECKS and _concerns(rule, book.record_type)
        for hit in BOOK_CHECKS[rule.check](views, rule, book)
    )


def _concerns(rule: RuleSpec, record_type: RecordType) -> bool:
    return not rule.records or record_type in rule.records


def _in_its_time(rule: RuleSpec, view: RecordView) -> bool:
    """Whether the registration falls under the law of the rule; a rule with a time never speaks of an unknown day."""
    if not (rule.before or rule.since):
        return True
    registered = view.date("ngayDangKy")
    first, last = (None, None) if registered is None else (registered.earliest(), registered.latest())
    if first is None or last is None:
        return False
    after_start = not rule.since or first >= datetime.date.fromisoformat(rule.since)
    return after_start and (not rule.before or last < datetime.date.fromisoformat(rule.before))


def _finding(rule: RuleSpec, hit: Hit, view: RecordView | None, language: Language) -> Finding:
    reason = _reason_let_stand(rule, hit, view)
    return Finding(
        rule_id=rule.id,
        severity=Severity.NOTE if reason else rule.severity,
        fields=hit.fields,
        message=rule.sentence(language).format_map(hit.facts),
        record_id=view.record_id if view is not None else hit.record_id,
        overridable=rule.overridable and not reason,
        accepted_reason=reason,
    )


def _reason_let_stand(rule: RuleSpec, hit: Hit, view: RecordView | None) -> str:
    if view is None or not rule.overridable:
        return ""
    reasons = [a.reason for a in view.accepted if a.rule_id == rule.id and a.fields == hit.fields]
    return reasons[-1] if reasons else ""
