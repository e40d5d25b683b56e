"""Who can open a locked package: the key of its file, wrapped for a passphrase or for the holder of a certificate.

Passphrase: scrypt (RFC 7914) and AES key wrap (RFC 3394). RSA certificate: OAEP with SHA-256 (RFC 8017). EC
certificate: a fresh key on the same curve, ECDH, HKDF with SHA-256 (RFC 5869) and AES key wrap.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Final, Protocol

import msgspec
from msgspec import Meta

from hotich.errors import PackageError, SetupError
from hotich.export.trust.certificates import certificate_fingerprint
from hotich.export.trust.key_file import FileIdentity, encoded

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
    from cryptography.x509 import Certificate

KEY_BYTES: Final = 32
LOG_COST: Final = 17
"""scrypt with N = 2**17, r = 8, p = 1: 128 MiB and about half a second for each guess."""

HIGHEST_LOG_COST: Final = 20
SHORTEST_PASSPHRASE: Final = 12
"""Letters. With fewer, machines that try many passphrases get through even with scrypt."""

Hexadecimal = Annotated[str, Meta(pattern="^([0-9a-f]{2})+$", max_length=2048)]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """A part of the head of a locked package; bytes are written in hexadecimal."""


class PassphraseSlot(Part, frozen=True, tag_field="kind", tag="passphrase"):
    """The file's key, wrapped for a passphrase."""

    salt: Hexadecimal
    log_cost: Annotated[int, Meta(ge=10, le=HIGHEST_LOG_COST)]
    wrapped: Hexadecimal


class RsaSlot(Part, frozen=True, tag_field="kind", tag="rsa"):
    """The file's key, wrapped for the holder of a certificate with an RSA key."""

    fingerprint: str
    wrapped: Hexadecimal


class EcSlot(Part, frozen=True, tag_field="kind", tag="ec"):
    """The file's key, wrapped for the holder of a certificate with an EC key; `ephemeral` is an uncompressed point."""

    fingerprint: str
    ephemeral: Hexadecimal
    wrapped: Hexadecimal


Slot = PassphraseSlot | RsaSlot | EcSlot


class Lock(Protocol):
    """Somebody for whom a package is locked."""

    def slot(self, key: bytes) -> Slot:
        """The file's key, wrapped for them."""
        ...


class Unlock(Protocol):
    """What somebody holds to open packages with."""

    def key(self, slots: tuple[Slot, ...]) -> bytes | None:
        """The file's key, or None when no slot is theirs or fits."""
        ...


@dataclass(frozen=True, slots=True, repr=False)
class Passphrase:
    """A passphrase, to lock and to open with. It is never shown."""

    words: str
    log_cost: int = LOG_COST

    def slot(self, key: bytes) -> Slot:
        """Raises SetupError for a short passphrase."""
        if len(self.words.strip()) < SHORTEST_PASSPHRASE:
            raise SetupError("lock-passphrase-short", letters=SHORTEST_PASSPHRASE)
        salt = secrets.token_bytes(16)
        wrapped = _wrap(_stretched(self.words, salt, self.log_cost), key)
        return PassphraseSlot(salt=salt.hex(), log_cost=self.log_cost, wrapped=wrapped.hex())

    def key(self, slots: tuple[Slot, ...]) -> bytes | None:
        """The first that the passphrase opens."""
        for slot in slots:
            if isinstance(slot, PassphraseSlot):
                stretched = _stretched(self.words, bytes.fromhex(slot.salt), slot.log_cost)
                if (key := _unwrap(stretched, slot.wrapped)) is not None:
                    return key
        return None


