"""Counts which words follow which, from lists under the MIT licence and texts made by `vocabulary.py`.

    python -m training.language hotich/ocr/models/words.txt.gz

Writes the file that `hotich.ocr.language` reads. No real record and no text of a person goes into it.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from pathlib import Path

from hotich.letters import nfc
from hotich.ocr.language import Counts, counted, write_counts
from hotich.syllables import place_tone_new
from training.vocabulary import Vocabulary, given_names, old_units

MADE_TEXTS = 60_000
LEAST_TRIPLE = 2


def texts() -> Iterator[tuple[str, int]]:
    """Every unit with what it belongs to, every given name, and made texts, each with its weight."""
    for unit in old_units():
        yield f"{unit.commune[0]}, {unit.district[0]}, {unit.province[1]}", 3
        yield f"{unit.commune[0]}, {unit.district[0]}, {unit.province[0]}", 1
        yield f"{unit.commune[1]}, {unit.district[1]}, {unit.province[1]}", 1
    for sex in ("male", "female"):
        for name in given_names(sex):
            yield name, 1
    rng = random.Random(7)
    for words in (Vocabulary(), Vocabulary(unseen=True)):
        for _ in range(MADE_TEXTS // (6 if words.unseen else 1)):
            yield words.text(rng), 1


def both_tone_places(lines: Iterator[tuple[str, int]]) -> Iterator[tuple[str, int]]:
    """Each text with hòa and, once for three, with hoà."""
    for number, (text, times) in enumerate(lines):
        text = nfc(text)
        yield text, times
        if number % 3 == 0:
            yield place_tone_new(text), times


def main() -> None:
    counts: Counts = counted(both_tone_places(texts()))
    kept = {words: count for words, count in counts.items() if len(words) < 3 or count >= LEAST_TRIPLE}
    write_counts(Counts(kept), Path(sys.argv[1]))
    print(len(kept), "counts")


if __name__ == "__main__":
    main()
