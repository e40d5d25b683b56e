"""Writes the pictures of a book: single JPEG files, one PDF that holds JPEGs, or one TIFF of many pages."""

from __future__ import annotations

import io
from pathlib import Path

import numpy as np
import pikepdf
from numpy.typing import NDArray
from PIL import Image

from sample_scans.draw.sheet import DPI

Pixels = NDArray[np.uint8]
LARGEST = 820_000
"""Bytes a JPEG page may take."""
ORIENTATION = 0x0112


def jpeg(pixels: Pixels, quarter_turns: int = 0) -> bytes:
    """A JPEG as good as the size allows; turned pictures say in EXIF how to turn them back."""
    picture = Image.fromarray(np.ascontiguousarray(np.rot90(pixels, quarter_turns)))
    exif = Image.Exif()
    if quarter_turns:
        exif[ORIENTATION] = {1: 6, 2: 3, 3: 8}[quarter_turns % 4]
    data = b""
    for quality in (84, 80, 76, 72, 68, 64, 60):
        stream = io.BytesIO()
        picture.save(stream, "JPEG", quality=quality, dpi=(DPI, DPI), optimize=True, exif=exif)
        data = stream.getvalue()
        if len(data) <= LARGEST:
            break
    return data


def write_pdf(path: Path, pictures: list[Pixels]) -> None:
    """One page for each picture, which lies in it as JPEG."""
    with pikepdf.new() as document:
        for pixels in pictures:
            _add_page(document, pixels)
        document.save(path, deterministic_id=True)


def _add_page(document: pikepdf.Pdf, pixels: Pixels) -> None:
    height, width = pixels.shape[:2]
    image = pikepdf.Stream(
        document,
        jpeg(pixels),
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Image,
        Width=width,
        Height=height,
        ColorSpace=pikepdf.Name.DeviceRGB,
        BitsPerComponent=8,
        Filter=pikepdf.Name.DCTDecode,
    )
    page = document.add_blank_page(page_size=(width * 72 / DPI, height * 72 / DPI))
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    w, h = float(page.mediabox[2]), float(page.mediabox[3])
    page.Contents = document.make_stream(f"q {w:.3f} 0 0 {h:.3f} 0 0 cm /Im0 Do Q".encode())


def write_tiff(path: Path, pictures: list[Pixels]) -> None:
    """All pictures as pages of one file, compressed as JPEG."""
    pages = [Image.fromarray(pixels) for pixels in pictures]
    pages[0].save(path, "TIFF", save_all=True, append_images=pages[1:], compression="jpeg", quality=72, dpi=(DPI, DPI))
