"""One PDF per record: the parts of its pages in colour, small and legible, with text behind them where wanted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from hotich.errors import HotichError
from hotich.export.documents.pdf import write_pdf
from hotich.export.documents.sheets import DocumentFacts, MmPoint, PlacedPicture, PlacedText, Sheet
from hotich.forms.formspec import Rect
from hotich.forms.loader import load_catalogue
from hotich.imaging.delivery import part_jpeg
from hotich.imaging.rasters import decode
from hotich.imaging.straight import on_paper, straight_part
from hotich.messages import Language, explain, sentence
from hotich.pipeline.cells import number_of
from hotich.pipeline.legibility import Fineness, usual_size
from hotich.pipeline.lookup import book_of, record_of
from hotich.pipeline.record_options import DEFAULT, PdfOptions, usual_bytes
from hotich.pipeline.record_parts import Extent, PageParts, parts_of
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import PageRow, Workspace
from hotich.values import Book, Finding, Record, Severity

__all__ = ["Extent", "Fineness", "PdfOptions", "RecordPdf", "record_pdf", "record_pdfs"]

GAP = 3.0
"""Millimetres between two parts on one sheet."""

NOT_MADE = "pdf-not-made"


@dataclass(frozen=True, slots=True)
class RecordPdf:
    """The document of one record. Where it could not be made `data` is empty and a note of severity ERROR says why."""

    record_id: str
    data: bytes
    pages: int
    notes: tuple[Finding, ...] = ()

    @property
    def made(self) -> bool:
        """Whether there is a document."""
        return bool(self.data)


def record_pdfs(
    workspace: Workspace,
    book_id: str,
    ticket: Ticket = SILENT,
    *,
    options: PdfOptions = DEFAULT,
    fineness: Mapping[str, Fineness] | None = None,
) -> Iterator[RecordPdf]:
    """The documents of a book's records in page order, one in memory at a time.

    `fineness` is what `legibility.check_legibility` found; pages that it does not name get the usual size. A record
    whose original is missing or damaged is told and passed by. Raises Cancelled between two records, PolicyError.
    """
    maker = _Maker(workspace, book_of(workspace, book_id), options, fineness or {})
    ids = workspace.record_ids(book_id)
    for number, record_id in enumerate(ids):
        ticket.check()
        record = workspace.record(record_id)
        if record is None or record.status not in options.statuses:
            continue
        ticket.progress(number, len(ids), number_of(record))
        try:
            yield maker.made(record)
        except HotichError as error:
            yield _not_made(record, error, options.language)
    ticket.progress(len(ids), len(ids))


def record_pdf(
    workspace: Workspace,
    record_id: str,
    options: PdfOptions = DEFAULT,
    fineness: Mapping[str, Fineness] | None = None,
) -> RecordPdf:
    """The document of one record, whatever its state. Raises PolicyError, and InputError where an original fails."""
    record = record_of(workspace, record_id)
    return _Maker(workspace, book_of(workspace, record.book_id), options, fineness or {}).made(record)


class _Pages:
    """The page in hand, decoded, and what was made of it: records of one page follow one another and share its head."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self._page_id = ""
        self._picture: NDArray[np.uint8] | None = None
        self._jpegs: dict[tuple[Rect, float, float], bytes] = {}

    def jpeg(self, page: PageParts, part: Rect, size: Fineness) -> bytes:
        """That part of the page as it leaves. Raises InputError where the original fails."""
        if page.row.page.page_id != self._page_id:
            self._page_id, self._picture, self._jpegs = page.row.page.page_id, None, {}
        key = (part, size.bytes_per_a4, size.dpi)
        if key not in self._jpegs:
            if self._picture is None:
                self._picture = self._decoded(page.row)
            straight = straight_part(self._picture, page.paper_to_original, part.x, part.y, (part.w, part.h))
            self._jpegs[key] = part_jpeg(straight.pixels, (part.w, part.h), size.bytes_per_a4, size.dpi)
        return self._jpegs[key]

    def _decoded(self, row: PageRow) -> NDArray[np.uint8]:
        return decode(self._workspace.original(row.page.file_sha256), row.page.frame)


