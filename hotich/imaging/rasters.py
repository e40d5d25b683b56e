"""Turning the bytes of a picture file into pixels: always BGR, 8 bits, as stored, without any turn."""

from __future__ import annotations

import io
from contextlib import suppress
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from hotich.errors import InputError
from hotich.imaging.geometry import Picture

if TYPE_CHECKING:
    from PIL import Image

PIXEL_CAP = 200_000_000
"""Larger pictures are refused: an A3 sheet at 600 dpi has 70 million pixels, and this many need 600 MB."""

FORMATS = ("JPEG", "MPO", "PNG", "TIFF", "BMP", "WEBP", "GIF", "JPEG2000", "HEIF")
"""What Pillow may try; everything else is refused before its decoder is reached."""

MEDIA_TYPES = {
    "JPEG": "image/jpeg",
    "MPO": "image/jpeg",
    "PNG": "image/png",
    "TIFF": "image/tiff",
    "BMP": "image/bmp",
    "WEBP": "image/webp",
    "GIF": "image/gif",
    "JPEG2000": "image/jp2",
    "HEIF": "image/heic",
}

_EXIF_ORIENTATION = 0x0112
_TURNS = {3: 180, 4: 180, 5: 90, 6: 90, 7: 270, 8: 270}
_PLAIN_JPEG_MODES = ("L", "RGB")


