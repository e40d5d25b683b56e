"""The container of a package: a ZIP file in which every byte has one lawful value.

Plain ZIP 2.0 (APPNOTE 6.3): members back to back in a fixed order, no extra fields, no comments, no data descriptors,
time stamps of 1980-01-01, pictures and SEAL stored, all else deflated. The last member, SEAL, holds the SHA-256 of
manifest.json and of all bytes of the file before SEAL itself; what follows SEAL can be worked out from what stands
before, so that no byte can change unseen.
"""

from __future__ import annotations

import hashlib
import struct
import zlib
from collections.abc import Iterable
from typing import BinaryIO

import msgspec

from hotich.errors import PackageError
from hotich.export.package_types import SEAL

STORED, DEFLATED = 0, 8
LARGEST_FILE = 2**32 - 1
MOST_MEMBERS = 2**16 - 2
CHUNK = 2**20
LARGEST_IN_ALL = 2**33
HIGHEST_RATIO = 250
"""Well above what a book of empty fields packs to (about 100); deflate itself can reach 1032."""

_RATIO_FROM_BYTES = 2**20

LOCAL = struct.Struct("<4sHHHHHLLLHH")
CENTRAL = struct.Struct("<4sHHHHHHLLLHHHHHLL")
END = struct.Struct("<4sHHHHLLH")
END_MARK = b"PK\x05\x06"

_VERSION = 20
_MADE_BY = (3 << 8) | _VERSION
_TIME, _DATE = 0, 0x0021
_RIGHTS = 0o100644 << 16


class Member(msgspec.Struct, frozen=True):
    """A member as its headers describe it; `offset` is where its local header begins."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    offset: int

    @property
    def local(self) -> bytes:
        """Its local header."""
        name = self.name.encode("ascii")
        fixed = (self.method, _TIME, _DATE, self.crc, self.packed, self.size, len(name), 0)
        return LOCAL.pack(b"PK\x03\x04", _VERSION, 0, *fixed) + name

    @property
    def central(self) -> bytes:
        """Its entry in the central directory."""
        name = self.name.encode("ascii")
        fixed = (self.method, _TIME, _DATE, self.crc, self.packed, self.size, len(name), 0, 0, 0, 0, _RIGHTS)
        return CENTRAL.pack(b"PK\x01\x02", _MADE_BY, _VERSION, 0, *fixed, self.offset) + name

    @property
    def end(self) -> int:
        """Where the next header begins."""
        return self.offset + len(self.local) + self.packed


def is_bomb(packed: int, size: int) -> bool:
    """Whether a member unpacks to more than any that was written here."""
    return size > _RATIO_FROM_BYTES and size > HIGHEST_RATIO * max(1, packed)


def method_of(name: str) -> int:
    """How a member of that name is packed."""
    return STORED if name == SEAL or name.endswith(".jpg") else DEFLATED


def end_record(members: int, size: int, offset: int) -> bytes:
    """The last bytes of the file, after a central directory of that many bytes at that place."""
    return END.pack(END_MARK, 0, 0, members, members, size, offset, 0)


def seal_text(manifest_sha256: str, before: int, before_sha256: str) -> bytes:
    """What SEAL holds."""
    return f"hotich-seal 1\nmanifest {manifest_sha256}\nbefore {before} {before_sha256}\n".encode("ascii")


class ContainerWriter:
    """Writes members one after the other into a new file that can be read and sought. Raises OSError, PackageError."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._members: list[Member] = []

    def add(self, name: str, chunks: Iterable[bytes]) -> tuple[int, str]:
        """Adds a member in portions; its size and SHA-256."""
        offset = self._file.tell()
        self._file.write(Member(name, method_of(name), 0, 0, 0, offset).local)
        packer = zlib.compressobj(9, zlib.DEFLATED, -15) if method_of(name) == DEFLATED else None
        digest, crc, size, packed = hashlib.sha256(), 0, 0, 0
        for chunk in chunks:
            digest.update(chunk)
            crc, size = zlib.crc32(chunk, crc), size + len(chunk)
            packed += self._file.write(packer.compress(chunk) if packer else chunk)
        packed += self._file.write(packer.flush() if packer else b"")
        self._finish(Member(name, method_of(name), crc, packed, size, offset))
        return size, digest.hexdigest()

    def _finish(self, member: Member) -> None:
        if member.end > LARGEST_FILE or member.size > LARGEST_FILE or len(self._members) >= MOST_MEMBERS:
            raise PackageError("export-too-large", gigabytes=LARGEST_FILE // 2**30 + 1)
        self._file.seek(member.offset)
        self._file.write(member.local)
        self._file.seek(member.end)
        self._members.append(member)

    def close(self, manifest_sha256: str) -> str:
        """Adds SEAL and the directory of all members; the SHA-256 of the whole file."""
        before = self._file.tell()
        self._file.seek(0)
        digest = hashlib.sha256()
        while chunk := self._file.read(CHUNK):
            digest.update(chunk)
        self.add(SEAL, [seal_text(manifest_sha256, before, digest.hexdigest())])
        place = self._file.tell()
        directory = b"".join(member.central for member in self._members)
        self._file.write(directory + end_record(len(self._members), len(directory), place))
        self._file.seek(before)
        digest.update(self._file.read())
        return digest.hexdigest()
