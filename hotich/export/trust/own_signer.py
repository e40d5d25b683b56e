"""Signatures by the key that this program made for itself: a small JSON document around an Ed25519 signature."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import msgspec

from hotich.errors import PackageError
from hotich.export.trust.signer import SignatureKind, now
from hotich.signing import Signature, SigningKey, check_signature, signature_of

PURPOSE: Final = "manifest"


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is signed: who holds the key as they call themselves, when (ISO 8601, UTC), and which manifest."""

    holder: str
    signed_at: str
    manifest_sha256: str


class OwnDocument(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The signature beside a manifest."""

    statement: Statement
    signature: Signature


@dataclass(frozen=True, slots=True, eq=False)
class OwnSigner:
    """Signs by the user's own key; `name` is what the holder calls themselves, which nobody vouches for."""

    key: SigningKey
    name: str

    @property
    def kind(self) -> SignatureKind:
        return SignatureKind.OWN_KEY

    @property
    def fingerprint(self) -> str:
        return self.key.fingerprint

    def sign(self, manifest: bytes) -> bytes:
        """The document, with the time of this machine."""
        statement = Statement(self.name, now().isoformat(), hashlib.sha256(manifest).hexdigest())
        return _document(OwnDocument(statement, signature_of(_encoded(statement), PURPOSE, self.key)))


def checked_document(manifest: bytes, document: bytes) -> OwnDocument:
    """The document that fits the manifest. Raises PackageError `signature-unreadable` or `signature-wrong`."""
    try:
        told = msgspec.json.decode(document, type=OwnDocument)
        datetime.fromisoformat(told.statement.signed_at)
    except (ValueError, RecursionError) as failure:
        raise PackageError("signature-unreadable") from failure
    # Written in one way only, so that not one byte of it can be changed.
    if document != _document(told) or told.statement.manifest_sha256 != hashlib.sha256(manifest).hexdigest():
        raise PackageError("signature-wrong")
    check_signature(told.signature, _encoded(told.statement), PURPOSE)
    return told


def _encoded(statement: Statement) -> bytes:
    return msgspec.json.encode(statement)


def _document(document: OwnDocument) -> bytes:
    return msgspec.json.format(msgspec.json.encode(document), indent=2) + b"\n"
