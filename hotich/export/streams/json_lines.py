"""JSON Lines: one object a line, UTF-8, a line feed after each. What was written is forgotten at once."""

from __future__ import annotations

import hashlib
from typing import BinaryIO

import msgspec

import hotich
from hotich.export.geometry import upright_page
from hotich.export.manifest import package_book
from hotich.export.package_types import SCHEMA_VERSION, ManifestPage, PackageRecord, Program
from hotich.export.records_json import record_of
from hotich.export.streams.stream_types import StreamBook, StreamedBook, StreamEnd, StreamHead, StreamPage

_PORTION = 2**18
"""Bytes that are gathered before they are written."""

_COMMA = ord(",")


class JsonLines:
    """Writes books into an open file; `close` when there are no more. Raises OSError, PackageError."""

    def __init__(self, file: BinaryIO, *, practice: bool) -> None:
        self.books = 0
        self.records = 0
        self._file = file
        self._digest = hashlib.sha256()
        self._waiting = bytearray()
        self._encoder = msgspec.json.Encoder()
        program = Program(name="HoTich", version=hotich.__version__)
        self._line(StreamHead(schema_version=SCHEMA_VERSION, program=program, practice=practice))

    def add(self, streamed: StreamedBook) -> int:
        """Writes a book with its pages and records; the number of these."""
        before, book = self.records, streamed.book
        told = msgspec.structs.asdict(package_book(book, streamed.spec))
        self._line(StreamBook(**told, history=streamed.history))
        for number, page in enumerate(streamed.pages, start=1):
            noted = upright_page(page.source, number)
            self._line(_page(noted, book.book_id))
            for record in page.records:
                self.add_record(record_of(record, book, streamed.spec, noted), book.book_id)
        self.books += 1
        return self.records - before

    def add_record(self, record: PackageRecord, book_id: str) -> None:
        """Writes one record of the book begun last."""
        # Its object begins like every line of a stream and goes on as in a package: a comma where that one's brace is.
        self._waiting += b'{"kind":"record","book_id":' + msgspec.json.encode(book_id)
        joint = len(self._waiting)
        self._encoder.encode_into(record, self._waiting, joint)
        self._waiting[joint] = _COMMA
        self._end_line()
        self.records += 1

    def close(self) -> str:
        """Writes the last line; the SHA-256 of the whole file."""
        self._flush()
        self._line(StreamEnd(books=self.books, records=self.records, sha256=self._digest.hexdigest()))
        self._flush()
        return self._digest.hexdigest()

    def _line(self, line: msgspec.Struct) -> None:
        self._encoder.encode_into(line, self._waiting, len(self._waiting))
        self._end_line()

    def _end_line(self) -> None:
        self._waiting += b"\n"
        if len(self._waiting) >= _PORTION:
            self._flush()

    def _flush(self) -> None:
        self._digest.update(self._waiting)
        self._file.write(self._waiting)
        self._waiting.clear()


def _page(page: ManifestPage, book_id: str) -> StreamPage:
    return StreamPage(
        book_id=book_id,
        number=page.number,
        page_id=page.page_id,
        source_name=page.source_name,
        source_sha256=page.source_sha256,
        frame=page.frame,
        turn=page.turn,
        original=page.original,
        delivered=page.delivered,
    )
