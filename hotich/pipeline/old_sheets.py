"""Sheets that communes keyed earlier: matched to the records of a book, and taken in as suggestions.

Nothing here is a value: what a sheet says stands grey beside the page until a person confirms it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from hotich import workflow
from hotich.forms.formspec import FieldKind, FieldSpec, RecordSpec
from hotich.forms.loader import load_catalogue
from hotich.incoming.cells import CellNote
from hotich.incoming.headers import DOCUMENT, MatchedBy, find_headings, heading_key
from hotich.incoming.plan import SheetPlan, SheetRow, plan_sheet, rows_of
from hotich.incoming.sheets import Table, Workbook, read_workbook
from hotich.normal import NormalContext, normalise
from hotich.pipeline.acting import draft_of
from hotich.pipeline.lookup import book_of, records_of
from hotich.pipeline.row_matching import SURE, Clue, Faces, Found, clue_of, faces_of, normal_date
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.values import Actor, Book, ImportedText, Record, RecordType, Status

AT_ONCE = 200
"""Records written in one transaction."""

CELLS_TOLD = 200
"""Cells of doubtful encoding that are listed."""

CODE_DIGITS = 3
"""Codes of the lists are shorter."""

OPEN = (Status.DRAFT, Status.RETURNED)


class RowMatch(msgspec.Struct, frozen=True):
    """A row and its record. Not `sure` where only part of what they say agrees: a person is asked."""

    row: SheetRow
    record_id: str
    sure: bool


class RowLeft(msgspec.Struct, frozen=True):
    """A row without a record; `reason` is the key of the sentence that says why."""

    row: SheetRow
    reason: str


class NoteCount(msgspec.Struct, frozen=True):
    """What the sheet did to values of a column: how often, and in which row first."""

    field_id: str
    note: CellNote
    count: int
    first_row: int


class DoubtfulCell(msgspec.Struct, frozen=True):
    """A cell whose encoding cannot be told; it is left out."""

    row: int
    field_id: str
    text: str


class SheetMatch(msgspec.Struct, frozen=True):
    """What taking a sheet in would do. `without_row` are the records that no row speaks of.

    `uncertain` counts cells whose encoding cannot be told, which are left out; `cells` are the first of them.
    """

    book_id: str
    file_name: str
    matched: tuple[RowMatch, ...]
    left: tuple[RowLeft, ...]
    without_row: tuple[str, ...]
    notes: tuple[NoteCount, ...] = ()
    uncertain: int = 0
    cells: tuple[DoubtfulCell, ...] = ()

    @property
    def sure(self) -> tuple[RowMatch, ...]:
        return tuple(match for match in self.matched if match.sure)

    @property
    def doubtful(self) -> tuple[RowMatch, ...]:
        return tuple(match for match in self.matched if not match.sure)


class SheetTaken(msgspec.Struct, frozen=True):
    """What became of it: records and values that got a suggestion, values that were there, records that are closed."""

    records: int
    values: int
    same: int
    closed: int


def open_sheet(path: Path) -> Workbook:
    """The sheets of a file. Raises InputError."""
    return read_workbook(path)


def likeliest_table(file: Workbook, record_type: RecordType) -> int:
    """The place of the sheet in which most columns are known; the first of those."""
    known = [sum(bool(column.field_id) for column in find_headings(each, record_type).columns) for each in file.tables]
    return max(range(len(known)), key=lambda place: (known[place], -place))


def plan(workspace: Workspace, book_id: str, table: Table) -> SheetPlan:
    """The plan of a table, with the columns as a person mapped them before."""
    record_type = book_of(workspace, book_id).record_type
    return plan_sheet(table, record_type, remembered_columns(workspace, record_type))


def remembered_columns(workspace: Workspace, record_type: RecordType) -> dict[str, str]:
    """Field ids by heading, as people mapped them."""
    kept = workspace.setting(f"sheet-columns:{record_type.value}")
    return msgspec.json.decode(kept, type=dict[str, str]) if kept else {}


def remember_columns(workspace: Workspace, before: SheetPlan, agreed: SheetPlan) -> None:
    """Keeps what a person changed in the columns of a plan, for the next file with such headings."""
    kept = remembered_columns(workspace, agreed.record_type)
    changed = dict(kept)
    for old, new in zip(before.columns, agreed.columns, strict=True):
        if new.column.heading and (old.field_id != new.field_id or old.column.by is MatchedBy.HAND):
            changed[heading_key(new.column.heading)] = new.field_id
    if changed != kept:
        workspace.remember(f"sheet-columns:{agreed.record_type.value}", msgspec.json.encode(changed).decode())


def match_sheet(
    workspace: Workspace, book_id: str, agreed: SheetPlan, file_name: str, ticket: Ticket = SILENT
) -> SheetMatch:
    """Which record each row speaks of. Nothing is written. Raises PolicyError, Cancelled."""
    book = book_of(workspace, book_id)
    faces = faces_of(workspace, book, _heard(records_of(workspace, book_id), ticket))
    rows = tuple(rows_of(agreed))
    found = []
    for place, row in enumerate(rows):
        if place % AT_ONCE == 0:
            ticket.check()
            ticket.progress(place, len(rows))
        found.append((row, faces.find(_clue(row, book))))
    ticket.progress(len(rows), len(rows))
    return _result(book_id, file_name, rows, found, faces)


def _heard(records: Iterable[Record], ticket: Ticket) -> Iterator[Record]:
    """The records one by one, unless somebody stops it."""
    for place, record in enumerate(records):
        if place % AT_ONCE == 0:
            ticket.check()
        yield record


def _clue(row: SheetRow, book: Book) -> Clue:
    texts = {field_id: value.text for field_id, value in row.values.items() if value.certain}
    return clue_of(texts, book, row.text(DOCUMENT))


def _result(
    book_id: str, file_name: str, rows: Sequence[SheetRow], found: Sequence[tuple[SheetRow, Found]], faces: Faces
) -> SheetMatch:
    by_record: dict[str, list[tuple[SheetRow, Found]]] = defaultdict(list)
    left = [RowLeft(row, each.reason) for row, each in found if not each.record_id]
    for row, each in found:
        if each.record_id:
            by_record[each.record_id].append((row, each))
    matched = []
    for record_id, claims in by_record.items():
        best = max(each.score for _, each in claims)
        winners = [row for row, each in claims if each.score == best]
        losers = [row for row, each in claims if each.score < best]
        if len(winners) > 1 and not _same(winners):
            left += [RowLeft(row, "incoming-rows-double") for row in winners]
        else:
            matched.append(RowMatch(winners[0], record_id, best >= SURE))
            left += [RowLeft(row, "incoming-rows-double") for row in winners[1:]]
        left += [RowLeft(row, "incoming-rows-double") for row in losers]
    taken = {match.record_id for match in matched}
    cells = [
        DoubtfulCell(row.number, field_id, value.text)
        for row in rows
        for field_id, value in row.values.items()
        if not value.certain
    ]
    return SheetMatch(
        book_id=book_id,
        file_name=file_name,
        matched=tuple(sorted(matched, key=lambda match: match.row.number)),
        left=tuple(sorted(left, key=lambda each: each.row.number)),
        without_row=tuple(face.record_id for face in faces.all if face.record_id not in taken),
        notes=_notes(rows),
        uncertain=len(cells),
        cells=tuple(cells[:CELLS_TOLD]),
    )


def _same(rows: Sequence[SheetRow]) -> bool:
    """Whether rows say the same: one was keyed twice."""
    return all(row.values == rows[0].values for row in rows)


def _notes(rows: Sequence[SheetRow]) -> tuple[NoteCount, ...]:
    counts: Counter[tuple[str, CellNote]] = Counter()
    first: dict[tuple[str, CellNote], int] = {}
    for row in rows:
        for field_id, value in row.values.items():
            if value.note is not None:
                counts[field_id, value.note] += 1
                first.setdefault((field_id, value.note), row.number)
    return tuple(NoteCount(*key, count, first[key]) for key, count in counts.most_common())


def take_in_sheet(
    workspace: Workspace, match: SheetMatch, actor: Actor, ticket: Ticket = SILENT, *, doubtful: bool = False
) -> SheetTaken:
    """Writes the matched rows as suggestions; those not sure only where a person said so.

    What is there already is not written again. A closed record is left as it is. Raises PolicyError, Cancelled; what
    was written before stays.
    """
    book = book_of(workspace, match.book_id)
    spec = load_catalogue().records[book.record_type]
    wanted = [each for each in match.matched if each.sure or doubtful]
    records = values = same = closed = 0
    for start in range(0, len(wanted), AT_ONCE):
        ticket.check()
        ticket.progress(start, len(wanted))
        drafts = []
        for each in wanted[start : start + AT_ONCE]:
            record = workspace.record(each.record_id)
            if record is None or record.status not in OPEN:
                closed += 1
                continue
            told = imported_texts(each.row, book, spec, match.file_name)
            fresh = tuple(text for text in told if not _is_there(record, text))
            same += len(told) - len(fresh)
            if fresh:
                drafts.append(draft_of(record, workflow.RowImported(fresh), actor))
                records, values = records + 1, values + len(fresh)
        if drafts:
            workspace.append(*drafts)
    ticket.progress(len(wanted), len(wanted))
    return SheetTaken(records, values, same, closed)


def _is_there(record: Record, text: ImportedText) -> bool:
    entry = record.fields.get(text.field_id)
    kept = entry.imported if entry is not None else None
    return kept is not None and (kept.as_written, kept.normal) == (text.as_written, text.normal)


def imported_texts(row: SheetRow, book: Book, spec: RecordSpec, file_name: str) -> tuple[ImportedText, ...]:
    """What the row says of each field, with its normal form; cells in doubt are left out."""
    date = normal_date(row.text("ngayDangKy"), book.year)
    year = int(date[-4:]) if date[-4:].isdecimal() else book.year
    found = []
    for field in spec.fields:
        value = row.values.get(field.id)
        written = in_words(field, value.text) if value is not None and value.certain else ""
        if value is not None and written:
            normal = normalise(field, written, NormalContext(book, year=year)).normal
            found.append(ImportedText(field.id, written, normal, file_name, row.number))
    return tuple(found)


def in_words(field: FieldSpec, text: str) -> str:
    """The text; the code of a list as the words for it, which is what the page says. Code 0 says nothing: ''."""
    if field.kind is not FieldKind.CHOICE or not text.isdecimal() or len(text) > CODE_DIGITS:
        return text
    code = str(int(text))
    found = load_catalogue().codes[field.codes].code(code)
    return "" if code == "0" else found.label if found is not None else text
