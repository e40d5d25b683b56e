"""Folders of lines of single hands that no training ever saw, to measure how fast a hand is learned.

    python -m training.hands OUT --faces FOLDER --cursive ZIP [--each 380]

Writes a folder for each held-out will of the soldiers' wills (`will-...`) and for each held-out typeface
(`face-...`, drawn with one slant, pen and habit of marks throughout), each with pictures 64 px high and `lines.tsv`
(file, text). `python -m bench.learning --lines OUT/NAME` reads them. Drawn lines are the same on every run; of the
texts two in three are of names and communes left out of training, one in three has all marks evenly.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

import cv2
import numpy as np

from training.faces import Faces, names
from training.lines import TABLE, held_out_hands, read_lines
from training.marks import Marks
from training.sheet import Drawer, Grey, Line, habit
from training.vocabulary import Vocabulary

HEIGHT = 64
SEED = 77_000


def wills(place: Path) -> dict[str, list[Line]]:
    """The lines of each held-out will, in their order."""
    lines = [line for line in read_lines(place) if len(line.text) > 1]
    unseen = held_out_hands(line.source for line in lines)
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.source in unseen:
            found[line.source].append(line)
    return found


def one_hand(faces: Faces, face: str, seed: int) -> Iterator[Line]:
    """Lines without end of one writer with that typeface."""
    rng = random.Random(f"{face} {seed}")
    drawer = Drawer(faces, rng.randrange(2**31), hand=habit(rng))
    common, rare = Vocabulary(unseen=True), Marks(unseen=True)
    while True:
        text = (common if rng.random() < 2 / 3 else rare).text(rng)
        line = drawer.line(text, face)
        if line is not None:
            yield line


def write_lines(folder: Path, lines: Iterable[Line]) -> int:
    """Writes the lines as pictures HEIGHT px high with their table; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = ["file\ttext"]
    for number, line in enumerate(lines):
        name = f"{number:04d}.png"
        (folder / name).write_bytes(cv2.imencode(".png", _as_high(line.picture))[1].tobytes())
        rows.append(f"{name}\t{line.text}")
    (folder / TABLE).write_text("\n".join(rows) + "\n", encoding="utf-8")
    return len(rows) - 1


def _as_high(picture: Grey) -> Grey:
    high, wide = picture.shape
    if high == HEIGHT:
        return picture
    way = cv2.INTER_AREA if high > HEIGHT else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, (max(8, round(wide * HEIGHT / high)), HEIGHT), interpolation=way), np.uint8)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--faces", type=Path)
    parser.add_argument("--cursive", type=Path)
    parser.add_argument("--each", type=int, default=380, help="lines of each typeface")
    wishes = parser.parse_args()
    if wishes.cursive:
        for name, lines in sorted(wills(wishes.cursive).items()):
            short = "will-" + name.rpartition("_will_")[2]
            print(short, write_lines(wishes.out / short, lines))
    if wishes.faces:
        faces = Faces(wishes.faces)
        for face in names("held_out"):
            stream = one_hand(faces, face, SEED)
            print(f"face-{face}", write_lines(wishes.out / f"face-{face}", (next(stream) for _ in range(wishes.each))))
    return 0


if __name__ == "__main__":
    sys.exit(main())
