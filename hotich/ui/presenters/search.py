"""The search screen: a line and filters in, a list out, and what can be done with a line of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

import msgspec

from hotich.errors import HotichError
from hotich.pipeline.extract_check import ExtractCheck, check_extract
from hotich.pipeline.extracts import PrintLine, log_of_prints
from hotich.pipeline.search import Filters, Hit, Hits, search
from hotich.pipeline.trust import trust_here
from hotich.ui.presenters.desk import Desk, Screen
from hotich.values import Book, Status


class SearchScreen(Protocol):
    """The search screen as a widget."""

    def show_books(self, books: tuple[Book, ...]) -> None: ...

    def show_hits(self, hits: tuple[Hit, ...], keep_place: bool) -> None: ...

    def show_state(self, sentence: str, busy: bool, wrong: bool) -> None: ...

    def ask_extract(self, record_id: str) -> None: ...


Answer = Hits | HotichError


class SearchPresenter:
    """Asks in the background; of answers that come late only the one to the last question counts."""

    def __init__(self, desk: Desk, screen: SearchScreen, open_field: Callable[[str, str], None]) -> None:
        self._desk = desk
        self._screen = screen
        self._open_field = open_field
        self._line, self._filters = "", Filters()
        self._question = 0
        self._found = Hits((), 0, False, asked=False)
        self._waiting = False

    @property
    def hits(self) -> tuple[Hit, ...]:
        """What the list shows."""
        return self._found.hits

    def refresh(self) -> None:
        """Show the books to choose from, and the answer to the last question as it is now."""
        self._screen.show_books(self._desk.workspace.covers())
        self.ask(self._line, self._filters)

    def ask(self, line: str, filters: Filters) -> None:
        """Search for a line."""
        self._line, self._filters = line, filters
        self._question += 1
        self._screen.show_state(self._desk.say("ui-search-busy"), True, False)
        self._fetch(0)

    def more(self) -> None:
        """The next portion of the list, when there is one."""
        if len(self._found.hits) < self._found.count and not self._waiting:
            self._fetch(len(self._found.hits))

    def open(self, place: int) -> None:
        """Open the record of that line at the field that matched."""
        hit = self._hit(place)
        if hit is not None:
            # First the screen: changing it moves the focus, and with it the field in hand.
            self._desk.shell.go(Screen.ENTRY)
            self._desk.attempt(lambda: self._open_field(hit.record_id, hit.field_id))

    def extract(self, place: int) -> None:
        """Ask for whom an extract of that record is; only approved records have one."""
        hit = self._hit(place)
        if hit is None:
            self._desk.shell.note(self._desk.say("ui-search-choose"))
        elif hit.status is not Status.APPROVED:
            self._desk.shell.tell(self._desk.say("ui-extract-not-approved"))
        else:
            self._screen.ask_extract(hit.record_id)

    def prints(self) -> tuple[PrintLine, ...]:
        """The log of extracts, the latest first."""
        return log_of_prints(self._desk.workspace)

    def check(self, given: str, then: Callable[[ExtractCheck | HotichError], None]) -> None:
        """Check an extract: a file or the text of its code."""
        workspace, language = self._desk.workspace, self._desk.language

        def work() -> ExtractCheck | HotichError:
            try:
                return check_extract(given.strip(), trust_here(), workspace, language=language)
            except HotichError as error:
                return error

        self._desk.shell.fetch(lambda ticket: work(), then)

    def _hit(self, place: int) -> Hit | None:
        return self._found.hits[place] if 0 <= place < len(self._found.hits) else None

    def _fetch(self, offset: int) -> None:
        question, line, filters, workspace = self._question, self._line, self._filters, self._desk.workspace

        def work() -> Answer:
            try:
                return search(workspace, line, filters, offset)
            except HotichError as error:
                return error

        self._waiting = True
        self._desk.shell.fetch(lambda ticket: work(), lambda answer: self._answered(question, answer))

    def _answered(self, question: int, answer: Answer) -> None:
        if question != self._question:
            return
        self._waiting = False
        if isinstance(answer, HotichError):
            self._screen.show_state(self._desk.explain(answer), False, True)
            return
        if answer.offset:
            self._found = msgspec.structs.replace(answer, hits=(*self._found.hits, *answer.hits), offset=0)
        else:
            self._found = answer
        self._screen.show_hits(self._found.hits, keep_place=bool(answer.offset))
        self._screen.show_state(self._told(self._found), False, False)

    def _told(self, found: Hits) -> str:
        say = self._desk.say
        if not found.asked:
            return say("ui-search-how")
        if not found.hits:
            key = "ui-search-none" if self._filters.suggestions else "ui-search-none-confirmed"
            return say(key)
        key = "ui-search-found-many" if found.more else "ui-search-found"
        return say(key, count=found.count, shown=len(found.hits))
