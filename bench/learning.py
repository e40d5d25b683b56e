"""How much a recogniser learns from confirmed lines: character error rate (CER) after 0, 4, 16, 64, 256 of them.

    python -m bench.learning --hands FOLDER [--words]                   a folder of folders, each of one hand: the curve
    python -m bench.learning --lines FOLDER                             lines of many hands, learned from and tested on
    python -m bench.learning --lines FOLDER --test FOLDER               tested on other lines
    python -m bench.learning --lines ZIP --column page --least 60       each hand for itself, by a column of lines.tsv
    python -m bench.learning                                            the fields of the sample books, by hand

FOLDER (or a ZIP file) holds line pictures and `lines.tsv` with the columns file and text. What is printed: the CER of
the likeliest letters, with `--words` also of the beam that knows the words of the lines learned from, the share of
lines that somebody confirmed with a wrong text if `--wrong` asks for it, and processor seconds. `--half` takes every
second hand: settings are chosen on the even ones and reported on the odd ones. Nothing learned here is kept.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import os
import random
import sys
import time
import zipfile
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

# On one core: what is measured is what a clerk's machine does beside its work.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import cv2
import numpy as np
from rapidfuzz.distance import Levenshtein

from hotich.imaging.clean import PageShape, clean_page, reading_picture
from hotich.imaging.crops import cut
from hotich.imaging.rasters import decode
from hotich.ocr.adapt import Hand, Kin, SeenLine, error_rate, read_by
from hotich.ocr.ctc import beam, softened
from hotich.ocr.hand_reader import WORD_TIMES, seen_crop, seen_line
from hotich.ocr.handwriting_engine import MODEL_FOLDER, WIDTH_OF_BEAM, HandwritingEngine
from hotich.ocr.language import Language, WordCounts, counted
from hotich.ocr.learn_hand import learned
from hotich.ocr.letter_kin import kinship
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
    parser.add_argument("--hands", type=Path, help="folder of folders, each with the lines of one hand")
    parser.add_argument("--half", choices=("all", "even", "odd"), default="all", help="which of the hands")
    parser.add_argument("--words", action="store_true", help="also with the words of the lines learned from")
    parser.add_argument("--wrong", type=float, default=0.0, help="share of lines learned with a wrong text")
    parser.add_argument("--column", default="", help="column of lines.tsv that names the hand")
    parser.add_argument("--only", default="", help="only hands whose name contains this")
    parser.add_argument("--least", type=int, default=40, help="hands with fewer lines are left out")
    parser.add_argument("--counts", default="4,16,64,256")
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--seed", type=int, default=1)
    wishes = parser.parse_args()
    engine = HandwritingEngine(wishes.model)
    if wishes.hands:
        table(wishes, engine)
        return 0
    counts = [int(count) for count in wishes.counts.split(",")]
    hands = _of_table(wishes, engine) if wishes.lines else _of_samples(engine)
    test = [line for lines in _by_hand(wishes.test, "", "", engine).values() for line in lines] if wishes.test else None
    totals: dict[int, list[float]] = defaultdict(list)
    for name, lines in sorted(hands.items()):
        if len(lines) >= wishes.least:
            random.Random(wishes.seed).shuffle(lines)
            for count, gain in curve(name, lines, counts, test, kinship(engine.letters)):
                totals[count].append(gain)
    for count, gains in totals.items():
        print(f"all {len(gains)} hands after {count} lines: {np.mean(gains):+.1%} CER (mean), {np.median(gains):+.1%}")
    return 0


def table(wishes: argparse.Namespace, engine: HandwritingEngine) -> None:
    """Prints, for each count of lines, the mean relative CER over hands with its 95 % interval, and seconds."""
    names = sorted(place.name for place in wishes.hands.iterdir() if (place / "lines.tsv").is_file())
    first, step = {"all": (0, 1), "even": (0, 2), "odd": (1, 2)}[wishes.half]
    found: dict[tuple[str, int], list[float]] = defaultdict(list)
    spent: dict[int, list[float]] = defaultdict(list)
    for name in (name for name in names[first::step] if wishes.only in name):
        lines = [line for each in _by_hand(wishes.hands / name, "", "", engine).values() for line in each]
        if len(lines) < wishes.least:
            continue
        random.Random(wishes.seed).shuffle(lines)
        hand = OneHand(engine, lines, wishes)
        print(f"{name}: {hand.told}", flush=True)
        for count in (int(count) for count in wishes.counts.split(",")):
            if count <= len(hand.taught):
                seconds, gains = hand.after(count)
                spent[count].append(seconds)
                for what, gain in gains.items():
                    found[what, count].append(gain)
                told = ", ".join(f"{what} {gain:+.1%}" for what, gain in gains.items())
                print(f"  {count:>4} lines: {told}; {seconds:.1f} s", flush=True)
    print("| reading | lines | hands | relative CER | 95 % interval | worse hands | seconds, mean (most) |")
    print("|---|---|---|---|---|---|---|")
    for (what, count), gains in sorted(found.items()):
        low, high = _interval(gains)
        worse = sum(gain > 0.0 for gain in gains)
        print(
            f"| {what} | {count} | {len(gains)} | {np.mean(gains):+.1%} | {low:+.1%} to {high:+.1%} | {worse} "
            f"| {np.mean(spent[count]):.1f} ({max(spent[count]):.1f}) |"
        )


def _interval(gains: Sequence[float]) -> tuple[float, float]:
    """Where the mean lies in 95 of 100 draws of as many hands."""
    rng = np.random.default_rng(1)
    means = rng.choice(np.array(gains), (4000, len(gains))).mean(axis=1)
    return float(np.percentile(means, 2.5)), float(np.percentile(means, 97.5))


class OneHand:
    """The lines of one hand, some to test on, and what was learned of them so far."""

    def __init__(self, engine: HandwritingEngine, lines: Lines, wishes: argparse.Namespace) -> None:
        self._engine, self._words = engine, wishes.words
        # As many to learn from as the curve can use, and never fewer than 20 or more than 80 to test on.
        most = next((count for count in (256, 64) if len(lines) >= count + 20), 16)
        tested = min(80, len(lines) - most)
        self._tested, self.taught = lines[:tested], lines[tested:]
        self._confirmed = _with_errors(self.taught, wishes.wrong, len(engine.letters), wishes.seed)
        self._hand: Hand | None = None
        self._known = 0
        self._before = self._rates()

    @property
    def told(self) -> str:
        """How it is read before anything is learned."""
        rates = ", ".join(f"{what} CER {rate:.1%}" for what, rate in self._before.items())
        return f"{len(self._tested)} lines tested, {len(self.taught)} to learn from, {rates}"

    def after(self, count: int) -> tuple[float, dict[str, float]]:
        """Seconds of learning so many lines after those before, and the relative change of each error rate."""
        began = time.process_time()
        lines, kin = self._confirmed[:count], kinship(self._engine.letters)
        outcome = learned(lines, before=self._hand, fresh=count - self._known, kin=kin)
        seconds = time.process_time() - began
        self._hand, self._known = outcome.hand_after(self._hand), count
        now = self._rates()
        return seconds, {what: now[what] / rate - 1.0 if rate else 0.0 for what, rate in self._before.items()}

    def _rates(self) -> dict[str, float]:
        found = {"plain": error_rate(self._tested, self._hand)}
        if self._words:
            found["with words"] = self._with_words()
        return found

    def _with_words(self) -> float:
        own = counted((self._text(line.classes), WORD_TIMES) for line in self._confirmed[: self._known])
        language = Language(self._engine.words, self._engine.language.weights, WordCounts(own) if own else None)
        wrong = written = 0
        for line in self._tested:
            logs = softened(read_by(line, self._hand), language.weights.soften)
            read = beam(logs, self._engine.letters, language, WIDTH_OF_BEAM)[0].text.strip()
            wrong += Levenshtein.distance(read, self._text(line.classes))
            written += len(line.classes)
        return wrong / max(1, written)

    def _text(self, classes: Sequence[int]) -> str:
        return "".join(self._engine.letters[number - 1] for number in classes)


def _with_errors(lines: Lines, share: float, letters: int, seed: int) -> Lines:
    """The lines, some with a text that is not theirs: of two, one has letters mistyped and one another line's text."""
    rng = random.Random(seed)
    found = []
    for line in lines:
        classes = list(line.classes)
        if rng.random() < share:
            if rng.random() < 0.5:
                classes = list(rng.choice(lines).classes)
            else:
                for _ in range(1 + len(classes) // 6):
                    classes[rng.randrange(len(classes))] = rng.randint(1, letters)
        found.append(SeenLine(line.features, line.logs, tuple(classes)))
    return found


def curve(name: str, lines: Lines, counts: Sequence[int], test: Lines | None, kin: Kin) -> Iterator[tuple[int, float]]:
    """Prints the curve of one hand; the relative change of its CER after each count of lines."""
    own = test is None
    split = round(len(lines) * TEST_SHARE) if own else 0
    tested, taught = (lines[:split], lines[split:]) if test is None else (test, lines)
    before = error_rate(tested)
    print(f"{name}: {len(tested)} lines tested, CER {before:.1%}", flush=True)
    hand: Hand | None = None
    known = 0
    for count in counts:
        if count > len(taught):
            break
        began = time.process_time()
        outcome = learned(taught[:count], before=hand, fresh=count - known, kin=kin)
        known = count
        spent, hand = time.process_time() - began, outcome.hand_after(hand)
        after = error_rate(tested, hand)
        gain = after / before - 1 if before else 0.0
        kept = "kept" if outcome.kept else "dropped"
        print(f"  {count:>5} lines: CER {after:.1%} ({gain:+.0%}), {kept}, {spent:.1f} s", flush=True)
        yield count, gain


def _of_table(wishes: argparse.Namespace, engine: HandwritingEngine) -> dict[str, Lines]:
    return _by_hand(wishes.lines, wishes.column, wishes.only, engine)


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