class _Maker:
    """Makes the documents of one book."""

    def __init__(self, workspace: Workspace, book: Book, options: PdfOptions, fineness: Mapping[str, Fineness]) -> None:
        self._workspace, self._book, self._options, self._fineness = workspace, book, options, fineness
        self._usual = usual_bytes(workspace, options)
        self._pages = _Pages(workspace)

    def made(self, record: Record) -> RecordPdf:
        """The document of one record. Raises InputError where an original fails."""
        options = self._options
        sheets, notes = [], []
        for page in parts_of(self._workspace, record, options.extent):
            page_id = page.row.page.page_id
            size = self._fineness.get(page_id) or usual_size(page_id, self._usual)
            sheets.append(_sheet(page, self._pages, size))
            notes += [note(record.record_id, *told, options.language) for told in _told(page, size, options)]
        facts = facts_of(self._book, record, options.language)
        data = write_pdf(sheets, facts, text_layer=options.text_layer, pdf_a=options.pdf_a)
        return RecordPdf(record.record_id, data, len(sheets), tuple(notes))


def _sheet(page: PageParts, pages: _Pages, size: Fineness) -> Sheet:
    """The parts of a page below one another, each as far right as it stands on the page."""
    left = min(part.x for part in page.parts)
    width = max(part.x + part.w for part in page.parts) - left
    top = 0.0
    placed: list[PlacedPicture] = []
    texts: list[PlacedText] = []
    for band in page.bands:
        for part in band:
            # Those beside one another keep their heights.
            down = top + part.y - band[0].y
            placed.append(PlacedPicture(pages.jpeg(page, part, size), part.x - left, down, part.w, part.h))
            texts += _texts(page, part, (left, part.y - down))
        top += max(part.y + part.h for part in band) - band[0].y + GAP
    return Sheet(width, top - GAP, tuple(placed), tuple(texts))


def _texts(page: PageParts, part: Rect, origin: tuple[float, float]) -> Iterator[PlacedText]:
    """The writing whose middle lies in that part, on the sheet that has `origin` of the paper at its corner."""
    for writing in page.writings:
        corners = on_paper(writing.quad.points, page.paper_to_original)
        x, y = sum(c[0] for c in corners) / 4, sum(c[1] for c in corners) / 4
        if part.x <= x < part.x + part.w and part.y <= y < part.y + part.h:
            a, b, c, d = (_moved(corner, origin) for corner in corners)
            yield PlacedText(writing.text, (a, b, c, d))


def _moved(corner: tuple[float, float], origin: tuple[float, float]) -> MmPoint:
    return (corner[0] - origin[0], corner[1] - origin[1])


def facts_of(book: Book, record: Record, language: Language) -> DocumentFacts:
    """What the document says of itself: type, number and book, and when the record was approved; no person's name."""
    kind = load_catalogue().records[book.record_type]
    number = record.normal("so") or number_of(record)
    facts = {
        "kind": kind.title_en if language is Language.ENGLISH else kind.title,
        "number": number,
        "book": record.normal("quyenSo") or f"{book.number}/{book.year}",
        "place": book.place,
    }
    title = sentence("pdf-title" if number else "pdf-title-no-number", facts, language)
    if book.practice:
        title = sentence("pdf-title-practice", {"title": title}, language)
    return DocumentFacts(title, record.approved_at)


def _told(page: PageParts, size: Fineness, options: PdfOptions) -> Iterator[tuple[str, dict[str, str]]]:
    """What a person should know of a page's pictures: keys of sentences with their facts."""
    facts = {"page": page.row.page.file_name}
    if page.row.placement is None and options.extent is Extent.ENTRY:
        yield "pdf-page-as-it-came", facts
    if size.unchecked:
        yield "pdf-legibility-not-checked", {**facts, "reason": size.unchecked}
    if not size.legible:
        yield "pdf-less-legible", {**facts, "points": f"{100 * size.rise:.1f}"}
    elif size.larger:
        thousands = {"kilobytes": f"{size.bytes_per_a4 / 1000:.0f}", "target": f"{size.usual / 1000:.0f}"}
        yield "pdf-larger-to-stay-legible", {**facts, **thousands}


def note(record_id: str, key: str, facts: dict[str, str], language: Language) -> Finding:
    """Something that is only told."""
    return Finding(key, Severity.NOTE, (), sentence(key, facts, language), record_id)


def _not_made(record: Record, error: HotichError, language: Language) -> RecordPdf:
    facts = {"number": number_of(record) or record.record_id, "reason": explain(error, language)}
    finding = Finding(NOT_MADE, Severity.ERROR, (), sentence(NOT_MADE, facts, language), record.record_id)
    return RecordPdf(record.record_id, b"", 0, (finding,))
