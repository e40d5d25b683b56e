"""Checking an extract without asking anybody: who signed it, which record it is of, and what was changed on it.

A PDF as it was handed out carries all that was signed and is compared by the program, sheet by sheet. A photograph, a
scan or the typed text of the code only carry the code: its signature is checked, and the paper is compared with the
facts in it by eye, which is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path

import msgspec

from hotich.errors import HotichError, InputError, PackageError
from hotich.export.extract import (
    LAYOUT,
    ExtractContent,
    Payload,
    SealedExtract,
    changed_sheets,
    facts_agree,
    find_payload,
    is_still,
    read_payload,
    rendered,
    unseal,
)
from hotich.export.trust.known import Trust
from hotich.imaging.geometry import Picture
from hotich.imaging.qr import read_qr
from hotich.imaging.rasters import decode
from hotich.messages import Language, explain, sentence
from hotich.pipeline.extracts import PrintLine, print_of
from hotich.store import Workspace
from hotich.values import Finding, Severity

CODE_DPI = 300


class Source(StrEnum):
    """What was checked."""

    PDF = "pdf"
    PICTURE = "picture"
    TEXT = "text"


class SignedBy(StrEnum):
    """Whose key it is: this user's OWN, one that he KNOWS, or one that he never compared."""

    OWN = "own"
    KNOWN = "known"
    UNKNOWN = "unknown"


class ExtractCheck(msgspec.Struct, frozen=True):
    """What became of a check. `payload` is None where no code was found or its signature is wrong.

    `compared` tells whether the program held every sheet against what was signed; else people compare the facts of the
    payload with the paper. `logged` is the line of the own log of prints, where a workspace was asked and has one.
    """

    source: Source
    findings: tuple[Finding, ...]
    payload: Payload | None = None
    signed_by: SignedBy | None = None
    signer: str = ""
    content: ExtractContent | None = None
    compared: bool = False
    logged: PrintLine | None = None

    @property
    def ok(self) -> bool:
        """Whether the signature holds and nothing that could be compared was changed."""
        return self.payload is not None and not any(f.severity is Severity.ERROR for f in self.findings)


def check_extract(
    given: str,
    trust: Trust,
    workspace: Workspace | None = None,
    *,
    language: Language = Language.VIETNAMESE,
) -> ExtractCheck:
    """What is to be said of a file (PDF, picture) or of the text of a code.

    Raises InputError where a file cannot be read or is neither.
    """
    told = _Told(language)
    if find_payload(given):
        return _finished(Source.TEXT, find_payload(given), told, (trust, workspace))
    data = _bytes_of(Path(given))
    if data[:1024].lstrip()[:5] == b"%PDF-":
        return _check_pdf(data, told, (trust, workspace))
    text = find_payload(read_qr(_pixels(data, Path(given))))
    if not text:
        told.error("extract-no-code")
    return _finished(Source.PICTURE, text, told, (trust, workspace))


def _pixels(data: bytes, file: Path) -> Picture:
    try:
        return decode(data, 0)
    except InputError as error:
        raise InputError(error.key, **{"file": file.name, **error.facts}) from error


def _bytes_of(file: Path) -> bytes:
    try:
        return file.expanduser().read_bytes()
    except (OSError, ValueError) as error:
        detail = getattr(error, "strerror", None) or type(error).__name__
        raise InputError("extract-no-file", file=file, detail=detail) from error


class _Told:
    """The findings so far."""

    def __init__(self, language: Language) -> None:
        self.language = language
        self.findings: list[Finding] = []

    def error(self, key: str, **facts: object) -> None:
        """Something is wrong."""
        self._add(key, Severity.ERROR, facts)

    def note(self, key: str, **facts: object) -> None:
        """Something to know."""
        self._add(key, Severity.NOTE, facts)

    def warn(self, key: str, **facts: object) -> None:
        """Something to look at."""
        self._add(key, Severity.WARNING, facts)

    def failed(self, error: HotichError) -> None:
        """What an error says, as a finding."""
        self.findings.append(Finding(error.key, Severity.ERROR, (), explain(error, self.language)))

    def _add(self, key: str, severity: Severity, facts: dict[str, object]) -> None:
        text = sentence(key, {name: str(fact) for name, fact in facts.items()}, self.language)
        self.findings.append(Finding(key, severity, (), text))


