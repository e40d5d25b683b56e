"""What the clerk's keys do to a record, without a window."""

import pytest

from hotich.pipeline import entry, review
from hotich.pipeline.entry import EntryView, FieldRow, FieldStatus
from hotich.pipeline.pictures import PagePicture
from hotich.store import Workspace
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry import EntryPresenter
from hotich.ui.presenters.entry_moves import first_open, next_look, starting_field
from hotich.ui.presenters.picture_setup import PictureSetup
from hotich.values import MACHINE, Alternative, FieldState, Origin, Point, Quad, Reading, Status, Way
from hotich.workflow import Draft, ReadingsMade
from tests.ui.made import ANSWERS, CLERK, REVIEWER, FakeShell, fill, record_now, small_book, suggest


class Screen:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.view: EntryView | None = None
        self.current = -1
        self.pictures: list[tuple[str, bool, bool]] = []
        self.nothing = ""
        self.box: FieldRow | None = None
        self.setup = PictureSetup()

    def show_record(self, view: EntryView, current: int) -> None:
        self.view, self.current = view, current

    def show_fields(self, view: EntryView) -> None:
        self.view = view

    def show_current(self, current: int) -> None:
        self.current = current

    def show_nothing(self, sentence: str) -> None:
        self.nothing = sentence

    def await_picture(self) -> None:
        self.picture_of_another_page = False

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None:
        self.pictures.append((page_id, cleaned, final))

    def edit_box(self, row: FieldRow) -> None:
        self.box = row

    def show_setup(self, setup: PictureSetup) -> None:
        self.setup = setup


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.fixture
def presenter(desk: Desk, screen: Screen, records: tuple[str, ...]) -> EntryPresenter:
    made = EntryPresenter(desk, screen)
    made.refresh()
    return made


def go_to(presenter: EntryPresenter, field_id: str) -> None:
    assert presenter.view is not None
    presenter.choose([row.field.id for row in presenter.view.rows].index(field_id))


def row_of(presenter: EntryPresenter, field_id: str) -> FieldRow:
    assert presenter.view is not None
    return presenter.view.row(field_id)


def test_the_first_record_opens_at_its_first_open_field(presenter, screen, records):
    assert screen.view.record.record_id == records[0]
    assert screen.current == starting_field(screen.view) == first_open(screen.view)
    assert screen.pictures[0][:2] == (screen.view.record.page_id, False)


def test_without_a_book_the_screen_says_what_to_do(desk, screen):
    EntryPresenter(desk, screen).refresh()
    assert "Ctrl+1" in screen.nothing


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


def test_a_returned_record_can_be_changed(presenter, workspace, records):
    fill(workspace, records[0])
    entry.submit(workspace, records[0], CLERK)
    review.give_back(workspace, records[0], "Xem lại tên cha", REVIEWER)
    presenter.open(records[0], "chaHoTen")
    presenter.accept("Y Moan Êban Knul", True)
    assert record_now(workspace, records[0]).written("chaHoTen") == "Y Moan Êban Knul"


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


def place_of(presenter: EntryPresenter, field_id: str) -> int:
    assert presenter.view is not None
    return [row.field.id for row in presenter.view.rows].index(field_id)


def read_all(workspace: Workspace, record_id: str, confidence: float = 0.999) -> None:
    """A reading of every field on the page, each of them right."""
    for row in entry.entry_view(workspace, record_id).rows:
        if row.on_page and not row.has_suggestion:
            suggest(workspace, record_id, row.field.id, ANSWERS.get(row.field.id, "Một"), confidence)


def test_enter_stops_only_at_what_needs_a_look(presenter, workspace, records):
    read_all(workspace, records[0])
    suggest(workspace, records[0], "meHoTen", "H'Lan N?ê", 0.4)
    presenter.refresh()
    presenter.open(records[0])
    stops = []
    while presenter.row is not None and len(stops) < 60:
        stops.append(presenter.row.field.id)
        text = ANSWERS.get(presenter.row.field.id, "Một")
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


