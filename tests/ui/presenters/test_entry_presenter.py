"""What the clerk's keys do to a record, without a window."""

import pytest

from hotich.pipeline import entry, review
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.entry import FieldStatus
from hotich.pipeline.intake import import_paths
from hotich.store import Workspace
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry import EntryPresenter
from hotich.ui.presenters.entry_moves import first_open, next_look, starting_field
from hotich.values import MACHINE, FieldState, Origin, Point, Quad, Reading, RecordType, Status, Way
from hotich.workflow import Draft, ReadingsMade
from tests.ui.made import ANSWERS, CLERK, REVIEWER, FakeShell, fill, page_file, record_now, suggest
from tests.ui.presenters.entry_screen import go_to, place_of, read_all, row_of

BORN_IN_WORDS = "Ngày một tháng ba năm hai nghìn không trăm linh chín"


def test_the_first_record_opens_at_its_first_open_field(presenter, screen, records):
    assert screen.view.record.record_id == records[0]
    assert screen.current == starting_field(screen.view) == first_open(screen.view)
    assert screen.pictures[0][:2] == (screen.view.record.page_id, False)


def test_without_a_book_the_screen_says_what_to_do(desk, screen):
    EntryPresenter(desk, screen).refresh()
    assert "Ctrl+1" in screen.nothing


def test_pages_without_a_record_lead_to_where_records_are_added(desk, screen, workspace, tmp_path):
    wanted = NewBook(record_type=RecordType.GUARDIANSHIP, year=1995, number="01", place="UBND xã Tân Lập")
    desk.book_id = open_book(workspace, wanted, CLERK).book_id
    presenter = EntryPresenter(desk, screen)
    presenter.refresh()
    assert screen.nothing == desk.say("ui-no-entries")
    import_paths(workspace, desk.book_id, [page_file(tmp_path, "trang.jpg", "1")], CLERK)
    presenter.refresh()
    assert screen.nothing == desk.say("ui-no-entries-yet")


def test_typed_text_is_on_disk_before_the_next_field(presenter, workspace, records, shell):
    go_to(presenter, "nksHoTen")
    before = presenter.current
    presenter.accept("Nguyễn Văn Tề", True)
    assert record_now(workspace, records[0]).written("nksHoTen") == "Nguyễn Văn Tề"
    assert presenter.current == next_look(presenter.view, before) > before
    assert shell.notes[-1] == "Đã lưu"


def test_enter_takes_a_suggestion_and_keeps_its_origin(presenter, workspace, records):
    suggest(workspace, records[0], "nksHoTen", "Trần Thị Xê")
    presenter.refresh()
    go_to(presenter, "nksHoTen")
    assert row_of(presenter, "nksHoTen").status is FieldStatus.SUGGESTED
    presenter.accept("", False)
    value = record_now(workspace, records[0]).fields["nksHoTen"].value
    assert (value.as_written, value.origin) == ("Trần Thị Xê", Origin.READING)


def test_enter_on_an_untouched_empty_field_confirms_nothing(presenter, workspace, records):
    go_to(presenter, "nksHoTen")
    presenter.accept("", False)
    assert record_now(workspace, records[0]).fields.get("nksHoTen") is None
    assert row_of(presenter, "nksHoTen").is_open


@pytest.mark.parametrize("state", [FieldState.BLANK, FieldState.UNREADABLE])
def test_blank_and_unreadable_are_words_of_a_person(presenter, workspace, records, state):
    go_to(presenter, "chaHoTen")
    if state is FieldState.BLANK:
        presenter.blank()
    else:
        presenter.unreadable("Y M…")
    assert record_now(workspace, records[0]).fields["chaHoTen"].value.state is state


def test_enter_on_a_confirmed_field_writes_nothing_again(presenter, workspace, records):
    go_to(presenter, "nksHoTen")
    presenter.accept("Lò Thị Ban", True)
    count = len(workspace.actions(record_id=records[0]))
    presenter.go(-1)
    presenter.accept("Lò Thị Ban", False)
    assert len(workspace.actions(record_id=records[0])) == count


def test_leaving_a_field_keeps_what_was_typed_and_moves_nobody(presenter, workspace, records, screen):
    go_to(presenter, "nksHoTen")
    place = presenter.current
    go_to(presenter, "nksNoiSinh")
    presenter.keep(place, "Vừ A Dính")
    assert record_now(workspace, records[0]).written("nksHoTen") == "Vừ A Dính"
    assert presenter.row.field.id == "nksNoiSinh"


