"""A certificate whose key never leaves a USB token or smart card (PKCS#11)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar

from hotich.errors import SetupError
from hotich.export.trust.certificates import certificate_fingerprint, is_valid_at, may_sign, subject_name
from hotich.export.trust.signer import now
from hotich.signing import same_fingerprint

if TYPE_CHECKING:
    from cryptography.x509 import Certificate

_DIGEST_INFO: Final = bytes.fromhex("3031300d060960864801650304020105000420")
"""What stands before a SHA-256 in PKCS #1 v1.5 (RFC 8017, 9.2): every token signs that, not every one can hash."""

Answer = TypeVar("Answer")


@dataclass(frozen=True, slots=True)
class TokenChoice:
    """The maker's PKCS#11 library; label of the token and fingerprint of the certificate where there are several."""

    module: Path
    label: str = ""
    fingerprint: str = ""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class TokenIdentity:
    """A certificate on a token that was opened with its PIN; `close` it to log out."""

    certificate: Certificate
    chain: tuple[Certificate, ...]
    private: Any
    session: Any

    def sign_raw(self, data: bytes) -> bytes:
        """SHA-256 with RSA or ECDSA. Raises SetupError when the token is gone."""
        from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePublicKey

        digest = hashlib.sha256(data).digest()
        if isinstance(self.certificate.public_key(), EllipticCurvePublicKey):
            return _as_der(_asked(lambda: self._signed(digest, "ECDSA")))
        return _asked(lambda: self._signed(_DIGEST_INFO + digest, "RSA_PKCS"))

    def _signed(self, data: bytes, mechanism: str) -> bytes:
        from pkcs11 import Mechanism

        return bytes(self.private.sign(data, mechanism=Mechanism[mechanism]))

    def close(self) -> None:
        """Logs out; a token that is gone already is as good."""
        from pkcs11.exceptions import PKCS11Error

        try:
            self.session.close()
        except PKCS11Error:
            return


def _as_der(signature: bytes) -> bytes:
    from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature

    half = len(signature) // 2
    return encode_dss_signature(int.from_bytes(signature[:half], "big"), int.from_bytes(signature[half:], "big"))


def _asked(question: Callable[[], Answer]) -> Answer:
    """The token's answer. Raises SetupError."""
    from pkcs11.exceptions import PKCS11Error

    try:
        return question()
    except (PKCS11Error, RuntimeError) as failure:
        raise SetupError("token-failed", detail=type(failure).__name__) from None


def open_token(choice: TokenChoice, pin: str) -> TokenIdentity:
    """The certificate on the token, ready to sign.

    Raises SetupError: no library, no token, a wrong PIN (with how near the token is to locking), no certificate.
    """
    token = _token(_library(choice.module), choice.label)
    session = _session(token, pin)
    try:
        return _asked(lambda: _identity(session, choice.fingerprint))
    except BaseException:
        _asked(session.close)
        raise


def _library(module: Path) -> Any:
    try:
        import pkcs11
        from pkcs11.exceptions import PKCS11Error
    except ImportError as failure:
        raise SetupError("token-extra-missing") from failure
    if not module.is_file():
        raise SetupError("token-module-missing", file=module)
    try:
        return pkcs11.lib(str(module))
    except (OSError, RuntimeError, PKCS11Error) as failure:
        raise SetupError("token-module-unusable", file=module, detail=type(failure).__name__) from failure


def _token(library: Any, label: str) -> Any:
    from pkcs11 import TokenFlag

    slots = _asked(lambda: library.get_slots(token_present=True))
    tokens = [_asked(slot.get_token) for slot in slots]
    ready = [token for token in tokens if token.flags & TokenFlag.TOKEN_INITIALIZED]
    found = [token for token in ready if not label or token.label == label]
    if not found:
        raise SetupError("token-absent", labels=", ".join(token.label for token in ready) or "—")
    if len(found) > 1:
        raise SetupError("token-which", labels=", ".join(token.label for token in found))
    return found[0]


def _session(token: Any, pin: str) -> Any:
    from pkcs11 import exceptions

    try:
        return token.open(user_pin=pin)
    except (exceptions.PinIncorrect, exceptions.PinInvalid, exceptions.PinLenRange):
        raise SetupError(_tries_left(token), label=token.label) from None
    except exceptions.PinLocked:
        raise SetupError("token-locked", label=token.label) from None
    except (exceptions.PinExpired, exceptions.UserPinNotInitialized):
        raise SetupError("token-pin-to-set", label=token.label) from None
    except (exceptions.TokenNotPresent, exceptions.DeviceRemoved):
        raise SetupError("token-absent", labels="—") from None
    except exceptions.PKCS11Error as failure:
        raise SetupError("token-failed", detail=type(failure).__name__) from None


def _tries_left(token: Any) -> str:
    """The sentence on a wrong PIN: a token tells only that few tries are left, that one is, or that none is."""
    from pkcs11 import TokenFlag

    flags = _asked(lambda: token.slot.get_token().flags)
    if flags & TokenFlag.USER_PIN_LOCKED:
        return "token-locked"
    if flags & TokenFlag.USER_PIN_FINAL_TRY:
        return "token-pin-last-try"
    return "token-pin-few-tries" if flags & TokenFlag.USER_PIN_COUNT_LOW else "token-pin-wrong"


def _identity(session: Any, fingerprint: str) -> TokenIdentity:
    from pkcs11 import Attribute, ObjectClass

    keys = {bytes(key[Attribute.ID]): key for key in session.get_objects({Attribute.CLASS: ObjectClass.PRIVATE_KEY})}
    held = _certificates(session)
    own = [(certificate, keys[place]) for place, certificate in held if place in keys]
    chosen = _chosen(list(dict.fromkeys(certificate for certificate, _ in own)), fingerprint)
    key = next(key for certificate, key in own if certificate == chosen)
    return TokenIdentity(chosen, tuple(other for _, other in held if other != chosen), key, session)


def _certificates(session: Any) -> list[tuple[bytes, Certificate]]:
    """The certificates on the token with the place of their keys; unreadable and doubled ones are passed over."""
    from cryptography.x509 import load_der_x509_certificate
    from pkcs11 import Attribute, ObjectClass

    found: dict[tuple[bytes, Certificate], None] = {}
    for item in session.get_objects({Attribute.CLASS: ObjectClass.CERTIFICATE}):
        try:
            found[(bytes(item[Attribute.ID]), load_der_x509_certificate(bytes(item[Attribute.VALUE])))] = None
        except ValueError:
            continue
    return list(found)


def _chosen(certificates: list[Certificate], fingerprint: str) -> Certificate:
    """The one meant; among several the only one that may sign today."""
    named = [one for one in certificates if same_fingerprint(certificate_fingerprint(one), fingerprint)]
    fit = [one for one in certificates if is_valid_at(one, now()) and may_sign(one)]
    found = named if fingerprint else fit if len(fit) == 1 else certificates
    if len(found) == 1:
        return found[0]
    told = "; ".join(f"{subject_name(one)}: {certificate_fingerprint(one)}" for one in certificates)
    raise SetupError("token-which-certificate" if certificates else "token-without-certificate", certificates=told)
