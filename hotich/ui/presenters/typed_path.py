"""Paths as people type or paste them."""

from __future__ import annotations

from pathlib import Path


def typed_path(text: str) -> Path | None:
    """The path, without the quotes that Windows puts around one that is copied, `~` spelled out; None for nothing."""
    bare = text.strip().strip('"').strip()
    return Path(bare).expanduser() if bare else None
