"""Which letters a hand writes alike: those of one base letter, and those with one mark."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

import numpy as np

from hotich.letters import nfc
from hotich.ocr.adapt import Kin
from hotich.ocr.ctc_paths import Floats

BY_BASE: Final = 0.5
BY_MARK: Final = 0.5
"""How much a correction of a letter is one of its base letter, and of its mark, against what is its own (1)."""


@lru_cache(maxsize=4)
def kinship(letters: str) -> Kin:
    """How the corrections of classes go together; class 0, "no new letter", is kin to nothing."""
    bases, marks = zip(*(_base_and_mark(letter) for letter in letters), strict=True)
    found = np.eye(len(letters) + 1, dtype=np.float32)
    found[1:, 1:] += np.float32(BY_BASE) * _same(bases)
    marked = np.array([bool(mark) for mark in marks])
    found[1:, 1:] += np.float32(BY_MARK) * _same(marks) * (marked[:, None] & marked[None, :])
    reach, axes = np.linalg.eigh(found)
    return Kin(np.asarray(axes, np.float32), np.asarray(np.maximum(reach, 1e-3), np.float32))


def _same(names: tuple[str, ...]) -> Floats:
    told = np.array(names)
    return np.asarray(told[:, None] == told[None, :], np.float32)


def _base_and_mark(letter: str) -> tuple[str, str]:
    if letter in "đĐ":
        return ("d" if letter == "đ" else "D"), "-"
    parts = unicodedata.normalize("NFD", nfc(letter))
    return parts[0], parts[1:]
