"""Reading real sample pages into records, and what happens when a page, a form or an engine fails."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from hotich.errors import EngineError
from hotich.pipeline import entry
from hotich.pipeline.engines import Engines, load_engines
from hotich.pipeline.intake import import_paths
from hotich.pipeline.lookup import page_of, record_of
from hotich.pipeline.practice import open_practice_book, read_rightly
from hotich.pipeline.practice_truth import Truth, load_truths, sample_folder
from hotich.pipeline.reading import PageWish, read_book, read_page, record_id_of
from hotich.settings import load_settings
from hotich.store import Workspace
from hotich.values import FieldState, PlacedBy, Point, Quad, Status, Word
from tests.pipeline.conftest import CLERK, picture_file

TRUTHS = {truth.book.form_id: truth for truth in load_truths(sample_folder())}
PRINTED = TRUTHS["KS-2016"]


@pytest.fixture(scope="module")
def engines() -> Engines:
    return load_engines(load_settings())


@pytest.fixture(scope="module")
def read_once(tmp_path_factory: pytest.TempPathFactory, engines: Engines) -> Iterator[tuple[Workspace, str]]:
    """A workspace with the first page of the printed birth book, read; the id of that page."""
    folder = tmp_path_factory.mktemp("read")
    with Workspace.open(folder / "kho") as opened:
        yield opened, first_page(opened, PRINTED, engines)


def first_page(workspace: Workspace, truth: Truth, engines: Engines) -> str:
    book = open_practice_book(workspace, truth)
    page_id = workspace.pages(book.book_id)[0].page.page_id
    read_page(workspace, page_id, engines)
    return page_id


def test_the_form_is_found_and_laid(read_once: tuple[Workspace, str]) -> None:
    workspace, page_id = read_once
    placement = page_of(workspace, page_id).placement
    assert placement is not None
    assert (placement.form_id, placement.placed_by) == ("KS-2016", PlacedBy.MACHINE)
    assert placement.residual_mm < 1.0


def test_printed_and_ticked_fields_are_read_rightly(read_once: tuple[Workspace, str]) -> None:
    workspace, page_id = read_once
    record = record_of(workspace, record_id_of(page_id, 0))
    fields = {name: field for name, field in PRINTED.entries[0].fields.items() if field.ink in ("print", "tick")}
    wrong = {name for name, field in fields.items() if not read_rightly(record, name, field)}
    assert len(fields) >= 20
    assert len(wrong) <= 0.1 * len(fields)


def test_nothing_read_is_a_value(read_once: tuple[Workspace, str]) -> None:
    workspace, page_id = read_once
    record = record_of(workspace, record_id_of(page_id, 0))
    assert record.status is Status.DRAFT
    assert all(field.value is None for field in record.fields.values())


def test_regions_cover_the_true_boxes(read_once: tuple[Workspace, str]) -> None:
    workspace, page_id = read_once
    record = record_of(workspace, record_id_of(page_id, 0))
    for name, field in PRINTED.entries[0].fields.items():
        region = record.fields[name].region
        assert region is not None
        left, top, right, bottom = region.quad.bounds
        inside = [left <= x <= right and top <= y <= bottom for x, y in field.box]
        assert sum(inside) >= 3, name


def test_reading_again_touches_nothing_that_was_confirmed(workspace: Workspace, engines: Engines) -> None:
    page_id = first_page(workspace, PRINTED, engines)
    record_id = record_id_of(page_id, 0)
    entry.confirm(workspace, record_id, "nksHoTen", "Đặng Thị Ơn", CLERK)
    report = read_page(workspace, page_id, engines)
    record = record_of(workspace, record_id)
    assert record.written("nksHoTen") == "Đặng Thị Ơn"
    assert report.record_ids == (record_id,)


def test_a_form_that_a_person_names_takes_the_place_of_the_one_found(workspace: Workspace, engines: Engines) -> None:
    page_id = first_page(workspace, PRINTED, engines)
    corners = Quad(Point(60, 60), Point(1600, 60), Point(1600, 2280), Point(60, 2280))
    read_page(workspace, page_id, engines, PageWish(form_id="KS-2006", corners=corners), CLERK)
    placement = page_of(workspace, page_id).placement
    assert placement is not None and placement.placed_by is PlacedBy.FOUR_CLICKS
    assert record_of(workspace, record_id_of(page_id, 0)).form_id == "KS-2006"


def test_a_page_without_a_form_says_so_and_opens_nothing(
    workspace: Workspace, engines: Engines, tmp_path: Path
) -> None:
    book = open_practice_book(workspace, PRINTED)
    page = import_paths(workspace, book.book_id, [picture_file(tmp_path, "bìa.jpg", "bìa")], CLERK).added[0]
    report = read_page(workspace, page.page_id, engines)
    assert report.notes[0] == "reading-form-not-found"
    assert not report.record_ids


def test_an_engine_that_fails_costs_its_page_and_the_book_goes_on(workspace: Workspace, engines: Engines) -> None:
    calls = []

    def fails_once(picture: object, dpi: float) -> tuple[Word, ...]:
        calls.append(dpi)
        if len(calls) == 1:
            raise EngineError("reading-words-failed", detail="thử")
        return engines.words(picture, dpi)  # type: ignore[arg-type]

    book = open_practice_book(workspace, PRINTED)
    report = read_book(workspace, book.book_id, Engines(fails_once, engines.printed, engines.handwriting))
    assert [problem.key for problem in report.problems] == ["reading-words-failed"]
    assert len(report.pages) == len(workspace.pages(book.book_id)) - 1
    assert all(page.record_ids for page in report.pages)
    unread = [row for row in workspace.pages(book.book_id) if row.placement is None]
    assert len(unread) == 1


def test_blank_fields_are_suggested_as_blank(read_once: tuple[Workspace, str]) -> None:
    workspace, page_id = read_once
    record = record_of(workspace, record_id_of(page_id, 0))
    blank = [n for n, f in PRINTED.entries[0].fields.items() if f.state is FieldState.BLANK and f.ink != "tick"]
    assert blank
    for name in blank:
        reading = record.fields[name].reading
        assert reading is not None and reading.text == ""
