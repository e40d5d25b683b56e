"""The numbers that a workspace goes by."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hotich.settings import Settings, load_settings
from hotich.store import Workspace

SETTINGS_FILE = "settings.toml"


def settings_of(workspace: Workspace) -> Settings:
    """The shipped numbers, replaced by those of the workspace's own file. Raises SetupError when that file is wrong."""
    return _loaded(workspace.folder / SETTINGS_FILE)


@lru_cache(maxsize=4)
def _loaded(own_file: Path) -> Settings:
    return load_settings(own_file)
