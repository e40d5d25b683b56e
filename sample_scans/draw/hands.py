"""The writers' hands: how a pen sets words on a sheet, and how a written value is made to fit its place."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from sample_scans.draw.sheet import SCALE, Box, Colour, Picture, Sheet, cloud, union
from sample_scans.draw.typefaces import Style, Typefaces

FINE = 2
"""Letters are drawn this many times larger and then made smaller."""
TONES = {"\u0300", "\u0301", "\u0303", "\u0309", "\u0323"}
SMALLEST = 1.25
"""The least x-height in millimetres a writer comes down to."""

BLUE: Colour = (28, 52, 150)
BLUE_BLACK: Colour = (34, 40, 92)
VIOLET: Colour = (92, 46, 138)
BLACK: Colour = (38, 36, 42)


@dataclass(frozen=True, slots=True)
class Hand:
    """A writer: typeface, x-height (mm), shear, stroke added (mm), ink, unevenness of pressure, wander (mm), jitter."""

    id: str
    style: Style
    x_height: float
    slant: float
    weight: float
    ink: Colour
    pressure: float = 0.25
    wander: float = 0.18
    jitter: float = 0.1
    word_gap: float = 1.0


def _hand(number: int, font: str, x_height: float, slant: float, weight: float, ink: Colour, **more: float) -> Hand:
    return Hand(f"hand-{number}", Style(font), x_height, slant, weight, ink, **more)


HANDS: dict[str, Hand] = {
    hand.id: hand
    for hand in (
        _hand(1, "ms-madi", 2.3, 0.02, 0.10, BLUE, word_gap=1.1),
        _hand(2, "dancing-script", 2.3, 0.06, 0.03, VIOLET, wander=0.25),
        _hand(3, "mynerve", 2.5, 0.16, 0.0, BLUE, jitter=0.18),
        _hand(4, "playwrite-vn", 2.2, 0.12, 0.04, BLUE_BLACK),
        _hand(5, "vujahday-script", 2.3, -0.04, 0.06, BLUE, pressure=0.35),
        _hand(6, "mali", 2.4, 0.22, -0.02, BLACK, jitter=0.16),
        _hand(7, "moon-dance", 2.3, 0.05, 0.10, BLUE_BLACK, wander=0.3),
        _hand(8, "the-nautigal", 2.3, -0.08, 0.11, BLUE, word_gap=1.15),
        _hand(9, "send-flowers", 2.2, 0.04, 0.07, VIOLET),
        _hand(10, "edu-qld-hand", 2.4, 0.08, 0.04, BLUE, jitter=0.2, word_gap=2.0),
        _hand(11, "whisper", 2.4, 0.0, 0.11, BLACK, pressure=0.3),
        _hand(12, "mansalva", 2.3, 0.14, -0.12, BLUE_BLACK, jitter=0.2, wander=0.28),
    )
}
PRINTER = Hand("print", Style("tinos"), 1.75, 0.0, 0.0, (40, 40, 44), 0.1, 0.0, 0.0)
"""The office printer: set by the same hand of rules, without a tremor."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something is written, in form millimetres."""

    x: float
    y: float
    w: float
    h: float
    centred: bool = False
    leaders: tuple[float, ...] = ()
    """Printed lines to write on, measured from the top of the place; without them the text stands in the middle."""


