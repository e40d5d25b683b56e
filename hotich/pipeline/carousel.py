"""The same field over many records: snippets grouped by what was read, odd ones apart, confirmed by the page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

import msgspec

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.forms.order import entry_order
from hotich.messages import Language
from hotich.normal import NormalContext, normalise
from hotich.pipeline.bulk import Change, Outcome, write_changes
from hotich.pipeline.cells import OPEN_STATUS, Cell, cell_of, entry_of, number_of, on_page
from hotich.pipeline.checking import view_of
from hotich.pipeline.entry_view import BLANK_READING, FieldStatus
from hotich.pipeline.lookup import book_of, records_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.pipeline.tuning import settings_of
from hotich.rules import RuleContext, check_record_view
from hotich.store import Workspace
from hotich.text import is_ditto, sort_key
from hotich.values import (
    Actor,
    Book,
    FieldState,
    FieldValue,
    Origin,
    Reading,
    Record,
    Region,
    Severity,
    Status,
)
from hotich.workflow import Way

FIRST_KINDS = (
    FieldKind.CHOICE,
    FieldKind.ETHNIC,
    FieldKind.NATIONALITY,
    FieldKind.BOOK_NUMBER,
    FieldKind.PLACE,
)
SIGNERS = ("nguoiKy", "chucVuNguoiKy", "nguoiThucHien")
"""Fields in which one hand follows itself for pages."""

REPEATING = (FieldKind.CHOICE, FieldKind.ETHNIC, FieldKind.NATIONALITY, FieldKind.BOOK_NUMBER)
"""Kinds of which the same few values come again and again in a book."""

SEVERAL = "…"
"""The text of a group in which every snippet says something else."""

FEW = 2
"""As many records with one value, in a book of many, are too few to pass among the others."""
MANY = 50


class GroupKind(StrEnum):
    """VALUE, VARIOUS (every one another) and BLANK are confirmed by the page, the others one by one.

    What is unusual wants a look of its own.
    """

    VALUE = "value"
    VARIOUS = "various"
    BLANK = "blank"
    RARE = "rare"
    UNLIKE = "unlike"
    FINDING = "finding"
    DOUBTFUL = "doubtful"
    UNREAD = "unread"

    @property
    def by_page(self) -> bool:
        """Whether Enter confirms all of the group that is on the screen."""
        return self in (GroupKind.VALUE, GroupKind.VARIOUS, GroupKind.BLANK)


class Show(StrEnum):
    """Which snippets are wanted."""

    OPEN = "open"
    DOUBTFUL = "doubtful"
    ALL = "all"


class Snippet(msgspec.Struct, frozen=True):
    """One field of one record as the carousel shows it. `key` tells it apart; `finding` is what a rule would say.

    `planted` is the known answer of a trial: the snippet stands in a group it does not belong to, and nothing that is
    done to it changes its record.
    """

    key: str
    record_id: str
    book_id: str
    page_id: str
    number: str
    cell: Cell
    blank: bool
    status: Status
    region: Region | None
    """Where it stands on the page; nothing is known of that in a book keyed on a plain form."""
    others: tuple[str, ...] = ()
    finding: str = ""
    at_odds: bool = False
    """The cover of the book says one thing, and the ink was read as another."""
    planted: str = ""
    over: bool = False
    """The trial has been told."""

    @property
    def open(self) -> bool:
        """Whether a person still owes a word on it and may give it."""
        if self.planted:
            return not self.over
        return not self.cell.settled and self.status in OPEN_STATUS


class Group(msgspec.Struct, frozen=True):
    """Snippets of one value and kind; `text` is the value as the list writes it, else as most of them read."""

    kind: GroupKind
    text: str
    snippets: tuple[Snippet, ...]


class Deck(msgspec.Struct, frozen=True):
    """All snippets of a field; `settled` of `total` have a person's word, records handed over included."""

    field: FieldSpec
    groups: tuple[Group, ...]
    settled: int
    total: int

    @property
    def snippets(self) -> tuple[Snippet, ...]:
        """All of them in the order of the groups."""
        return tuple(snippet for group in self.groups for snippet in group.snippets)


def carousel_fields(workspace: Workspace, book_id: str) -> tuple[FieldSpec, ...]:
    """The fields that stand on the pages of the book, those first for which the carousel is made."""
    book = book_of(workspace, book_id)
    catalogue = load_catalogue()
    spec = catalogue.records[book.record_type]
    some = workspace.records(book_id, limit=1)
    form = catalogue.forms.get(some[0].form_id if some else book.form_id)
    if form is None:
        return ()
    standing = [spec.field(field_id) for field_id in entry_order(form, spec) if field_id in on_page(form.id)]
    return tuple(sorted(standing, key=_rank))


def _rank(field: FieldSpec) -> int:
    if field.id in SIGNERS:
        return FIRST_KINDS.index(FieldKind.PLACE)
    return FIRST_KINDS.index(field.kind) if field.kind in FIRST_KINDS else len(FIRST_KINDS)


