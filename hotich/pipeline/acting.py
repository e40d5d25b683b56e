"""Writing one event on a record."""

from __future__ import annotations

import uuid

from hotich import workflow
from hotich.store import Workspace
from hotich.values import Actor, Record


def act_on(workspace: Workspace, record: Record, event: workflow.AnyEvent, actor: Actor) -> workflow.Action:
    """The written action, on disk when this returns. Raises PolicyError when the actor may not do it."""
    return workspace.append(draft_of(record, event, actor))[0]


def new_step() -> str:
    """A mark for actions that one key writes together."""
    return uuid.uuid4().hex


def draft_of(record: Record, event: workflow.AnyEvent, actor: Actor) -> workflow.Draft:
    """The action that is about to be written on a record."""
    return workflow.Draft(record.book_id, event, actor, record_id=record.record_id, page_id=record.page_id)
