"""Trains neck, marks branch and head on cached trunk features, as a recipe says.

    python -m training.train --recipe training/recipes/neck.toml --work WORK [--start CHECKPOINT]

Seeded. A checkpoint is written at every judging, so that a stopped run goes on where it was; `best.pt` is the one with
the smallest sum of error rates on the real judging lines and on drawn ones full of rare marks. Neither is trained on.
"""

from __future__ import annotations

import argparse
import json
import math
import random
import time
import tomllib
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from training.alphabet import classes_of, text_of
from training.base import CHANNELS, ROWS, Base
from training.cache import Seen, read_parts
from training.measure import Score, score
from training.network import Reader


@dataclass(frozen=True)
class Recipe:
    """How to train. `mix` gives the share of each named set of cached lines; rates are at the height of the cycle."""

    name: str
    mix: dict[str, float]
    seed: int = 1
    minutes: float = 10.0
    """Of processor time, judging included; a busy machine takes longer and gives the same."""
    batch: int = 24
    head_rate: float = 3e-3
    neck_rate: float = 0.0
    warm_steps: int = 50
    decay: float = 1e-3
    drop: float = 0.1
    with_marks: bool = True
    hide: float = 0.0
    """Share of steps hidden in training, in stretches of up to four."""
    noise: float = 0.0
    anchor: float = 0.0
    """How strongly the neck's features on real cursive lines are held to those of the first network."""
    average: float = 0.995
    """Decay of the running mean of the weights, which is what is judged and kept."""
    judge_minutes: float = 2.0
    use: dict[str, int] = field(default_factory=dict)
    """How many lines of a set to use, where not all."""


def load_recipe(file: Path) -> Recipe:
    """The recipe of a TOML file. Raises TypeError for an unknown name."""
    return Recipe(**tomllib.loads(file.read_text(encoding="utf-8")))


def batch_of(lines: Sequence[Seen]) -> tuple[Tensor, Tensor]:
    """Features (batch x steps x ROWS x CHANNELS, zero where absent) and which steps are present."""
    steps = [len(line.features) for line in lines]
    rows = torch.zeros(len(lines), max(steps), ROWS, CHANNELS)
    for place, line in enumerate(lines):
        rows[place, : len(line.features)] = torch.from_numpy(line.features.astype(np.float32))
    return rows, torch.arange(max(steps))[None, :] < torch.tensor(steps)[:, None]


def read_all(reader: Reader, lines: Sequence[Seen]) -> list[str]:
    """Greedy readings."""
    reader.eval()
    order = sorted(range(len(lines)), key=lambda place: len(lines[place].features))
    read = [""] * len(lines)
    with torch.no_grad():
        for start in range(0, len(order), 16):
            places = order[start : start + 16]
            rows, present = batch_of([lines[place] for place in places])
            best = reader(rows, present).argmax(-1)
            for place, path, here in zip(places, best, present, strict=True):
                read[place] = text_of(path[here].tolist())
    return read


def judged(reader: Reader, lines: Sequence[Seen]) -> Score:
    """How well greedy readings fit."""
    return score(zip([line.text for line in lines], read_all(reader, lines), strict=True))


