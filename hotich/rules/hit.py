"""What a check gives back."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: the fields it concerns, the facts for the rule's sentence, and the record, between records."""

    fields: tuple[str, ...]
    facts: dict[str, str] = field(default_factory=dict)
    record_id: str = ""
