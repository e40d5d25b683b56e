"""The part of the recogniser that is trained on cached trunk features: neck, a branch for marks, and the head.

The neck is that of the first network, weight by weight. It averages the three rows the trunk gives, which blurs where
above or below a letter a mark stands; the *marks branch* looks at the rows apart. It starts at zero, so that training
begins exactly where the first network stands.
"""

from __future__ import annotations

import unicodedata
from typing import Any, Final

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from hotich.letters import nfc
from training.alphabet import CLASSES, LETTERS
from training.base import CHANNELS, ROWS, WIDTH, Base

HEADS: Final = 8
MARKS_WIDTH: Final = 96
NORMS: Final = {"branch": "57", "squeeze": "55", "along": "56"}


class Block(nn.Module):
    """Attention along the line and two products, each added to what comes in."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, eps=1e-5), nn.LayerNorm(WIDTH, eps=1e-5)
        self.mix, self.out = nn.Linear(WIDTH, 3 * WIDTH), nn.Linear(WIDTH, WIDTH)
        self.up, self.down = nn.Linear(WIDTH, 2 * WIDTH), nn.Linear(2 * WIDTH, WIDTH)
        self.drop = nn.Dropout(drop)

    def forward(self, x: Tensor, present: Tensor) -> Tensor:
        batch, steps, _ = x.shape
        q, k, v = self.mix(self.norm1(x)).reshape(batch, steps, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(q, k, v, attn_mask=present[:, None, None, :])
        x = x + self.drop(self.out(seen.transpose(1, 2).reshape(batch, steps, WIDTH)))
        return x + self.drop(self.down(functional.silu(self.up(self.norm2(x)))))


class Marks(nn.Module):
    """Looks at the rows apart; gives something to add before and after the blocks. Starts at zero."""

    def __init__(self, drop: float) -> None:
        super().__init__()
        self.rows = nn.Linear(ROWS * CHANNELS, MARKS_WIDTH)
        self.along = nn.Conv1d(MARKS_WIDTH, MARKS_WIDTH, 5, padding=2)
        self.give = nn.Linear(MARKS_WIDTH, 2 * WIDTH)
        self.drop = nn.Dropout(drop)
        nn.init.zeros_(self.give.weight)
        nn.init.zeros_(self.give.bias)

    def forward(self, rows: Tensor, present: Tensor) -> tuple[Tensor, Tensor]:
        seen = functional.silu(self.rows(self.drop(rows.flatten(2)))) * present[..., None]
        seen = seen + functional.silu(self.along(seen.transpose(1, 2)).transpose(1, 2))
        before, after = self.give(seen).chunk(2, -1)
        return before, after


class Head(nn.Module):
    """The last product. A letter's weights are the sum of its own, its base letter's and its mark's.

    Rare letters so learn from common ones; for use the three are added once.
    """

    def __init__(self) -> None:
        super().__init__()
        parts = [_base_and_mark(letter) for letter in LETTERS]
        bases, marks = (sorted({part[i] for part in parts}) for i in (0, 1))
        self.own, self.bias = nn.Parameter(torch.zeros(CLASSES, WIDTH)), nn.Parameter(torch.zeros(CLASSES))
        self.base, self.mark = (nn.Parameter(torch.zeros(len(group), WIDTH)) for group in (bases, marks))
        self.register_buffer("base_of", torch.tensor([bases.index(base) for base, _ in parts]), persistent=False)
        self.register_buffer("mark_of", torch.tensor([marks.index(mark) for _, mark in parts]), persistent=False)

    def weight(self) -> Tensor:
        """Classes x WIDTH."""
        shared = self.base[self.base_of] + self.mark[self.mark_of]
        return self.own + functional.pad(shared, (0, 0, 1, 0))

    def forward(self, x: Tensor) -> Tensor:
        return functional.linear(x, self.weight(), self.bias)


def _base_and_mark(letter: str) -> tuple[str, str]:
    if letter in "đĐ":
        return ("d" if letter == "đ" else "D"), "-"
    parts = unicodedata.normalize("NFD", nfc(letter))
    return parts[0], parts[1:]


class Reader(nn.Module):
    """Trunk features in, log probabilities of letters out."""

    def __init__(self, base: Base, drop: float = 0.1, with_marks: bool = True) -> None:
        super().__init__()
        self.branch, self.squeeze = nn.Linear(CHANNELS, WIDTH), nn.Linear(CHANNELS, WIDTH)
        self.along = nn.Conv1d(WIDTH, WIDTH, 7, padding=3, groups=WIDTH)
        self.blocks = nn.ModuleList(Block(drop) for _ in range(2))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-6)
        self.marks = Marks(drop) if with_marks else None
        self.head = Head()
        self.drop = nn.Dropout(drop)
        self._take_over(base)

    def features(self, rows: Tensor, present: Tensor) -> Tensor:
        """What the head sees, batch x steps x WIDTH, of rows batch x steps x ROWS x CHANNELS and the steps present."""
        pooled = rows.mean(2)
        here = present[..., None].to(rows.dtype)
        x = functional.silu(self.squeeze(pooled)) * here
        x = x + functional.silu(self.along(x.transpose(1, 2)).transpose(1, 2))
        before, after = self.marks(rows, here[..., 0]) if self.marks is not None else (0.0, 0.0)
        x = x + before
        for block in self.blocks:
            x = block(x, present)
        return self.norm(x) + functional.silu(self.branch(pooled)) + after

    def forward(self, rows: Tensor, present: Tensor) -> Tensor:
        return functional.log_softmax(self.head(self.drop(self.features(rows, present))), -1)

    def _take_over(self, base: Base) -> None:
        """The weights of the first network; each batch norm is folded into the product before it."""
        w = base.weights
        for name, kernel in (("branch", "conv2d_67"), ("squeeze", "conv2d_65"), ("along", "conv2d_66")):
            layer = getattr(self, name)
            weight, bias = _folded(w, f"{kernel}.w_0", f"batch_norm2d_{NORMS[name]}")
            _set(layer.weight, weight.reshape(layer.weight.shape))
            _set(layer.bias, bias)
        for number, block in enumerate(self.blocks):
            _set_norm(block.norm1, w, 4 * number)
            _set_norm(block.norm2, w, 4 * number + 2)
            for place, name in enumerate(("mix", "out", "up", "down")):
                layer = getattr(block, name)
                _set(layer.weight, w[f"linear_{4 * number + place}.w_0"].T)
                _set(layer.bias, w[f"linear_{4 * number + place}.b_0"])
        _set_norm(self.norm, w, 8)
        weight, bias = base.first_head()
        _set(self.head.own, weight)
        _set(self.head.bias, bias)


def _folded(weights: dict[str, Any], kernel: str, norm: str) -> tuple[Any, Any]:
    scale, shift = weights[f"{norm}.w_0"], weights[f"{norm}.b_0"]
    mean, variance = weights[f"{norm}.w_1"], weights[f"{norm}.w_2"]
    factor = scale / np.sqrt(variance + 1e-5)
    return weights[kernel] * factor.reshape(-1, 1, 1, 1), shift - mean * factor


def _set_norm(norm: nn.LayerNorm, weights: dict[str, Any], first: int) -> None:
    _set(norm.weight, weights[f"helper.reshape.{first}"])
    _set(norm.bias, weights[f"helper.reshape.{first + 1}"])


def _set(parameter: Tensor, value: Any) -> None:
    with torch.no_grad():
        parameter.copy_(torch.tensor(np.asarray(value)))
