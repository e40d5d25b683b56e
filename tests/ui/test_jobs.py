"""Work off the window's thread."""

import threading
import time

import pytest

from hotich.errors import Cancelled
from hotich.ui.jobs import JobRunner, Lane


@pytest.fixture
def runner(qapp):
    made = JobRunner()
    yield made
    made.shutdown()


class Outcome:
    """Collects what jobs report."""

    def __init__(self) -> None:
        self.results: list[object] = []
        self.errors: list[Exception] = []
        self.progress: list[tuple[int, int, str]] = []
        self.threads: set[int] = set()

    def done(self, result: object) -> None:
        self.threads.add(threading.get_ident())
        self.results.append(result)

    def failed(self, error: Exception) -> None:
        self.errors.append(error)

    def report(self, done: int, total: int, text: str) -> None:
        self.progress.append((done, total, text))


def test_two_thousand_jobs_all_come_back_in_order_and_on_the_windows_thread(runner, qtbot):
    outcome = Outcome()
    for number in range(2000):
        runner.submit(lambda ticket, number=number: number, done=outcome.done, failed=outcome.failed)
    qtbot.waitUntil(lambda: len(outcome.results) == 2000, timeout=20000)
    assert outcome.results == list(range(2000))
    assert outcome.threads == {threading.get_ident()} and runner.live == 0


def test_an_error_comes_back_as_a_value(runner, qtbot):
    outcome = Outcome()

    def work(ticket):
        raise ValueError("hỏng")

    runner.submit(work, done=outcome.done, failed=outcome.failed)
    qtbot.waitUntil(lambda: bool(outcome.errors))
    assert isinstance(outcome.errors[0], ValueError) and not outcome.results


def test_a_job_is_stopped_between_two_steps(runner, qtbot):
    outcome, started = Outcome(), threading.Event()

    def work(ticket):
        while True:
            started.set()
            ticket.check()
            time.sleep(0.001)

    ticket = runner.submit(work, done=outcome.done, failed=outcome.failed)
    assert started.wait(5)
    ticket.cancel()
    qtbot.waitUntil(lambda: bool(outcome.errors))
    assert isinstance(outcome.errors[0], Cancelled) and ticket.cancelled


def test_a_job_stopped_before_its_turn_never_begins(runner, qtbot):
    outcome, gate, began = Outcome(), threading.Event(), []
    runner.submit(lambda ticket: gate.wait(5), done=outcome.done, failed=outcome.failed)
    late = runner.submit(lambda ticket: began.append(1), done=outcome.done, failed=outcome.failed)
    late.cancel()
    gate.set()
    qtbot.waitUntil(lambda: runner.live == 0)
    assert not began and isinstance(outcome.errors[0], Cancelled)


def test_progress_is_told_at_most_ten_times_a_second_and_always_at_the_end(runner, qtbot):
    outcome = Outcome()

    def work(ticket):
        for number in range(5001):
            ticket.progress(number, 5000, "trang")
        return "xong"

    runner.submit(work, done=outcome.done, failed=outcome.failed, progress=outcome.report)
    qtbot.waitUntil(lambda: bool(outcome.results))
    assert outcome.progress[-1] == (5000, 5000, "trang")
    assert len(outcome.progress) < 500


def test_pictures_do_not_wait_for_long_work(runner, qtbot):
    outcome, gate = Outcome(), threading.Event()
    runner.submit(lambda ticket: gate.wait(10), done=outcome.done, failed=outcome.failed)
    runner.submit(lambda ticket: "ảnh", done=outcome.done, failed=outcome.failed, lane=Lane.PICTURES)
    qtbot.waitUntil(lambda: outcome.results == ["ảnh"])
    gate.set()


def test_shutting_down_stops_what_runs_and_tells_nobody_any_more(qapp, qtbot):
    runner, outcome, started = JobRunner(), Outcome(), threading.Event()

    def work(ticket):
        started.set()
        while True:
            ticket.check()
            time.sleep(0.001)

    runner.submit(work, done=outcome.done, failed=outcome.failed)
    for _ in range(20):
        runner.submit(lambda ticket: 1, done=outcome.done, failed=outcome.failed)
    assert started.wait(5)
    before = threading.active_count()
    runner.shutdown()
    qtbot.wait(20)
    assert runner.live == 0 and not outcome.results and not outcome.errors
    assert threading.active_count() < before
