"""A certificate with its key in a PKCS#12 file (`.p12`, `.pfx`), opened by a passphrase."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hotich.errors import SetupError
from hotich.export.trust.certificates import is_valid_at, is_weak, may_sign, subject_name
from hotich.export.trust.signer import now

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LARGEST = 2**22


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class FileIdentity:
    """A certificate whose key was read from a file. It shows nothing of the key."""

    certificate: Certificate
    chain: tuple[Certificate, ...]
    private: Any

    def sign_raw(self, data: bytes) -> bytes:
        """SHA-256 with RSA or ECDSA."""
        from cryptography.hazmat.primitives import hashes
        from cryptography.hazmat.primitives.asymmetric import ec, padding

        if isinstance(self.private, ec.EllipticCurvePrivateKey):
            return self.private.sign(data, ec.ECDSA(hashes.SHA256()))
        signature: bytes = self.private.sign(data, padding.PKCS1v15(), hashes.SHA256())
        return signature


def open_key_file(path: Path, passphrase: str) -> FileIdentity:
    """The certificate and key of the file. Raises SetupError: wrong passphrase, no key in it, an unknown kind."""
    from cryptography.hazmat.primitives.asymmetric import ec, rsa
    from cryptography.hazmat.primitives.serialization import pkcs12

    data = _read(path)
    try:
        told = pkcs12.load_pkcs12(data, encoded(passphrase))
    except ValueError as failure:
        # The library says the same of a wrong passphrase and of damage; its words may not hold the passphrase.
        raise SetupError("key-file-locked", file=path.name) from failure
    if told.cert is None or not isinstance(told.key, (rsa.RSAPrivateKey, ec.EllipticCurvePrivateKey)):
        raise SetupError("key-file-without-key", file=path.name)
    chain = tuple(other.certificate for other in told.additional_certs)
    return FileIdentity(told.cert.certificate, chain, told.key)


def _read(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return file.read(LARGEST)
    except OSError as failure:
        raise SetupError("key-file-unreadable", file=path, detail=failure.strerror or failure) from failure


def encoded(passphrase: str) -> bytes:
    """A passphrase as bytes: the same for all ways of composing Vietnamese letters."""
    return unicodedata.normalize("NFC", passphrase).encode()


def check_fit_to_sign(certificate: Certificate, moment: datetime | None = None) -> None:
    """Raises SetupError for a certificate that has run out, is not valid yet, is not for signing, or is weak."""
    moment = moment or now()
    facts = {
        "name": subject_name(certificate),
        "start": f"{certificate.not_valid_before_utc:%d.%m.%Y}",
        "end": f"{certificate.not_valid_after_utc:%d.%m.%Y}",
    }
    if not is_valid_at(certificate, moment):
        late = moment > certificate.not_valid_after_utc
        raise SetupError("certificate-expired" if late else "certificate-early", **facts)
    if not may_sign(certificate):
        raise SetupError("certificate-not-for-signing", **facts)
    if is_weak(certificate):
        raise SetupError("certificate-weak", **facts)
