"""The files of a package held against its manifest, streaming."""

from __future__ import annotations

import hashlib
import re
import zipfile
from collections import Counter
from collections.abc import Iterator

import msgspec

from hotich.export.container import LARGEST_IN_ALL, is_bomb
from hotich.export.container_check import manifest_seal
from hotich.export.delta_check import check_delta
from hotich.export.jpeg import jpeg_size
from hotich.export.package_types import (
    FIXED_MEMBERS,
    MANIFEST,
    MANIFEST_SCHEMA,
    README,
    RECORDS,
    RECORDS_SCHEMA,
    SCHEMA_VERSION,
    SEAL,
    SIGNATURES,
    Manifest,
    page_file,
)
from hotich.export.problems import Fault, Problems
from hotich.export.records_check import RecordsChecker
from hotich.export.schema import NO_JSON, breach_of, manifest_schema, records_schema, schema_bytes
from hotich.export.signature_check import LARGEST_SIGNATURE, SignatureChecker
from hotich.export.trust.report import UNSIGNED, SignatureReport

_LARGEST_MANIFEST = 2**26
_LARGEST_SEAL = 2**10
_HEAD_BYTES = 2**17
_PORTION = 2**13
"""Small, because a damaged member is only told at its end, and the whole records before that are worth a look."""

_PAGE_NAME = re.compile(r"pages/[0-9]{4,5}\.jpg")


class _Version(msgspec.Struct, frozen=True):
    schema_version: str


class Contents(msgspec.Struct, frozen=True):
    """What could be read: the manifest, if any, and the number of records."""

    manifest: Manifest | None = None
    records: int = 0
    newer: bool = False
    signature: SignatureReport = UNSIGNED
    """Written by a program of which this one knows nothing: nothing else can be said."""


def check_contents(archive: zipfile.ZipFile, problems: Problems, signatures: SignatureChecker) -> Contents:
    """Everything wrong with the files of the archive."""
    infos = {info.filename: info for info in archive.infolist()}
    _check_names(archive, problems)
    if not _sizes_are_lawful(archive, problems):
        return Contents()
    if MANIFEST not in infos:
        problems.add("package-file-missing", file=MANIFEST)
        return Contents()
    data = _whole(archive, MANIFEST, _LARGEST_MANIFEST, problems)
    if data is None:
        return Contents()
    if newer := _newer_version(data):
        problems.add("package-newer", version=newer, known=SCHEMA_VERSION)
        return Contents(newer=True)
    _check_seal(archive, infos, data, problems)
    manifest = _manifest(data, problems)
    if manifest is None:
        return Contents()
    documents = {name: _whole(archive, name, LARGEST_SIGNATURE, problems) for name in SIGNATURES if name in infos}
    signature = signatures.check(data, manifest, documents, problems)
    _check_list(manifest, set(infos), problems)
    _check_pages(manifest, problems)
    check_delta(manifest, problems)
    checker = _FileChecker(archive, manifest, problems)
    for name in manifest.files:
        if name in infos:
            checker.check(name)
    return Contents(manifest, checker.records.records, signature=signature)


def _check_names(archive: zipfile.ZipFile, problems: Problems) -> None:
    for name, times in Counter(info.filename for info in archive.infolist()).items():
        if times > 1:
            problems.add("package-file-doubled", file=name)
        if _is_dangerous(name):
            problems.add("package-name-dangerous", file=name)


def _is_dangerous(name: str) -> bool:
    """Whether unpacking a file of that name could write outside the folder meant for it."""
    steps = name.replace("\\", "/").split("/")
    return name.startswith(("/", "\\")) or ".." in steps or "\\" in name or ":" in name or "\0" in name


def _sizes_are_lawful(archive: zipfile.ZipFile, problems: Problems) -> bool:
    """Whether everything may be unpacked, though only in portions."""
    lawful = True
    for info in archive.infolist():
        grown = is_bomb(info.compress_size, info.file_size)
        if grown or info.flag_bits & 1:
            problems.add("package-bomb" if grown else "package-encrypted", file=info.filename)
            lawful = False
    if sum(info.file_size for info in archive.infolist()) > LARGEST_IN_ALL:
        problems.add("package-bomb", file=archive.infolist()[0].filename)
        lawful = False
    return lawful


def _newer_version(data: bytes) -> str:
    """The version of a manifest of another major version; '' for one of ours, or one that cannot be read."""
    try:
        version = msgspec.json.decode(data, type=_Version).schema_version
    except (ValueError, RecursionError):
        return ""
    return "" if version.split(".")[0] == SCHEMA_VERSION.split(".")[0] else version


def _manifest(data: bytes, problems: Problems) -> Manifest | None:
    try:
        manifest = msgspec.json.decode(data, type=Manifest)
    except (ValueError, RecursionError):
        _tell_breach(data, NO_JSON, problems)
        return None
    if manifest.schema_version == SCHEMA_VERSION and msgspec.json.encode(manifest) != data:
        _tell_breach(data, None, problems)
    return manifest


