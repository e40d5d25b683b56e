"""Text that is not drawn but searched and copied: what a page shows in ink, letter by letter in NFC."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from hotich.export.documents.blank_font import ADVANCE, ASCENT, DESCENT, UNITS
from hotich.export.documents.sheets import PlacedText, Sheet
from hotich.text import nfc

POINTS_PER_MM = 72 / 25.4
FILL = 0.7
"""How much of the height of its zone a line of text takes."""

SMALLEST, LARGEST = 4.0, 20.0
"""Type size in points."""

NARROWEST = 5.0
"""Per cent to which text is pressed together at most; nothing can be copied out of text without width."""


def letters_of(sheets: Iterable[Sheet]) -> tuple[str, ...]:
    """Every letter of the texts once, in the order of Unicode; the number of a letter is its place from 1."""
    return tuple(sorted({letter for sheet in sheets for text in sheet.texts for letter in _plain(text.text)} | {" "}))


def text_commands(sheet: Sheet, letters: Sequence[str], font: str) -> bytes:
    """The drawing commands of the sheet's texts in render mode 3, in which nothing is painted."""
    numbers = {letter: number for number, letter in enumerate(letters, start=1)}
    placed = [_line(text, sheet.height, numbers, font) for text in sheet.texts if _plain(text.text)]
    return b"BT\n3 Tr\n" + b"".join(placed) + b"ET\n" if placed else b""


def to_unicode(letters: Sequence[str]) -> bytes:
    """The table that gives a letter back for its number (ISO 32000-1, 9.10.3)."""
    rows = [f"<{number:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for number, letter in enumerate(letters, 1)]
    parts = [rows[at : at + 100] for at in range(0, len(rows), 100)]
    body = "\n".join(f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts)
    return _CMAP.format(body=body).encode("ascii")


def _plain(text: str) -> str:
    """NFC on one line."""
    return " ".join(nfc(text).split())


def _line(text: PlacedText, sheet_height: float, numbers: dict[str, int], font: str) -> bytes:
    """One text set along the bottom of its zone and drawn out or pressed together to its width."""
    plain = _plain(text.text)
    _, _, right, left = text.corners
    top = text.corners[0]
    width = math.dist(left, right) * POINTS_PER_MM
    size = min(LARGEST, max(SMALLEST, math.dist(top, left) * POINTS_PER_MM * FILL))
    natural = size * len(plain) * ADVANCE / UNITS
    # A zone is often far wider than what stands in it, so text is only pressed together, never drawn out.
    share = min(100.0, max(NARROWEST, 100.0 * width / natural))
    angle = math.atan2(left[1] - right[1], right[0] - left[0])
    cos, sin = math.cos(angle), math.sin(angle)
    lift = size * -DESCENT / (ASCENT - DESCENT)
    x = left[0] * POINTS_PER_MM - sin * lift
    y = (sheet_height - left[1]) * POINTS_PER_MM + cos * lift
    matrix = f"{cos:.4f} {sin:.4f} {-sin:.4f} {cos:.4f} {x:.2f} {y:.2f} Tm"
    # The space at the end keeps two zones apart for programs that copy them as one run.
    codes = "".join(f"{numbers[letter]:04X}" for letter in plain + " ")
    return f"/{font} {size:.2f} Tf {share:.2f} Tz {matrix} <{codes}> Tj\n".encode("ascii")


_CMAP = """\
/CIDInit /ProcSet findresource begin
12 dict begin
begincmap
/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def
/CMapName /Adobe-Identity-UCS def
/CMapType 2 def
1 begincodespacerange
<0000> <FFFF>
endcodespacerange
{body}
endcmap
CMapName currentdict /CMap defineresource pop
end
end
"""