def test_enter_confirms_that_the_page_is_blank(presenter, workspace, records):
    record = record_now(workspace, records[0])
    blank = Reading("nksNoiSinh", "", "", 0.7, "ink", "1", reason="reading-field-blank")
    workspace.append(Draft(record.book_id, ReadingsMade((blank,)), MACHINE, records[0], record.page_id))
    presenter.refresh()
    go_to(presenter, "nksNoiSinh")
    assert presenter.row.suggests_blank and presenter.row.needs_look
    presenter.accept("", False)
    assert record_now(workspace, records[0]).fields["nksNoiSinh"].value.state is FieldState.BLANK


@pytest.mark.parametrize(
    ("typed", "kept", "normal"),
    [
        ("5378", "5/3/78", "05.03.1978"),
        ("050378", "05/03/78", "05.03.1978"),
        ("5/3/78", "5/3/78", "05.03.1978"),
        ("3/78", "3/78", "03.1978"),
        ("78", "78", "1978"),
        ("28t", "28 tuổi", "1981"),
    ],
)
def test_short_dates_are_told_and_kept_spelled_out(presenter, workspace, records, typed, kept, normal):
    go_to(presenter, "meNgaySinh")
    assert normal in presenter.typing.preview("meNgaySinh", typed)
    assert presenter.typing.may_accept("meNgaySinh", typed)
    presenter.accept(typed, True)
    value = record_now(workspace, records[0]).fields["meNgaySinh"].value
    assert (value.as_written, value.normal) == (kept, normal)


def test_a_short_date_with_two_meanings_has_to_be_chosen(presenter, shell):
    go_to(presenter, "meNgaySinh")
    ways = [way.text for way in presenter.typing.completions("meNgaySinh", "11178")]
    assert ways == ["1/11/78", "11/1/78"]
    assert not presenter.typing.may_accept("meNgaySinh", "11178")
    assert "Alt+1 1/11/78" in shell.notes[-1]
    assert "11/1/78" in presenter.typing.preview("meNgaySinh", "11178")


def test_the_normal_form_is_told_while_typing(presenter):
    assert "Ê Đê" in presenter.typing.preview("nksDanToc", "ê-đê")
    assert presenter.typing.preview("nksDanToc", "Kinh") == ""
    assert presenter.typing.preview("nksGioiTinh", "xyz") != ""
    assert presenter.typing.preview("nksHoTen", "Lò Thị Ban") == ""


def test_what_was_read_comes_first_among_the_completions(presenter, workspace, records):
    suggest(workspace, records[0], "nguoiKy", "Lò Văn Kỷ", 0.4)
    presenter.refresh()
    assert presenter.typing.completions("nguoiKy", "lo v")[0].text == "Lò Văn Kỷ"
    assert presenter.typing.completions("nguoiKy", "ng") == ()


def test_with_nothing_typed_a_list_is_shown_whole(presenter):
    assert len(presenter.typing.completions("nksDanToc", "")) > 50
    assert len(presenter.typing.completions("nksDanToc", "m")) <= 8


def test_an_alternative_names_the_record_that_it_is_like(presenter, workspace, records):
    others = (Alternative("Lò Thị Bán", "Lò Thị Bán", 0.2, "reading-like-record", records[1]),)
    made = Reading("nksHoTen", "Lò Thị Ban", "Lò Thị Ban", 0.6, "thu", "1", alternatives=others)
    record = record_now(workspace, records[0])
    workspace.append(Draft(record.book_id, ReadingsMade((made,)), MACHINE, records[0], record.page_id))
    presenter.open(records[0], "nksHoTen")
    (way,) = presenter.typing.alternatives(row_of(presenter, "nksHoTen"))
    assert way.detail.endswith("như bản ghi 2")