class Pen:
    """Writes with one hand on one sheet."""

    def __init__(self, hand: Hand, faces: Typefaces, sheet: Sheet, rng: np.random.Generator) -> None:
        self.hand, self._faces, self._sheet, self._rng = hand, faces, sheet, rng
        probe = faces.font(hand.style, 400)
        self._x_ratio = -probe.getbbox("x", anchor="ls")[1] / 400

    def write(self, text: str, place: Place, layer: str = "hand") -> Box | None:
        """Write `text`, smaller or on more lines where it would not fit; returns the box of its ink."""
        x_height, lines = self._fit(text, place)
        baselines = self._baselines(place, x_height, lines)
        boxes = []
        for number, line in enumerate(lines):
            mask, left, base = self._line(line, x_height, place.w)
            free = place.w - mask.shape[1] / SCALE
            shift = max(0.0, free / 2) if place.centred else min(max(0.0, free), float(self._rng.uniform(0.2, 1.2)))
            if self.hand.jitter == 0 and not place.centred:
                shift = 0.4
            x, y = self._sheet.pixel(place.x + shift, place.y + baselines[number])
            boxes.append(self._sheet.ink(layer, mask, (x - left, y - base), self.hand.ink))
        return union(boxes)

    def _extent(self, text: str) -> tuple[float, float]:
        """How far a text reaches over and under its baseline, in x-heights, its trembling included."""
        box = self._faces.font(self.hand.style, 400).getbbox(text, anchor="ls")
        shake = self.hand.wander / self.hand.x_height
        return max(1.0, -box[1] / 400 / self._x_ratio) + shake, max(0.0, box[3] / 400 / self._x_ratio) + shake

    def _baselines(self, place: Place, x_height: float, lines: list[str]) -> list[float]:
        ascent, descent = self._extent(" ".join(lines))
        if place.leaders:
            # Long tails lift the line a little, so that they do not run into the next one.
            room = place.h - place.leaders[-1]
            lift = min(max(0.5, descent * x_height - room), 1.5)
            return [leader - lift for leader in place.leaders[: len(lines)]]
        first = (place.h - self._block(x_height, lines)) / 2 + x_height * ascent
        return [first + number * self._pitch(x_height) for number in range(len(lines))]

    def _block(self, x_height: float, lines: list[str]) -> float:
        """Height of the lines together, in millimetres."""
        ascent, descent = self._extent(" ".join(lines))
        return x_height * (ascent + descent) + self._pitch(x_height) * (len(lines) - 1)

    def _fits(self, place: Place, x_height: float, lines: list[str]) -> bool:
        if max(self._length(line, x_height) for line in lines) > place.w - 0.4:
            return False
        if place.leaders:
            ascent, descent = self._extent(" ".join(lines))
            room = place.h - place.leaders[-1]
            over = max(0.5, descent * x_height - room) + ascent * x_height - place.leaders[0]
            return len(lines) <= len(place.leaders) and over <= 0.4
        return self._block(x_height, lines) <= place.h * 1.02

    def _pitch(self, x_height: float) -> float:
        return x_height * 2.6

    def _fit(self, text: str, place: Place) -> tuple[float, list[str]]:
        x_height = self.hand.x_height
        if self.hand.jitter:
            x_height *= float(self._rng.uniform(0.95, 1.05))
        while x_height > SMALLEST:
            lines = self._wrap(text, place.w - 0.8, x_height)
            if self._fits(place, x_height, lines):
                return x_height, lines
            x_height *= 0.95
        return SMALLEST, self._crowd(text, place)

    def _crowd(self, text: str, place: Place) -> list[str]:
        """The lines of a text that is too long: the last one takes all that is left and is written narrow."""
        lines = self._wrap(text, place.w - 0.4, SMALLEST)
        most = len(place.leaders) or max(1, int(place.h / (self._pitch(SMALLEST) * 1.1)))
        return [*lines[: most - 1], " ".join(lines[most - 1 :])] if len(lines) > most else lines

    def _length(self, text: str, x_height: float) -> float:
        gap = (self.hand.word_gap - 1.0) * text.count(" ") * 0.25 * 400
        length: float = (self._faces.font(self.hand.style, 400).getlength(text) + gap) / 400 * x_height / self._x_ratio
        return length * 1.02 + abs(self.hand.slant) * x_height

    def _wrap(self, text: str, width: float, x_height: float) -> list[str]:
        lines: list[str] = []
        for word in text.split(" "):
            if lines and self._length(f"{lines[-1]} {word}", x_height) <= width:
                lines[-1] += f" {word}"
            else:
                lines.append(word)
        return lines

    def _line(self, text: str, x_height: float, width: float) -> tuple[Picture, float, float]:
        """A line's ink, and where its pen started: pixels from the left and from the top to the baseline."""
        pixels = max(8, round(x_height / self._x_ratio * SCALE * FINE))
        font = self._faces.font(self.hand.style, pixels)
        pad = round(pixels * 0.9)
        height = round(pixels * 2.6)
        base = round(pixels * 1.6)
        canvas = np.zeros((height, round(self._length(text, x_height) * SCALE * FINE * 1.06) + 2 * pad), np.float32)
        pen = float(pad)
        for word in text.split(" "):
            mark = self._word(word, font, pad, height, base)
            lift = round(float(self._rng.normal(0, self.hand.jitter)) * SCALE * FINE)
            start = round(pen) - pad
            room = min(mark.shape[1], canvas.shape[1] - start)
            mark = np.roll(mark, lift, axis=0)[:, :room]
            np.maximum(canvas[:, start : start + room], mark, out=canvas[:, start : start + room])
            pen += font.getlength(word) + font.getlength(" ") * self.hand.word_gap
            pen += float(self._rng.normal(0, self.hand.jitter)) * SCALE * FINE
        canvas = self._tremble(canvas, base)
        small = _shrunk(canvas, 1 / FINE, 1 / FINE)
        wide, most = (pen - pad) / FINE, width * SCALE
        if wide > most * 1.02:
            small = _shrunk(small, most / wide, 1.0)
            pad = round(pad * most / wide)
        return self._pressed(small), pad / FINE, base / FINE

    def _word(self, word: str, font: ImageFont.FreeTypeFont, pad: int, height: int, base: int) -> Picture:
        size = (round(font.getlength(word)) + 2 * pad, height)
        whole = self._glyphs(word, font, size, pad, base)
        bare = unicodedata.normalize("NFC", "".join(c for c in unicodedata.normalize("NFD", word) if c not in TONES))
        if bare == word or not self.hand.jitter or abs(font.getlength(bare) - font.getlength(word)) > 1:
            return whole
        body = self._glyphs(bare, font, size, pad, base)
        lost = float(np.clip(body - whole, 0, 1).sum())
        if lost > 0.015 * float(body.sum()):
            return whole
        tones = np.clip(whole - body, 0, 1)
        dx, dy = np.round(self._rng.normal(0, self.hand.jitter * 1.3, 2) * SCALE * FINE).astype(int)
        return np.asarray(np.maximum(body, np.roll(tones, (min(0, int(dy)), int(dx)), axis=(0, 1))), np.float32)

    def _glyphs(self, word: str, font: ImageFont.FreeTypeFont, size: tuple[int, int], pad: int, base: int) -> Picture:
        picture = Image.new("L", size, 0)
        stroke = max(0.0, self.hand.weight) * SCALE * FINE / 2
        ImageDraw.Draw(picture).text((pad, base), word, font=font, fill=255, anchor="ls", stroke_width=stroke)
        mask = np.asarray(picture, np.float32) / 255.0
        if self.hand.weight < 0:
            thin = cv2.GaussianBlur(mask, (0, 0), -self.hand.weight * SCALE * FINE * 0.6)
            mask = np.clip((thin - 0.55) * 4.0, 0, 1).astype(np.float32)
        return mask

    def _tremble(self, canvas: Picture, base: int) -> Picture:
        """The line with its slant, and its baseline wandering and rising a little."""
        height, width = canvas.shape
        if not self.hand.jitter:
            return canvas
        steps = max(3, int(width / (SCALE * FINE * 14)) + 2)
        knots = np.clip(self._rng.normal(0, 1, (1, steps)), -1.3, 1.3) * self.hand.wander * SCALE * FINE
        drift = cv2.resize(knots.astype(np.float32), (width, 1), interpolation=cv2.INTER_CUBIC)
        tilt = float(np.clip(self._rng.normal(0, 0.0025), -0.004, 0.004)) * np.arange(width)
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        source_y = rows + drift + tilt
        source_x = columns + (rows - base) * self.hand.slant
        return np.asarray(
            cv2.remap(canvas, source_x.astype(np.float32), source_y.astype(np.float32), cv2.INTER_LINEAR), np.float32
        )

    def _pressed(self, mask: Picture) -> Picture:
        """Uneven ink: the pen presses more here and less there, and skips a little."""
        shape = (mask.shape[0], mask.shape[1])
        slow, quick = cloud(self._rng, shape, SCALE * 6), cloud(self._rng, shape, 2.2)
        strength = 0.93 + self.hand.pressure * (0.22 * slow + 0.18 * quick)
        return np.clip(mask * np.clip(strength, 0.45, 1.0), 0, 1).astype(np.float32)


