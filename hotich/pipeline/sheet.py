"""A book as a sheet: rows read in portions, and changes of ranges, each a confirmation of its record."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from enum import StrEnum

import msgspec

from hotich.errors import PolicyError
from hotich.forms.formspec import FieldKind, FieldSpec, Need, RecordSpec
from hotich.forms.loader import load_catalogue
from hotich.forms.order import entry_order
from hotich.messages import Language
from hotich.pipeline.bulk import Change, Outcome, write_changes
from hotich.pipeline.cells import OPEN_STATUS, Cell, cell_of, entry_of, fields_of, number_of, on_page, owed
from hotich.pipeline.checking import check_folded
from hotich.pipeline.entry_view import FieldStatus
from hotich.pipeline.lookup import book_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.pipeline.tuning import settings_of
from hotich.store import Workspace
from hotich.text import fold, nfc, sort_key
from hotich.values import Actor, FieldState, Finding, Origin, Record, Region, Severity, Status
from hotich.workflow import Way

NUMBER = "so"


class RowMode(StrEnum):
    """Which rows are wanted: all, those with open fields, with doubtful suggestions, with errors or warnings."""

    ALL = "all"
    OPEN = "open"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


class ColumnFilter(msgspec.Struct, frozen=True):
    """What a column lets through: texts of the list (all when None) that hold these letters, marks and case apart."""

    values: tuple[str, ...] | None = None
    contains: str = ""

    @property
    def active(self) -> bool:
        """Whether it keeps anything out."""
        return self.values is not None or bool(self.contains)


class SheetOrder(msgspec.Struct, frozen=True):
    """How the sheet is looked at; no record changes by it. `sort_by` '' is the order of the pages."""

    filters: dict[str, ColumnFilter] = {}
    mode: RowMode = RowMode.ALL
    sort_by: str = ""
    descending: bool = False
    everything: bool = False
    widths: dict[str, int] = {}


class SheetRow(msgspec.Struct, frozen=True):
    """One record as a row; `findings` by field, those without a field under ''."""

    record_id: str
    page_id: str
    number: str
    status: Status
    cells: dict[str, Cell]
    owed: frozenset[str]
    regions: dict[str, Region]
    findings: dict[str, tuple[Finding, ...]]

    @property
    def changeable(self) -> bool:
        """Whether its fields may be changed."""
        return self.status in OPEN_STATUS

    def gravest(self, field_id: str) -> Severity | None:
        """How bad it is with that field; None when the rules have nothing to say that was not let stand."""
        open_ones = [f.severity for f in self.findings.get(field_id, ()) if not f.accepted_reason]
        found = [severity for severity in (Severity.ERROR, Severity.WARNING) if severity in open_ones]
        return found[0] if found else None


class Replacement(msgspec.Struct, frozen=True):
    """One line of the preview of a replacement; `barred` when its record was handed over or approved."""

    record_id: str
    number: str
    field_id: str
    old: str
    new: str
    barred: bool = False


class Search(msgspec.Struct, frozen=True):
    """What is looked for in confirmed texts; `whole` asks for the whole text, `any_case` takes capitals for small."""

    find: str
    replace: str = ""
    whole: bool = False
    any_case: bool = False


def sheet_columns(workspace: Workspace, book_id: str, *, everything: bool = False) -> tuple[FieldSpec, ...]:
    """The fields of the sheet: number and name first, then in the order of the form.

    Those that stand on no page and that the import does not need are left out unless `everything` is wanted.
    """
    catalogue = load_catalogue()
    spec = catalogue.records[book_of(workspace, book_id).record_type]
    some = workspace.records(book_id, limit=1)
    form = catalogue.forms.get(some[0].form_id) if some else None
    if form is None:
        return ()
    standing = on_page(form.id)
    ids = entry_order(form, spec)
    wanted = [i for i in ids if everything or i in standing or spec.field(i).need is not Need.OPTIONAL]
    first = frozen_ids(spec)
    return fields_of(spec, (*first, *(field_id for field_id in wanted if field_id not in first)))


def frozen_ids(spec: RecordSpec) -> tuple[str, ...]:
    """The fields by which a row is known: its number and the name of the first person."""
    name = next((f.id for f in spec.fields if f.kind is FieldKind.PERSON_NAME and f.id.endswith("HoTen")), "")
    own = next((f.id for f in spec.fields if f.id.endswith("HoTen") and f.person not in ("nyc", "")), name)
    return tuple(field_id for field_id in (NUMBER, own) if field_id)


class SheetReader:
    """Reads rows of one book; may be used from any thread."""

    def __init__(
        self, workspace: Workspace, book_id: str, columns: Sequence[FieldSpec], language: Language = Language.VIETNAMESE
    ) -> None:
        self._workspace, self._columns, self._language = workspace, tuple(columns), language
        self._book = book_of(workspace, book_id)
        self._settings = settings_of(workspace)

    def rows(self, record_ids: Iterable[str]) -> tuple[SheetRow, ...]:
        """The rows of these records as they stand, those that are gone left out."""
        records = (self._workspace.record(record_id) for record_id in record_ids)
        return tuple(self._row(record) for record in records if record is not None)

    def ids(self, order: SheetOrder, ticket: Ticket = SILENT) -> tuple[str, ...]:
        """The records that pass the filters, in the wanted order. Raises Cancelled through the ticket."""
        ids = self._workspace.record_ids(self._book.book_id)
        columns = {name: self.column(name) for name in self._asked(order)}
        for name, wanted in order.filters.items():
            if wanted.active and name in columns:
                ids = tuple(i for i in ids if passes(wanted, columns[name].get(i, Cell()).text))
        if order.mode is not RowMode.ALL:
            ids = tuple(i for i in ids if self._in_mode(i, order.mode, ticket))
        if order.sort_by in columns:
            ids = self._sorted(ids, columns[order.sort_by], order)
        return ids

    def column(self, field_id: str) -> dict[str, Cell]:
        """One field of every record."""
        field = next((column for column in self._columns if column.id == field_id), None)
        if field is None:
            return {}
        found = self._workspace.field_column(self._book.book_id, field_id)
        return {each.record_id: cell_of(field, each.entry, self._book, self._settings) for each in found}

    def replacements(self, record_ids: Sequence[str], field_ids: Sequence[str], search: Search) -> list[Replacement]:
        """Every confirmed text that would change, row by row. Suggestions are no values and are left alone."""
        pattern = _pattern(search)
        if pattern is None:
            return []
        found = []
        for record_id in record_ids:
            record = self._workspace.record(record_id)
            if record is not None and record.status is not Status.VOID:
                found += self._replaced(record, field_ids, pattern, nfc(search.replace))
        return found

    def _replaced(
        self, record: Record, field_ids: Sequence[str], pattern: re.Pattern[str], new: str
    ) -> list[Replacement]:
        found = []
        for field_id in field_ids:
            value = entry_of(record, field_id).value
            if value is None or value.state is not FieldState.VALUE:
                continue
            text = pattern.sub(lambda match: new, value.as_written)
            if text != value.as_written:
                barred = record.status not in OPEN_STATUS
                found.append(Replacement(record.record_id, number_of(record), field_id, value.as_written, text, barred))
        return found

    def _asked(self, order: SheetOrder) -> set[str]:
        active = {name for name, wanted in order.filters.items() if wanted.active}
        return active | ({order.sort_by} if order.sort_by else set())

    def _in_mode(self, record_id: str, mode: RowMode, ticket: Ticket) -> bool:
        ticket.check()
        record = self._workspace.record(record_id)
        if record is None:
            return False
        row = self._row(record)
        if mode is RowMode.OPEN:
            return bool(row.owed) and row.changeable
        if mode is RowMode.DOUBTFUL:
            return any(cell.status is FieldStatus.DOUBTFUL for cell in row.cells.values())
        return any(row.gravest(name) is not None for name in row.findings)

    def _sorted(self, ids: Sequence[str], column: dict[str, Cell], order: SheetOrder) -> tuple[str, ...]:
        field = next(each for each in self._columns if each.id == order.sort_by)
        told = [i for i in ids if column.get(i, Cell()).text]
        rest = [i for i in ids if not column.get(i, Cell()).text]
        told.sort(key=lambda i: _rank(field, column[i]), reverse=order.descending)
        return (*told, *rest)

    def _row(self, record: Record) -> SheetRow:
        cells = {c.id: cell_of(c, entry_of(record, c.id), self._book, self._settings) for c in self._columns}
        regions = {name: entry.region for name, entry in record.fields.items() if entry.region is not None}
        findings: dict[str, tuple[Finding, ...]] = {}
        if record.status is not Status.VOID:
            for finding in check_folded(record, self._book, self._language):
                for name in finding.fields or ("",):
                    findings[name] = (*findings.get(name, ()), finding)
        return SheetRow(
            record_id=record.record_id,
            page_id=record.page_id,
            number=number_of(record),
            status=record.status,
            cells=cells,
            owed=frozenset(column.id for column in self._columns if owed(column, record, cells[column.id])),
            regions=regions,
            findings=findings,
        )


def passes(wanted: ColumnFilter, text: str) -> bool:
    """Whether a text passes the filter of its column."""
    if wanted.values is not None and text not in wanted.values:
        return False
    return not wanted.contains or fold(wanted.contains) in fold(text)


def _rank(field: FieldSpec, cell: Cell) -> tuple[object, ...]:
    """What a text is sorted by: dates by the calendar, numbers by size, the rest as in a Vietnamese dictionary."""
    if field.kind is FieldKind.DATE:
        parts = (cell.normal or cell.text).split(".")
        return tuple(part.zfill(4) for part in reversed(parts))
    if field.kind in (FieldKind.ENTRY_NUMBER, FieldKind.BOOK_NUMBER, FieldKind.PAGE_NUMBER):
        number, _, year = (cell.normal or cell.text).partition("/")
        digits = re.sub(r"\D", "", number)
        return (year, int(digits) if digits else 0, number)
    return (sort_key(cell.text),)


def _pattern(search: Search) -> re.Pattern[str] | None:
    wanted = nfc(search.find)
    if not wanted:
        return None
    words = re.escape(wanted)
    return re.compile(rf"\A{words}\Z" if search.whole else words, re.IGNORECASE if search.any_case else 0)


def pasted(
    grid: Sequence[Sequence[str]], record_ids: Sequence[str], field_ids: Sequence[str], top: int, left: int
) -> list[Change]:
    """The changes that pasting a range at that cell means; empty cells change nothing.

    Raises PolicyError when the range does not fit into the sheet from there on.
    """
    height, width = len(grid), len(grid[0]) if grid else 0
    rows, columns = len(record_ids) - top, len(field_ids) - left
    if height > rows or width > columns:
        raise PolicyError("sheet-paste-too-large", height=height, width=width, rows=rows, columns=columns)
    return [
        Change(record_ids[top + down], field_ids[left + across], text, FieldState.VALUE, Origin.IMPORTED)
        for down, line in enumerate(grid)
        for across, text in enumerate(line)
        if text.strip()
    ]


def filled_down(rows: Sequence[SheetRow], field_ids: Sequence[str]) -> list[Change]:
    """The changes that give the fields of the first row to the rows under it. Raises PolicyError for a suggestion.

    What nobody confirmed is no value, so that it cannot be copied.
    """
    changes = []
    for field_id in field_ids:
        cell = rows[0].cells[field_id]
        if not cell.settled:
            raise PolicyError("sheet-fill-unconfirmed")
        for row in rows[1:]:
            changes.append(Change(row.record_id, field_id, cell.text, STATES[cell.status], Origin.COPIED))
    return changes


STATES = {
    FieldStatus.CONFIRMED: FieldState.VALUE,
    FieldStatus.BLANK: FieldState.BLANK,
    FieldStatus.UNREADABLE: FieldState.UNREADABLE,
}


def change_cells(workspace: Workspace, changes: Sequence[Change], actor: Actor, way: Way) -> Outcome:
    """What became of the changes; one step for undo. Raises PolicyError, StoreError."""
    return write_changes(workspace, changes, actor, way)


def kept_order(workspace: Workspace, book_id: str) -> SheetOrder:
    """How the sheet of that book was looked at last."""
    text = workspace.setting(_key(book_id))
    try:
        return msgspec.json.decode(text, type=SheetOrder) if text else SheetOrder()
    except msgspec.DecodeError:
        return SheetOrder()


def keep_order(workspace: Workspace, book_id: str, order: SheetOrder) -> None:
    """Remember how the sheet is looked at. It may name people, so it is kept with the records, nowhere else."""
    workspace.remember(_key(book_id), msgspec.json.encode(order).decode())


def _key(book_id: str) -> str:
    return f"sheet:{book_id}"