def books_like(workspace: Workspace, book_id: str) -> tuple[str, ...]:
    """The ids of the books of the same type and office, that one first: what is keyed in one go."""
    own = book_of(workspace, book_id)
    others = (row.book for row in workspace.books())
    alike = [b.book_id for b in others if (b.record_type, b.place, b.practice) == _likeness(own)]
    return (book_id, *(other for other in alike if other != book_id))


def _likeness(book: Book) -> tuple[object, ...]:
    return (book.record_type, book.place, book.practice)


def deck_of(
    workspace: Workspace,
    book_ids: Sequence[str],
    field_id: str,
    *,
    language: Language = Language.VIETNAMESE,
    ticket: Ticket = SILENT,
) -> Deck:
    """The field over all records of the books, of one record type. Raises KeyError for a field the type has not."""
    snippets: list[Snippet] = []
    dealer: _Dealer | None = None
    for book_id in book_ids:
        dealer = _Dealer(workspace, book_of(workspace, book_id), field_id, language)
        for record in records_of(workspace, book_id):
            ticket.check()
            if (dealt := dealer.snippet(record)) is not None:
                snippets.append(dealt)
    if dealer is None:
        raise KeyError(field_id)
    settled = sum(not snippet.open for snippet in snippets)
    return Deck(dealer.field, grouped(dealer.field, snippets, dealer.doubtful_below), settled, len(snippets))


def refreshed(
    workspace: Workspace, snippet: Snippet, field_id: str, *, language: Language = Language.VIETNAMESE
) -> Snippet:
    """The snippet as its record stands now; as it was when the record is gone."""
    record = workspace.record(snippet.record_id)
    if record is None or snippet.planted:
        return snippet
    dealer = _Dealer(workspace, book_of(workspace, snippet.book_id), field_id, language)
    return dealer.snippet(record) or snippet


class _Dealer:
    """Makes the snippets of one field of one book."""

    def __init__(self, workspace: Workspace, book: Book, field_id: str, language: Language) -> None:
        self._book, self._language = book, language
        self._spec = load_catalogue().records[book.record_type]
        self.field = self._spec.field(field_id)
        self._settings = settings_of(workspace)
        self.doubtful_below = self._settings.doubtful_below

    def snippet(self, record: Record) -> Snippet | None:
        """The field of that record; None where the form has no place for it, or the entry holds no record."""
        entry = entry_of(record, self.field.id)
        placed = entry.region is not None or load_catalogue().forms[record.form_id].is_plain
        if not placed or record.status is Status.VOID:
            return None
        cell = cell_of(self.field, entry, self._book, self._settings)
        reading = entry.reading
        read_blank = reading is not None and not reading.text and reading.reason == BLANK_READING
        blank = read_blank and reading is not None and reading.confidence >= self.doubtful_below
        return Snippet(
            key=f"{record.record_id} {self.field.id}",
            record_id=record.record_id,
            book_id=record.book_id,
            page_id=entry.region.page_id if entry.region is not None else record.page_id,
            number=number_of(record),
            cell=self._with_normal(cell),
            blank=blank and cell.text == "",
            status=record.status,
            region=entry.region,
            others=tuple(other.text for other in reading.alternatives) if reading is not None else (),
            finding=self._finding(record, cell),
            at_odds=cell.origin in (Origin.BOOK, Origin.IMPORTED) and self._at_odds(cell, reading),
        )

    def _at_odds(self, cell: Cell, reading: Reading | None) -> bool:
        if not cell.suggested or reading is None or not reading.text:
            return False
        return reading.confidence >= self.doubtful_below and reading.normal != self._with_normal(cell).normal

    def _with_normal(self, cell: Cell) -> Cell:
        if cell.normal or not cell.text:
            return cell
        normal = normalise(self.field, cell.text, NormalContext(self._book)).normal
        return msgspec.structs.replace(cell, normal=normal)

    def _finding(self, record: Record, cell: Cell) -> str:
        """What the rules would say of the field if what is suggested were confirmed; '' when they agree."""
        if not cell.suggested:
            return ""
        view = view_of(record)
        assumed = FieldValue(self.field.id, cell.text, cell.normal, FieldState.VALUE, Origin.READING)
        view = msgspec.structs.replace(view, values={**view.values, self.field.id: assumed})
        context = RuleContext(self._book, self._spec, frozenset({self.field.id}), language=self._language)
        for finding in check_record_view(view, context):
            if self.field.id in finding.fields and finding.severity is not Severity.NOTE:
                return finding.message
        return ""


