"""How long one confirmed field takes to be on disk, in a workspace that is empty and in one with 20,000 records.

`python bench/store.py [records]` prints milliseconds, median, 95 % and mean processor time, for what the entry screen
and the lists do. The first two wait for the disk, the third tells whether work grows with the workspace.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from hotich.store import Workspace
from hotich.values import (
    MACHINE,
    Actor,
    Alternative,
    Book,
    FieldValue,
    Point,
    Quad,
    Reading,
    RecordType,
    Region,
    Role,
    SourcePage,
)
from hotich.workflow import BookOpened, Draft, FieldsConfirmed, PageAdded, ReadingsMade, RecordOpened

CLERK = Actor("Nguyễn Thị Lan", Role.CLERK)
FIELDS = tuple(f"truong{number:02}" for number in range(60))
PAGES, ENTRIES = 250, 8
QUAD = Quad(Point(101.25, 202.5), Point(801.75, 204.0), Point(801.5, 260.25), Point(101.0, 258.75))


def fill_book(workspace: Workspace, book_id: str) -> None:
    """A book of 2,000 records with 60 fields each, placed and read, as the machine leaves it."""
    workspace.append(Draft(book_id, BookOpened(Book(book_id, RecordType.BIRTH, 1995, "01", "Xã")), CLERK))
    for number in range(PAGES):
        page_id = f"{book_id}-{number}"
        page = SourcePage(page_id, f"{number}.jpg", f"{number:064x}", 0, 2480, 3508)
        drafts = [Draft(book_id, PageAdded(page, number), CLERK, page_id=page_id)]
        for entry in range(ENTRIES):
            drafts += read_record(book_id, page_id, entry)
        workspace.append(*drafts)


def read_record(book_id: str, page_id: str, entry: int) -> list[Draft]:
    """One entry with a region and a reading for every field."""
    record_id = f"{page_id}-{entry}"
    regions = tuple(Region(name, page_id, QUAD, 0.4) for name in FIELDS)
    other = Alternative("Nguyễn Văn Ân", "Nguyễn Văn Ân", 0.2)
    readings = tuple(Reading(name, "Nguyễn Văn An", "", 0.7, "tesserocr", "5.5", "ink", (other,)) for name in FIELDS)
    return [
        Draft(book_id, RecordOpened(entry, "KS-1999", "f" * 64, regions), MACHINE, record_id, page_id),
        Draft(book_id, ReadingsMade(readings), MACHINE, record_id, page_id),
    ]


def timed(work: Callable[[int], object], times: int) -> tuple[float, float, float]:
    """Median and 95 % of the milliseconds that `work` takes, and the mean of what the processor does of them."""
    taken = []
    processor = time.process_time()
    for number in range(times):
        start = time.perf_counter()
        work(number)
        taken.append((time.perf_counter() - start) * 1000)
    processor = (time.process_time() - processor) * 1000 / times
    return statistics.median(taken), statistics.quantiles(taken, n=20)[-1], processor


def measure(workspace: Workspace, book_id: str) -> None:
    """Prints one line for each thing that is done while entering."""

    def confirm(number: int) -> None:
        value = FieldValue(FIELDS[number % 60], f"Trần Thị Ơn {number}", f"Trần Thị Ơn {number}")
        record_id = f"{book_id}-{number % PAGES}-{number // 60 % ENTRIES}"
        workspace.append(Draft(book_id, FieldsConfirmed((value,)), CLERK, record_id=record_id))

    works: tuple[tuple[str, Callable[[int], object], int], ...] = (
        ("confirm a field", confirm, 600),
        ("undo", lambda _: workspace.undo(CLERK, book_id), 100),
        ("redo", lambda _: workspace.redo(CLERK, book_id), 100),
        ("one record", lambda number: workspace.record(f"{book_id}-{number % PAGES}-0"), 200),
        ("50 records of the middle", lambda _: workspace.records(book_id, offset=900, limit=50), 20),
        ("ids of a book", lambda _: workspace.record_ids(book_id), 20),
        ("list of books", lambda _: workspace.books(), 20),
        ("earlier values of a field", lambda number: workspace.last_values(book_id, FIELDS[number]), 20),
    )
    for name, work, times in works:
        median, most, processor = timed(work, times)
        print(f"  {name:<28} {median:8.2f} {most:8.2f} {processor:10.2f}")


def main() -> None:
    """Fills books until there are so many records and measures at the first and at the last."""
    records = int(sys.argv[1]) if len(sys.argv) > 1 else 20_000
    books = max(1, records // (PAGES * ENTRIES))
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder)) as workspace:
        for number in range(books):
            fill_book(workspace, f"so-{number}")
            if number in (0, books - 1):
                size = (Path(folder) / "hotich.sqlite").stat().st_size / 2**20
                held = (number + 1) * PAGES * ENTRIES
                print(f"{held:,} records of 60 fields, {size:.0f} MiB   median     95 %  processor  (ms)")
                measure(workspace, f"so-{number}")
        start = time.perf_counter()
        found = workspace.verify()
        faults = [finding for finding in found if not finding.rule_id.startswith("store-original")]
        print(f"verify: {time.perf_counter() - start:.1f} s, {len(faults)} faults")
        start = time.perf_counter()
        workspace.rebuild()
        print(f"rebuild: {time.perf_counter() - start:.1f} s")


if __name__ == "__main__":
    main()
