"""Where the clerk goes next among the fields of a record."""

from __future__ import annotations

from collections.abc import Callable

from hotich.pipeline.entry import EntryView, FieldRow
from hotich.values import Severity

Step = Callable[[EntryView, int], int]
"""From the place in hand to the next one."""


def stay(view: EntryView, current: int) -> int:
    """The same place."""
    return current


def next_in_line(view: EntryView, current: int) -> int:
    """The next field that concerns the clerk, whatever its state."""
    return neighbour(view, current, 1)


def concerns_clerk(row: FieldRow) -> bool:
    """Whether the clerk may want to see the field: it stands on the page, is owed, or has something to confirm."""
    return row.on_page or row.is_open or row.has_suggestion


def neighbour(view: EntryView, current: int, step: int) -> int:
    """The place of the next field in that direction; the number of rows is the hand-over, the first stays first."""
    place = current + step
    while 0 <= place < len(view.rows):
        if concerns_clerk(view.rows[place]):
            return place
        place += step
    return len(view.rows) if step > 0 else current


def next_look(view: EntryView, current: int) -> int:
    """The next field that needs a look, else the first that was passed over; the number of rows when none is left."""
    after = (place for place in range(current + 1, len(view.rows)) if view.rows[place].needs_look)
    return next(after, first_look(view, before=current))


def first_look(view: EntryView, before: int | None = None) -> int:
    """The first field that needs a look, of those before that place if one is given; else the number of rows."""
    rows = view.rows if before is None else view.rows[: max(before, 0)]
    open_there = (place for place, row in enumerate(rows) if row.needs_look and (before is None or row.is_open))
    return next(open_there, len(view.rows))


def first_open(view: EntryView) -> int:
    """The first field on which the clerk owes a word; the number of rows when there is none."""
    return next((place for place, row in enumerate(view.rows) if row.is_open), len(view.rows))


def starting_field(view: EntryView) -> int:
    """Where work on a record begins: the first field that needs a look, else the first open one."""
    place = first_look(view)
    return place if place < len(view.rows) else first_open(view)


def first_trouble(view: EntryView) -> int:
    """The field that a refusal speaks of: the first that needs a look, an open one, or one with an error."""
    if view.open_rows:
        return starting_field(view)
    for place, row in enumerate(view.rows):
        if any(finding.severity is Severity.ERROR for finding in row.findings):
            return place
    return len(view.rows)


def sure_left(view: EntryView) -> int:
    """How many suggestions the key that takes the rest of the record would confirm."""
    return sum(row.is_sure for row in view.rows)
