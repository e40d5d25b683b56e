"""What a package is called, and putting it under that name without ever covering another file."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from hotich.durable import sync_folder
from hotich.text import unmark
from hotich.values import Book

SUFFIX = ".hotich.zip"


def package_stem(book: Book) -> str:
    """`KS.1982.01`: type, year and number, in letters that every system keeps."""
    number = unmark(book.number).strip().removesuffix(f"/{book.year}")
    safe = re.sub(r"[^0-9A-Za-z]+", "-", number).strip("-") or "0"
    return f"{book.record_type.value}.{book.year}.{safe.zfill(2) if safe.isdecimal() else safe}"


def put_in_place(temporary: Path, folder: Path, stem: str, suffix: str = SUFFIX) -> Path:
    """Gives a finished file the first free name, with `-2`, `-3`… after the stem, and returns it. Raises OSError.

    The old name may be left as a second one of the same file.
    """
    target = next(path for path in _names(folder, stem, suffix) if _take(temporary, path))
    sync_folder(folder)
    return target


def _names(folder: Path, stem: str, suffix: str) -> Iterator[Path]:
    yield folder / f"{stem}{suffix}"
    number = 2
    while True:
        yield folder / f"{stem}-{number}{suffix}"
        number += 1


def _take(temporary: Path, target: Path) -> bool:
    """Gives the file that name, unless another has it."""
    try:
        os.link(temporary, target)
    except FileExistsError:
        return False
    except OSError:
        # Disks without hard links, as USB sticks are: an empty file keeps the name until the full one replaces it.
        return _take_by_reserving(temporary, target)
    return True


def _take_by_reserving(temporary: Path, target: Path) -> bool:
    try:
        target.open("xb").close()
    except FileExistsError:
        return False
    try:
        temporary.replace(target)
    except OSError:
        target.unlink(missing_ok=True)
        raise
    return True
