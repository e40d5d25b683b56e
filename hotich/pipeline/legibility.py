"""Whether handwriting can still be read in the pictures that leave, and how large they must be for that.

Apart from making the documents, because reading takes time. What was found is kept beside the workspace by page, and
used again as long as the same fields, texts, engine and sizes are asked about.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib import resources
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from hotich.durable import write_whole
from hotich.errors import HotichError
from hotich.forms.formspec import FormSpec, Ink, Rect, Scope, Zone
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import reading_picture
from hotich.imaging.crops import cut
from hotich.imaging.delivery import part_jpeg
from hotich.imaging.rasters import decode, same_size
from hotich.imaging.straight import on_paper, straight_part
from hotich.messages import explain
from hotich.ocr.character_error import letters_of, letters_wrong
from hotich.ocr.engine import Crop, checked
from hotich.ocr.prepare import ink_level
from hotich.pipeline.engines import Engines
from hotich.pipeline.lookup import book_of, page_of
from hotich.pipeline.record_options import DEFAULT, PdfOptions, usual_bytes
from hotich.pipeline.record_parts import MM_PER_INCH, Extent, PageParts, parts_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import PageRow, Workspace
from hotich.values import Book, FieldState, Quad, Record

FOLDER = Path("cache") / "legibility"
"""Inside the workspace; may be deleted at any time."""


class Step(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One size of pictures: share of the usual bytes, and the finest resolution in dots per inch."""

    share: float
    dpi: float


