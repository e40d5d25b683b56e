"""Reads the fields of a page's records: cuts their pictures, asks the engines, and keeps the suggestions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotich import workflow
from hotich.errors import EngineError
from hotich.forms.formspec import FieldSpec, FormSpec, Ink, Scope, Zone
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import CleanPage
from hotich.imaging.crops import cut
from hotich.imaging.stamp import without_stamp
from hotich.normal import NormalContext
from hotich.ocr.agreement import agreed
from hotich.ocr.engine import Crop, RawReading, Recogniser, checked
from hotich.ocr.leaders import dots_restored
from hotich.ocr.prepare import WORKING_DPI, ink_level, strokes_of
from hotich.ocr.suggest import blank_reading, failed_reading, suggest, tick_reading
from hotich.ocr.ticks import MARGIN_SHARE, TickBox, read_ticks
from hotich.pipeline.engines import Engines
from hotich.pipeline.typed import typed
from hotich.pipeline.zones import page_resolution, part_of, resolution
from hotich.store import Workspace
from hotich.values import MACHINE, Book, Reading, Record, Region, Status

YEAR_FIELD = "ngayDangKy"
"""The date of registration: what says age and short years is counted from its year."""

OPEN = (Status.DRAFT, Status.RETURNED)


@dataclass(frozen=True, slots=True)
class _Place:
    """One zone of one record on the page."""

    record_id: str
    zone: Zone
    spec: FieldSpec
    region: Region


@dataclass(frozen=True, slots=True)
class _Seen:
    """What an engine saw in a place; no raw reading where it failed or where there was no ink."""

    raw: RawReading | None
    engine: tuple[str, str]
    blank: float = 0.0


class FieldReader:
    """Reads one page. `picture` is the grey reading picture with the size of `page.picture`."""

    def __init__(
        self,
        workspace: Workspace,
        book: Book,
        form: FormSpec,
        engines: Engines,
        page: CleanPage,
        picture: NDArray[np.uint8],
    ) -> None:
        self._workspace, self._book, self._form = workspace, book, form
        self._engines, self._page, self._picture = engines, page, picture
        self._spec = load_catalogue().records[book.record_type]
        self._dpi: float | None = None
        self._ruled: NDArray[np.uint8] | None = None
        self._ink_level = ink_level(picture, page.dpi_estimate or WORKING_DPI)

    def read_records(self, records: Sequence[Record], open_only: bool = False) -> int:
        """How many fields were read; the readings are in the workspace, in one transaction, when this returns.

        Records handed over or approved are left alone, and with `open_only` fields that a person spoke of. Raises
        EngineError when an engine fails on every field of the page; where it fails on some, those are left empty with
        the reason.
        """
        wanted = [record for record in records if record.status in OPEN]
        if not wanted:
            return 0
        self._measure(wanted[0].page_id)
        places = [place for record in wanted for place in self._places(record, open_only)]
        ticked = {id(place): self._ticks(place) for place in places if place.zone.ink is Ink.TICK}
        seen = self._seen([place for place in places if place.zone.ink is not Ink.TICK])
        above = self._above(wanted)
        alone = []
        for record in wanted:
            mine = [place for place in places if place.record_id == record.record_id]
            readings = self._readings(mine, ticked, seen, above, self._year_of(record.normal(YEAR_FIELD)))
            above = {**above, **_normals(record, readings.values())}
            alone.append(readings)
        together = agreed(alone, self._spec, self._book.year)
        drafts = []
        for record, made in zip(wanted, together, strict=True):
            event = workflow.ReadingsMade(tuple(made.values()))
            drafts.append(workflow.Draft(self._book.book_id, event, MACHINE, record.record_id, record.page_id))
        self._workspace.append(*drafts)
        return len(places)

    def crop_of(self, record: Record, field_id: str) -> Crop | None:
        """The picture of one field as an engine gets it; None where the form or the record has no place for it."""
        self._measure(record.page_id)
        return next((self._crop(place) for place in self._places(record) if place.zone.field_id == field_id), None)

    def _measure(self, page_id: str) -> None:
        row = self._workspace.page(page_id)
        self._dpi = page_resolution(self._form, row.placement if row is not None else None, self._page)

    def _places(self, record: Record, open_only: bool = False) -> list[_Place]:
        """The zones of the form that have a region on this record."""
        found = []
        for zone in self._form.zones:
            entry = record.fields.get(zone.field_id)
            if entry is not None and entry.region is not None and not (open_only and entry.value is not None):
                found.append(_Place(record.record_id, zone, self._spec.field(zone.field_id), entry.region))
        return found

    def _ticks(self, place: _Place) -> Reading:
        zone, codes = place.zone, load_catalogue().codes.get(place.spec.codes)
        boxes = []
        for tick in zone.ticks:
            quad = part_of(place.region.quad, zone.rect, tick.rect, MARGIN_SHARE)
            picture = self._cut(Region(place.zone.field_id, place.region.page_id, quad))
            dpi = self._dpi or resolution(picture, tick.rect, MARGIN_SHARE)
            boxes.append(TickBox(tick.code, picture, dpi, (tick.rect.w, tick.rect.h)))
        found = {tick.code: codes.code(tick.code) if codes else None for tick in zone.ticks}
        labels = {code: entry.label if entry else code for code, entry in found.items()}
        return tick_reading(place.spec, labels, read_ticks(boxes))

    def _seen(self, places: Sequence[_Place]) -> dict[int, _Seen]:
        """What the engines saw in each place; a zone of the page is read once for all its records."""
        shared: dict[str, int] = {}
        crops: dict[Ink, list[tuple[int, Crop]]] = {}
        seen: dict[int, _Seen] = {}
        for place in places:
            if place.zone.scope is Scope.PAGE and shared.setdefault(place.zone.field_id, id(place)) != id(place):
                continue
            crop = self._crop(place)
            strokes = strokes_of(crop.picture, crop.dpi, crop.ink_level)
            if strokes.is_empty:
                seen[id(place)] = _Seen(None, ("", ""), blank=strokes.blank_confidence)
            else:
                crops.setdefault(place.zone.ink, []).append((id(place), crop))
        for engine, wanted in self._shared_out(crops):
            seen.update(self._asked(engine, wanted))
        return {id(place): seen[shared.get(place.zone.field_id, id(place))] for place in places}

    def _shared_out(
        self, crops: Mapping[Ink, Sequence[tuple[int, Crop]]]
    ) -> Iterator[tuple[Recogniser, list[tuple[int, Crop]]]]:
        """Which engine reads which crops: the form tells the usual ink, the page whether it was typed instead."""
        for ink, wanted in crops.items():
            engine, printed = self._engines.for_ink(ink), self._engines.printed
            apart = typed([crop for _, crop in wanted], printed) if engine is not printed else frozenset()
            for reader, mine in ((printed, True), (engine, False)):
                chosen = [item for place, item in enumerate(wanted) if (place in apart) is mine]
                if chosen:
                    yield reader, chosen

    def _asked(self, engine: Recogniser, wanted: Sequence[tuple[int, Crop]]) -> dict[int, _Seen]:
        """All crops at once; when that fails, one by one, so that one bad crop costs one field."""
        guarded = checked(engine)
        who = (guarded.name, guarded.version)
        crops = [crop for _, crop in wanted]
        try:
            raws: Sequence[RawReading | None] = guarded.read(crops)
        except EngineError as failure:
            raws = [_alone(guarded, crop) for crop in crops]
            if not any(raws):
                raise failure
        return {key: _Seen(raw, who) for (key, _), raw in zip(wanted, raws, strict=True)}

    def _crop(self, place: _Place) -> Crop:
        picture = self._cut(place.region)
        # A box that a person moved may have another size than its zone, so the page is asked first.
        dpi = self._dpi or resolution(picture, place.zone.rect)
        picture = self._with_dots(picture, place.region, dpi)
        return Crop(
            place.zone.field_id,
            place.spec.kind,
            place.zone.ink,
            picture,
            dpi,
            self._ink_level,
            self._book.place,
            self._book.year,
        )

    def _cut(self, region: Region) -> NDArray[np.uint8]:
        return cut(self._picture, self._page.to_original, region.quad)

    def _with_dots(self, bare: NDArray[np.uint8], region: Region, dpi: float) -> NDArray[np.uint8]:
        """The crop with the dots under letters that went with the dotted leader."""
        if self._ruled is None:
            self._ruled = without_stamp(self._page.picture)
        return dots_restored(bare, cut(self._ruled, self._page.to_original, region.quad), dpi)

    def _readings(
        self,
        places: Sequence[_Place],
        ticked: Mapping[int, Reading],
        seen: Mapping[int, _Seen],
        above: Mapping[str, str],
        year: int | None,
    ) -> dict[str, Reading]:
        """The suggestions for one record; the date of registration first, because the others lean on its year."""
        made: dict[str, Reading] = {}
        for place in sorted(places, key=lambda place: place.zone.field_id != YEAR_FIELD):
            context = NormalContext(self._book, above.get(place.zone.field_id, ""), year)
            reading = ticked.get(id(place)) or _suggested(place, seen[id(place)], context)
            made[place.zone.field_id] = reading
            if place.zone.field_id == YEAR_FIELD:
                year = self._year_of(reading.normal) or year
        return made

    def _year_of(self, normal: str) -> int | None:
        """The year of a date of registration, when it is the book's or the one after (entries of the last days)."""
        ending = normal[-4:]
        year = int(ending) if ending.isdecimal() else 0
        return year if 0 <= year - self._book.year <= 1 else None

    def _above(self, records: Sequence[Record]) -> dict[str, str]:
        """The normal forms of the record before the first of these in the book."""
        ids = self._workspace.record_ids(self._book.book_id)
        place = ids.index(records[0].record_id) if records[0].record_id in ids else 0
        before = self._workspace.record(ids[place - 1]) if place else None
        return _normals(before, ()) if before is not None else {}


def _suggested(place: _Place, seen: _Seen, context: NormalContext) -> Reading:
    if seen.blank:
        return blank_reading(place.zone.field_id, seen.blank)
    if seen.raw is None:
        return failed_reading(place.zone.field_id, seen.engine)
    return suggest(place.spec, place.zone, seen.raw, context, seen.engine)


def _alone(engine: Recogniser, crop: Crop) -> RawReading | None:
    try:
        return engine.read([crop])[0]
    except EngineError:
        return None


def _normals(record: Record, readings: Iterable[Reading]) -> dict[str, str]:
    """The normal form of every field: what a person said, else what was just read, else what was read before."""
    old = {key: entry.reading.normal for key, entry in record.fields.items() if entry.reading is not None}
    new = {reading.field_id: reading.normal for reading in readings}
    said = {key: entry.value.normal for key, entry in record.fields.items() if entry.value is not None}
    return {**old, **new, **said}
