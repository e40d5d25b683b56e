"""How well fields are read: every sample book through a workspace of its own, held against its truth.

    python -m bench.reading                          the whole way, regions found by the program
    python -m bench.reading --regions truth          regions from the truth: reading alone, without registration
    python -m bench.reading --printed pytesseract    another engine
    python -m bench.reading --wrong print            lists the fields of that ink whose normal form is wrong
    python -m bench.reading --samples FOLDER         other books drawn by sample_scans.draw (may be given again)
    python -m bench.reading --hand hand-2            only fields in that hand (may be given again)
    python -m bench.reading --target 0.95            what a supervisor who asks for that accuracy would get

Prints the share of fields whose normal form is right and the character error rate (CER) of the text as written, by
form and ink (hand, print, tick; blank zones are right when nothing is suggested), how true the confidence is by kind
of field, the share of suggestions at or above the target with their true accuracy and its 95 % interval, and seconds
per page by step.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from rapidfuzz.distance import Levenshtein

from bench.confidence import Judged, accepted, calibration_error
from hotich import workflow
from hotich.forms.formspec import FormSpec, Zone
from hotich.forms.loader import load_catalogue
from hotich.imaging.clean import PageShape, clean_page, reading_picture
from hotich.imaging.rasters import decode
from hotich.ocr.engine import Recogniser, recogniser
from hotich.ocr.words import find_words
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.engines import Engines
from hotich.pipeline.fields import FieldReader
from hotich.pipeline.intake import import_paths
from hotich.pipeline.reading import DEFAULT_DPI, read_page, record_id_of
from hotich.pipeline.zones import part_of
from hotich.store import Workspace
from hotich.text import nfc, squeeze
from hotich.values import MACHINE, Point, Quad, Reading, Record, RecordType, Region

SAMPLES = Path(__file__).parents[1] / "sample_scans"
AROUND_INK = 0.08
"""The truth gives the tight box of the ink; a zone is larger. Share of the box's height added on every side."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """One field of one entry: what stands there and what was read."""

    book: str
    record_type: str
    form_id: str
    ink: str
    field_id: str
    written: str
    normal: str
    reading: Reading | None
    kind: str = ""
    hand: str = ""

    @property
    def right(self) -> bool:
        """Whether the normal form is that of the truth; of a blank zone, whether nothing is suggested."""
        if self.reading is None:
            return False
        return not self.reading.text if self.ink == "blank" else self.reading.normal == self.normal

    @property
    def text(self) -> str:
        return self.reading.text if self.reading is not None else ""

    @property
    def plain(self) -> str:
        """What the ink alone says."""
        return (self.reading.plain or self.reading.text) if self.reading is not None else ""


@dataclass
class Run:
    """What came of all books."""

    outcomes: list[Outcome] = field(default_factory=list)
    seconds: Counter[str] = field(default_factory=Counter)
    pages: int = 0
    failed: list[str] = field(default_factory=list)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--regions", choices=("found", "truth"), default="found")
    parser.add_argument("--printed", default="tesserocr", help="engine for print")
    parser.add_argument("--handwriting", default="hotich-hand", help="engine for handwriting; pp-ocrv6 to compare")
    parser.add_argument("--book", action="append", default=[], help="only books whose folder name contains this")
    parser.add_argument("--wrong", default="", help="list the wrong fields of this ink")
    parser.add_argument("--samples", type=Path, action="append", default=[], help="folder of books with truth.json")
    parser.add_argument("--hand", action="append", default=[], help="only fields in this hand")
    parser.add_argument("--target", type=float, default=0.99, help="accuracy that a supervisor asks for")
    wishes = parser.parse_args()
    printed = recogniser(wishes.printed)
    hand = printed if wishes.handwriting == wishes.printed else _engine(wishes.handwriting)
    engines = Engines(find_words, printed, hand)
    run = Run()
    folders = wishes.samples or [SAMPLES]
    for file in (file for folder in folders for file in sorted(folder.glob("*/truth.json"))):
        if not wishes.book or any(part in file.parent.name for part in wishes.book):
            read_sample(file, engines, wishes.regions == "truth", run)
            print(f"{file.parent.name} read", file=sys.stderr)
    print(f"regions: {wishes.regions}; print: {printed.name} {printed.version}; hand: {hand.name} {hand.version}")
    if wishes.hand:
        run.outcomes = [outcome for outcome in run.outcomes if outcome.hand in wishes.hand]
    print_report(run, wishes.target)
    if wishes.wrong:
        print_wrong(run, wishes.wrong)
    return 0


def _engine(name: str) -> Recogniser:
    """An engine of ours, or PP-OCRv6 as it ships."""
    if name != "pp-ocrv6":
        return recogniser(name)
    from bench.shipped_network import ShippedNetwork

    return ShippedNetwork()