def _tell_breach(data: bytes, otherwise: Fault | None, problems: Problems) -> None:
    """Where the manifest breaks its schema; `otherwise` is what is wrong with it where the schema finds nothing."""
    try:
        breach = breach_of(manifest_schema(), data)
    except (ValueError, RecursionError):
        breach = None
    place, how = breach or ("", otherwise)
    if how is None:
        problems.add("package-manifest-form")
    else:
        problems.add("package-manifest-breach", place=place, detail=how)


def _check_seal(
    archive: zipfile.ZipFile, infos: dict[str, zipfile.ZipInfo], manifest: bytes, problems: Problems
) -> None:
    if SEAL not in infos:
        problems.add("package-file-missing", file=SEAL)
        return
    text = _whole(archive, SEAL, _LARGEST_SEAL, problems)
    found = manifest_seal(text) if text is not None else None
    if text is not None and found is None:
        problems.add("package-seal-damaged")
    if found is not None and hashlib.sha256(manifest).hexdigest() != found[0]:
        problems.add("package-file-changed", file=MANIFEST)


def _check_list(manifest: Manifest, names: set[str], problems: Problems) -> None:
    """That the manifest names the files that there must be, and that these are there."""
    needed = {README, MANIFEST_SCHEMA, RECORDS_SCHEMA, RECORDS, *(page.file for page in manifest.pages)}
    for name in sorted(needed - set(manifest.files)):
        problems.add("package-file-unlisted", file=name)
    for name in sorted(set(manifest.files) - needed):
        problems.add("package-file-unlawful", file=name)
    for name in sorted((set(manifest.files) | needed) - names):
        problems.add("package-file-missing", file=name)
    for name in sorted(names - set(manifest.files) - {MANIFEST, SEAL, *SIGNATURES}):
        known = name in FIXED_MEMBERS or _PAGE_NAME.fullmatch(name)
        problems.add("package-file-unlisted" if known else "package-file-surplus", file=name)


def _check_pages(manifest: Manifest, problems: Problems) -> None:
    if manifest.counts.pages != len(manifest.pages):
        problems.add("package-count", what="pages", told=manifest.counts.pages, found=len(manifest.pages))
    for number, page in enumerate(manifest.pages, start=1):
        if page.number != number or page.file != page_file(number):
            problems.add("package-page-number", number=number)


class _FileChecker:
    """Reads the files of an archive and holds each against the manifest."""

    def __init__(self, archive: zipfile.ZipFile, manifest: Manifest, problems: Problems) -> None:
        self.records = RecordsChecker(manifest, problems)
        self._archive = archive
        self._files = manifest.files
        self._problems = problems
        self._pictures = {page.file: page.delivered for page in manifest.pages}
        schemas = {MANIFEST_SCHEMA: manifest_schema(), RECORDS_SCHEMA: records_schema()}
        self._schemas = schemas if manifest.schema_version == SCHEMA_VERSION else {}

    def check(self, name: str) -> None:
        """Tells what is wrong with one file."""
        digest, size, head = hashlib.sha256(), 0, b""
        try:
            for portion in _portions(self._archive, name):
                digest.update(portion)
                size += len(portion)
                head += portion[: max(0, _HEAD_BYTES - len(head))]
                if name == RECORDS:
                    self.records.feed(portion)
        except _DamagedError:
            self._problems.add("package-file-changed", file=name)
            return
        told = self._files[name]
        if digest.hexdigest() != told.sha256:
            self._problems.add("package-file-changed", file=name)
        elif size != told.size:
            self._problems.add("package-size", file=name, told=told.size, found=size)
        else:
            self._check_kind(name, head)
        if name == RECORDS:
            self.records.close()

    def _check_kind(self, name: str, head: bytes) -> None:
        """That a file is what the manifest and this version say of it, from its first bytes."""
        if name in self._pictures and jpeg_size(head) != self._pictures[name]:
            self._problems.add("package-picture", file=name)
        if name in self._schemas and head != schema_bytes(self._schemas[name]):
            self._problems.add("package-schema-differs", file=name)


class _DamagedError(Exception):
    """A file of the archive cannot be read to its end."""


def _portions(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """A file in portions. Raises _DamagedError."""
    try:
        with archive.open(name) as member:
            while portion := member.read(_PORTION):
                yield portion
    except Exception as error:  # Damaged members make zipfile and zlib raise whatever they please.
        raise _DamagedError from error


def _whole(archive: zipfile.ZipFile, name: str, limit: int, problems: Problems) -> bytes | None:
    """A small file at once; None, and a problem told, when it is damaged or too large."""
    try:
        if archive.getinfo(name).file_size <= limit:
            return b"".join(_portions(archive, name))
    except _DamagedError:
        pass
    problems.add("package-file-changed", file=name)
    return None
