"""Which parts of which pages a record's document shows.

A row of a ledger needs the printed head of its columns and the office, book and page above them; a block needs the
same head of the page; a form that fills the page is shown whole. A page on which no form lies is shown as it came.
Fields and margin notes may stand on another page than the record began on: that page comes along, its other entries
do not. Where the paper has a ditto mark, the field above that it stands for is shown over it, if it is on that page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from hotich.forms.formspec import FormSpec, Layout, Rect, Scope
from hotich.forms.loader import load_catalogue
from hotich.imaging.delivery import A4_MM
from hotich.imaging.geometry import Frame, Homography, turned
from hotich.imaging.straight import on_paper
from hotich.pipeline.lookup import page_of
from hotich.store import PageRow, Workspace
from hotich.text import is_ditto
from hotich.values import FieldEntry, FieldState, Quad, Record, SourcePage

MM_PER_INCH = 25.4

PAGE_MARGIN, ENTRY_MARGIN, NOTE_MARGIN, QUOTED_MARGIN = 4.0, 2.0, 6.0, 0.5
"""Millimetres added around a page, an entry with its writing, a note in the margin, and a field from above."""

HEAD_MARGIN = 3.0
"""Millimetres above the first printed line of a page's head."""

MOSTLY, HARDLY_MORE = 0.8, 0.06
"""Shares of area: of a box that counts as inside another, and of what joining two parts may add."""


class Extent(StrEnum):
    """How much of a page of several entries is shown: the ENTRY with the head of the page, or all of the PAGE."""

    ENTRY = "entry"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Writing:
    """A confirmed text and where it stands on its page."""

    text: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class PageParts:
    """The parts of one page, in millimetres of its paper from top to bottom, and the record's writing on it."""

    row: PageRow
    paper_to_original: Homography
    parts: tuple[Rect, ...]
    writings: tuple[Writing, ...] = ()

    @property
    def bands(self) -> tuple[tuple[Rect, ...], ...]:
        """The parts from top to bottom, those beside one another together."""
        bands: list[list[Rect]] = []
        for part in self.parts:
            if bands and _beside(part, bands[-1]):
                bands[-1].append(part)
            else:
                bands.append([part])
        return tuple(map(tuple, bands))

    @property
    def millimetres(self) -> float:
        """Area of all parts in square millimetres."""
        return sum(part.w * part.h for part in self.parts)


def parts_of(workspace: Workspace, record: Record, extent: Extent) -> tuple[PageParts, ...]:
    """The pages of a record's document: the page it stands on, then those on which more of it is written."""
    writings = tuple(_writings(record))
    own = {record.page_id: None}
    pages = own | {page_id: None for page_id, _ in writings} | {place: None for place, _ in _places(record)}
    return tuple(_page_parts(workspace, record, page_id, extent) for page_id in pages)


def _places(record: Record) -> Iterator[tuple[str, Quad]]:
    """Every place on a page that belongs to the record."""
    for entry in record.fields.values():
        if entry.region is not None:
            yield entry.region.page_id, entry.region.quad
    for note in record.margin_notes:
        if note.region is not None:
            yield note.region.page_id, note.region.quad


def _writings(record: Record) -> Iterator[tuple[str, Writing]]:
    """Confirmed texts with the page they stand on, in the order of the form."""
    form = load_catalogue().forms.get(record.form_id)
    order = {zone.field_id: number for number, zone in enumerate(form.zones)} if form is not None else {}
    for entry in sorted(record.fields.values(), key=lambda entry: order.get(entry.field_id, len(order))):
        if entry.region is not None and entry.value is not None and entry.value.state is FieldState.VALUE:
            written, normal = entry.value.as_written, entry.value.normal
            # Nobody searches for a ditto mark.
            text = normal if not written or is_ditto(written) else written
            yield entry.region.page_id, Writing(text, entry.region.quad)
    for note in record.margin_notes:
        if note.region is not None:
            yield note.region.page_id, Writing(note.text, note.region.quad)


def _page_parts(workspace: Workspace, record: Record, page_id: str, extent: Extent) -> PageParts:
    row = page_of(workspace, page_id)
    form = load_catalogue().forms.get(row.placement.form_id) if row.placement is not None else None
    mine = tuple(writing for place, writing in _writings(record) if place == page_id)
    if row.placement is None or form is None:
        ground = as_it_came(row.page, load_catalogue().forms.get(record.form_id))
        return PageParts(row, ground, (_all_of(row.page, ground),), mine)
    ground = np.array(row.placement.to_original)
    boxes = [_box(quad, ground) for place, quad in _places(record) if place == page_id]
    if extent is Extent.PAGE or form.layout is Layout.SINGLE:
        wanted = [_union([_around(Rect(0, 0, form.page_width, form.page_height), PAGE_MARGIN), *boxes])]
    elif page_id == record.page_id:
        wanted = _entry_parts(record, form, boxes) + _quoted(workspace, record, ground)
    else:
        wanted = [head_of(form), *(_band(box, form) for box in boxes)]
    edge = _all_of(row.page, ground)
    parts = [cut for part in _joined(wanted) if (cut := _overlap(part, edge)) is not None]
    return PageParts(row, ground, tuple(parts) or (edge,), mine)