def read_sample(file: Path, engines: Engines, from_truth: bool, run: Run) -> None:
    """Reads one sample book and adds what came of it to the run."""
    truth = json.loads(file.read_text(encoding="utf-8"))
    told = truth["book"]
    with tempfile.TemporaryDirectory() as folder, Workspace.open(Path(folder) / "workspace") as workspace:
        book = open_book(
            workspace,
            NewBook(
                record_type=RecordType(told["record_type"]),
                year=told["year"],
                number=told["number"],
                place=told["place"],
                province=told.get("province", ""),
                form_id=told["form_id"],
            ),
            MACHINE,
        )
        import_paths(workspace, book.book_id, [file.parent / name for name in told["files"]], MACHINE)
        for row in workspace.pages(book.book_id):
            entries = _entries_of(truth, row.page.file_name, row.page.frame)
            try:
                if from_truth:
                    _read_by_truth(workspace, row.page.page_id, entries, engines, run)
                else:
                    run.seconds.update(read_page(workspace, row.page.page_id, engines).seconds)
            except Exception as failure:
                run.failed.append(f"{file.parent.name} {row.page.file_name} {row.page.frame}: {failure!r}")
            run.pages += 1
            records = {record.entry: record for record in workspace.page_records(row.page.page_id)}
            form = load_catalogue().forms[told["form_id"]]
            for entry in entries:
                run.outcomes.extend(_outcomes(file.parent.name, form, entry, records.get(entry["entry"])))


def _entries_of(truth: dict[str, Any], file_name: str, frame: int) -> list[dict[str, Any]]:
    same = [e for e in truth["entries"] if nfc(e["file"]) == nfc(file_name) and e.get("frame", 0) == frame]
    return sorted(same, key=lambda entry: entry["entry"])


def _outcomes(book: str, form: FormSpec, entry: dict[str, Any], record: Record | None) -> Iterator[Outcome]:
    kinds = {spec.id: spec.kind.value for spec in load_catalogue().records[form.record_type].fields}
    for field_id, told in entry["fields"].items():
        found = record.fields.get(field_id) if record is not None else None
        ink = "blank" if told["state"] == "blank" else told["ink"]
        if told["state"] != "unreadable":
            yield Outcome(
                book,
                form.record_type.value,
                form.id,
                ink,
                field_id,
                told["written"],
                told["normal"],
                found.reading if found is not None else None,
                kinds[field_id],
                told.get("hand", ""),
            )


def _read_by_truth(
    workspace: Workspace, page_id: str, entries: list[dict[str, Any]], engines: Engines, run: Run
) -> None:
    row = workspace.page(page_id)
    assert row is not None
    book = workspace.book(row.book_id)
    assert book is not None
    form = load_catalogue().forms[book.book.form_id]
    start = time.perf_counter()
    picture = decode(workspace.original(row.page.file_sha256), row.page.frame)
    page = clean_page(picture, None, wanted=PageShape(), exif_turn=row.page.exif_turn)
    run.seconds["clean"] += time.perf_counter() - start
    for entry in entries:
        regions = tuple(_true_regions(page_id, form, entry))
        event = workflow.RecordOpened(entry["entry"], form.id, form.sha256, regions)
        record_id = record_id_of(page_id, entry["entry"])
        workspace.append(workflow.Draft(book.book.book_id, event, MACHINE, record_id, page_id))
    start = time.perf_counter()
    grey = reading_picture(page.picture, page.dpi_estimate or DEFAULT_DPI)
    reader = FieldReader(workspace, book.book, form, engines, page, grey)
    reader.read_records(workspace.page_records(page_id))
    run.seconds["read"] += time.perf_counter() - start


def _true_regions(page_id: str, form: FormSpec, entry: dict[str, Any]) -> Iterator[Region]:
    for field_id, told in entry["fields"].items():
        zone = form.zone(field_id)
        quad = Quad(*(Point(x, y) for x, y in told["box"]))
        if told["ink"] == "tick" and told["state"] == "value":
            quad = _zone_around_tick(zone, told["normal"], quad)
        elif told["state"] == "value":
            quad = _wider(quad)
        yield Region(field_id, page_id, quad)


def _zone_around_tick(zone: Zone, code: str, quad: Quad) -> Quad:
    ticked = next(tick for tick in zone.ticks if tick.code == code)
    return part_of(quad, ticked.rect, zone.rect)


def _wider(quad: Quad) -> Quad:
    """The quad with a little more on every side."""
    a, b, c, d = quad.points
    right = ((b.x - a.x), (b.y - a.y))
    down = ((d.x - a.x), (d.y - a.y))
    share_x = AROUND_INK * (down[0] ** 2 + down[1] ** 2) ** 0.5 / max(1.0, (right[0] ** 2 + right[1] ** 2) ** 0.5)

    def at(point: Point, across: float, along: float) -> Point:
        return Point(
            point.x + across * share_x * right[0] + along * AROUND_INK * down[0],
            point.y + across * share_x * right[1] + along * AROUND_INK * down[1],
        )

    return Quad(at(a, -1, -1), at(b, 1, -1), at(c, 1, 1), at(d, -1, 1))


