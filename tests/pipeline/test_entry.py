"""What the clerk and the reviewer do to a record, through the same verbs as the window."""

from __future__ import annotations

import unicodedata

import pytest

from hotich.errors import PolicyError
from hotich.pipeline import entry, review
from hotich.pipeline.entry import FieldStatus
from hotich.pipeline.tuning import SETTINGS_FILE
from hotich.store import Workspace
from hotich.text import ACCENTED
from hotich.values import MACHINE, FieldState, Origin, Reading, Record, Role, Status
from hotich.values import Actor as Person
from hotich.workflow import Draft, ReadingsMade
from tests.pipeline.conftest import CLERK, REVIEWER

ANSWERS = {
    "so": "05",
    "ngayDangKy": "5/3/2009",
    "nksHoTen": "H'Hen Niê",
    "nksGioiTinh": "Nữ",
    "nksNgaySinh": "1/3/2009",
    "nksDanToc": "Ê Đê",
    "nksQuocTich": "Việt Nam",
    "meHoTen": "H'Lan Niê",
    "chaHoTen": "Y Moan Êban",
    "trangSo": "3",
    "loaiDangKy": "1",
}


def suggest(workspace: Workspace, record_id: str, *readings: Reading) -> None:
    """Keeps readings as the machine would."""
    record = record_now(workspace, record_id)
    workspace.append(Draft(record.book_id, ReadingsMade(readings), MACHINE, record_id, record.page_id))


def record_now(workspace: Workspace, record_id: str) -> Record:
    record = workspace.record(record_id)
    assert record is not None
    return record


def fill(workspace: Workspace, record_id: str) -> None:
    """Confirms every open field as the clerk would."""
    for row in entry.entry_view(workspace, record_id).open_rows:
        if row.origin is Origin.BOOK:
            entry.accept(workspace, record_id, row.field.id, CLERK)
        else:
            entry.confirm(workspace, record_id, row.field.id, ANSWERS.get(row.field.id, ""), CLERK)


def test_a_value_is_kept_as_written_and_in_normal_form(workspace: Workspace, record_id: str) -> None:
    entry.confirm(workspace, record_id, "nksNgaySinh", "1/3/09", CLERK)
    record = record_now(workspace, record_id)
    assert (record.written("nksNgaySinh"), record.normal("nksNgaySinh")) == ("1/3/09", "01.03.2009")


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_every_letter_is_kept(workspace: Workspace, record_id: str, form: str) -> None:
    text = unicodedata.normalize(form, "".join(ACCENTED))
    entry.confirm(workspace, record_id, "nksHoTen", text, CLERK)
    assert record_now(workspace, record_id).written("nksHoTen") == "".join(ACCENTED)


def test_a_suggestion_is_not_a_value_until_accepted(workspace: Workspace, record_id: str) -> None:
    suggest(workspace, record_id, Reading("nksHoTen", "Lê An", "Lê An", 0.95, "tesserocr", "5"))
    row = entry.entry_view(workspace, record_id).row("nksHoTen")
    assert (row.text, row.status, row.value) == ("Lê An", FieldStatus.SUGGESTED, None)
    entry.accept(workspace, record_id, "nksHoTen", CLERK)
    row = entry.entry_view(workspace, record_id).row("nksHoTen")
    assert row.status is FieldStatus.CONFIRMED
    assert row.value is not None and row.value.origin is Origin.READING


def test_what_is_accepted_is_what_was_seen(workspace: Workspace, record_id: str) -> None:
    suggest(workspace, record_id, Reading("nksHoTen", "Lê An", "Lê An", 0.95, "tesserocr", "5"))
    view = entry.entry_view(workspace, record_id)
    suggest(workspace, record_id, Reading("nksHoTen", "Lê Ân", "Lê Ân", 0.995, "tesserocr", "5"))
    with pytest.raises(PolicyError, match="policy-suggestion-changed"):
        entry.accept(workspace, record_id, "nksHoTen", CLERK, seen="Lê An")
    with pytest.raises(PolicyError, match="policy-suggestion-changed"):
        entry.accept_row(workspace, view, view.row("nksHoTen"), CLERK)
    entry.accept_above(workspace, record_id, 0.9, CLERK, view)
    record = record_now(workspace, record_id)
    assert record.written("quyenSo") and not record.written("nksHoTen")
    entry.accept(workspace, record_id, "nksHoTen", CLERK, seen="Lê Ân")
    assert record_now(workspace, record_id).written("nksHoTen") == "Lê Ân"


