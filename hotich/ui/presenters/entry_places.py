"""Where a person is at work among the records of a book: remembered, and found again in another window or next day."""

from __future__ import annotations

from hotich.pipeline.entry import EntryView, FieldRow
from hotich.store import Place
from hotich.ui.presenters.desk import Desk
from hotich.values import Status

CHANGEABLE = (Status.DRAFT, Status.RETURNED)


def place_of(view: EntryView, row: FieldRow | None) -> Place:
    """The place of that field of the record; without a field, of the record alone."""
    field_id = row.field.id if row is not None else ""
    return Place(view.book.book_id, view.record.page_id, view.record.record_id, field_id)


class EntryPlaces:
    """The places of whoever works at the desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._handed: Place | None = None

    def hand(self, place: Place | None) -> None:
        """Let the next start be there, whatever was remembered since."""
        self._handed = place

    def remember(self, view: EntryView, row: FieldRow | None) -> None:
        """Keep where that person is; no key waits for the disk."""
        self._desk.workspace.remember_place(self._desk.actor, place_of(view, row))

    def start(self) -> tuple[str, str]:
        """Record and field to begin with in the book in hand; '' where there is none."""
        desk = self._desk
        handed, self._handed = self._handed, None
        if not desk.book_id:
            return ("", "")
        ids = desk.workspace.record_ids(desk.book_id)
        for place in (handed, desk.workspace.last_place(desk.actor)):
            if place is not None and place.book_id == desk.book_id and place.record_id in ids:
                return (place.record_id, place.field_id)
        return (self._to_do(ids) or (ids[0] if ids else ""), "")

    def following(self, view: EntryView) -> str:
        """The record that is to be done after that one, else the first one left before it; '' when none is left."""
        ids = self._desk.workspace.record_ids(view.book.book_id)
        here = ids.index(view.record.record_id)
        return self._to_do(ids[here + 1 :]) or self._to_do(ids[:here])

    def _to_do(self, ids: tuple[str, ...]) -> str:
        records = (self._desk.workspace.record(record_id) for record_id in ids)
        # A record that waits for an answer is passed over.
        return next((r.record_id for r in records if r is not None and r.status in CHANGEABLE and not r.held), "")
