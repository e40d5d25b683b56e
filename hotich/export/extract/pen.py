"""Writing on a sheet: the shipped letters, lines that wrap, and where the next line goes."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

MM = 72 / 25.4
PAGE = (210.0, 297.0)
LEFT, RIGHT, TOP, BOTTOM = 25.0, 15.0, 13.0, 15.0
"""Margins of an A4 sheet in millimetres."""

REGULAR, BOLD = "HoTich", "HoTich-Bold"
INK, GREY, PALE = 0.0, 0.35, 0.90


@cache
def _letters() -> frozenset[int]:
    """Loads the letters once; returns the code points that both weights have."""
    from reportlab.pdfbase.pdfmetrics import registerFont
    from reportlab.pdfbase.ttfonts import TTFont

    held = []
    for name, file in ((REGULAR, "BeVietnamPro-Regular.ttf"), (BOLD, "BeVietnamPro-Bold.ttf")):
        font = TTFont(name, BytesIO((resources.files("hotich") / "fonts" / file).read_bytes()))
        registerFont(font)
        held.append(frozenset(font.face.charToGlyph))
    return held[0] & held[1]


def writable(text: str) -> str:
    """The text in letters that the font has: a rare letter as its base with the mark put over it, else as a box."""
    return "".join(letter if ord(letter) in _letters() else _apart(letter) for letter in text)


def _apart(letter: str) -> str:
    if letter.isspace():
        return " "
    parts = unicodedata.normalize("NFD", letter)
    return parts if all(ord(part) in _letters() for part in parts) else "□" if 0x25A1 in _letters() else "?"


def width_of(text: str, size: float, bold: bool = False) -> float:
    """Of a line in millimetres; `size` in points."""
    from reportlab.pdfbase.pdfmetrics import stringWidth

    _letters()
    return float(stringWidth(writable(text), BOLD if bold else REGULAR, size)) / MM


def wrapped(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines no wider than `room` millimetres; a word that is wider is broken."""
    lines = [""]
    for word in text.split():
        for piece in _pieces(word, size, room, bold):
            longer = f"{lines[-1]} {piece}".strip()
            if lines[-1] and width_of(longer, size, bold) > room:
                lines.append(piece)
            else:
                lines[-1] = longer
    return lines


def _pieces(word: str, size: float, room: float, bold: bool) -> list[str]:
    if width_of(word, size, bold) <= room:
        return [word]
    pieces = [""]
    for letter in word:
        if pieces[-1] and width_of(pieces[-1] + letter, size, bold) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@dataclass
class Pen:
    """Writes on a canvas from the top down; `y` is the distance of the next line from the top in millimetres."""

    canvas: Canvas
    y: float = TOP
    size: float = 11.0
    pages: int = field(default=1)

    @property
    def left(self) -> float:
        return LEFT

    @property
    def width(self) -> float:
        """Between the margins."""
        return PAGE[0] - LEFT - RIGHT

    def line_height(self, size: float = 0.0) -> float:
        """Of a line of that size in millimetres."""
        return (size or self.size) * 1.38 / MM

    def text(self, x: float, y: float, text: str, size: float = 0.0, *, bold: bool = False, grey: float = INK) -> None:
        """One line with its left end at x and its baseline at y, both in millimetres from the top left."""
        self.canvas.setFont(BOLD if bold else REGULAR, size or self.size)
        self.canvas.setFillGray(grey)
        self.canvas.drawString(x * MM, (PAGE[1] - y) * MM, writable(text))

    def centred(self, middle: float, text: str, size: float = 0.0, *, bold: bool = False, room: float = 0.0) -> None:
        """Lines centred on a place, from the present height down."""
        for line in wrapped(text, size or self.size, room or self.width, bold):
            self.y += self.line_height(size)
            self.text(middle - width_of(line, size or self.size, bold) / 2, self.y, line, size, bold=bold)

    def rule(self, x1: float, x2: float, y: float, grey: float = INK) -> None:
        """A thin line across."""
        self.canvas.setLineWidth(0.5)
        self.canvas.setStrokeGray(grey)
        self.canvas.line(x1 * MM, (PAGE[1] - y) * MM, x2 * MM, (PAGE[1] - y) * MM)

    def picture(self, data: bytes, x: float, y: float, width: float, height: float) -> None:
        """A JPEG, its top left corner at (x, y)."""
        from reportlab.lib.utils import ImageReader

        reader = ImageReader(BytesIO(data))
        self.canvas.drawImage(reader, x * MM, (PAGE[1] - y - height) * MM, width * MM, height * MM)
