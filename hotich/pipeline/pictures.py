"""Pictures of pages for the screen: as they came or cleaned, in full or small."""

from __future__ import annotations

import threading
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from hotich.errors import InputError
from hotich.imaging.clean import CleanPage, PageShape, clean_page
from hotich.imaging.crops import cut
from hotich.imaging.geometry import Frame, as_matrix, scaled, stored_frame, turned
from hotich.imaging.rasters import apply_turn, as_jpeg, decode, decode_reduced
from hotich.pipeline.lookup import page_of
from hotich.store import PageRow, Workspace
from hotich.values import Matrix, Quad

Pixels = NDArray[np.uint8]

THUMBNAIL_PX = 256
THUMBNAIL_FOLDER = Path("cache") / "thumbnails"
"""Inside the workspace; may be deleted at any time."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """A page as shown: BGR pixels, and the homography from them to the pixels of the stored original."""

    pixels: Pixels
    to_original: Matrix


def page_picture(workspace: Workspace, page_id: str, cleaned: bool = False, longest: int | None = None) -> PagePicture:
    """The page upright as its camera says, or cleaned as its recipe says; `longest` shrinks it for a first look."""
    row = page_of(workspace, page_id)
    original = workspace.original(row.page.file_sha256)
    if cleaned:
        page = clean_of(row, decode(original, row.page.frame))
        return PagePicture(page.picture, as_matrix(page.to_original))
    pixels = decode_reduced(original, row.page.frame, longest) if longest else decode(original, row.page.frame)
    frame = _shrunk(pixels, row)
    shown = apply_turn(pixels, row.page.exif_turn)
    return PagePicture(shown, as_matrix(turned(frame, row.page.exif_turn).to_stored))


def _shrunk(pixels: Pixels, row: PageRow) -> Frame:
    """The frame that leads from the stored picture to its smaller copy."""
    height, width = pixels.shape[:2]
    if width == row.page.width:
        return stored_frame(pixels)
    return Frame(np.eye(3), row.page.width, row.page.height).then(scaled(width / row.page.width), width, height)


def clean_of(row: PageRow, picture: Pixels) -> CleanPage:
    """The page cleaned as its recipe says; what the recipe leaves open is measured."""
    return clean_page(picture, row.recipe, wanted=PageShape(), exif_turn=row.page.exif_turn, stated_dpi=row.page.dpi)


def field_picture(picture: PagePicture, quad: Quad) -> Pixels:
    """One field cut out of a page, upright."""
    return cut(picture.pixels, np.array(picture.to_original), quad)


def thumbnail(workspace: Workspace, page_id: str) -> Pixels:
    """The page at most THUMBNAIL_PX long, upright, BGR; kept beside the workspace so that it is made only once."""
    kept = workspace.folder / THUMBNAIL_FOLDER / f"{page_id}.jpg"
    try:
        return decode(kept.read_bytes(), 0)
    except (OSError, InputError):
        pixels = page_picture(workspace, page_id, longest=THUMBNAIL_PX).pixels
        _keep_thumbnail(kept, pixels)
        return pixels


def _keep_thumbnail(file: Path, pixels: Pixels) -> None:
    """Written whole or not at all; a full or read-only disk only means that it is made again."""
    data = as_jpeg(pixels)
    with suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        part = file.with_suffix(f".{threading.get_ident()}.part")
        part.write_bytes(data)
        part.replace(file)
