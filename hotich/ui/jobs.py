"""Work off the window's thread: thread pools, progress, cancelling, and results brought back to the window's thread."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from queue import Empty, SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, Signal, Slot

from hotich.errors import Cancelled

T = TypeVar("T")
Progress = Callable[[int, int, str], None]
SECONDS_BETWEEN_REPORTS = 0.1


class Lane(StrEnum):
    """WORK takes long jobs one after the other; PICTURES serves what the eye waits for; LATER what can wait.

    LEARNING goes on beside the clerk for as long as it takes.
    """

    WORK = "work"
    PICTURES = "pictures"
    LATER = "later"
    LEARNING = "learning"


class JobTicket:
    """What a job holds in its hand: it reports progress through it and asks it whether to stop."""

    def __init__(self, report: Progress | None) -> None:
        self._report = report
        self._stop = threading.Event()
        self._last = float("-inf")

    def progress(self, done: int, total: int, text: str = "") -> None:
        """Tell how far the work is; at most ten reports a second pass, the last one always."""
        now = time.monotonic()
        if self._report is None or (done < total and now - self._last < SECONDS_BETWEEN_REPORTS):
            return
        self._last = now
        self._report(done, total, text)

    def check(self) -> None:
        """Nothing while the work is wanted. Raises Cancelled once somebody stopped it."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._stop.set()

    @property
    def cancelled(self) -> bool:
        return self._stop.is_set()


class JobRunner(QObject):
    """Runs functions in threads; `done`, `failed` and `progress` are called on the thread that made the runner."""

    # Without arguments on purpose: what travels goes through the queue, untouched by Qt's conversions.
    posted = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._inbox: SimpleQueue[Callable[[], None]] = SimpleQueue()
        self._pools = {lane: ThreadPoolExecutor(1, f"hotich-{lane.value}") for lane in Lane}
        self._live: set[JobTicket] = set()
        self._open = True
        self.posted.connect(self._drain, Qt.ConnectionType.QueuedConnection)

    def submit(
        self,
        work: Callable[[JobTicket], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        progress: Progress | None = None,
        lane: Lane = Lane.WORK,
    ) -> JobTicket:
        """The ticket of a job that was put in line. A stopped job ends in `failed` with Cancelled."""
        report = None if progress is None else self._carrier(progress)
        ticket = JobTicket(report)
        self._live.add(ticket)
        self._pools[lane].submit(self._run, ticket, work, done, failed)
        return ticket

    @property
    def live(self) -> int:
        """Jobs that have not reported their end yet."""
        return len(self._live)

    def shutdown(self) -> None:
        """Stop every job, wait for the threads and forget what they still had to say."""
        self._open = False
        for ticket in tuple(self._live):
            ticket.cancel()
        for pool in self._pools.values():
            pool.shutdown(wait=True, cancel_futures=True)
        self._live.clear()
        self._drain()

    def _carrier(self, progress: Progress) -> Progress:
        return lambda done, total, text: self._post(lambda: progress(done, total, text))

    def _run(
        self,
        ticket: JobTicket,
        work: Callable[[JobTicket], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
    ) -> None:
        try:
            ticket.check()
            result = work(ticket)
        except Exception as error:
            # Bound to a new name: Python forgets `error` when this block ends.
            reason = error
            self._post(lambda: self._finish(ticket, lambda: failed(reason)))
        else:
            self._post(lambda: self._finish(ticket, lambda: done(result)))

    def _finish(self, ticket: JobTicket, tell: Callable[[], None]) -> None:
        self._live.discard(ticket)
        tell()

    def _post(self, call: Callable[[], None]) -> None:
        self._inbox.put(call)
        if self._open:
            self.posted.emit()

    @Slot()
    def _drain(self) -> None:
        while True:
            try:
                call = self._inbox.get_nowait()
            except Empty:
                return
            if self._open:
                call()
