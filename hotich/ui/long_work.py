"""Long work of the window: one at a time, with progress, a way to stop it, and a sentence when it fails."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hotich.errors import Cancelled, HotichError
from hotich.pipeline.ticket import Ticket
from hotich.ui.jobs import JobRunner, JobTicket
from hotich.ui.presenters.desk import Desk
from hotich.ui.widgets.work_strip import WorkStrip

T = TypeVar("T")


class LongWork:
    """Shows what runs in the strip and tells the desk's window how it ended."""

    def __init__(self, jobs: JobRunner, desk: Desk, strip: WorkStrip) -> None:
        self._jobs = jobs
        self._desk = desk
        self._strip = strip
        self._running: JobTicket | None = None
        strip.stopped.connect(self.stop)

    @property
    def busy(self) -> bool:
        """Whether something runs."""
        return self._running is not None

    def run(self, title: str, work: Callable[[Ticket], T], done: Callable[[T], None]) -> None:
        """Begin; while other work runs that is told instead."""
        if self._running is not None:
            self._desk.shell.tell(self._desk.say("ui-busy"))
            return
        self._strip.begin(title)

        def ended(result: T) -> None:
            self._ended()
            done(result)

        self._running = self._jobs.submit(work, done=ended, failed=self._failed, progress=self._strip.report)

    def stop(self) -> None:
        """Stop what runs, soon."""
        if self._running is not None:
            self._running.cancel()

    def _ended(self) -> None:
        self._running = None
        self._strip.end()

    def _failed(self, error: Exception) -> None:
        self._ended()
        self._desk.shell.changed()
        if isinstance(error, Cancelled):
            self._desk.shell.note(self._desk.say("ui-stopped"))
        elif isinstance(error, HotichError):
            self._desk.shell.tell(self._desk.explain(error))
        else:
            raise error
