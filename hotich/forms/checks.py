"""What a definition must hold beside its shape: known columns, zones on the paper and apart, eras without a gap."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from itertools import groupby, pairwise

from hotich.forms.codes import CodeList
from hotich.forms.formspec import (
    Align,
    FieldKind,
    FormSpec,
    Ink,
    PrintedText,
    RecordSpec,
    Rect,
    Scope,
    Zone,
)
from hotich.forms.problems import Problems, Source
from hotich.forms.typeset import ASCENT, DESCENT, MM_PER_POINT, text_width

BOOK_ATTRIBUTES = ("place", "number", "year")
TOUCH = 0.05
"""Millimetres by which neighbours may share an edge."""


def check_record(spec: RecordSpec, codes: Mapping[str, CodeList], source: Source) -> None:
    """Keeps doubled columns, unknown code lists, choices without codes and unknown book attributes."""
    seen: set[str] = set()
    for number, field in enumerate(spec.fields):
        place = source.at("field").item(number)
        if field.id in seen:
            place.at("id").wrong("forms-doubled-id", id=field.id)
        seen.add(field.id)
        if field.position != number + 1:
            place.at("position").wrong("forms-order", id=field.id, position=number + 1)
        if field.kind is FieldKind.CHOICE and not field.codes:
            place.at("codes").wrong("forms-choice-without-codes", id=field.id)
        if field.codes and field.codes not in codes:
            place.at("codes").wrong("forms-unknown-codes", id=field.codes)
        if field.from_book and field.from_book not in BOOK_ATTRIBUTES:
            place.at("from_book").wrong("forms-unknown-book", name=field.from_book, known=", ".join(BOOK_ATTRIBUTES))


def check_form(form: FormSpec, record: RecordSpec | None, source: Source) -> None:
    """Keeps everything that is wrong with where things stand on the form."""
    if record is None:
        source.at("record").wrong("forms-unknown-record", record=form.record_type)
    _check_heading(form, source)
    _check_columns(form, record, source)
    _check_grid(form, source)
    _check_zones(form, source)
    _check_texts(form, source)
    _check_drawing(form, source)


def _check_drawing(form: FormSpec, source: Source) -> None:
    """Rules, and spots for signatures and stamps, stay on the page or in their entry."""
    for line in form.lines:
        left, top = min(line.x1, line.x2), min(line.y1, line.y2)
        if not _inside(Rect(left, top, abs(line.x1 - line.x2), abs(line.y1 - line.y2)), _room(form, line.scope)):
            source.at("line").wrong("forms-line-outside", x=line.x1, y=line.y1)
    for spot in form.spots:
        if min(spot.rect.w, spot.rect.h) <= 0 or not _inside(spot.rect, _room(form, spot.scope)):
            source.at("spot").wrong("forms-spot-outside", kind=spot.kind, x=spot.rect.x, y=spot.rect.y)


def _check_heading(form: FormSpec, source: Source) -> None:
    if not any(line.strip() for line in form.heading):
        source.at("heading").wrong("forms-no-heading")
    printed = {text.text.rstrip(": ") for text in form.texts}
    for line in form.heading:
        if line not in printed:
            source.at("heading").wrong("forms-heading-not-printed", line=line)


def _check_columns(form: FormSpec, record: RecordSpec | None, source: Source) -> None:
    known = {field.id for field in record.fields} if record is not None else None
    seen: set[str] = set()
    for zone in form.zones:
        place = source.at(zone.field_id)
        if known is not None and zone.field_id not in known:
            place.wrong("forms-unknown-field", id=zone.field_id, record=form.record_type)
        if zone.field_id in seen:
            place.wrong("forms-doubled-id", id=zone.field_id)
        seen.add(zone.field_id)
        if zone.ink is Ink.TICK and not any(tick.code for tick in zone.ticks):
            place.wrong("forms-choice-without-codes", id=zone.field_id)


def _check_grid(form: FormSpec, source: Source) -> None:
    whole = _entries(form)
    if not _inside(whole, Rect(0, 0, form.page_width, form.page_height)):
        source.at("grid").wrong("forms-grid-outside")


def _entries(form: FormSpec) -> Rect:
    grid = form.grid
    return Rect(grid.x, grid.y, grid.width * grid.columns, grid.height * grid.rows)


def _room(form: FormSpec, scope: Scope) -> Rect:
    if scope is Scope.PAGE:
        return Rect(0, 0, form.page_width, form.page_height)
    return Rect(0, 0, form.grid.width, form.grid.height)


def _inside(inner: Rect, outer: Rect) -> bool:
    return (
        inner.x >= outer.x - TOUCH
        and inner.y >= outer.y - TOUCH
        and inner.x + inner.w <= outer.x + outer.w + TOUCH
        and inner.y + inner.h <= outer.y + outer.h + TOUCH
    )


def overlap(one: Rect, other: Rect) -> bool:
    """Whether two rectangles share more than an edge."""
    return (
        one.x < other.x + other.w - TOUCH
        and other.x < one.x + one.w - TOUCH
        and one.y < other.y + other.h - TOUCH
        and other.y < one.y + one.h - TOUCH
    )


def _check_zones(form: FormSpec, source: Source) -> None:
    for zone in form.zones:
        if zone.rect.w <= 0 or zone.rect.h <= 0 or not _inside(zone.rect, _room(form, zone.scope)):
            source.at(zone.field_id).wrong("forms-zone-outside", id=zone.field_id)
    # Entries never overlap one another, so one entry stands for all of them.
    for scope in Scope:
        zones = sorted((zone for zone in form.zones if zone.scope is scope), key=lambda zone: zone.rect.y)
        for number, zone in enumerate(zones):
            _check_below(zone, zones[number + 1 :], source)
    for zone in form.zones:
        if zone.scope is Scope.PAGE:
            _check_over_entries(form, zone, source)


def _check_over_entries(form: FormSpec, zone: Zone, source: Source) -> None:
    """A zone of the page may stand among the entries, but on none of their zones."""
    if not overlap(zone.rect, _entries(form)):
        return
    for entry in range(form.grid.count):
        for other in form.zones:
            if other.scope is Scope.ENTRY and overlap(zone.rect, form.place(other.rect, Scope.ENTRY, entry)):
                source.at(zone.field_id).wrong("forms-zones-overlap", one=zone.field_id, other=other.field_id)


def _check_below(zone: Zone, others: list[Zone], source: Source) -> None:
    for other in others:
        if other.rect.y >= zone.rect.y + zone.rect.h:
            return
        if overlap(zone.rect, other.rect):
            source.at(zone.field_id).wrong("forms-zones-overlap", one=zone.field_id, other=other.field_id)


def text_box(text: PrintedText) -> Rect:
    """The rectangle that printed words take up, roughly."""
    width = text_width(text.text, text.size, text.bold)
    height = text.size * MM_PER_POINT
    shift = {Align.LEFT: 0.0, Align.CENTER: width / 2, Align.RIGHT: width}[text.align]
    return Rect(text.x - shift, text.y - height * ASCENT, width, height * (ASCENT + DESCENT))


def _check_texts(form: FormSpec, source: Source) -> None:
    zones = {scope: [zone for zone in form.zones if zone.scope is scope] for scope in Scope}
    for text in form.texts:
        box = text_box(text)
        if not _inside(box, _room(form, text.scope)):
            source.at("text").wrong("forms-text-outside", text=text.text)
        for zone in zones[text.scope]:
            if overlap(box, zone.rect):
                source.at(zone.field_id).wrong("forms-zone-on-text", id=zone.field_id, text=text.text)


def check_eras(forms: Iterable[FormSpec], problems: Problems) -> None:
    """Keeps days on which a record type has two forms or, between its first and last, none."""
    ordered = sorted(forms, key=lambda form: (form.record_type, form.used_from))
    for _, group in groupby(ordered, key=lambda form: form.record_type):
        dated = [span for form in group if (span := _span(form, problems)) is not None]
        for (one, _, end), (other, start, _) in pairwise(dated):
            if end is None or start <= end:
                problems.add(f"eras/{other.id}.toml", "used_from", "forms-era-overlap", other=one.id)
            elif start > end + timedelta(days=1):
                problems.add(f"eras/{other.id}.toml", "used_from", "forms-era-gap", other=one.id)


def _span(form: FormSpec, problems: Problems) -> tuple[FormSpec, date, date | None] | None:
    try:
        start = date.fromisoformat(form.used_from)
        end = date.fromisoformat(form.used_to) if form.used_to else None
    except ValueError:
        problems.add(f"eras/{form.id}.toml", "used_from", "forms-wrong-date")
        return None
    return (form, start, end)
