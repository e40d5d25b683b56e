"""Large books for measuring: pages of a practice book over and over, with readings that err as readings do."""

from __future__ import annotations

import random
from pathlib import Path

from hotich.forms.loader import load_catalogue
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.pipeline.practice_truth import TrueEntry, Truth, load_truths, sample_folder
from hotich.store import Workspace
from hotich.values import MACHINE, Actor, Point, Quad, Reading, Region, Role, SourcePage
from hotich.workflow import Draft, PageAdded, ReadingsMade, RecordOpened

CLERK = Actor("Người đo", Role.CLERK)
SOURCE = "ks-2009-le-hong-thuong"
WRONG = {"nksGioiTinh": ("Nam", "Nữ"), "nksDanToc": ("Tày", "Thái", "Ê Đê", "Mường"), "nksQuocTich": ("Lào",)}


def large_book(workspace: Workspace, folder: Path, records: int, *, files: int = 0, wrong: float = 0.05) -> str:
    """The id of a book of births with that many records, a page each, every field with a reading.

    The first `files` pages (all when 0) are files of their own, so that each is decoded once; the others share theirs.
    A share of the readings is `wrong`, most of those with little confidence.
    """
    truth = next(each for each in load_truths(sample_folder()) if each.name == SOURCE)
    chance = random.Random(5)
    wanted = NewBook(record_type=truth.book.record_type, year=2009, number="01", place="UBND xã Tân Lập")
    book_id = open_book(workspace, wanted, CLERK).book_id
    pages = _pages(workspace, book_id, truth, folder, records, files or records)
    drafts = []
    for number, page in enumerate(pages):
        entry = truth.entries[number % len(truth.entries)]
        drafts += _record(book_id, page, entry, truth.book.form_id, chance, wrong)
        if len(drafts) > 500 or number + 1 == records:
            workspace.append(*drafts)
            drafts = []
    return book_id


def _pages(
    workspace: Workspace, book_id: str, truth: Truth, folder: Path, records: int, files: int
) -> list[SourcePage]:
    added: list[SourcePage] = []
    for number in range(min(records, files)):
        file = folder / f"{number:05}.jpg"
        source = truth.folder / truth.entries[number % len(truth.entries)].file
        file.write_bytes(source.read_bytes() + number.to_bytes(4, "big"))
        added += import_paths(workspace, book_id, [file], CLERK).added
        file.unlink()
    for start in range(len(added), records, 500):
        more = [_again(added, number) for number in range(start, min(records, start + 500))]
        workspace.append(
            *(Draft(book_id, PageAdded(p, n), CLERK, page_id=p.page_id) for n, p in enumerate(more, start))
        )
        added += more
    return added


def _again(added: list[SourcePage], number: int) -> SourcePage:
    """One more page of a file that is there, of the same entry of the practice book."""
    of = added[number % (len(added) - len(added) % 3) if len(added) >= 3 else number % len(added)]
    return SourcePage(f"{of.page_id}-{number}", of.file_name, of.file_sha256, of.frame, of.width, of.height, of.dpi)


def _record(
    book_id: str, page: SourcePage, entry: TrueEntry, form_id: str, chance: random.Random, wrong: float
) -> list[Draft]:
    form = load_catalogue().forms[form_id]
    standing = {zone.field_id for zone in form.zones}
    fields = {name: field for name, field in entry.fields.items() if name in standing}
    regions = tuple(
        Region(name, page.page_id, Quad(*(Point(*corner) for corner in field.box))) for name, field in fields.items()
    )
    readings = []
    for name, field in fields.items():
        errs = chance.random() < wrong and name in WRONG
        text = chance.choice(WRONG[name]) if errs else field.written
        sure = chance.random() > (0.8 if errs else 0.06)
        confidence = chance.uniform(0.88, 0.99) if sure else chance.uniform(0.3, 0.8)
        normal = text if errs else field.normal
        reason = "ink" if text else "blank"
        readings.append(Reading(name, text, normal, round(confidence, 3), "bench", "1", reason))
    opened = RecordOpened(0, form.id, form.sha256, regions)
    record_id = f"{page.page_id}-e0"
    return [
        Draft(book_id, opened, MACHINE, record_id, page.page_id),
        Draft(book_id, ReadingsMade(tuple(readings)), MACHINE, record_id, page.page_id),
    ]
