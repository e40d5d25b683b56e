"""Which record a row of a sheet speaks of: by its number, told apart by date, name, page and the document's name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

import msgspec

from hotich.dates import parse_date, to_ministry
from hotich.forms.formspec import FieldKind, Need
from hotich.forms.loader import load_catalogue
from hotich.incoming.keys import DocumentName, EntryKey, document_name, entry_key, same_book
from hotich.store import Workspace
from hotich.text import fold
from hotich.values import Book, Record, RecordType, Status

NUMBER_SAID: Final = 4
"""The number that a person confirmed, or that the document's name tells, is the row's."""

NUMBER_READ: Final = 3
"""The number that the machine read is the row's."""

AGREES: Final = 2
"""Date or name agree; where people confirmed others it counts against the row."""

ALIKE: Final = 1
"""The page agrees, or most words of the name."""

SURE: Final = 4
"""From here a row is matched without a question."""

POSSIBLE: Final = 3
"""From here it is matched, with the question whether it is so."""


class Face(msgspec.Struct, frozen=True):
    """By what a record is known. Sets hold what a person said where he did, else what was read."""

    record_id: str
    status: Status
    said: tuple[EntryKey, ...] = ()
    read: tuple[EntryKey, ...] = ()
    date: str = ""
    date_said: bool = False
    names: frozenset[str] = frozenset()
    names_said: bool = False
    page: str = ""
    place: int = 0
    """In the book from 1, empty entries left out."""


class Clue(msgspec.Struct, frozen=True):
    """What a row tells about which record it means. `place` is that of the row among the rows, 0 where it says nothing.

    `date` is dd.mm.yyyy, `names` are folded.
    """

    key: EntryKey | None = None
    book: str = ""
    date: str = ""
    names: frozenset[str] = frozenset()
    page: str = ""
    document: DocumentName | None = None
    place: int = 0


class Found(msgspec.Struct, frozen=True):
    """The record of a row, or '' with the key of the sentence that says why there is none."""

    record_id: str = ""
    score: int = 0
    reason: str = ""

    @property
    def sure(self) -> bool:
        """Whether it needs no question."""
        return bool(self.record_id) and self.score >= SURE


class Faces:
    """All records of a book, found by what they are known by."""

    def __init__(self, book: Book, faces: Iterable[Face]) -> None:
        self._book = book
        self.all = tuple(face for face in faces if face.status is not Status.VOID)
        self._by_number: dict[tuple[int, str], list[Face]] = defaultdict(list)
        self._by_name: dict[str, list[Face]] = defaultdict(list)
        self._by_place = {face.place: face for face in self.all}
        for face in self.all:
            for number in {(key.number, key.suffix) for key in (*face.said, *face.read)}:
                self._by_number[number].append(face)
            for name in face.names:
                self._by_name[name].append(face)

    def placed(self, places: Mapping[str, int]) -> Faces:
        """The same records at other places, by their ids; those that are not named have none."""
        moved = (msgspec.structs.replace(face, place=places.get(face.record_id, 0)) for face in self.all)
        return Faces(self._book, moved)

    def find(self, clue: Clue) -> Found:
        """The record that the row means, if only one fits best."""
        if clue.book and not same_book(clue.book, self._book.number, self._book.year):
            return Found(reason="incoming-other-book")
        if clue.document is not None and not self._of_this_book(clue.document):
            return Found(reason="incoming-other-book")
        if clue.key is None and clue.document is None and not clue.names and not clue.place:
            return Found(reason="incoming-no-number")
        scored = sorted(((_score(face, clue), face) for face in self._candidates(clue)), key=_by_score)
        if not scored or scored[0][0] < POSSIBLE:
            return self._at_place(clue) or Found(reason=_why_none([face for _, face in scored], clue))
        if len(scored) > 1 and scored[1][0] == scored[0][0]:
            return Found(reason="incoming-several-records")
        return Found(scored[0][1].record_id, scored[0][0])

    def _of_this_book(self, document: DocumentName) -> bool:
        kind = document.kind == self._book.record_type.value
        return kind and same_book(document.book, self._book.number, self._book.year)

    def _at_place(self, clue: Clue) -> Found | None:
        """The record at the row's place where the row says nothing else: possible, never sure."""
        if not clue.place or clue.key is not None or clue.names:
            return None
        face = self._by_place.get(clue.place)
        return Found(face.record_id, POSSIBLE) if face is not None else None

    def _candidates(self, clue: Clue) -> Iterable[Face]:
        keys = [key for key in (clue.key, clue.document.key if clue.document else None) if key is not None]
        found = {face.record_id: face for key in keys for face in self._by_number.get((key.number, key.suffix), ())}
        # Those of the name too: the machine may have read another number.
        found.update((face.record_id, face) for name in clue.names for face in self._by_name.get(name, ()))
        return found.values()


