"""A book that is keyed by columns: nothing is found or read on its pages, all else goes as with other books."""

from __future__ import annotations

import pytest

from hotich.forms.loader import load_catalogue
from hotich.ocr.engine import recogniser
from hotich.pipeline import entry
from hotich.pipeline.carousel import carousel_fields, correct_snippet, deck_of
from hotich.pipeline.checking import check_book
from hotich.pipeline.engines import Engines
from hotich.pipeline.offers import toggle_sticky
from hotich.pipeline.opening import open_record
from hotich.pipeline.reading import PageWish, read_book, read_page
from hotich.pipeline.sheet import SheetReader, sheet_columns
from hotich.store import Workspace
from hotich.values import FieldState, Status
from tests.pipeline.many import CLERK
from tests.ui.made import small_book

GUARDIANS = "GH-plain"


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "kho") as opened:
        yield opened


@pytest.fixture
def engines() -> Engines:
    def no_words(picture, dpi):
        raise AssertionError("nobody has to look for words on a page whose form has none")

    blank = recogniser("blank")
    return Engines(no_words, blank, blank)


def test_reading_a_page_only_says_that_it_is_keyed_by_hand(workspace, tmp_path, engines):
    book, records = small_book(workspace, tmp_path, form=GUARDIANS)
    report = read_book(workspace, book.book_id, engines)
    assert [page.notes[0] for page in report.pages] == ["reading-plain-form"] * 2 and not report.problems
    page_id = report.pages[0].page_id
    again = read_page(workspace, page_id, engines, PageWish(form_id=GUARDIANS), CLERK)
    assert again.notes[0] == "reading-plain-form" and not again.record_ids
    # What was opened by hand stays, untouched, and the page was cleaned.
    assert workspace.record_ids(book.book_id) == records
    assert all(row.recipe is not None and row.placement is None for row in workspace.pages(book.book_id))
    assert {workspace.record(record_id).status for record_id in records} == {Status.DRAFT}


def test_a_page_holds_as_many_records_as_the_clerk_opens(workspace, tmp_path):
    book, records = small_book(workspace, tmp_path, pages=1, form=GUARDIANS)
    page_id = workspace.pages(book.book_id)[0].page.page_id
    more = [open_record(workspace, page_id, number, GUARDIANS, CLERK) for number in (2, 1)]
    assert workspace.record_ids(book.book_id) == (*records, more[1], more[0])
    record = workspace.record(more[0])
    assert record.form_sha256 == load_catalogue().forms[GUARDIANS].sha256
    assert all(field.region is None for field in record.fields.values())


def test_every_column_is_owed_and_checked(workspace, tmp_path):
    book, records = small_book(workspace, tmp_path, form=GUARDIANS)
    view = entry.entry_view(workspace, records[0])
    assert len(view.open_rows) == len(view.rows) == 53
    assert all(row.on_page and row.label for row in view.rows)
    entry.confirm(workspace, records[0], "ngayDangKy", "31/2/2009", CLERK)
    assert any("ngayDangKy" in finding.fields for finding in check_book(workspace, book.book_id))


def test_columns_that_the_register_has_not_are_said_once_and_then_copied_by_one_key(workspace, tmp_path):
    book, records = small_book(workspace, tmp_path, form=GUARDIANS)
    absent = ("ngh2HoTen", "ngh2NgaySinh", "quyetDinhCoQuan")
    for field_id in absent:
        entry.confirm(workspace, records[0], field_id, "", CLERK, FieldState.BLANK)
        toggle_sticky(workspace, book.book_id, field_id)
    entry.shared_from_above(workspace, records[1], CLERK)
    assert {workspace.record(records[1]).fields[each].value.state for each in absent} == {FieldState.BLANK}
    assert len(entry.entry_view(workspace, records[1]).open_rows) == 50


def test_the_carousel_takes_what_is_typed_and_shows_no_picture(workspace, tmp_path):
    book, records = small_book(workspace, tmp_path, form=GUARDIANS)
    fields = carousel_fields(workspace, book.book_id)
    assert "ndghGioiTinh" in {field.id for field in fields} and len(fields) == 53
    deck = deck_of(workspace, [book.book_id], "ndghGioiTinh")
    assert [(snippet.record_id, snippet.region) for snippet in deck.snippets] == [(each, None) for each in records]
    correct_snippet(workspace, "ndghGioiTinh", deck.snippets[0], "Nữ", CLERK)
    value = workspace.record(records[0]).fields["ndghGioiTinh"].value
    assert (value.as_written, value.normal, value.state) == ("Nữ", "2", FieldState.VALUE)


def test_the_sheet_has_a_column_for_each(workspace, tmp_path):
    book, records = small_book(workspace, tmp_path, form=GUARDIANS)
    columns = sheet_columns(workspace, book.book_id)
    assert [column.id for column in columns][:3] == ["so", "ngh1HoTen", "quyenSo"] and len(columns) == 53
    rows = SheetReader(workspace, book.book_id, columns).rows(records)
    assert all(len(row.owed) == 53 and row.changeable and not row.regions for row in rows)
