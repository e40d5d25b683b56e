"""Locked packages: a package that only those can read for whom it was locked (AES-256-GCM in chunks).

The file: 16 bytes `hotich-locked 1` and a line feed; the length of the head, four bytes, big-endian; the head, JSON
with the slots that hold the file's key wrapped (see `locks`); then the chunks. Each chunk is 65,536 bytes of the
package, the last one what is left (never nothing, unless the package is empty), encrypted with its tag of 16 bytes
behind it. Their key is HKDF of the file's key with the SHA-256 of all bytes before the first chunk as salt, so that the
head cannot be changed either; the nonce is the number of the chunk from 0 in 11 bytes, big-endian, and one byte that is
1 for the last chunk and else 0, so that none can be left out, added or moved.
"""

from __future__ import annotations

import hashlib
import io
import secrets
import struct
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO, Final

import msgspec
from msgspec import Meta

from hotich.errors import PackageError
from hotich.export.trust.locks import KEY_BYTES, Lock, PassphraseSlot, Slot, Unlock, derived

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

MAGIC: Final = b"hotich-locked 1\n"
SUFFIX: Final = ".locked"
CHUNK: Final = 2**16
TAG: Final = 16
LARGEST_HEAD: Final = 2**16
MOST_SLOTS: Final = 16
_PURPOSE: Final = b"hotich-locked 1 payload"
_LENGTH: Final = struct.Struct(">L")


class Head(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """For whom the package is locked."""

    slots: Annotated[tuple[Slot, ...], Meta(min_length=1, max_length=MOST_SLOTS)]


class WrongChunkError(PackageError):
    """A chunk is not as it was written: `locked-damaged`."""


def lock(source: BinaryIO, target: BinaryIO, locks: Sequence[Lock], step: Callable[[int], None] | None = None) -> bytes:
    """Writes the source, locked, and returns the file's key; `step` hears after each chunk how many bytes are done.

    Raises OSError, SetupError for a lock that is none.
    """
    key = secrets.token_bytes(KEY_BYTES)
    head = msgspec.json.encode(Head(tuple(each.slot(key) for each in locks)))
    before = MAGIC + _LENGTH.pack(len(head)) + head
    cipher = _cipher(key, before)
    target.write(before)
    number, chunk = 0, source.read(CHUNK)
    while True:
        following = source.read(CHUNK) if len(chunk) == CHUNK else b""
        target.write(cipher.encrypt(_nonce(number, not following), chunk, None))
        if step is not None:
            step(number * CHUNK + len(chunk))
        if not following:
            return key
        number, chunk = number + 1, following


def _cipher(key: bytes, before: bytes) -> AESGCM:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    return AESGCM(derived(key, hashlib.sha256(before).digest(), _PURPOSE))


def _nonce(number: int, last: bool) -> bytes:
    return number.to_bytes(11, "big") + bytes([last])


def is_locked(path: Path) -> bool:
    """Whether the file begins as locked packages do; one that cannot be read does not."""
    try:
        with path.open("rb") as file:
            return file.read(len(MAGIC)) == MAGIC
    except OSError:
        return False


def open_package(path: Path, unlock: Unlock | None = None) -> BinaryIO:
    """A package to read, whether it is locked or not; nothing of a locked one is ever written to a disk.

    Raises OSError, PackageError: locked and no key given, the wrong key, damaged.
    """
    file = path.open("rb")
    try:
        if file.read(len(MAGIC)) != MAGIC:
            file.seek(0)
            return file
        if unlock is None:
            raise PackageError("locked-needs-key", file=path.name, for_whom=_for_whom(_head(file, path.name)[0]))
        return io.BufferedReader(LockedReader(file, path.name, unlock), CHUNK)
    except BaseException:
        file.close()
        raise


def _head(file: BinaryIO, name: str) -> tuple[Head, bytes]:
    """The head and all bytes before the first chunk. Raises PackageError."""
    file.seek(len(MAGIC))
    length = file.read(_LENGTH.size)
    size = _LENGTH.unpack(length)[0] if len(length) == _LENGTH.size else LARGEST_HEAD + 1
    data = file.read(size) if size <= LARGEST_HEAD else b""
    try:
        head = msgspec.json.decode(data, type=Head)
    except (ValueError, RecursionError) as failure:
        raise PackageError("locked-head-damaged", file=name) from failure
    return head, MAGIC + length + data


def _for_whom(head: Head) -> str:
    told = {"—" if isinstance(slot, PassphraseSlot) else slot.fingerprint for slot in head.slots}
    return ", ".join(sorted(told))


class LockedReader(io.RawIOBase):
    """The package inside a locked file, at any place; only the chunk in hand is ever in memory."""

    def __init__(self, file: BinaryIO, name: str, unlock: Unlock) -> None:
        """Raises PackageError for the wrong key, and for a damaged head or end."""
        self._file, self._name = file, name
        head, before = _head(file, name)
        key = unlock.key(head.slots)
        if key is None:
            raise PackageError("locked-wrong-key", file=name, for_whom=_for_whom(head))
        self._cipher, self._start = _cipher(key, before), len(before)
        payload = file.seek(0, io.SEEK_END) - self._start
        self._chunks = max(1, -(-payload // (CHUNK + TAG)))
        self._size = payload - self._chunks * TAG
        self._place, self._held, self._chunk = 0, -1, b""
        # The last chunk tells that none is missing.
        self._load(self._chunks - 1)

    def _load(self, number: int) -> None:
        from cryptography.exceptions import InvalidTag

        if self._held == number:
            return
        self._file.seek(self._start + number * (CHUNK + TAG))
        data = self._file.read(CHUNK + TAG)
        try:
            chunk = self._cipher.decrypt(_nonce(number, number == self._chunks - 1), data, None)
        except (InvalidTag, ValueError) as failure:
            raise WrongChunkError("locked-damaged", file=self._name, number=number + 1) from failure
        self._held, self._chunk = number, chunk

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Raises WrongChunkError where the file is not as it was written."""
        view = memoryview(buffer).cast("B")
        if self._place >= self._size or not view:
            return 0
        self._load(self._place // CHUNK)
        portion = self._chunk[self._place % CHUNK :][: len(view)]
        view[: len(portion)] = portion
        self._place += len(portion)
        return len(portion)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Where it stands now."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        if start + offset < 0:
            raise ValueError("before the beginning")
        self._place = start + offset
        return self._place

    def tell(self) -> int:
        """Where it stands."""
        return self._place

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always."""
        return True

    def close(self) -> None:
        """Closes the file below too."""
        self._file.close()
        super().close()
