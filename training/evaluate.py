"""How well lines are read, by the shipped model and by others.

    python -m training.evaluate --lines FOLDER [--model FOLDER] [--reader ours ...] [--show 20]
    python -m training.evaluate --faces FACES [--count 250]

FOLDER (or a ZIP file) holds line pictures and `lines.tsv` with the columns file and text. With `--faces` lines are
drawn, the same on every run, with typefaces that training never saw: names, places and words left out of training, as
they are in registers (*common*) and with all marks evenly (*rare marks*).

A row of the table is a way to read: our model *plain* (the likeliest letter of each step), *decoded* (with words) and
*as an engine* (as a field of free text), PP-OCRv6 small as it ships, asterocr where it is installed, Tesseract.
Columns: character and word error rates, lines wholly right, character errors with marks and case left aside,
milliseconds of processor time a line. Needs no torch.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from hotich.forms.formspec import FieldKind, Ink
from hotich.ocr.ctc import greedy
from hotich.ocr.engine import Crop, Recogniser, recogniser
from hotich.ocr.handwriting_engine import MODEL_FOLDER, HandwritingEngine
from training.cache import RARE, UNSEEN, synthetic
from training.faces import Faces
from training.lines import read_lines
from training.measure import Score, score
from training.others import asterocr, first_network
from training.sheet import Line

LINE_DPI = 200.0
"""Lines 64 px high are taken for 8 mm of paper."""

HEADING = f"{'':26} {'CER':>7} {'WER':>7} {'exact':>7} {'no marks':>9} {'ms':>6}"
Read = Callable[[Line], str]


@dataclass(frozen=True, slots=True)
class Reading:
    """What one way to read made of the lines."""

    name: str
    score: Score
    milliseconds: float
    pairs: list[tuple[str, str]]

    def __str__(self) -> str:
        told = self.score
        rates = f"{told.cer:>7.1%} {told.wer:>7.1%} {told.exact:>7.1%} {told.cer_without_marks:>9.1%}"
        return f"{self.name:26} {rates} {self.milliseconds:>6.0f}"


def reading(name: str, lines: Sequence[Line], read: Read) -> Reading:
    """The lines read in one way."""
    start = time.process_time()
    pairs = [(line.text, read(line)) for line in lines]
    each = 1000 * (time.process_time() - start) / max(1, len(lines))
    return Reading(name, score(pairs), each, pairs)


def engine_reader(engine: Recogniser) -> Read:
    """Reads a line as a field of free text."""

    def read(line: Line) -> str:
        crop = Crop("line", FieldKind.TEXT, Ink.HAND, line.picture, LINE_DPI)
        return engine.read([crop])[0].text.replace("\n", " ")

    return read


def readers(wanted: Sequence[str], model: Path) -> Iterator[tuple[str, Read]]:
    """The ways to read, by the names of `--reader`. Tesseract and asterocr are left out where they are missing."""
    if "ours" in wanted:
        ours = HandwritingEngine(model)
        yield f"hotich-hand {ours.version} plain", partial(_plain, ours)
        yield "  decoded", partial(_decoded, ours)
        yield "  as an engine", engine_reader(ours)
    if "pp-ocrv6" in wanted:
        yield "PP-OCRv6 small as shipped", first_network()
    aster = asterocr() if "asterocr" in wanted else None
    if aster is not None:
        yield "asterocr", aster
    if "tesserocr" in wanted:
        try:
            yield "Tesseract vie", engine_reader(recogniser("tesserocr"))
        except (ImportError, OSError) as why:
            print(f"no Tesseract: {why}", file=sys.stderr)


def sets(wishes: argparse.Namespace) -> Iterator[tuple[str, list[Line]]]:
    """The named sets of lines that are asked for."""
    if wishes.lines:
        yield wishes.lines.name, list(islice(read_lines(wishes.lines, whole_text=True), wishes.most))
    if wishes.faces:
        faces = Faces(wishes.faces)
        yield "faces left out, common", list(synthetic(faces, 999_000, wishes.count, UNSEEN))
        yield "faces left out, rare marks", list(synthetic(faces, 998_000, wishes.count, RARE))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path)
    parser.add_argument("--faces", type=Path, help="folder of typefaces; draws lines of those left out of training")
    parser.add_argument("--count", type=int, default=250, help="how many lines to draw of each sort")
    parser.add_argument("--reader", action="append", choices=ALL)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--most", type=int, help="only the first so many lines")
    parser.add_argument("--show", type=int, default=0, help="print so many readings")
    wishes = parser.parse_args()
    if not wishes.lines and not wishes.faces:
        parser.error("--lines or --faces is needed")
    for name, lines in sets(wishes):
        print(f"\n{name}: {len(lines)} lines\n{HEADING}")
        for way, read in readers(wishes.reader or ALL, wishes.model):
            found = reading(way, lines, read)
            print(found, flush=True)
            for written, said in found.pairs[: wishes.show]:
                print(f"    {written}\n    {said}\n")
    return 0


ALL = ("ours", "pp-ocrv6", "asterocr", "tesserocr")


def _plain(ours: HandwritingEngine, line: Line) -> str:
    return "".join(letter.text for letter in greedy(ours.logs_of(line.picture), ours.letters))


def _decoded(ours: HandwritingEngine, line: Line) -> str:
    return ours.ways(line.picture)[0].text


if __name__ == "__main__":
    sys.exit(main())
