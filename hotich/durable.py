"""Writing so that a power cut leaves no half of it."""

from __future__ import annotations

import os
import secrets
import sys
from pathlib import Path


def write_whole(target: Path, data: bytes) -> None:
    """Puts the bytes under that name so that after a power cut either all of them or none are there.

    The folder must exist. Raises OSError.
    """
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with temporary.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(target)
    finally:
        temporary.unlink(missing_ok=True)
    sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Puts what was written to a file on disk."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Puts the folder's list of names on disk, where the system can."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
