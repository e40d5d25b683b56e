"""What an extract says, as values, and the bytes of it that are signed."""

from __future__ import annotations

import hashlib

import msgspec

from hotich.values import RecordType

HASH_BYTES = 16
"""Of the SHA-256 that goes into the QR code: 128 bits, so that nobody finds a second content with the same ones."""


class ExtractCell(msgspec.Struct, frozen=True):
    """A label and what the register says there, as printed. `absent` where the register says nothing."""

    label: str
    value: str
    absent: bool = False


class ExtractSection(msgspec.Struct, frozen=True):
    """Lines under a heading, '' for none; the cells of a line stand beside one another."""

    heading: str
    lines: tuple[tuple[ExtractCell, ...], ...]


class PictureFact(msgspec.Struct, frozen=True):
    """A picture of the page that comes with the extract: SHA-256 of its JPEG, and its size on paper in millimetres."""

    sha256: str
    width: float
    height: float


class ExtractContent(msgspec.Struct, frozen=True):
    """Everything that can be read on an extract. Dates are as printed; `issued` is the day in ISO 8601.

    `layout` is the revision of the drawing, so that a later program knows whether it draws the same sheet.
    `serial` is '' on a preview.
    """

    record_type: RecordType
    title: str
    register: str
    issuer: str
    place: str
    serial: str
    issued: str
    office: str
    number: str
    book: str
    registered: str
    people: tuple[str, ...]
    sections: tuple[ExtractSection, ...]
    notes: tuple[str, ...]
    recipient: str
    purpose: str
    signer_name: str
    signer_office: str
    pictures: tuple[PictureFact, ...] = ()
    practice: bool = False
    """Of a made-up book: the sheets say so."""
    layout: int = 1
    version: int = 1


def canonical(content: ExtractContent) -> bytes:
    """The content as JSON, the same bytes for equal contents."""
    return msgspec.json.encode(content, order="deterministic")


def read_content(data: bytes) -> ExtractContent:
    """The content of its JSON. Raises msgspec.MsgspecError."""
    return msgspec.json.decode(data, type=ExtractContent)


def content_hash(content: bytes) -> bytes:
    """What stands for a content, given as `canonical` writes it, in the signed payload."""
    return hashlib.sha256(content).digest()[:HASH_BYTES]
