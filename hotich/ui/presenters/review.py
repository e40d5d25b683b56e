"""Review: a second person approves a record or returns it with a reason."""

from __future__ import annotations

from typing import Protocol

from hotich.permission import has_worked_on
from hotich.pipeline.asking import answer, asking_records, open_questions
from hotich.pipeline.entry import EntryView, entry_view
from hotich.pipeline.lookup import records_of
from hotich.pipeline.review import approve, give_back
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.pictures import PictureFeed, PictureScreen
from hotich.values import Record, Status

SHOWN = (Status.SUBMITTED, Status.APPROVED, Status.RETURNED)


def _rank(record: Record) -> int:
    """What waits for a decision first, then what waits for an answer."""
    if record.status is Status.SUBMITTED:
        return 0
    return 1 if record.held else 2 + SHOWN.index(record.status)


class ReviewScreen(PictureScreen, Protocol):
    """The review list and the record beside its picture."""

    def show_queue(self, records: tuple[Record, ...], current: int, waiting: int) -> None: ...

    def show_record(self, view: EntryView, remark: str) -> None: ...

    def show_nothing(self, sentence: str) -> None: ...


class ReviewPresenter:
    """What a reviewer does. `workflow` decides what is allowed; a refusal is told in its own sentence."""

    def __init__(self, desk: Desk, screen: ReviewScreen) -> None:
        self._desk = desk
        self._screen = screen
        self._feed = PictureFeed(desk, screen)
        self._records: tuple[Record, ...] = ()
        self._current = 0

    @property
    def record(self) -> Record | None:
        """The record in hand."""
        return self._records[self._current] if self._current < len(self._records) else None

    def refresh(self) -> None:
        """Show what waits for a decision or an answer, what was approved and what was returned."""
        held, desk = self.record, self._desk
        found = self._all(desk.book_id) if desk.book_id else []
        self._records = tuple(sorted(found, key=_rank))
        if not self._records:
            self._screen.show_nothing(desk.say("ui-no-review" if desk.book_id else "ui-no-book"))
            return
        ids = [record.record_id for record in self._records]
        waiting = sum(record.status is Status.SUBMITTED for record in self._records)
        still = held is not None and held.status is not Status.SUBMITTED and held.record_id in ids
        self._current = ids.index(held.record_id) if held is not None and still else min(self._current, len(ids) - 1)
        if held is not None and held.status is Status.SUBMITTED and waiting:
            self._current = (
                ids.index(held.record_id) if self._waits(held.record_id) else min(self._current, waiting - 1)
            )
        self._screen.show_queue(self._records, self._current, waiting)
        self.choose(self._current)

    def begin(self) -> None:
        """Take the first record that waits in hand, unless one that waits is in hand already."""
        held = self.record
        if held is not None and held.status is not Status.SUBMITTED and self._records[0].status is Status.SUBMITTED:
            self.step(-self._current)

    def choose(self, place: int) -> None:
        """Take that record in hand."""
        if not 0 <= place < len(self._records):
            return
        self._current = place
        record = self._records[place]
        view = entry_view(self._desk.workspace, record.record_id, language=self._desk.language)
        self._screen.show_record(view, self._remark(record))
        self._feed.show(record.page_id)

    def step(self, step: int) -> None:
        """To the record before or after in the list."""
        place = self._current + step
        if 0 <= place < len(self._records):
            self._current = place
            waiting = sum(record.status is Status.SUBMITTED for record in self._records)
            self._screen.show_queue(self._records, place, waiting)
            self.choose(place)

    def approve(self) -> None:
        """Approve the record in hand; the next one that waits comes up."""
        record, desk = self.record, self._desk
        if record is None:
            return
        if record.status is Status.APPROVED:
            desk.shell.note(self._remark(record))
        elif desk.attempt(lambda: approve(desk.workspace, record.record_id, desk.actor, language=desk.language)):
            desk.shell.note(desk.say("ui-approved"))
            desk.shell.changed()

    def give_back(self) -> None:
        """Return the record in hand with a reason."""
        record, desk = self.record, self._desk
        if record is None:
            return

        def returned(reason: str) -> None:
            if desk.attempt(lambda: give_back(desk.workspace, record.record_id, reason, desk.actor)):
                desk.shell.note(desk.say("ui-returned"))
                desk.shell.changed()

        desk.shell.ask_reason(desk.say("ui-why-return"), returned)

    def answer(self) -> None:
        """Answer the oldest open question of the record in hand; the clerk sees it at the field."""
        record, desk = self.record, self._desk
        asked = open_questions(record) if record is not None else ()
        if record is None or not asked:
            desk.shell.note(desk.say("ui-no-question"))
            return
        view = entry_view(desk.workspace, record.record_id, language=desk.language)
        names = {row.field.id: row.label.strip(" :") for row in view.rows}
        question = asked[0]
        label = names.get(question.field_id, desk.say("ui-whole-record"))

        def answered(text: str) -> None:
            if desk.attempt(lambda: answer(desk.workspace, record.record_id, question.number, text, desk.actor)):
                desk.shell.note(desk.say("ui-answer-sent"))
                desk.shell.changed()

        told = desk.say("ui-answer-what", who=question.asked_by.name, label=label, text=question.text)
        desk.shell.ask_reason(told, answered)

    def toggle_cleaned(self) -> None:
        """F6: the other picture of the page."""
        self._feed.toggle()

    def _all(self, book_id: str) -> list[Record]:
        decided = [r for status in SHOWN for r in records_of(self._desk.workspace, book_id, status)]
        asking = asking_records(self._desk.workspace, book_id)
        known = {record.record_id for record in decided}
        return [*decided, *(record for record in asking if record.record_id not in known)]

    def _waits(self, record_id: str) -> bool:
        return any(r.record_id == record_id and r.status is Status.SUBMITTED for r in self._records)

    def _remark(self, record: Record) -> str:
        """Why this person may not approve the record, or what became of it; '' when it simply waits."""
        say, name = self._desk.say, self._desk.actor.name
        if record.held:
            asked = open_questions(record)[0]
            return say("ui-asked", who=asked.asked_by.name, text=asked.text)
        if record.status is Status.APPROVED:
            return say("ui-approved-by", name=record.approved_by)
        if record.status is Status.RETURNED:
            return say("ui-returned-because", reason=record.return_reason)
        if not self._desk.is_supervisor:
            return say("policy-supervisor-only")
        if has_worked_on(record, name):
            return say("policy-four-eyes", name=name)
        return ""
