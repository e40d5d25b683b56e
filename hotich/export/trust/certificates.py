"""Certificates: what they are called, who issued them, and which of them may sign (RFC 5280, offline).

A chain is followed by names and proved by signatures. Whether a certificate was revoked cannot be known without asking
its issuer, so nothing here ever says that it was not.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from hotich.signing import fingerprint_of

if TYPE_CHECKING:
    from cryptography.x509 import Certificate, Name

LONGEST_CHAIN = 8
SMALLEST_RSA = 2048
"""Bits below which a key is called weak (NIST SP 800-57: not to be used after 2013)."""


def certificate_fingerprint(certificate: Certificate) -> str:
    """As people compare it: the first 128 bits of the SHA-256 of the certificate."""
    from cryptography.hazmat.primitives.serialization import Encoding

    return fingerprint_of(certificate.public_bytes(Encoding.DER))


def subject_name(certificate: Certificate) -> str:
    """The holder with their body, as `Trần Văn Hòa, UBND xã Tân Lập`; never the number of their identity card."""
    return _shown(certificate.subject)


def issuer_name(certificate: Certificate) -> str:
    """The same of who issued it."""
    return _shown(certificate.issuer)


def _shown(name: Name) -> str:
    from cryptography.x509.oid import NameOID

    told: list[str] = []
    for oid in (NameOID.COMMON_NAME, NameOID.ORGANIZATION_NAME):
        for attribute in name.get_attributes_for_oid(oid):
            text = attribute.value if isinstance(attribute.value, str) else ""
            if text and text not in told:
                told.append(text)
    return printable(", ".join(told)) or "?"


def printable(text: str) -> str:
    """A text that somebody else wrote, without signs that would upset a screen."""
    return "".join(sign if sign.isprintable() else "?" for sign in text)


def chain_of(certificate: Certificate, others: Iterable[Certificate]) -> tuple[Certificate, ...]:
    """The certificate, its issuer, and so on as far as the others reach, each proved by the next one's key."""
    known = tuple(others)
    chain = [certificate]
    while len(chain) < LONGEST_CHAIN and not is_self_issued(chain[-1]):
        above = next((other for other in known if other not in chain and issued(chain[-1], other)), None)
        if above is None:
            break
        chain.append(above)
    return tuple(chain)


def is_self_issued(certificate: Certificate) -> bool:
    """Whether it names itself as its issuer, as roots do."""
    return certificate.subject == certificate.issuer


def issued(certificate: Certificate, issuer: Certificate) -> bool:
    """Whether the second signed the first."""
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm

    if certificate.issuer != issuer.subject:
        return False
    try:
        certificate.verify_directly_issued_by(issuer)
    except (InvalidSignature, UnsupportedAlgorithm, ValueError, TypeError):
        return False
    return True


def is_valid_at(certificate: Certificate, moment: datetime) -> bool:
    """Whether the moment lies within its time."""
    return certificate.not_valid_before_utc <= moment <= certificate.not_valid_after_utc


def may_sign(certificate: Certificate) -> bool:
    """Whether it is meant for signatures; one that says nothing of its use is meant for everything."""
    from cryptography.x509 import ExtensionNotFound, KeyUsage

    try:
        usage = certificate.extensions.get_extension_for_class(KeyUsage).value
    except ExtensionNotFound:
        return True
    except ValueError:
        return False
    return usage.digital_signature or usage.content_commitment


def is_weak(certificate: Certificate) -> bool:
    """Whether its key is too short to prove anything, or of a kind not known here."""
    from cryptography.exceptions import UnsupportedAlgorithm
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    try:
        key = certificate.public_key()
    except (UnsupportedAlgorithm, ValueError):
        return True
    if isinstance(key, RSAPublicKey):
        return key.key_size < SMALLEST_RSA
    return not isinstance(key, EllipticCurvePublicKey)


def is_lawful_chain(chain: Sequence[Certificate]) -> bool:
    """Whether every certificate above the first is one of an authority, for as many below it as there are."""
    return all(_is_authority(above, depth) for depth, above in enumerate(chain[1:]))


def _is_authority(certificate: Certificate, below: int) -> bool:
    """`below` counts the authorities between this one and the signer."""
    from cryptography.x509 import BasicConstraints, ExtensionNotFound, KeyUsage

    try:
        extensions = certificate.extensions
        basic = extensions.get_extension_for_class(BasicConstraints).value
    except (ExtensionNotFound, ValueError):
        return False
    try:
        signs = extensions.get_extension_for_class(KeyUsage).value.key_cert_sign
    except ExtensionNotFound:
        signs = True
    return basic.ca and signs and (basic.path_length is None or below <= basic.path_length)


def read_certificates(data: bytes) -> tuple[Certificate, ...]:
    """The certificates of a PEM or DER file. Raises ValueError."""
    from cryptography.x509 import load_der_x509_certificate, load_pem_x509_certificates

    return tuple(load_pem_x509_certificates(data)) if b"-----BEGIN" in data else (load_der_x509_certificate(data),)
