"""A font without ink for text that is only searched and copied: every letter is the same empty glyph.

The file has the tables that ISO 32000-1 (9.9, table 126) asks of an embedded TrueType program and nothing else.
"""

from __future__ import annotations

import struct
from functools import cache

NAME = "HoTichBlank"
UNITS = 1000
ADVANCE = 500
"""Width of every glyph in UNITS."""
ASCENT, DESCENT = 800, -200

_GLYPHS = 2
"""The glyph for what is missing, which documents may not use, and the empty letter."""

_HEAD = struct.pack(">IIIIHHqq", 0x10000, 0x10000, 0, 0x5F0F3CF5, 0b11, UNITS, 0, 0) + struct.pack(
    ">hhhhHHhhh", 0, DESCENT, ADVANCE, ASCENT, 0, 8, 2, 0, 0
)
_WHOLE = 0xB1B0AFBA


@cache
def blank_font() -> bytes:
    """The font program; its glyph 1 is the empty letter."""
    tables = {
        b"cmap": _cmap(),
        b"glyf": b"\0" * 4,
        b"head": _HEAD,
        b"hhea": struct.pack(
            ">IhhhHhhhhhhhhhhhH", 0x10000, ASCENT, DESCENT, 0, ADVANCE, 0, 0, 0, 1, *([0] * 7), _GLYPHS
        ),
        b"hmtx": struct.pack(">Hh", ADVANCE, 0) * _GLYPHS,
        b"loca": struct.pack(">HHH", 0, 0, 0),
        b"maxp": struct.pack(">IH13H", 0x10000, _GLYPHS, 0, 0, 0, 0, 1, *([0] * 8)),
        b"name": _name(),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, -100, 50, 1, 0, 0, 0, 0),
    }
    whole = _file(tables)
    # The sum over the file stands in the head, whose own sum leaves it out.
    at = whole.index(_HEAD) + 8
    return whole[:at] + struct.pack(">I", (_WHOLE - _sum(whole)) & 0xFFFFFFFF) + whole[at + 4 :]


def _cmap() -> bytes:
    """The space as the empty letter, in a table of format 4."""
    segments = struct.pack(">HHHHHHHHHHHHHHH", 4, 32, 0, 4, 4, 1, 0, 32, 0xFFFF, 0, 32, 0xFFFF, 1 - 32 & 0xFFFF, 1, 0)
    return struct.pack(">HHHHI", 0, 1, 3, 1, 12) + segments + b"\0\0"


def _name() -> bytes:
    """Family, style and name for PostScript."""
    texts = ((1, NAME), (2, "Regular"), (4, NAME), (6, NAME))
    records, store = b"", b""
    for number, text in texts:
        data = text.encode("utf-16-be")
        records += struct.pack(">HHHHHH", 3, 1, 0x409, number, len(data), len(store))
        store += data
    return struct.pack(">HHH", 0, len(texts), 6 + len(records)) + records + store


def _file(tables: dict[bytes, bytes]) -> bytes:
    power = 1 << (len(tables).bit_length() - 1)
    head = struct.pack(">IHHHH", 0x10000, len(tables), power * 16, power.bit_length() - 1, (len(tables) - power) * 16)
    at = len(head) + 16 * len(tables)
    body = b""
    for tag, data in sorted(tables.items()):
        head += struct.pack(">4sIII", tag, _sum(data), at + len(body), len(data))
        body += data + b"\0" * (-len(data) % 4)
    return head + body


def _sum(data: bytes) -> int:
    """The checksum of a table: its 32-bit words added up."""
    padded = data + b"\0" * (-len(data) % 4)
    words: tuple[int, ...] = struct.unpack(f">{len(padded) // 4}I", padded)
    return sum(words) & 0xFFFFFFFF
