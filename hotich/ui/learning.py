"""The book's reader learns while the clerk works: in the background, told in one quiet line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal, Slot

from hotich.errors import Cancelled, HotichError
from hotich.pipeline.learning import Learner, Taught
from hotich.pipeline.ticket import Ticket
from hotich.store import Workspace
from hotich.store.rows import Changes
from hotich.ui.jobs import JobRunner, JobTicket, Lane
from hotich.ui.main_window import MainWindow
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Screen

SHOWS_MANY = (Screen.CAROUSEL, Screen.SHEET, Screen.REVIEW)
"""Screens that show suggestions of many records at once: while one of them is up, suggestions stay as they are."""


class LearningBeside(QObject):
    """Hears of every commit and has the book learn when enough was confirmed. `window` gives the one that is up."""

    # With the commit as an object: the listener is called in the thread that wrote.
    _heard = Signal(object)

    def __init__(
        self, workspace: Workspace, jobs: JobRunner, preferences: Preferences, window: Callable[[], MainWindow]
    ) -> None:
        super().__init__(jobs)
        self._jobs, self._preferences, self._window = jobs, preferences, window
        self._running: set[JobTicket] = set()
        self._stopped = False
        self._learner = Learner(workspace, lambda: window().desk.engines(), self._start, self._is_shown)
        self._heard.connect(self._hear, Qt.ConnectionType.QueuedConnection)
        self._end = workspace.on_change(self._heard.emit)

    def stop(self) -> None:
        """Hear of nothing more and stop what runs; what was learned so far is kept or not, never half."""
        if not self._stopped:
            self._stopped = True
            self._end()
        self.cancel()

    def cancel(self) -> None:
        """Stop what runs at its next step."""
        for ticket in tuple(self._running):
            ticket.cancel()

    @Slot(object)
    def _hear(self, changes: Changes) -> None:
        if self._stopped:
            # Told before the end, heard after it.
            return
        if self._preferences.learning:
            self._learner.on_change(changes)
        else:
            self._learner.forget()
            self.cancel()

    def _start(self, work: Callable[[Ticket], Taught]) -> None:
        ticket: list[JobTicket] = []

        def ended() -> None:
            self._running.discard(ticket[0])

        def done(taught: Taught) -> None:
            ended()
            self._tell(taught)

        def failed(error: Exception) -> None:
            ended()
            self._tell_failure(error)

        ticket.append(self._jobs.submit(work, done=done, failed=failed, lane=Lane.LEARNING))
        self._running.add(ticket[0])

    def _tell(self, taught: Taught) -> None:
        window = self._window()
        if window.desk.book_id == taught.book_id and taught.learned.kept and taught.reread.fields_read:
            window.note(window.desk.say("ui-learned", lines=taught.learned.lines))

    def _tell_failure(self, error: Exception) -> None:
        if isinstance(error, HotichError):
            window = self._window()
            window.note(window.desk.explain(error))
        elif not isinstance(error, Cancelled):
            raise error

    def _is_shown(self, record_id: str) -> bool:
        """Whether somebody may see suggestions of that record now; asked from the thread that reads."""
        window = self._window()
        view = window.entry.presenter.view
        return window.screen_shown in SHOWS_MANY or (view is not None and view.record.record_id == record_id)