def test_a_weak_suggestion_is_marked_doubtful(workspace: Workspace, record_id: str) -> None:
    suggest(workspace, record_id, Reading("nksNoiSinh", "Tân Lập", "Tân Lập", 0.4, "tesserocr", "5"))
    row = entry.entry_view(workspace, record_id).row("nksNoiSinh")
    assert (row.status, row.text, row.unseen) == (FieldStatus.DOUBTFUL, "Tân Lập", False)


def test_a_doubtful_name_is_not_shown_before_it_is_typed(workspace: Workspace, record_id: str) -> None:
    suggest(workspace, record_id, Reading("nksHoTen", "Lê An", "Lê An", 0.4, "tesserocr", "5"))
    row = entry.entry_view(workspace, record_id).row("nksHoTen")
    assert (row.status, row.text, row.unseen) == (FieldStatus.EMPTY, "", True)
    with pytest.raises(PolicyError):
        entry.accept(workspace, record_id, "nksHoTen", CLERK)
    entry.confirm(workspace, record_id, "nksHoTen", "Lê Ân", CLERK)
    row = entry.entry_view(workspace, record_id).row("nksHoTen")
    assert (row.text, row.unseen, row.reading.text) == ("Lê Ân", True, "Lê An")


def test_a_workspace_may_show_every_name(workspace: Workspace, record_id: str) -> None:
    (workspace.folder / SETTINGS_FILE).write_text("names_unseen_below = 0\n", encoding="utf-8")
    suggest(workspace, record_id, Reading("nksHoTen", "Lê An", "Lê An", 0.4, "tesserocr", "5"))
    row = entry.entry_view(workspace, record_id).row("nksHoTen")
    assert (row.status, row.text, row.unseen) == (FieldStatus.DOUBTFUL, "Lê An", False)


def test_the_book_offers_its_place_and_number(workspace: Workspace, record_id: str) -> None:
    view = entry.entry_view(workspace, record_id)
    assert view.row("noiDangKy").text == "UBND xã Tân Lập"
    assert view.row("quyenSo").text == "01/2009"
    entry.accept(workspace, record_id, "quyenSo", CLERK)
    assert record_now(workspace, record_id).normal("quyenSo") == "01/2009"


def test_nothing_to_accept_is_refused_with_a_sentence(workspace: Workspace, record_id: str) -> None:
    with pytest.raises(PolicyError, match="policy-nothing-to-accept"):
        entry.accept(workspace, record_id, "nksHoTen", CLERK)


def test_accepting_the_rest_takes_only_what_is_sure_and_is_undone_as_one(workspace: Workspace, record_id: str) -> None:
    suggest(
        workspace,
        record_id,
        Reading("nksHoTen", "Lê An", "Lê An", 0.995, "tesserocr", "5"),
        Reading("meHoTen", "Lê Thị Bé", "Lê Thị Bé", 0.6, "tesserocr", "5"),
    )
    entry.accept_above(workspace, record_id, 0.99, CLERK)
    record = record_now(workspace, record_id)
    assert record.written("nksHoTen") == "Lê An" and not record.written("meHoTen")
    workspace.undo(CLERK, record.book_id)
    assert not record_now(workspace, record_id).written("nksHoTen")


def test_blank_and_unreadable_are_words_of_a_person(workspace: Workspace, record_id: str) -> None:
    entry.confirm(workspace, record_id, "nksNoiSinh", "", CLERK)
    entry.confirm(workspace, record_id, "nksHoTen", "Lê ?", CLERK, FieldState.UNREADABLE)
    view = entry.entry_view(workspace, record_id)
    assert view.row("nksNoiSinh").status is FieldStatus.BLANK
    assert view.row("nksHoTen").status is FieldStatus.UNREADABLE
    assert view.row("nksHoTen").text == "Lê ?"


def test_an_unfinished_record_is_not_handed_over(workspace: Workspace, record_id: str) -> None:
    with pytest.raises(PolicyError, match="policy-fields-open"):
        entry.submit(workspace, record_id, CLERK)


