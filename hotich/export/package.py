"""Writing a package: the pages and records of a book in one sealed file."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import IO, BinaryIO, cast

import msgspec

from hotich.export.container import CHUNK, ContainerWriter
from hotich.export.manifest import ManifestBuilder
from hotich.export.naming import SUFFIX, package_stem
from hotich.export.new_file import new_file
from hotich.export.package_types import (
    MANIFEST,
    MANIFEST_SCHEMA,
    README,
    RECORDS,
    RECORDS_SCHEMA,
    SCHEMA_VERSION,
    FileCheck,
    SignedBy,
)
from hotich.export.records_json import BETWEEN, CLOSING, OPENING, PackageContent, check_of, line_of, record_of
from hotich.export.schema import manifest_schema, records_schema, schema_bytes
from hotich.export.trust import Signer, signature_file
from hotich.messages import sentence

_SPOOL_BYTES = 16 * 2**20
"""Records beyond this wait on disk until the pictures are written."""

_PRACTICE = "\n*** DỮ LIỆU THỰC HÀNH: người và việc đều bịa ra, KHÔNG được nạp vào hệ thống quốc gia. ***\n"


class BuiltPackage(msgspec.Struct, frozen=True):
    """A package on disk, its SHA-256 and the number of its records."""

    path: Path
    sha256: str
    records: int


def build_package(content: PackageContent, folder: Path, signer: Signer | None = None) -> BuiltPackage:
    """The package, under a free name in the folder; the same content gives the same bytes as long as nobody signs.

    The name appears when all of it is on disk. Raises SetupError without room or where the key cannot be used,
    PackageError where the folder cannot be written or the package would grow beyond 4 GiB.
    """
    path, (sha256, records) = new_file(
        folder, _stem(content), SUFFIX, lambda file: _write(content, file, folder, signer)
    )
    return BuiltPackage(path, sha256, records)


def _stem(content: PackageContent) -> str:
    """`KS.1982.01`, and `KS.1982.01.delta-3` for the third package of a book when it tells changes only."""
    stem = package_stem(content.book)
    return stem if content.delta is None else f"{stem}.delta-{content.number}"


def _write(content: PackageContent, file: BinaryIO, folder: Path, signer: Signer | None) -> tuple[str, int]:
    """The SHA-256 of the file written and the number of its records."""
    writer, builder = ContainerWriter(file), ManifestBuilder(content)
    files: dict[str, FileCheck] = {}

    def add(name: str, chunks: Iterator[bytes]) -> None:
        size, sha256 = writer.add(name, chunks)
        files[name] = FileCheck(size=size, sha256=sha256)

    for name, data in _leaflets(content):
        add(name, iter([data]))
    with tempfile.SpooledTemporaryFile(_SPOOL_BYTES, dir=str(folder)) as spool:
        lines = cast(IO[bytes], spool)
        lines.write(OPENING)
        for page in content.pages:
            noted = builder.add_page(page)
            add(noted.file, iter([page.jpeg]))
            for record in page.records:
                told = record_of(record, content.book, content.spec, noted)
                line = line_of(told)
                lines.write((BETWEEN if builder.records else b"") + line)
                builder.add_record(told, check_of(told, line))
        lines.write(CLOSING)
        lines.seek(0)
        add(RECORDS, iter(lambda: lines.read(CHUNK), b""))
    signed_by = _signed_by(signer) if signer is not None else None
    manifest = msgspec.json.encode(builder.manifest(files, signed_by))
    writer.add(MANIFEST, [manifest])
    if signer is not None:
        writer.add(signature_file(signer.kind), [signer.sign(manifest)])
    return writer.close(hashlib.sha256(manifest).hexdigest()), builder.records


def _signed_by(signer: Signer) -> SignedBy:
    return SignedBy(file=signature_file(signer.kind), name=signer.name, fingerprint=signer.fingerprint)


def _of_delta(content: PackageContent) -> str:
    """What the person who receives changes only must know."""
    delta = content.delta
    if delta is None:
        return ""
    facts = {"base": str(delta.base), "base_file": delta.base_file, "reason": delta.reason}
    return f"\n{sentence('export-readme-delta', facts)}\n"


def _leaflets(content: PackageContent) -> Iterator[tuple[str, bytes]]:
    """What a package holds whatever its records are."""
    text = (resources.files("hotich.export") / "readme.txt").read_text(encoding="utf-8")
    book = content.book
    facts = {"title": content.spec.title, "year": book.year, "number": book.number, "place": book.place}
    notice = (_PRACTICE if book.practice else "") + _of_delta(content)
    # Clerks' editors on Windows know such a file by its first bytes and end lines in two characters.
    readme = text.format(schema=SCHEMA_VERSION, practice=notice, **facts).replace("\n", "\r\n")
    yield README, readme.encode("utf-8-sig")
    yield MANIFEST_SCHEMA, schema_bytes(manifest_schema())
    yield RECORDS_SCHEMA, schema_bytes(records_schema())
