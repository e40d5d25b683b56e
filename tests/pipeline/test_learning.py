"""A book teaches its reader: what is learned from, what is kept, what is read again, and that no value is touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from hotich import workflow
from hotich.errors import Cancelled
from hotich.forms.loader import load_catalogue
from hotich.ocr.engine import recogniser
from hotich.ocr.hand_file import load, save
from hotich.ocr.hand_reader import HandReader, weights_of
from hotich.ocr.handwriting_engine import HandwritingEngine
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.engines import Engines
from hotich.pipeline.entry import confirm
from hotich.pipeline.intake import import_paths
from hotich.pipeline.learning import (
    LEARN_EVERY,
    Learner,
    LearnReport,
    Taught,
    confirmed_fields,
    engines_for_book,
    forget_book,
    hand_file_of,
    learn_book,
    page_reader,
    reread_open,
)
from hotich.pipeline.opening import open_record
from hotich.pipeline.practice_truth import sample_folder
from hotich.pipeline.ticket import SILENT, Ticket
from hotich.store import Workspace
from hotich.store.rows import Changes
from hotich.values import FieldState, FieldValue, Point, Quad, RecordType, Region
from tests.pipeline.conftest import CLERK

SAMPLE = "kh-1986-hoai-thinh"


class Book:
    """A practice book with one page, its records opened with boxes around the true ink; four of six confirmed."""

    def __init__(self, folder: Path) -> None:
        self.truth = json.loads((sample_folder() / SAMPLE / "truth.json").read_text(encoding="utf-8"))
        self.workspace = Workspace.open(folder / "kho")
        told = self.truth["book"]
        wanted = NewBook(
            record_type=RecordType(told["record_type"]), year=told["year"], number=told["number"], place=told["place"]
        )
        self.book_id = open_book(self.workspace, wanted, CLERK).book_id
        pages = [sample_folder() / SAMPLE / name for name in told["files"]]
        page_id = import_paths(self.workspace, self.book_id, pages, CLERK).added[0].page_id
        self.engines = Engines(lambda picture, dpi: (), recogniser("blank"), recogniser("hotich-hand"))
        self.records = [self._opened(page_id, entry) for entry in self.truth["entries"]]
        for record_id, entry in zip(self.records[:4], self.truth["entries"], strict=False):
            for field_id, field in entry["fields"].items():
                if field["state"] == "value":
                    confirm(self.workspace, record_id, field_id, field["written"], CLERK)

    def _opened(self, page_id: str, entry: dict[str, Any]) -> str:
        record_id = open_record(self.workspace, page_id, entry["entry"], self.truth["book"]["form_id"], CLERK)
        regions = tuple(_region(page_id, field_id, told["box"]) for field_id, told in entry["fields"].items())
        self.workspace.append(workflow.Draft(self.book_id, workflow.RegionsMoved(regions), CLERK, record_id, page_id))
        return record_id


def _region(page_id: str, field_id: str, box: list[tuple[float, float]], around: float = 6.0) -> Region:
    """The box of the ink with a little more on every side."""
    ways = ((-1, -1), (1, -1), (1, 1), (-1, 1))
    corners = (Point(x + across * around, y + down * around) for (x, y), (across, down) in zip(box, ways, strict=True))
    return Region(field_id, page_id, Quad(*corners))


@pytest.fixture(scope="module")
def book(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Book]:
    made = Book(tmp_path_factory.mktemp("learning"))
    yield made
    made.workspace.close()


@pytest.fixture(scope="module")
def report(book: Book) -> LearnReport:
    return learn_book(book.workspace, book.book_id, book.engines)


def test_a_book_is_learned_from_its_confirmed_ink(book: Book, report: LearnReport) -> None:
    assert report.new_lines >= 30
    # Every line was held back once, and all of them are learned from in the end.
    assert report.held_back == report.lines >= 25
    assert report.cer_after <= report.cer_before or not report.kept
    assert hand_file_of(book.workspace, book.book_id).is_file()


def test_what_is_known_is_not_cut_again(book: Book, report: LearnReport) -> None:
    assert learn_book(book.workspace, book.book_id, book.engines).new_lines == 0


def test_open_fields_are_read_again_and_no_value_is_touched(book: Book, report: LearnReport) -> None:
    before = {record_id: book.workspace.record(record_id) for record_id in book.records}
    told = reread_open(book.workspace, book.book_id, book.engines)
    assert not told.problems and told.fields_read >= 20
    for record_id, old in before.items():
        new = book.workspace.record(record_id)
        assert old is not None and new is not None
        for field_id, entry in new.fields.items():
            assert entry.value == old.fields[field_id].value
            if entry.value is not None:
                assert entry.reading == old.fields[field_id].reading
    last = book.workspace.record(book.records[-1])
    assert last is not None
    versions = {entry.reading.engine_version for entry in last.fields.values() if entry.reading is not None}
    assert any("+" in version for version in versions)


def test_a_crop_like_a_confirmed_one_is_offered_with_its_text(book: Book, report: LearnReport) -> None:
    engines = engines_for_book(book.workspace, book.book_id, book.engines)
    assert isinstance(engines.handwriting, HandReader)
    each = next(each for each in confirmed_fields(book.workspace, book.book_id) if each.field_id == "chongHoTen")
    form = load_catalogue().forms[each.record.form_id]
    reader = page_reader(book.workspace, each.record, form, engines)
    crop = reader.crop_of(each.record, each.field_id)
    assert crop is not None
    (raw,) = engines.handwriting.read([crop])
    (like,) = raw.remembered
    assert (like.text, like.record_id) == (each.text, each.record.record_id) and like.share > 0.9


def test_values_from_elsewhere_and_ditto_marks_teach_nothing(book: Book) -> None:
    texts = {(each.record.record_id, each.field_id) for each in confirmed_fields(book.workspace, book.book_id)}
    record_id = book.records[5]
    confirm(book.workspace, record_id, "voHoTen", "nt", CLERK)
    confirm(book.workspace, record_id, "chongHoTen", "không rõ", CLERK, FieldState.UNREADABLE)
    assert {(e.record.record_id, e.field_id) for e in confirmed_fields(book.workspace, book.book_id)} == texts


def test_a_book_can_be_forgotten(book: Book, report: LearnReport, tmp_path: Path) -> None:
    file = hand_file_of(book.workspace, book.book_id)
    kept = file.read_bytes()
    forget_book(book.workspace, book.book_id)
    assert engines_for_book(book.workspace, book.book_id, book.engines) is book.engines
    file.write_bytes(kept)
    assert engines_for_book(book.workspace, book.book_id, book.engines) is not book.engines


def test_another_engine_learns_nothing(book: Book) -> None:
    other = Engines(book.engines.words, recogniser("blank"), recogniser("blank"))
    assert not learn_book(book.workspace, book.book_id, other).kept
    assert engines_for_book(book.workspace, book.book_id, other) is other


def test_what_was_learned_on_other_weights_is_put_aside(book: Book, report: LearnReport) -> None:
    file = hand_file_of(book.workspace, book.book_id)
    found = load(file, "khác")
    assert (found.weights, found.lines, found.hand) == ("khác", (), None)


def test_the_file_comes_back_as_it_was(book: Book, report: LearnReport, tmp_path: Path) -> None:
    weights = weights_of(HandwritingEngine())
    known = load(hand_file_of(book.workspace, book.book_id), weights)
    save(tmp_path / "một.npz", known)
    again = load(tmp_path / "một.npz", weights)
    assert [line.text for line in again.lines] == [line.text for line in known.lines]
    np.testing.assert_array_equal(again.lines[0].seen.features, known.lines[0].seen.features)
    assert (again.learned_from, again.refused) == (known.learned_from, known.refused)


@pytest.mark.parametrize("damage", [b"", b"khong phai npz", b"PK\x03\x04"])
def test_a_damaged_file_is_as_good_as_none(tmp_path: Path, damage: bytes) -> None:
    (tmp_path / "hỏng.npz").write_bytes(damage)
    found = load(tmp_path / "hỏng.npz", "a")
    assert (found.weights, found.lines, found.hand) == ("a", (), None)


def test_the_learner_starts_one_job_a_book_once_enough_was_confirmed(workspace: Workspace) -> None:
    started: list[Callable[[Ticket], Taught]] = []
    blank = Engines(lambda picture, dpi: (), recogniser("blank"), recogniser("blank"))
    learner = Learner(workspace, lambda: blank, started.append)
    for count in (10, 5, 1, 40):
        learner.on_change(confirmed(count))
    assert len(started) == 1
    assert started[0](SILENT).book_id == "b"
    learner.on_change(confirmed(1))
    assert len(started) == 2
    learner.forget()
    started[1](SILENT)
    learner.on_change(confirmed(LEARN_EVERY - 1))
    assert len(started) == 2


def test_suggestions_that_somebody_sees_stay_as_they_are(book: Book, report: LearnReport) -> None:
    seen, other = book.records[4], book.records[5]
    before = book.workspace.record(seen)
    told = reread_open(book.workspace, book.book_id, book.engines, is_shown=lambda record_id: record_id == seen)
    assert told.fields_read and book.workspace.record(seen) == before
    again = book.workspace.record(other)
    assert again is not None
    versions = {each.reading.engine_version for each in again.fields.values() if each.reading is not None}
    assert any("+" in version for version in versions)


def test_rereading_stops_between_records(book: Book, report: LearnReport) -> None:
    class Stopped:
        def progress(self, done: int, total: int, text: str = "") -> None: ...

        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        reread_open(book.workspace, book.book_id, book.engines, Stopped())
    with pytest.raises(Cancelled):
        learn_book(book.workspace, book.book_id, book.engines, Stopped())


def confirmed(count: int) -> Changes:
    """A commit that confirmed so many fields of book b."""
    values = tuple(FieldValue(f"f{number}", "x", "x") for number in range(count))
    action = workflow.Action(1, "b", "r", "p", workflow.FieldsConfirmed(values), CLERK, "", "", "")
    return Changes((action,), frozenset("b"), frozenset("p"), frozenset("r"))
