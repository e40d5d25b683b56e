"""How well a folder of lines is read, by the shipped model and by Tesseract.

    python -m training.evaluate --lines FOLDER [--engine hotich-hand] [--engine tesserocr] [--model FOLDER] [--show 20]

FOLDER (or a ZIP file) holds line pictures and `lines.tsv` with the columns file and text. Prints character and word
error rates, lines wholly right, and character errors with marks and case left aside; for our model *plain* (the
likeliest letter of each step) and *decoded* (with words), and milliseconds of processor time a line. Needs no torch.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import islice
from pathlib import Path

from hotich.forms.formspec import FieldKind, Ink
from hotich.ocr.ctc import greedy
from hotich.ocr.engine import Crop, Recogniser, recogniser
from hotich.ocr.handwriting_engine import MODEL_FOLDER, HandwritingEngine
from training.lines import read_lines
from training.measure import score
from training.sheet import Line

LINE_DPI = 200.0
"""Lines 64 px high are taken for 8 mm of paper."""


def report(name: str, lines: Sequence[Line], read: Callable[[Line], str], show: int) -> None:
    """Prints the score of one way to read."""
    start = time.process_time()
    pairs = [(line.text, read(line)) for line in lines]
    each = 1000 * (time.process_time() - start) / max(1, len(lines))
    print(f"{name}: {score(pairs)}; {each:.0f} ms a line", flush=True)
    for written, found in pairs[:show]:
        print(f"    {written}\n    {found}\n")


def engine_reader(engine: Recogniser) -> Callable[[Line], str]:
    """Reads a line as a field of free text."""

    def read(line: Line) -> str:
        crop = Crop("line", FieldKind.TEXT, Ink.HAND, line.picture, LINE_DPI)
        return engine.read([crop])[0].text.replace("\n", " ")

    return read


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--engine", action="append", default=[])
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--most", type=int, help="only the first so many lines")
    parser.add_argument("--show", type=int, default=0, help="print so many readings")
    wishes = parser.parse_args()
    lines = list(islice(read_lines(wishes.lines, whole_text=True), wishes.most))
    for name in wishes.engine or ["hotich-hand", "tesserocr"]:
        if name != "hotich-hand":
            report(name, lines, engine_reader(recogniser(name)), wishes.show)
            continue
        ours = HandwritingEngine(wishes.model)
        report("hotich-hand plain", lines, partial(_plain, ours), wishes.show)
        report("hotich-hand decoded", lines, partial(_decoded, ours), wishes.show)
        report("hotich-hand as an engine", lines, engine_reader(ours), 0)
    return 0


def _plain(ours: HandwritingEngine, line: Line) -> str:
    return "".join(letter.text for letter in greedy(ours.logs_of(line.picture), ours.letters))


def _decoded(ours: HandwritingEngine, line: Line) -> str:
    return ours.ways(line.picture)[0].text


if __name__ == "__main__":
    sys.exit(main())
