"""A made-up certificate authority: root, middle, and people who sign."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

PASSPHRASE = "Mật khẩu của xã 2026"
LONG = timedelta(days=3650)


@dataclass(frozen=True)
class Holder:
    """A certificate, its key, and the certificates above it."""

    certificate: x509.Certificate
    key: Any
    above: tuple[x509.Certificate, ...] = ()

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)

    def file(self, path: Path, passphrase: str = PASSPHRASE, extra: tuple[x509.Certificate, ...] = ()) -> Path:
        """A PKCS#12 file."""
        lock = serialization.BestAvailableEncryption(passphrase.encode())
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(b"ky", self.key, self.certificate, [*self.above, *extra], lock)
        )
        return path


def new_key(kind: str) -> Any:
    """A key of that kind: `rsa`, `ec`, or a weak one."""
    if kind == "ec":
        return ec.generate_private_key(ec.SECP256R1())
    return rsa.generate_private_key(65537, 1024 if kind == "weak" else 2048)


def made(
    name: str,
    issuer: Holder | None = None,
    kind: str = "ec",
    *,
    authority: bool = False,
    span: tuple[timedelta, timedelta] = (-timedelta(days=30), LONG),
    signs: bool = True,
    key: Any = None,
) -> Holder:
    """A certificate from 30 days ago on, issued by that holder or by itself."""
    key = key or new_key(kind)
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COMMON_NAME, name),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "UBND xã Tân Lập"),
            x509.NameAttribute(NameOID.USER_ID, "CCCD:001099000001"),
        ]
    )
    now = datetime.now(UTC).replace(microsecond=0)
    usage = {
        name: False
        for name in (
            "key_encipherment", "data_encipherment", "key_agreement", "encipher_only", "decipher_only",
        )
    }  # fmt: skip
    signing_key = issuer.key if issuer else key
    built = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.certificate.subject if issuer else subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now + span[0])
        .not_valid_after(now + span[1])
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(
                digital_signature=signs and not authority,
                content_commitment=signs and not authority,
                key_cert_sign=authority,
                crl_sign=authority,
                **usage,
            ),
            critical=True,
        )
        .sign(signing_key, None if isinstance(signing_key, ed25519.Ed25519PrivateKey) else hashes.SHA256())
    )
    above = (issuer.certificate, *issuer.above) if issuer else ()
    return Holder(built, key, above)
