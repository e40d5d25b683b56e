"""What would leave with a hand-off to the ministry: the template, the rows in page order, the names of their PDFs."""

from __future__ import annotations

from pathlib import Path

import msgspec

from hotich.durable import write_whole
from hotich.errors import HotichError, PolicyError, StoreError
from hotich.export.ministry.checks import CheckContext
from hotich.export.ministry.choices import OWN_FILE, Choices, load_choices
from hotich.export.ministry.names import distinct_names, pdf_name
from hotich.export.ministry.own_template import read_template
from hotich.export.ministry.rows import MinistryRow, cells_of
from hotich.export.ministry.template import Template, default_template, shipped_template, templates_for
from hotich.folding import fold_record
from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.pipeline.lookup import book_of, records_of
from hotich.store import Workspace
from hotich.values import Book, Record, RecordType, Status
from hotich.workflow import Exported, ExportKind, Refused

TEMPLATES_FOLDER = "templates"
"""Where a province's own templates lie, in the folder of the workspace."""


class Earlier(msgspec.Struct, frozen=True):
    """A hand-off of the book that was written: its number, and the last action that it speaks of."""

    number: int
    file_name: str
    history: int
    at: str


class HandoffPlan(msgspec.Struct, frozen=True):
    """The rows of all approved records, and the ids of those that leave; `withdrawn` left before and count no more."""

    context: CheckContext
    rows: tuple[MinistryRow, ...]
    leaving: frozenset[str]
    earlier: Earlier | None = None
    withdrawn: tuple[str, ...] = ()

    @property
    def leaving_rows(self) -> tuple[MinistryRow, ...]:
        """The rows of the workbook, numbered from 1."""
        rows = (row for row in self.rows if row.record_id in self.leaving)
        return tuple(msgspec.structs.replace(row, number=number) for number, row in enumerate(rows, start=1))


def choices_of(workspace: Workspace) -> Choices:
    """The shipped choices, replaced by those of the workspace's own file. Raises SetupError when that file is wrong."""
    return load_choices(workspace.folder / OWN_FILE)


def own_templates(workspace: Workspace, record_type: RecordType) -> tuple[Template, ...]:
    """The templates that a province dropped into the workspace and that fit the record type, by name of the file."""
    found = []
    for file in sorted((workspace.folder / TEMPLATES_FOLDER).glob("*.xlsx")):
        try:
            found.append(read_template(file, record_type))
        except HotichError:
            continue
    return tuple(found)


def template_choices(workspace: Workspace, record_type: RecordType) -> tuple[Template, ...]:
    """The templates among which a person may choose: the province's own first, then those that came along."""
    return (*own_templates(workspace, record_type), *templates_for(record_type))


def chosen_template(workspace: Workspace, record_type: RecordType, wanted: str = "") -> Template:
    """The template of that id, name in the workspace's folder, or path of an .xlsx; with '' the one chosen last.

    Raises SetupError, InputError; a template chosen last that is gone or broken gives way to the usual one.
    """
    if wanted:
        return _template(workspace, record_type, wanted)
    remembered = workspace.setting(_key(record_type))
    try:
        return _template(workspace, record_type, remembered) if remembered else default_template(record_type)
    except HotichError:
        return default_template(record_type)


def _template(workspace: Workspace, record_type: RecordType, wanted: str) -> Template:
    if wanted.lower().endswith((".xlsx", ".xlsm", ".xls")):
        own = workspace.folder / TEMPLATES_FOLDER / wanted
        return read_template(own if own.is_file() else Path(wanted).expanduser(), record_type)
    return shipped_template(wanted, record_type)


def add_template(workspace: Workspace, record_type: RecordType, file: Path) -> Template:
    """A copy of a province's template in the folder of the workspace, where it is offered from now on.

    Raises InputError where it is none for that record type, StoreError where it cannot be kept.
    """
    read_template(file, record_type)
    kept = workspace.folder / TEMPLATES_FOLDER / file.name
    try:
        if file.resolve() != kept.resolve():
            kept.parent.mkdir(exist_ok=True)
            write_whole(kept, file.read_bytes())
    except OSError as error:
        raise StoreError("ministry-template-not-kept", file=file.name, detail=error.strerror or error) from error
    return read_template(kept, record_type)