def _score(face: Face, clue: Clue) -> int:
    """How much speaks for a record. A number that people confirmed stays possible though the date is another."""
    number, names = _number_score(face, clue), _name_score(face, clue.names)
    date = _date_score(face, clue.date or (clue.document.date if clue.document else ""))
    page = ALIKE if clue.page and clue.page == face.page else 0
    score = number + date + names + page
    return max(score, POSSIBLE) if number == NUMBER_SAID and names >= 0 else score


def _why_none(faces: Sequence[Face], clue: Clue) -> str:
    """Why none of those that were thought of is the row's."""
    if not faces:
        return "incoming-no-record"
    return "incoming-unlike" if any(_number_score(face, clue) for face in faces) else "incoming-name-alone"


def _by_score(scored: tuple[int, Face]) -> tuple[int, int]:
    return (-scored[0], scored[1].place)


def _number_score(face: Face, clue: Clue) -> int:
    keys = [key for key in (clue.key, clue.document.key if clue.document else None) if key is not None]
    if any(key.agrees(own) for key in keys for own in face.said):
        return NUMBER_SAID
    return NUMBER_READ if any(key.agrees(own) for key in keys for own in face.read) else 0


def _date_score(face: Face, date: str) -> int:
    if not date or not face.date:
        return 0
    if date == face.date:
        return AGREES
    return -AGREES if face.date_said else 0


def _name_score(face: Face, names: frozenset[str]) -> int:
    if not names or not face.names:
        return 0
    if names & face.names:
        return AGREES
    shared = max(_shared(one, other) for one in names for other in face.names)
    if shared >= 0.5:
        return ALIKE
    return -AGREES if face.names_said and not shared else 0


def _shared(one: str, other: str) -> float:
    """The share of words of two names that are the same, 0-1."""
    first, second = set(one.split()), set(other.split())
    return len(first & second) / max(len(first), len(second), 1)


def faces_of(workspace: Workspace, book: Book, records: Iterable[Record]) -> Faces:
    """The faces of the records, which come in page order."""
    files = {row.page.page_id: row.page.file_name for row in workspace.pages(book.book_id)}
    found, place = [], 0
    for record in records:
        place += record.status is not Status.VOID
        found.append(_face(record, book, files.get(record.page_id, ""), place))
    return Faces(book, found)


def _face(record: Record, book: Book, file_name: str, place: int) -> Face:
    said = entry_key(record.normal("so") or record.written("so"), book.year)
    document = document_name(file_name)
    named = (document.key,) if document is not None else ()
    read = entry_key(_read(record, "so"), book.year)
    date = record.normal("ngayDangKy")
    names = name_fields(book.record_type)
    name_said = {fold(record.written(name)) for name in names} - {""}
    name_read = {fold(_read(record, name, as_text=True)) for name in names} - {""}
    return Face(
        record_id=record.record_id,
        status=record.status,
        said=(said,) if said is not None else named,
        read=(read,) if read is not None and said is None else (),
        date=date or _read(record, "ngayDangKy") or (document.date if document is not None else ""),
        date_said=bool(date),
        names=frozenset(name_said or name_read),
        names_said=bool(name_said),
        page=record.normal("trangSo") or _read(record, "trangSo"),
        place=place,
    )


def _read(record: Record, field_id: str, *, as_text: bool = False) -> str:
    """What the machine read in a field that nobody confirmed: its normal form or its text."""
    entry = record.fields.get(field_id)
    if entry is None or entry.reading is None:
        return ""
    return entry.reading.text if as_text else entry.reading.normal


def name_fields(record_type: RecordType) -> tuple[str, ...]:
    """The fields with the names of those whom the record is about."""
    fields = load_catalogue().records[record_type].fields
    return tuple(f.id for f in fields if f.kind is FieldKind.PERSON_NAME and f.need is Need.CORE)


def clue_of(texts: Mapping[str, str], book: Book, document: str = "", place: int = 0) -> Clue:
    """What a row with these texts by field id tells."""
    page = texts.get("trangSo", "").strip().lstrip("0")
    return Clue(
        key=entry_key(texts.get("so", ""), book.year),
        book=texts.get("quyenSo", "").strip(),
        date=normal_date(texts.get("ngayDangKy", ""), book.year),
        names=frozenset({fold(texts.get(name, "")) for name in name_fields(book.record_type)} - {""}),
        page=page,
        document=document_name(document) if document else None,
        place=place,
    )


def normal_date(text: str, year: int) -> str:
    """A date as dd.mm.yyyy or a part of it; '' where it is none."""
    date = parse_date(text, century_hint=year).date if text else None
    return to_ministry(date) if date is not None else ""
