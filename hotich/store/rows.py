"""What the store hands out beside records and actions."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from hotich.values import Book, CleanRecipe, FieldEntry, Placement, SourcePage, Status
from hotich.workflow import Action


class PageRow(msgspec.Struct, frozen=True):
    """A page as it is now. `set_aside` says why it is not part of the book, or is ''; `entries` counts its records.

    `notes` are message keys of what reading the page found wrong with it.
    """

    book_id: str
    page: SourcePage
    order: int
    recipe: CleanRecipe | None = None
    placement: Placement | None = None
    set_aside: str = ""
    entries: int = 0
    notes: tuple[str, ...] = ()


class BookRow(msgspec.Struct, frozen=True):
    """A book with its counts. `people` names those who worked on it, the latest first; `last_at` is UTC, ISO 8601."""

    book: Book
    counts: dict[Status, int]
    pages: int
    people: tuple[str, ...]
    last_at: str

    @property
    def entries(self) -> int:
        """Records of the book, void ones left out."""
        return sum(count for status, count in self.counts.items() if status is not Status.VOID)


class FieldCell(msgspec.Struct, frozen=True):
    """One field of one record, as it stands."""

    record_id: str
    page_id: str
    status: Status
    entry: FieldEntry


class Place(msgspec.Struct, frozen=True):
    """Where somebody stopped working."""

    book_id: str
    page_id: str = ""
    record_id: str = ""
    field_id: str = ""


class Changes(msgspec.Struct, frozen=True):
    """What one commit wrote and the ids it touches; published after the commit is on disk."""

    actions: tuple[Action, ...]
    books: frozenset[str]
    pages: frozenset[str]
    records: frozenset[str]


def changes_of(actions: Sequence[Action]) -> Changes:
    """The actions with the ids that they name."""
    return Changes(
        tuple(actions),
        frozenset(action.book_id for action in actions),
        frozenset(action.page_id for action in actions if action.page_id),
        frozenset(action.record_id for action in actions if action.record_id),
    )