_Known = tuple[Trust, Workspace | None]


def _check_pdf(data: bytes, told: _Told, known: _Known) -> ExtractCheck:
    sealed = _sealed(data)
    seen = _code_on(data)
    if sealed is None and not seen:
        told.error("extract-not-ours")
        return ExtractCheck(Source.PDF, tuple(told.findings))
    if sealed is None:
        # A scan of the paper looks just like a file whose content was taken out.
        told.warn("extract-bare-pdf")
        return _finished(Source.PDF, seen, told, known)
    if not seen:
        told.error("extract-no-code")
    elif seen != sealed.payload:
        told.error("extract-code-swapped")
    return _finished(Source.PDF, seen or find_payload(sealed.payload), told, known, sealed, data)


def _sealed(data: bytes) -> SealedExtract | None:
    try:
        return unseal(data)
    except PackageError:
        return None


def _code_on(data: bytes) -> str:
    """The payload of the first code on the sheets, or ''."""
    texts: Iterator[str] = (find_payload(read_qr(sheet)) for sheet in rendered(data, CODE_DPI))
    return next((text for text in texts if text), "")


def _finished(
    source: Source,
    text: str,
    told: _Told,
    known: _Known,
    sealed: SealedExtract | None = None,
    data: bytes = b"",
) -> ExtractCheck:
    trust, workspace = known
    payload = _payload(text, told) if text else None
    compared = payload is not None and sealed is not None
    if payload is not None and sealed is not None:
        compared = _compare(payload, sealed, data, told)
    elif payload is not None:
        told.note("extract-compare-by-eye")
    signed_by, signer = _signer(payload, trust, told)
    logged = print_of(workspace, payload.serial) if workspace is not None and payload is not None else None
    content = sealed.content if sealed is not None else None
    if content is not None and content.practice:
        told.warn("extract-practice")
    return ExtractCheck(source, tuple(told.findings), payload, signed_by, signer, content, compared, logged)


def _payload(text: str, told: _Told) -> Payload | None:
    try:
        return read_payload(text)
    except PackageError as error:
        told.failed(error)
        return None


def _compare(payload: Payload, sealed: SealedExtract, data: bytes, told: _Told) -> bool:
    """Whether the sheets could be compared; what differs is told."""
    if payload.content_hash != sealed.digest or not facts_agree(payload, sealed.content):
        told.error("extract-content-changed")
    missing = [place for place, fact in enumerate(sealed.content.pictures, 1) if fact.sha256 not in sealed.pictures]
    if missing:
        told.error("extract-picture-changed", pictures=_numbers(missing))
    if not is_still(data):
        told.error("extract-not-still")
    if sealed.content.layout != LAYOUT:
        told.note("extract-other-drawing")
        return False
    changed = changed_sheets(data, sealed, payload.public_key)
    if changed:
        told.error("extract-sheet-changed", sheets=_numbers(changed))
    return True


def _numbers(places: list[int] | tuple[int, ...]) -> str:
    return ", ".join(str(place) for place in places)


def _signer(payload: Payload | None, trust: Trust, told: _Told) -> tuple[SignedBy | None, str]:
    if payload is None:
        return None, ""
    if trust.own and payload.fingerprint == trust.own:
        return SignedBy.OWN, ""
    known = trust.key(payload.fingerprint)
    if known is not None:
        return SignedBy.KNOWN, known.name
    told.warn("extract-unknown-key", fingerprint=payload.fingerprint)
    return SignedBy.UNKNOWN, ""
