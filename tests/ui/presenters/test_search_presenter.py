"""Searching without a window: questions, late answers, and what can be done with a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from hotich.errors import StoreError
from hotich.pipeline import review
from hotich.pipeline.search import Filters, Hit
from hotich.store import Workspace
from hotich.ui.presenters import search as presenter_module
from hotich.ui.presenters.desk import Desk, Screen
from hotich.ui.presenters.search import SearchPresenter
from hotich.values import Book, Status
from tests.ui.made import REVIEWER, FakeShell, hand_over


class SearchDouble:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.books: tuple[Book, ...] = ()
        self.hits: tuple[Hit, ...] = ()
        self.states: list[tuple[str, bool, bool]] = []
        self.extracts: list[str] = []

    def show_books(self, books: tuple[Book, ...]) -> None:
        self.books = books

    def show_hits(self, hits: tuple[Hit, ...], keep_place: bool) -> None:
        self.hits = hits

    def show_state(self, sentence: str, busy: bool, wrong: bool) -> None:
        self.states.append((sentence, busy, wrong))

    def ask_extract(self, record_id: str) -> None:
        self.extracts.append(record_id)


@pytest.fixture
def screen() -> SearchDouble:
    return SearchDouble()


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def presenter(desk: Desk, screen: SearchDouble, opened: list[tuple[str, str]]) -> SearchPresenter:
    return SearchPresenter(desk, screen, lambda record_id, field_id: opened.append((record_id, field_id)))


def test_an_empty_line_says_how_to_ask(presenter: SearchPresenter, screen: SearchDouble, desk: Desk) -> None:
    presenter.refresh()
    assert screen.hits == ()
    assert screen.states[-1] == (desk.say("ui-search-how"), False, False)


def test_a_found_record_opens_at_the_field_that_matched(
    presenter: SearchPresenter, screen: SearchDouble, opened: list[tuple[str, str]], shell: FakeShell,
    workspace: Workspace, records: tuple[str, ...],
) -> None:  # fmt: skip
    hand_over(workspace, records[0])
    presenter.ask("moan eban", Filters())
    (hit,) = screen.hits
    assert hit.field_id == "chaHoTen"
    presenter.open(0)
    assert opened == [(records[0], "chaHoTen")]
    assert shell.went == [Screen.ENTRY]
    presenter.open(7)
    assert len(opened) == 1


def test_all_books_are_offered(presenter: SearchPresenter, screen: SearchDouble, records: object, desk: Desk) -> None:
    presenter.refresh()
    assert [book.book_id for book in screen.books] == [desk.book_id]


def test_nothing_found_says_what_to_try(presenter: SearchPresenter, screen: SearchDouble, desk: Desk) -> None:
    presenter.ask("không có ai", Filters())
    assert screen.states[-1][0] == desk.say("ui-search-none-confirmed")
    presenter.ask("không có ai", Filters(suggestions=True))
    assert screen.states[-1][0] == desk.say("ui-search-none")


def test_a_failing_store_is_said_and_the_next_question_works(
    presenter: SearchPresenter, screen: SearchDouble, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object) -> None:
        raise StoreError("store-closed")

    monkeypatch.setattr(presenter_module, "search", failing)
    presenter.ask("lan", Filters())
    assert screen.states[-1][2]
    monkeypatch.undo()
    presenter.ask("lan", Filters())
    assert not screen.states[-1][2]


class SlowShell(FakeShell):
    """Answers only when it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.waiting: list[Callable[[], None]] = []

    def fetch(self, work, done, *, patient: bool = False):  # type: ignore[no-untyped-def]  # as its parent
        self.waiting.append(lambda: done(work(None)))
        return self


def test_an_answer_that_comes_late_is_not_shown(
    workspace: Workspace, screen: SearchDouble, records: tuple[str, ...], desk: Desk
) -> None:
    hand_over(workspace, records[0])
    slow = SlowShell()
    desk.shell = slow
    presenter = SearchPresenter(desk, screen, lambda *_: None)
    presenter.ask("eban", Filters())
    presenter.ask("không có ai", Filters())
    assert screen.states[-1][1], "busy until the answer is there"
    for answer in reversed(slow.waiting):
        answer()
    assert screen.hits == ()
    assert screen.states[-1][0] == desk.say("ui-search-none-confirmed")


def test_extracts_are_of_approved_records_only(
    presenter: SearchPresenter, screen: SearchDouble, shell: FakeShell, workspace: Workspace, records: tuple[str, ...],
    desk: Desk,
) -> None:  # fmt: skip
    presenter.extract(0)
    assert shell.notes[-1] == desk.say("ui-search-choose")
    hand_over(workspace, records[0])
    presenter.ask("eban", Filters())
    presenter.extract(0)
    assert shell.told[-1] == desk.say("ui-extract-not-approved")
    review.approve(workspace, records[0], REVIEWER)
    presenter.refresh()
    assert screen.hits[0].status is Status.APPROVED
    presenter.extract(0)
    assert screen.extracts == [records[0]]
    assert presenter.prints() == ()


def test_a_check_tells_errors_as_answers(presenter: SearchPresenter, tmp_path: object) -> None:
    answers: list[object] = []
    presenter.check(f"{tmp_path}/không có.pdf", answers.append)
    assert getattr(answers[0], "key", "") == "extract-no-file"


def test_a_long_list_grows_at_its_end(
    presenter: SearchPresenter, screen: SearchDouble, workspace: Workspace, records: tuple[str, ...],
    monkeypatch: pytest.MonkeyPatch, desk: Desk,
) -> None:  # fmt: skip
    monkeypatch.setattr("hotich.pipeline.search.PORTION", 1)
    presenter.ask("", Filters(book_id=desk.book_id))
    assert len(screen.hits) == 1
    presenter.more()
    assert [hit.record_id for hit in screen.hits] == list(records)
    presenter.more()
    assert len(screen.hits) == 2
