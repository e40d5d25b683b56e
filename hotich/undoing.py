"""What may be taken back and brought back, by whom, and how far: decisions on actions, without a store."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from hotich.errors import PolicyError
from hotich.folding import fold_record
from hotich.permission import require
from hotich.values import Actor, Role, Status
from hotich.workflow import UNDOABLE, Action, RecordVoided, Redone, Refused, Returned, Submitted, Undone


def undo_target(newest_first: Iterable[Action], actor: Actor) -> Action | None:
    """The last undoable action of that person that holds, or None. Reads no further back than it must."""
    settled: set[int] = set()
    undone: set[int] = set()
    for action in newest_first:
        match action.event:
            case Undone(action_id) | Redone(action_id):
                # The newest word on an action decides; older ones are history.
                if action_id not in settled and isinstance(action.event, Undone):
                    undone.add(action_id)
                settled.add(action_id)
            case _ if isinstance(action.event, UNDOABLE) and action.actor.name == actor.name:
                if action.action_id not in undone:
                    return action
    return None


def redo_target(newest_first: Iterable[Action], actor: Actor) -> int | None:
    """The number of the action that person took back last and may bring back, or None.

    Whatever else the person does after taking something back cuts the list.
    """
    brought_back: Counter[int] = Counter()
    for action in newest_first:
        if action.actor.name != actor.name:
            continue
        match action.event:
            case Redone(action_id):
                brought_back[action_id] += 1
            case Undone(action_id) if brought_back[action_id]:
                brought_back[action_id] -= 1
            case Undone(action_id):
                return action_id
            case _:
                return None
    return None


def require_undo(actor: Actor, target: Action, history: Sequence[Action]) -> None:
    """Nothing, when the actor may take the target back; `history` has all actions of its record in order.

    What a reviewer has seen stays: an approved record is returned first, and what stood before a return is corrected,
    not taken back. While a record waits for review only the handing over itself can be taken back.
    """
    _require_own(actor, target)
    record = fold_record(history)
    if record is None:
        raise PolicyError("policy-no-record")
    if any(isinstance(a.event, Returned | Refused) and a.action_id > target.action_id for a in history):
        raise PolicyError("policy-undo-before-return")
    lifted = {Status.SUBMITTED: Submitted, Status.VOID: RecordVoided}.get(record.status)
    if record.status is Status.APPROVED or (lifted is not None and not isinstance(target.event, lifted)):
        raise PolicyError(f"policy-record-is-{record.status.value}")


def require_redo(actor: Actor, target: Action, history: Sequence[Action]) -> None:
    """Nothing, when the actor may bring the target back; `history` has all actions of its record in order.

    The target takes its old place in the order, under whatever others did since, so nobody else may have touched the
    record in between.
    """
    _require_own(actor, target)
    taken_back = max((a.action_id for a in history if a.event == Undone(target.action_id)), default=0)
    if any(a.action_id > taken_back and _by_another_person(a, actor) for a in history):
        raise PolicyError("policy-redo-changed-since")
    require(actor, target.event, fold_record(history))


def _require_own(actor: Actor, target: Action) -> None:
    if actor.role is Role.MACHINE:
        raise PolicyError("policy-machine-confirms-nothing")
    if target.actor.name != actor.name:
        raise PolicyError("policy-undo-not-yours")


def _by_another_person(action: Action, actor: Actor) -> bool:
    return action.actor.role is not Role.MACHINE and action.actor.name != actor.name
