"""The size of a JPEG picture, from its markers (ITU-T T.81, annex B)."""

from __future__ import annotations

import struct

from hotich.export.package_types import Size

_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


def jpeg_size(data: bytes) -> Size | None:
    """Width and height; None when the bytes are no JPEG."""
    if not data.startswith(b"\xff\xd8"):
        return None
    at = 2
    while at + 9 <= len(data) and data[at] == 0xFF:
        marker, length = data[at + 1], int.from_bytes(data[at + 2 : at + 4], "big")
        if marker in _FRAMES:
            height, width = struct.unpack_from(">HH", data, at + 5)
            return Size(width=width, height=height) if width and height else None
        at += 2 + length
    return None
