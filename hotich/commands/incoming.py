"""`hotich refusals` and `hotich old-sheet`: what comes back from the importer, and what was keyed earlier."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping

import msgspec

from hotich.commands.console import Console, ProgressBar
from hotich.commands.verbs import actor_of, book_named, look_at_workspace, open_workspace
from hotich.errors import PolicyError, SetupError
from hotich.forms.loader import load_catalogue
from hotich.incoming.headers import heading_key
from hotich.incoming.plan import SheetPlan, samples
from hotich.incoming.sheets import Table, Workbook
from hotich.legacy_text import Encoding
from hotich.messages import sentence
from hotich.pipeline import old_sheets, refusals
from hotich.redaction import is_confidential, redacted_name, redacted_statement
from hotich.store import Workspace
from hotich.values import Book


def run_refusals(words: argparse.Namespace, console: Console) -> int:
    """Shows what each refusal means and takes them in; 3 when some name no record, or no reason."""
    opened = look_at_workspace if words.dry_run or words.counts else open_workspace
    with opened(words) as workspace:
        book = book_named(workspace, words.book)
        if words.counts:
            return _tell_counts(workspace, book, console)
        preview = refusals.preview_refusals(workspace, book.book_id, _file(workspace, book, words), ProgressBar())
        _tell_preview(workspace, _shown(preview, book), console)
        taken = None
        if not words.dry_run:
            taken = refusals.take_in_refusals(
                workspace, preview, actor_of(words), ProgressBar(), doubtful=words.doubtful
            )
            facts = {"records": taken.records, "refusals": taken.refusals, "reopened": taken.reopened}
            console.say("incoming-refusals-taken", **facts)
    console.result({"preview": _shown(preview, book), "taken": taken})
    return 3 if preview.left or preview.unread else 0


def _file(workspace: Workspace, book: Book, words: argparse.Namespace) -> refusals.RefusalFile:
    if words.file is None:
        raise SetupError("incoming-needs-file")
    if str(words.file) == "-":
        return refusals.read_text(workspace, book.book_id, sys.stdin.read())
    return refusals.read_file(workspace, book.book_id, words.file)


def _tell_counts(workspace: Workspace, book: Book, console: Console) -> int:
    counts = refusals.counts_of(workspace, book.book_id)
    facts = {"refused": counts.refused, "waiting": counts.waiting, "corrected": counts.corrected, "left": counts.left}
    console.say("incoming-refusal-counts", **facts)
    console.result(counts)
    return 0


def _tell_preview(workspace: Workspace, preview: refusals.RefusalPreview, console: Console) -> None:
    places = {key: str(place) for place, key in enumerate(workspace.record_ids(preview.book_id), start=1)}
    rows = [
        (
            str(match.refused.place),
            places[match.record_id],
            match.refused.field_id or "—",
            sentence(f"incoming-state-{match.state}", language=console.language),
            match.refused.text,
        )
        for match in preview.matched
    ]
    head = tuple(sentence(f"incoming-head-{name}", language=console.language) for name in HEADS)
    if rows:
        console.table(head, rows)
    for left in preview.left:
        told = sentence(left.reason, language=console.language)
        console.say("incoming-left", row=left.refused.place, reason=told, text=left.refused.text)
    for line in preview.unread:
        told = sentence(line.reason, language=console.language)
        console.say("incoming-left" if line.text else "incoming-left-bare", row=line.place, reason=told, text=line.text)
    if preview.silent:
        console.say("incoming-silent-rows", count=preview.silent)


HEADS = ("row", "record", "field", "state", "text")


def _shown(preview: refusals.RefusalPreview, book: Book) -> refusals.RefusalPreview:
    """The preview as a console shows it: of confidential books without what names people."""
    if not is_confidential(book):
        return preview

    def of(refused: refusals.Refused) -> refusals.Refused:
        kept = {name: text for name, text in refused.texts.items() if name in ("so", "quyenSo", "trangSo")}
        return msgspec.structs.replace(refused, texts=kept, text=redacted_statement(refused.text))

    replace = msgspec.structs.replace
    return replace(
        preview,
        matched=tuple(replace(match, refused=of(match.refused)) for match in preview.matched),
        left=tuple(replace(each, refused=of(each.refused)) for each in preview.left),
        unread=tuple(map(refusals.without_names, preview.unread)),
    )


def run_old_sheet(words: argparse.Namespace, console: Console) -> int:
    """Shows columns, samples and matches; takes the sheet in once --yes says that they were looked at."""
    opened = open_workspace if words.yes and not words.dry_run else look_at_workspace
    with opened(words) as workspace:
        book = book_named(workspace, words.book)
        file = old_sheets.open_sheet(words.file)
        first = old_sheets.plan(workspace, book.book_id, _table(file, words.sheet, book))
        agreed = _agreed(first, words)
        _tell_plan(agreed, book, console)
        match = old_sheets.match_sheet(workspace, book.book_id, agreed, file.file_name, ProgressBar())
        _tell_match(match, book, console)
        taken = None
        if words.yes and not words.dry_run:
            _require_told(agreed, words)
            old_sheets.remember_columns(workspace, first, agreed)
            taken = old_sheets.take_in_sheet(workspace, match, actor_of(words), ProgressBar(), doubtful=words.doubtful)
            facts = {"records": taken.records, "values": taken.values, "same": taken.same, "closed": taken.closed}
            console.say("incoming-sheet-taken", **facts)
        else:
            console.say("incoming-not-taken")
    console.result({"columns": _columns(agreed, book), "match": _brief(match), "taken": taken})
    return 3 if match.left else 0


def _table(file: Workbook, name: str, book: Book) -> Table:
    if not name:
        return file.tables[old_sheets.likeliest_table(file, book.record_type)]
    found = next((table for table in file.tables if table.name.casefold() == name.casefold()), None)
    if found is None:
        raise PolicyError("incoming-no-such-sheet", name=name, known=", ".join(table.name for table in file.tables))
    return found


def _agreed(plan: SheetPlan, words: argparse.Namespace) -> SheetPlan:
    """The plan with the columns and encodings that were named."""
    known = {field.id for field in load_catalogue().records[plan.record_type].fields} | {""}
    for heading, field_id in _pairs(words.map).items():
        if field_id not in known:
            raise PolicyError("incoming-no-such-field", name=field_id)
        plan = plan.with_field(_place(plan, heading), field_id)
    for heading, name in _pairs(words.encoding).items():
        if name not in list(Encoding):
            raise PolicyError("incoming-no-such-encoding", name=name, known=", ".join(Encoding))
        plan = plan.with_encoding(_place(plan, heading), Encoding(name))
    return plan


def _pairs(given: list[str]) -> Mapping[str, str]:
    return {heading.strip(): value.strip() for heading, _, value in (each.rpartition("=") for each in given)}


def _place(plan: SheetPlan, heading: str) -> int:
    for each in plan.columns:
        if heading_key(each.column.heading) == heading_key(heading):
            return each.column.place
    raise PolicyError("incoming-no-such-column", name=heading)


def _require_told(plan: SheetPlan, words: argparse.Namespace) -> None:
    """An encoding that the figures leave open is named by a person, or the sheet does not come in."""
    named = {heading_key(heading) for heading in _pairs(words.encoding)}
    doubtful = [
        each.column.heading for each in plan.mapped if each.needs_word and heading_key(each.column.heading) not in named
    ]
    if doubtful:
        raise PolicyError("incoming-encoding-open", columns=", ".join(doubtful))


def _tell_plan(plan: SheetPlan, book: Book, console: Console) -> None:
    for each in plan.columns:
        if not each.field_id:
            console.say("incoming-column-unknown", heading=each.column.heading or "—")
            continue
        share, margin = f"{each.guess.share:.0%}", f"{each.guess.margin:.0%}"
        encoding = sentence(f"incoming-encoding-{each.encoding.value}", language=console.language)
        key = "incoming-column-plain" if each.guess.plain else "incoming-column"
        facts = {"heading": each.column.heading, "field": each.field_id, "encoding": encoding}
        console.say(key, **facts, share=share, margin=margin)
        if each.guess.others:
            console.say("incoming-column-mixed", count=sum(each.guess.others.values()))
        if not each.guess.plain and is_confidential(book):
            console.say("incoming-samples-hidden")
        elif not each.guess.plain:
            for sample in samples(plan, each.column.place):
                console.line(f"    {sample.row}: {sample.before}  →  {sample.after}")


def _tell_match(match: old_sheets.SheetMatch, book: Book, console: Console) -> None:
    facts = {"sure": len(match.sure), "doubtful": len(match.doubtful), "left": len(match.left)}
    console.say("incoming-matched", **facts, without=len(match.without_row), uncertain=match.uncertain)
    for note in match.notes:
        console.say(f"incoming-note-{note.note.value}", field=note.field_id, count=note.count, row=note.first_row)
    doubtful = sentence("incoming-cell-doubtful", language=console.language)
    for cell in match.cells:
        text = redacted_name(cell.text) if is_confidential(book) else cell.text
        console.say("incoming-left", row=cell.row, reason=f"{doubtful} {cell.field_id}", text=text)
    for left in match.left:
        told = sentence(left.reason, language=console.language)
        console.say("incoming-left", row=left.row.number, reason=told, text=left.row.text("so"))


def _columns(plan: SheetPlan, book: Book) -> list[dict[str, object]]:
    return [
        {
            "heading": each.column.heading,
            "field": each.field_id,
            "by": each.column.by,
            "encoding": each.encoding,
            "share": round(each.guess.share, 4),
            "margin": round(each.guess.margin, 4),
            "mixed": {encoding.value: count for encoding, count in each.guess.others.items()},
            "samples": samples(plan, each.column.place)
            if each.field_id and not each.guess.plain and not is_confidential(book)
            else (),
        }
        for each in plan.columns
    ]


def _brief(match: old_sheets.SheetMatch) -> dict[str, object]:
    return {
        "sure": len(match.sure),
        "doubtful": [{"row": each.row.number, "record": each.record_id} for each in match.doubtful],
        "left": [{"row": each.row.number, "reason": each.reason} for each in match.left],
        "without_row": match.without_row,
        "notes": match.notes,
        "uncertain": match.uncertain,
    }
