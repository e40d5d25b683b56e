"""Signing a PDF by a certificate: PAdES baseline B (ETSI EN 319 142-1), invisible, added behind the document's end."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

from hotich.errors import InputError, SetupError

if TYPE_CHECKING:
    from hotich.export.trust.signer import Identity

FIELD = "HoTich"
"""Name of the form field that holds the signature."""


def sign_pdf(data: bytes, identity: Identity, *, reason: str = "") -> bytes:
    """The document with one more signature, whose time is this machine's. What was there stays byte for byte.

    `identity` is a certificate of `export.trust` with its key in a file or on a token. Raises SetupError where the key
    cannot be used or pyHanko is not installed, InputError `pdf-unreadable` for what is no PDF.
    """
    try:
        from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
        from pyhanko.pdf_utils.misc import PdfError
        from pyhanko.sign import signers
        from pyhanko.sign.fields import SigSeedSubFilter, enumerate_sig_fields
    except ImportError as missing:
        raise SetupError("pdf-no-signing") from missing
    try:
        writer = IncrementalPdfFileWriter(io.BytesIO(data))
        taken = {name for name, _, _ in enumerate_sig_fields(writer)}
    except (PdfError, ValueError, KeyError) as broken:
        raise InputError("pdf-unreadable") from broken
    number = len(taken) + 1
    told = signers.PdfSignatureMetadata(
        field_name=FIELD if FIELD not in taken else f"{FIELD}{number}",
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        reason=reason or None,
    )
    out = io.BytesIO()
    signers.sign_pdf(writer, told, signer=_signer(identity), output=out)
    return out.getvalue()


def _signer(identity: Identity) -> Any:
    """What pyHanko asks for signatures: the certificate with its chain, and the key wherever it lies."""
    from asn1crypto import x509
    from cryptography.hazmat.primitives.serialization import Encoding
    from pyhanko.sign.signers import Signer
    from pyhanko_certvalidator import registry

    def plain(certificate: Any) -> x509.Certificate:
        return x509.Certificate.load(certificate.public_bytes(Encoding.DER))

    class IdentitySigner(Signer):
        async def async_sign_raw(self, data: bytes, digest_algorithm: str, dry_run: bool = False) -> bytes:
            # A token must not be asked twice, so the size is guessed for the rehearsal: RSA of 4096 bits.
            return bytes(512) if dry_run else identity.sign_raw(data)

    # The library has no types here.
    store: Any = vars(registry)["SimpleCertificateStore"]()
    for certificate in identity.chain:
        store.register(plain(certificate))
    return IdentitySigner(signing_cert=plain(identity.certificate), cert_registry=store)