def _entry_parts(record: Record, form: FormSpec, boxes: list[Rect]) -> list[Rect]:
    """Head and entry; writing of the record beside its entry widens it, and what lies far off is a part of its own."""
    x, y = form.grid.origin(record.entry)
    entry = _around(Rect(x, y, form.grid.width, form.grid.height), ENTRY_MARGIN)
    near = [box for box in boxes if _overlap(box, entry) is not None]
    head = head_of(form)
    far = [box for box in boxes if box not in near and not _holds(head, box)]
    return [head, _union([entry, *(_around(box, ENTRY_MARGIN) for box in near)]), *(_band(box, form) for box in far)]


def _quoted(workspace: Workspace, record: Record, ground: Homography) -> list[Rect]:
    """The fields of entries above that the ditto marks of a record stand for."""
    marked = [entry.field_id for entry in record.fields.values() if _is_marked(entry)]
    above = [r for r in workspace.page_records(record.page_id) if r.entry < record.entry] if marked else []
    found = []
    for field_id in marked:
        entries = (earlier.fields.get(field_id) for earlier in reversed(above))
        source = next((entry for entry in entries if entry is not None and _says(entry)), None)
        if source is not None and source.region is not None and source.region.page_id == record.page_id:
            found.append(_around(_box(source.region.quad, ground), QUOTED_MARGIN))
    return found


def _is_marked(entry: FieldEntry) -> bool:
    """Whether a field has a ditto mark."""
    if entry.value is not None:
        return is_ditto(entry.value.as_written)
    return entry.reading is not None and entry.reading.ditto


def _says(entry: FieldEntry) -> bool:
    """Whether a field has writing of its own."""
    told = entry.value.as_written if entry.value is not None else entry.reading.text if entry.reading else ""
    return bool(told) and not _is_marked(entry)


def head_of(form: FormSpec) -> Rect:
    """What stands above the entries of a page, as wide as the page: title, office, book, and the heads of columns."""
    tops = [text.y - text.size * MM_PER_INCH / 72 for text in form.texts if text.scope is Scope.PAGE]
    tops += [zone.rect.y for zone in form.zones if zone.scope is Scope.PAGE]
    top = max(0.0, min([form.grid.y, *tops]) - HEAD_MARGIN)
    return Rect(0.0, top, form.page_width, max(1.0, form.grid.y - top))


def _band(box: Rect, form: FormSpec) -> Rect:
    """The width of the page around something written on it."""
    return Rect(0.0, box.y - NOTE_MARGIN, form.page_width, box.h + 2 * NOTE_MARGIN)


def as_it_came(page: SourcePage, form: FormSpec | None) -> Homography:
    """From millimetres to the pixels of a picture that nothing is known of but its camera's turn.

    Its size is taken from the resolution in the file, else from the paper of the form, else from A4.
    """
    frame = turned(Frame(np.eye(3), page.width, page.height), page.exif_turn)
    if page.dpi is not None:
        per_mm = page.dpi / MM_PER_INCH
    else:
        paper = (form.page_width, form.page_height) if form is not None else A4_MM
        per_mm = max(frame.width, frame.height) / max(paper)
    # Pixel centres stand at whole numbers: the paper begins half a pixel before the first.
    onto_view = np.array([[per_mm, 0.0, -0.5], [0.0, per_mm, -0.5], [0.0, 0.0, 1.0]])
    return np.asarray(frame.to_stored @ onto_view, np.float64)


def _all_of(page: SourcePage, ground: Homography) -> Rect:
    """The whole picture on the paper."""
    left, top, right, bottom = -0.5, -0.5, page.width - 0.5, page.height - 0.5
    corners = on_paper(((left, top), (right, top), (right, bottom), (left, bottom)), ground)
    return _hull(corners)


def _box(quad: Quad, ground: Homography) -> Rect:
    return _hull(on_paper(quad.points, ground))


def _hull(points: Iterable[tuple[float, float]]) -> Rect:
    xs, ys = zip(*points, strict=True)
    return Rect(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys))


def _around(rect: Rect, margin: float) -> Rect:
    return Rect(rect.x - margin, rect.y - margin, rect.w + 2 * margin, rect.h + 2 * margin)


def _union(rects: list[Rect]) -> Rect:
    return _hull([corner for r in rects for corner in ((r.x, r.y), (r.x + r.w, r.y + r.h))])


def _overlap(one: Rect, other: Rect) -> Rect | None:
    left, top = max(one.x, other.x), max(one.y, other.y)
    right, bottom = min(one.x + one.w, other.x + other.w), min(one.y + one.h, other.y + other.h)
    return Rect(left, top, right - left, bottom - top) if right - left > 0.5 and bottom - top > 0.5 else None


def _beside(part: Rect, band: list[Rect]) -> bool:
    """Whether the part is about as high on the page as a band and covers nothing of it."""
    return part.y < band[0].y + band[0].h / 2 and all(
        part.x >= other.x + other.w or part.x + part.w <= other.x for other in band
    )


def _holds(outer: Rect, inner: Rect) -> bool:
    """Whether all but an edge of one lies in the other."""
    common = _overlap(outer, inner)
    return common is not None and common.w * common.h >= MOSTLY * inner.w * inner.h


def _joined(parts: list[Rect]) -> list[Rect]:
    """The parts from top to bottom; those that touch are one where that brings hardly anything else along."""
    joined: list[Rect] = []
    for part in sorted(parts, key=lambda part: (part.y, part.x)):
        while joined and _belong(joined[-1], part):
            part = _union([joined.pop(), part])
        joined.append(part)
    return joined


def _belong(upper: Rect, lower: Rect) -> bool:
    both = _union([upper, lower])
    return both.w * both.h <= (upper.w * upper.h + lower.w * lower.h) * (1 + HARDLY_MORE)
