"""Signing and believing on this machine: the user's own key, certificates, tokens, and the keys known here."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import msgspec

from hotich.errors import SetupError
from hotich.export.trust import (
    CertificateSigner,
    KnownKey,
    OwnSigner,
    SignatureReport,
    SignatureState,
    Signer,
    Standing,
    TokenChoice,
    Trust,
    add_key,
    add_root,
    certificate_fingerprint,
    check_fit_to_sign,
    load_trust,
    open_key_file,
    open_token,
    remove,
    root_files,
    subject_name,
)
from hotich.export.trust.signer import now
from hotich.signing import KEY_FILE, keys_folder, own_key, same_fingerprint

__all__ = ["SignatureReport", "Signer", "TokenChoice", "Trust"]


class TrustedRow(msgspec.Struct, frozen=True):
    """A key or root certificate believed here; `kind` is `own`, `key` or `root`, `added_at` '' for a root."""

    kind: str
    name: str
    fingerprint: str
    added_at: str = ""


def own_signer(name: str, folder: Path | None = None) -> Signer:
    """Signs by the user's own key, made at the first call, as the holder calls themselves. Raises SetupError."""
    return OwnSigner(own_key(folder or keys_folder()), name)


def file_signer(path: Path, passphrase: str) -> CertificateSigner:
    """Signs by the certificate in a PKCS#12 file. Raises SetupError: passphrase, no key, run out, not for signing."""
    identity = open_key_file(path, passphrase)
    check_fit_to_sign(identity.certificate)
    return CertificateSigner(identity)


@contextmanager
def token_signer(choice: TokenChoice, pin: str) -> Iterator[CertificateSigner]:
    """Signs by the certificate on a token for as long as the `with` lasts. Raises SetupError: token, PIN, certificate.

    The PIN is kept nowhere.
    """
    with closing(open_token(choice, pin)) as identity:
        check_fit_to_sign(identity.certificate)
        yield CertificateSigner(identity)


def trust_here(folder: Path | None = None) -> Trust:
    """Whom this user believes. Raises SetupError for a broken list."""
    folder = folder or keys_folder()
    return load_trust(folder, _own_fingerprint(folder))


def _own_fingerprint(folder: Path) -> str:
    """'' before a key was made, and where it cannot be read: checking what others signed goes on without it."""
    try:
        return own_key(folder).fingerprint if (folder / KEY_FILE).exists() else ""
    except SetupError:
        return ""


def is_stranger(signature: SignatureReport) -> bool:
    """Whether the signature fits and nobody here knows who made it."""
    return signature.state is SignatureState.FITS and signature.standing is Standing.UNKNOWN


def trust_key(fingerprint: str, name: str, folder: Path | None = None) -> TrustedRow:
    """Believes a key that people compared. Raises SetupError when that is no fingerprint."""
    if not same_fingerprint(fingerprint, fingerprint) or not _is_hexadecimal(fingerprint):
        raise SetupError("trust-no-fingerprint", fingerprint=fingerprint)
    letters = "".join(fingerprint.lower().replace(":", "").replace("-", "").split())
    told = " ".join(letters[place : place + 4] for place in range(0, len(letters), 4))
    key = KnownKey(told, name, now().isoformat())
    add_key(folder or keys_folder(), key)
    return TrustedRow("key", name, told, key.added_at)


def _is_hexadecimal(fingerprint: str) -> bool:
    return set(fingerprint.lower()) <= set("0123456789abcdef :-\t")


def trust_root(file: Path, folder: Path | None = None) -> tuple[TrustedRow, ...]:
    """Believes the root certificates of a file. Raises PackageError when it holds none, SetupError."""
    added = add_root(folder or keys_folder(), file)
    return tuple(TrustedRow("root", subject_name(one), certificate_fingerprint(one)) for one in added)


def distrust(wanted: str, folder: Path | None = None) -> tuple[str, ...]:
    """Believes no longer what has that name or fingerprint; the names of what went. Raises SetupError for none."""
    gone = remove(folder or keys_folder(), wanted)
    if not gone:
        raise SetupError("trust-nothing-to-remove", wanted=wanted)
    return gone


def trusted(folder: Path | None = None) -> tuple[TrustedRow, ...]:
    """Everybody believed here, the own key first. Raises SetupError for a broken list."""
    folder = folder or keys_folder()
    trust = trust_here(folder)
    rows = [TrustedRow("own", "", trust.own)] if trust.own else []
    rows += [TrustedRow("key", key.name, key.fingerprint, key.added_at) for key in trust.keys]
    roots = (certificate for _, certificate in root_files(folder))
    return (*rows, *(TrustedRow("root", subject_name(one), certificate_fingerprint(one)) for one in roots))