class Training:
    """One run: its data, its network and its optimiser."""

    def __init__(self, recipe: Recipe, work: Path, start: Path | None) -> None:
        self.recipe, self.out = recipe, work / recipe.name
        self.out.mkdir(parents=True, exist_ok=True)
        torch.manual_seed(recipe.seed)
        self.rng = random.Random(recipe.seed)
        self.sets = {name: self._lines(work, name) for name in recipe.mix}
        self.judges = {name: read_parts(work, name) for name in ("judge", "unseen", "rare")}
        base = Base()
        self.reader = Reader(base, recipe.drop, recipe.with_marks)
        self.mean = Reader(base, 0.0, recipe.with_marks)
        self.first = Reader(base, 0.0, False).eval() if recipe.anchor else None
        if start is not None:
            self.reader.load_state_dict(torch.load(start, weights_only=True))
        self.mean.load_state_dict(self.reader.state_dict())
        self.optimiser = self._optimiser()
        self.steps, self.spent, self.best = 0, 0.0, math.inf

    def _lines(self, work: Path, name: str) -> list[Seen]:
        lines = read_parts(work, name)[: self.recipe.use.get(name)]
        # More letters than steps cannot be read by this kind of network.
        return [line for line in lines if _steps_needed(line.text) <= len(line.features)]

    def _optimiser(self) -> torch.optim.AdamW:
        recipe, groups = self.recipe, []
        for name, parameter in self.reader.named_parameters():
            fast = name.startswith(("head", "marks"))
            rate = recipe.head_rate if name.startswith("head") else recipe.neck_rate * (3 if fast else 1)
            parameter.requires_grad_(rate > 0)
            if rate > 0:
                groups.append({"params": [parameter], "lr": rate, "peak": rate})
        return torch.optim.AdamW(groups, weight_decay=recipe.decay)

    def run(self) -> None:
        """Trains until the minutes of the recipe are over."""
        self._take_up()
        print({name: len(lines) for name, lines in (self.sets | self.judges).items()}, flush=True)
        self._judge("before")
        end, last, began = self.recipe.minutes * 60, self.spent, time.process_time() - self.spent
        losses: list[float] = []
        while self.spent < end:
            losses.append(self._step(self.spent / end))
            self.spent = time.process_time() - began
            if self.spent - last > self.recipe.judge_minutes * 60 or self.spent >= end:
                last = self.spent
                self._judge(f"{self.spent / 60:.1f} min, {self.steps} steps, loss {np.mean(losses):.3f}")
                losses.clear()

    def _step(self, share: float) -> float:
        recipe, reader = self.recipe, self.reader.train()
        shape = min(1.0, (self.steps + 1) / recipe.warm_steps) * (0.02 + 0.98 * 0.5 * (1 + math.cos(math.pi * share)))
        for group in self.optimiser.param_groups:
            group["lr"] = group["peak"] * shape
        name = self.rng.choices(list(recipe.mix), list(recipe.mix.values()))[0]
        lines = self._draw(name)
        rows, present = batch_of(lines)
        features = reader.features(self._worn(rows, present), present)
        logs = functional.log_softmax(reader.head(reader.drop(features)), -1)
        wanted = [classes_of(line.text) for line in lines]
        loss = functional.ctc_loss(
            logs.transpose(0, 1),
            torch.tensor([one for classes in wanted for one in classes]),
            present.sum(1),
            torch.tensor([len(classes) for classes in wanted]),
            zero_infinity=True,
        )
        if self.first is not None and name == "cursive":
            with torch.no_grad():
                told = self.first.features(rows, present)
            loss = loss + recipe.anchor * ((features - told)[present] ** 2).mean()
        self.optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 3.0)
        self.optimiser.step()
        self.steps += 1
        self._average()
        return float(loss.detach())

    def _draw(self, name: str) -> list[Seen]:
        """A batch of lines of like length, so that little of it is padding."""
        pool = self.rng.sample(self.sets[name], min(len(self.sets[name]), 6 * self.recipe.batch))
        pool.sort(key=lambda line: len(line.features))
        start = self.rng.randrange(max(1, len(pool) - self.recipe.batch + 1))
        return pool[start : start + self.recipe.batch]

    def _worn(self, rows: Tensor, present: Tensor) -> Tensor:
        if self.recipe.noise:
            rows = rows + torch.randn_like(rows) * self.recipe.noise * rows.std()
        if self.recipe.hide:
            hidden = torch.rand(present.shape) < self.recipe.hide / 2.5
            for _ in range(self.rng.randrange(4)):
                hidden[:, 1:] |= hidden[:, :-1].clone()
            rows = rows * ~hidden[..., None, None]
        return rows * present[..., None, None]

    def _average(self) -> None:
        decay = min(self.recipe.average, (1 + self.steps) / (10 + self.steps))
        with torch.no_grad():
            for mine, new in zip(self.mean.parameters(), self.reader.parameters(), strict=True):
                mine.lerp_(new, 1 - decay)

    def _judge(self, when: str) -> None:
        scores = {name: judged(self.mean, lines) for name, lines in self.judges.items() if lines}
        for name, found in scores.items():
            print(f"{when}: {name} {found}", flush=True)
        told: dict[str, Any] = {"when": when, **{name: asdict(found) for name, found in scores.items()}}
        with (self.out / "history.jsonl").open("a", encoding="utf-8") as history:
            history.write(json.dumps(told) + "\n")
        sum_of_rates = sum(scores[name].cer for name in ("judge", "rare") if name in scores)
        if sum_of_rates < self.best:
            self.best = sum_of_rates
            torch.save(self.mean.state_dict(), self.out / "best.pt")
        state = {
            "reader": self.reader.state_dict(),
            "mean": self.mean.state_dict(),
            "optimiser": self.optimiser.state_dict(),
            "numbers": (self.steps, self.spent, self.best),
            "random": self.rng.getstate(),
        }
        torch.save(state, self.out / "last.pt")

    def _take_up(self) -> None:
        """Goes on from the last checkpoint, if there is one."""
        if (self.out / "last.pt").exists():
            state = torch.load(self.out / "last.pt", weights_only=False)
            self.reader.load_state_dict(state["reader"])
            self.mean.load_state_dict(state["mean"])
            self.optimiser.load_state_dict(state["optimiser"])
            self.steps, self.spent, self.best = state["numbers"]
            self.rng.setstate(state["random"])


def _steps_needed(text: str) -> int:
    return len(text) + sum(a == b for a, b in pairwise(text))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--recipe", type=Path, required=True)
    parser.add_argument("--work", type=Path, required=True, help="folder with the cached lines")
    parser.add_argument("--start", type=Path, help="checkpoint to begin with")
    wishes = parser.parse_args()
    torch.set_num_threads(1)
    Training(load_recipe(wishes.recipe), wishes.work, wishes.start).run()


if __name__ == "__main__":
    main()
