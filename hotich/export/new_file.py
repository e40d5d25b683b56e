"""Files that leave: all of one is on disk before its name appears, and none is ever covered."""

from __future__ import annotations

import errno
import os
import secrets
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO, TypeVar

from hotich.errors import PackageError, SetupError
from hotich.export.naming import put_in_place

Result = TypeVar("Result")

LEFT_AFTER = 24 * 3600
"""Seconds after which an unfinished file is nobody's any more."""


def new_file(folder: Path, stem: str, suffix: str, write: Callable[[BinaryIO], Result]) -> tuple[Path, Result]:
    """The file under the first free name, and what `write` says of it; when that fails, nothing is left.

    Raises SetupError without room, PackageError where the folder cannot be written, and whatever `write` raises.
    """
    temporary = folder / f".{secrets.token_hex(8)}{suffix}.part"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _sweep(folder, suffix)
        try:
            with temporary.open("x+b") as file:
                result = write(file)
                file.flush()
                os.fsync(file.fileno())
            path = put_in_place(temporary, folder, stem, suffix)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise disk_error(error, folder) from error
    return path, result


def _sweep(folder: Path, suffix: str) -> None:
    """Removes what a killed program left: nobody writes at one file for a day, and records of people are in it."""
    for left in folder.glob(f".{'[0-9a-f]' * 16}{suffix}.part"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_AFTER:
                left.unlink()


def disk_error(error: OSError, folder: Path) -> SetupError | PackageError:
    """What to tell where a folder could not be written."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return SetupError("export-disk-full", folder=folder)
    return PackageError("export-cannot-write", folder=folder, detail=error.strerror or error)
