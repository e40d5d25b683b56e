"""The page files as they came in, named by their SHA-256, never rewritten."""

from __future__ import annotations

import hashlib
import re
import threading
from collections.abc import Iterator
from pathlib import Path

from hotich.durable import write_whole
from hotich.errors import InputError, StoreError
from hotich.store.database import ORIGINALS_NAME
from hotich.store.disk import free_bytes
from hotich.store.failures import told

RESERVE_BYTES = 64 * 2**20
"""Room that pictures leave on the disk, so that typing can go on when it fills up."""

_SHA256 = re.compile("[0-9a-f]{64}")


class Originals:
    """The folder of original files of one workspace. Safe from several threads."""

    def __init__(self, workspace: Path, reserve: int = RESERVE_BYTES) -> None:
        self._workspace = workspace
        self.folder = workspace / ORIGINALS_NAME
        self._reserve = reserve
        self._guard = threading.Lock()

    def put(self, data: bytes) -> str:
        """Keeps the bytes and returns their SHA-256; a file already there is left as it is.

        A file that went bad on the disk is moved beside as `<sha256>.damaged` and written again. Raises StoreError.
        """
        sha256 = hashlib.sha256(data).hexdigest()
        target = self.path(sha256)
        with told(self._workspace), self._guard:
            if self._is_whole(target, sha256):
                return sha256
            target.parent.mkdir(parents=True, exist_ok=True)
            self._require_room(len(data))
            if target.exists():
                target.replace(target.with_name(f"{sha256}.damaged"))
            write_whole(target, data)
            target.chmod(0o444)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes of that hash. Raises InputError when they are missing or no longer have it."""
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as error:
            raise InputError("store-original-missing", sha256=sha256) from error
        except OSError as error:
            raise InputError("store-original-unreadable", sha256=sha256, detail=error.strerror or "") from error
        if hashlib.sha256(data).hexdigest() != sha256:
            raise InputError("store-original-damaged", sha256=sha256)
        return data

    def path(self, sha256: str) -> Path:
        """Where the file of that hash lies. Raises ValueError for what is no hash."""
        if not _SHA256.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / sha256

    def all(self) -> Iterator[str]:
        """The hashes of all files kept, in order."""
        for path in sorted(self.folder.glob("[0-9a-f][0-9a-f]/*")):
            if _SHA256.fullmatch(path.name):
                yield path.name

    def sweep(self) -> None:
        """Removes the halves of files that a power cut left."""
        for path in self.folder.glob("[0-9a-f][0-9a-f]/.*.part"):
            path.unlink(missing_ok=True)

    def _is_whole(self, path: Path, sha256: str) -> bool:
        return path.exists() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256

    def _require_room(self, wanted: int) -> None:
        if free_bytes(self.folder) < wanted + self._reserve:
            raise StoreError("store-disk-full", folder=self._workspace)
