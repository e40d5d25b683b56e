"""Whom this user believes: keys whose fingerprints people compared, and root certificates put into a folder."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import msgspec

from hotich.errors import PackageError, SetupError
from hotich.export.trust.certificates import certificate_fingerprint, read_certificates, subject_name
from hotich.signing import same_fingerprint

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

KEYS: Final = "known-signers.json"
ROOTS: Final = "roots"
_LARGEST: Final = 2**20
_SUFFIXES: Final = (".pem", ".crt", ".cer", ".der")


class KnownKey(msgspec.Struct, frozen=True):
    """A key or certificate that somebody here compared with its holder; `added_at` is ISO 8601, UTC."""

    fingerprint: str
    name: str
    added_at: str


class Trust(msgspec.Struct, frozen=True):
    """Whom to believe. `own` is the fingerprint of the user's own key, '' before there is one."""

    keys: tuple[KnownKey, ...] = ()
    roots: tuple[Any, ...] = ()
    own: str = ""

    def key(self, fingerprint: str) -> KnownKey | None:
        """The known key with that fingerprint."""
        return next((key for key in self.keys if same_fingerprint(key.fingerprint, fingerprint)), None)


NOBODY: Final = Trust()


def load_trust(folder: Path, own: str = "") -> Trust:
    """What the folder tells; files that are no certificates are passed over. Raises SetupError for a broken list."""
    return Trust(_keys(folder), tuple(certificate for _, certificate in root_files(folder)), own)


def _keys(folder: Path) -> tuple[KnownKey, ...]:
    file = folder / KEYS
    try:
        return msgspec.json.decode(file.read_bytes(), type=tuple[KnownKey, ...])
    except FileNotFoundError:
        return ()
    except (OSError, ValueError) as failure:
        raise SetupError("trust-list-broken", file=file) from failure


def root_files(folder: Path) -> Iterator[tuple[Path, Certificate]]:
    """The certificates in the folder of roots with their files."""
    roots = folder / ROOTS
    for file in sorted(roots.iterdir()) if roots.is_dir() else ():
        if file.suffix.lower() in _SUFFIXES and file.is_file() and file.stat().st_size <= _LARGEST:
            try:
                certificates = read_certificates(file.read_bytes())
            except (OSError, ValueError):
                continue
            yield from ((file, certificate) for certificate in certificates)


def add_key(folder: Path, key: KnownKey) -> None:
    """Believes a key from now on, under that name. Raises SetupError."""
    others = tuple(known for known in _keys(folder) if not same_fingerprint(known.fingerprint, key.fingerprint))
    _write(folder, (*others, key))


def add_root(folder: Path, file: Path) -> tuple[Certificate, ...]:
    """Copies a file of certificates into the folder of roots. Raises PackageError when it holds none."""
    certificates = read_certificate_file(file)
    target = folder / ROOTS / f"{certificate_fingerprint(certificates[0]).replace(' ', '')}.pem"
    try:
        target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        target.write_bytes(b"".join(_pem(certificate) for certificate in certificates))
    except OSError as failure:
        raise SetupError("trust-cannot-write", folder=folder, detail=failure.strerror or failure) from failure
    return certificates


def read_certificate_file(file: Path) -> tuple[Certificate, ...]:
    """The certificates of a file. Raises PackageError when it holds none."""
    try:
        return read_certificates(file.read_bytes()[:_LARGEST])
    except (OSError, ValueError) as failure:
        raise PackageError("trust-no-certificate", file=file.name) from failure


def remove(folder: Path, wanted: str) -> tuple[str, ...]:
    """Believes no longer the keys and roots with that fingerprint or name; the names of those. Raises SetupError."""
    gone = [key for key in _keys(folder) if wanted == key.name or same_fingerprint(key.fingerprint, wanted)]
    if gone:
        _write(folder, tuple(key for key in _keys(folder) if key not in gone))
    return (*(key.name for key in gone), *_remove_roots(folder, wanted))


def _remove_roots(folder: Path, wanted: str) -> Iterator[str]:
    for file, certificate in tuple(root_files(folder)):
        name = subject_name(certificate)
        if wanted == name or same_fingerprint(certificate_fingerprint(certificate), wanted):
            file.unlink(missing_ok=True)
            yield name


def _pem(certificate: Certificate) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding

    return certificate.public_bytes(Encoding.PEM)


def _write(folder: Path, keys: tuple[KnownKey, ...]) -> None:
    file = folder / KEYS
    half = file.with_name(f"{file.name}.half")
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        half.write_bytes(msgspec.json.format(msgspec.json.encode(keys), indent=2))
        half.replace(file)
    except OSError as failure:
        raise SetupError("trust-cannot-write", folder=folder, detail=failure.strerror or failure) from failure
