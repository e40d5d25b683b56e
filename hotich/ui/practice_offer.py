"""A practice book for an empty workspace: real-looking pages of people who never lived."""

from __future__ import annotations

from hotich.errors import SetupError
from hotich.pipeline.practice import open_practice_book
from hotich.pipeline.practice_truth import Truth, load_truths, sample_folder
from hotich.pipeline.reading import read_book
from hotich.pipeline.ticket import Ticket
from hotich.ui.main_window import MainWindow

MOST_PAGES = 3
"""Read at once, so that a beginner does not wait long."""


def practice_truth() -> Truth | None:
    """The practice book with the fewest pages on a form that is easy to begin with, or None when none came along."""
    try:
        truths = load_truths(sample_folder())
    except SetupError:
        return None
    easy = [truth for truth in truths if truth.book.style == "flat" and len(truth.files) <= MOST_PAGES]
    found = easy or list(truths)
    return min(found, key=lambda truth: (truth.book.form_id != "KS-2006", len(truth.files))) if found else None


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
