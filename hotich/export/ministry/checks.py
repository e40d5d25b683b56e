"""What the importer would refuse: its rules put to the rows as they leave, the names of their PDFs, and the template.

Rules that stand in hotich/rules are asked there (`importer.toml` names them); only what concerns cells, files and
columns is checked here.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources

import msgspec

from hotich.dates import parse_date
from hotich.export.ministry.choices import Choices
from hotich.export.ministry.names import contradictions
from hotich.export.ministry.rows import LONGEST_CELL, MinistryRow, cell_length, is_writable, papers_of
from hotich.export.ministry.template import Column, Source, Template
from hotich.forms.formspec import FieldKind, FieldSpec, Need, RecordSpec
from hotich.forms.loader import load_catalogue
from hotich.messages import Language, sentence
from hotich.rules import RecordView, RuleContext, check_book_rows, check_record_view
from hotich.text import fold
from hotich.values import Book, FieldValue, Finding, Severity

_DATE = re.compile(r"(?:(?:\d{2}\.)?\d{2}\.)?\d{4}")
_PAGE = "trangSo"


class ImporterCheck(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A check of the importer, and the beginning of the ids of our rules that ask the same."""

    rule: str
    vi: str
    en: str


class _Checks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    check: tuple[ImporterCheck, ...]


@cache
def importer_checks() -> tuple[ImporterCheck, ...]:
    """The checks of `importer.toml` in their order."""
    text = (resources.files("hotich.export.ministry") / "importer.toml").read_text(encoding="utf-8")
    return msgspec.convert(tomllib.loads(text), _Checks).check


class CheckContext(msgspec.Struct, frozen=True):
    """The book that leaves, by which template and choices, and the language of the sentences."""

    book: Book
    spec: RecordSpec
    template: Template
    choices: Choices
    language: Language = Language.VIETNAMESE

    def finding(
        self, severity: Severity, key: str, record_id: str = "", fields: tuple[str, ...] = (), **facts: object
    ) -> Finding:
        """A finding with its sentence; {label} is the name of the first field."""
        told = {name: str(fact) for name, fact in facts.items()}
        if fields:
            told["label"] = self.spec.field(fields[0]).name(self.language is Language.ENGLISH)
        return Finding(key, severity, fields, sentence(key, told, self.language), record_id)


def check_rows(rows: Sequence[MinistryRow], context: CheckContext) -> tuple[Finding, ...]:
    """Everything that the importer would refuse or doubt in the rows, their PDFs' names and the template."""
    return (
        *_template_findings(rows, context),
        *_by_rules(rows, context),
        *(finding for row in rows for finding in _row_findings(row, context)),
        *_pages_untold(rows, context),
        *_doubled_people(rows, context),
        *_papers_untold(rows, context),
    )


def _by_rules(rows: Sequence[MinistryRow], context: CheckContext) -> Iterator[Finding]:
    """What hotich/rules says of the rows as they leave: every column is known, what is empty is empty."""
    asked = tuple(check.rule for check in importer_checks())
    views = [_view(row) for row in rows]
    on_page = frozenset(field.id for field in context.spec.fields)
    about = RuleContext(context.book, context.spec, on_page, language=context.language)
    for view in views:
        yield from (found for found in check_record_view(view, about) if found.rule_id.startswith(asked))
    between = check_book_rows(views, context.book, context.language)
    yield from (found for found in between if found.rule_id.startswith(asked))


def _view(row: MinistryRow) -> RecordView:
    values = {field_id: FieldValue(field_id, text, text) for field_id, text in row.cells.items()}
    return RecordView(row.record_id, values, row.accepted)


def _row_findings(row: MinistryRow, context: CheckContext) -> Iterator[Finding]:
    yield from _cell_findings(row, context)
    yield from _code_findings(row, context)
    if not row.pdf:
        yield context.finding(Severity.ERROR, "ministry-no-name", row.record_id, ("so", "quyenSo", "ngayDangKy"))
    elif wrong := contradictions(row.pdf, row.cells, context.choices):
        yield context.finding(Severity.ERROR, "ministry-name-differs", row.record_id, wrong, name=row.pdf)


def _cell_findings(row: MinistryRow, context: CheckContext) -> Iterator[Finding]:
    for field in context.spec.fields:
        text = row.cells.get(field.id, "")
        if not text:
            continue
        if (length := cell_length(text)) > LONGEST_CELL:
            yield context.finding(Severity.ERROR, "ministry-cell-long", row.record_id, (field.id,), length=length)
        if not is_writable(text):
            yield context.finding(Severity.ERROR, "ministry-cell-letters", row.record_id, (field.id,))
        if not _is_lawful(field, text):
            shown = text[:60]
            yield context.finding(Severity.ERROR, "ministry-not-importable", row.record_id, (field.id,), value=shown)


def _is_lawful(field: FieldSpec, text: str) -> bool:
    """Whether the text of a cell has the form or stands in the list that its column asks for."""
    catalogue = load_catalogue()
    match field.kind:
        case FieldKind.DATE:
            return _DATE.fullmatch(text) is not None and parse_date(text).date is not None
        case FieldKind.CHOICE:
            return catalogue.codes[field.codes].code(text) is not None
        case FieldKind.ETHNIC:
            return text in catalogue.ethnic.names
        case FieldKind.NATIONALITY:
            return text in catalogue.nationalities.names
        case _:
            return True


