"""Records as people may lawfully have confirmed them, of every type, for property tests."""

from __future__ import annotations

from hypothesis import strategies as st

from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.normal import NormalContext, normalise
from hotich.text import ACCENTED
from hotich.values import (
    Actor,
    Book,
    FieldEntry,
    FieldState,
    FieldValue,
    MarginNote,
    NoteKind,
    Record,
    RecordType,
    Role,
    Status,
)

CATALOGUE = load_catalogue()
CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
LETTERS = "".join(ACCENTED) + "abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXY"
TEXTS = st.text(LETTERS + " 0123456789.,;:-/()'\"=+@#<>&%_", max_size=40)
HARD = st.sampled_from(
    ["=1+1", "0123", "+84", "-5", "@a", "1" * 40, "01/02", "TRUE", "#N/A", "a\nb", "'1", "_x0041", "é"]
)


def texts_for(field: FieldSpec) -> st.SearchStrategy[str]:
    """What may stand on paper in a field."""
    match field.kind:
        case FieldKind.ENTRY_NUMBER | FieldKind.BOOK_NUMBER:
            return st.builds("{:02}{}/{}".format, st.integers(1, 9999), st.sampled_from(["", "a", "đ"]), st.just(2009))
        case FieldKind.PAGE_NUMBER:
            return st.integers(1, 400).map(str)
        case FieldKind.DATE:
            whole = st.dates().map(lambda d: f"{d.day}/{d.month}/{d.year:04}")
            return st.one_of(
                whole, st.integers(1850, 2020).map(str), st.sampled_from(["3/2009", "?/5/1982", "28 tuổi"])
            )
        case FieldKind.CHOICE:
            return st.sampled_from([code.code for code in CATALOGUE.codes[field.codes].entries])
        case FieldKind.ETHNIC:
            return st.sampled_from([*CATALOGUE.ethnic.names, "Thổ", "Xá"])
        case FieldKind.NATIONALITY:
            return st.sampled_from(CATALOGUE.nationalities.names)
        case FieldKind.ID_NUMBER:
            return st.from_regex(r"\d{9}|\d{12}|0\d{8}", fullmatch=True)
        case _:
            return st.one_of(TEXTS, HARD)


def book_of(kind: RecordType) -> Book:
    """A register of that type."""
    return Book("b", kind, 2009, "01", "UBND xã Tân Lập")


@st.composite
def records(draw: st.DrawFn, kind: RecordType, number: int) -> Record:
    """A record whose fields are confirmed, blank, unreadable or not stated."""
    context = NormalContext(book_of(kind), year=2009)
    entries: dict[str, FieldEntry] = {}
    for field in CATALOGUE.records[kind].fields:
        said = draw(st.sampled_from(["value", "value", "value", "blank", "unreadable", "unstated"]))
        if said == "unstated":
            continue
        text = draw(texts_for(field)) if said == "value" else ""
        normal = normalise(field, text, context).normal
        entries[field.id] = FieldEntry(
            field.id, value=FieldValue(field.id, text, normal, FieldState(said)), actor=CLERK
        )
    notes = tuple(MarginNote(NoteKind.OTHER, "", text) for text in draw(st.lists(TEXTS, max_size=2)))
    return Record(
        f"r{number}", "b", "p", number, "f", "0" * 64, status=Status.APPROVED, fields=entries, margin_notes=notes
    )
