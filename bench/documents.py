"""What one PDF per record costs over the sample books: bytes per A4 page, legibility, seconds.

python -m bench.documents [--samples DIR] [--book NAME]
"""

from __future__ import annotations

import argparse
import io
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import msgspec
import pikepdf

from hotich import workflow
from hotich.imaging.delivery import a4_pages
from hotich.ocr.blank_engine import BlankEngine
from hotich.ocr.words import find_words
from hotich.pipeline.books import open_book
from hotich.pipeline.engines import Engines, load_engines
from hotich.pipeline.intake import import_paths
from hotich.pipeline.legibility import Fineness, check_legibility
from hotich.pipeline.practice import CLERK, known_answers, wanted_book
from hotich.pipeline.practice_truth import Truth, load_truths, sample_folder
from hotich.pipeline.reading import read_book
from hotich.pipeline.record_pdfs import Extent, PdfOptions, RecordPdf, record_pdfs
from hotich.settings import load_settings
from hotich.store import Workspace
from hotich.values import Book, FieldState, FieldValue, Status
from hotich.workflow import Draft

POINTS_PER_MM = 72 / 25.4
EVERY = frozenset({Status.DRAFT})


@dataclass
class Sum:
    """What the documents of a book came to."""

    records: int = 0
    size: int = 0
    a4: float = 0.0
    seconds: float = 0.0
    largest: float = 0.0

    def add(self, pdf: RecordPdf, seconds: float) -> None:
        area = sum(areas(pdf.data))
        self.records, self.size, self.a4 = self.records + 1, self.size + len(pdf.data), self.a4 + area
        self.seconds += seconds
        self.largest = max(self.largest, len(pdf.data) / area)

    def join(self, other: Sum) -> None:
        self.records, self.size, self.a4 = self.records + other.records, self.size + other.size, self.a4 + other.a4
        self.seconds, self.largest = self.seconds + other.seconds, max(self.largest, other.largest)

    def told(self) -> str:
        each, per_a4 = self.size / self.records / 1000, self.size / self.a4 / 1000
        return (
            f"{self.records:3} records, {each:5.0f} kB each, {per_a4:4.0f} kB per A4"
            f" (most {self.largest / 1000:4.0f}), {self.seconds / self.records:.2f} s each"
        )


@dataclass
class Totals:
    """Everything over all books."""

    sums: dict[str, Sum] = field(default_factory=dict)
    pages: list[Fineness] = field(default_factory=list)
    check_seconds: float = 0.0


def areas(data: bytes) -> Iterator[float]:
    """The area of the pictures of each page in A4 pages."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        for page in pdf.pages:
            drawn = page.Contents.read_bytes().decode("ascii").split("\n")
            sides = [line.split()[1:5] for line in drawn if line.endswith("Do Q")]
            yield sum(a4_pages((float(w) / POINTS_PER_MM, float(h) / POINTS_PER_MM)) for w, _, _, h in sides)


def entered(workspace: Workspace, truth: Truth) -> Book:
    """The book with its forms laid by their printed words and every field confirmed as it stands there."""
    # As if it were a real one: nothing that leaves is marked as practice.
    wanted = msgspec.structs.replace(wanted_book(truth), form_id=truth.book.form_id, practice=False)
    book = open_book(workspace, wanted, CLERK)
    import_paths(workspace, book.book_id, truth.files, CLERK)
    read_book(workspace, book.book_id, Engines(find_words, BlankEngine(), BlankEngine()))
    for record_id, known in known_answers(workspace, book, truth).items():
        record = workspace.record(record_id)
        if record is None:
            continue
        values = tuple(
            FieldValue(field_id, true.written, true.normal, true.state)
            for field_id, true in known.fields.items()
            if true.state is FieldState.VALUE
        )
        event = workflow.FieldsConfirmed(values)
        workspace.append(Draft(book.book_id, event, CLERK, record_id, record.page_id))
    return book


def measured(workspace: Workspace, book: Book, options: PdfOptions, fineness: dict[str, Fineness]) -> Sum:
    found, start = Sum(), time.perf_counter()
    for pdf in record_pdfs(workspace, book.book_id, options=options, fineness=fineness):
        found.add(pdf, time.perf_counter() - start)
        start = time.perf_counter()
    return found


def run(truths: tuple[Truth, ...], folder: Path) -> Totals:
    """Every book: entries and whole pages at the usual size, and entries as large as legibility asks."""
    totals, engines = Totals(), load_engines(load_settings())
    usual = PdfOptions(text_layer=True, pdf_a=True, statuses=EVERY)
    whole = PdfOptions(Extent.PAGE, text_layer=True, pdf_a=True, statuses=EVERY)
    with Workspace.open(folder / "workspace") as workspace:
        for truth in truths:
            book = entered(workspace, truth)
            start = time.perf_counter()
            found = check_legibility(workspace, book.book_id, engines, options=usual)
            totals.check_seconds += time.perf_counter() - start
            totals.pages += found.values()
            print(truth.name)
            for page in found.values():
                wrong = f"{page.wrong_original} -> {page.wrong_delivered} ({100 * page.rise:+.2f} points)"
                verdict = "" if page.legible else " NOT LEGIBLE"
                print(f"  {page.bytes_per_a4 / 1000:4.0f} kB per A4: {page.letters} letters, wrong {wrong}{verdict}")
            for name, options, fineness in (
                ("entries", usual, {}),
                ("entries, legible", usual, found),
                ("whole pages", whole, {}),
            ):
                made = measured(workspace, book, options, fineness)
                totals.sums.setdefault(name, Sum()).join(made)
                print(f"  {name:17} {made.told()}", flush=True)
    return totals


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--samples", type=Path, default=None)
    parser.add_argument("--book", action="append", default=[])
    words = parser.parse_args()
    truths = load_truths(words.samples or sample_folder())
    with tempfile.TemporaryDirectory() as folder:
        chosen = tuple(truth for truth in truths if not words.book or truth.name in words.book)
        totals = run(chosen, Path(folder))
    print("all books")
    for name, made in totals.sums.items():
        print(f"  {name:17} {made.told()}")
    pages = totals.pages
    letters = sum(page.letters for page in pages)
    rise = sum(page.wrong_delivered - page.wrong_original for page in pages) / letters
    print(
        f"  {len(pages)} pages, {letters} letters: wrong {sum(p.wrong_original for p in pages) / letters:.2%} in the"
        f" originals, {100 * rise:+.2f} points in the pictures; {sum(p.larger for p in pages)} pages larger,"
        f" {sum(not p.legible for p in pages)} not legible; {totals.check_seconds / len(pages):.1f} s a page"
    )


if __name__ == "__main__":
    main()
