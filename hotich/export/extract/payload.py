"""What the QR code of an extract holds: which record, a hash of all that the extract says, and a signature.

A payload is `HT1:` and base 32 letters (RFC 4648, without padding), which QR codes keep short and people can type.
Its bytes are: length of the facts (2, big-endian), the facts as UTF-8 lines, the hash, the public key and the
signature (Ed25519 over facts and hash, for the purpose `extract`).
"""

from __future__ import annotations

import base64
import binascii
import re
from typing import Final

import msgspec

from hotich.errors import PackageError
from hotich.export.extract.content import HASH_BYTES, ExtractContent, canonical, content_hash
from hotich.signing import ALGORITHM, Signature, SigningKey, check_signature, fingerprint, signature_of
from hotich.values import RecordType

PREFIX: Final = "HT1:"
PURPOSE: Final = "extract"
LONGEST_FACT: Final = 60
"""Letters of one fact; a longer one is cut, as it only helps the eye, and the hash holds the whole."""

_KEY, _SIGNATURE = 32, 64
_TYPED = re.compile(r"HT1:[A-Z2-7]+")


class Payload(msgspec.Struct, frozen=True):
    """The facts that stand in the code, to be compared by eye with a paper; `content_hash` and key are hexadecimal."""

    record_type: RecordType
    number: str
    book: str
    registered: str
    serial: str
    people: str
    content_hash: str
    public_key: str

    @property
    def fingerprint(self) -> str:
        """Of the key that signed it, as people compare it."""
        return fingerprint(self.public_key)


def make_payload(content: ExtractContent, key: SigningKey) -> str:
    """The text of the QR code."""
    facts = "\n".join(_cut(fact) for fact in _facts(content)).encode()
    signed = facts + content_hash(canonical(content))
    signature = signature_of(signed, PURPOSE, key)
    parts = (len(facts).to_bytes(2, "big"), signed, bytes.fromhex(key.public_key), bytes.fromhex(signature.signature))
    return PREFIX + base64.b32encode(b"".join(parts)).decode().rstrip("=")


def _facts(content: ExtractContent) -> tuple[str, ...]:
    people = "; ".join(content.people)
    return (content.record_type.value, content.number, content.book, content.registered, content.serial, people)


def _cut(fact: str) -> str:
    plain = " ".join(fact.split())
    return plain if len(plain) <= LONGEST_FACT else plain[: LONGEST_FACT - 1] + "…"


def facts_agree(payload: Payload, content: ExtractContent) -> bool:
    """Whether the facts for the eye are those of the content."""
    told = (payload.record_type.value, payload.number, payload.book, payload.registered, payload.serial, payload.people)
    return told == tuple(_cut(fact) for fact in _facts(content))


def find_payload(text: str) -> str:
    """The payload in a text that was typed or read by any reader of QR codes, or ''; blanks and small letters pass."""
    found = _TYPED.search("".join(text.upper().split()))
    return found[0] if found is not None else ""


def read_payload(text: str) -> Payload:
    """The facts of a payload whose signature holds.

    Raises PackageError `extract-code-unreadable` for what is no payload, `extract-code-false` where the signature does
    not fit.
    """
    try:
        facts, digest, public_key, signature = _parts(text)
        kind, number, book, registered, serial, people = facts.decode().split("\n")
        payload = Payload(RecordType(kind), number, book, registered, serial, people, digest.hex(), public_key.hex())
    except ValueError as failure:
        raise PackageError("extract-code-unreadable") from failure
    try:
        check_signature(Signature(PURPOSE, public_key.hex(), signature.hex(), ALGORITHM), facts + digest, PURPOSE)
    except PackageError as failure:
        raise PackageError("extract-code-false") from failure
    return payload


def _parts(text: str) -> tuple[bytes, bytes, bytes, bytes]:
    """Facts, hash, public key and signature. Raises ValueError."""
    if not text.startswith(PREFIX):
        raise ValueError("not a payload")
    letters = text[len(PREFIX) :]
    try:
        data = base64.b32decode(letters + "=" * (-len(letters) % 8))
    except binascii.Error as error:
        raise ValueError("not base 32") from error
    # Base 32 has letters whose last bits are lost; only one spelling of the same bytes counts.
    if base64.b32encode(data).decode().rstrip("=") != letters:
        raise ValueError("not the one spelling")
    length = int.from_bytes(data[:2], "big")
    if len(data) != 2 + length + HASH_BYTES + _KEY + _SIGNATURE:
        raise ValueError("wrong length")
    facts, rest = data[2 : 2 + length], data[2 + length :]
    return facts, rest[:HASH_BYTES], rest[HASH_BYTES : HASH_BYTES + _KEY], rest[HASH_BYTES + _KEY :]
