"""The lines of a stream, as types: each is one JSON object that says by `kind` what it is."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from hotich.export.package_types import (
    Count,
    History,
    Number,
    PackageBook,
    PackageRecord,
    Part,
    Program,
    Sha256,
    Size,
    Text,
    Turn,
)
from hotich.forms.formspec import RecordSpec
from hotich.values import Book, Record, SourcePage


class StreamHead(Part, frozen=True, tag_field="kind", tag="stream"):
    """The first line. A stream holds made-up records only, or none."""

    schema_version: str
    program: Program
    practice: bool


class StreamBook(PackageBook, frozen=True, kw_only=True, tag_field="kind", tag="book"):
    """A book; its pages and records follow until the next book."""

    history: History


class StreamPage(Part, frozen=True, tag_field="kind", tag="page"):
    """A page; its records follow. No picture goes along: `delivered` is the original turned upright."""

    book_id: Text
    number: Number
    page_id: Text
    source_name: str
    source_sha256: Sha256
    frame: Count
    turn: Turn
    original: Size
    delivered: Size


class StreamRecord(PackageRecord, frozen=True, kw_only=True, tag_field="kind", tag="record"):
    """A record as in a package, with its book."""

    book_id: Text


class StreamEnd(Part, frozen=True, tag_field="kind", tag="end"):
    """The last line: a stream without it was cut off. The hash is of all bytes before this line."""

    books: Count
    records: Count
    sha256: Sha256


StreamLine = StreamHead | StreamBook | StreamPage | StreamRecord | StreamEnd


class StreamedPage(msgspec.Struct, frozen=True):
    """A page with its approved records in the order of their entries."""

    source: SourcePage
    records: tuple[Record, ...]


class StreamedBook(msgspec.Struct, frozen=True):
    """A book and its pages, which come one at a time."""

    book: Book
    spec: RecordSpec
    history: History
    pages: Iterable[StreamedPage]
