"""The screens of pages and carousel with a book that is keyed by columns."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.intake import import_paths
from hotich.ui.presenters.carousel import CarouselPresenter
from hotich.ui.presenters.pages import PagesPresenter
from hotich.ui.presenters.snippet_feed import SnippetFeed
from hotich.values import RecordType
from tests.ui.made import CLERK, page_file, small_book
from tests.ui.presenters.test_carousel_presenter import CarouselDouble
from tests.ui.presenters.test_pages_presenter import PagesDouble

FORM = "TDCC-plain"


@pytest.fixture
def book_id(workspace, desk, tmp_path: Path) -> str:
    wanted = NewBook(record_type=RecordType.CHANGE, year=2009, number="01", place="UBND xã Tân Lập")
    book = open_book(workspace, wanted, CLERK)
    files = [page_file(tmp_path, f"trang {number}.jpg", f"{number}") for number in (1, 2)]
    import_paths(workspace, book.book_id, files, CLERK)
    desk.book_id = book.book_id
    return book.book_id


@pytest.fixture
def pages(desk, shell, book_id) -> tuple[PagesPresenter, PagesDouble]:
    screen = PagesDouble()
    presenter = PagesPresenter(desk, screen)
    shell.changed = presenter.refresh
    presenter.refresh()
    return presenter, screen


def test_the_plain_form_is_offered_and_the_page_says_how_it_is_keyed(pages):
    _, screen = pages
    assert screen.form_id == FORM and [form.id for form in screen.forms] == [FORM]
    assert "theo cột" in screen.notes[0] and "Ctrl+N" in screen.notes[0] and not screen.wrong


def test_enter_opens_the_first_record_of_each_page_and_goes_on(pages, workspace, book_id):
    presenter, screen = pages
    presenter.confirm_form(FORM)
    assert screen.current == 1 and [row.entries for row in screen.rows] == [1, 0]
    presenter.confirm_form(FORM)
    presenter.confirm_form(FORM)
    assert screen.current == 1 and [row.entries for row in workspace.pages(book_id)] == [1, 1]
    presenter.choose(0)
    presenter.confirm_form(FORM)
    assert screen.current == 1 and len(workspace.record_ids(book_id)) == 2


def test_more_records_of_one_page_are_added_one_by_one(pages, workspace, book_id):
    presenter, screen = pages
    for _ in range(3):
        presenter.add_entry(FORM)
    assert screen.current == 0 and [row.entries for row in screen.rows] == [3, 0]
    assert [record.entry for record in workspace.records(book_id)] == [0, 1, 2]
    assert "3 bản ghi" in screen.notes[0]


def test_the_carousel_confirms_nothing_that_has_no_picture(workspace, desk, shell, tmp_path):
    book, records = small_book(workspace, tmp_path, form=FORM)
    desk.book_id, screen = book.book_id, CarouselDouble()
    presenter = CarouselPresenter(desk, screen, lambda record_id, field_id: None)
    presenter.refresh()
    presenter.choose_field([field.id for field in screen.fields].index("quyenSo"))
    assert len(screen.keys) == 2 and all(presenter.snippet(key).cell.text == "01/2009" for key in screen.keys)
    presenter.confirm()
    assert "Space" in shell.notes[-1] and all(not workspace.record(each).written("quyenSo") for each in records)
    presenter.correct(screen.keys[0], "02/2009")
    assert [workspace.record(each).written("quyenSo") for each in records] == ["02/2009", ""]
    feed = SnippetFeed(desk, screen)
    feed.want([presenter.snippet(key) for key in screen.keys])
    feed.forget()
    assert all(feed.failed(key) for key in screen.keys) and not screen.pictures
