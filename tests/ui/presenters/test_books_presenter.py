"""The book list without a window."""

from pathlib import Path

import pytest

from hotich.pipeline.books import NewBook
from hotich.store import Place
from hotich.ui.presenters.books import BooksPresenter
from hotich.ui.presenters.desk import Screen
from hotich.values import RecordType
from tests.ui.made import CLERK, page_file


class BooksDouble:
    """Answers the questions with what it was given."""

    def __init__(self) -> None:
        self.rows = ()
        self.chosen = ""
        self.place = None
        self.book = NewBook(record_type=RecordType.DEATH, year=1999, number="02", place="UBND xã Ea Tul")
        self.paths: list[Path] = []

    def show_books(self, rows, chosen, place) -> None:
        self.rows, self.chosen, self.place = rows, chosen, place

    def ask_new_book(self, then) -> None:
        then(self.book)

    def ask_paths(self, then) -> None:
        then(self.paths)


@pytest.fixture
def screen() -> BooksDouble:
    return BooksDouble()


@pytest.fixture
def presenter(desk, screen) -> BooksPresenter:
    return BooksPresenter(desk, screen)


def test_a_new_book_is_taken_in_hand(presenter, screen, desk, shell):
    presenter.add()
    presenter.refresh()
    assert screen.rows[0].book.place == "UBND xã Ea Tul"
    assert screen.chosen == desk.book_id == screen.rows[0].book.book_id
    assert shell.changes == 1


def test_without_a_book_nothing_is_imported_and_the_sentence_says_what_to_do(presenter, shell):
    presenter.bring_in()
    presenter.read()
    presenter.open()
    assert len(shell.told) == 3 and all("Ctrl+N" in told for told in shell.told)


def test_pictures_are_imported_and_the_bad_ones_are_told_by_name(presenter, screen, workspace, desk, shell, tmp_path):
    presenter.add()
    (tmp_path / "hỏng.jpg").write_bytes(b"")
    good = page_file(tmp_path, "trang 1.jpg", "1")
    screen.paths = [good, tmp_path / "hỏng.jpg"]
    presenter.bring_in()
    assert len(workspace.pages(desk.book_id)) == 1
    assert "Đã nạp 1 trang." in shell.told[-1] and "hỏng.jpg" in shell.told[-1]


def test_a_picture_that_is_already_there_is_named(presenter, screen, shell, tmp_path):
    presenter.add()
    screen.paths = [page_file(tmp_path, "trang 1.jpg", "1")]
    presenter.bring_in()
    screen.paths = [page_file(tmp_path, "bản sao.jpg", "1")]
    presenter.bring_in()
    assert "bản sao.jpg" in shell.told[-1] and "trang 1.jpg" in shell.told[-1]


def test_an_import_without_trouble_is_only_noted(presenter, screen, shell, tmp_path):
    presenter.add()
    screen.paths = [page_file(tmp_path, "trang 1.jpg", "1")]
    presenter.bring_in()
    assert shell.notes[-1] == "Đã nạp 1 trang." and not shell.told


def test_a_book_opens_at_its_entries_once_there_are_any(presenter, desk, shell, records):
    presenter.open()
    assert shell.went == [Screen.ENTRY]


def test_a_book_without_entries_opens_at_its_pages(presenter, shell):
    presenter.add()
    presenter.open()
    assert shell.went == [Screen.PAGES]


def test_work_goes_on_where_this_person_stopped(presenter, workspace, desk, shell, records):
    book_id = desk.book_id
    desk.book_id = ""
    presenter.resume()
    assert not shell.went and shell.notes
    workspace.remember_place(CLERK, Place(book_id, record_id=records[0]))
    presenter.resume()
    assert (desk.book_id, shell.went) == (book_id, [Screen.ENTRY])


def test_choosing_another_book_tells_the_window_once(presenter, desk, shell, records):
    held = desk.book_id
    presenter.choose(held)
    assert shell.changes == 0
    presenter.choose("khác")
    assert shell.changes == 1
