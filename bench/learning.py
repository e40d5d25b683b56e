"""How much a recogniser learns from confirmed lines: character error rate (CER) after 0, 4, 16, 64, 256 of them.

    python -m bench.learning --lines FOLDER                        lines of many hands, learned from and tested on
    python -m bench.learning --lines FOLDER --test FOLDER          tested on other lines
    python -m bench.learning --lines ZIP --hands page --least 60   each hand for itself, by a column of lines.tsv
    python -m bench.learning                                       the handwritten fields of the sample books, by hand

FOLDER (or a ZIP file) holds line pictures and `lines.tsv` with the columns file and text. What is printed: the CER of
the likeliest letters (no words), what the guard on held-back lines let through, and processor seconds. Nothing that is
learned here is kept.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import random
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np

from hotich.imaging.clean import PageShape, clean_page, reading_picture
from hotich.imaging.crops import cut
from hotich.imaging.rasters import decode
from hotich.ocr.adapt import Hand, SeenLine, error_rate, learned
from hotich.ocr.hand_reader import seen_crop, seen_line
from hotich.ocr.handwriting_engine import MODEL_FOLDER, HandwritingEngine
from hotich.text import nfc
from hotich.values import Point, Quad

SAMPLES = Path(__file__).parents[1] / "sample_scans"
DEFAULT_DPI = 200.0
TEST_SHARE = 0.3
AROUND_PX = 6.0

Lines = list[SeenLine]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, help="folder or ZIP of lines; without it the sample books")
    parser.add_argument("--test", type=Path, help="folder or ZIP of lines to test on")
    parser.add_argument("--hands", default="", help="column of lines.tsv that names the hand")
    parser.add_argument("--only", default="", help="only hands whose name contains this")
    parser.add_argument("--least", type=int, default=40, help="hands with fewer lines are left out")
    parser.add_argument("--counts", default="4,16,64,256")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--seed", type=int, default=1)
    wishes = parser.parse_args()
    engine = HandwritingEngine(wishes.model)
    counts = [int(count) for count in wishes.counts.split(",")]
    hands = _of_table(wishes, engine) if wishes.lines else _of_samples(engine)
    test = [line for lines in _by_hand(wishes.test, "", "", engine).values() for line in lines] if wishes.test else None
    totals: dict[int, list[float]] = defaultdict(list)
    for name, lines in sorted(hands.items()):
        if len(lines) >= wishes.least:
            random.Random(wishes.seed).shuffle(lines)
            for count, gain in curve(name, lines, counts, test):
                totals[count].append(gain)
    for count, gains in totals.items():
        print(f"all {len(gains)} hands after {count} lines: {np.mean(gains):+.1%} CER (mean), {np.median(gains):+.1%}")
    return 0


def curve(name: str, lines: Lines, counts: Sequence[int], test: Lines | None) -> Iterator[tuple[int, float]]:
    """Prints the curve of one hand; the relative change of its CER after each count of lines."""
    own = test is None
    split = round(len(lines) * TEST_SHARE) if own else 0
    tested, taught = (lines[:split], lines[split:]) if test is None else (test, lines)
    before = error_rate(tested)
    print(f"{name}: {len(tested)} lines tested, CER {before:.1%}", flush=True)
    hand: Hand | None = None
    for count in counts:
        if count > len(taught):
            break
        began = time.process_time()
        outcome = learned(taught[:count], before=hand)
        spent, hand = time.process_time() - began, outcome.hand or hand
        after = error_rate(tested, hand)
        gain = after / before - 1 if before else 0.0
        kept = "kept" if outcome.kept else "dropped"
        print(f"  {count:>5} lines: CER {after:.1%} ({gain:+.0%}), {kept}, {spent:.1f} s", flush=True)
        yield count, gain


def _of_table(wishes: argparse.Namespace, engine: HandwritingEngine) -> dict[str, Lines]:
    return _by_hand(wishes.lines, wishes.hands, wishes.only, engine)


def _by_hand(place: Path, column: str, only: str, engine: HandwritingEngine) -> dict[str, Lines]:
    """The lines of a folder or ZIP by hand; all under one name without a column."""
    found: dict[str, Lines] = defaultdict(list)
    for row, data in _rows(place):
        name = row[column] if column else place.stem
        if only and only not in name:
            continue
        picture = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_GRAYSCALE)
        line = seen_line(engine, np.asarray(picture, np.uint8), nfc(row["text"]))
        if line is not None:
            found[name].append(line)
    return found


def _rows(place: Path) -> Iterator[tuple[dict[str, str], bytes]]:
    """Each row of lines.tsv with the bytes of its picture."""
    if place.is_dir():
        files = {file.name: file for file in place.rglob("*") if file.is_file()}
        for row in _table(files["lines.tsv"].read_bytes()):
            yield row, files[Path(row["file"]).name].read_bytes()
        return
    with zipfile.ZipFile(place) as archive:
        names = {Path(name).name: name for name in archive.namelist()}
        for row in _table(archive.read(names["lines.tsv"])):
            yield row, archive.read(names[Path(row["file"]).name])


def _table(data: bytes) -> Iterator[dict[str, str]]:
    return iter(csv.DictReader(io.StringIO(data.decode("utf-8")), delimiter="\t", quoting=csv.QUOTE_NONE))


def _of_samples(engine: HandwritingEngine) -> dict[str, Lines]:
    """The handwritten fields of the sample books by the hand that their truth names, cut by their true boxes."""
    found: dict[str, Lines] = defaultdict(list)
    for file in sorted(SAMPLES.glob("*/truth.json")):
        truth = json.loads(file.read_text(encoding="utf-8"))
        pages: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
        for entry in truth["entries"]:
            pages[entry["file"], entry.get("frame", 0)].append(entry)
        for (name, frame), entries in pages.items():
            if name.endswith(".pdf"):
                print(f"{file.parent.name} left out: its pages lie in a PDF", file=sys.stderr)
                continue
            page = clean_page(decode((file.parent / name).read_bytes(), frame), None, wanted=PageShape())
            dpi = page.dpi_estimate or DEFAULT_DPI
            picture = reading_picture(page.picture, dpi)
            for told in (told for entry in entries for told in entry["fields"].values()):
                if told["ink"] == "hand" and told["state"] == "value":
                    crop = cut(picture, page.to_original, _wider(told["box"]))
                    line = seen_crop(engine, crop, dpi, told["written"])
                    if line is not None:
                        found[f"{file.parent.name} {told.get('hand', '')}"].append(line)
    return found


def _wider(box: list[list[float]]) -> Quad:
    ways = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    corners = (Point(x + a * AROUND_PX, y + d * AROUND_PX) for (x, y), (a, d) in zip(box, ways, strict=True))
    return Quad(*corners)


if __name__ == "__main__":
    sys.exit(main())
