"""What a signature proves to this user, told: who, when, by what chain, and what cannot be known here."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

import msgspec

from hotich.export.trust.certificates import (
    certificate_fingerprint,
    chain_of,
    is_lawful_chain,
    is_self_issued,
    is_valid_at,
    is_weak,
    issuer_name,
    may_sign,
    printable,
    subject_name,
)
from hotich.export.trust.cms import checked_cms
from hotich.export.trust.known import Trust
from hotich.export.trust.own_signer import checked_document
from hotich.export.trust.signer import SignatureKind
from hotich.messages import Language, sentence
from hotich.values import Finding, Severity

if TYPE_CHECKING:
    from cryptography.x509 import Certificate


_LONGEST = 400


class SignatureState(StrEnum):
    """Nobody signed; it fits, whoever the signer is; or it does not fit, is missing or is another one's."""

    ABSENT = "absent"
    FITS = "fits"
    BROKEN = "broken"


class Standing(StrEnum):
    """What this user knows of the signer: the own key, a key compared before, under a known root, or nothing."""

    OWN = "own"
    KNOWN_KEY = "known-key"
    KNOWN_ROOT = "known-root"
    UNKNOWN = "unknown"


class Link(msgspec.Struct, frozen=True):
    """A certificate of the chain, the signer's first. Times are ISO 8601, UTC."""

    name: str
    issuer: str
    fingerprint: str
    valid_from: str
    valid_until: str
    is_root: bool


class SignatureReport(msgspec.Struct, frozen=True):
    """Who signed and when. `notes` are finished sentences; a warning among them is no fault of the package."""

    state: SignatureState
    kind: SignatureKind | None = None
    name: str = ""
    fingerprint: str = ""
    signed_at: str = ""
    standing: Standing = Standing.UNKNOWN
    known_as: str = ""
    chain: tuple[Link, ...] = ()
    notes: tuple[Finding, ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The notes as lines to show."""
        return tuple(note.message for note in self.notes)


UNSIGNED = SignatureReport(SignatureState.ABSENT)
BROKEN = SignatureReport(SignatureState.BROKEN)


class _Notes:
    """Gathers notes in one language."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self.found: list[Finding] = []

    def tell(self, key: str, severity: Severity = Severity.NOTE, **facts: object) -> None:
        text = sentence(key, {name: str(fact)[:_LONGEST] for name, fact in facts.items()}, self._language)
        self.found.append(Finding(key, severity, (), text))

    def warn(self, key: str, **facts: object) -> None:
        self.tell(key, Severity.WARNING, **facts)


def unsigned_report(language: Language) -> SignatureReport:
    """That nobody signed."""
    notes = _Notes(language)
    notes.warn("signature-absent")
    return msgspec.structs.replace(UNSIGNED, notes=tuple(notes.found))


def report_of(
    manifest: bytes, document: bytes, kind: SignatureKind, trust: Trust, language: Language
) -> SignatureReport:
    """What a signature that fits proves. Raises PackageError `signature-unreadable` or `signature-wrong`."""
    notes = _Notes(language)
    tell = _own_key if kind is SignatureKind.OWN_KEY else _certificate
    report = tell(manifest, document, trust, notes)
    return msgspec.structs.replace(report, notes=tuple(notes.found))


def _own_key(manifest: bytes, document: bytes, trust: Trust, notes: _Notes) -> SignatureReport:
    told = checked_document(manifest, document)
    name, fingerprint = printable(told.statement.holder), told.signature.fingerprint
    moment = datetime.fromisoformat(told.statement.signed_at)
    notes.tell("signature-own-key", name=name, fingerprint=fingerprint, time=_time(moment))
    standing, known_as = _of_key(fingerprint, trust)
    notes.tell(f"signature-{standing.value}", _severity(standing), name=known_as)
    return SignatureReport(
        SignatureState.FITS, SignatureKind.OWN_KEY, name, fingerprint, moment.isoformat(), standing, known_as
    )


def _of_key(fingerprint: str, trust: Trust) -> tuple[Standing, str]:
    known = trust.key(fingerprint)
    if fingerprint == trust.own:
        return Standing.OWN, known.name if known else ""
    return (Standing.KNOWN_KEY, known.name) if known else (Standing.UNKNOWN, "")


def _severity(standing: Standing) -> Severity:
    return Severity.WARNING if standing is Standing.UNKNOWN else Severity.NOTE


def _certificate(manifest: bytes, document: bytes, trust: Trust, notes: _Notes) -> SignatureReport:
    checked = checked_cms(manifest, document)
    certificate, moment = checked.chain[0], checked.signed_at
    chain = _to_root(certificate, checked.chain, trust)
    name, fingerprint = subject_name(certificate), certificate_fingerprint(certificate)
    issuer, time = issuer_name(certificate), _time(moment)
    notes.tell("signature-certificate", name=name, issuer=issuer, fingerprint=fingerprint, time=time)
    notes.tell("signature-chain", names=" ← ".join(subject_name(one) for one in chain))
    standing, known_as = _of_key(fingerprint, trust)
    if standing is Standing.UNKNOWN and chain[-1] in trust.roots and _is_sound(chain, moment):
        standing, known_as = Standing.KNOWN_ROOT, subject_name(chain[-1])
    key = "signature-root-unknown" if standing is Standing.UNKNOWN else f"signature-{standing.value}"
    notes.tell(key, _severity(standing), name=known_as, root=subject_name(chain[-1]))
    _warn(chain, moment, notes)
    notes.tell("signature-revocation")
    links = tuple(_link(one) for one in chain)
    return SignatureReport(
        SignatureState.FITS,
        SignatureKind.CERTIFICATE,
        name,
        fingerprint,
        moment.isoformat(),
        standing,
        known_as,
        links,
    )


def _to_root(certificate: Certificate, others: tuple[Certificate, ...], trust: Trust) -> tuple[Certificate, ...]:
    """The chain as far as it is known, ending where it reaches a root that the user trusts."""
    chain = chain_of(certificate, (*trust.roots, *others))
    reached = next((place for place, one in enumerate(chain) if one in trust.roots), len(chain) - 1)
    return chain[: reached + 1]


def _is_sound(chain: tuple[Certificate, ...], moment: datetime) -> bool:
    strong = all(is_valid_at(one, moment) and not is_weak(one) for one in chain)
    return strong and is_lawful_chain(chain) and may_sign(chain[0])


def _warn(chain: tuple[Certificate, ...], moment: datetime, notes: _Notes) -> None:
    for one in chain:
        if not is_valid_at(one, moment):
            start, end = f"{one.not_valid_before_utc:%d.%m.%Y}", f"{one.not_valid_after_utc:%d.%m.%Y}"
            notes.warn("signature-outside-time", name=subject_name(one), start=start, end=end)
        if is_weak(one):
            notes.warn("signature-weak", name=subject_name(one))
    if not may_sign(chain[0]):
        notes.warn("signature-not-for-signing", name=subject_name(chain[0]))
    if not is_lawful_chain(chain):
        notes.warn("signature-chain-unlawful")


def _link(certificate: Certificate) -> Link:
    return Link(
        subject_name(certificate),
        issuer_name(certificate),
        certificate_fingerprint(certificate),
        certificate.not_valid_before_utc.isoformat(),
        certificate.not_valid_after_utc.isoformat(),
        is_self_issued(certificate),
    )


def _time(moment: datetime) -> str:
    """By the clock on the wall here."""
    return f"{moment.astimezone():%H:%M %d/%m/%Y}"
