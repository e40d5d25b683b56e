"""What people wrote before, offered while they type: this field in this book, then in all books, then its kind.

The memory is read from the actions once, in the background, and follows every commit from then on. A text that was
taken back or mended is no longer offered.
"""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.matching.completion import ValueIndex
from hotich.pipeline.known_places import ended_places, known_places
from hotich.store import Changes, Workspace
from hotich.text import fold, is_ditto
from hotich.values import Book, FieldState, FieldValue, Record, RecordType
from hotich.workflow import Action, FieldsConfirmed, Redone, Undone

REMEMBERED = (
    FieldKind.PLACE,
    FieldKind.TEXT,
    FieldKind.PERSON_NAME,
    FieldKind.ETHNIC,
    FieldKind.NATIONALITY,
    FieldKind.NOTE,
)
"""Kinds whose texts come again. Numbers and dates hardly do."""

LONGEST_NOTE = 40
"""Letters of a note that may come again: `Đăng ký lại`, `Quá hạn`. Longer ones tell of one person alone."""

SHARED_KINDS = (FieldKind.PLACE, FieldKind.PERSON_NAME, FieldKind.ETHNIC, FieldKind.NATIONALITY)
"""Kinds in which what was written in one field is worth offering in another."""

OFTEN = 24
"""Of the places written most often, those whose endings are offered for a new one."""

NEAR_OWN = 3
"""Remembered places that stand before the ways to end a new one."""

PORTION = 2000
Key = tuple[str, ...]


class ValueMemory:
    """The remembered texts of a workspace. Every method may be called from any thread."""

    def __init__(self) -> None:
        self._indexes: defaultdict[Key, ValueIndex] = defaultdict(ValueIndex)
        self._said: dict[tuple[str, str], tuple[str, tuple[Key, ...]]] = {}
        self._guard = threading.Lock()

    def find(self, book_id: str, field: FieldSpec, typed: str, limit: int = 8) -> tuple[str, ...]:
        """At most `limit` texts that begin as was typed, the nearest memory first."""
        found: dict[str, None] = {}
        with self._guard:
            for key in _keys(book_id, field):
                if key in self._indexes and len(found) < limit:
                    found.update(dict.fromkeys(self._indexes[key].find(typed, limit)))
        return tuple(found)[:limit]

    def learn(self, book_id: str, kind: RecordType, record_id: str, values: Iterable[FieldValue]) -> None:
        """Remember what was just confirmed in a record; what stood in its fields before is forgotten."""
        fields = {field.id: field for field in load_catalogue().records[kind].fields}
        with self._guard:
            for value in values:
                field = fields.get(value.field_id)
                if field is not None and field.kind in REMEMBERED:
                    self._replace((record_id, field.id), _text_of(field, value), _keys(book_id, field))

    def relearn(self, record: Record, kind: RecordType) -> None:
        """Remember a record as it stands after something was taken back or brought back."""
        present = {key: entry.value for key, entry in record.fields.items() if entry.value is not None}
        with self._guard:
            gone = [key for key in self._said if key[0] == record.record_id and key[1] not in present]
            for key in gone:
                self._forget(key)
        self.learn(record.book_id, kind, record.record_id, present.values())

    def fill(self, uses: Sequence[tuple[tuple[str, str], str, tuple[Key, ...]]]) -> None:
        """Remember many uses at once, the oldest first: (record, field), text, and where it is remembered."""
        lines: defaultdict[Key, list[str]] = defaultdict(list)
        with self._guard:
            for place, text, keys in uses:
                if place in self._said:
                    # Said anew since the loading began.
                    continue
                self._said[place] = (text, keys)
                for key in keys:
                    lines[key].append(text)
            for key, texts in lines.items():
                self._indexes[key].add_all(texts)

    def _replace(self, place: tuple[str, str], text: str, keys: tuple[Key, ...]) -> None:
        if self._said.get(place, ("", ()))[0] == text:
            return
        self._forget(place)
        if text:
            self._said[place] = (text, keys)
            for key in keys:
                self._indexes[key].add(text)

    def _forget(self, place: tuple[str, str]) -> None:
        text, keys = self._said.pop(place, ("", ()))
        for key in keys:
            self._indexes[key].forget(text)


