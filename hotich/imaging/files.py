"""Files of scans into pages: one picture, a TIFF of many, a PDF, a folder. A bad file is told and the rest goes on."""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from hotich.errors import HotichError, InputError
from hotich.imaging.rasters import (
    MEDIA_TYPES,
    check_decodes,
    check_size,
    exif_turn,
    looks_like_picture,
    open_raster,
    stated_dpi,
)
from hotich.values import SourcePage

if TYPE_CHECKING:
    from PIL import Image

BYTE_CAP = 2_000_000_000
"""A file is read whole; one above this would not fit beside the program on a 4 GB machine."""

FRAME_CAP = 5_000
"""No register has more pages; a TIFF that claims more is damaged or hostile."""

_NUMBER = re.compile(r"(\d+)")
_DESKTOP_DROPPINGS = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True, slots=True)
class IncomingPage:
    """One page as it came: what it is, and the bytes to keep for ever (with `source.frame` for a TIFF of many)."""

    source: SourcePage
    original: bytes


@dataclass(frozen=True, slots=True)
class IntakeResult:
    """The pages of one file in order, and what could not be read of it."""

    pages: tuple[IncomingPage, ...]
    problems: tuple[HotichError, ...]


def read_sources(path: Path) -> IntakeResult:
    """All pages and problems of one file. A long PDF is better taken page by page from `iter_sources`."""
    pages: list[IncomingPage] = []
    problems: list[HotichError] = []
    for item in iter_sources(path):
        if isinstance(item, IncomingPage):
            pages.append(item)
        else:
            problems.append(item)
    return IntakeResult(tuple(pages), tuple(problems))


def iter_sources(path: Path) -> Iterator[IncomingPage | HotichError]:
    """The pages of one file one after the other, each bad page or file as the error that tells of it."""
    name = shown_name(path)
    try:
        data = _bytes_of(path)
        pages = _pages_of_pdf(data, name) if b"%PDF-" in data[:1024] else _pages_of_raster(data, name)
        yield from pages
    except InputError as problem:
        yield _naming(problem, name)


def walk_sources(paths: Iterable[Path]) -> Iterator[Path]:
    """Files in the order a person would lay them: named files as given, folders walked `trang 2` before `trang 10`.

    In folders only pictures and PDFs are taken, whatever their ending; a folder that may not be opened is handed on
    as it is, so that reading it tells why.
    """
    for path in paths:
        if not path.is_dir():
            yield path
            continue
        try:
            inside = sorted(path.iterdir(), key=lambda entry: natural_key(entry.name))
        except OSError:
            yield path
            continue
        yield from walk_sources(entry for entry in inside if _worth_reading(entry))


def natural_key(name: str) -> tuple[tuple[int, int, str], ...]:
    """A key that sorts numbers inside names by their value and letters without regard to case or composition."""
    parts = _NUMBER.split(unicodedata.normalize("NFC", name).casefold())
    return tuple((1, int(part), "") if part.isdecimal() else (0, 0, part) for part in parts if part)


def shown_name(path: Path) -> str:
    """The file's name as composed text that can be stored and shown, whatever bytes the disk holds."""
    name = path.name or str(path)
    readable = name.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    return unicodedata.normalize("NFC", readable)


def page_identity(file_sha256: str, frame: int) -> str:
    """The id of a page: SHA-256 over its file's SHA-256 and its place in that file."""
    return hashlib.sha256(f"{file_sha256}:{frame}".encode("ascii")).hexdigest()


def _worth_reading(entry: Path) -> bool:
    if entry.name.startswith((".", "~$")) or entry.name.casefold() in _DESKTOP_DROPPINGS:
        return False
    if entry.is_dir():
        # A link to a folder above would walk in circles.
        return not entry.is_symlink()
    try:
        with entry.open("rb") as file:
            return looks_like_picture(file.read(1024)) or entry.suffix.casefold() in _PICTURE_ENDINGS
    except OSError:
        return entry.suffix.casefold() in _PICTURE_ENDINGS


_PICTURE_ENDINGS = frozenset(".jpg .jpeg .jpe .jfif .png .tif .tiff .bmp .webp .gif .jp2 .j2k .heic .heif .pdf".split())


def _bytes_of(path: Path) -> bytes:
    try:
        if path.is_dir():
            # Opening it says whether it is forbidden or merely not a file.
            os.scandir(path).close()
            raise InputError("input-folder")
        size = path.stat().st_size
        if size > BYTE_CAP:
            raise InputError("input-huge-file", megabytes=size // 1_000_000)
        data = path.read_bytes()
    except FileNotFoundError as missing:
        raise InputError("input-missing") from missing
    except PermissionError as forbidden:
        raise InputError("input-forbidden") from forbidden
    except OSError as broken:
        raise InputError("input-unreadable", reason=broken.strerror or "") from broken
    if not data:
        raise InputError("input-empty-file")
    return data


def _naming(problem: InputError, name: str) -> InputError:
    """The same problem with the file's name among its facts."""
    facts = {"file": name, **problem.facts}
    named = InputError(problem.key, **facts)
    named.__cause__ = problem.__cause__
    return named


def _pages_of_raster(data: bytes, name: str) -> Iterator[IncomingPage | HotichError]:
    picture = open_raster(data)
    count = _frame_count(picture)
    if count > 1 and picture.format != "TIFF":
        raise InputError("input-animated")
    sha256 = hashlib.sha256(data).hexdigest()
    for frame in range(count):
        try:
            yield IncomingPage(_frame_source(picture, frame, sha256, name), data)
        except InputError as problem:
            yield InputError(problem.key, **{"file": name, "page": frame + 1, **problem.facts})


def _frame_count(picture: Image.Image) -> int:
    if picture.format == "MPO":
        # Telephones store a second, smaller picture behind the first; the first is the photograph.
        return 1
    try:
        count = int(getattr(picture, "n_frames", 1))
    except Exception as broken:  # Counting walks the whole file, and damaged ones raise anything.
        raise InputError("input-corrupt") from broken
    if count > FRAME_CAP:
        raise InputError("input-corrupt")
    return count


def _frame_source(picture: Image.Image, frame: int, sha256: str, name: str) -> SourcePage:
    if frame:
        try:
            picture.seek(frame)
        except Exception as broken:  # As above.
            raise InputError("input-corrupt") from broken
    width, height = picture.size
    check_size(width, height)
    turn, dpi = exif_turn(picture), stated_dpi(picture)
    media_type = MEDIA_TYPES[picture.format or ""]
    check_decodes(picture)
    return SourcePage(page_identity(sha256, frame), name, sha256, frame, width, height, dpi, turn, media_type)


def _pages_of_pdf(data: bytes, name: str) -> Iterator[IncomingPage | HotichError]:
    from hotich.imaging.pdf import PdfBook

    sha256 = hashlib.sha256(data).hexdigest()
    with PdfBook(data) as book:
        for frame in range(book.page_count):
            try:
                page = book.take(frame)
            except InputError as problem:
                yield InputError(problem.key, **{"file": name, "page": frame + 1, **problem.facts})
                continue
            page_id = page_identity(sha256, frame)
            told = (page.width, page.height, page.dpi, page.turn, page.media_type)
            yield IncomingPage(SourcePage(page_id, name, sha256, frame, *told), page.data)
