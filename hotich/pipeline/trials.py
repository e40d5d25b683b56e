"""Known answers among the snippets: a confirmed one is put into a group that it does not belong to.

Whoever confirms a page without looking lets it pass and is told so. The result is kept for that person alone; no record
and no number that others see ever changes by it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence

import msgspec

from hotich.pipeline.carousel import Deck, Group, GroupKind, Snippet
from hotich.pipeline.entry_view import FieldStatus
from hotich.store import Workspace
from hotich.values import Actor

ONE_IN = 40
"""One known answer for so many open snippets of a group."""

FEWEST = 12
"""A group with fewer open snippets is looked through at a glance anyway."""


class Score(msgspec.Struct, frozen=True):
    """How many known answers somebody met, and how many of them were noticed."""

    met: int = 0
    noticed: int = 0


def with_trials(deck: Deck, chance: random.Random) -> Deck:
    """The deck with known answers among its larger groups, at places that chance chooses."""
    known = [s for s in deck.snippets if s.cell.status is FieldStatus.CONFIRMED and s.cell.normal and s.region]
    if not known:
        return deck
    groups = tuple(_with_trial(group, known, chance) for group in deck.groups)
    return msgspec.structs.replace(deck, groups=groups)


def _with_trial(group: Group, known: Sequence[Snippet], chance: random.Random) -> Group:
    standing = [place for place, snippet in enumerate(group.snippets) if snippet.open]
    shown = next((group.snippets[place].cell for place in standing), None)
    if group.kind is not GroupKind.VALUE or len(standing) < FEWEST or shown is None:
        return group
    others = [snippet for snippet in known if snippet.cell.normal != shown.normal]
    snippets = list(group.snippets)
    for number in range(max(1, len(standing) // ONE_IN)):
        if others:
            true = others.pop(chance.randrange(len(others)))
            planted = msgspec.structs.replace(
                true, key=f"{true.key} {group.text} {number}", cell=shown, planted=true.cell.text
            )
            snippets.insert(chance.choice(standing), planted)
    return msgspec.structs.replace(group, snippets=tuple(snippets))


def score_of(workspace: Workspace, actor: Actor) -> Score:
    """What that person's known answers came to so far."""
    text = workspace.setting(_key(actor))
    return msgspec.json.decode(text, type=Score) if text else Score()


def keep_score(workspace: Workspace, actor: Actor, *, noticed: int, missed: int) -> Score:
    """The score with these answers added, kept."""
    old = score_of(workspace, actor)
    new = Score(old.met + noticed + missed, old.noticed + noticed)
    if new != old:
        workspace.remember(_key(actor), msgspec.json.encode(new).decode())
    return new


def _key(actor: Actor) -> str:
    return f"known-answers:{actor.name}"