def print_report(run: Run, target: float) -> None:
    """The tables."""
    groups: dict[tuple[str, str], list[Outcome]] = defaultdict(list)
    for outcome in run.outcomes:
        groups[(outcome.form_id, outcome.ink)].append(outcome)
        groups[("all", outcome.ink)].append(outcome)
        if outcome.ink in ("print", "tick"):
            groups[("all", "print+tick")].append(outcome)
    print(f"{'form':<10}{'ink':<12}{'fields':>7}{'normal right':>14}{'CER':>8}")
    for (form_id, ink), outcomes in sorted(groups.items()):
        right = sum(outcome.right for outcome in outcomes) / len(outcomes)
        print(f"{form_id:<10}{ink:<12}{len(outcomes):>7}{right:>13.1%}{_cer(outcomes):>8.1%}")
    _print_hands(run.outcomes)
    _print_confidence(run.outcomes)
    _print_trust(run.outcomes, target)
    steps = ", ".join(f"{name} {seconds / max(1, run.pages):.2f} s" for name, seconds in run.seconds.items())
    print(f"{run.pages} pages; per page: {steps}")
    for line in run.failed:
        print(f"failed: {line}")


def _print_hands(outcomes: list[Outcome]) -> None:
    """Handwriting by kind of field and by hand."""
    written = [outcome for outcome in outcomes if outcome.ink == "hand"]
    for title, key in (("kind", "kind"), ("hand", "hand")):
        groups: dict[str, list[Outcome]] = defaultdict(list)
        for outcome in written:
            groups[getattr(outcome, key)].append(outcome)
        print(f"{title + ' (by hand)':<22}{'fields':>7}{'normal right':>14}{'CER':>8}{'ink alone':>11}")
        for name, group in sorted(groups.items()):
            right = sum(outcome.right for outcome in group) / len(group)
            print(f"{name:<22}{len(group):>7}{right:>13.1%}{_cer(group):>8.1%}{_plain_cer(group):>11.1%}")


def _cer(outcomes: list[Outcome]) -> float:
    wrong = sum(Levenshtein.distance(squeeze(nfc(o.written)), squeeze(o.text)) for o in outcomes)
    return wrong / max(1, sum(len(o.written) for o in outcomes))


def _plain_cer(outcomes: list[Outcome]) -> float:
    """The error rate of what the ink alone says."""
    wrong = sum(Levenshtein.distance(squeeze(nfc(o.written)), squeeze(o.plain)) for o in outcomes)
    return wrong / max(1, sum(len(o.written) for o in outcomes))


def _print_confidence(outcomes: list[Outcome]) -> None:
    print("confidence     fields   right   (suggestions only)")
    edges = (0.0, 0.1, 0.3, 0.5, 0.7, 0.85, 0.95, 0.99, 1.01)
    made = [o for o in outcomes if o.reading is not None and o.reading.text]
    for low, high in pairwise(edges):
        inside = [o for o in made if o.reading is not None and low <= o.reading.confidence < high]
        if inside:
            print(f"{low:.2f}-{min(high, 1):.2f}  {len(inside):>9}{sum(o.right for o in inside) / len(inside):>8.1%}")


def _print_trust(outcomes: list[Outcome], target: float) -> None:
    """By kind of field: calibration error, and what would be accepted at the target."""
    groups: dict[str, list[Judged]] = defaultdict(list)
    for outcome in outcomes:
        if outcome.reading is not None and outcome.reading.text and outcome.ink in ("hand", "print"):
            one = (outcome.reading.confidence, outcome.right)
            groups[outcome.ink].append(one)
            if outcome.ink == "hand":
                groups[f"hand {outcome.kind}"].append(one)
    print(f"{'trust':<20}{'fields':>7}{'ECE':>7}{f'  at {target:.0%}':>10}{'right':>8}  interval")
    for name, judged in sorted(groups.items()):
        at = accepted(judged, target)
        print(
            f"{name:<20}{len(judged):>7}{calibration_error(judged):>7.3f}{at.share:>10.1%}{at.right:>8.1%}"
            f"  {at.low:.1%} - {at.high:.1%} ({at.count})"
        )


def print_wrong(run: Run, ink: str) -> None:
    """Every wrong field of that ink."""
    for o in run.outcomes:
        if o.ink == ink and not o.right:
            read = (o.reading.text, o.reading.normal, o.reading.confidence) if o.reading is not None else "no reading"
            print(f"{o.book} {o.field_id}: {o.written!r} ({o.normal}) read as {read}")


if __name__ == "__main__":
    raise SystemExit(main())
