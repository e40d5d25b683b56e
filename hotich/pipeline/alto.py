"""The pages of a book as ALTO: where fields stand, what was read, what was confirmed."""

from __future__ import annotations

from collections.abc import Iterator

from hotich.export.documents.alto import AltoPage, write_alto
from hotich.forms.loader import load_catalogue
from hotich.pipeline.lookup import book_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.values import Status

SUFFIX = ".alto.xml"


def alto_pages(workspace: Workspace, book_id: str, ticket: Ticket = SILENT) -> Iterator[tuple[int, bytes]]:
    """Number in the book and XML of each page that has records, void ones left out. Raises Cancelled, PolicyError.

    The fields of a record stand in the file of the page that they are written on.
    """
    book = book_of(workspace, book_id)
    labels = {field.id: field.label for field in load_catalogue().records[book.record_type].fields}
    rows = workspace.pages(book_id)
    for number, row in enumerate(rows, start=1):
        ticket.check()
        ticket.progress(number - 1, len(rows), row.page.file_name)
        records = tuple(r for r in workspace.page_records(row.page.page_id) if r.status is not Status.VOID)
        if records:
            yield number, write_alto(AltoPage(row.page, number, records, labels))
    ticket.progress(len(rows), len(rows))