def test_undo_and_redo_follow_the_person(presenter, workspace, records, shell):
    go_to(presenter, "nksHoTen")
    presenter.accept("Đỗ Thị Ước", True)
    presenter.undo()
    assert record_now(workspace, records[0]).written("nksHoTen") == ""
    presenter.redo()
    assert record_now(workspace, records[0]).written("nksHoTen") == "Đỗ Thị Ước"
    assert shell.notes[-2:] == ["Đã hoàn tác", "Đã làm lại"]


def test_undo_leads_to_the_record_that_it_changes(presenter, screen, records):
    go_to(presenter, "nksHoTen")
    presenter.accept("Mùa A Páo", True)
    presenter.turn(1)
    presenter.undo()
    assert screen.view.record.record_id == records[0]


def test_undo_with_nothing_left_says_so(presenter, shell):
    presenter.undo()
    assert shell.notes[-1] == "Không còn gì để hoàn tác."


def test_records_are_turned_like_pages(presenter, screen, records, shell):
    presenter.turn(1)
    assert screen.view.record.record_id == records[1]
    presenter.turn(1)
    assert screen.view.record.record_id == records[1] and "cuối" in shell.notes[-1]
    presenter.turn(-1)
    presenter.turn(-1)
    assert screen.view.record.record_id == records[0] and "đầu" in shell.notes[-1]


def test_a_record_with_open_fields_is_refused_with_a_sentence(presenter, workspace, records, shell, screen):
    presenter.submit()
    assert record_now(workspace, records[0]).status is Status.DRAFT
    assert len(shell.told) == 1 and shell.told[0].endswith(".")
    assert screen.current == first_open(screen.view)


def test_handing_over_leads_to_the_next_record(presenter, workspace, records, screen, shell):
    fill(workspace, records[0])
    presenter.refresh()
    presenter.submit()
    assert record_now(workspace, records[0]).status is Status.SUBMITTED
    assert screen.view.record.record_id == records[1]


def test_enter_past_the_last_field_hands_over(presenter, workspace, records):
    fill(workspace, records[0])
    presenter.refresh()
    presenter.choose(len(presenter.view.rows))
    presenter.accept("", False)
    assert record_now(workspace, records[0]).status is Status.SUBMITTED


def test_the_last_hand_over_tells_what_comes_next(presenter, workspace, records, shell):
    for record_id in records:
        fill(workspace, record_id)
    presenter.refresh()
    presenter.submit()
    presenter.submit()
    assert "Ctrl+4" in shell.told[-1]


def test_accepting_the_rest_takes_only_sure_suggestions(presenter, workspace, records, shell):
    suggest(workspace, records[0], "nksHoTen", "Lê Thị Sáu", 0.999)
    suggest(workspace, records[0], "meHoTen", "Lê Thị B?", 0.2)
    presenter.refresh()
    presenter.accept_rest()
    record = record_now(workspace, records[0])
    assert record.written("nksHoTen") == "Lê Thị Sáu"
    assert record.written("meHoTen") == ""
    assert record.status is Status.DRAFT and "3" in shell.notes[-1]
    assert [entry.way for entry in record.fields.values() if entry.value] == [Way.TOGETHER] * 3


def test_a_warning_stands_only_with_a_reason(presenter, workspace, records, shell):
    go_to(presenter, "nksNgaySinh")
    presenter.accept("31/2/2009", True)
    go_to(presenter, "nksNgaySinh")
    warnings = [f for f in presenter.row.findings if f.overridable]
    assert warnings
    presenter.accept_warning()
    assert not record_now(workspace, records[0]).accepted
    shell.reason = "Sổ gốc ghi như vậy"
    presenter.accept_warning()
    assert record_now(workspace, records[0]).accepted[0].reason == "Sổ gốc ghi như vậy"


def test_a_field_without_warning_asks_nothing(presenter, shell):
    go_to(presenter, "nksNoiSinh")
    presenter.accept_warning()
    assert not shell.asked and "cảnh báo" in shell.notes[-1]


def test_an_empty_row_is_marked_with_a_reason(presenter, workspace, records, shell):
    shell.reason = "Dòng bỏ trống"
    presenter.void()
    assert record_now(workspace, records[0]).status is Status.VOID


def test_a_record_handed_over_refuses_changes_in_words(presenter, workspace, records, shell):
    fill(workspace, records[0])
    entry.submit(workspace, records[0], CLERK)
    presenter.open(records[0], "nksHoTen")
    presenter.accept("Khác", True)
    assert record_now(workspace, records[0]).written("nksHoTen") == "H'Hen Niê"
    assert "Ctrl+Z" in shell.told[-1]


def come_back(workspace, record_id):
    """The record was handed over and returned with a reason."""
    fill(workspace, record_id)
    entry.submit(workspace, record_id, CLERK)
    review.give_back(workspace, record_id, "Xem lại tên cha", REVIEWER)


