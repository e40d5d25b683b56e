"""Corrections of the clean-up by hand: a step that a person set becomes part of the recipe; a spread is split."""

from __future__ import annotations

import hashlib

import msgspec

from hotich import workflow
from hotich.errors import PolicyError
from hotich.imaging.recipe import SPLIT, TURN, revised, split_by_hand
from hotich.imaging.split import BOTH, LEFT, RIGHT
from hotich.pipeline.intake import CLOSED, moves_into, page_in_book
from hotich.store import PageRow, Workspace
from hotich.values import Actor, CleanRecipe, StepRecord

MIDDLE = 0.5


def with_step(row: PageRow, by_hand: StepRecord) -> CleanRecipe:
    """The page's recipe with that step set by a person; measured steps after it are measured again."""
    return revised(row.recipe or CleanRecipe(), by_hand)


def turn_of(row: PageRow) -> int:
    """By how many degrees clockwise the stored picture is turned now: 0, 90, 180 or 270."""
    step = row.recipe.step(TURN) if row.recipe is not None else None
    degrees = step.parameters.get("degrees", 0.0) if step is not None else float(row.page.exif_turn)
    return round(degrees) % 360 if isinstance(degrees, float | int) else row.page.exif_turn


def is_half(row: PageRow) -> bool:
    """Whether the page shows one side of a picture of two."""
    return side_of(row) != BOTH


def side_of(row: PageRow) -> int:
    """Which side of its picture the page shows: split.LEFT, RIGHT, or BOTH."""
    step = row.recipe.step(SPLIT) if row.recipe is not None else None
    side = step.parameters.get("side", BOTH) if step is not None else BOTH
    return int(side) if isinstance(side, float) else BOTH


def split_spread(workspace: Workspace, page_id: str, actor: Actor, fraction: float = MIDDLE) -> str:
    """The id of a new page for the right half of a picture of two; the page itself keeps the left half.

    Both go on using the one original. Records that the whole picture had are not touched. All of it is one transaction.
    Raises PolicyError for a page that is a half already, is set aside, or has records handed over or approved.
    """
    row = page_in_book(workspace, page_id)
    right_id = hashlib.sha256(f"{page_id}:right".encode()).hexdigest()
    if is_half(row) or workspace.page(right_id) is not None:
        raise PolicyError("policy-split-already")
    if any(record.status in CLOSED for record in workspace.page_records(page_id)):
        raise PolicyError("policy-split-has-records", file=row.page.file_name)
    right = msgspec.structs.replace(row.page, page_id=right_id)
    left = workflow.PageCleaned(with_step(row, split_by_hand(fraction, LEFT)))
    whole = workflow.Draft(row.book_id, left, actor, page_id=page_id)
    added = msgspec.structs.replace(whole, event=workflow.PageAdded(right, row.order), page_id=right_id)
    cleaned = workflow.PageCleaned(with_step(row, split_by_hand(fraction, RIGHT)))
    half = msgspec.structs.replace(added, event=cleaned)
    workspace.append(whole, added, half, *_behind(workspace, row, right_id, actor))
    return right_id


def _behind(workspace: Workspace, left: PageRow, right_id: str, actor: Actor) -> list[workflow.Draft]:
    """What numbers the pages anew from the split one on, so that the right half, added in its place, follows it."""
    orders = {row.page.page_id: row.order for row in workspace.pages(left.book_id)}
    ids = list(orders)
    ids.insert(ids.index(left.page.page_id) + 1, right_id)
    return moves_into(left.book_id, ids, {**orders, right_id: left.order}, actor)
