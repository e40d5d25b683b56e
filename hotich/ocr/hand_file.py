"""What a book taught, in one small file: the correction for its hand, and its confirmed lines as the network saw them.

The file is derived: every line in it can be cut again from the pages and the confirmed values, so it may be deleted at
any time, and it is put aside when the network changes.
"""

from __future__ import annotations

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import numpy as np

from hotich.ocr.adapt import Hand, SeenLine, Shapes
from hotich.ocr.ctc_paths import Floats

SHAPE: Final = 2
"""The number of this way to lay the file out."""


@dataclass(frozen=True, slots=True, eq=False)
class KeptLine:
    """A confirmed line: what it was cut from (its key), whose field it is, its text, and what the network saw."""

    key: str
    record_id: str
    field_id: str
    text: str
    seen: SeenLine


@dataclass(frozen=True, slots=True, eq=False)
class BookHand:
    """All of the file. `weights` is the hash of the network's weights; `hand` is None while nothing was kept."""

    weights: str
    lines: tuple[KeptLine, ...] = ()
    hand: Hand | None = None
    learned_from: int = 0
    refused: frozenset[str] = field(default_factory=frozenset)
    """Keys of confirmed fields that cannot be learned from, so that they are not cut again."""


def save(file: Path, book: BookHand) -> None:
    """Writes the file in one step. Raises OSError."""
    file.parent.mkdir(parents=True, exist_ok=True)
    lines = book.lines
    half = file.with_suffix(".half")
    with half.open("wb") as stream:
        np.savez_compressed(
            stream,
            head=np.array([str(SHAPE), book.weights, str(book.learned_from)]),
            **_parts(book.hand),
            texts=_texts([(line.key, line.record_id, line.field_id, line.text) for line in lines], 4),
            refused=np.array(sorted(book.refused), dtype=np.str_),
            steps=np.array([len(line.seen.logs) for line in lines], np.int64),
            letters=np.array([len(line.seen.classes) for line in lines], np.int64),
            features=_stacked([line.seen.features for line in lines]),
            logs=_stacked([np.maximum(line.seen.logs, -60.0) for line in lines]),
            classes=np.array([number for line in lines for number in line.seen.classes], np.int64),
        )
    os.replace(half, file)


def load(file: Path, weights: str) -> BookHand:
    """What the file holds; nothing when it is missing, damaged, or was learned on other weights."""
    try:
        with file.open("rb") as stream, np.load(stream, allow_pickle=False) as kept:
            shape, base, learned_from = (str(text) for text in kept["head"])
            if int(shape) != SHAPE or base != weights:
                return BookHand(weights)
            refused = frozenset(str(key) for key in kept["refused"])
            return BookHand(weights, _lines(kept), _hand(kept), int(learned_from), refused)
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return BookHand(weights)


def _parts(hand: Hand | None) -> dict[str, Any]:
    """The numbers of a correction by name; shapes in half precision."""
    if hand is None or hand.shapes is None:
        return {"delta": hand.delta if hand is not None else np.zeros((0, 0), np.float32)}
    shapes = hand.shapes
    return {
        "delta": hand.delta,
        "shapes": shapes.directions.astype(np.float16),
        "shape_classes": shapes.classes.astype(np.int16),
        "shape_shares": shapes.shares.astype(np.float16),
        "shape_frame": np.stack([shapes.middle, shapes.spread]).astype(np.float32),
        "weights": np.array([hand.width, hand.doubt]),
    }


def _hand(kept: Any) -> Hand | None:
    delta = np.asarray(kept["delta"], np.float32)
    if not delta.size or "shapes" not in kept:
        return Hand(delta) if delta.size else None
    found, shares = (np.asarray(kept[name], np.float32) for name in ("shapes", "shape_shares"))
    middle, spread = (np.asarray(row, np.float32) for row in kept["shape_frame"])
    width, doubt = (float(number) for number in kept["weights"])
    return Hand(delta, Shapes(found, kept["shape_classes"].astype(np.intp), shares, middle, spread), width, doubt)


def _lines(kept: Any) -> tuple[KeptLine, ...]:
    steps, letters = np.cumsum(kept["steps"])[:-1], np.cumsum(kept["letters"])[:-1]
    texts = kept["texts"]
    if not len(texts):
        return ()
    features, logs = (np.split(np.asarray(kept[name], np.float32), steps) for name in ("features", "logs"))
    classes = np.split(kept["classes"], letters)
    return tuple(
        KeptLine(
            str(key), str(record_id), str(field_id), str(text), SeenLine(seen, log, tuple(int(n) for n in numbers))
        )
        for (key, record_id, field_id, text), seen, log, numbers in zip(texts, features, logs, classes, strict=True)
    )


def _texts(rows: Sequence[tuple[str, ...]], columns: int) -> Any:
    return np.array(rows, dtype=np.str_).reshape(len(rows), columns)


def _stacked(parts: Sequence[Floats]) -> Any:
    return np.concatenate(parts).astype(np.float16) if parts else np.zeros((0, 0), np.float16)
