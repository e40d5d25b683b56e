"""Draws a line as a hand writes it: words of uneven size, tone marks set down late, loops, slant, pressure.

A picture here is ink alone: 0 for paper, 255 for full ink.
"""

from __future__ import annotations

import math
import random
import unicodedata
from dataclasses import dataclass, replace
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Ink = NDArray[np.uint8]

TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


@dataclass(frozen=True, slots=True)
class Manner:
    """How one hand writes. Lengths in shares of the face's size; `late` and `high` shift tone marks right and up."""

    spacing: float
    late: float
    high: float
    wander: float
    squeeze: float
    own_marks: float
    unevenness: float
    tracking: float = 0.0
    """Room between letters, more or less than the face gives; 0 writes words in one piece."""
    own_commas: float = 0.0
    """Share of commas written as small strokes close to the word, often faint."""
    low_quotes: float = 0.0
    """How far double quotes sink, as ditto marks do."""


def manner(rng: random.Random) -> Manner:
    """A hand at random; one in three sets its marks where the typeface does."""
    moved = rng.random() < 0.7
    return Manner(
        spacing=rng.uniform(0.15, 0.55),
        late=rng.uniform(-0.1, 0.45) if moved else 0.0,
        high=rng.uniform(-0.05, 0.16) if moved else 0.0,
        wander=rng.uniform(0.02, 0.12) if moved else 0.0,
        squeeze=max(0.0, rng.uniform(-0.3, 0.45)),
        own_marks=rng.choice((0.0, 0.0, 0.5, 1.0)),
        unevenness=rng.uniform(0.01, 0.07),
    )


def wide_manner(rng: random.Random) -> Manner:
    """A hand of greater variety: narrow gaps between words, wide or narrow ones between letters, commas of its own."""
    spacing = rng.uniform(0.12, 0.22) if rng.random() < 0.3 else rng.uniform(0.15, 0.5)
    way = rng.random()
    tracking = rng.uniform(0.02, 0.16) if way < 0.3 else rng.uniform(-0.05, 0.0) if way < 0.4 else 0.0
    return replace(
        manner(rng),
        spacing=spacing + max(0.0, tracking),
        tracking=tracking,
        own_commas=rng.choice((0.0, 0.6, 1.0)),
        low_quotes=rng.uniform(0.0, 0.5),
    )


PRINTED = Manner(0.28, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0)
"""How a machine sets letters."""


def without_tone(word: str) -> str:
    """The word without tone marks, with ă, â, ê, ô, ơ, ư as they are."""
    parts = unicodedata.normalize("NFD", word)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in TONES))


def tone_of(word: str) -> str:
    """The tone mark of a syllable, empty for the level tone; of several words the first."""
    return next((part for part in unicodedata.normalize("NFD", word) if part in TONES), "")


