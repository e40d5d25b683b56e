"""Error rates of readings held against what is written, both in NFC with single spaces."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from hotich.letters import nfc, squeeze
from training.alphabet import without_marks


@dataclass(frozen=True, slots=True)
class Score:
    """Shares 0-1: character and word errors, lines wholly right, character errors with marks and case left aside."""

    lines: int
    cer: float
    wer: float
    exact: float
    cer_without_marks: float

    def __str__(self) -> str:
        return (
            f"{self.lines} lines: CER {self.cer:.1%}, without marks {self.cer_without_marks:.1%}, "
            f"WER {self.wer:.1%}, exact {self.exact:.1%}"
        )


def score(pairs: Iterable[tuple[str, str]]) -> Score:
    """The rates over pairs of (written, read)."""
    both = [(squeeze(nfc(written)), squeeze(nfc(read))) for written, read in pairs]
    return Score(
        len(both),
        _rate(both),
        _rate([(written.split(), read.split()) for written, read in both]),
        sum(written == read for written, read in both) / max(1, len(both)),
        _rate([(without_marks(written), without_marks(read)) for written, read in both]),
    )


def _rate(pairs: Sequence[tuple[Sequence[str], Sequence[str]]]) -> float:
    wrong = sum(Levenshtein.distance(written, read) for written, read in pairs)
    return wrong / max(1, sum(len(written) for written, _ in pairs))
