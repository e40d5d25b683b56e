"""Crops drawn for tests: print in the shipped font, ticks, strokes."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

import hotich
from hotich.forms.formspec import FieldKind, Ink
from hotich.ocr.engine import Crop

FONT = Path(hotich.__file__).parent / "fonts" / "BeVietnamPro-Regular.ttf"
PAPER, INK = 238, 45


def written(text: str, dpi: float = 200.0, width: int = 900, height: int = 60, ink: int = INK) -> NDArray[np.uint8]:
    """A line of 12 point print on paper."""
    picture = Image.new("L", (width, height), PAPER)
    font = ImageFont.truetype(str(FONT), round(12 / 72 * dpi))
    ImageDraw.Draw(picture).text((12, height // 2), text, font=font, fill=ink, anchor="lm")
    return np.asarray(picture, np.uint8)


def crop(text: str, kind: FieldKind = FieldKind.TEXT, dpi: float = 200.0, **more: int) -> Crop:
    return Crop("nksHoTen", kind, Ink.PRINT, written(text, dpi, **more), dpi)


def tick_box(mark: str, size: int = 32, shift: tuple[int, int] = (0, 0), margin: float = 0.45) -> NDArray[np.uint8]:
    """A printed box with a mark: '', 'x', 'check', 'filled', 'dust'; the box may stand off its place."""
    edge = round(size * margin)
    whole = size + 2 * edge
    picture = Image.new("L", (whole * 4, whole * 4), PAPER)
    draw = ImageDraw.Draw(picture)
    left, top = (edge + shift[0]) * 4, (edge + shift[1]) * 4
    end = size * 4
    draw.rectangle((left, top, left + end, top + end), outline=60, width=8)
    if mark == "x":
        draw.line((left + 20, top + 16, left + end - 14, top + end - 22), fill=INK, width=12)
        draw.line((left + end - 18, top + 12, left + 14, top + end - 14), fill=INK, width=12)
    elif mark == "check":
        points = [(left + 22, top + end // 2), (left + end // 2 - 8, top + end - 24), (left + end + 20, top - 24)]
        draw.line(points, fill=INK, width=12)
    elif mark == "filled":
        draw.rectangle((left + 14, top + 14, left + end - 14, top + end - 14), fill=INK)
    elif mark == "dust":
        draw.ellipse((left + end // 2, top + end // 2, left + end // 2 + 10, top + end // 2 + 10), fill=INK)
    return np.asarray(picture.resize((whole, whole), Image.Resampling.BOX), np.uint8)
