"""The rules put to records as they stand and to a whole book."""

from __future__ import annotations

from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.pipeline.lookup import book_of, record_of, records_of
from hotich.rules import RecordView, RuleContext, check_book_rows, check_record_view
from hotich.store import Workspace
from hotich.values import Book, Finding, Record, Status


def view_of(record: Record) -> RecordView:
    """The confirmed values of a record as the rules see them; suggestions are no values."""
    values = {field_id: entry.value for field_id, entry in record.fields.items() if entry.value is not None}
    return RecordView(record.record_id, values, record.accepted)


def check_folded(record: Record, book: Book, language: Language = Language.VIETNAMESE) -> tuple[Finding, ...]:
    """The findings within one record, in that language."""
    catalogue = load_catalogue()
    form = catalogue.forms[record.form_id]
    on_page = frozenset(zone.field_id for zone in form.zones)
    context = RuleContext(book, catalogue.records[book.record_type], on_page, language=language)
    return check_record_view(view_of(record), context)


def check_record(
    workspace: Workspace, record_id: str, *, language: Language = Language.VIETNAMESE
) -> tuple[Finding, ...]:
    """The findings within the record of that id, in that language."""
    record = record_of(workspace, record_id)
    return check_folded(record, book_of(workspace, record.book_id), language)


def check_book(workspace: Workspace, book_id: str, *, language: Language = Language.VIETNAMESE) -> tuple[Finding, ...]:
    """The findings of every record of the book and those between them: numbers, dates, doubles, the closing count."""
    book = book_of(workspace, book_id)
    records = [record for record in records_of(workspace, book_id) if record.status is not Status.VOID]
    within = [finding for record in records for finding in check_folded(record, book, language)]
    between = check_book_rows(tuple(view_of(record) for record in records), book, language)
    return (*within, *between)
