"""The rules put to records as they stand and to a whole book."""

from __future__ import annotations

from collections.abc import Mapping

from hotich.forms.loader import load_catalogue
from hotich.messages import Language, sentence
from hotich.pipeline.lookup import book_of, record_of, records_of
from hotich.rules import RecordView, RuleContext, check_book_rows, check_record_view, load_rules
from hotich.store import Workspace
from hotich.values import Book, FieldValue, Finding, Record, Severity, Status
from hotich.workflow import REFUSED

WORDS_CHECK = "words-against-figures"
"""The check that holds a date in words against the same date in figures."""


def view_of(record: Record) -> RecordView:
    """The confirmed values of a record as the rules see them; suggestions are no values."""
    values = {field_id: entry.value for field_id, entry in record.fields.items() if entry.value is not None}
    return RecordView(record.record_id, values, record.accepted)


def check_folded(record: Record, book: Book, language: Language = Language.VIETNAMESE) -> tuple[Finding, ...]:
    """The findings within one record, in that language: what the importer refused, then what the rules say."""
    catalogue = load_catalogue()
    form = catalogue.forms[record.form_id]
    on_page = frozenset(zone.field_id for zone in form.zones)
    context = RuleContext(book, catalogue.records[book.record_type], on_page, language=language)
    return (*_refused(record, language), *check_record_view(view_of(record), context))


def _refused(record: Record, language: Language) -> tuple[Finding, ...]:
    """What the importer did not take and nobody has looked at since."""
    return tuple(
        Finding(
            rule_id=REFUSED,
            severity=Severity.WARNING,
            fields=(refusal.field_id,) if refusal.field_id else (),
            message=sentence("check-importer-refused", {"text": refusal.text}, language),
            record_id=record.record_id,
            overridable=True,
        )
        for refusal in record.refusals
        if not refusal.settled
    )


def foreseen(
    record: Record, book: Book, suggested: Mapping[str, FieldValue], language: Language = Language.VIETNAMESE
) -> tuple[Finding, ...]:
    """What has to be looked at before these suggestions are taken: errors, and dates whose words and figures differ."""
    catalogue = load_catalogue()
    on_page = frozenset(zone.field_id for zone in catalogue.forms[record.form_id].zones)
    context = RuleContext(book, catalogue.records[book.record_type], on_page, language=language)
    view = view_of(record)
    values = {**suggested, **view.values}
    grave = {rule.id for rule in load_rules() if rule.severity is Severity.ERROR or rule.check == WORDS_CHECK}
    found = check_record_view(RecordView(record.record_id, values, record.accepted), context)
    return tuple(f for f in found if f.rule_id in grave and not f.accepted_reason and suggested.keys() & set(f.fields))


def check_record(
    workspace: Workspace, record_id: str, *, language: Language = Language.VIETNAMESE
) -> tuple[Finding, ...]:
    """The findings within the record of that id, in that language."""
    record = record_of(workspace, record_id)
    return check_folded(record, book_of(workspace, record.book_id), language)


def check_book(
    workspace: Workspace,
    book_id: str,
    *,
    without: frozenset[str] = frozenset(),
    language: Language = Language.VIETNAMESE,
) -> tuple[Finding, ...]:
    """The findings of every record of the book and those between them: numbers, dates, doubles, the closing count.

    Records `without` which it is checked count as if they were not there.
    """
    book = book_of(workspace, book_id)
    within: list[Finding] = []
    views: list[RecordView] = []
    # Of each record only what people said is kept: regions and readings of a whole book take ten times the room.
    for record in records_of(workspace, book_id):
        if record.status is not Status.VOID and record.record_id not in without:
            within += check_folded(record, book, language)
            views.append(view_of(record))
    return (*within, *check_book_rows(tuple(views), book, language))
