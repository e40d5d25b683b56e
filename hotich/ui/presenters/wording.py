"""The short words for types, states and kinds, in the language of the window."""

from __future__ import annotations

from hotich.messages import Language, sentence
from hotich.values import RecordType, Role, Severity, Status


def of_type(kind: RecordType, language: Language) -> str:
    """Name of a register, such as "Khai sinh"."""
    return sentence(f"ui-type-{kind.value}", language=language)


def of_status(status: Status, language: Language) -> str:
    """Name of a record's state."""
    return sentence(f"ui-status-{status.value}", language=language)


def of_role(role: Role, language: Language) -> str:
    """Name of a role."""
    return sentence(f"ui-role-{role.value}", language=language)


def of_severity(severity: Severity, language: Language) -> str:
    """How grave a finding is."""
    return sentence(f"ui-severity-{severity.value}", language=language)


SIGNS: dict[Severity, str] = {Severity.ERROR: "■", Severity.WARNING: "▲", Severity.NOTE: "●"}
"""A shape for each severity, so that nobody depends on colour."""