class LegibilityRule(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many fields of a page are read, and the sizes that are tried in turn."""

    fields_at_most: int
    steps: tuple[Step, ...]


class Fineness(msgspec.Struct, frozen=True):
    """How finely a page's pictures are kept, and how many letters were read wrongly in the original and in them.

    `bytes_per_a4` and `dpi` are the size found, `usual` the target. `legible` is False where even the largest picture
    was not good enough. `unchecked` is why nothing could be found out, for a person, or ''.
    """

    page_id: str
    bytes_per_a4: float
    dpi: float
    usual: float
    fields: int = 0
    letters: int = 0
    wrong_original: int = 0
    wrong_delivered: int = 0
    legible: bool = True
    unchecked: str = ""

    @property
    def rise(self) -> float:
        """By what share of letters the recogniser errs more often on the delivered picture."""
        return (self.wrong_delivered - self.wrong_original) / self.letters if self.letters else 0.0

    @property
    def larger(self) -> bool:
        """Whether the pictures are larger than usual."""
        return self.bytes_per_a4 > self.usual


@cache
def legibility_rule() -> LegibilityRule:
    """The rule as shipped in `legibility.toml`."""
    text = (resources.files("hotich.pipeline") / "legibility.toml").read_text(encoding="utf-8")
    return msgspec.toml.decode(text, type=LegibilityRule)


def usual_size(page_id: str, usual: float) -> Fineness:
    """The size of a page that nothing was found out about."""
    return Fineness(page_id, usual, legibility_rule().steps[0].dpi, usual)


def check_legibility(
    workspace: Workspace,
    book_id: str,
    engines: Engines,
    ticket: Ticket = SILENT,
    *,
    options: PdfOptions = DEFAULT,
) -> dict[str, Fineness]:
    """What was found by page id, for every page of the book on which records begin that get a document.

    Takes about as long as reading the pages; pages asked about before take none. A page that cannot be read is
    `unchecked`. Raises Cancelled between two pages; what was found until then is kept.
    """
    checker = _Checker(workspace, book_of(workspace, book_id), engines, options)
    rows = [row for row in workspace.pages(book_id) if row.entries]
    found: dict[str, Fineness] = {}
    for number, row in enumerate(rows):
        ticket.check()
        ticket.progress(number, len(rows), row.page.file_name)
        found |= checker.found(row)
    ticket.progress(len(rows), len(rows))
    return found


def check_page(
    workspace: Workspace, page_id: str, engines: Engines, options: PdfOptions = DEFAULT
) -> dict[str, Fineness]:
    """The same for one page; nothing where no record on it gets a document. Raises PolicyError."""
    row = page_of(workspace, page_id)
    return _Checker(workspace, book_of(workspace, row.book_id), engines, options).found(row)


@dataclass(frozen=True, slots=True)
class _Sample:
    """A field to be read, on which part of the page it stands, and what a person says it reads; '' if nobody did."""

    zone: Zone
    quad: Quad
    part: Rect
    truth: str


class _Checker:
    """Finds out about the pages of one book."""

    def __init__(self, workspace: Workspace, book: Book, engines: Engines, options: PdfOptions) -> None:
        self._workspace, self._book, self._engines, self._options = workspace, book, engines, options
        self._usual = usual_bytes(workspace, options)

    def found(self, row: PageRow) -> dict[str, Fineness]:
        """What was found of one page by its id, now or earlier; nothing where no record on it gets a document."""
        page_id, statuses = row.page.page_id, self._options.statuses
        records = [record for record in self._workspace.page_records(page_id) if record.status in statuses]
        return {page_id: self._of(row, records)} if records else {}

    def _of(self, row: PageRow, records: Sequence[Record]) -> Fineness:
        start = usual_size(row.page.page_id, self._usual)
        samples, ground = _samples(self._workspace, records, self._options.extent)
        if not samples:
            return start
        kept = _Kept(self._workspace.folder / FOLDER / f"{row.page.page_id}.json", self._asked(row, samples))
        known = kept.found()
        if known is not None:
            return known
        try:
            picture = decode(self._workspace.original(row.page.file_sha256), row.page.frame)
            reader = _PageReader(self._book, self._engines, samples, picture, ground)
            found = reader.found(start, self._options.rise_at_most)
        except HotichError as error:
            return msgspec.structs.replace(start, unchecked=explain(error, self._options.language))
        kept.keep(found)
        return found

    def _asked(self, row: PageRow, samples: Sequence[_Sample]) -> str:
        """A hash of everything that the answer depends on; the texts in it are people's names and are not kept."""
        fields = [(sample.zone.field_id, sample.quad, sample.part, sample.truth) for sample in samples]
        engine = self._engines.handwriting
        told = (fields, row.page.file_sha256, row.page.frame, engine.name, engine.version)
        rule = (self._options.rise_at_most, self._usual, legibility_rule())
        return hashlib.sha256(msgspec.json.encode((told, rule))).hexdigest()


def _samples(
    workspace: Workspace, records: Sequence[Record], extent: Extent
) -> tuple[list[_Sample], NDArray[np.float64]]:
    """Fields written by hand on that page, evenly spread over its records, and how the paper lies in the picture."""
    found: list[_Sample] = []
    ground = np.eye(3)
    seen: set[str] = set()
    for record in records:
        page = parts_of(workspace, record, extent)[0]
        ground = page.paper_to_original
        for zone, quad, truth in _written(record, load_catalogue().forms.get(record.form_id)):
            if zone.scope is Scope.PAGE and zone.field_id in seen:
                continue
            seen.add(zone.field_id)
            part = _part_with(page, quad)
            if part is not None:
                found.append(_Sample(zone, quad, part, truth))
    most = legibility_rule().fields_at_most
    return [found[at * len(found) // most] for at in range(most)] if len(found) > most else found, ground


def _written(record: Record, form: FormSpec | None) -> Iterator[tuple[Zone, Quad, str]]:
    """The zones for handwriting in which something stands, with what a person says it is."""
    for zone in form.zones if form is not None else ():
        entry = record.fields.get(zone.field_id)
        if zone.ink is not Ink.HAND or entry is None or entry.region is None or entry.region.page_id != record.page_id:
            continue
        value, reading = entry.value, entry.reading
        if value is not None and value.state is FieldState.VALUE and value.as_written:
            yield zone, entry.region.quad, value.as_written
        elif value is None and reading is not None and reading.text:
            yield zone, entry.region.quad, ""


def _part_with(page: PageParts, quad: Quad) -> Rect | None:
    """The part of the page in which the middle of the quad lies."""
    corners = on_paper(quad.points, page.paper_to_original)
    x, y = sum(c[0] for c in corners) / 4, sum(c[1] for c in corners) / 4
    return next((p for p in page.parts if p.x <= x < p.x + p.w and p.y <= y < p.y + p.h), None)


class _PageReader:
    """Reads the samples of one page in the original and in pictures of growing size."""

    def __init__(
        self,
        book: Book,
        engines: Engines,
        samples: Sequence[_Sample],
        picture: NDArray[np.uint8],
        ground: NDArray[np.float64],
    ) -> None:
        self._book, self._engine = book, checked(engines.handwriting)
        self._spec = load_catalogue().records[book.record_type]
        parts = dict.fromkeys(sample.part for sample in samples)
        self._straight = {part: straight_part(picture, ground, part.x, part.y, (part.w, part.h)) for part in parts}
        self._samples = samples

    def found(self, start: Fineness, rise_at_most: float) -> Fineness:
        """The first size at which the errors rise by no more than allowed, else the one with the fewest of them."""
        before = self._read({part: straight.pixels for part, straight in self._straight.items()})
        truths = [sample.truth or read for sample, read in zip(self._samples, before, strict=True)]
        letters, wrong = sum(map(letters_of, truths)), _wrong(before, truths)
        best: Fineness | None = None
        for step in legibility_rule().steps:
            budget = start.usual * step.share
            after = self._read({part: self._delivered(part, budget, step.dpi) for part in self._straight})
            counted = {"fields": len(truths), "letters": letters, "wrong_original": wrong}
            now = msgspec.structs.replace(
                start, bytes_per_a4=budget, dpi=step.dpi, wrong_delivered=_wrong(after, truths), **counted
            )
            if now.rise <= rise_at_most:
                return now
            best = now if best is None or now.wrong_delivered < best.wrong_delivered else best
        assert best is not None
        return msgspec.structs.replace(best, legible=False)

    def _delivered(self, part: Rect, budget: float, dpi: float) -> NDArray[np.uint8]:
        """The part as it would leave, back at the size of the original."""
        pixels = self._straight[part].pixels
        return same_size(decode(part_jpeg(pixels, (part.w, part.h), budget, dpi), 0), pixels)

    def _read(self, pictures: dict[Rect, NDArray[np.uint8]]) -> list[str]:
        """What the recogniser reads in each sample, without asking what would make sense."""
        crops: list[Crop] = []
        grey: dict[Rect, tuple[NDArray[np.uint8], float]] = {}
        for sample in self._samples:
            if sample.part not in grey:
                dpi = self._dpi(sample)
                made = reading_picture(pictures[sample.part], dpi)
                grey[sample.part] = (made, ink_level(made, dpi))
            crops.append(self._crop(sample, *grey[sample.part]))
        return [raw.text for raw in self._engine.read(crops)]

    def _dpi(self, sample: _Sample) -> float:
        return self._straight[sample.part].per_mm * MM_PER_INCH

    def _crop(self, sample: _Sample, grey: NDArray[np.uint8], level: float) -> Crop:
        field_id, book = sample.zone.field_id, self._book
        kind = self._spec.field(field_id).kind
        picture = cut(grey, self._straight[sample.part].to_original, sample.quad)
        return Crop(field_id, kind, sample.zone.ink, picture, self._dpi(sample), level, book.place, book.year)


def _wrong(read: Iterable[str], truths: Iterable[str]) -> int:
    return sum(letters_wrong(text, truth) for text, truth in zip(read, truths, strict=True))


class _Kept:
    """What was found on a page, in a file, together with what was asked then."""

    def __init__(self, file: Path, asked: str) -> None:
        self._file, self._asked = file, asked

    def found(self) -> Fineness | None:
        """What was found then, or None where something else was asked."""
        with suppress(OSError, msgspec.DecodeError):
            kept = msgspec.json.decode(self._file.read_bytes(), type=_KeptPage)
            return kept.found if kept.asked == self._asked else None
        return None

    def keep(self, found: Fineness) -> None:
        """A full or read-only disk only means that it is found out again."""
        with suppress(OSError):
            self._file.parent.mkdir(parents=True, exist_ok=True)
            write_whole(self._file, msgspec.json.encode(_KeptPage(self._asked, found)))


class _KeptPage(msgspec.Struct, frozen=True):
    asked: str
    found: Fineness
