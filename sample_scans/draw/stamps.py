"""Red round seals of the people's committees, whole over signatures and half over the inner margin; smudges."""

from __future__ import annotations

import math

import cv2
import numpy as np
from PIL import Image, ImageDraw

from sample_scans.draw.sheet import SCALE, Box, Colour, Picture, Sheet, cloud
from sample_scans.draw.typefaces import SERIF, Style, Typefaces

RED: Colour = (206, 36, 48)
DIAMETER = 35.0
FINE = 2


def press(
    sheet: Sheet, at: tuple[float, float], texts: tuple[str, str], faces: Typefaces, rng: np.random.Generator
) -> None:
    """Press the seal with its centre at form millimetres `at`; `texts` go over and under the star."""
    mask = _seal(texts, faces)
    size = mask.shape[0]
    turn = cv2.getRotationMatrix2D((size / 2, size / 2), float(rng.normal(0, 14)), 1.0)
    mask = np.asarray(cv2.warpAffine(mask, turn, (size, size), flags=cv2.INTER_LINEAR), np.float32)
    shape = (size, size)
    uneven = (
        0.66 + 0.16 * cloud(rng, shape, size / 3) + 0.10 * cloud(rng, shape, 5) - 0.12 * (cloud(rng, shape, 3) > 1.4)
    )
    x, y = sheet.pixel(*at)
    sheet.ink("red", (mask * np.clip(uneven, 0.08, 0.9)).astype(np.float32), (x - size / 2, y - size / 2), RED)


def smudge(sheet: Sheet, box: Box, rng: np.random.Generator) -> None:
    """Water and a thumb over what was written there, so that nobody can read it."""
    left, top, right, bottom = (round(edge) for edge in box)
    left, top, right, bottom = max(0, left - 30), max(0, top - 16), right + 30, bottom + 16
    part = sheet.layers["hand"][top:bottom, left:right]
    along = cv2.GaussianBlur(cv2.blur(part, (61, 15)), (0, 0), 9)
    ink = np.array([0.36, 0.42, 0.62], np.float32)
    wet = np.clip(0.5 + 0.18 * cloud(rng, (part.shape[0], part.shape[1]), 46), 0.2, 0.9)[:, :, None]
    blot = 1.0 - wet * (1.0 - ink)
    fade = _soft_frame(part.shape[0], part.shape[1])[:, :, None]
    sheet.layers["hand"][top:bottom, left:right] = part * (1 - fade) + along * blot * fade


def _soft_frame(height: int, width: int) -> Picture:
    frame = np.zeros((height, width), np.float32)
    cv2.ellipse(frame, (width // 2, height // 2), (round(width * 0.42), round(height * 0.36)), 0, 0, 360, 1.0, -1)
    return np.asarray(cv2.GaussianBlur(frame, (0, 0), 9), np.float32)


def _seal(texts: tuple[str, str], faces: Typefaces) -> Picture:
    size = round(DIAMETER * SCALE * FINE) + 8
    picture = Image.new("L", (size, size), 0)
    draw = ImageDraw.Draw(picture)
    middle, outer = size / 2, size / 2 - 6
    for radius, width in ((outer, 9), (outer * 0.94, 3), (outer * 0.60, 4)):
        draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=width)
    draw.polygon(_star(middle, outer * 0.30), fill=255)
    for radius in (outer * 0.38, outer * 0.44):
        draw.ellipse((middle - radius, middle - radius, middle + radius, middle + radius), outline=255, width=3)
    _round_text(picture, texts[0], outer * 0.70, True, faces)
    _round_text(picture, texts[1], outer * 0.88, False, faces)
    small = picture.resize((size // FINE, size // FINE), Image.Resampling.BOX)
    return np.asarray(small, np.float32) / 255.0


def _star(middle: float, radius: float) -> list[tuple[float, float]]:
    points = []
    for corner in range(10):
        reach = radius if corner % 2 == 0 else radius * 0.4
        angle = math.pi * corner / 5 - math.pi / 2
        points.append((middle + reach * math.cos(angle), middle + reach * math.sin(angle)))
    return points


def _round_text(picture: Image.Image, text: str, radius: float, above: bool, faces: Typefaces) -> None:
    """Letters around the ring: over the middle reading clockwise, under it reading from left to right."""
    size = picture.width
    pixels = round(size * 0.075)
    font = faces.font(Style(SERIF, 700), pixels)
    total = font.getlength(text)
    span = min(total / radius * 1.08, math.radians(205 if above else 125))
    done = 0.0
    for letter in text:
        wide = font.getlength(letter)
        share = (done + wide / 2) / total - 0.5
        done += wide
        angle = span * share
        tile = Image.new("L", (pixels * 3, pixels * 3), 0)
        ImageDraw.Draw(tile).text((pixels * 1.5, pixels * 2), letter, font=font, fill=255, anchor="ms")
        turn = math.degrees(-angle if above else angle)
        tile = tile.rotate(turn, Image.Resampling.BICUBIC, center=(pixels * 1.5, pixels * 2))
        direction = -1 if above else 1
        x = size / 2 + radius * math.sin(angle) - pixels * 1.5
        y = size / 2 + direction * radius * math.cos(angle) - pixels * 2
        picture.paste(255, (round(x), round(y)), tile)
