"""The numbers that a workspace goes by."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from hotich.durable import write_whole
from hotich.errors import PolicyError, SetupError
from hotich.settings import Settings, load_settings
from hotich.store import Workspace
from hotich.values import Actor, Role

SETTINGS_FILE = "settings.toml"
_TARGET = "accept_rest_above"
_TARGET_LINE = re.compile(rf"^{_TARGET}\s*=.*$", re.MULTILINE)


def settings_of(workspace: Workspace) -> Settings:
    """The shipped numbers, replaced by those of the workspace's own file. Raises SetupError when that file is wrong."""
    return _loaded(workspace.folder / SETTINGS_FILE)


def set_target(workspace: Workspace, target: float, actor: Actor) -> Settings:
    """The settings with another certainty from which the rest of a record may be accepted together.

    It is kept in the workspace's own file, whose other lines stay as they are. Raises PolicyError unless a supervisor
    asks, SetupError for a number outside 0 to 1 or a file that is wrong or cannot be written.
    """
    if actor.role is not Role.SUPERVISOR:
        raise PolicyError("policy-target-supervisor-only")
    own_file = workspace.folder / SETTINGS_FILE
    load_settings(own_file)
    if not 0 <= target <= 1:
        raise SetupError("settings-wrong", file=own_file, problems=f"{_TARGET} = {target:g} (0 - 1)")
    line = f"{_TARGET} = {round(target, 4):g}"
    try:
        told = own_file.read_text(encoding="utf-8") if own_file.exists() else ""
        # A number may not stand below the heading of a table, so a new line goes first.
        text = _TARGET_LINE.sub(line, told, count=1) if _TARGET_LINE.search(told) else f"{line}\n{told}"
        write_whole(own_file, text.encode())
    except OSError as error:
        raise SetupError("settings-not-written", file=own_file, detail=error) from error
    _loaded.cache_clear()
    return settings_of(workspace)


@lru_cache(maxsize=4)
def _loaded(own_file: Path) -> Settings:
    return load_settings(own_file)
