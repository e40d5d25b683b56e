"""The records of a package that was verified, one at a time, however many there are."""

from __future__ import annotations

import hashlib
import zipfile
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from hotich.errors import PackageError
from hotich.export.container import CHUNK
from hotich.export.package_types import MANIFEST, RECORDS, Manifest, PackageRecord
from hotich.export.records_json import BETWEEN, CLOSING, OPENING
from hotich.export.trust.locked import open_package
from hotich.export.trust.locks import Unlock

_NO_RECORD = {OPENING.strip(), CLOSING.strip(), b""}


class TakenRecord(msgspec.Struct, frozen=True):
    """A record with the SHA-256 of its line, which is the one that the manifest gives."""

    record: PackageRecord
    sha256: str


class PackageReader:
    """An open package; use it in a `with` statement. It does not verify: `hotich.export.verify` does."""

    def __init__(self, path: Path, unlock: Unlock | None = None) -> None:
        """Raises PackageError when the file cannot be opened or read, as a locked one without its key."""
        self.path = path
        try:
            self._file = open_package(path, unlock)
        except OSError as error:
            raise PackageError("package-cannot-open", file=path.name, detail=error.strerror or error) from error
        try:
            self.sha256 = self._digest()
            self._archive = zipfile.ZipFile(self._file)
            self.manifest = msgspec.json.decode(self._archive.read(MANIFEST), type=Manifest)
        except (OSError, KeyError, ValueError, zipfile.BadZipFile) as error:
            self._file.close()
            raise PackageError("package-cannot-open", file=path.name, detail=error) from error

    def _digest(self) -> str:
        digest = hashlib.sha256()
        while portion := self._file.read(CHUNK):
            digest.update(portion)
        self._file.seek(0)
        return digest.hexdigest()

    def records(self) -> Iterator[TakenRecord]:
        """The records in the order of the book. Raises PackageError where one is not as the manifest says."""
        told = {check.record_id: check.sha256 for check in self.manifest.records}
        decoder = msgspec.json.Decoder(PackageRecord)
        with self._archive.open(RECORDS) as lines:
            for line in lines:
                text = line.rstrip(b"\n").removesuffix(BETWEEN.strip())
                if text in _NO_RECORD:
                    continue
                taken = TakenRecord(decoder.decode(text), hashlib.sha256(text).hexdigest())
                if told.get(taken.record.record_id) != taken.sha256:
                    raise PackageError("package-changed-meanwhile", file=self.path.name)
                yield taken

    def close(self) -> None:
        """Lets go of the file."""
        self._archive.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()
