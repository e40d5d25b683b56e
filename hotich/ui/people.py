"""Who has worked in a workspace, and in what capacity they did so last."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from hotich.store import Workspace
from hotich.values import Actor

PEOPLE_SETTING = "window:people"


def known_people(workspace: Workspace) -> tuple[Actor, ...]:
    """Everybody who was named in that window, the latest first, each in the last role."""
    kept = workspace.setting(PEOPLE_SETTING)
    return msgspec.json.decode(kept, type=tuple[Actor, ...]) if kept else ()


def remember_people(workspace: Workspace, actors: Sequence[Actor]) -> None:
    """Keep these as the latest, the first of them as the one who works now."""
    names = {actor.name for actor in actors}
    kept = [*actors, *(actor for actor in known_people(workspace) if actor.name not in names)]
    workspace.remember(PEOPLE_SETTING, msgspec.json.encode(kept).decode())
