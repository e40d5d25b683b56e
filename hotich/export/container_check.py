"""Whether the container of a package is as it was written: every byte of its structure, and the seal."""

from __future__ import annotations

import hashlib
import os
import re
import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from hotich.export.container import (
    CENTRAL,
    CHUNK,
    DEFLATED,
    END,
    END_MARK,
    Member,
    end_record,
    is_bomb,
    method_of,
    seal_text,
)
from hotich.export.package_types import (
    MANIFEST,
    MANIFEST_SCHEMA,
    README,
    RECORDS,
    RECORDS_SCHEMA,
    SEAL,
    SIGNATURES,
    page_file,
)
from hotich.export.problems import Fault

_LONGEST_COMMENT = 2**16
_LARGEST_DIRECTORY = 2**23
_LARGEST_SEAL = 1024
_SEAL = re.compile(rb"hotich-seal 1\nmanifest ([0-9a-f]{64})\nbefore ([0-9]{1,12}) ([0-9a-f]{64})\n")


class Container(msgspec.Struct, frozen=True):
    """The fault of the structure; where there is none, `broken_seal` says that bytes are not as they were sealed."""

    fault: Fault | None
    broken_seal: bool = False


def check_container(file: BinaryIO) -> Container:
    """The first fault of the structure, if any. Raises OSError."""
    try:
        members = _members(file)
        seal_at = members[-1].offset
        sealed = _seal(file, members[-1])
        return Container(None, broken_seal=_sha256_before(file, seal_at) != sealed)
    except _FaultError as found:
        return Container(found.fault)


class _FaultError(Exception):
    def __init__(self, key: str, **facts: object) -> None:
        self.fault = Fault(key, dict(facts))


def _members(file: BinaryIO) -> tuple[Member, ...]:
    """The members in order, every header of them as it must be."""
    count, directory_at, directory = _directory(file)
    members: list[Member] = []
    at = place = 0
    while at < len(directory):
        member = _entry(directory, at, directory_at)
        if member.offset != place or _read(file, place, len(member.local)) != member.local:
            raise _FaultError("package-structure", offset=min(place, member.offset))
        _check_packing(file, member)
        members.append(member)
        at, place = at + len(member.central), member.end
    if place != directory_at or len(members) != count:
        raise _FaultError("package-structure", offset=place)
    names = tuple(member.name for member in members)
    if names != _lawful_names(len(members), names[-2:-1]):
        raise _FaultError("package-order")
    return tuple(members)


def _directory(file: BinaryIO) -> tuple[int, int, bytes]:
    """How many members there are, where the central directory begins, and its bytes; what follows is as it must be."""
    size = file.seek(0, os.SEEK_END)
    start = max(0, size - END.size - _LONGEST_COMMENT)
    tail = _read(file, start, size - start)
    found = tail.rfind(END_MARK)
    if found < 0 or len(tail) - found < END.size:
        raise _FaultError("package-not-zip")
    if surplus := len(tail) - found - END.size:
        raise _FaultError("package-tail", bytes=surplus)
    count, length, place = END.unpack(tail[found:])[4:7]
    as_written = tail[found:] == end_record(count, length, place)
    if not as_written or place + length != start + found or length > _LARGEST_DIRECTORY:
        raise _FaultError("package-structure", offset=start + found)
    return count, place, _read(file, place, length)


def _entry(directory: bytes, at: int, directory_at: int) -> Member:
    """The member whose entry begins there, when the entry is as it must be."""
    try:
        fields = CENTRAL.unpack_from(directory, at)
        name = directory[at + CENTRAL.size :][: fields[10]].decode("ascii")
    except (struct.error, UnicodeDecodeError):
        raise _FaultError("package-structure", offset=directory_at + at) from None
    member = Member(name, method_of(name), fields[7], fields[8], fields[9], fields[16])
    if directory[at : at + len(member.central)] != member.central:
        raise _FaultError("package-structure", offset=directory_at + at)
    return member


def _check_packing(file: BinaryIO, member: Member) -> None:
    """That the packed bytes are one stream that ends where they end: nothing hides behind it."""
    if is_bomb(member.packed, member.size):
        raise _FaultError("package-bomb", file=member.name)
    whole = member.packed == member.size if member.method != DEFLATED else _is_one_stream(file, member)
    if not whole:
        raise _FaultError("package-structure", offset=member.offset)


def _is_one_stream(file: BinaryIO, member: Member) -> bool:
    unpacker = zlib.decompressobj(-15)
    size = 0
    try:
        for portion in _portions(file, member.offset + len(member.local), member.packed):
            waiting = portion
            while not unpacker.eof and (unpacked := unpacker.decompress(waiting, CHUNK)):
                size += len(unpacked)
                waiting = unpacker.unconsumed_tail
                if size > member.size:
                    return False
    except zlib.error:
        return False
    return unpacker.eof and not unpacker.unused_data and size == member.size


def _lawful_names(count: int, before_seal: tuple[str, ...]) -> tuple[str, ...]:
    signature = before_seal if before_seal and before_seal[0] in SIGNATURES else ()
    pages = (page_file(number) for number in range(1, count - 5 - len(signature)))
    return (README, MANIFEST_SCHEMA, RECORDS_SCHEMA, *pages, RECORDS, MANIFEST, *signature, SEAL)


def _seal(file: BinaryIO, member: Member) -> str:
    """The hash that SEAL gives for all bytes before it."""
    text = _read(file, member.offset + len(member.local), min(member.packed, _LARGEST_SEAL))
    found = manifest_seal(text)
    if found is None or zlib.crc32(text) != member.crc or text != seal_text(found[0], member.offset, found[1]):
        raise _FaultError("package-seal-damaged")
    return found[1]


def manifest_seal(text: bytes) -> tuple[str, str] | None:
    """The hashes of the manifest and of all before the seal that a seal gives; None when it is no seal."""
    found = _SEAL.fullmatch(text)
    return (found[1].decode("ascii"), found[3].decode("ascii")) if found else None


def _sha256_before(file: BinaryIO, end: int) -> str:
    digest = hashlib.sha256()
    for portion in _portions(file, 0, end):
        digest.update(portion)
    return digest.hexdigest()


def _portions(file: BinaryIO, start: int, length: int) -> Iterator[bytes]:
    file.seek(start)
    while length > 0 and (portion := file.read(min(CHUNK, length))):
        length -= len(portion)
        yield portion


def _read(file: BinaryIO, start: int, length: int) -> bytes:
    file.seek(start)
    return file.read(length)