class Pen:
    """Writes lines with one face in one manner."""

    def __init__(self, font: ImageFont.FreeTypeFont, way: Manner, rng: random.Random) -> None:
        self._font, self._way, self._rng = font, way, rng
        self._size = int(font.size)
        self._height = int(self._size * 2.6) + 40
        self.base = int(self._size * 1.35) + 20

    def line(self, text: str) -> Ink:
        """The ink of a line with the baseline at `base`; room for ascenders and marks above and below."""
        words = [self._word(word) for word in text.split(" ")]
        gap = self._way.spacing * self._size
        width = int(sum(word.shape[1] - self._size for word in words) + 1.6 * gap * len(words) + 4 * self._size + 80)
        sheet = np.zeros((self._height, width), np.uint8)
        x = 30.0
        for word in words:
            left = max(0, int(x) - self._size // 2)
            right = min(width, left + word.shape[1])
            sheet[:, left:right] = np.maximum(sheet[:, left:right], word[:, : right - left])
            x += word.shape[1] - 1.5 * self._size + gap * self._rng.uniform(0.6, 1.5)
        return sheet[:, : min(width, int(x) + self._size)]

    def _word(self, word: str) -> Ink:
        """A word in a box with half a size of room before it and one behind."""
        if word.endswith(",") and len(word) > 1 and self._way.own_commas > self._rng.random():
            return self._with_comma(self._word(word[:-1]))
        ink = self._drawn(word)
        bare = without_tone(word)
        if bare != word and abs(self._font.getlength(bare) - self._font.getlength(word)) < 0.03 * self._size + 1:
            ink = self._with_late_tone(ink, self._drawn(bare), tone_of(word))
        if self._way.squeeze and len(word) > 3:
            ink = self._hurried(ink)
        scale = 1 + self._rng.gauss(0, self._way.unevenness)
        rise = self._rng.gauss(0, 0.6 * self._way.unevenness) * self._size
        turn = self._rng.gauss(0, 0.012)
        move = np.array([[scale, 0, 0], [turn, scale, self.base * (1 - scale) + rise]], np.float64)
        return np.asarray(cv2.warpAffine(ink, move, (int(ink.shape[1] * max(1.0, scale)), self._height)), np.uint8)

    def _drawn(self, word: str) -> Ink:
        base = self.base + (self._way.low_quotes * self._size if '"' in word else 0.0)
        if self._way.tracking:
            return self._apart(word, base)
        width = int(self._font.getlength(word)) + 3 * self._size // 2
        sheet = Image.new("L", (width, self._height), 0)
        ImageDraw.Draw(sheet).text((self._size // 2, base), word, font=self._font, fill=255, anchor="ls")
        return np.array(sheet)

    def _apart(self, word: str, base: float) -> Ink:
        """The word letter by letter."""
        more = self._way.tracking * self._size
        width = int(sum(self._font.getlength(letter) + more for letter in word)) + 3 * self._size // 2
        sheet = Image.new("L", (max(width, 2 * self._size), self._height), 0)
        pen, x = ImageDraw.Draw(sheet), float(self._size // 2)
        for letter in word:
            pen.text((x, base), letter, font=self._font, fill=255, anchor="ls")
            x += self._font.getlength(letter) + more
        return np.array(sheet)

    def _with_comma(self, word: Ink) -> Ink:
        """The word with a small stroke under its end, close to it and not always dark."""
        rng, size = self._rng, self._size
        length = size * rng.uniform(0.08, 0.18)
        x, y = word.shape[1] - size + rng.uniform(-0.05, 0.12) * size, self.base + rng.uniform(-0.04, 0.05) * size
        bend = x + rng.uniform(-0.2, 0.2) * length
        points = np.array([[x, y], [bend, y + 0.5 * length], [x - 0.5 * length, y + length]])
        ink = np.hstack([word, np.zeros((word.shape[0], int(0.15 * size)), np.uint8)])
        stroke, thick = np.zeros_like(ink), max(2, round(size * rng.uniform(0.02, 0.05)))
        corners = np.round(points * 8).astype(np.int32).reshape(-1, 1, 2)
        cv2.polylines(stroke, [corners], False, (rng.randint(130, 255),), thick, cv2.LINE_AA, 3)
        return np.maximum(ink, stroke)

    def _with_late_tone(self, whole: Ink, bare: Ink, tone: str) -> Ink:
        """The bare word with the tone mark taken off and set where a hurried hand sets it."""
        width = min(whole.shape[1], bare.shape[1])
        whole, bare = whole[:, :width], bare[:, :width]
        mark = np.where(whole.astype(np.int16) - bare > 60, whole, 0).astype(np.uint8)
        mark = np.asarray(cv2.morphologyEx(mark, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), np.uint8)
        ys, xs = np.nonzero(mark > 60)
        if len(ys) < 4:
            return whole
        way, size = self._way, self._size
        dx = (way.late + self._rng.gauss(0, way.wander)) * size * 0.8
        below = tone == "\u0323"
        dy = (self._rng.gauss(0, way.wander) * 0.5 - (0 if below else way.high)) * size
        if self._rng.random() < way.own_marks:
            middle = (float(xs.mean()) + dx, float(ys.mean()) + dy)
            return np.maximum(bare, self._own_mark(tone, middle, bare.shape))
        move = np.array([[1, 0, dx], [0, 1, dy]], np.float64)
        return np.maximum(bare, np.asarray(cv2.warpAffine(mark, move, (width, self._height)), np.uint8))

    def _own_mark(self, tone: str, middle: tuple[float, float], shape: tuple[int, ...]) -> Ink:
        """A tone mark as a stroke of the pen."""
        length = self._size * self._rng.uniform(0.12, 0.3)
        curve = _STROKES[tone](self._rng) * length
        points = np.round((curve + np.array(middle)) * 8).astype(np.int32)
        sheet: Ink = np.zeros(shape, np.uint8)
        thick = max(1, round(self._size * self._rng.uniform(0.025, 0.055)))
        cv2.polylines(sheet, [points.reshape(-1, 1, 2)], False, (255,), thick, cv2.LINE_AA, 3)
        return sheet

    def _hurried(self, ink: Ink) -> Ink:
        """The word with its later letters narrower and flatter than the first ones."""
        height, width = ink.shape
        along = np.linspace(0, 1, width, dtype=np.float32)
        strength = self._way.squeeze * self._rng.uniform(0.3, 1.0)
        out = int(width * (1 - strength * 0.45))
        place = np.linspace(0, 1, out, dtype=np.float32)
        # The integral of a width that falls evenly from 1 to 1 - strength.
        told = (along - strength * along**2 / 2) / (1 - strength / 2)
        across = np.interp(place, told, along * (width - 1)).astype(np.float32)
        flat = 1 + strength * 0.35 * place**2
        rows = (np.arange(height, dtype=np.float32)[:, None] - self.base) * flat[None, :] + self.base
        return np.asarray(
            cv2.remap(ink, np.broadcast_to(across, (height, out)).copy(), rows.astype(np.float32), cv2.INTER_LINEAR),
            np.uint8,
        )


def _short_line(rng: random.Random, lean: float) -> NDArray[Any]:
    angle = lean + rng.gauss(0, 0.25)
    end = np.array([math.cos(angle), -math.sin(angle)]) * 0.7
    return np.array([-end, [rng.gauss(0, 0.06), rng.gauss(0, 0.06)], end])


def _hook(rng: random.Random) -> NDArray[Any]:
    angles = np.linspace(math.pi * 1.15, -math.pi * 0.45, 9)
    curve = np.stack([0.4 * np.cos(angles), -0.4 * np.sin(angles) - 0.3], 1)
    return np.vstack([curve, [[rng.uniform(-0.15, 0.15), rng.uniform(0.35, 0.7)]]])


def _wave(rng: random.Random) -> NDArray[Any]:
    x = np.linspace(-1, 1, 12)
    return np.stack([x, -rng.uniform(0.15, 0.5) * np.sin(x * math.pi * rng.uniform(0.8, 1.1))], 1)


def _dot(rng: random.Random) -> NDArray[Any]:
    return np.array([[0.0, 0.0], [rng.uniform(0.02, 0.3), rng.uniform(-0.1, 0.15)]])


_STROKES = {
    "\u0301": lambda rng: _short_line(rng, 0.9),
    "\u0300": lambda rng: _short_line(rng, -0.7),
    "\u0309": _hook,
    "\u0303": _wave,
    "\u0323": _dot,
}
