"""Seconds a page by step and the memory peak of a whole book, from the pictures of `sample_scans`.

    python -m bench.pages [--pages 300] [--engine blank|tesserocr]

The pages of the practice books are taken again and again, each time with other bytes, until there are enough of them.
Memory is the peak of the whole process, told every twenty pages so that a leak would be seen as a slope.
"""

from __future__ import annotations

import argparse
import platform
import resource
import statistics
import tempfile
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.engines import Engines, load_engines
from hotich.pipeline.intake import import_paths
from hotich.pipeline.practice_truth import Truth, load_truths, sample_folder
from hotich.pipeline.reading import read_page
from hotich.settings import load_settings
from hotich.store import Workspace
from hotich.values import Actor, Role

CLERK = Actor("đo", Role.CLERK)


def main() -> None:
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--pages", type=int, default=300)
    words.add_argument("--engine", default="tesserocr")
    chosen = words.parse_args()
    settings = load_settings()
    engines = load_engines(settings)
    if chosen.engine == "blank":
        from hotich.ocr.engine import recogniser

        engines = Engines(engines.words, recogniser("blank"), recogniser("blank"))
    truth = next(each for each in load_truths(sample_folder()) if all(f.suffix == ".jpg" for f in each.files))
    print(f"{platform.platform()}, Python {platform.python_version()}; {chosen.pages} pages of {truth.book.form_id}")
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder) / "w") as workspace:
        _measure(workspace, truth, engines, chosen.pages, Path(folder))


def _measure(workspace: Workspace, truth: Truth, engines: Engines, pages: int, folder: Path) -> None:
    wanted = NewBook(record_type=truth.book.record_type, year=truth.book.year, number="01", place=truth.book.place)
    book = open_book(workspace, wanted, CLERK)
    steps: dict[str, list[float]] = {}
    print(f"{'page':>5}  {'peak MB':>8}  seconds a page so far")
    for number, file in enumerate(_pictures(truth, pages, folder), start=1):
        start = time.perf_counter()
        report = import_paths(workspace, book.book_id, [file], CLERK)
        steps.setdefault("import", []).append(time.perf_counter() - start)
        file.unlink()
        read = read_page(workspace, report.added[0].page_id, engines)
        for name, seconds in read.seconds.items():
            steps.setdefault(name, []).append(seconds)
        if number % 20 == 0 or number == pages:
            means = ", ".join(f"{name} {statistics.mean(values):.2f}" for name, values in steps.items())
            print(f"{number:>5}  {_peak_mb():>8.0f}  {means}", flush=True)


def _pictures(truth: Truth, pages: int, folder: Path) -> Iterator[Path]:
    """The book's pictures over and over, each a file of its own with other bytes behind its end."""
    for number, original in zip(range(pages), cycle(truth.files), strict=False):
        file = folder / f"{number:04}.jpg"
        file.write_bytes(original.read_bytes() + number.to_bytes(4, "big"))
        yield file


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
