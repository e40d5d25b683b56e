"""How far a text that was read lies from another, in letters."""

from __future__ import annotations

from rapidfuzz.distance import Levenshtein

from hotich.text import nfc, squeeze


def letters_wrong(read: str, truth: str) -> int:
    """Letters to be put in, taken out or changed until one is the other; NFC, and runs of spaces count as one."""
    return int(Levenshtein.distance(squeeze(nfc(read)), squeeze(nfc(truth))))


def letters_of(truth: str) -> int:
    """Letters that such errors are counted against."""
    return len(squeeze(nfc(truth)))
