"""Draws one page of a book: the printed form, what was written on it, signatures, seals, and the paper below."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np

from hotich.forms.formspec import FormSpec, Layout, LineStyle, Rect, Scope, SpotKind, Zone
from sample_scans.draw import stamps
from sample_scans.draw.books import BookPlan
from sample_scans.draw.camera import Shot, photograph, scan
from sample_scans.draw.events import Event, Register
from sample_scans.draw.fields import BLANK, Filler, Written
from sample_scans.draw.hands import HANDS, PRINTER, Hand, Pen, Place, scribble
from sample_scans.draw.paper import PAPERS, make_paper, shown_through
from sample_scans.draw.people import Rng
from sample_scans.draw.printed import print_form
from sample_scans.draw.sheet import SCALE, Box, Misprint, Picture, Sheet
from sample_scans.draw.truth import EntryTruth, Mark
from sample_scans.draw.typefaces import Typefaces


@dataclass(frozen=True, slots=True)
class Drawn:
    """A finished page: its picture, its truth, and its inks for the leaf that shows through on the next page."""

    shot: Shot
    entries: tuple[EntryTruth, ...]
    inks: tuple[Picture, Picture]


class PageArtist:
    """Draws the pages of one book."""

    def __init__(self, plan: BookPlan, form: FormSpec, register: Register, faces: Typefaces) -> None:
        self.plan, self.form, self.register, self.faces = plan, form, register, faces

    @property
    def _spread(self) -> bool:
        """The sheet is an open book with its fold in the middle."""
        return self.form.page_width > self.form.page_height

    def draw(self, number: int, events: list[Event], rng: Rng, other_side: tuple[Picture, Picture] | None) -> Drawn:
        """Page `number` (from 0) with those entries."""
        slip = rng.uniform(-1, 1, 2)
        stretch = 1.0 + rng.uniform(-0.0025, 0.0025, 2)
        misprint = Misprint(float(slip[0]), float(slip[1]), float(stretch[0]), float(stretch[1]))
        sheet = Sheet(self.form.page_width, self.form.page_height, misprint)
        print_form(sheet, self.form, self.faces, rng, self.plan.ruling_slip)
        entries = self._entries(sheet, number, events, rng)
        self._signatures(sheet, events, rng)
        self._seals(sheet, number, len(events), rng)
        inks = (sheet.layers["hand"], sheet.layers["printed"])
        page = self._on_paper(sheet, other_side or inks, rng)
        return Drawn(self._taken(page, number, rng), tuple(entries), inks)

    def _entries(self, sheet: Sheet, number: int, events: list[Event], rng: Rng) -> list[EntryTruth]:
        entries: list[EntryTruth] = []
        above: dict[str, Written] = {}
        shared: dict[str, Mark] = {}
        for k, event in enumerate(events):
            filler = Filler(event, self.register, self.plan.ways, self.plan.first_page + number, rng)
            truth = EntryTruth(k)
            scribe = _Scribe(self, sheet, rng, number, k)
            for zone in self.form.zones:
                if zone.scope is Scope.PAGE and zone.field_id in shared:
                    truth.fields[zone.field_id] = shared[zone.field_id]
                    continue
                value = self.plan.changed(event.number, zone.field_id, filler.fill(zone, above.get(zone.field_id)))
                truth.fields[zone.field_id] = mark = scribe.put(zone, value, truth)
                above[zone.field_id] = value if value.state == "value" else BLANK
                if zone.scope is Scope.PAGE:
                    shared[zone.field_id] = mark
            entries.append(truth)
        return entries

    def _signatures(self, sheet: Sheet, events: list[Event], rng: Rng) -> None:
        for spot in self.form.spots:
            for k in range(len(events)) if spot.scope is Scope.ENTRY else (0,):
                if spot.kind is not SpotKind.SIGNATURE:
                    continue
                rect = self.form.place(spot.rect, spot.scope, k)
                room = _signing_room(rect, rng)
                hand = HANDS[self.plan.hands[int(rng.integers(len(self.plan.hands)))]]
                scribble(sheet, room, hand.ink, rng)

    def _seals(self, sheet: Sheet, number: int, count: int, rng: Rng) -> None:
        words = self.register.town.seal
        for spot in self.form.spots:
            for k in range(count) if spot.scope is Scope.ENTRY else (0,):
                if spot.kind is SpotKind.STAMP:
                    rect = self.form.place(spot.rect, spot.scope, k)
                    shift = rng.normal(0, 2.5, 2)
                    at = (rect.x + rect.w / 2 + float(shift[0]), rect.y + rect.h / 2 + float(shift[1]))
                    stamps.press(sheet, at, words, self.faces, rng)
        for at in self.plan.seals.get(number, ()):
            stamps.press(sheet, at, words, self.faces, rng)
        if self.plan.half_seals:
            margin = self.form.page_width / 2 if self._spread else 0.0
            at = (margin - 1.0, float(rng.uniform(0.3, 0.8)) * self.form.page_height)
            stamps.press(sheet, at, words, self.faces, rng)

    def _on_paper(self, sheet: Sheet, other_side: tuple[Picture, Picture], rng: Rng) -> Picture:
        kind = PAPERS[self.plan.paper]
        gutter = 0.5 if self._spread else None
        page = make_paper(kind, (sheet.height, sheet.width), gutter, rng)
        page = page * shown_through(*other_side, kind.through, rng)
        for layer in sheet.layers.values():
            page = page * layer
        return np.asarray(page, np.float32)

    def _taken(self, page: Picture, number: int, rng: Rng) -> Shot:
        if self.plan.style == "photo":
            return photograph(page, rng, gutter=0.5 if self._spread else 0.0)
        skew = self.plan.skews[number % len(self.plan.skews)] if self.plan.skews else None
        return scan(page, rng, skew=skew, lid=self.plan.lid)


class _Scribe:
    """Writes the values of one entry."""

    def __init__(self, artist: PageArtist, sheet: Sheet, rng: Rng, page: int, entry: int) -> None:
        self._plan, self._form, self._faces = artist.plan, artist.form, artist.faces
        self._sheet, self._rng, self._entry = sheet, rng, entry
        hands = self._plan.hands
        self._main = HANDS[hands[(page + (entry > self._plan.change_of_hand)) % len(hands)]]
        self._later = HANDS[hands[-1]]

    def put(self, zone: Zone, value: Written, truth: EntryTruth) -> Mark:
        """Write a value in its zone; returns its mark."""
        rect = self._form.place(zone.rect, zone.scope, self._entry)
        room = self._box_of(rect)
        if value.state == "blank":
            return Mark("", "", value.ink, "", "blank", room)
        if value.ink == "tick":
            return self._tick(zone, value, room)
        hand = self._hand(zone, value)
        pen = Pen(hand, self._faces, self._sheet, self._rng)
        place = self._place(zone, rect)
        box = self._correct(pen, place, value, truth) if value.struck else pen.write(value.text, place)
        box = box or room
        if value.state == "unreadable":
            stamps.smudge(self._sheet, box, self._rng)
            return Mark("", "", value.ink, hand.id, "unreadable", box)
        if zone.field_id == "ghiChu":
            truth.notes.append((value.text, box))
        return Mark(value.text, value.normal, value.ink, hand.id, "value", box)

    def _hand(self, zone: Zone, value: Written) -> Hand:
        if value.ink == "print":
            return PRINTER
        return self._later if zone.field_id == "ghiChu" else self._main

    def _tick(self, zone: Zone, value: Written, room: Box) -> Mark:
        tick = next((tick for tick in zone.ticks if tick.code == value.normal), None)
        if tick is None:
            return Mark("", "", "tick", "", "blank", room)
        rect = self._form.place(tick.rect, zone.scope, self._entry)
        _mark_box(self._sheet, rect, self._main.ink, self._rng)
        return Mark(value.text, value.normal, "tick", self._main.id, "value", self._box_of(rect))

    def _place(self, zone: Zone, rect: Rect) -> Place:
        leaders = sorted(
            {
                line.y1 - zone.rect.y
                for line in self._form.lines
                if line.style is LineStyle.DOTTED
                and line.scope is zone.scope
                and zone.rect.y < line.y1 <= zone.rect.y + zone.rect.h
                and line.x1 < zone.rect.x + zone.rect.w / 2 < line.x2
            }
        )
        small = self._form.layout is Layout.LEDGER and zone.scope is Scope.ENTRY and rect.w < 30
        signed = zone.field_id in ("nguoiKy", "nguoiThucHien", "chucVuNguoiKy") and not leaders
        return Place(rect.x, rect.y, rect.w, rect.h, small or signed, tuple(leaders))

    def _correct(self, pen: Pen, place: Place, value: Written, truth: EntryTruth) -> Box | None:
        """The wrong words struck through with one line, the right ones beside or below them."""
        wrong, right = _shared(place, value)
        struck = pen.write(value.struck, wrong)
        if struck is not None:
            _strike(self._sheet, struck, pen.hand.ink, self._rng)
            truth.notes.append((f"gạch: {value.struck}", struck))
        return pen.write(value.text, right)

    def _box_of(self, rect: Rect) -> Box:
        left, top = self._sheet.pixel(rect.x, rect.y)
        right, bottom = self._sheet.pixel(rect.x + rect.w, rect.y + rect.h)
        return (left, top, right, bottom)


def _shared(place: Place, value: Written) -> tuple[Place, Place]:
    if place.w > 45:
        share = place.w * len(value.struck) / (len(value.struck) + len(value.text))
        share = min(share, len(value.struck) * 3.2)
        return (
            Place(place.x, place.y, share, place.h, False, place.leaders),
            Place(place.x + share, place.y, place.w - share, place.h, False, place.leaders),
        )
    half = place.h / 2
    return (
        Place(place.x, place.y, place.w, half, place.centred),
        Place(place.x, place.y + half, place.w, half, place.centred),
    )


def _signing_room(rect: Rect, rng: Rng) -> Place:
    """A part of the spot that a signature takes up."""
    width = min(rect.w * 0.85, float(rng.uniform(22, 38)))
    height = min(rect.h * 0.8, float(rng.uniform(9, 16)))
    x = rect.x + (rect.w - width) * float(rng.uniform(0.3, 0.7))
    y = rect.y + (rect.h - height) * float(rng.uniform(0.3, 0.7))
    return Place(x, y, width, height)


def _mark_box(sheet: Sheet, rect: Rect, ink: tuple[int, int, int], rng: Rng) -> Box | None:
    """An x or a check across a box to tick."""
    fine, margin = 2, 1.2
    size = round((rect.w + 2 * margin) * SCALE * fine)
    canvas = np.zeros((size, size), np.uint8)
    low, high = 0.24, 0.76
    shapes = ([[(low, low), (high, high)], [(high, low), (low, high)]], [[(low, 0.5), (0.45, high), (0.86, 0.12)]])
    for shape in shapes[int(rng.integers(2))]:
        points = (np.array(shape) + rng.normal(0, 0.035, (len(shape), 2))) * size
        line = np.round(points).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(canvas, [line], False, 255, max(2, round(0.45 * SCALE * fine)), cv2.LINE_AA)
    mask = cv2.resize(canvas, (size // fine, size // fine), interpolation=cv2.INTER_AREA).astype(np.float32) / 255.0
    return sheet.ink("hand", mask * 0.92, sheet.pixel(rect.x - margin, rect.y - margin), ink)


def _strike(sheet: Sheet, box: Box, ink: tuple[int, int, int], rng: Rng) -> None:
    width, height = round(box[2] - box[0]) + 8, round(box[3] - box[1])
    canvas = np.zeros((height, width), np.uint8)
    y = height * 0.58
    ends = (round(y + float(rng.normal(0, 2))), round(y + float(rng.normal(0, 2))))
    cv2.line(canvas, (0, ends[0]), (width - 1, ends[1]), 255, max(2, round(0.28 * SCALE)), cv2.LINE_AA)
    sheet.ink("hand", canvas.astype(np.float32) / 255.0 * 0.9, (box[0] - 4, box[1]), ink)
