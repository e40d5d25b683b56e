"""Puts drawn ink on paper as scanners and telephones see it: leaders, ruling, stamps, neighbours' strokes, blur."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from training.faces import Faces
from training.pen import PRINTED, Ink, Manner, Pen, manner, wide_manner

Grey = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Line:
    """A grey line crop, what stands in it, and the hand or set it is from."""

    picture: Grey
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class Habit:
    """What stays nearly the same in all lines of one hand and one book; `stroke` 0-1 chooses how thick strokes are."""

    manner: Manner
    stretch: float
    shear: float
    stroke: float
    darkness: float
    ground: float


def habit(rng: random.Random) -> Habit:
    """One hand in one book."""
    return Habit(
        wide_manner(rng), rng.uniform(0.8, 1.2), rng.uniform(-0.25, 0.45), rng.random(), rng.uniform(25, 120),
        rng.uniform(190, 250),
    )  # fmt: skip


class Drawer:
    """Draws lines of writing. The same seed gives the same lines.

    `wide` draws hands of greater variety and slant; a `hand` draws all lines as one writer does.
    """

    def __init__(
        self, faces: Faces, seed: int, printed: bool = False, wide: bool = False, hand: Habit | None = None
    ) -> None:
        self._printed, self._wide, self._hand = printed, wide, hand
        self._faces, self._rng, self._noise = faces, random.Random(seed), np.random.default_rng(seed)

    def line(self, text: str, face: str) -> Line | None:
        """The line as a grey crop some 40 to 80 px high; None when nothing of it could be drawn."""
        pen = Pen(self._faces.font(face), self._manner(), self._rng)
        ink = pen.line(text) if self._printed else self._warped(pen.line(text), pen.base)
        ys, xs = np.nonzero(ink.max(1) > 60)[0], np.nonzero(ink.max(0) > 60)[0]
        if len(ys) < 3 or len(xs) < 3:
            return None
        rng = self._rng
        top, bottom = max(0, ys[0] - rng.randint(0, 12)), ys[-1] + 1 + rng.randint(0, 12)
        left, right = max(0, xs[0] - rng.randint(2, 16)), xs[-1] + rng.randint(3, 20)
        return Line(self._on_paper(ink[top:bottom, left:right]), text, face)

    def _manner(self) -> Manner:
        if self._hand is not None:
            return self._hand.manner
        return PRINTED if self._printed else (wide_manner if self._wide else manner)(self._rng)

    def _warped(self, ink: Ink, base: int) -> Ink:
        """The line stretched, sheared, turned a little, waved, its strokes thicker or finer."""
        rng = self._rng
        height, width = ink.shape
        stretch, shear, turn = rng.uniform(0.72, 1.3), rng.uniform(-0.3, 0.35), np.deg2rad(rng.gauss(0, 0.6))
        if self._wide and rng.random() < 0.25:
            shear = rng.uniform(0.3, 0.6)
        if self._hand is not None:
            stretch, shear = self._hand.stretch * rng.uniform(0.95, 1.05), self._hand.shear + rng.gauss(0, 0.02)
        wide = int(width * stretch + abs(shear) * height) + 4
        move = np.array(
            [[stretch, -shear, shear * base + 0.15 * height], [np.sin(turn), 1, -np.sin(turn) * width * stretch / 2]]
        )
        ink = np.asarray(cv2.warpAffine(ink, move, (wide, height)), np.uint8)
        ink = self._waved(ink)
        way = rng.random() if self._hand is None else self._hand.stroke
        if way < 0.25:
            return np.asarray(cv2.dilate(ink, np.ones((2, 2), np.uint8)), np.uint8)
        if way < 0.38:
            return np.asarray(cv2.dilate(ink, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (3, 3))), np.uint8)
        if way < 0.5:
            return np.asarray(cv2.erode(ink, np.ones((2, 2), np.uint8)), np.uint8)
        return ink

    def _waved(self, ink: Ink) -> Ink:
        height, width = ink.shape
        rng = self._rng
        rows, columns = np.mgrid[0:height, 0:width].astype(np.float32)
        knots = self._noise.normal(0, 1, (max(2, height // 22), max(2, width // 22), 2)).astype(np.float32)
        bend = cv2.resize(knots, (width, height), interpolation=cv2.INTER_CUBIC) * rng.uniform(0, 2.6)
        wave = rng.uniform(0, 3.0) * np.sin(columns * 6.28 / rng.uniform(150, 600) + rng.uniform(0, 6.28))
        return np.asarray(
            cv2.remap(ink, columns + bend[..., 0], rows + wave + bend[..., 1], cv2.INTER_LINEAR), np.uint8
        )

    def _on_paper(self, drawn: Ink) -> Grey:
        rng = self._rng
        high = min(rng.choice((40, 48, 56, 64, 80)), drawn.shape[0])
        wide = max(8, int(drawn.shape[1] * high / drawn.shape[0]))
        ink = cv2.resize(drawn.astype(np.float32) / 255, (wide, high), interpolation=cv2.INTER_AREA)
        ink = ink * self._cloud((high, wide), rng.uniform(0.45, 0.9), 1.0)
        ground = rng.uniform(165, 250) if self._hand is None else self._hand.ground + rng.uniform(-5, 5)
        paper = ground + self._cloud((high, wide), -rng.uniform(1, 14), rng.uniform(1, 14))
        paper += self._noise.normal(0, rng.uniform(0.3, 5), (high, wide))
        self._rule(paper)
        if rng.random() < 0.15:
            self._neighbour(paper, ink)
        if rng.random() < 0.06:
            self._stamp(paper)
        if rng.random() < 0.03:
            self._strike(ink)
        ink_grey = rng.uniform(20, 150) if self._hand is None else self._hand.darkness + rng.uniform(-8, 8)
        darkness = min(ink_grey, ground - 50)
        picture = paper * (1 - ink) + darkness * ink
        return self._seen(np.clip(picture, 0, 255).astype(np.uint8))

    def _cloud(self, shape: tuple[int, int], low: float, high: float) -> NDArray[np.float32]:
        knots = self._noise.uniform(low, high, (2, max(2, shape[1] // 40))).astype(np.float32)
        return np.asarray(cv2.resize(knots, shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)

    def _rule(self, paper: NDArray[np.float32]) -> None:
        """A leader of dots, a ruled line, or nothing."""
        rng, high = self._rng, paper.shape[0]
        y, way = int(high * rng.uniform(0.6, 0.92)), rng.random()
        if way < 0.12:
            paper[y : y + max(1, high // 40)] -= rng.uniform(30, 110)
        elif way < 0.38:
            step, thick = rng.randint(3, 9), max(1, high // rng.randint(24, 40))
            for start in range(rng.randint(1, 2)):
                paper[y : y + thick, start::step] -= rng.uniform(30, 120)

    def _neighbour(self, paper: NDArray[np.float32], ink: NDArray[np.float32]) -> None:
        """Tails of the line above or tops of the line below reach into the crop."""
        rng = self._rng
        rows = rng.randint(2, max(3, paper.shape[0] // 6))
        part = np.roll(ink[-rows:] if rng.random() < 0.5 else ink[:rows], rng.randint(10, max(11, ink.shape[1] - 1)), 1)
        at = np.s_[: part.shape[0]] if rng.random() < 0.5 else np.s_[paper.shape[0] - part.shape[0] :]
        paper[at] -= part * rng.uniform(60, 150)

    def _stamp(self, paper: NDArray[np.float32]) -> None:
        """The rim of a round stamp lies under the ink."""
        rng, (high, wide) = self._rng, paper.shape
        rim = np.zeros((high, wide), np.float32)
        middle = (rng.randint(0, wide), int(high * rng.uniform(-0.5, 1.5)))
        cv2.circle(rim, middle, int(high * rng.uniform(0.6, 1.6)), (1.0,), rng.randint(1, 3), cv2.LINE_AA)
        paper -= rim * rng.uniform(20, 70)

    def _strike(self, ink: NDArray[np.float32]) -> None:
        """A stroke through the writing."""
        rng, (high, wide) = self._rng, ink.shape
        y = int(high * rng.uniform(0.4, 0.65))
        cv2.line(ink, (0, y), (wide, y + rng.randint(-4, 4)), (0.7,), 1, cv2.LINE_AA)

    def _seen(self, picture: Grey) -> Grey:
        """Blurred and packed as a camera does it, sometimes."""
        rng = self._rng
        if rng.random() < 0.5:
            picture = np.asarray(cv2.GaussianBlur(picture, (3, 3), rng.uniform(0.3, 1.1)), np.uint8)
        if rng.random() < 0.3:
            packed = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, rng.randint(35, 85)])[1]
            picture = np.asarray(cv2.imdecode(packed, cv2.IMREAD_GRAYSCALE), np.uint8)
        return picture


def worn(line: Line, rng: random.Random) -> Line:
    """A real line stretched, sheared, thinned or thickened, darker or lighter."""
    picture = line.picture
    high, wide = picture.shape
    stretch, shear = rng.uniform(0.82, 1.2), rng.uniform(-0.2, 0.2)
    move = np.array([[stretch, shear, -shear * high / 2], [0, rng.uniform(0.9, 1.05), rng.uniform(-2, 3)]], np.float64)
    size = (max(16, int(wide * stretch)), high)
    picture = np.asarray(cv2.warpAffine(picture, move, size, borderMode=cv2.BORDER_REPLICATE), np.uint8)
    way = rng.random()
    if way < 0.3:
        change: Callable[..., NDArray[np.uint8]] = cv2.dilate if way < 0.15 else cv2.erode
        picture = np.asarray(change(picture, np.ones((2, 2), np.uint8)), np.uint8)
    brightness, contrast = rng.uniform(-20, 25), rng.uniform(0.75, 1.1)
    return Line(np.clip(picture * contrast + brightness, 0, 255).astype(np.uint8), line.text, line.source)
