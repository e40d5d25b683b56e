"""Reading a package back and telling everything that was done to it since it was written."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import BinaryIO

import msgspec

from hotich.errors import PackageError
from hotich.export.container_check import Container, check_container
from hotich.export.contents_check import Contents, check_contents
from hotich.export.package_types import PackageBook
from hotich.export.problems import Problems
from hotich.export.signature_check import SignatureChecker
from hotich.export.trust.known import NOBODY, Trust
from hotich.export.trust.locked import WrongChunkError, open_package
from hotich.export.trust.locks import Unlock
from hotich.export.trust.report import UNSIGNED, SignatureReport
from hotich.messages import Language
from hotich.values import Finding


class Verification(msgspec.Struct, frozen=True):
    """What was found: `ok` when nothing is wrong. Notes, as that of a practice package, are no fault.

    `signature` tells who signed and what is known of them here; an unknown signer is no fault of the package.
    """

    ok: bool
    problems: tuple[Finding, ...]
    book: PackageBook | None
    records: int
    signature: SignatureReport = UNSIGNED


def verify(
    path: Path, language: Language = Language.VIETNAMESE, trust: Trust = NOBODY, unlock: Unlock | None = None
) -> Verification:
    """Every change of the package, in portions that stay small however large it is.

    Damage of any kind is told, never raised. Raises PackageError when the file cannot be opened, as a locked one
    without its key; `unlock` holds that.
    """
    problems = Problems(language)
    contents = Contents()
    try:
        with open_package(path, unlock) as file:
            contents = _contents(file, problems, SignatureChecker(trust, language))
            _check(file, contents, problems)
    except WrongChunkError as error:
        problems.add("package-locked-damaged", number=error.facts["number"])
    except OSError as error:
        raise PackageError("package-cannot-open", file=path.name, detail=error.strerror or error) from error
    book = contents.manifest.book if contents.manifest is not None else None
    return Verification(not problems.any, problems.findings, book, contents.records, contents.signature)


def _check(file: BinaryIO, contents: Contents, problems: Problems) -> None:
    container = check_container(file)
    if not contents.newer:
        _tell_container(container, problems)
    if contents.manifest is not None and contents.manifest.practice:
        problems.tell("package-practice")


def _contents(file: BinaryIO, problems: Problems, signatures: SignatureChecker) -> Contents:
    try:
        archive = zipfile.ZipFile(file)
    except Exception:  # Damaged archives make zipfile raise whatever it pleases; the container check says where.
        return Contents()
    with archive:
        return check_contents(archive, problems, signatures)


def _tell_container(container: Container, problems: Problems) -> None:
    """The seal covers every byte, so it is only worth a word where nothing nearer the fault was found."""
    if container.fault is not None:
        problems.add_fault(container.fault)
    elif container.broken_seal and not problems.any:
        problems.add("package-bytes-changed")
