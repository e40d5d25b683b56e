"""Refusals of the importer: a file or a pasted text, what each means, and taking them in."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol, TypeVar

import msgspec

from hotich.errors import HotichError
from hotich.forms.loader import load_catalogue
from hotich.messages import Language
from hotich.pipeline import refusals
from hotich.pipeline.refusals import RefusalFile, RefusalMatch, RefusalPreview, RefusalsTaken, Unread
from hotich.pipeline.ticket import Ticket
from hotich.redaction import is_confidential, redacted_statement
from hotich.ui.presenters.desk import Desk, Running
from hotich.ui.presenters.typed_path import typed_path
from hotich.values import Actor, Role

T = TypeVar("T")


class RefusalLine(msgspec.Struct, frozen=True):
    """One refusal as it is listed; `record_id` is '' where none was found."""

    place: str
    record: str
    field: str
    state: str
    text: str
    record_id: str = ""
    field_id: str = ""


class RefusalsScreen(Protocol):
    """The dialog as a widget."""

    def show_lines(self, lines: tuple[RefusalLine, ...], summary: str, *, ready: bool, doubtful: int) -> None: ...

    def show_problem(self, sentence: str) -> None: ...

    def show_busy(self) -> None: ...

    def finish(self) -> None: ...


class RefusalsPresenter:
    """What can be done with refusals of the book in hand."""

    def __init__(self, desk: Desk, screen: RefusalsScreen) -> None:
        self._desk = desk
        self._screen = screen
        self._preview: RefusalPreview | None = None
        self._running: Running | None = None
        self._doubtful = False

    @property
    def may_take_in(self) -> bool:
        """Whether this person may open records again."""
        return self._desk.actor.role in (Role.SUPERVISOR, Role.IMPORTER)

    def counts(self) -> str:
        """How far the refused records of the book are, in a sentence; '' where there were none."""
        counts = refusals.counts_of(self._desk.workspace, self._desk.book_id)
        if not counts.refused:
            return ""
        facts = {"refused": counts.refused, "waiting": counts.waiting, "corrected": counts.corrected}
        return self._desk.say("incoming-refusal-counts", **facts, left=counts.left)

    def look_at_file(self, name: str) -> None:
        """Show what the refusals of a file mean."""
        workspace, book_id = self._desk.workspace, self._desk.book_id
        path = typed_path(name) or Path()
        self._look(lambda: refusals.read_file(workspace, book_id, path))

    def look_at_text(self, text: str) -> None:
        """Show what the refusals of a pasted text mean."""
        workspace, book_id = self._desk.workspace, self._desk.book_id
        if not text.strip():
            self._screen.show_problem(self._desk.say("incoming-paste-first"))
            return
        self._look(lambda: refusals.read_text(workspace, book_id, text))

    def choose_doubtful(self, wanted: bool) -> None:
        """Let refusals matched in part only come in too, or not."""
        self._doubtful = wanted
        if self._preview is not None:
            self._show(self._preview)

    def take_in(self) -> None:
        """Write what is shown; progress and stop are the window's."""
        desk, preview, doubtful, actor = self._desk, self._preview, self._doubtful, self._desk.actor
        if preview is None or not preview.wanted(doubtful):
            return
        self._screen.finish()
        desk.shell.run(
            desk.say("ui-job-refusals"),
            lambda ticket: _taken(desk, preview, actor, ticket, doubtful),
            self._taken,
        )

    def leave(self) -> None:
        """Stop looking."""
        if self._running is not None:
            self._running.cancel()

    def _look(self, read: Callable[[], RefusalFile]) -> None:
        desk, book_id = self._desk, self._desk.book_id
        self._screen.show_busy()

        def work(ticket: Ticket) -> RefusalPreview | HotichError:
            try:
                return refusals.preview_refusals(desk.workspace, book_id, read(), ticket)
            except HotichError as error:
                return error

        self._running = desk.shell.fetch(work, self._looked)

    def _looked(self, found: RefusalPreview | HotichError) -> None:
        self._running = None
        if isinstance(found, HotichError):
            self._preview = None
            self._screen.show_problem(self._desk.explain(found))
            return
        self._preview = found
        self._show(found)

    def _show(self, preview: RefusalPreview) -> None:
        lines = (*self._matched(preview), *self._unmatched(preview))
        wanted = preview.wanted(self._doubtful)
        doubtful = sum(not match.sure and not match.known for match in preview.matched)
        ready = bool(wanted) and preview.before is None and self.may_take_in
        self._screen.show_lines(lines, self._summary(preview, wanted), ready=ready, doubtful=doubtful)

    def _summary(self, preview: RefusalPreview, wanted: tuple[RefusalMatch, ...]) -> str:
        desk = self._desk
        if preview.before is not None:
            facts = {"file": preview.before.file, "at": preview.before.at[:10], "name": preview.before.name}
            return desk.say("incoming-refusals-again", **facts)
        if not preview.matched:
            return desk.say("incoming-refusals-no-record")
        records = {match.record_id for match in wanted}
        reopened = {match.record_id for match in wanted if match.reopens}
        left = len(preview.left) + len(preview.unread)
        facts = {"refusals": str(len(wanted)), "records": str(len(records)), "reopened": str(len(reopened))}
        told = [desk.say("incoming-refusals-would", **facts, left=left)]
        if preview.silent:
            told.append(desk.say("incoming-silent-rows", count=preview.silent))
        if not self.may_take_in:
            told.append(desk.say("policy-importer-only"))
        return " ".join(told)

    def _matched(self, preview: RefusalPreview) -> list[RefusalLine]:
        places = {key: str(place) for place, key in enumerate(self._desk.workspace.record_ids(preview.book_id), 1)}
        names = self._names()
        return [
            RefusalLine(
                place=str(match.refused.place),
                record=places.get(match.record_id, ""),
                field=names.get(match.refused.field_id, "—"),
                state=self._desk.say(f"incoming-state-{match.state}"),
                text=self._told(match.refused.text),
                record_id=match.record_id,
                field_id=match.refused.field_id,
            )
            for match in preview.matched
        ]

    def _unmatched(self, preview: RefusalPreview) -> list[RefusalLine]:
        say = self._desk.say
        left = [
            RefusalLine(str(each.refused.place), "—", "—", say(each.reason), self._told(each.refused.text))
            for each in preview.left
        ]
        return left + [
            RefusalLine(str(line.place), "—", "—", say(line.reason), line.text) for line in self._unread(preview)
        ]

    def _unread(self, preview: RefusalPreview) -> tuple[Unread, ...]:
        """What was not understood; of confidential books without what may name people."""
        return tuple(map(refusals.without_names, preview.unread)) if self._is_confidential() else preview.unread

    def _is_confidential(self) -> bool:
        book = self._desk.book()
        return book is not None and is_confidential(book)

    def _told(self, text: str) -> str:
        """A sentence of the importer; of confidential books without the values that it quotes."""
        return redacted_statement(text) if self._is_confidential() else text

    def _names(self) -> dict[str, str]:
        book = self._desk.book()
        fields = load_catalogue().records[book.record_type].fields if book is not None else ()
        english = self._desk.language is Language.ENGLISH
        return {field.id: field.name(english) for field in fields}

    def _taken(self, taken: RefusalsTaken) -> None:
        self._desk.shell.changed()
        facts = {"refusals": taken.refusals, "records": taken.records, "reopened": taken.reopened}
        told = self._desk.say("incoming-refusals-taken", **facts)
        self._desk.shell.tell(f"{told}\n\n{self.counts()}\n\n{self._desk.say('incoming-refusals-next')}")


def _taken(desk: Desk, preview: RefusalPreview, actor: Actor, ticket: Ticket, doubtful: bool) -> RefusalsTaken:
    return refusals.take_in_refusals(desk.workspace, preview, actor, ticket, doubtful=doubtful)
