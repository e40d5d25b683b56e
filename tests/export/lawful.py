"""Random approved records of any record type, with everything that people and machines may say of a field."""

from __future__ import annotations

from hypothesis import strategies as st

from hotich.forms.loader import load_catalogue
from hotich.text import nfc
from hotich.values import (
    AcceptedFinding,
    Actor,
    FieldEntry,
    FieldState,
    FieldValue,
    MarginNote,
    NoteKind,
    Origin,
    Point,
    Quad,
    Reading,
    Record,
    RecordType,
    Refusal,
    Region,
    Role,
    Status,
    Way,
)
from tools.example_records import HEIGHT, WIDTH, example_book, example_page

LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxyạảãàáặẳẵằắậẩẫầấẹẻẽèéệểễềếịỉĩìíọỏõòóộổỗồốợởỡờớụủũùúựửữừứỵỷỹỳýAĂÂĐÊÔƠƯ"
TEXTS = st.text(LETTERS + "0123456789 .,/'\"\\%?;:-\t\n{}’", max_size=20).map(nfc)
NAMES = st.text(LETTERS + " ", min_size=1, max_size=12).map(nfc)
INSTANTS = st.datetimes().map(lambda moment: moment.isoformat() + "Z")


def _quads() -> st.SearchStrategy[Quad]:
    xs, ys = st.floats(0, WIDTH), st.floats(0, HEIGHT)
    points = st.builds(Point, xs, ys)
    return st.builds(Quad, points, points, points, points)


def _regions(code: str, page_id: str) -> st.SearchStrategy[Region | None]:
    return st.none() | st.builds(Region, st.just(code), st.just(page_id), _quads())


def _values(code: str) -> st.SearchStrategy[FieldValue]:
    said = st.builds(FieldValue, st.just(code), TEXTS, TEXTS, st.just(FieldState.VALUE), st.sampled_from(list(Origin)))
    silent = st.builds(
        FieldValue, st.just(code), TEXTS, st.just(""), st.sampled_from([FieldState.BLANK, FieldState.UNREADABLE])
    )
    return said | silent


@st.composite
def _entries(draw: st.DrawFn, code: str, page_id: str) -> FieldEntry:
    value = draw(_values(code))
    texts = st.just(value.as_written) | TEXTS
    readings = st.builds(Reading, st.just(code), texts, TEXTS, st.floats(0, 1), NAMES, TEXTS)
    return FieldEntry(
        field_id=code,
        region=draw(_regions(code, page_id)),
        reading=draw(st.none() | readings),
        value=value,
        actor=Actor(draw(NAMES), draw(st.sampled_from([Role.CLERK, Role.SUPERVISOR]))),
        at=draw(INSTANTS),
        way=draw(st.sampled_from(list(Way))),
        note=draw(TEXTS),
    )


@st.composite
def lawful_record(draw: st.DrawFn, kind: RecordType, number: int = 1, page: int = 1) -> Record:
    """A record of that type, the one of that number on its page."""
    codes = [field.id for field in load_catalogue().records[kind].fields]
    page_id = example_page(page).page_id
    chosen = draw(st.lists(st.sampled_from(codes), unique=True, max_size=6))
    entries = {code: draw(_entries(code, page_id)) for code in chosen}
    people = sorted({entry.actor.name for entry in entries.values() if entry.actor is not None}) or ["Lan"]
    approver = draw(NAMES.filter(lambda name: name not in people))
    notes = st.builds(MarginNote, st.sampled_from(list(NoteKind)), TEXTS, TEXTS, _regions("ghiChu", page_id))
    refusals = st.builds(
        Refusal, st.sampled_from(["", *codes]), TEXTS, TEXTS, TEXTS, at=INSTANTS, settled=st.booleans()
    )
    accepted = st.builds(
        AcceptedFinding, NAMES, st.lists(st.sampled_from(codes), max_size=2).map(tuple), TEXTS,
        st.builds(Actor, NAMES, st.just(Role.CLERK)),
    )  # fmt: skip
    return Record(
        record_id=f"{kind.value}-{page}-{number}",
        book_id=example_book(kind).book_id,
        page_id=page_id,
        entry=number - 1,
        form_id=draw(NAMES),
        form_sha256=draw(st.sampled_from(["", "f" * 64])),
        status=Status.APPROVED,
        fields=entries,
        accepted=tuple(draw(st.lists(accepted, max_size=2))),
        editors=frozenset(people),
        submitted_by=people[0],
        approved_by=approver,
        approved_at=draw(INSTANTS),
        margin_notes=tuple(draw(st.lists(notes, max_size=2))),
        refusals=tuple(draw(st.lists(refusals, max_size=2))),
    )
