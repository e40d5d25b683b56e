"""Detached signatures by a certificate: CMS SignedData (RFC 5652) in DER, as `openssl cms -verify` reads it.

Signed attributes: content type, signing time, SHA-256 of the manifest, and the signing certificate with its whole chain
(RFC 5035), so that no other certificate with the same key can take its place. Whatever is not signed must be as it was
written here: one signer, no attributes beside the signed ones, no certificate outside the signer's chain, canonical
DER. So no byte of a signature has a second lawful value.
"""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final

import msgspec

from hotich.errors import PackageError
from hotich.export.trust.certificates import certificate_fingerprint, chain_of, subject_name
from hotich.export.trust.signer import Identity, SignatureKind, now

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

LARGEST: Final = 2**17
_ATTRIBUTES: Final = ["content_type", "message_digest", "signing_certificate_v2", "signing_time"]


class CertificateSigner:
    """Signs by a certificate, wherever its key lies."""

    kind: Final = SignatureKind.CERTIFICATE

    def __init__(self, identity: Identity) -> None:
        self.identity = identity

    @property
    def name(self) -> str:
        return subject_name(self.identity.certificate)

    @property
    def fingerprint(self) -> str:
        return certificate_fingerprint(self.identity.certificate)

    def sign(self, manifest: bytes) -> bytes:
        """The CMS, with the time of this machine. Raises SetupError where the key cannot be used."""
        certificate = self.identity.certificate
        chain = chain_of(certificate, self.identity.chain)
        attributes = _signed_attributes(manifest, chain, now())
        signature = self.identity.sign_raw(attributes.dump())
        return _signed_data(chain, attributes, signature)


class CheckedCms(msgspec.Struct, frozen=True):
    """A signature that fits: the signer's certificate with those above it that came along, and the time told."""

    chain: tuple[Any, ...]
    signed_at: datetime


def checked_cms(manifest: bytes, document: bytes) -> CheckedCms:
    """The signature that fits the manifest. Raises PackageError `signature-unreadable` or `signature-wrong`."""
    try:
        signed = _parsed(document)
        chain, info = _chain(signed), signed["signer_infos"][0]
        attributes = info["signed_attrs"].untag()
        values = {attribute["type"].native: attribute["values"][0] for attribute in attributes}
        moment = values["signing_time"].native
        expected = _signed_data(chain, attributes, info["signature"].native)
    except Exception as failure:  # Damaged certificates make asn1crypto and cryptography raise whatever they please.
        raise PackageError("signature-unreadable") from failure
    if expected != document or not isinstance(moment, datetime):
        raise PackageError("signature-wrong")
    if attributes.dump() != _signed_attributes(manifest, chain, moment).dump():
        raise PackageError("signature-wrong")
    _verify(chain[0], info["signature"].native, attributes.dump())
    return CheckedCms(chain, moment.astimezone(UTC))


def _parsed(document: bytes) -> Any:
    """The SignedData of a CMS. Raises what asn1crypto pleases."""
    from asn1crypto import cms, tsp  # tsp teaches cms the attribute of the signing certificate

    assert tsp.SigningCertificateV2 is not None
    if len(document) > LARGEST:
        raise ValueError("too large")
    told = cms.ContentInfo.load(document, strict=True)
    if told["content_type"].native != "signed_data" or len(told["content"]["signer_infos"]) != 1:
        raise ValueError("not signed by one signer")
    return told["content"]


def _chain(signed: Any) -> tuple[Certificate, ...]:
    """The certificates that came along, the signer's first, each issued by the next. Raises ValueError."""
    from cryptography.x509 import load_der_x509_certificate

    signer = signed["signer_infos"][0]["sid"].chosen
    certificates = [load_der_x509_certificate(one.chosen.dump()) for one in signed["certificates"]]
    serial, issuer = signer["serial_number"].native, signer["issuer"].dump()
    own = [one for one in certificates if one.serial_number == serial and one.issuer.public_bytes() == issuer]
    if len(own) != 1:
        raise ValueError("no certificate of the signer")
    chain = chain_of(own[0], certificates)
    if len(chain) != len(certificates):
        raise ValueError("certificates outside the chain")
    return chain


def _signed_attributes(manifest: bytes, chain: tuple[Certificate, ...], moment: datetime) -> Any:
    from asn1crypto import cms, core, tsp
    from cryptography.hazmat.primitives.serialization import Encoding

    hashes = [hashlib.sha256(one.public_bytes(Encoding.DER)).digest() for one in chain]
    named = tsp.SigningCertificateV2({"certs": [tsp.ESSCertIDv2({"cert_hash": told}) for told in hashes]})
    time = cms.Time({"utc_time" if moment.year < 2050 else "general_time": moment})
    values = ("data", core.OctetString(hashlib.sha256(manifest).digest()), named, time)
    told = zip(_ATTRIBUTES, values, strict=True)
    return cms.CMSAttributes([cms.CMSAttribute({"type": kind, "values": (value,)}) for kind, value in told])


def _signed_data(chain: tuple[Certificate, ...], attributes: Any, signature: bytes) -> bytes:
    """The whole document, in the one way that it is written."""
    from asn1crypto import cms, x509
    from cryptography.hazmat.primitives.serialization import Encoding

    certificates = [x509.Certificate.load(one.public_bytes(Encoding.DER)) for one in chain]
    issuer = {"issuer": certificates[0].issuer, "serial_number": certificates[0].serial_number}
    info = cms.SignerInfo(
        {
            "version": "v1",
            "sid": cms.SignerIdentifier({"issuer_and_serial_number": cms.IssuerAndSerialNumber(issuer)}),
            "digest_algorithm": {"algorithm": "sha256"},
            "signed_attrs": attributes,
            "signature_algorithm": {"algorithm": _algorithm(chain[0])},
            "signature": signature,
        }
    )
    signed = cms.SignedData(
        {
            "version": "v1",
            "digest_algorithms": [{"algorithm": "sha256"}],
            "encap_content_info": {"content_type": "data"},
            "certificates": certificates,
            "signer_infos": [info],
        }
    )
    data: bytes = cms.ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return data


def _algorithm(certificate: Certificate) -> str:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    key = certificate.public_key()
    if isinstance(key, RSAPublicKey):
        return "sha256_rsa"
    if isinstance(key, EllipticCurvePublicKey):
        return "sha256_ecdsa"
    raise ValueError("a kind of key that is not known here")


def _verify(certificate: Certificate, signature: bytes, data: bytes) -> None:
    from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, padding
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

    key = certificate.public_key()
    try:
        if isinstance(key, RSAPublicKey):
            key.verify(signature, data, padding.PKCS1v15(), hashes.SHA256())
        elif isinstance(key, ec.EllipticCurvePublicKey):
            key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, UnsupportedAlgorithm, ValueError) as failure:
        raise PackageError("signature-wrong") from failure
