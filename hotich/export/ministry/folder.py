"""A hand-off appears whole or not at all: its files are made in a hidden folder that gets its name at the end."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from hotich.durable import sync_folder
from hotich.export.ministry.report import ReportFile
from hotich.export.new_file import disk_error

_PART = ".part"
_CHUNK = 1 << 20
_open_folders: set[Path] = set()
"""Folders that this program is filling just now."""


@contextmanager
def being_made(target: Path, owner: str) -> Iterator[Path]:
    """A new hidden folder below the target; what is left of it at the end is removed.

    `owner` tells whose folders they are: those that the same owner left behind when it was killed go too. Only one
    program at a time may work for an owner. Raises SetupError without room, PackageError where nothing can be written.
    """
    folder = target / f".{owner}-{secrets.token_hex(6)}{_PART}"
    try:
        try:
            target.mkdir(parents=True, exist_ok=True)
            _sweep(target, owner)
            folder.mkdir()
            _open_folders.add(folder)
            yield folder
        finally:
            _open_folders.discard(folder)
            shutil.rmtree(folder, ignore_errors=True)
    except OSError as error:
        raise disk_error(error, target) from error


def _sweep(target: Path, owner: str) -> None:
    for left in target.glob(f".{owner}-*{_PART}"):
        if left not in _open_folders:
            shutil.rmtree(left, ignore_errors=True)


def put_in_place(folder: Path, target: Path, name: str) -> Path:
    """Gives a finished folder the first free name, with `-2`, `-3`… after it, and returns it. Raises OSError."""
    sync_folder(folder)
    number = 1
    while True:
        path = target / (name if number == 1 else f"{name}-{number}")
        # A folder that is there would be replaced without a word where it is empty.
        if not path.exists():
            folder.rename(path)
            sync_folder(target)
            return path
        number += 1


def on_disk(path: Path) -> ReportFile:
    """Puts a file on disk and tells its size and hash. Raises OSError."""
    sha256 = hashlib.sha256()
    with path.open("rb+") as file:
        os.fsync(file.fileno())
        while chunk := file.read(_CHUNK):
            sha256.update(chunk)
        return ReportFile(path.name, file.tell(), sha256.hexdigest())
