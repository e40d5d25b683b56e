"""The colour space that pictures are meant in, for documents that must say so."""

from __future__ import annotations

from functools import cache

NAME = "sRGB IEC61966-2.1"

_DATE = slice(24, 36)
_ID = slice(84, 100)


@cache
def srgb_profile() -> bytes:
    """The ICC profile of sRGB, with a fixed date so that the same document has the same bytes. Raises SetupError."""
    from hotich.errors import SetupError

    try:
        from PIL import ImageCms
    except ImportError as missing:
        raise SetupError("pdf-no-colour") from missing
    data = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    data[_DATE] = b"\x07\xcc\0\x01\0\x01" + b"\0" * 6
    data[_ID] = b"\0" * 16
    return bytes(data)
