"""What a verification found, gathered as findings."""

from __future__ import annotations

import msgspec

from hotich.messages import Language, sentence
from hotich.values import Finding, Severity

_LONGEST = 200

MOST = 200
"""Findings told one by one; a package with more is broken through and through."""


class Fault(msgspec.Struct, frozen=True):
    """A key of messages with its facts."""

    key: str
    facts: dict[str, object] = {}


class Problems:
    """Gathers findings, the first `MOST` of them with their sentences."""

    def __init__(self, language: Language) -> None:
        self._language = language
        self._found: list[Finding] = []
        self._more = 0

    def add(self, key: str, *, record_id: str = "", fields: tuple[str, ...] = (), **facts: object) -> None:
        """Takes note of an error."""
        self._note(Severity.ERROR, key, record_id, fields, facts)

    def add_fault(self, fault: Fault) -> None:
        """Takes note of a fault as of an error."""
        self._note(Severity.ERROR, fault.key, "", (), fault.facts)

    def tell(self, key: str, **facts: object) -> None:
        """Takes note of something that is no error."""
        self._note(Severity.NOTE, key, "", (), facts)

    def _note(
        self, severity: Severity, key: str, record_id: str, fields: tuple[str, ...], facts: dict[str, object]
    ) -> None:
        if self.full:
            self._more += 1
            return
        text = self._sentence(Fault(key, facts))
        named = tuple(shown(field) for field in fields[:MOST])
        self._found.append(Finding(key, severity, named, text, shown(record_id)))

    def _sentence(self, fault: Fault) -> str:
        """The sentence of a fault; one that stands among its facts is told within it."""
        facts = {
            name: self._sentence(fact) if isinstance(fact, Fault) else shown(fact) for name, fact in fault.facts.items()
        }
        return sentence(fault.key, facts, self._language)

    @property
    def full(self) -> bool:
        """Whether further ones are only counted."""
        return len(self._found) >= MOST

    @property
    def any(self) -> bool:
        """Whether there is an error so far."""
        return any(finding.severity is Severity.ERROR for finding in self._found)

    @property
    def findings(self) -> tuple[Finding, ...]:
        """All of them, and a last one that counts those left out."""
        if not self._more:
            return tuple(self._found)
        text = sentence("package-more", {"count": str(self._more)}, self._language)
        return (*self._found, Finding("package-more", Severity.ERROR, (), text))


def shown(fact: object) -> str:
    """A text out of a package, short and without signs that would upset a screen."""
    text = str(fact)
    cut = text if len(text) <= _LONGEST else text[:_LONGEST] + "…"
    return "".join(sign if sign.isprintable() else "?" for sign in cut)
