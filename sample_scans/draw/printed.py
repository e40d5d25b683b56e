"""The printing press: a form's rules and words on a sheet."""

from __future__ import annotations

import cv2
import numpy as np
from PIL import Image, ImageDraw

from hotich.forms.formspec import Align, FormSpec, LineStyle, PrintedLine, PrintedText, Scope
from sample_scans.draw.sheet import SCALE, Colour, Sheet, cloud
from sample_scans.draw.typefaces import SERIF, Style, Typefaces

FINE = 2
POINT = 25.4 / 72
PRESS_INK: Colour = (46, 44, 48)


def print_form(sheet: Sheet, form: FormSpec, faces: Typefaces, rng: np.random.Generator, slip: float = 0.0) -> None:
    """Print `form`; its rules lie up to `slip` millimetres beside its words, as after two passes of a press."""
    width, height = sheet.width * FINE, sheet.height * FINE
    rules = np.zeros((height, width), np.uint8)
    dx, dy = rng.uniform(-slip, slip, 2)
    for line in form.lines:
        for x, y in _origins(form, line.scope):
            _rule(rules, sheet, line, (x + dx, y + dy))
    words = Image.new("L", (width, height), 0)
    draw = ImageDraw.Draw(words)
    for text in form.texts:
        for x, y in _origins(form, text.scope):
            _words(draw, sheet, text, (x, y), faces)
    whole = np.maximum(rules, np.asarray(words))
    mask = cv2.resize(whole, (sheet.width, sheet.height), interpolation=cv2.INTER_AREA).astype(np.float32) / 255.0
    shape = (sheet.height, sheet.width)
    press = 0.86 + 0.05 * cloud(rng, shape, 400) + 0.025 * cloud(rng, shape, 3)
    sheet.ink("printed", (mask * np.clip(press, 0.4, 1)).astype(np.float32), (0, 0), PRESS_INK)


def _origins(form: FormSpec, scope: Scope) -> list[tuple[float, float]]:
    if scope is Scope.PAGE:
        return [(0.0, 0.0)]
    return [form.grid.origin(entry) for entry in range(form.grid.count)]


def _rule(canvas: np.ndarray, sheet: Sheet, line: PrintedLine, origin: tuple[float, float]) -> None:
    start = np.array(sheet.pixel(line.x1 + origin[0], line.y1 + origin[1])) * FINE
    end = np.array(sheet.pixel(line.x2 + origin[0], line.y2 + origin[1])) * FINE
    thick = max(1, round(line.width * SCALE * FINE))
    if line.style is LineStyle.SOLID:
        cv2.line(canvas, _whole(start), _whole(end), 255, thick, cv2.LINE_AA)
        return
    step = 0.95 * SCALE * FINE
    for along in np.arange(0, float(np.linalg.norm(end - start)), step):
        dot = start + (end - start) * along / max(1e-6, float(np.linalg.norm(end - start)))
        cv2.circle(canvas, _whole(dot), max(1, thick // 2), 255, -1, cv2.LINE_AA)


def _whole(point: np.ndarray) -> tuple[int, int]:
    return (round(float(point[0])), round(float(point[1])))


def _words(
    draw: ImageDraw.ImageDraw, sheet: Sheet, text: PrintedText, origin: tuple[float, float], faces: Typefaces
) -> None:
    style = Style(SERIF, 700 if text.bold else 400, text.italic)
    font = faces.font(style, round(text.size * POINT * SCALE * FINE))
    x, y = sheet.pixel(text.x + origin[0], text.y + origin[1])
    anchor = {Align.LEFT: "ls", Align.CENTER: "ms", Align.RIGHT: "rs"}[text.align]
    draw.text((x * FINE, y * FINE), text.text, font=font, fill=255, anchor=anchor)