def test_alternatives_tell_how_likely_and_why(presenter, workspace, records):
    record = record_now(workspace, records[0])
    others = (Alternative("Lò Thị Bạn", "Lò Thị Bạn", 0.31), Alternative("Lo Thị Ban", "Lo Thị Ban", 0.05, "lexicon"))
    made = Reading("nksHoTen", "Lò Thị Ban", "Lò Thị Ban", 0.6, "thu", "1", alternatives=others)
    workspace.append(Draft(record.book_id, ReadingsMade((made,)), MACHINE, records[0], record.page_id))
    presenter.refresh()
    ways = presenter.typing.alternatives(row_of(presenter, "nksHoTen"))
    assert [way.text for way in ways] == ["Lò Thị Bạn", "Lo Thị Ban"]
    assert "31%" in ways[0].detail and "nét chữ" in ways[0].detail and "danh mục" in ways[1].detail


def test_copying_from_a_person_shows_grey_and_keeps_nothing(presenter, workspace, records):
    go_to(presenter, "meHoTen")
    presenter.accept("H'Lan Niê", True)
    go_to(presenter, "nycHoTen")
    rule = next(rule for rule in presenter.copying.copies() if rule.source == "me")
    presenter.copying.copy_person(rule)
    assert presenter.row.text == "H'Lan Niê" and presenter.row.has_suggestion
    assert "Mẹ" in presenter.typing.shown_reading(presenter.row)
    assert not record_now(workspace, records[0]).written("nycHoTen")
    presenter.accept("", False)
    value = record_now(workspace, records[0]).fields["nycHoTen"].value
    assert (value.as_written, value.origin) == ("H'Lan Niê", Origin.COPIED)
    presenter.turn(1)
    assert not presenter.copying.asked_for(records[1])


def test_as_above_by_one_key_and_all_shared_by_another(presenter, workspace, records, shell):
    for field_id, text in (("nguoiKy", "Lò Văn Ký"), ("nksDanToc", "Ê Đê")):
        go_to(presenter, field_id)
        presenter.accept(text, True)
    presenter.open(records[1], "nksDanToc")
    presenter.copying.same_as_above()
    presenter.copying.shared_from_above()
    record = record_now(workspace, records[1])
    assert (record.written("nksDanToc"), record.written("nguoiKy")) == ("Ê Đê", "Lò Văn Ký")
    presenter.open(records[0], "nksDanToc")
    presenter.copying.same_as_above()
    assert "phía trên" in shell.told[-1]


def test_a_value_stays_for_the_book_by_one_key(presenter, workspace, records, shell):
    go_to(presenter, "nksQuocTich")
    presenter.accept("Việt Nam", True)
    go_to(presenter, "nksQuocTich")
    presenter.copying.toggle_sticky()
    presenter.turn(1)
    assert row_of(presenter, "nksQuocTich").text == "Việt Nam"
    assert "giữ" in shell.notes[-2] + shell.notes[-1]


def test_undo_reaches_across_records_and_a_restart(presenter, workspace, records, desk, screen, tmp_path):
    go_to(presenter, "nksHoTen")
    presenter.accept("Lò Thị Ban", True)
    presenter.turn(1)
    go_to(presenter, "nksHoTen")
    presenter.accept("Vừ A Dính", True)
    book_id, shell = desk.book_id, FakeShell()
    workspace.close()
    with Workspace.open(workspace.folder) as later:
        fresh = Desk(later, shell, CLERK, desk.language)
        fresh.book_id = book_id
        again = EntryPresenter(fresh, screen)
        again.refresh()
        again.undo()
        assert record_now(later, records[1]).written("nksHoTen") == ""
        again.undo()
        assert record_now(later, records[0]).written("nksHoTen") == ""
        assert again.view.record.record_id == records[0]
        again.redo()
        again.redo()
        assert record_now(later, records[0]).written("nksHoTen") == "Lò Thị Ban"
        assert record_now(later, records[1]).written("nksHoTen") == "Vừ A Dính"


def test_a_question_holds_the_record_and_the_next_one_comes(presenter, workspace, records, shell):
    shell.reason = "Chữ này đọc thế nào?"
    go_to(presenter, "chaHoTen")
    presenter.asides.ask()
    assert record_now(workspace, records[0]).held and row_of(presenter, "chaHoTen").question.text == shell.reason
    fill(workspace, records[1])
    presenter.open(records[1])
    presenter.submit()
    # The one that waits for an answer is not offered as the next thing to do.
    assert "1 bản ghi chờ" in shell.told[-1]


