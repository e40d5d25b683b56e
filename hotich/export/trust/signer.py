"""Who can sign: what the writer of a package asks of a key, wherever that key lies."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


class SignatureKind(StrEnum):
    """How a manifest was signed: by this program's own key, or by a certificate (CMS, RFC 5652)."""

    OWN_KEY = "ed25519"
    CERTIFICATE = "cms"


SignatureFile = Literal["manifest.sig", "manifest.p7s"]

SIGNATURE_FILES: Final[dict[SignatureKind, SignatureFile]] = {
    SignatureKind.OWN_KEY: "manifest.sig",
    SignatureKind.CERTIFICATE: "manifest.p7s",
}
"""The name of the signature beside `manifest.json`, by its kind."""


class Signer(Protocol):
    """Signs manifests. `name` is what people are shown, `fingerprint` what they compare."""

    @property
    def kind(self) -> SignatureKind: ...

    @property
    def name(self) -> str: ...

    @property
    def fingerprint(self) -> str: ...

    def sign(self, manifest: bytes) -> bytes:
        """The detached signature, which holds the time. Raises SetupError where the key cannot be used (any more)."""
        ...


class Identity(Protocol):
    """A certificate with its private key, in a file or on a token; `chain` holds the certificates above it."""

    @property
    def certificate(self) -> Certificate: ...

    @property
    def chain(self) -> tuple[Certificate, ...]: ...

    def sign_raw(self, data: bytes) -> bytes:
        """SHA-256 with RSA (PKCS #1 v1.5) or ECDSA (DER), by the certificate's kind of key. Raises SetupError."""
        ...


def signature_file(kind: SignatureKind) -> SignatureFile:
    """The name of the file beside a manifest."""
    return SIGNATURE_FILES[kind]


def now() -> datetime:
    """The time by this machine's clock, in UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)
