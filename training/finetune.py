"""Starts from the weights that ship, learns a folder of confirmed lines, and writes a model pack.

    python -m training.finetune --lines FOLDER --out PACK.zip --name "Hà Giang" [--passes 12] [--test FOLDER]

FOLDER is what `hotich model export` writes. Neck, marks branch and head are trained on what the trunk sees; each fifth
line is held back and chooses among the passes. Weights are drawn back to those that ship. No pack is written when the
held-back lines are read no better. The pack is signed with this user's own key (`hotich model key` shows it);
`hotich model install PACK.zip` puts it in. Seeded; one thread.
"""

from __future__ import annotations

import argparse
import copy
import datetime
import hashlib
import json
import math
import random
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from torch.nn import functional

from hotich.ocr.handwriting_engine import CARD, MODEL_FOLDER, load_card
from hotich.ocr.handwriting_lines import trimmed
from hotich.ocr.packs import PackCard, write_pack
from hotich.signing import keys_folder, own_key
from training.alphabet import classes_of
from training.base import Base, Trunk
from training.cache import Seen
from training.graph import whole_graph
from training.lines import read_lines
from training.measure import Score
from training.network import Reader
from training.train import _steps_needed, batch_of, judged

HELD_BACK_EVERY = 5


@dataclass(frozen=True)
class Pace:
    """How to learn; rates are at the first step, `pull` draws the weights back to those that ship."""

    passes: int = 12
    batch: int = 16
    head_rate: float = 1e-3
    neck_rate: float = 3e-4
    pull: float = 1e-4
    drop: float = 0.15
    seed: int = 1


def reader_of(base: Base, shipped: onnx.ModelProto, drop: float) -> Reader:
    """The trained part of the shipped graph, the first of several that vote. Raises ValueError for another graph.

    A reader full of chance numbers is built into a graph; where each of them comes to lie, the shipped graph has the
    number that belongs there.
    """
    torch.manual_seed(0)
    reader = Reader(base, drop)
    with torch.no_grad():
        for parameter in reader.parameters():
            parameter.copy_(torch.rand_like(parameter))
        reader.head.base.zero_()
        reader.head.mark.zero_()
        trained = {item.name: numpy_helper.to_array(item) for item in shipped.graph.initializer}
        chance = {item.name: numpy_helper.to_array(item) for item in whole_graph(base, [reader]).graph.initializer}
        for name, parameter in reader.named_parameters():
            if name not in ("head.base", "head.mark"):
                parameter.copy_(torch.tensor(_found(parameter.numpy().copy(), chance, trained)))
    return reader


HALVED = 1e-3
"""How far a number between 0 and 1 may be from itself after sixteen bits."""


def _found(mine: np.ndarray, chance: dict[str, np.ndarray], trained: dict[str, np.ndarray]) -> np.ndarray:
    for turned in (mine, mine.T):
        for name, value in chance.items():
            if (
                value.shape == turned.shape
                and np.allclose(value, turned, atol=HALVED)
                and trained[name].shape == turned.shape
            ):
                return np.ascontiguousarray(trained[name] if turned is mine else trained[name].T)
    raise ValueError("the shipped graph was built in another way")


def seen_lines(place: Path, trunk: Trunk) -> list[Seen]:
    """What the trunk sees in the lines of a folder; those with more letters than steps are left out."""
    found = [Seen(trunk.features(trimmed(line.picture)), line.text, line.source) for line in read_lines(place)]
    return [line for line in found if _steps_needed(line.text) <= len(line.features)]


def tuned(reader: Reader, lines: Sequence[Seen], held: Sequence[Seen], pace: Pace) -> tuple[Reader, Score, Score]:
    """The best reader of all passes with its score on the held-back lines, and the score before."""
    rng = random.Random(pace.seed)
    torch.manual_seed(pace.seed)
    first = [parameter.detach().clone() for parameter in reader.parameters()]
    heads = [parameter for name, parameter in reader.named_parameters() if name.startswith("head")]
    others = [parameter for name, parameter in reader.named_parameters() if not name.startswith("head")]
    optimiser = torch.optim.AdamW(
        [{"params": heads, "lr": pace.head_rate}, {"params": others, "lr": pace.neck_rate}], weight_decay=0.0
    )
    count = pace.passes * math.ceil(len(lines) / pace.batch)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimiser, count)
    before = judged(reader.eval(), held)
    best, best_score = copy.deepcopy(reader), before
    for number in range(pace.passes):
        reader.train()
        for batch in _batches(lines, pace.batch, rng):
            loss = _loss(reader, batch)
            drawn = sum(((mine - old) ** 2).sum() for mine, old in zip(reader.parameters(), first, strict=True))
            optimiser.zero_grad()
            (loss + pace.pull * drawn).backward()
            torch.nn.utils.clip_grad_norm_(reader.parameters(), 3.0)
            optimiser.step()
            schedule.step()
        score = judged(reader.eval(), held)
        print(f"pass {number + 1}: held back {score}", flush=True)
        if score.cer < best_score.cer:
            best, best_score = copy.deepcopy(reader), score
    return best, best_score, before


