"""A practice book for an empty workspace: real-looking pages of people who never lived."""

from __future__ import annotations

from hotich.errors import SetupError
from hotich.pipeline.practice import open_practice_book
from hotich.pipeline.practice_truth import Truth, load_truths, sample_folder
from hotich.pipeline.reading import read_book
from hotich.pipeline.ticket import Ticket
from hotich.ui.main_window import MainWindow
from hotich.values import RecordType


def practice_truth() -> Truth | None:
    """The practice book that is easiest to begin with, or None when none came along."""
    try:
        truths = load_truths(sample_folder())
    except SetupError:
        return None
    return min(truths, key=_effort, default=None)


def _effort(truth: Truth) -> tuple[bool, bool, int]:
    """Births scanned flat are the easiest, and of these the book with the fewest entries."""
    return (truth.book.record_type is not RecordType.BIRTH, truth.book.style != "flat", len(truth.entries))


def offer_practice_book(window: MainWindow) -> None:
    """Ask whether to prepare the practice book, when the workspace is empty."""
    if window.desk.workspace.books():
        return
    truth = practice_truth()
    if truth is not None:
        window.confirm(window.desk.say("ui-offer-practice"), lambda: prepare(window, truth))


def prepare(window: MainWindow, truth: Truth) -> None:
    """Open, import and read the practice book in a job, then show it."""
    desk = window.desk

    def work(ticket: Ticket) -> str:
        book = open_practice_book(desk.workspace, truth, desk.actor)
        read_book(desk.workspace, book.book_id, desk.engines(), ticket)
        return book.book_id

    def done(book_id: str) -> None:
        desk.book_id = book_id
        window.changed()
        window.note(desk.say("ui-practice-ready"))

    window.run(desk.say("ui-job-practice"), work, done)