def _code_findings(row: MinistryRow, context: CheckContext) -> Iterator[Finding]:
    """Codes that the template's header does not list; 0 says nothing and is told for all rows together."""
    for column in context.template.columns:
        text = row.cells.get(column.field_id, "") if column.source is Source.FIELD else ""
        if text not in ("", "0") and column.allowed and text not in column.allowed:
            listed = ", ".join(column.allowed)
            about = (row.record_id, (column.field_id,))
            yield context.finding(Severity.ERROR, "ministry-code-not-listed", *about, code=text, listed=listed)


def _zeros_unlisted(rows: Sequence[MinistryRow], context: CheckContext) -> Iterator[Finding]:
    for column in context.template.columns:
        if column.source is Source.FIELD and column.allowed and "0" not in column.allowed:
            zeros = sum(row.cells.get(column.field_id) == "0" for row in rows)
            if zeros:
                listed, key = ", ".join(column.allowed), "ministry-zero-not-listed"
                yield context.finding(Severity.NOTE, key, rows=zeros, listed=listed, column=column.code)


def _pages_untold(rows: Sequence[MinistryRow], context: CheckContext) -> Iterator[Finding]:
    """Rows without the number of their page; a book without page numbers is told once."""
    untold = [row.record_id for row in rows if not row.cells.get(_PAGE, "0")]
    if len(untold) == len(rows) and len(rows) > 1:
        yield context.finding(Severity.WARNING, "ministry-pages-empty", "", (_PAGE,))
        return
    for record_id in untold:
        yield context.finding(Severity.WARNING, "ministry-page-empty", record_id, (_PAGE,))


def _template_findings(rows: Sequence[MinistryRow], context: CheckContext) -> Iterator[Finding]:
    template = context.template
    for column in template.columns:
        if column.source is Source.UNKNOWN and column.code:
            yield _unknown_column(column, template, context)
    for field in context.spec.fields:
        if not template.has(field.id):
            yield from _missing_column(field, rows, context)
    yield from _zeros_unlisted(rows, context)
    if template.samples:
        yield context.finding(Severity.NOTE, "ministry-samples-gone", rows=template.samples)
    for remark in template.remarks:
        yield context.finding(Severity.NOTE, "ministry-template-remark", remark=remark)
    if not template.official:
        yield context.finding(Severity.NOTE, "ministry-not-official", template=template.id)


def _unknown_column(column: Column, template: Template, context: CheckContext) -> Finding:
    doubled = sum(other.code == column.code for other in template.columns) > 1
    key = "ministry-column-doubled" if doubled else "ministry-column-unknown"
    return context.finding(Severity.WARNING, key, column=column.code)


def _missing_column(field: FieldSpec, rows: Sequence[MinistryRow], context: CheckContext) -> Iterator[Finding]:
    """A column of ours that the template lacks: an error where the importer needs it, else told if text is lost."""
    label = field.name(context.language is Language.ENGLISH)
    if field.need is Need.REQUIRED:
        yield context.finding(Severity.ERROR, "ministry-column-needed", column=field.id, name=label)
        return
    lost = [row.record_id for row in rows if row.cells.get(field.id)]
    severity = Severity.WARNING if lost else Severity.NOTE
    key = "ministry-column-lost" if lost else "ministry-column-missing"
    yield context.finding(severity, key, column=field.id, name=label, rows=len(lost))


def _doubled_people(rows: Sequence[MinistryRow], context: CheckContext) -> Iterator[Finding]:
    """Two entries of the same people with the same dates of birth: keyed twice, or from the second copy of the book.

    Twins differ in name and are no double.
    """
    names = [field for field in context.spec.fields if field.kind is FieldKind.PERSON_NAME and field.need is not
             Need.OPTIONAL]  # fmt: skip
    born = [f for f in context.spec.fields if f.kind is FieldKind.DATE and f.person in {name.person for name in names}]
    seen: dict[tuple[str, ...], MinistryRow] = {}
    for row in rows:
        key = tuple(fold(row.cells[field.id]) for field in (*names, *born))
        if not names or not row.cells[names[0].id] or not any(row.cells[field.id] for field in born):
            continue
        first = seen.setdefault(key, row)
        if first is not row:
            fields = (names[0].id,)
            other = first.cells.get("so", "")
            yield context.finding(
                Severity.WARNING, "ministry-same-people", row.record_id, fields,
                name=row.cells[names[0].id], other=other,
            )  # fmt: skip


def _papers_untold(rows: Sequence[MinistryRow], context: CheckContext) -> Iterator[Finding]:
    """How many rows leave without number and kind of a paper: some importers want kind 8 there."""
    pairs = papers_of(context.spec)
    untold = sum(any(not row.cells[number] and row.cells[kind] in ("", "0") for kind, number in pairs) for row in rows)
    if untold and context.template.official:
        yield context.finding(Severity.NOTE, "ministry-papers-untold", rows=untold)


def check_pairs(rows: Sequence[MinistryRow], made: Sequence[str], context: CheckContext) -> tuple[Finding, ...]:
    """Whether every row has exactly one PDF and every PDF its row; `made` are the record ids of the PDFs."""
    count = Counter(made)
    numbers = {row.record_id: row.cells["so"] for row in rows}
    wrong = [
        *(("ministry-pdf-missing", record_id) for record_id in numbers if not count[record_id]),
        *(("ministry-pdf-doubled", record_id) for record_id in numbers if count[record_id] > 1),
        *(("ministry-row-missing", record_id) for record_id in count if record_id not in numbers),
    ]
    return tuple(
        context.finding(Severity.ERROR, key, record_id, number=numbers.get(record_id, "")) for key, record_id in wrong
    )
