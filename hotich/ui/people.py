"""Who has worked in a workspace, and in what capacity they did so last."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from hotich.store import Workspace
from hotich.text import is_same_name
from hotich.values import Actor

PEOPLE_SETTING = "window:people"


def known_people(workspace: Workspace) -> tuple[Actor, ...]:
    """Everybody who was named in that window, the latest first, each in the last role."""
    kept = workspace.setting(PEOPLE_SETTING)
    return msgspec.json.decode(kept, type=tuple[Actor, ...]) if kept else ()


def as_known(workspace: Workspace, actor: Actor) -> Actor:
    """The same person with the name as it was spelled before, whatever its capitals and spaces are now."""
    names = (known.name for known in known_people(workspace) if is_same_name(known.name, actor.name))
    return msgspec.structs.replace(actor, name=next(names, actor.name))


def remember_people(workspace: Workspace, actors: Sequence[Actor]) -> None:
    """Keep these as the latest, the first of them as the one who works now."""
    others = (known for known in known_people(workspace) if not any(is_same_name(known.name, a.name) for a in actors))
    kept = [*actors, *others]
    workspace.remember(PEOPLE_SETTING, msgspec.json.encode(kept).decode())
