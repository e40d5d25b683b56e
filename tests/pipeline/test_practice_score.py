"""Scoring what somebody entered in a practice book."""

import pytest

from hotich.pipeline import entry
from hotich.pipeline.opening import open_record
from hotich.pipeline.practice import CLERK, REVIEWER, known_answers, open_practice_book
from hotich.pipeline.practice_score import PracticeScore, field_name, says_the_same, score_of
from hotich.pipeline.practice_truth import TrueField, Truth, load_truths, sample_folder
from hotich.store import Workspace
from hotich.values import FieldState, FieldValue

BOX = ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 1.0))


def true(written: str, normal: str = "", state: FieldState = FieldState.VALUE) -> TrueField:
    return TrueField(written, normal, "hand", BOX, state)


@pytest.mark.parametrize(
    ("written", "normal", "state", "truth", "same"),
    [
        ("Nguyễn Văn An", "Nguyễn Văn An", FieldState.VALUE, true("Nguyễn Văn An"), True),
        ("Nguyễn  Văn An ", "", FieldState.VALUE, true("Nguyễn Văn An"), True),
        ("Nguyễn Văn Ân", "Nguyễn Văn Ân", FieldState.VALUE, true("Nguyễn Văn An"), False),
        ("05/03/1982", "05.03.1982", FieldState.VALUE, true("5/3/82", "05.03.1982"), True),
        ("", "", FieldState.BLANK, true("", state=FieldState.BLANK), True),
        ("", "", FieldState.BLANK, true("An"), False),
        ("An", "An", FieldState.VALUE, true("", state=FieldState.UNREADABLE), False),
    ],
)
def test_what_counts_as_right(written, normal, state, truth, same) -> None:
    assert says_the_same(FieldValue("x", written, normal, state), truth) is same


@pytest.fixture(scope="module")
def truth() -> Truth:
    return min(load_truths(sample_folder()), key=lambda truth: len(truth.files))


def test_a_practice_book_is_scored_for_the_person_at_work_only(tmp_path, truth: Truth) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        book = open_practice_book(workspace, truth, CLERK)
        assert score_of(workspace, book.book_id, truth, CLERK.name) == PracticeScore()
        record_id, known = next(iter(known_answers(workspace, book, truth).items()))
        page_id = next(
            row.page.page_id
            for row in workspace.pages(book.book_id)
            if (row.page.file_name, row.page.frame) == (known.file, known.frame)
        )
        open_record(workspace, page_id, known.entry, truth.book.form_id, CLERK)
        valued = [(field_id, field) for field_id, field in known.fields.items() if field.state is FieldState.VALUE]
        (first, one), (second, _), (third, other) = valued[:3]
        entry.confirm(workspace, record_id, first, one.written, CLERK)
        entry.confirm(workspace, record_id, second, "sai hẳn", CLERK)
        entry.confirm(workspace, record_id, third, other.written, REVIEWER)
        score = score_of(workspace, book.book_id, truth, CLERK.name)
        assert (score.fields, score.right, score.blind) == (2, 1, 0)
        (slip,) = score.slips
        assert (slip.field_id, slip.entered) == (second, "sai hẳn")
        record = workspace.record(record_id)
        assert record is not None and field_name(record, second) and field_name(record, second, english=True)


def test_no_book_no_score(tmp_path, truth: Truth) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        assert score_of(workspace, "none", truth, CLERK.name) == PracticeScore()
