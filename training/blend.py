"""Weights between two checkpoints of one line of training, the second of which went on from the first.

    python -m training.blend FIRST SECOND --work WORK --out OUT [--shares 0.2 0.3 0.4 0.5 0.6]

Going on with texts full of rare marks makes the network read rare marks better and common words of real lines worse;
between the two lie weights that lose little of either. Prints the error rates for each share of the second checkpoint
and writes the blend with the smallest sum of rates on real judging lines and rare marks, among those that read the
real lines no worse than the first.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import torch
from torch import Tensor

from training.base import Base
from training.cache import read_parts
from training.measure import Score
from training.network import Reader
from training.train import judged

SETS = ("judge", "unseen", "rare")


def blend(first: dict[str, Tensor], second: dict[str, Tensor], share: float) -> dict[str, Tensor]:
    """The weights with that share (0-1) of the second."""
    return {name: torch.lerp(weight, second[name], share) for name, weight in first.items()}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("first", type=Path)
    parser.add_argument("second", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--shares", type=float, nargs="+", default=[0.2, 0.3, 0.4, 0.5, 0.6])
    wishes = parser.parse_args()
    torch.set_num_threads(1)
    first, second = (torch.load(file, weights_only=True) for file in (wishes.first, wishes.second))
    sets = {name: read_parts(wishes.work, name) for name in SETS}
    reader = Reader(Base(), 0.0)
    best: tuple[float, float] | None = None
    limit = 1.0
    for share in (0.0, *wishes.shares):
        reader.load_state_dict(blend(first, second, share))
        scores: dict[str, Score] = {name: judged(reader, lines) for name, lines in sets.items()}
        print(f"{share:.2f}: " + "; ".join(f"{name} {found}" for name, found in scores.items()), flush=True)
        real, rare = scores["judge"].cer, scores["rare"].cer
        if share == 0.0:
            limit = real
        if real <= limit and (best is None or real + rare < best[0]):
            best = (real + rare, share)
    if best is None:
        return 1
    torch.save(blend(first, second, best[1]), wishes.out)
    print(f"{wishes.out}: {best[1]:.2f} of the second")
    return 0


if __name__ == "__main__":
    sys.exit(main())
