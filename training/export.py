"""Writes the model that ships: weights as ONNX, the words, the card for the program and the card for people.

    python -m training.export WORK/anneal/best.pt [more checkpoints] hotich/ocr/models --work WORK

Several checkpoints behind one trunk vote: the mean of their log probabilities is told.

The curve of confidence is fitted on the lines of unseen faces in WORK (`unseen-*.npz`), which no training touched.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import tomllib
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnx
import torch
from numpy.typing import NDArray

from hotich.ocr.ctc import Way, beam, softened
from hotich.ocr.handwriting_engine import WIDTH_OF_BEAM
from hotich.ocr.language import Language, Weights, WordCounts, read_counts
from training.alphabet import LETTERS
from training.base import Base
from training.cache import Seen, read_parts
from training.graph import whole_graph
from training.network import Reader
from training.train import batch_of

TRUST, BONUS, SOFTEN = 0.5, 1.4, 1.7
"""How words weigh against ink: the best of a few that were tried on lines of unseen faces and on a third of the real
judging lines; see LOG.md."""

WEIGHTS, WORDS, CARD = "hotich-hand.onnx", "words.txt.gz", "hotich-hand.toml"


def load_reader(base: Base, checkpoint: Path) -> Reader:
    """The network of a checkpoint, ready to read."""
    state = torch.load(checkpoint, weights_only=True)
    reader = Reader(base, 0.0, with_marks=any(name.startswith("marks") for name in state))
    reader.load_state_dict(state)
    return reader.eval()


def ways_of(readers: Sequence[Reader], line: Seen, language: Language) -> tuple[Way, ...]:
    """The likeliest texts of a cached line by the vote of the readers."""
    with torch.no_grad():
        votes = torch.stack([reader(*batch_of([line]))[0] for reader in readers])
        logs = torch.log_softmax(votes.mean(0), -1).numpy()
    return beam(softened(logs, SOFTEN), "".join(LETTERS), language, WIDTH_OF_BEAM)


def told_by(ways: tuple[Way, ...]) -> list[float]:
    """What the curve of confidence goes by; the same as in the engine."""
    lead = min(20.0, ways[0].score - ways[1].score) if len(ways) > 1 else 20.0
    return [1.0, max(-60.0, ways[0].ink), float(np.log1p(max(0.0, lead))), float(np.log1p(len(ways[0].text)))]


def fitted_curve(told: NDArray[np.float64], right: NDArray[np.float64]) -> list[float]:
    """Weights of the logistic curve that fits best, by Newton's method with a little ridge."""
    weights = np.zeros(told.shape[1])
    for _ in range(50):
        share = 1 / (1 + np.exp(-told @ weights))
        slope = told.T @ (right - share) - 0.05 * weights
        bend = (told * (share * (1 - share))[:, None]).T @ told + 0.05 * np.eye(len(weights))
        weights += np.linalg.solve(bend, slope)
    return [round(float(weight), 4) for weight in weights]


def calibration_error(share: NDArray[np.float64], right: NDArray[np.float64], bins: int = 10) -> float:
    """The mean distance between confidence and share of right readings over bins of confidence."""
    places = np.minimum((share * bins).astype(int), bins - 1)
    gaps = [abs(share[places == b].mean() - right[places == b].mean()) * (places == b).mean() for b in set(places)]
    return float(sum(gaps))


def crossed_error(told: NDArray[np.float64], right: NDArray[np.float64]) -> float:
    """The calibration error of curves on the half of the lines that they were not fitted on."""
    shares = np.empty(len(right))
    for half in (0, 1):
        mine = np.arange(len(right)) % 2 == half
        shares[~mine] = 1 / (1 + np.exp(-told[~mine] @ np.array(fitted_curve(told[mine], right[mine]))))
    return calibration_error(shares, right)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("checkpoints", type=Path, nargs="+")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--work", type=Path, required=True)
    parser.add_argument("--version", default="1")
    wishes = parser.parse_args()
    torch.set_num_threads(1)
    base = Base()
    readers = [load_reader(base, checkpoint) for checkpoint in wishes.checkpoints]
    onnx.save(whole_graph(base, readers), str(wishes.folder / WEIGHTS))
    language = Language(WordCounts(read_counts(wishes.folder / WORDS)), Weights(TRUST, BONUS, SOFTEN))
    lines = read_parts(wishes.work, "unseen")
    ways = [ways_of(readers, line, language) for line in lines]
    told = np.array([told_by(way) for way in ways])
    right = np.array([float(way[0].text.strip() == line.text) for way, line in zip(ways, lines, strict=True)])
    curve = fitted_curve(told, right)
    error = crossed_error(told, right)
    write_card(wishes.folder, wishes.version, curve)
    size = (wishes.folder / WEIGHTS).stat().st_size / 1e6
    print(f"{size:.1f} MB; {right.mean():.1%} of {len(lines)} unseen lines right; calibration error {error:.3f}")


def write_card(folder: Path, version: str, curve: list[float]) -> None:
    """The card that the program reads."""
    told = {
        "version": version,
        "letters": "".join(LETTERS),
        "weights": WEIGHTS,
        "weights_sha256": _sha256(folder / WEIGHTS),
        "words": WORDS,
        "words_sha256": _sha256(folder / WORDS),
        "trust": TRUST,
        "bonus": BONUS,
        "soften": SOFTEN,
        "curve": curve,
    }
    lines = [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in told.items()]
    text = "# Written by training/export.py; see CARD.md for what the model is.\n[model]\n" + "\n".join(lines) + "\n"
    tomllib.loads(text)
    (folder / CARD).write_text(text, encoding="utf-8")


def _sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


if __name__ == "__main__":
    main()
