"""Fits what confidence is worth on books whose truth is known, and writes hotich/ocr/confidence.toml.

    python -m sample_scans.draw --seed 21 --out FOLDER/21
    python -m bench.calibrate --samples FOLDER/21 --samples FOLDER/22 --hand hand-2 --hand hand-3

Only fields in the named hands are fitted on: those whose typefaces the recogniser never saw. The curves in use are
undone first, so the command may be run again. Kinds with too few fields share one curve.
"""

from __future__ import annotations

import argparse
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.confidence import Judged, calibration_error
from bench.reading import Run, read_sample
from hotich.forms.formspec import FieldKind
from hotich.ocr import confidence
from hotich.ocr.confidence import Curve, bent, log_odds
from hotich.ocr.engine import recogniser
from hotich.ocr.words import find_words
from hotich.pipeline.engines import Engines

FILE = Path(confidence.__file__).with_suffix(".toml")
LEAST_FIELDS = 120
PULL = 1.0
"""How strongly a curve is drawn to the one that changes nothing, in fields."""
START = np.array(confidence.AS_IT_IS)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--samples", type=Path, action="append", required=True)
    parser.add_argument("--hand", action="append", default=[])
    wishes = parser.parse_args()
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
    """What was promised before the curves in use, and whether it was right, by ink and kind; `any` for all kinds."""
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for outcome in run.outcomes:
        reading = outcome.reading
        if reading is None or not reading.text or outcome.ink not in ("hand", "print") or reading.ditto:
            continue
        if outcome.ink == "hand" and hands and outcome.hand not in hands:
            continue
        who = reading.engine
        level, slope = confidence.curve_of(FieldKind(outcome.kind), who)
        one = (bent(reading.confidence, (-level / slope, 1.0 / slope)), outcome.right)
        groups[(who, confidence.ANY)].append(one)
        groups[(who, outcome.kind)].append(one)
    return groups


def fitted(judged: Sequence[Judged]) -> Curve:
    """The curve of the greatest likelihood, drawn a little to 0 and 1, by Newton's steps that never go downhill."""
    odds = np.array([[1.0, log_odds(promised)] for promised, _ in judged])
    right = np.array([float(is_right) for _, is_right in judged])
    curve = START.copy()
    for _ in range(50):
        share = 1.0 / (1.0 + np.exp(-(odds @ curve)))
        slope = odds.T @ (right - share) - PULL * (curve - START)
        bend = (odds * (share * (1 - share))[:, None]).T @ odds + PULL * np.eye(2)
        step = np.linalg.solve(bend, slope)
        while _worth(curve + step, odds, right) < _worth(curve, odds, right) and np.abs(step).max() > 1e-9:
            step = step / 2
        curve = curve + step
        if np.abs(step).max() < 1e-6:
            break
    return float(curve[0]), max(0.1, float(curve[1]))


def _worth(curve: NDArray[np.float64], odds: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The log likelihood of a curve less its pull."""
    told = odds @ curve
    return float((right * told - np.logaddexp(0.0, told)).sum() - PULL / 2 * ((curve - START) ** 2).sum())


def _written(groups: dict[tuple[str, str], list[Judged]]) -> str:
    """The file: its heading as it is, then the curves, each with how many fields it was fitted on."""
    heading = FILE.read_text(encoding="utf-8").split("\n[")[0].rstrip()
    lines = [heading]
    for who in sorted({each for each, _ in groups}):
        lines.append(f"\n[{who}]")
        for (each, kind), judged in sorted(groups.items()):
            if each == who and (kind == confidence.ANY or len(judged) >= LEAST_FIELDS):
                curve = fitted(judged)
                after = [(bent(promised, curve), right) for promised, right in judged]
                errors = f"error {calibration_error(judged):.3f} before, {calibration_error(after):.3f} after"
                note = f"{len(judged)} fields, {errors}"
                lines.append(f"{kind} = [{curve[0]:.3f}, {curve[1]:.3f}]  # {note}")
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    main()
