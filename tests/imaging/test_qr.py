"""Codes are read straight, turned, small and in grey light; noise is no code."""

from __future__ import annotations

import numpy as np
import pytest
import segno
from numpy.typing import NDArray

from hotich.imaging.qr import read_qr

TEXT = "HT1:" + "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567" * 9


def drawn(side: int) -> NDArray[np.uint8]:
    """A code on white paper with squares of so many pixels."""
    squares = np.array([list(row) for row in segno.make_qr(TEXT, error="m").matrix], dtype=np.uint8)
    code = np.kron(1 - squares, np.ones((side, side), dtype=np.uint8)) * 255
    return np.pad(code.astype(np.uint8), ((120, 400), (90, 300)), constant_values=255)


@pytest.mark.parametrize("side", [4, 6, 10])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_any_size_and_any_quarter_turn(side: int, quarters: int) -> None:
    assert read_qr(np.rot90(drawn(side), quarters)) == TEXT


def test_colour_and_poor_light() -> None:
    grey = 60 + drawn(6).astype(float) * np.linspace(0.3, 0.7, drawn(6).shape[1])[None, :]
    paper = np.stack([grey * 0.8, grey * 0.9, grey], axis=2).astype(np.uint8)
    assert read_qr(paper) == TEXT


@pytest.mark.parametrize("seed", [1, 2])
def test_noise_is_no_code(seed: int) -> None:
    noise = np.random.default_rng(seed).integers(0, 256, (300, 300), dtype=np.uint8)
    assert read_qr(noise) == ""
    assert read_qr(np.full((40, 40), 255, dtype=np.uint8)) == ""