def test_a_book_remembers_how_its_pages_are_looked_at(presenter, desk, screen):
    presenter.look.more_contrast()
    presenter.look.invert()
    presenter.look.toggle_ruler()
    presenter.look.turn()
    kept = screen.setup
    assert (kept.contrast, kept.inverted, kept.ruler, kept.turns) == (1, True, False, 1)
    screen.setup = PictureSetup()
    later = EntryPresenter(desk, screen)
    later.refresh()
    assert screen.setup == kept == later.look.setup


def test_a_setting_of_another_version_is_passed_over(desk, workspace, records, screen):
    workspace.remember(f"picture:{desk.book_id}", '{"contrast": "viel"}')
    later = EntryPresenter(desk, screen)
    later.refresh()
    assert later.look.setup == PictureSetup()


def test_the_page_of_the_next_record_is_ready(desk, records, screen, shell, monkeypatch):
    made = EntryPresenter(desk, screen)
    made.refresh()
    fetched = []
    real = shell.fetch

    def watched(work, done, *, patient=False):
        fetched.append(patient)
        return real(work, done)

    monkeypatch.setattr(shell, "fetch", watched)
    made.turn(1)
    assert screen.pictures[-1][0] == made.view.record.page_id
    assert False not in fetched


def test_records_to_find_are_as_they_are_now(presenter, workspace, records):
    finder = presenter.asides.finder
    assert [line.record_id for line in finder.lines()] == list(records)
    go_to(presenter, "so")
    presenter.accept("17", True)
    assert finder.lines()[0].number == "17"
    presenter.undo()
    assert finder.lines()[0].number == ""


def test_a_lost_letter_is_told_how_to_keep(presenter, workspace, records):
    assert "F8" in presenter.typing.preview("nksHoTen", "Ngu?n Văn An")
    assert "F8" not in presenter.typing.preview("meNgaySinh", "?/5/1978")
    go_to(presenter, "nksHoTen")
    presenter.unreadable("Ngu?n Văn An")
    value = record_now(workspace, records[0]).fields["nksHoTen"].value
    assert (value.as_written, value.normal, value.state) == ("Ngu?n Văn An", "", FieldState.UNREADABLE)


def test_a_time_in_figures_is_told_and_kept_as_the_record_above_writes_its_own(desk, screen, workspace, tmp_path):
    book, records = small_book(workspace, tmp_path, form="KT-2006")
    desk.book_id = book.book_id
    presenter = EntryPresenter(desk, screen)
    for record_id, typed, kept, normal in (
        (records[0], "7h10", "7h10", "07:10"),
        (records[1], "435", "4h35", "04:35"),
    ):
        presenter.open(record_id, "nktGioPhutChet")
        assert normal in presenter.typing.preview("nktGioPhutChet", typed)
        presenter.accept(typed, True)
        record = record_now(workspace, record_id)
        assert (record.written("nktGioPhutChet"), record.normal("nktGioPhutChet")) == (kept, normal)


def test_a_day_alone_is_read_by_the_record_above_and_two_readings_are_asked_about(presenter, workspace, records, shell):
    go_to(presenter, "ngayDangKy")
    presenter.accept("28/3/2009", True)
    presenter.open(records[1], "ngayDangKy")
    ways = [way.text for way in presenter.typing.completions("ngayDangKy", "4")]
    assert "tháng sau" in presenter.typing.completions("ngayDangKy", "4")[0].detail
    assert ways == ["4/4/2009", "4/3/2009"] and not presenter.typing.may_accept("ngayDangKy", "4")
    assert "Alt+1" in shell.notes[-1]
    assert "29/03/2009" in presenter.typing.preview("ngayDangKy", "29")
    presenter.accept("29", True)
    assert record_now(workspace, records[1]).normal("ngayDangKy") == "29.03.2009"
    assert presenter.typing.dates("nksNgaySinh", "29")[0].normal_year == 1929
