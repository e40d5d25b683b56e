"""What people answer when something confidential leaves, or when a locked package is opened."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from hotich.pipeline.confidential import (
    SHORTEST_PASSPHRASE,
    Lock,
    Passphrase,
    Protection,
    Unlock,
    held_key,
    recipient,
)

__all__ = ["SHORTEST_PASSPHRASE", "LockAnswer", "UnlockAnswer"]


@dataclass(frozen=True, slots=True)
class LockAnswer:
    """A passphrase, a receiver's certificate, or a reason to leave unlocked; the passphrase is never shown."""

    passphrase: str = field(default="", repr=False)
    certificate: Path | None = None
    reason: str = ""

    @property
    def is_any(self) -> bool:
        """Whether anything was answered."""
        return bool(self.passphrase or self.certificate or self.reason)

    def protection(self) -> Protection:
        """How the book leaves. Raises PackageError when the file is no certificate."""
        locks: list[Lock] = [recipient(self.certificate)] if self.certificate is not None else []
        if self.passphrase:
            locks.append(Passphrase(self.passphrase))
        return Protection(tuple(locks), "" if locks else self.reason)


@dataclass(frozen=True, slots=True)
class UnlockAnswer:
    """The passphrase of a package, or of the key file beside it."""

    passphrase: str = field(default="", repr=False)
    key_file: Path | None = None

    def unlock(self) -> Unlock:
        """What opens packages. Raises SetupError when the key file does not open."""
        if self.key_file is not None:
            return held_key(self.key_file, self.passphrase)
        return Passphrase(self.passphrase)