def _batches(lines: Sequence[Seen], size: int, rng: random.Random) -> list[list[Seen]]:
    """All lines in batches of like length, in a new order."""
    order = sorted(lines, key=lambda line: len(line.features) * rng.uniform(0.8, 1.25))
    batches = [order[start : start + size] for start in range(0, len(order), size)]
    rng.shuffle(batches)
    return batches


def _loss(reader: Reader, lines: Sequence[Seen]) -> torch.Tensor:
    rows, present = batch_of(lines)
    wanted = [classes_of(line.text) for line in lines]
    return functional.ctc_loss(
        reader(rows, present).transpose(0, 1),
        torch.tensor([one for classes in wanted for one in classes]),
        present.sum(1),
        torch.tensor([len(classes) for classes in wanted]),
        zero_infinity=True,
    )


def contents_of(graph: onnx.ModelProto, name: str, model: Path) -> dict[str, bytes]:
    """The files of a pack: the graph beside the card, words and licence of the model it began from."""
    card = load_card(model)
    weights = graph.SerializeToString()
    text = (model / CARD).read_text(encoding="utf-8")
    text = text.replace(card.weights_sha256, hashlib.sha256(weights).hexdigest())
    version = json.dumps(f"{card.version}-{name}"[:40], ensure_ascii=False)
    text = text.replace(f'version = "{card.version}"', f"version = {version}")
    files = {CARD: text.encode(), card.weights: weights, card.words: (model / card.words).read_bytes()}
    beside = (model / each for each in ("LICENSE", "NOTICE"))
    return files | {each.name: each.read_bytes() for each in beside if each.exists()}


def _source(lines: Path) -> str:
    """Who agreed to the use of the lines, from what the export wrote beside them."""
    told = lines / "consent.json"
    if not told.is_file():
        return "không rõ nguồn"
    agreed = json.loads(told.read_text(encoding="utf-8"))
    return f"{agreed['agreed_by']}: {agreed['consent']}"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--name", required=True)
    parser.add_argument("--model", type=Path, default=MODEL_FOLDER)
    parser.add_argument("--test", type=Path, help="other lines to measure on")
    parser.add_argument("--passes", type=int, default=Pace.passes)
    wishes = parser.parse_args()
    torch.set_num_threads(1)
    pace, base, began = Pace(passes=wishes.passes), Base(), time.process_time()
    card = load_card(wishes.model)
    shipped = onnx.load(str(wishes.model / card.weights))
    trunk, reader = Trunk(base, shipped), reader_of(base, shipped, Pace.drop)
    lines = seen_lines(wishes.lines, trunk)
    random.Random(pace.seed).shuffle(lines)
    held = lines[HELD_BACK_EVERY - 1 :: HELD_BACK_EVERY]
    taught = [line for place, line in enumerate(lines) if (place + 1) % HELD_BACK_EVERY]
    test = seen_lines(wishes.test, trunk) if wishes.test else []
    print(f"{len(taught)} lines to learn from, {len(held)} held back", flush=True)
    if test:
        print(f"test before: {judged(reader.eval(), test)}", flush=True)
    best, after, before = tuned(reader, taught, held, pace)
    if test:
        print(f"test after: {judged(best, test)}", flush=True)
    print(f"held back: CER {before.cer:.1%} before, {after.cer:.1%} after; {time.process_time() - began:.0f} s")
    if after.cer >= before.cer:
        print("no better than what ships: no pack written")
        return 1
    made_at = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
    rates = {"cer_before": round(before.cer, 4), "cer_after": round(after.cer, 4)}
    told = PackCard(
        wishes.name, made_at, card.weights_sha256, len(taught), **rates, source=_source(wishes.lines), files={}
    )
    contents = contents_of(whole_graph(base, [best], shipped), wishes.name, wishes.model)
    pack = write_pack(wishes.out, told, contents, own_key(keys_folder()))
    print(f"{wishes.out}: SHA-256 {pack.sha256}")
    print(f"signed with the key {pack.fingerprint}; tell it to those who install the pack, by another way")
    return 0


if __name__ == "__main__":
    sys.exit(main())