def load_into(memory: ValueMemory, workspace: Workspace, check: Callable[[], None] = lambda: None) -> None:
    """Remembers everything that is confirmed in a workspace, beside what the memory heard itself meanwhile.

    `check` is called between portions and may raise."""
    kinds = {row.book.book_id: row.book.record_type for row in workspace.books()}
    fields = {kind: {field.id: field for field in spec.fields} for kind, spec in load_catalogue().records.items()}
    uses: dict[tuple[str, str], tuple[str, tuple[Key, ...]]] = {}
    stepped: set[str] = set()
    for action in _confirmations(workspace, check):
        if not isinstance(action.event, FieldsConfirmed):
            stepped.add(action.record_id)
            continue
        for value in action.event.values:
            field = fields[kinds[action.book_id]].get(value.field_id)
            if field is not None and field.kind in REMEMBERED:
                # Put in anew, so that the order is that of the last use.
                uses.pop((action.record_id, field.id), None)
                uses[action.record_id, field.id] = (_text_of(field, value), _keys(action.book_id, field))
    memory.fill([(place, text, keys) for place, (text, keys) in uses.items() if text])
    for record_id in stepped:
        if (record := workspace.record(record_id)) is not None:
            memory.relearn(record, kinds[record.book_id])


def follow(memory: ValueMemory, workspace: Workspace) -> Callable[[], None]:
    """Has the memory follow every commit; returns what ends that."""

    def heard(changes: Changes) -> None:
        for action in changes.actions:
            row = workspace.book(action.book_id)
            if row is None:
                continue
            if isinstance(action.event, FieldsConfirmed):
                memory.learn(action.book_id, row.book.record_type, action.record_id, action.event.values)
            elif isinstance(action.event, Undone | Redone):
                record = workspace.record(action.record_id)
                if record is not None:
                    memory.relearn(record, row.book.record_type)

    return workspace.on_change(heard)


def known_names(field: FieldSpec) -> tuple[str, ...]:
    """The names of the list that belongs to a field, such as the ethnic groups; () for free text."""
    catalogue = load_catalogue()
    if field.kind is FieldKind.ETHNIC:
        return catalogue.ethnic.names
    if field.kind is FieldKind.NATIONALITY:
        return tuple(name.rsplit(" (", 1)[0] for name in catalogue.nationalities.names)
    return ()


def completions(memory: ValueMemory, book: Book, field: FieldSpec, typed: str, limit: int = 8) -> tuple[str, ...]:
    """Remembered texts that begin as was typed, then what is known without memory, each once.

    That is the list of the field, or the places around the office of the book as they were in its year.
    """
    own = memory.find(book.book_id, field, typed, limit) if field.kind in REMEMBERED else ()
    if field.kind is FieldKind.PLACE:
        again = memory.find(book.book_id, field, "", OFTEN) if typed.strip() else ()
        ended = ended_places(book, typed, again)
        # What was written before comes first, yet the ways to end a new place must be within reach of a key.
        return tuple(dict.fromkeys((*own[:NEAR_OWN], *ended, *own, *known_places(book, typed, limit))))[:limit]
    wanted = fold(typed)
    if not wanted:
        # With nothing typed somebody wants to see the whole list.
        return tuple(dict.fromkeys((*own, *known_names(field))))
    listed = (name for name in known_names(field) if fold(name).startswith(wanted) or f" {wanted}" in f" {fold(name)}")
    return tuple(dict.fromkeys((*own, *listed)))[:limit]


def _confirmations(workspace: Workspace, check: Callable[[], None]) -> Iterable[Action]:
    last = 0
    while portion := workspace.confirmations_since(last, PORTION):
        check()
        yield from portion
        last = portion[-1].action_id


def _keys(book_id: str, field: FieldSpec) -> tuple[Key, ...]:
    near = (("book", book_id, field.id), ("field", field.id))
    return (*near, ("kind", field.kind.value)) if field.kind in SHARED_KINDS else near


def _text_of(field: FieldSpec, value: FieldValue) -> str:
    """The text worth offering again; '' where there is none."""
    readable = value.state is FieldState.VALUE and not is_ditto(value.as_written)
    too_long = field.kind is FieldKind.NOTE and len(value.as_written) > LONGEST_NOTE
    return value.as_written if readable and not too_long else ""
