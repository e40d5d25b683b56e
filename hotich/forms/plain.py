"""The plain form of a record type: a line for every column, for books whose printed form the program does not know.

Nothing of it is printed, so no page is ever found to be of it and nothing is read on it: the page is looked at whole
and keyed by hand. Its lengths place nothing; they only make it a lawful form.
"""

from __future__ import annotations

from hotich.forms.formspec import EntryGrid, FieldKind, FormSpec, Layout, RecordSpec, Rect, Zone
from hotich.forms.notation import Note
from hotich.forms.problems import Source

ENTRIES = 40
"""Most records of one page: an open spread of the fullest ledger has fewer."""

A4_MM = (210.0, 297.0)


class PlainNote(Note, frozen=True):
    """How the columns follow one another when they are keyed; the short name of a person stands for all of his."""

    title: str
    order: tuple[str, ...]
    revision: int = 1


def plain_form(spec: RecordSpec, note: PlainNote, sha256: str, source: Source) -> FormSpec:
    """The form with a line for every column of the type, frozen by the digest of its definition.

    Columns that are named twice, not known or left out are kept as mistakes.
    """
    width, height = A4_MM
    strip = Rect(0, 0, width, height / ENTRIES)
    labels = _labels(spec)
    return FormSpec(
        id=f"{spec.record_type.value}-plain",
        revision=note.revision,
        record_type=spec.record_type,
        title=note.title,
        used_from="",
        used_to="",
        basis="",
        form_code="",
        layout=Layout.SINGLE,
        page_width=width,
        page_height=height,
        heading=(),
        grid=EntryGrid(0, 0, width, strip.h, rows=ENTRIES),
        zones=tuple(Zone(field_id, strip, labels[field_id]) for field_id in _columns(spec, note, source)),
        sha256=sha256,
    )


def _labels(spec: RecordSpec) -> dict[str, str]:
    """What each column is called under the heading of its person: the column of a name says how he is called."""
    people = {
        field.person: field.label.rpartition("tên ")[2]
        for field in reversed(spec.fields)
        if field.person and field.kind is FieldKind.PERSON_NAME
    }
    return {field.id: field.label.removesuffix(f" {people.get(field.person, field.label)}") for field in spec.fields}


def _columns(spec: RecordSpec, note: PlainNote, source: Source) -> list[str]:
    people: dict[str, list[str]] = {}
    for field in spec.fields:
        people.setdefault(field.person or field.id, []).append(field.id)
    found: list[str] = []
    for number, name in enumerate(note.order):
        place = source.at("order").item(number)
        if name not in people:
            place.wrong("forms-unknown-field", id=name, record=spec.record_type)
        elif people[name][0] in found:
            place.wrong("forms-doubled-id", id=name)
        else:
            found += people[name]
    if left := [field.id for field in spec.fields if field.id not in found]:
        source.at("order").wrong("forms-plain-lacks", columns=", ".join(left))
    return found