def grouped(field: FieldSpec, snippets: Sequence[Snippet], doubtful_below: float) -> tuple[Group, ...]:
    """The snippets in groups: values in their order, blanks, then what is odd, the doubtful and the unread last."""
    values = Counter(_value_key(snippet) for snippet in snippets)
    unlike = _unlike_neighbours(field, snippets)
    rare_at_all = len(values) * 5 <= len(snippets) and len(snippets) >= MANY
    various = field.kind not in REPEATING and field.id not in SIGNERS and len(values) * 2 > len(snippets)
    kinds: dict[tuple[GroupKind, str], list[Snippet]] = {}
    for snippet in snippets:
        key = _value_key(snippet)
        kind = _kind(snippet, rare_at_all and values[key] <= FEW, snippet.key in unlike)
        kind = GroupKind.VARIOUS if various and kind is GroupKind.VALUE else kind
        kinds.setdefault((kind, "" if various else f"{key} {is_ditto(snippet.cell.text)}"), []).append(snippet)
    order = list(GroupKind)
    made = [_group(kind, mine, various) for (kind, _), mine in kinds.items()]
    return tuple(sorted(made, key=lambda group: (order.index(group.kind), sort_key(group.text))))


def _group(kind: GroupKind, snippets: list[Snippet], various: bool) -> Group:
    if not various:
        first = Counter(s.cell.text for s in snippets).most_common(1)[0][0]
        # A ditto mark looks like others of its kind, not like what it stands for.
        title = f"{first} → {snippets[0].cell.normal}" if is_ditto(first) and snippets[0].cell.normal else first
        return Group(kind, title, tuple(snippets))
    return Group(kind, SEVERAL, tuple(sorted(snippets, key=lambda s: sort_key(s.cell.text))))


def _kind(snippet: Snippet, rare: bool, unlike: bool) -> GroupKind:
    cell = snippet.cell
    if cell.status is FieldStatus.UNREADABLE:
        return GroupKind.UNREAD
    if cell.settled:
        return GroupKind.VALUE if cell.text else GroupKind.BLANK
    if not cell.text:
        return GroupKind.BLANK if snippet.blank else GroupKind.UNREAD
    if cell.status is FieldStatus.DOUBTFUL:
        return GroupKind.DOUBTFUL
    if snippet.finding:
        return GroupKind.FINDING
    if unlike or snippet.at_odds:
        return GroupKind.UNLIKE
    return GroupKind.RARE if rare else GroupKind.VALUE


def _value_key(snippet: Snippet) -> str:
    return snippet.cell.normal or snippet.cell.text


def _unlike_neighbours(field: FieldSpec, snippets: Sequence[Snippet]) -> frozenset[str]:
    """Keys of snippets that differ from the records before and after, which agree, in a field that runs on."""
    if not (field.from_book or field.id in SIGNERS):
        return frozenset()
    found = set()
    for (one, middle), (_, last) in pairwise(pairwise(snippets)):
        before, after = _value_key(one), _value_key(last)
        if before and before == after and _value_key(middle) not in ("", before):
            found.add(middle.key)
    return frozenset(found)


def wanted(snippet: Snippet, kind: GroupKind, show: Show) -> bool:
    """Whether the snippet is among those to show."""
    if show is Show.ALL:
        return True
    return snippet.open and (show is Show.OPEN or not kind.by_page)


def confirm_snippets(workspace: Workspace, field_id: str, snippets: Sequence[Snippet], actor: Actor) -> Outcome:
    """What became of confirming what each snippet shows: its suggestion, or that it is blank.

    Planted ones, settled ones and those whose record says something else by now are passed over.
    """
    changes = []
    for snippet in snippets:
        if snippet.open and not snippet.planted and _still(workspace, snippet, field_id):
            state = FieldState.VALUE if snippet.cell.text else FieldState.BLANK
            origin = snippet.cell.origin if snippet.cell.text else None
            changes.append(Change(snippet.record_id, field_id, snippet.cell.text, state, origin))
    return write_changes(workspace, changes, actor, Way.CAROUSEL)


def _still(workspace: Workspace, snippet: Snippet, field_id: str) -> bool:
    """Whether the record still suggests what was on the screen and nobody spoke of the field in the meantime."""
    record = workspace.record(snippet.record_id)
    if record is None:
        return False
    entry = entry_of(record, field_id)
    read = entry.reading.text if entry.reading is not None else ""
    keyed = entry.imported.as_written if entry.imported is not None else ""
    known = keyed if snippet.cell.origin is Origin.IMPORTED else read
    return entry.value is None and (snippet.cell.origin is Origin.BOOK or known == snippet.cell.text)


def correct_snippet(
    workspace: Workspace,
    field_id: str,
    snippet: Snippet,
    text: str,
    actor: Actor,
    state: FieldState = FieldState.VALUE,
) -> Outcome:
    """What became of saying what stands in one snippet; a planted one changes nothing."""
    if snippet.planted:
        return Outcome()
    return write_changes(workspace, [Change(snippet.record_id, field_id, text, state)], actor, Way.CAROUSEL)


def with_snippet(groups: tuple[Group, ...], fresh: Snippet) -> tuple[Group, ...]:
    """The groups with one snippet as it is now."""
    made = []
    for group in groups:
        keys = [snippet.key for snippet in group.snippets]
        if fresh.key in keys:
            place = keys.index(fresh.key)
            snippets = (*group.snippets[:place], fresh, *group.snippets[place + 1 :])
            group = msgspec.structs.replace(group, snippets=snippets)
        made.append(group)
    return tuple(made)
