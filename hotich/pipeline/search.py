"""Searching all books of a workspace: a typed line in, lines of a list out, with what matched marked in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from hotich.forms.loader import load_catalogue
from hotich.pipeline.search_line import read_line
from hotich.redaction import is_confidential, redacted_name
from hotich.store import Found, Wanted, Workspace
from hotich.store.search_row import FIGURES, LETTERS, column_of, fields_of, tokens
from hotich.text import fold
from hotich.values import Book, FieldEntry, Record, RecordType, Status

PORTION = 50

_WORD = re.compile(r"[^\W_](?:[^\W_]|[\u0300-\u036f])*")


class Filters(msgspec.Struct, frozen=True):
    """What a search is narrowed to, and whether what nobody confirmed is searched as well."""

    record_type: RecordType | None = None
    book_id: str = ""
    status: Status | None = None
    suggestions: bool = False


class ShownText(msgspec.Struct, frozen=True):
    """A text of a line of the list. `marks` are from-to places in it that match; `grey` where nobody confirmed it."""

    text: str = ""
    marks: tuple[tuple[int, int], ...] = ()
    grey: bool = False


class Hit(msgspec.Struct, frozen=True):
    """A record that was found. `field_id` is the field that matches best, '' where its number or book does."""

    record_id: str
    book: Book
    status: Status
    number: ShownText
    names: ShownText
    born: ShownText
    people: ShownText
    place: ShownText
    field_id: str = ""
    suggested: bool = False
    confidential: bool = False
    """The list hides what only those see who open the record."""


class Hits(msgspec.Struct, frozen=True):
    """A portion of what was found from `offset` on; `more` where `count` is only what was counted."""

    hits: tuple[Hit, ...]
    count: int
    more: bool
    offset: int = 0
    asked: bool = True
    """False where neither a word nor a filter was given."""


def search(workspace: Workspace, line: str, filters: Filters | None = None, offset: int = 0) -> Hits:
    """A portion of the records that the line means, the closest first."""
    chosen = filters or Filters()
    wanted = msgspec.structs.replace(
        read_line(line),
        record_type=chosen.record_type,
        book_id=chosen.book_id,
        status=chosen.status,
        suggestions=chosen.suggestions,
    )
    narrowed = bool(chosen.record_type or chosen.book_id or chosen.status)
    if wanted.is_empty and not narrowed:
        return Hits((), 0, False, asked=False)
    page = workspace.search(wanted, offset, PORTION)
    books: dict[str, Book | None] = {}
    shown = [_hit(workspace, found, books, wanted) for found in page.found]
    return Hits(tuple(hit for hit in shown if hit is not None), page.count, page.more, offset)


def _hit(workspace: Workspace, found: Found, books: dict[str, Book | None], wanted: Wanted) -> Hit | None:
    """The line of one record; `books` keeps the covers that were looked up."""
    record = workspace.record(found.record_id)
    if record is None:
        return None
    if record.book_id not in books:
        books[record.book_id] = workspace.cover(record.book_id)
    book = books[record.book_id]
    if book is None:
        return None
    look = _Look(record, book, wanted)
    hidden = is_confidential(book)
    return Hit(
        record_id=record.record_id,
        book=book,
        status=record.status,
        number=look.first(("so",)),
        names=look.all_of(fields_of("name"), hidden),
        born=ShownText() if hidden else look.first(tuple(f for f in fields_of("dates") if f.endswith("NgaySinh"))),
        people=look.all_of(fields_of("people"), hidden),
        place=ShownText() if hidden else look.best(fields_of("places")),
        field_id=look.matching_field(),
        suggested=found.suggested,
        confidential=hidden,
    )


class _Look:
    """One record seen with the eyes of a question."""

    def __init__(self, record: Record, book: Book, wanted: Wanted) -> None:
        self._record, self._book, self._suggestions = record, book, wanted.suggestions
        self._asked = _asked(wanted)
        words = _folded(wanted.words)
        self._begun = words[-1] if words else ""
        self._seen = {field_id: self._field(field_id) for field_id in record.fields if column_of(field_id)}

    def first(self, field_ids: Iterable[str]) -> ShownText:
        """The first of the fields that says something."""
        return next((shown for shown in self._shown(field_ids) if shown.text), ShownText())

    def best(self, field_ids: Iterable[str]) -> ShownText:
        """The field of which most matches, else the first that says something."""
        return max(self._shown(field_ids), key=lambda shown: (len(shown.marks), bool(shown.text)), default=ShownText())

    def all_of(self, field_ids: Iterable[str], hidden: bool) -> ShownText:
        """All that the fields say, one after the other; of what is `hidden` first letters."""
        told = [shown for shown in self._shown(field_ids) if shown.text]
        if hidden:
            return ShownText(" – ".join(redacted_name(shown.text) for shown in told))
        text, marks = "", []
        for shown in told:
            start = len(text) + 3 if text else 0
            text = f"{text} – {shown.text}" if text else shown.text
            marks += [(start + since, start + until) for since, until in shown.marks]
        return ShownText(text, tuple(marks), bool(told) and all(shown.grey for shown in told))

    def matching_field(self) -> str:
        """The field of which most matches, the first of them in the order of the columns; '' where none does."""
        most = max((len(shown.marks) for shown in self._seen.values()), default=0)
        found = {field_id for field_id, shown in self._seen.items() if most and len(shown.marks) == most}
        order = load_catalogue().records[self._book.record_type].fields if found else ()
        return next((field.id for field in order if field.id in found), "")

    def _shown(self, field_ids: Iterable[str]) -> list[ShownText]:
        return [self._seen[field_id] for field_id in field_ids if field_id in self._seen]

    def _field(self, field_id: str) -> ShownText:
        entry = self._record.fields.get(field_id)
        text, normal, grey = _text_of(entry, self._suggestions) if entry is not None else ("", "", False)
        column = column_of(field_id)
        if not text or not column:
            return ShownText(text, grey=grey)
        if column in FIGURES:
            held = self._asked[column] & set(tokens(column, text, normal, self._book.year))
            return ShownText(text, ((0, len(text)),) if held else (), grey)
        return ShownText(text, self._marks(column, text), grey)

    def _marks(self, column: str, text: str) -> tuple[tuple[int, int], ...]:
        """Where the words that were asked for in that column stand."""
        return tuple(found.span() for found in _WORD.finditer(text) if self._is_asked(column, fold(found[0])))

    def _is_asked(self, column: str, word: str) -> bool:
        return word in self._asked[column] or bool(self._begun and word.startswith(self._begun))


def _asked(wanted: Wanted) -> dict[str, set[str]]:
    """What may match in each column of the index: what was asked for anywhere, and in that column alone."""
    anywhere = {figure for alternatives in wanted.figures for figure in alternatives}
    figures = {"number": wanted.numbers, "book": wanted.books, "dates": wanted.dates}
    letters = {"name": wanted.name, "people": wanted.people, "places": wanted.places}
    found = {column: anywhere.union(*figures.get(column, ())) for column in FIGURES}
    words = _folded(wanted.words)
    return found | {column: {*words, *_folded(letters[column])} for column in LETTERS}


def _folded(typed: Iterable[str]) -> list[str]:
    return [word for each in typed for word in fold(each).split()]


def _text_of(entry: FieldEntry, suggestions: bool) -> tuple[str, str, bool]:
    """What stands in a field, its normal form, and whether nobody confirmed it."""
    if entry.value is not None:
        return entry.value.as_written, entry.value.normal, False
    if suggestions and entry.imported is not None:
        return entry.imported.as_written, entry.imported.normal, True
    if suggestions and entry.reading is not None:
        return entry.reading.text, entry.reading.normal, True
    return "", "", False


def marked(shown: ShownText, before: str = "[", after: str = "]") -> str:
    """The text with what matches between two signs, for where there are no colours."""
    return "".join(_pieces(shown, before, after))


def _pieces(shown: ShownText, before: str, after: str) -> Sequence[str]:
    pieces, place = [], 0
    for since, until in shown.marks:
        pieces += [shown.text[place:since], before, shown.text[since:until], after]
        place = until
    return [*pieces, shown.text[place:]]