def open_raster(data: bytes) -> Image.Image:
    """The picture's header, with nothing decoded yet.

    Raises InputError: `input-unknown-type`, `input-huge-picture`, `input-corrupt`.
    """
    from PIL import Image, UnidentifiedImageError

    known = _known_formats()
    # Pillow warns above this and raises above twice this; both mean a refusal here.
    Image.MAX_IMAGE_PIXELS = PIXEL_CAP
    try:
        picture = Image.open(io.BytesIO(data), formats=known)
    except UnidentifiedImageError as unknown:
        raise InputError("input-unknown-type" if not looks_like_picture(data) else "input-corrupt") from unknown
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise InputError("input-huge-picture", megapixels=PIXEL_CAP // 1_000_000) from bomb
    except (OSError, ValueError, SyntaxError, EOFError, KeyError, TypeError, IndexError) as broken:
        raise InputError("input-corrupt") from broken
    check_size(*picture.size)
    return picture


def check_size(width: int, height: int) -> None:
    """Raises InputError `input-huge-picture` above the pixel cap and `input-corrupt` for an empty picture."""
    if width <= 0 or height <= 0:
        raise InputError("input-corrupt")
    if width * height > PIXEL_CAP:
        raise InputError("input-huge-picture", megapixels=PIXEL_CAP // 1_000_000)


def looks_like_picture(head: bytes) -> bool:
    """Whether the first bytes are those of a picture or PDF this program reads."""
    starts = (
        b"\xff\xd8\xff",
        b"\x89PNG\r\n\x1a\n",
        b"II*\0",
        b"MM\0*",
        b"II+\0",
        b"MM\0+",
        b"BM",
        b"GIF8",
        b"\xff\x4f\xff\x51",
    )
    if head.startswith(starts) or b"%PDF-" in head[:1024]:
        return True
    riff = head[:4] == b"RIFF" and head[8:12] == b"WEBP"
    heif = head[4:8] == b"ftyp" and head[8:12] in (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
    return riff or heif or head[4:12] == b"jP  \r\n\x87\n"


def check_decodes(picture: Image.Image) -> None:
    """Reads the current frame to its end, as small as the format allows.

    Raises InputError: `input-truncated`, `input-corrupt`.
    """
    try:
        if picture.format in ("JPEG", "MPO"):
            # Every byte is still read, but only an eighth of the pixels is worked out.
            picture.draft(None, (max(1, picture.width // 8), max(1, picture.height // 8)))
        picture.load()
    except Exception as broken:  # Decoders raise whatever they please on damaged data.
        text = str(broken).lower()
        cut = "truncated" in text or "not enough" in text or isinstance(broken, EOFError)
        raise InputError("input-truncated" if cut else "input-corrupt") from broken


def exif_turn(picture: Image.Image) -> int:
    """Clockwise degrees that the camera's mark asks for; mirrored marks are taken as their turn alone."""
    try:
        orientation = picture.getexif().get(_EXIF_ORIENTATION, 1)
    except Exception:  # A damaged EXIF block says nothing about the picture.
        return 0
    return _TURNS.get(orientation, 0) if isinstance(orientation, int) else 0


def stated_dpi(picture: Image.Image) -> float | None:
    """The resolution the file states, or None where it states none or one no scanner has."""
    stated = picture.info.get("dpi")
    try:
        dpi = float(stated[0]) if stated else 0.0
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    # 72 and 96 are what cameras and screen programs write when they know nothing.
    return round(dpi, 2) if 97.0 < dpi <= 2400.0 else None


def decode(original: bytes, frame: int) -> Picture:
    """The picture as stored, BGR, 8 bits: 16 bits are scaled, palette and CMYK converted, alpha laid on white.

    `frame` counts from 0 and is ignored by a file with one picture. Raises InputError.
    """
    picture = open_raster(original)
    if picture.format in ("JPEG", "MPO") and picture.mode in _PLAIN_JPEG_MODES:
        return _decode_jpeg(original, 1)
    _go_to(picture, frame)
    check_size(*picture.size)
    return _as_bgr(picture)


def decode_reduced(original: bytes, frame: int, longest_px: int) -> Picture:
    """The picture as stored at most `longest_px` long, never enlarged: for thumbnails and the first paint."""
    import cv2

    picture = open_raster(original)
    longest = max(picture.size)
    if picture.format in ("JPEG", "MPO") and picture.mode in _PLAIN_JPEG_MODES:
        small = _decode_jpeg(original, next((part for part in (8, 4, 2) if longest // part >= longest_px), 1))
    else:
        _go_to(picture, frame)
        check_size(*picture.size)
        small = _as_bgr(picture)
    factor = longest_px / max(small.shape[:2])
    if factor >= 1.0:
        return small
    size = (max(1, round(small.shape[1] * factor)), max(1, round(small.shape[0] * factor)))
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_AREA), np.uint8)


def apply_turn(picture: Picture, turn: int) -> Picture:
    """A copy turned clockwise by 0, 90, 180 or 270 degrees."""
    return np.ascontiguousarray(np.rot90(picture, k=-(turn // 90) % 4))


def as_png(picture: Picture) -> bytes:
    """The picture as PNG bytes, grey when all its pixels are."""
    import cv2

    if (
        picture.ndim == 3
        and np.array_equal(picture[..., 0], picture[..., 1])
        and np.array_equal(picture[..., 1], picture[..., 2])
    ):
        picture = np.ascontiguousarray(picture[..., 0])
    done, data = cv2.imencode(".png", picture, [cv2.IMWRITE_PNG_COMPRESSION, 4])
    if not done:
        raise InputError("input-corrupt")
    return data.tobytes()


@cache
def _known_formats() -> tuple[str, ...]:
    """FORMATS without those whose reader is not installed: HEIC needs a wheel of its own."""
    from PIL import Image

    Image.init()
    with suppress(ImportError):
        from pi_heif import register_heif_opener

        register_heif_opener()
    return tuple(name for name in FORMATS if name in Image.OPEN)


def as_jpeg(picture: Picture, quality: int = 85) -> bytes:
    """The picture as JPEG bytes."""
    import cv2

    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise InputError("input-corrupt")
    return data.tobytes()


def _go_to(picture: Image.Image, frame: int) -> None:
    count = int(getattr(picture, "n_frames", 1))
    if count <= 1 or picture.format == "MPO":
        return
    try:
        picture.seek(frame)
    except (EOFError, OSError, ValueError) as missing:
        raise InputError("input-corrupt") from missing


def _decode_jpeg(original: bytes, part: int) -> Picture:
    import cv2

    kinds = {
        1: cv2.IMREAD_COLOR,
        2: cv2.IMREAD_REDUCED_COLOR_2,
        4: cv2.IMREAD_REDUCED_COLOR_4,
        8: cv2.IMREAD_REDUCED_COLOR_8,
    }
    picture = cv2.imdecode(np.frombuffer(original, np.uint8), kinds[part] | cv2.IMREAD_IGNORE_ORIENTATION)
    if picture is None:
        raise InputError("input-corrupt")
    return np.asarray(picture, np.uint8)


def _as_bgr(picture: Image.Image) -> Picture:
    from PIL import Image

    try:
        if picture.mode.startswith(("I", "F")):
            grey = _eight_bits(np.asarray(picture), picture.mode)
            return np.ascontiguousarray(np.repeat(grey[..., np.newaxis], 3, axis=2))
        if picture.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in picture.info:
            coloured = picture.convert("RGBA")
            paper = Image.new("RGBA", coloured.size, (255, 255, 255, 255))
            picture = Image.alpha_composite(paper, coloured)
        pixels = np.asarray(picture.convert("RGB"))
    except Exception as broken:  # Decoders raise whatever they please on damaged data.
        raise InputError("input-corrupt") from broken
    return np.ascontiguousarray(pixels[..., ::-1])


def _eight_bits(values: NDArray[np.generic], mode: str) -> Picture:
    """16-bit grey divided by 257; wider integers and floats stretched between their own ends."""
    numbers = values.astype(np.float32)
    low, high = float(numbers.min()), float(numbers.max())
    if mode.startswith("I;16") or (mode == "I" and low >= 0.0 and 255.0 < high <= 65535.0):
        return np.asarray((numbers / 257.0).round(), np.uint8)
    if low >= 0.0 and 1.0 < high <= 255.0:
        return np.asarray(numbers.round(), np.uint8)
    return np.asarray(((numbers - low) * (255.0 / max(high - low, 1e-9))).round(), np.uint8)


def same_size(picture: Picture, like: Picture) -> Picture:
    """The picture drawn out or pressed together to the size of another."""
    import cv2

    size = (like.shape[1], like.shape[0])
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_CUBIC), np.uint8)
