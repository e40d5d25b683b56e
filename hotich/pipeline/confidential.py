"""Adoptions are confidential: their books leave locked, or with a supervisor's reason that stays in the history."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

import msgspec

from hotich.errors import PackageError, PolicyError
from hotich.export.naming import SUFFIX as PACKAGE_SUFFIX
from hotich.export.new_file import new_file
from hotich.export.trust.key_file import open_key_file
from hotich.export.trust.known import read_certificate_file
from hotich.export.trust.locked import CHUNK, SUFFIX, is_locked, lock, open_package
from hotich.export.trust.locks import SHORTEST_PASSPHRASE, HeldKey, KnownFileKey, Lock, Passphrase, Recipient, Unlock
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.redaction import is_confidential
from hotich.values import Actor, Book, Role

__all__ = ["SHORTEST_PASSPHRASE", "is_locked", "is_confidential", "Lock", "Passphrase", "Protection", "Unlock"]


class Protection(msgspec.Struct, frozen=True):
    """How a confidential book leaves: locked for these, or unlocked for the reason that a supervisor gives."""

    locks: tuple[Lock, ...] = ()
    plain_reason: str = ""


def require_protection(book: Book, actor: Actor, protection: Protection) -> None:
    """Raises PolicyError when a confidential book would leave unlocked without a supervisor's reason."""
    if not is_confidential(book) or protection.locks:
        return
    if not protection.plain_reason.strip():
        raise PolicyError("export-confidential-needs-lock")
    if actor.role is not Role.SUPERVISOR:
        raise PolicyError("export-confidential-supervisor")


def recipient(file: Path) -> Recipient:
    """Locks for the holder of the certificate in that file (PEM, DER). Raises PackageError when it holds none."""
    return Recipient(read_certificate_file(file)[0])


def held_key(file: Path, passphrase: str) -> HeldKey:
    """Opens with the key in a PKCS#12 file. Raises SetupError: passphrase, no key."""
    return HeldKey(open_key_file(file, passphrase))


UNPROTECTED = Protection()
_UNLOCKED = ".unlocked-"


@contextmanager
def private_folder(workspace: Path) -> Iterator[Path]:
    """A folder inside the workspace, for its owner alone, for what is not locked yet; it is gone afterwards."""
    own = f"{_UNLOCKED}{os.getpid()}-"
    for left in workspace.glob(f"{_UNLOCKED}*"):
        # Of a process that was killed: only one at a time may write to a workspace.
        if not left.name.startswith(own):
            shutil.rmtree(left, ignore_errors=True)
    with tempfile.TemporaryDirectory(prefix=own, dir=workspace, ignore_cleanup_errors=True) as folder:
        yield Path(folder)


def locked_copy(plain: Path, folder: Path, locks: Sequence[Lock], ticket: Ticket = SILENT) -> Path:
    """The file, locked, under a free name in the folder, and read back.

    Raises SetupError, PackageError where it cannot be written or does not read back, and Cancelled; then it is not
    there.
    """
    digest = hashlib.sha256()
    portions = 1 + plain.stat().st_size // CHUNK

    def step(done: int) -> None:
        ticket.check()
        ticket.progress(done // CHUNK, portions, plain.name)

    def write(target: BinaryIO) -> bytes:
        with plain.open("rb") as source:
            return lock(source, target, locks, step)

    kind = PACKAGE_SUFFIX if plain.name.endswith(PACKAGE_SUFFIX) else plain.suffix
    path, key = new_file(folder, plain.name.removesuffix(kind), kind + SUFFIX, write)
    with plain.open("rb") as source:
        while portion := source.read(CHUNK):
            digest.update(portion)
    try:
        if _sha256(path, KnownFileKey(key)) != digest.hexdigest():
            raise PackageError("locked-not-read-back")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return path


def _sha256(path: Path, unlock: Unlock) -> str:
    digest = hashlib.sha256()
    with open_package(path, unlock) as file:
        while portion := file.read(CHUNK):
            digest.update(portion)
    return digest.hexdigest()


def unlock_to(path: Path, folder: Path, unlock: Unlock, ticket: Ticket = SILENT) -> Path:
    """The package inside a locked file, written into the folder for its owner alone.

    Raises PackageError: not locked, the wrong key, damaged (then nothing is left), a file of that name is there.
    """
    if not is_locked(path):
        raise PackageError("unlock-not-locked", file=path.name)
    target = folder / path.name.removesuffix(SUFFIX)
    with open_package(path, unlock) as source:
        half = folder / f".{target.name}.{os.getpid()}.part"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
                while portion := source.read(CHUNK):
                    ticket.check()
                    file.write(portion)
            _take(half, target)
        except OSError as failure:
            raise PackageError("export-cannot-write", folder=folder, detail=failure.strerror or failure) from failure
        finally:
            half.unlink(missing_ok=True)
    return target


def _take(half: Path, target: Path) -> None:
    if target.exists():
        raise PackageError("unlock-target-exists", file=target)
    half.replace(target)