@dataclass(frozen=True, slots=True, eq=False)
class Recipient:
    """The holder of a certificate, for whom a package is locked."""

    certificate: Certificate

    def slot(self, key: bytes) -> Slot:
        """Raises SetupError for a certificate with another kind of key than RSA or EC."""
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey

        public, fingerprint = self.certificate.public_key(), certificate_fingerprint(self.certificate)
        if isinstance(public, RSAPublicKey):
            return RsaSlot(fingerprint=fingerprint, wrapped=public.encrypt(key, _oaep()).hex())
        if isinstance(public, EllipticCurvePublicKey):
            return _ec_slot(public, fingerprint, key)
        raise SetupError("lock-certificate-unfit", fingerprint=fingerprint)


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class HeldKey:
    """The private key of a recipient."""

    identity: FileIdentity

    def key(self, slots: tuple[Slot, ...]) -> bytes | None:
        """The key of the slot made for this certificate."""
        fingerprint = certificate_fingerprint(self.identity.certificate)
        found = (_opened(self.identity.private, slot) for slot in _named(slots, fingerprint))
        return next((key for key in found if key is not None), None)


@dataclass(frozen=True, slots=True, repr=False)
class KnownFileKey:
    """The file's key itself: who just locked a package reads it back with that."""

    value: bytes

    def key(self, slots: tuple[Slot, ...]) -> bytes | None:
        """The key."""
        return self.value


def _named(slots: tuple[Slot, ...], fingerprint: str) -> Iterator[RsaSlot | EcSlot]:
    for slot in slots:
        if not isinstance(slot, PassphraseSlot) and slot.fingerprint == fingerprint:
            yield slot


def _opened(private: Any, slot: RsaSlot | EcSlot) -> bytes | None:
    from cryptography.hazmat.primitives.asymmetric import ec

    try:
        if isinstance(slot, RsaSlot):
            key: bytes = private.decrypt(bytes.fromhex(slot.wrapped), _oaep())
            return key if len(key) == KEY_BYTES else None
        point = bytes.fromhex(slot.ephemeral)
        shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(private.curve, point))
        return _unwrap(_agreed(shared, point, private.public_key()), slot.wrapped)
    except (ValueError, AttributeError, TypeError):
        return None


def _ec_slot(public: EllipticCurvePublicKey, fingerprint: str, key: bytes) -> EcSlot:
    from cryptography.hazmat.primitives.asymmetric import ec

    ephemeral = ec.generate_private_key(public.curve)
    point = _point(ephemeral.public_key())
    wrapped = _wrap(_agreed(ephemeral.exchange(ec.ECDH(), public), point, public), key)
    return EcSlot(fingerprint=fingerprint, ephemeral=point.hex(), wrapped=wrapped.hex())


def _point(public: EllipticCurvePublicKey) -> bytes:
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return public.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _agreed(shared: bytes, ephemeral: bytes, public: EllipticCurvePublicKey) -> bytes:
    return derived(shared, ephemeral + _point(public), b"hotich-locked 1 ec")


def derived(secret: bytes, salt: bytes, purpose: bytes) -> bytes:
    """32 bytes by HKDF with SHA-256."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(SHA256(), KEY_BYTES, salt, purpose).derive(secret)


def _stretched(words: str, salt: bytes, log_cost: int) -> bytes:
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    try:
        return Scrypt(salt=salt, length=KEY_BYTES, n=2**log_cost, r=8, p=1).derive(encoded(words))
    except MemoryError as failure:
        raise PackageError("locked-too-costly", megabytes=2**log_cost // 1024) from failure


def _oaep() -> Any:
    from cryptography.hazmat.primitives.asymmetric.padding import MGF1, OAEP
    from cryptography.hazmat.primitives.hashes import SHA256

    return OAEP(MGF1(SHA256()), SHA256(), None)


def _wrap(wrapping: bytes, key: bytes) -> bytes:
    from cryptography.hazmat.primitives.keywrap import aes_key_wrap

    return aes_key_wrap(wrapping, key)


def _unwrap(wrapping: bytes, wrapped: str) -> bytes | None:
    from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap

    try:
        key = aes_key_unwrap(wrapping, bytes.fromhex(wrapped))
    except (InvalidUnwrap, ValueError):
        return None
    return key if len(key) == KEY_BYTES else None
