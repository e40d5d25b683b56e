"""The practice workspace: a real-looking book of people who never lived, and invented people to work on it."""

from __future__ import annotations

from hotich.errors import SetupError
from hotich.messages import Language
from hotich.pipeline.intake import import_paths
from hotich.pipeline.practice import CLERK, REVIEWER, open_practice_book
from hotich.pipeline.practice_score import field_name, score_of
from hotich.pipeline.practice_truth import Truth, load_truths, sample_folder
from hotich.pipeline.reading import BookReport, read_book
from hotich.pipeline.ticket import Ticket
from hotich.ui.main_window import MainWindow
from hotich.ui.people import known_people, remember_people
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.practice_score_dialog import PracticeScoreSheet, ShownSlip
from hotich.values import Book, RecordType


def practice_truth() -> Truth | None:
    """The practice book that is easiest to begin with, or None when none came along."""
    try:
        truths = load_truths(sample_folder())
    except SetupError:
        return None
    return min(truths, key=_effort, default=None)


def show_score(window: MainWindow) -> None:
    """Tell the person at work how the practice book in hand goes; elsewhere say that there is nothing to score."""
    desk = window.desk
    book = desk.book()
    truth = _truth_of(book) if book is not None and book.practice else None
    if book is None or truth is None:
        window.note(desk.say("ui-practice-no-score"))
        return
    score = score_of(desk.workspace, book.book_id, truth, desk.actor.name)
    english = desk.language is Language.ENGLISH
    ids = list(desk.workspace.record_ids(book.book_id))
    slips = []
    for slip in score.slips:
        record = desk.workspace.record(slip.record_id)
        if record is not None:
            name = field_name(record, slip.field_id, english=english)
            number = str(ids.index(slip.record_id) + 1)
            slips.append(ShownSlip(number, name, slip.entered, slip.on_paper, slip.accepted))
    PracticeScoreSheet(window, score, tuple(slips), desk.language).open()


def _truth_of(book: Book) -> Truth | None:
    """The answers of that practice book."""
    try:
        truths = load_truths(sample_folder())
    except SetupError:
        return None
    wanted = (book.record_type, book.year, book.number, book.place)
    return next((truth for truth in truths if _cover(truth) == wanted), None)


def _cover(truth: Truth) -> tuple[RecordType, int, str, str]:
    cover = truth.book
    return cover.record_type, cover.year, cover.number, cover.place


def _effort(truth: Truth) -> tuple[bool, bool, int]:
    """Births scanned flat are the easiest, and of these the book with the fewest entries."""
    return (truth.book.record_type is not RecordType.BIRTH, truth.book.style != "flat", len(truth.entries))


def begin_practice(window: MainWindow) -> None:
    """Lead to the practice book where somebody left it; make it ready when it is not."""
    desk = window.desk
    if not known_people(desk.workspace):
        # Both are known from the start, so that changing the person shows how two people work.
        remember_people(desk.workspace, (CLERK, REVIEWER))
    if not desk.actor.name:
        window.set_person(CLERK)
    rows = desk.workspace.books()
    truth = practice_truth()
    if any(row.entries for row in rows):
        if desk.workspace.last_place(desk.actor) is not None:
            window.books.presenter.resume()
        else:
            window.go(Screen.ENTRY)
    elif truth is not None:
        _import(window, truth)


def _import(window: MainWindow, truth: Truth) -> None:
    """Open the practice book with its pages in a job, or bring in what is missing of it; then read it in another."""
    desk = window.desk

    def work(ticket: Ticket) -> str:
        rows = desk.workspace.books()
        if not rows:
            return open_practice_book(desk.workspace, truth, CLERK).book_id
        book_id = rows[0].book.book_id
        import_paths(desk.workspace, book_id, truth.files, CLERK, ticket)
        return book_id

    def done(book_id: str) -> None:
        desk.book_id = book_id
        window.changed()
        _read(window, book_id)

    window.run(desk.say("ui-job-practice"), work, done)


def _read(window: MainWindow, book_id: str) -> None:
    desk = window.desk

    def done(report: BookReport) -> None:
        if window.screen_in_hand is Screen.BOOKS and report.pages:
            window.go(Screen.ENTRY)
        elif window.entry.presenter.view is None:
            # Somebody who is typing already is left alone.
            window.changed()
        window.note(desk.say("ui-practice-ready"))

    window.run(
        desk.say("ui-job-practice"),
        lambda ticket: read_book(desk.workspace, book_id, desk.engines(), ticket),
        done,
    )
