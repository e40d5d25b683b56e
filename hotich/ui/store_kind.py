"""Which workspace a window works on. Practice has a workspace of its own, so that it never mixes with real work."""

from __future__ import annotations

from enum import StrEnum


class StoreKind(StrEnum):
    """OWN is the user's own; PRACTICE holds invented people only; NAMED was asked for by folder and stands alone."""

    OWN = "own"
    PRACTICE = "practice"
    NAMED = "named"

    @property
    def other(self) -> StoreKind | None:
        """The workspace that one key away lies beside this one."""
        return {StoreKind.OWN: StoreKind.PRACTICE, StoreKind.PRACTICE: StoreKind.OWN}.get(self)