def test_a_returned_record_can_be_changed_and_is_then_handed_over_at_once(presenter, workspace, records):
    come_back(workspace, records[0])
    presenter.open(records[0], "chaHoTen")
    presenter.accept("Y Moan Êban Knul", True)
    assert record_now(workspace, records[0]).written("chaHoTen") == "Y Moan Êban Knul"
    presenter.submit()
    assert record_now(workspace, records[0]).status is Status.SUBMITTED


def test_a_returned_record_goes_back_unchanged_only_when_told_twice(presenter, workspace, records, shell):
    for record_id in records[:2]:
        come_back(workspace, record_id)
    presenter.open(records[0])
    presenter.submit()
    assert record_now(workspace, records[0]).status is Status.RETURNED
    assert "Xem lại tên cha" in shell.notes[-1]
    presenter.open(records[1])
    presenter.submit()
    assert record_now(workspace, records[1]).status is Status.RETURNED
    presenter.submit()
    assert record_now(workspace, records[1]).status is Status.SUBMITTED


def test_a_box_can_be_moved_only_where_there_is_one(presenter, workspace, records, shell, screen):
    go_to(presenter, "nksHoTen")
    presenter.start_moving_box()
    assert screen.box is None and shell.notes
    quad = Quad(Point(1, 2), Point(30, 2), Point(30, 9), Point(1, 9))
    presenter.move_box("nksHoTen", quad)
    assert record_now(workspace, records[0]).fields["nksHoTen"].region.quad == quad
    presenter.start_moving_box()
    assert screen.box.field.id == "nksHoTen"


def test_the_place_is_remembered_for_the_person(presenter, desk: Desk, screen, workspace: Workspace, records):
    presenter.turn(1)
    go_to(presenter, "meHoTen")
    presenter.accept("Giàng Thị Mỷ", True)
    later = EntryPresenter(desk, screen)
    later.refresh()
    assert later.view.record.record_id == records[1]
    assert later.current == presenter.current


def test_the_other_picture_is_one_key_away(presenter, screen, shell: FakeShell):
    presenter.look.toggle_cleaned()
    assert screen.pictures[-1][1] is True
    assert "làm sạch" in shell.notes[-1]


def test_values_of_the_book_are_remembered(presenter, records):
    go_to(presenter, "nksNoiSinh")
    presenter.accept("Trạm xá xã Ea Tul", True)
    assert [way.text for way in presenter.typing.completions("nksNoiSinh", "tr xa")] == ["Trạm xá xã Ea Tul"]


def test_enter_stops_only_at_what_needs_a_look(presenter, workspace, records):
    read_all(workspace, records[0])
    suggest(workspace, records[0], "meHoTen", "H'Lan N?ê", 0.4)
    presenter.refresh()
    presenter.open(records[0])
    stops = []
    while presenter.row is not None and len(stops) < 60:
        stops.append(presenter.row.field.id)
        text = {**ANSWERS, "nksNgaySinhBangChu": BORN_IN_WORDS}.get(presenter.row.field.id, "Một")
        presenter.accept(text, presenter.row.field.id != "meHoTen")
    assert "meHoTen" in stops and "nksHoTen" not in stops
    assert record_now(workspace, records[0]).written("nksHoTen") == ""


def test_shift_enter_goes_to_the_very_next_field(presenter, workspace, records):
    read_all(workspace, records[0])
    presenter.refresh()
    go_to(presenter, "nksHoTen")
    place = presenter.current
    presenter.accept("", False, in_line=True)
    assert presenter.current == place + 1
    assert record_now(workspace, records[0]).written("nksHoTen") == ANSWERS["nksHoTen"]


def test_a_field_passed_over_is_come_back_to(presenter, workspace, records):
    go_to(presenter, "chaHoTen")
    view = presenter.view
    assert next_look(view, len(view.rows) - 1) == first_open(view) < place_of(presenter, "chaHoTen")


def test_the_rest_is_taken_with_one_key_undone_with_one_and_handed_over_with_one_more(
    presenter, workspace, records, shell
):
    fill(workspace, records[0])
    for _ in range(3):
        presenter.undo()
    left = {row.field.id for row in entry.entry_view(workspace, records[0]).open_rows}
    for field_id in left:
        suggest(workspace, records[0], field_id, ANSWERS.get(field_id, "Một"), 0.999)
    presenter.refresh()
    presenter.accept_rest()
    assert record_now(workspace, records[0]).status is Status.DRAFT
    assert not presenter.view.open_rows and "chuyển kiểm tra" in shell.notes[-1]
    presenter.undo()
    assert {row.field.id for row in presenter.view.open_rows} == left
    presenter.redo()
    presenter.accept_rest()
    assert record_now(workspace, records[0]).status is Status.SUBMITTED


