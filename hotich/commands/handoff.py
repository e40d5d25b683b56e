"""`hotich handoff`: the workbook and the ZIP of PDFs that the national import takes for a book."""

from __future__ import annotations

import argparse
from collections.abc import Mapping
from contextlib import ExitStack

from hotich.commands.console import Console, ProgressBar
from hotich.commands.signing import signer_of
from hotich.commands.verbs import FOUND_ERRORS, actor_of, book_named, look_at_workspace, open_workspace
from hotich.messages import Language, sentence
from hotich.pipeline.engines import load_engines
from hotich.pipeline.handoff import (
    HandoffCheck,
    HandoffOptions,
    check_handoff,
    chosen_template,
    handoff,
    template_choices,
)
from hotich.pipeline.record_options import PdfOptions
from hotich.pipeline.record_parts import Extent
from hotich.pipeline.tuning import settings_of
from hotich.values import Finding, Severity


def run(words: argparse.Namespace, console: Console) -> int:
    """Hands a book off; 6 when it may not leave, with `--check` 9 when the importer would refuse anything."""
    if words.templates:
        return _list(words, console)
    return _check(words, console) if words.check else _hand_off(words, console)


def _list(words: argparse.Namespace, console: Console) -> int:
    with look_at_workspace(words) as workspace:
        found = template_choices(workspace, book_named(workspace, words.book).record_type)
    for template in found:
        console.line(f"{template.id}: {template.sentence(console.language)}")
    console.result([{"id": each.id, "columns": [column.header for column in each.columns]} for each in found])
    return 0


def _check(words: argparse.Namespace, console: Console) -> int:
    with look_at_workspace(words) as workspace:
        book = book_named(workspace, words.book)
        template = chosen_template(workspace, book.record_type, words.template)
        found = check_handoff(workspace, book.book_id, template, since=words.since, language=console.language)
        numbers = {key: str(place) for place, key in enumerate(workspace.record_ids(book.book_id), start=1)}
    _tell(found, numbers, console)
    console.result(
        {
            "can_hand_off": found.can_hand_off,
            "template": found.template,
            "rows": found.rows,
            "open": found.open,
            "reasons": found.reasons,
            "findings": found.findings,
        }
    )
    return 0 if found.can_hand_off else FOUND_ERRORS


def _tell(found: HandoffCheck, numbers: Mapping[str, str], console: Console) -> None:
    for finding in found.findings:
        console.line(_line(finding, numbers, console.language))
    counts = {severity.value: sum(f.severity is severity for f in found.findings) for severity in Severity}
    console.say("commands-findings", **counts)
    for reason in found.reasons:
        console.line(reason)
    if found.can_hand_off:
        console.say("ministry-can-hand-off", rows=found.rows, template=found.template)


def _line(finding: Finding, numbers: Mapping[str, str], language: Language) -> str:
    """One finding: how grave, which record by its place in the book, which columns, and what is said."""
    level = sentence(f"commands-severity-{finding.severity.value}", language=language)
    place = numbers.get(finding.record_id, "")
    about = " ".join(part for part in (f"#{place}" if place else "", ", ".join(finding.fields)) if part)
    return f"{level}: {about}: {finding.message}" if about else f"{level}: {finding.message}"


def _hand_off(words: argparse.Namespace, console: Console) -> int:
    actor = actor_of(words)
    with open_workspace(words) as workspace, ExitStack() as stack:
        book = book_named(workspace, words.book)
        options = HandoffOptions(
            template=chosen_template(workspace, book.record_type, words.template),
            since=words.since,
            accepted=words.accept,
            confidential=words.confidential,
            pdf=PdfOptions(
                extent=Extent.PAGE if words.whole_pages else Extent.ENTRY,
                text_layer=words.text_layer,
                pdf_a=words.pdf_a,
            ),
            engines=None if words.usual_size else lambda: load_engines(settings_of(workspace)),
            signer=stack.enter_context(signer_of(words, console, actor.name)) if words.sign else None,
            language=console.language,
        )
        done = handoff(workspace, book.book_id, words.to, actor, ProgressBar(), options=options)
    console.say("ministry-handed-off", rows=done.rows, number=done.number, folder=done.folder)
    for path in (done.workbook, done.archive, done.report):
        console.line(f"  {path}")
    paths = {name: str(getattr(done, name)) for name in ("folder", "workbook", "archive", "report", "report_data")}
    console.result({**paths, "rows": done.rows, "number": done.number, "sha256": done.sha256})
    return 0