def remember_template(workspace: Workspace, template: Template) -> None:
    """Keeps the template as the one to start from for its record type."""
    own = template.file is not None and template.file.parent != workspace.folder / TEMPLATES_FOLDER
    workspace.remember(_key(template.record_type), str(template.file) if own else template.id)


def _key(record_type: RecordType) -> str:
    return f"ministry-template:{record_type.value}"


def handoffs_of(workspace: Workspace, book_id: str) -> tuple[Earlier, ...]:
    """The hand-offs of a book to the ministry in the order in which they left, numbered from 1."""
    actions = workspace.book_actions(book_id, Exported.__name__)
    left = [(a, a.event) for a in actions if isinstance(a.event, Exported) and a.event.kind is ExportKind.MINISTRY]
    return tuple(
        Earlier(number, event.file_name, event.history, action.at)
        for number, (action, event) in enumerate(left, start=1)
    )


def plan_handoff(
    workspace: Workspace,
    book_id: str,
    template: Template | None = None,
    *,
    since: int = 0,
    language: Language = Language.VIETNAMESE,
) -> HandoffPlan:
    """What would leave. With `since`, only rows that are new, corrected or refused since the hand-off of that number.

    Raises PolicyError when there is no such book or hand-off, SetupError and InputError of the template.
    """
    book = book_of(workspace, book_id)
    chosen = template or chosen_template(workspace, book.record_type)
    choices = choices_of(workspace)
    context = CheckContext(book, load_catalogue().records[book.record_type], chosen, choices, language)
    rows = _rows(workspace, book, context)
    everything = frozenset(row.record_id for row in rows)
    if not since:
        return HandoffPlan(context, rows, everything)
    earlier = _earlier(workspace, book_id, since)
    then = {record_id: _cells_then(workspace, record_id, earlier.history, context) for record_id in everything}
    # What was refused is not there, even where the paper says just what left: it leaves again as it is.
    changed = {row.record_id for row in rows if dict(row.cells) != then[row.record_id]}
    leaving = frozenset(changed | (everything & _refused_since(workspace, book_id, earlier)))
    return HandoffPlan(context, rows, leaving, earlier, _withdrawn(workspace, book_id, everything, earlier, context))


def _earlier(workspace: Workspace, book_id: str, since: int) -> Earlier:
    left = handoffs_of(workspace, book_id)
    if not 1 <= since <= len(left):
        raise PolicyError("ministry-no-earlier", number=since, count=len(left))
    return left[since - 1]


def _rows(workspace: Workspace, book: Book, context: CheckContext) -> tuple[MinistryRow, ...]:
    records = list(records_of(workspace, book.book_id, Status.APPROVED))
    cells = [cells_of(record, context.spec, context.choices) for record in records]
    names = distinct_names(pdf_name(row, book.record_type, context.choices) for row in cells)
    return tuple(
        MinistryRow(record.record_id, number, row, name, record.accepted)
        for number, (record, row, name) in enumerate(zip(records, cells, names, strict=True), start=1)
    )


def _cells_then(workspace: Workspace, record_id: str, history: int, context: CheckContext) -> dict[str, str] | None:
    """The row as it stood after that action, or None where it was not approved then."""
    actions = [action for action in workspace.actions(record_id=record_id) if action.action_id <= history]
    record = fold_record(actions) if actions else None
    return cells_of(record, context.spec, context.choices) if _is_approved(record) and record is not None else None


def _refused_since(workspace: Workspace, book_id: str, earlier: Earlier) -> set[str]:
    """The ids of records that the importer did not take after that hand-off, unless that was taken back."""
    told = {action.record_id for action in workspace.book_actions(book_id, Refused.__name__)}
    records = (record for record_id in told if (record := workspace.record(record_id)) is not None)
    return {record.record_id for record in records if any(each.number > earlier.history for each in record.refusals)}


def _is_approved(record: Record | None) -> bool:
    return record is not None and record.status is Status.APPROVED


def _withdrawn(
    workspace: Workspace, book_id: str, present: frozenset[str], earlier: Earlier, context: CheckContext
) -> tuple[str, ...]:
    """Numbers of the rows that left then and whose records count no more."""
    gone = [record_id for record_id in workspace.record_ids(book_id) if record_id not in present]
    cells = (_cells_then(workspace, record_id, earlier.history, context) for record_id in gone)
    return tuple(row["so"] for row in cells if row is not None)