def _shrunk(picture: Picture, fx: float, fy: float) -> Picture:
    return np.asarray(cv2.resize(picture, None, fx=fx, fy=fy, interpolation=cv2.INTER_AREA), np.float32)


def scribble(sheet: Sheet, place: Place, ink: Colour, rng: np.random.Generator) -> None:
    """A signature: a large first loop, smaller ones that run out, and a stroke back under them."""
    fine = 2
    width, height = round(place.w * SCALE), round(place.h * SCALE)
    points = _loops(rng) * (width * fine * 0.94, height * fine * 0.94) + (width * fine * 0.03, height * fine * 0.03)
    canvas = np.zeros((height * fine, width * fine), np.uint8)
    thick = max(2, round(0.3 * SCALE * fine))
    cv2.polylines(canvas, [np.round(points).astype(np.int32).reshape(-1, 1, 2)], False, 255, thick, cv2.LINE_AA)
    mask = cv2.resize(canvas, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255.0
    mask *= np.clip(0.9 + 0.12 * cloud(rng, (height, width), 30), 0.4, 1.0)
    sheet.ink("hand", mask.astype(np.float32), sheet.pixel(place.x, place.y), ink)


def _loops(rng: np.random.Generator) -> NDArray[np.float64]:
    """The path of a signature within the unit square."""
    t = np.linspace(0, 1, 400)
    turns, lean = float(rng.uniform(1.8, 4.4)), float(rng.uniform(0.2, 1.2))
    size = 0.10 + 0.38 * np.exp(-t * float(rng.uniform(2.0, 5.0))) + 0.06 * np.sin(t * float(rng.uniform(5, 11)))
    phase = 2 * np.pi * (turns * t + 0.25 * np.sin(2 * np.pi * t * float(rng.uniform(0.5, 1.5))))
    x = 1.3 * t + size * 0.6 * np.cos(phase) + lean * 0.25 * size * np.sin(phase)
    y = 0.55 - 0.12 * t + size * np.sin(phase + float(rng.uniform(-0.5, 0.5)))
    back = np.linspace(0, 1, 60)
    x = np.append(x, x[-1] + back * (0.15 - x[-1]) * float(rng.uniform(0.5, 1.0)))
    y = np.append(y, y[-1] + np.sin(back * np.pi / 2) * float(rng.uniform(0.25, 0.4)))
    path = np.stack([x, y], axis=1)
    return np.asarray((path - path.min(axis=0)) / np.maximum(1e-6, np.ptp(path, axis=0)), np.float64)
