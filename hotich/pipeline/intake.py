"""Pictures come in: files and folders become pages of a book, each page one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from hotich import workflow
from hotich.errors import HotichError, PolicyError
from hotich.messages import Language, explain, sentence
from hotich.pipeline.lookup import page_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import PageRow, Workspace
from hotich.values import Actor, SourcePage, Status

CLOSED = (Status.SUBMITTED, Status.APPROVED)
"""States of records whose page must stay as it is: somebody else relies on it."""


class Duplicate(msgspec.Struct, frozen=True):
    """A file whose picture the workspace has already; `same_as` names the file it came from then."""

    file_name: str
    same_as: str
    book_id: str


class Problem(msgspec.Struct, frozen=True):
    """A file or page that could not be used, with the sentence for a person."""

    file_name: str
    key: str
    sentence: str
    facts: dict[str, str] = {}

    def told(self, language: Language) -> str:
        """The sentence in that language."""
        return sentence(self.key, self.facts, language)


class ImportReport(msgspec.Struct, frozen=True):
    """What became of the files of one import."""

    added: tuple[SourcePage, ...] = ()
    duplicates: tuple[Duplicate, ...] = ()
    problems: tuple[Problem, ...] = ()


def import_paths(
    workspace: Workspace, book_id: str, paths: Sequence[Path], actor: Actor, ticket: Ticket = SILENT
) -> ImportReport:
    """Adds every picture in the files and folders to the book, in natural order of names.

    A file that cannot be used is told in the report and the rest goes on. Raises Cancelled between two files; what was
    added until then stays.
    """
    from hotich.imaging.files import walk_sources

    files = list(walk_sources(paths))
    report = ImportReport()
    for number, file in enumerate(files):
        ticket.check()
        ticket.progress(number, len(files), file.name)
        report = _joined(report, _import_file(workspace, book_id, file, actor))
    ticket.progress(len(files), len(files))
    return report


def look_ahead(workspace: Workspace, paths: Sequence[Path]) -> ImportReport:
    """What would be told of the files up to the first picture that would be added; nothing is written."""
    from hotich.imaging.files import iter_sources, walk_sources

    problems: list[Problem] = []
    duplicates: list[Duplicate] = []
    for file in walk_sources(paths):
        for incoming in iter_sources(file):
            if isinstance(incoming, HotichError):
                problems.append(problem_of(file.name, incoming))
            elif duplicate := _duplicate(workspace, incoming.source):
                duplicates.append(duplicate)
            else:
                return ImportReport((incoming.source,), tuple(duplicates), tuple(problems))
    return ImportReport((), tuple(duplicates), tuple(problems))


def _duplicate(workspace: Workspace, source: SourcePage) -> Duplicate | None:
    """What is told of a picture that is in the workspace already."""
    known = workspace.page(source.page_id)
    return Duplicate(source.file_name, known.page.file_name, known.book_id) if known is not None else None


def _import_file(workspace: Workspace, book_id: str, file: Path, actor: Actor) -> ImportReport:
    from hotich.imaging.files import iter_sources

    problems: list[Problem] = []
    added: list[SourcePage] = []
    duplicates: list[Duplicate] = []
    for incoming in iter_sources(file):
        if isinstance(incoming, HotichError):
            problems.append(problem_of(file.name, incoming))
            continue
        if duplicate := _duplicate(workspace, incoming.source):
            duplicates.append(duplicate)
            continue
        try:
            added.append(_add_page(workspace, book_id, incoming.source, incoming.original, actor))
        except HotichError as error:
            problems.append(problem_of(file.name, error))
    return ImportReport(tuple(added), tuple(duplicates), tuple(problems))


def _add_page(workspace: Workspace, book_id: str, source: SourcePage, original: bytes, actor: Actor) -> SourcePage:
    kept = workspace.put_original(original)
    if kept != source.file_sha256:
        source = msgspec.structs.replace(source, file_sha256=kept, container_sha256=source.file_sha256)
    order = 1 + max((row.order for row in workspace.pages(book_id)), default=-1)
    draft = workflow.Draft(book_id, workflow.PageAdded(source, order), actor, page_id=source.page_id)
    workspace.append(draft)
    return source


def _joined(one: ImportReport, other: ImportReport) -> ImportReport:
    return ImportReport(one.added + other.added, one.duplicates + other.duplicates, one.problems + other.problems)


def problem_of(file_name: str, error: HotichError) -> Problem:
    """The error as a line of a report."""
    return Problem(file_name, error.key, explain(error), error.facts)


def set_aside_page(workspace: Workspace, page_id: str, reason: str, actor: Actor) -> None:
    """Takes a page out of the book; its picture and its history stay.

    Raises PolicyError without a reason, and while records of it are handed over or approved: they would leave though
    nobody sees the page.
    """
    page = page_of(workspace, page_id)
    if not reason.strip():
        raise PolicyError("policy-aside-reason")
    if any(record.status in CLOSED for record in workspace.page_records(page_id)):
        raise PolicyError("policy-page-has-records", file=page.page.file_name)
    event = workflow.PageSetAside(reason.strip())
    workspace.append(workflow.Draft(page.book_id, event, actor, page_id=page_id))


def take_back_page(workspace: Workspace, page_id: str, actor: Actor) -> None:
    """Makes a page that was set aside part of its book again, with its records; does nothing to any other page."""
    page = page_of(workspace, page_id)
    if page.set_aside:
        # The last reason is the one that holds, and where none is left the page is not set aside.
        event = workflow.PageSetAside("")
        workspace.append(workflow.Draft(page.book_id, event, actor, page_id=page_id))


def page_in_book(workspace: Workspace, page_id: str) -> PageRow:
    """The page of that id. Raises PolicyError when there is none, and for a page that is set aside."""
    page = page_of(workspace, page_id)
    if page.set_aside:
        raise PolicyError("policy-page-aside", file=page.page.file_name)
    return page


def move_page(workspace: Workspace, page_id: str, step: int, actor: Actor) -> bool:
    """Whether the page moved by that many places, those before it when negative; at the end of the book it stays.

    All pages of the book have a place of their own afterwards, in one transaction.
    """
    book_id = page_of(workspace, page_id).book_id
    orders = {row.page.page_id: row.order for row in workspace.pages(book_id)}
    ids = list(orders)
    before = ids.index(page_id)
    place = min(max(before + step, 0), len(ids) - 1)
    if place == before:
        return False
    ids.insert(place, ids.pop(before))
    workspace.append(*moves_into(book_id, ids, orders, actor))
    return True


def moves_into(book_id: str, page_ids: Sequence[str], orders: Mapping[str, int], actor: Actor) -> list[workflow.Draft]:
    """What brings the pages of a book into that sequence; nothing for those whose place it is already.

    Two pages of one place would stand in the order of their ids, whatever the paper says.
    """
    return [
        workflow.Draft(book_id, workflow.PageMoved(place), actor, page_id=page_id)
        for place, page_id in enumerate(page_ids)
        if orders[page_id] != place
    ]
