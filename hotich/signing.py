"""Detached signatures over lists of hashes: who vouches for a bundle of files, checked without asking anybody.

What is signed is a *manifest*: bytes that name every file of the bundle with its SHA-256. Beside it lies a small JSON
document with the signature (Ed25519, RFC 8032) and the public key it was made with. A signature proves only that the
bundle is as that key's holder left it; whose key it is, people find out by comparing fingerprints.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from hotich.errors import PackageError, SetupError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

ALGORITHM: Final = "ed25519"
KEY_FILE: Final = "signing-key.pem"
FINGERPRINT_LETTERS: Final = 32
"""128 bits: nobody makes a second key with the same ones."""


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The document beside a manifest. `public_key` and `signature` are hexadecimal."""

    purpose: str
    public_key: str
    signature: str
    algorithm: str = ALGORITHM

    @property
    def fingerprint(self) -> str:
        """Of the key, as people compare it."""
        return fingerprint(self.public_key)


@dataclass(frozen=True, slots=True, eq=False)
class SigningKey:
    """A private key. It is never shown; `public_key` is hexadecimal."""

    private: Ed25519PrivateKey

    @property
    def public_key(self) -> str:
        return self.private.public_key().public_bytes_raw().hex()

    @property
    def fingerprint(self) -> str:
        """As people compare it."""
        return fingerprint(self.public_key)


def fingerprint(public_key: str) -> str:
    """The short name of a public key (hexadecimal): eight groups of four letters."""
    return fingerprint_of(bytes.fromhex(public_key))


def fingerprint_of(data: bytes) -> str:
    """The same of any bytes, as those of a certificate: the first 128 bits of their SHA-256."""
    digest = hashlib.sha256(data).hexdigest()[:FINGERPRINT_LETTERS]
    return " ".join(digest[place : place + 4] for place in range(0, len(digest), 4))


def same_fingerprint(one: str, other: str) -> bool:
    """Whether two fingerprints agree, however they were spaced, parted or capitalised."""
    plain = [_letters(each) for each in (one, other)]
    return plain[0] == plain[1] and len(plain[0]) == FINGERPRINT_LETTERS


def _letters(told: str) -> str:
    return "".join(letter for letter in told.lower() if letter not in " :-\t")


def sign(manifest: bytes, purpose: str, key: SigningKey) -> bytes:
    """The document to lay beside the manifest. A signature for one purpose is worth nothing for another."""
    return _document(signature_of(manifest, purpose, key))


def signature_of(manifest: bytes, purpose: str, key: SigningKey) -> Signature:
    """The same as a part of a larger document."""
    signature = key.private.sign(_signed_bytes(manifest, purpose)).hex()
    return Signature(purpose, key.public_key, signature)


def _document(signature: Signature) -> bytes:
    return msgspec.json.format(msgspec.json.encode(signature), indent=2)


def checked_signature(manifest: bytes, document: bytes, purpose: str) -> Signature:
    """The signature of a manifest. Raises PackageError `signature-unreadable` or `signature-wrong`."""
    try:
        told = msgspec.json.decode(document, type=Signature)
    except ValueError as failure:
        raise PackageError("signature-unreadable") from failure
    # Written in one way only, so that not one byte of it can be changed either.
    if document != _document(told):
        raise PackageError("signature-wrong")
    check_signature(told, manifest, purpose)
    return told


def check_signature(told: Signature, manifest: bytes, purpose: str) -> None:
    """Raises PackageError `signature-unreadable` or `signature-wrong` where the signature does not fit."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        public_key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(told.public_key))
        signature = bytes.fromhex(told.signature)
    except ValueError as failure:
        raise PackageError("signature-unreadable") from failure
    canonical = (public_key.public_bytes_raw().hex(), signature.hex()) == (told.public_key, told.signature)
    if not canonical or (told.algorithm, told.purpose) != (ALGORITHM, purpose):
        raise PackageError("signature-wrong")
    try:
        public_key.verify(signature, _signed_bytes(manifest, purpose))
    except InvalidSignature as failure:
        raise PackageError("signature-wrong") from failure


def _signed_bytes(manifest: bytes, purpose: str) -> bytes:
    return b"hotich\n" + purpose.encode() + b"\n" + hashlib.sha256(manifest).hexdigest().encode() + b"\n"


def keys_folder() -> Path:
    """Where this user's own key lies: the configuration folder of the program."""
    import platformdirs

    return Path(platformdirs.user_config_dir("hotich", appauthor=False))


def own_key(folder: Path) -> SigningKey:
    """The key pair of this user, made at the first call; nobody else on the machine may read the file.

    Raises SetupError when it cannot be read or made.
    """
    file = folder / KEY_FILE
    try:
        if not file.exists():
            _make_key(folder, file)
        return _read_key(file)
    except (OSError, ValueError, TypeError) as failure:
        detail = getattr(failure, "strerror", None) or type(failure).__name__
        raise SetupError("signing-key-unusable", file=file, detail=detail) from failure


def _make_key(folder: Path, file: Path) -> None:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    plain, layout = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    data = Ed25519PrivateKey.generate().private_bytes(plain, layout, serialization.NoEncryption())
    half = file.with_suffix(f".{os.getpid()}.half")
    # Never readable for others, not even for a moment.
    with os.fdopen(os.open(half, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        if not file.exists():
            half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _read_key(file: Path) -> SigningKey:
    from cryptography.hazmat.primitives import serialization
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    if os.name == "posix" and file.stat().st_mode & 0o077:
        file.chmod(0o600)
    key = serialization.load_pem_private_key(file.read_bytes(), None)
    if not isinstance(key, Ed25519PrivateKey):
        raise ValueError("another kind of key")
    return SigningKey(key)