def test_enter_alone_does_not_take_what_the_rules_speak_against(presenter, workspace, records, shell):
    go_to(presenter, "ngayDangKy")
    presenter.accept("5/3/2009", True)
    suggest(workspace, records[0], "nksNgaySinh", "9/3/2009", 0.999)
    presenter.refresh()
    go_to(presenter, "nksNgaySinh")
    assert row_of(presenter, "nksNgaySinh").foreseen
    presenter.accept("", False)
    assert not record_now(workspace, records[0]).written("nksNgaySinh") and "F7" in shell.notes[-1]
    shell.reason = "Giấy ghi đúng như vậy"
    presenter.accept_warning()
    entry_now = record_now(workspace, records[0]).fields["nksNgaySinh"]
    assert (entry_now.value.as_written, entry_now.note) == ("9/3/2009", "Giấy ghi đúng như vậy")


def test_a_refused_suggestion_is_refused_when_it_is_typed_too(presenter, workspace, records, shell):
    go_to(presenter, "ngayDangKy")
    presenter.accept("5/3/2009", True)
    suggest(workspace, records[0], "nksNgaySinh", "9/3/2009", 0.999)
    presenter.refresh()
    go_to(presenter, "nksNgaySinh")
    for typed in ("9/3/2009", "09/03/2009", "9/3/2009"):
        presenter.accept(typed, True)
        assert "F7" in shell.notes[-1] and presenter.row.field.id == "nksNgaySinh"
    presenter.keep(presenter.current, "9/3/2009")
    assert not record_now(workspace, records[0]).written("nksNgaySinh") and "F7" in shell.notes[-1]
    presenter.accept("1/3/2009", True)
    assert record_now(workspace, records[0]).written("nksNgaySinh") == "1/3/2009"


def test_what_is_typed_against_the_rules_is_kept_at_the_second_enter(presenter, workspace, records, shell):
    go_to(presenter, "ngayDangKy")
    presenter.accept("5/3/2009", True)
    go_to(presenter, "nksNgaySinh")
    presenter.accept("9/3/2009", True)
    assert "chưa được lưu" in shell.notes[-1] and "Enter lần nữa" in shell.notes[-1]
    assert not record_now(workspace, records[0]).written("nksNgaySinh") and presenter.row.field.id == "nksNgaySinh"
    presenter.accept("8/3/2009", True)
    assert not record_now(workspace, records[0]).written("nksNgaySinh")
    presenter.accept("8/3/2009", True)
    assert record_now(workspace, records[0]).written("nksNgaySinh") == "8/3/2009"
    assert row_of(presenter, "nksNgaySinh").findings
    go_to(presenter, "nksNgaySinh")
    # Known already: typing another one that is as late is not asked about again.
    presenter.accept("7/3/2009", True)
    assert record_now(workspace, records[0]).written("nksNgaySinh") == "7/3/2009"


def test_leaving_a_field_keeps_what_is_typed_against_the_rules(presenter, workspace, records):
    go_to(presenter, "ngayDangKy")
    presenter.accept("5/3/2009", True)
    go_to(presenter, "nksNgaySinh")
    presenter.keep(presenter.current, "9/3/2009")
    assert record_now(workspace, records[0]).written("nksNgaySinh") == "9/3/2009"


def test_a_suggestion_that_was_read_again_meanwhile_is_shown_before_it_is_taken(presenter, workspace, records, shell):
    suggest(workspace, records[0], "nksNoiSinh", "xã Tân Lập", 0.95)
    presenter.refresh()
    go_to(presenter, "nksNoiSinh")
    suggest(workspace, records[0], "nksNoiSinh", "xã Tân Lạp", 0.96)
    presenter.accept("", False)
    assert not record_now(workspace, records[0]).written("nksNoiSinh")
    assert "“xã Tân Lạp”" in shell.notes[-1] and presenter.row.text == "xã Tân Lạp" and not shell.told
    presenter.accept("", False)
    assert record_now(workspace, records[0]).written("nksNoiSinh") == "xã Tân Lạp"


def test_enter_confirms_that_the_page_is_blank(presenter, workspace, records):
    record = record_now(workspace, records[0])
    blank = Reading("nksNoiSinh", "", "", 0.7, "ink", "1", reason="reading-field-blank")
    workspace.append(Draft(record.book_id, ReadingsMade((blank,)), MACHINE, records[0], record.page_id))
    presenter.refresh()
    go_to(presenter, "nksNoiSinh")
    assert presenter.row.suggests_blank and presenter.row.needs_look
    presenter.accept("", False)
    assert record_now(workspace, records[0]).fields["nksNoiSinh"].value.state is FieldState.BLANK
