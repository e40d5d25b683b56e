"""The verbs that work on a workspace or on files."""

from __future__ import annotations

import argparse
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from hotich.commands.console import Console, ProgressBar
from hotich.errors import InputError, PolicyError, SetupError
from hotich.messages import sentence
from hotich.redaction import shown_findings
from hotich.store import Workspace
from hotich.values import Actor, Book, Finding, RecordType, Role, Severity, Status

if TYPE_CHECKING:
    from hotich.pipeline.intake import ImportReport

FOUND_ERRORS = 9


def default_workspace() -> Path:
    """The user's own workspace folder."""
    import platformdirs

    return Path(platformdirs.user_data_dir("hotich", appauthor=False)) / "workspace"


def open_workspace(words: argparse.Namespace) -> Workspace:
    """The workspace that the words name, or the user's own, made when it is new. Raises StoreError."""
    return Workspace.open(words.workspace or default_workspace())


def look_at_workspace(words: argparse.Namespace) -> Workspace:
    """The same for reading only, which works beside an open window. Raises StoreError when there is none."""
    return Workspace.read_only(words.workspace or default_workspace())


def actor_of(words: argparse.Namespace) -> Actor:
    """Who acts: the name given, else that of the account."""
    return Actor(words.name or getpass.getuser(), Role(words.role))


def book_named(workspace: Workspace, beginning: str) -> Book:
    """The one book whose id begins so. Raises PolicyError when there is none or more than one."""
    if not beginning.strip():
        raise PolicyError("commands-book-needed")
    found = [row.book for row in workspace.books() if row.book.book_id.startswith(beginning)]
    if len(found) != 1:
        raise PolicyError("commands-which-book" if found else "commands-no-book", beginning=beginning)
    return found[0]


def import_pages(words: argparse.Namespace, console: Console) -> int:
    """Brings pictures into a book; 3 when a file could not be used."""
    from hotich.pipeline.intake import import_paths, look_ahead

    with open_workspace(words) as workspace:
        actor = actor_of(words)
        if words.type and not (before := look_ahead(workspace, words.paths)).added:
            _tell_import(before, console)
            raise InputError("commands-nothing-new")
        book = _new_book(workspace, words, actor) if words.type else book_named(workspace, words.book)
        report = import_paths(workspace, book.book_id, words.paths, actor, ProgressBar())
        _tell_import(report, console)
        console.say("commands-imported", pages=len(report.added), book=book.book_id[:8])
        console.result({"book": book, "report": report})
    return 3 if report.problems else 0


def _tell_import(report: ImportReport, console: Console) -> None:
    for duplicate in report.duplicates:
        console.say("commands-duplicate", file=duplicate.file_name, same=duplicate.same_as)
    for problem in report.problems:
        console.line(problem.told(console.language))


def _new_book(workspace: Workspace, words: argparse.Namespace, actor: Actor) -> Book:
    from hotich.pipeline.books import NewBook, open_book

    if words.year is None or not words.place:
        raise SetupError("commands-new-book-needs")
    record_type = RecordType(words.type)
    wanted = NewBook(
        record_type=record_type, year=words.year, number=words.number, place=words.place, form_id=words.form
    )
    return open_book(workspace, wanted, actor)


def read(words: argparse.Namespace, console: Console) -> int:
    """Reads the pages of a book; 3 when a page failed or found no form."""
    from hotich.pipeline.engines import load_engines
    from hotich.pipeline.reading import read_book
    from hotich.pipeline.tuning import settings_of

    with open_workspace(words) as workspace:
        book = book_named(workspace, words.book)
        report = read_book(workspace, book.book_id, load_engines(settings_of(workspace)), ProgressBar())
    for page in report.pages:
        seconds = sum(page.seconds.values())
        facts = {"form": page.form_id, "records": len(page.record_ids), "fields": page.fields_read}
        console.say("commands-page-read", page=page.page_id[:8], seconds=f"{seconds:.1f}", **facts)
        for note in page.notes:
            console.say(note)
    for problem in report.problems:
        console.line(f"{problem.file_name}: {problem.told(console.language)}")
    console.result(report)
    return 3 if report.problems or any(page.notes for page in report.pages) else 0


def check(words: argparse.Namespace, console: Console) -> int:
    """Tells every finding of a book; 9 when one is an error."""
    from hotich.pipeline.checking import check_book

    with look_at_workspace(words) as workspace:
        book = book_named(workspace, words.book)
        findings = check_book(workspace, book.book_id, language=console.language)
    return _tell(shown_findings(findings, book), console)


def _tell(findings: tuple[Finding, ...], console: Console) -> int:
    for finding in findings:
        level = sentence(f"commands-severity-{finding.severity.value}", language=console.language)
        console.line(f"{level}: {finding.record_id} {finding.message}")
    counts = {severity.value: sum(f.severity is severity for f in findings) for severity in Severity}
    console.say("commands-findings", **{name: str(count) for name, count in counts.items()})
    console.result({"findings": findings, "counts": counts})
    return FOUND_ERRORS if counts[Severity.ERROR.value] else 0


def books(words: argparse.Namespace, console: Console) -> int:
    """Lists the books."""
    with look_at_workspace(words) as workspace:
        rows = workspace.books()
    console.table(
        console.head("id", "type", "year", "book", "place", "pages", "entries", "approved"),
        [
            (
                row.book.book_id[:8],
                row.book.record_type.value,
                str(row.book.year),
                row.book.number,
                row.book.place,
                str(row.pages),
                str(row.entries),
                str(row.counts[Status.APPROVED]),
            )
            for row in rows
        ],
    )
    console.result(rows)
    return 0


def forms(words: argparse.Namespace, console: Console) -> int:
    """Lists the forms, or the fields of one."""
    from hotich.forms.loader import load_catalogue

    catalogue = load_catalogue()
    if words.form:
        return _one_form(words.form, console)
    rows = [
        (form.id, form.title, f"{form.used_from} - {form.used_to}".strip(" -"), form.layout.value, str(len(form.zones)))
        for form in catalogue.forms.values()
    ]
    console.table(console.head("id", "form", "used", "layout", "zones"), rows)
    console.result(tuple(catalogue.forms.values()))
    return 0


def _one_form(form_id: str, console: Console) -> int:
    from hotich.forms.loader import load_catalogue

    catalogue = load_catalogue()
    form = catalogue.forms.get(form_id)
    if form is None:
        raise SetupError("commands-no-form", form=form_id, known=", ".join(catalogue.forms))
    spec = catalogue.records[form.record_type]
    rows = []
    for zone in form.zones:
        field = spec.field(zone.field_id)
        rows.append((field.id, zone.label or field.label, field.kind.value, zone.ink.value, field.need.value))
    console.table(console.head("code", "label", "layout", "ink", "need"), rows)
    console.result(form)
    return 0
