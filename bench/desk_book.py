"""A workspace with an invented commune's book in it: a page for every record, and readings if they are wanted."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from bench.desk_commune import CommuneBook
from bench.desk_readings import readings
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.pipeline.reading import record_id_of
from hotich.store import Workspace
from hotich.values import MACHINE, Actor, Book, Point, Quad, RecordType, Region
from hotich.workflow import Draft, ReadingsMade, RecordOpened

PICTURE = Path(__file__).parents[1] / "sample_scans" / "ks-2009-le-hong-thuong" / "IMG_0412.jpg"
"""A photograph of a page, as heavy as pages are; what is on it does not matter, the operator knows the truth."""


def make_book(workspace: Workspace, commune: CommuneBook, folder: Path, clerk: Actor) -> Book:
    """The book, opened with a page and an empty record for each entry."""
    wanted = NewBook(
        record_type=RecordType(commune.record),
        year=commune.year,
        number=commune.number,
        place=commune.place,
        province=commune.province,
    )
    book = open_book(workspace, wanted, clerk)
    data = PICTURE.read_bytes()
    files = []
    for number in range(len(commune.entries)):
        files.append(folder / f"{number:04}.jpg")
        # Bytes behind the end of a JPEG make another file of the same picture.
        files[-1].write_bytes(data + number.to_bytes(4, "big"))
    report = import_paths(workspace, book.book_id, files, clerk)
    for page in report.added:
        boxes = _boxes(commune, page.page_id)
        opened = RecordOpened(0, commune.form.id, commune.form.sha256, boxes)
        workspace.append(Draft(book.book_id, opened, clerk, record_id_of(page.page_id, 0), page.page_id))
    return book


def add_readings(
    workspace: Workspace, book: Book, commune: CommuneBook, accuracy: Mapping[str, float], seed: int = 1
) -> None:
    """Readings of every page, as the machine would append them."""
    rng = np.random.default_rng(seed)
    for record_id, truth in zip(workspace.record_ids(book.book_id), commune.entries, strict=True):
        record = workspace.record(record_id)
        assert record is not None
        made = ReadingsMade(readings(truth, book, rng, accuracy))
        workspace.append(Draft(book.book_id, made, MACHINE, record_id, record.page_id))


def _boxes(commune: CommuneBook, page_id: str) -> tuple[Region, ...]:
    """The zones of the form laid over the picture, which is taken to show the page from edge to edge."""
    across, down = 1500 / commune.form.page_width, 2100 / commune.form.page_height
    regions = []
    for zone in commune.form.zones:
        rect = commune.form.place(zone.rect, zone.scope, 0)
        left, right = rect.x * across, (rect.x + rect.w) * across
        top, bottom = rect.y * down, (rect.y + rect.h) * down
        corners = ((left, top), (right, top), (right, bottom), (left, bottom))
        regions.append(Region(zone.field_id, page_id, Quad(*(Point(x, y) for x, y in corners))))
    return tuple(regions)
