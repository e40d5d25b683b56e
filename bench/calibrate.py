"""Fits what confidence is worth on books whose truth is known, and writes hotich/ocr/confidence.toml.

    python -m sample_scans.draw --seed 21 --out FOLDER/21
    python -m bench.calibrate --samples FOLDER/21 --samples FOLDER/22 --hand hand-2 --hand hand-3

Only fields in the named hands are fitted on: those whose typefaces the recogniser never saw. Kinds
with too few fields share one curve.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from bench.confidence import Judged, calibration_error
from bench.reading import Run, read_sample
from hotich.ocr import confidence
from hotich.ocr.confidence import Curve, bent, log_odds
from hotich.ocr.engine import recogniser
from hotich.ocr.words import find_words
from hotich.pipeline.engines import Engines

FILE = Path(confidence.__file__).with_suffix(".toml")
LEAST_FIELDS = 60
BLOCK = 30
"""A knot stands for at least as many fields."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, action="append", required=True)
    parser.add_argument("--hand", action="append", default=[])
    wishes = parser.parse_args()
    confidence.leave_curves()
    engines = Engines(find_words, recogniser("tesserocr"), recogniser("hotich-hand"))
    run = Run()
    for folder in wishes.samples:
        for file in sorted(folder.glob("*/truth.json")):
            read_sample(file, engines, False, run)
            print(file.parent.name, flush=True)
    groups = judged_by_kind(run, wishes.hand)
    FILE.write_text(_written(groups), encoding="utf-8")
    print(FILE.read_text(encoding="utf-8"))


def judged_by_kind(run: Run, hands: Sequence[str]) -> dict[tuple[str, str], list[Judged]]:
    """What was promised, and whether it was right, by ink and kind; `any` for all kinds."""
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for outcome in run.outcomes:
        reading = outcome.reading
        if reading is None or not reading.text or outcome.ink not in ("hand", "print") or reading.ditto:
            continue
        if outcome.ink == "hand" and hands and outcome.hand not in hands:
            continue
        one = (reading.confidence, outcome.right)
        groups[(reading.engine, confidence.ANY)].append(one)
        groups[(reading.engine, outcome.kind)].append(one)
    return groups


def fitted(judged: Sequence[Judged]) -> Curve:
    """The rising curve nearest to the truth: neighbours are pooled until each block is better than the one before."""
    blocks: list[list[Judged]] = []
    for block in _blocks(judged):
        blocks.append(block)
        while len(blocks) > 1 and _share(blocks[-2]) >= _share(blocks[-1]):
            last = blocks.pop()
            blocks[-1] = blocks[-1] + last
    return [(round(_middle(block), 3), round(log_odds(_share(block)), 3)) for block in blocks]


def _blocks(judged: Sequence[Judged]) -> list[list[Judged]]:
    """The fields in the order of their promises, in blocks of BLOCK or more; equal promises stay together."""
    blocks: list[list[Judged]] = [[]]
    for _, same in groupby(sorted(judged, key=_promise), key=_promise):
        if len(blocks[-1]) >= BLOCK:
            blocks.append([])
        blocks[-1] += same
    if len(blocks) > 1 and len(blocks[-1]) < BLOCK:
        last = blocks.pop()
        blocks[-1] += last
    return blocks


def _promise(one: Judged) -> float:
    return one[0]


def _middle(block: Sequence[Judged]) -> float:
    """The mean log odds of the promises."""
    return sum(log_odds(promised) for promised, _ in block) / len(block)


def _share(block: Sequence[Judged]) -> float:
    """The share that was right, with half a field of each sort added."""
    return (sum(right for _, right in block) + 0.5) / (len(block) + 1.0)


def crossed(judged: Sequence[Judged]) -> list[Judged]:
    """What curves fitted on the other half of the fields tell, so that no field is judged by a curve it shaped."""
    halves = judged[::2], judged[1::2]
    return [
        (bent(promised, curve), right)
        for mine, other in (halves, halves[::-1])
        for curve in [fitted(other)]
        for promised, right in mine
    ]


def _written(groups: dict[tuple[str, str], list[Judged]]) -> str:
    """The file: its heading as it is, then the curves, each with how many fields it was fitted on."""
    heading = FILE.read_text(encoding="utf-8").split("\n[")[0].rstrip()
    lines = [heading]
    for who in sorted({each for each, _ in groups}):
        lines.append(f"\n[{who}]")
        for (each, kind), judged in sorted(groups.items()):
            if each == who and (kind == confidence.ANY or len(judged) >= LEAST_FIELDS):
                errors = f"{calibration_error(judged):.3f} before, {calibration_error(crossed(judged)):.3f} after"
                lines.append(f"# {len(judged)} fields; calibration error {errors}, on the half that shaped no curve.")
                lines.append(f"{kind} = {[list(knot) for knot in fitted(judged)]}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
