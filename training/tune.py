"""Tunes the last convolutions of the trunk together with neck and head, on lines that are drawn or worn anew each time.

    python -m training.tune --recipe training/recipes/stage.toml --work WORK --faces FOLDER --cursive ZIP \\
        --judge FOLDER --start WORK/neck/best.pt

Slower by far than training on cached features; it begins with what `training.train` found best. Judged and kept as
there.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import cv2
import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from hotich.ocr.handwriting_lines import Grey, trimmed
from training.alphabet import classes_of, text_of
from training.base import Base, Eye
from training.cache import PRINTED, UNSEEN, VARIED, Wish, cursive, synthetic
from training.faces import Faces
from training.lines import read_lines
from training.measure import score
from training.network import Reader
from training.sheet import Line, worn
from training.stage import START, Stage

WIDEST_PX = 1000
ENDLESS = 10**9


@dataclass(frozen=True)
class Recipe:
    """How to tune; see `training.train.Recipe` for what names mean there too."""

    name: str
    mix: dict[str, float]
    seed: int = 1
    minutes: float = 20.0
    batch: int = 8
    stage_rate: float = 1e-4
    neck_rate: float = 1e-4
    head_rate: float = 3e-4
    warm_steps: int = 30
    decay: float = 1e-3
    drop: float = 0.1
    average: float = 0.99
    judge_minutes: float = 4.0
    judge_lines: int = 300


class Whole(torch.nn.Module):
    """Stage and reader: log probabilities of letters from what the eye sees."""

    def __init__(self, base: Base, drop: float) -> None:
        super().__init__()
        self.stage, self.reader = Stage(base), Reader(base, drop)

    def forward(self, seen: Tensor) -> Tensor:
        rows = functional.avg_pool2d(self.stage(seen), (1, 2)).permute(0, 3, 2, 1)
        return self.reader(rows, torch.ones(rows.shape[:2], dtype=torch.bool))


class Tuning:
    """One run."""

    def __init__(self, recipe: Recipe, out: Path, start: Path) -> None:
        self.recipe, self.out = recipe, out
        out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(recipe.seed)
        self.rng = random.Random(recipe.seed)
        base = Base()
        self.eye = Eye(base, START)
        self.whole, self.mean = Whole(base, recipe.drop), Whole(base, 0.0)
        state = torch.load(start, weights_only=True)
        if any(name.startswith("stage.") for name in state):
            self.whole.load_state_dict(state)
        else:
            self.whole.reader.load_state_dict(state)
        self.mean.load_state_dict(self.whole.state_dict())
        rates = {"stage": recipe.stage_rate, "reader": recipe.neck_rate, "reader.head": recipe.head_rate}
        groups = [
            {"params": [p], "peak": rates[max((k for k in rates if name.startswith(k)), key=len)]}
            for name, p in self.whole.named_parameters()
        ]
        self.optimiser = torch.optim.AdamW(groups, lr=0.0, weight_decay=recipe.decay)
        self.steps, self.best = 0, math.inf

    def run(self, sources: dict[str, Iterator[Line]], judges: dict[str, Sequence[Line]]) -> None:
        """Tunes until the minutes are over."""
        seen = {name: [(self._seen(line.picture), line.text) for line in lines] for name, lines in judges.items()}
        self._judge("before", seen)
        began = last = time.monotonic()
        losses: list[float] = []
        while (spent := time.monotonic() - began) < self.recipe.minutes * 60:
            losses.append(self._step(sources, spent / self.recipe.minutes / 60))
            if time.monotonic() - last > self.recipe.judge_minutes * 60:
                self._judge(f"{spent / 60:.1f} min, {self.steps} steps, loss {np.mean(losses):.3f}", seen)
                losses.clear()
                last = time.monotonic()
        self._judge(f"{self.recipe.minutes:.1f} min, {self.steps} steps, end", seen)

    def _seen(self, picture: Grey) -> Tensor:
        return torch.from_numpy(self.eye.see(picture)[None])

    def _step(self, sources: dict[str, Iterator[Line]], share: float) -> float:
        recipe = self.recipe
        shape = min(1.0, (self.steps + 1) / recipe.warm_steps) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * shape
        self.whole.train()
        self.optimiser.zero_grad()
        whole_loss = 0.0
        for _ in range(recipe.batch):
            name = self.rng.choices(list(recipe.mix), list(recipe.mix.values()))[0]
            loss = self._loss(next(sources[name])) / recipe.batch
            # torch types this call too loosely to check.
            torch.autograd.backward(loss)
            whole_loss += float(loss.detach())
        torch.nn.utils.clip_grad_norm_(self.whole.parameters(), 3.0)
        self.optimiser.step()
        self.steps += 1
        decay = min(recipe.average, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for mine, new in zip(self.mean.parameters(), self.whole.parameters(), strict=True):
                mine.lerp_(new, 1 - decay)
        return whole_loss

    def _loss(self, line: Line) -> Tensor:
        """The loss of one line; lines are seen one by one, because padding changes what the convolutions see."""
        logs = self.whole(self._seen(line.picture))
        wanted = classes_of(line.text)
        return functional.ctc_loss(
            logs.transpose(0, 1),
            torch.tensor(wanted),
            torch.tensor([logs.shape[1]]),
            torch.tensor([len(wanted)]),
            zero_infinity=True,
        )

    def _judge(self, when: str, judges: dict[str, list[tuple[Tensor, str]]]) -> None:
        self.mean.eval()
        told: dict[str, object] = {"when": when}
        with torch.no_grad():
            for name, lines in judges.items():
                found = score((text, text_of(self.mean(seen)[0].argmax(-1).tolist())) for seen, text in lines)
                print(f"{when}: {name} {found}", flush=True)
                told[name] = asdict(found)
                if name == "judge" and found.cer < self.best:
                    self.best = found.cer
                    torch.save(self.mean.state_dict(), self.out / "best.pt")
        torch.save(self.mean.state_dict(), self.out / "last.pt")
        with (self.out / "history.jsonl").open("a", encoding="utf-8") as history:
            history.write(json.dumps(told) + "\n")


def _drawn(faces: Faces, seed: int, wish: Wish) -> Iterator[Line]:
    return (_cut(line) for line in synthetic(faces, seed, ENDLESS, wish))


def _worn(lines: Sequence[Line], rng: random.Random) -> Iterator[Line]:
    while True:
        yield _cut(worn(rng.choice(lines), rng))


def _cut(line: Line) -> Line:
    return Line(trimmed(line.picture), line.text, line.source)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--faces", type=Path, required=True)
    parser.add_argument("--cursive", type=Path, required=True)
    parser.add_argument("--judge", type=Path, required=True, help="real lines that only measure")
    parser.add_argument("--start", type=Path, required=True)
    wishes = parser.parse_args()
    cv2.setNumThreads(1)
    torch.set_num_threads(1)
    recipe = Recipe(**tomllib.loads(wishes.recipe.read_text(encoding="utf-8")))
    faces, rng = Faces(wishes.faces), random.Random(recipe.seed)
    real = [line for line in cursive(wishes.cursive, recipe.seed) if _narrow(line)]
    sources = {
        "synthetic": _drawn(faces, 7_000_000 + recipe.seed, VARIED),
        "printed": _drawn(faces, 8_000_000 + recipe.seed, PRINTED),
        "cursive": _worn(real, rng),
    }
    judges = {
        "judge": [_cut(line) for line in read_lines(wishes.judge, whole_text=True)][: recipe.judge_lines],
        "unseen": [_cut(line) for line in synthetic(faces, 999_000, 100, UNSEEN)],
    }
    tuning = Tuning(recipe, wishes.work / recipe.name, wishes.start)
    narrow = {name: (line for line in lines if _narrow(line)) for name, lines in sources.items()}
    tuning.run(narrow, judges)


def _narrow(line: Line) -> bool:
    return line.picture.shape[1] * 48 / line.picture.shape[0] <= WIDEST_PX and len(line.text) > 0


if __name__ == "__main__":
    main()
