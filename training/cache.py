"""What the frozen trunk sees in many lines, kept in files so that necks and heads can be trained on it in minutes.

    python -m training.cache WORK --faces FOLDER --cursive ZIP --judge FOLDER --synthetic 6000 --real 4000

Parts are written one by one and skipped when they are there, so the command may be stopped and started again.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from hotich.ocr.handwriting_lines import trimmed
from training.base import Base, Trunk
from training.faces import Faces, names
from training.lines import held_out_hands, read_lines
from training.marks import Marks
from training.sheet import Drawer, Line, worn
from training.vocabulary import Vocabulary

PART = 250
WIDEST_PX = 1400


@dataclass(frozen=True, slots=True, eq=False)
class Seen:
    """A line as the trunk sees it (steps x 3 x 384, half precision) and its text."""

    features: NDArray[np.float16]
    text: str
    source: str


def write_part(file: Path, lines: Iterator[Line], trunk: Trunk) -> None:
    """What the trunk sees in the lines, in one file."""
    seen, texts, sources = [], [], []
    for line in lines:
        picture = trimmed(line.picture)
        if picture.shape[1] * 48 / picture.shape[0] <= WIDEST_PX:
            seen.append(trunk.features(picture))
            texts.append(line.text)
            sources.append(line.source)
    lengths = np.array([len(item) for item in seen])
    half = file.with_suffix(".half")
    with half.open("wb") as stream:
        np.savez(stream, seen=np.concatenate(seen), lengths=lengths, texts=np.array(texts), sources=np.array(sources))
    half.rename(file)


def read_parts(folder: Path, name: str) -> list[Seen]:
    """Every line of the parts `name-*.npz` of a folder."""
    found = []
    for file in sorted(folder.glob(f"{name}-*.npz")):
        with np.load(file) as part:
            ends = np.cumsum(part["lengths"])
            pieces = np.split(part["seen"], ends[:-1])
            triples = zip(pieces, part["texts"], part["sources"], strict=True)
            found.extend(Seen(piece, str(text), str(source)) for piece, text, source in triples)
    return found


@dataclass(frozen=True, slots=True)
class Wish:
    """Which lines to draw: faces of which group, with `marks` of texts with all marks evenly, with `wide` of hands of
    greater variety. Lines of the group `held_out` have names and communes that training never sees."""

    group: str = "train"
    marks: bool = False
    wide: bool = False


COMMON, UNSEEN, PRINTED = Wish(), Wish("held_out"), Wish("printed")
VARIED, MARKS, RARE = Wish(wide=True), Wish(marks=True, wide=True), Wish("held_out", marks=True, wide=True)


def synthetic(faces: Faces, seed: int, count: int, wish: Wish = COMMON) -> Iterator[Line]:
    """So many drawn lines; the same for the same seed."""
    unseen = wish.group == "held_out"
    rng, words = random.Random(seed), Marks(unseen) if wish.marks else Vocabulary(unseen)
    drawer = Drawer(faces, seed, printed=wish.group == "printed", wide=wish.wide)
    choice = faces.common if wish.group == "train" else names(wish.group)
    while count:
        line = drawer.line(words.text(rng), rng.choice(choice))
        if line is not None:
            count -= 1
            yield line


def cursive(place: Path, seed: int) -> list[Line]:
    """The real lines of at least two letters, without the hands held out, in an order fixed by the seed."""
    lines = [line for line in read_lines(place) if len(line.text) > 1]
    unseen = held_out_hands(line.source for line in lines)
    found = [line for line in lines if line.source not in unseen]
    random.Random(seed).shuffle(found)
    return found


def worn_anew(lines: Sequence[Line], seed: int) -> Iterator[Line]:
    """The lines stretched, sheared, thinned or thickened."""
    rng = random.Random(seed)
    return (worn(line, rng) for line in lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("work", type=Path)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--cursive", type=Path)
    parser.add_argument("--judge", type=Path, help="real lines that only measure")
    parser.add_argument("--synthetic", type=int, default=6000)
    parser.add_argument("--marks", type=int, default=12000, help="drawn lines with all marks evenly")
    parser.add_argument("--real", type=int, default=4000)
    parser.add_argument("--unseen", type=int, default=1500)
    parser.add_argument("--printed", type=int, default=1500)
    parser.add_argument("--seed", type=int, default=1)
    wishes = parser.parse_args()
    cv2.setNumThreads(1)
    wishes.work.mkdir(parents=True, exist_ok=True)
    trunk, faces = Trunk(Base()), Faces(wishes.faces)
    jobs: list[tuple[str, Iterator[Line]]] = []
    if wishes.judge:
        jobs.append(("judge-000", read_lines(wishes.judge, whole_text=True)))
    for part in range(wishes.unseen // PART):
        jobs.append((f"unseen-{part:03d}", synthetic(faces, 999_000 + part, PART, UNSEEN)))
    for part in range(2):
        jobs.append((f"rare-{part:03d}", synthetic(faces, 998_000 + part, PART, RARE)))
    real = cursive(wishes.cursive, wishes.seed)[: wishes.real] if wishes.cursive else []
    for part in range(-(-max(wishes.synthetic, wishes.marks, len(real)) // PART)):
        if part * PART < wishes.marks:
            jobs.append((f"marks-{part:03d}", synthetic(faces, 600_000 + wishes.seed * 1000 + part, PART, MARKS)))
        if part * PART < wishes.synthetic:
            kind = VARIED if part % 2 else COMMON
            jobs.append((f"synthetic-{part:03d}", synthetic(faces, wishes.seed * 1000 + part, PART, kind)))
        if part * PART < len(real):
            lines = real[part * PART : (part + 1) * PART]
            jobs.append((f"cursive-{part:03d}", iter(lines)))
            jobs.append((f"worn-{part:03d}", worn_anew(lines, wishes.seed * 1000 + part)))
    for part in range(wishes.printed // PART):
        jobs.append((f"printed-{part:03d}", synthetic(faces, 500_000 + wishes.seed * 1000 + part, PART, PRINTED)))
    for name, lines in jobs:
        file = wishes.work / f"{name}.npz"
        if not file.exists():
            write_part(file, lines, trunk)
            print(file, flush=True)


if __name__ == "__main__":
    main()