def test_a_record_with_an_error_is_not_handed_over(workspace: Workspace, record_id: str) -> None:
    fill(workspace, record_id)
    entry.confirm(workspace, record_id, "nksNgaySinh", "9/3/2009", CLERK)
    with pytest.raises(PolicyError, match="policy-errors-open"):
        entry.submit(workspace, record_id, CLERK)


def test_an_error_that_may_stand_needs_a_reason(workspace: Workspace, record_id: str) -> None:
    fill(workspace, record_id)
    entry.confirm(workspace, record_id, "nksNgaySinh", "9/3/2009", CLERK)
    finding = next(f for f in entry.entry_view(workspace, record_id).findings if f.rule_id == "birth-before-entry-ks")
    with pytest.raises(PolicyError, match="policy-reason-needed"):
        entry.accept_finding(workspace, record_id, finding, " ", CLERK)
    entry.accept_finding(workspace, record_id, finding, "Sổ gốc ghi như vậy", CLERK)
    entry.submit(workspace, record_id, CLERK)
    assert record_now(workspace, record_id).status is Status.SUBMITTED


def test_another_person_approves(workspace: Workspace, record_id: str) -> None:
    fill(workspace, record_id)
    entry.submit(workspace, record_id, CLERK)
    assert [record.record_id for record in review.queue(workspace, record_now(workspace, record_id).book_id)] == [
        record_id
    ]
    review.approve(workspace, record_id, REVIEWER)
    assert record_now(workspace, record_id).approved_by == REVIEWER.name


def test_nobody_approves_what_he_entered_whatever_his_role(workspace: Workspace, record_id: str) -> None:
    fill(workspace, record_id)
    entry.submit(workspace, record_id, CLERK)
    with pytest.raises(PolicyError, match="policy-four-eyes"):
        review.approve(workspace, record_id, Person(CLERK.name, Role.SUPERVISOR))


def test_a_returned_record_is_open_again_and_says_why(workspace: Workspace, record_id: str) -> None:
    fill(workspace, record_id)
    entry.submit(workspace, record_id, CLERK)
    with pytest.raises(PolicyError, match="policy-reason-needed"):
        review.give_back(workspace, record_id, "  ", REVIEWER)
    review.give_back(workspace, record_id, "Xem lại ngày sinh", REVIEWER)
    assert record_now(workspace, record_id).return_reason == "Xem lại ngày sinh"
    entry.confirm(workspace, record_id, "nksNgaySinh", "2/3/2009", CLERK)
    entry.submit(workspace, record_id, CLERK)


def test_a_returned_record_is_untouched_until_something_that_was_done_to_it_holds(
    workspace: Workspace, record_id: str
) -> None:
    def untouched() -> bool:
        return entry.came_back_untouched(workspace, record_now(workspace, record_id))

    fill(workspace, record_id)
    assert not untouched()
    entry.submit(workspace, record_id, CLERK)
    review.give_back(workspace, record_id, "Xem lại ngày sinh", REVIEWER)
    assert untouched()
    entry.confirm(workspace, record_id, "nksNgaySinh", "2/3/2009", CLERK)
    assert not untouched()
    assert workspace.undo(CLERK, record_now(workspace, record_id).book_id)
    assert untouched()


def test_an_entry_without_a_record_is_voided_with_a_reason(workspace: Workspace, record_id: str) -> None:
    with pytest.raises(PolicyError, match="policy-reason-needed"):
        entry.void_record(workspace, record_id, "", CLERK)
    entry.void_record(workspace, record_id, "Dòng trống", CLERK)
    assert record_now(workspace, record_id).status is Status.VOID


def test_neighbours_end_at_the_book(workspace: Workspace, record_id: str) -> None:
    assert entry.neighbour(workspace, record_id, 1) is None
    assert entry.neighbour(workspace, record_id, -1) is None


def test_a_bracket_that_closes_behind_the_handwriting_closes_in_the_name(workspace: Workspace, record_id: str) -> None:
    names = {row.field.id: row.label for row in entry.entry_view(workspace, record_id).rows}
    assert names["nksNgaySinhBangChu"] == "(Bằng chữ)"
