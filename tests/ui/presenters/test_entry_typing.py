"""What the entry screen offers, tells and remembers, without a window."""

import pytest

from hotich.store import Workspace
from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.entry import EntryPresenter
from hotich.ui.presenters.picture_setup import PictureSetup
from hotich.values import MACHINE, Alternative, FieldState, Origin, Reading
from hotich.workflow import Draft, ReadingsMade
from tests.ui.made import CLERK, FakeShell, fill, record_now, small_book, suggest
from tests.ui.presenters.entry_screen import go_to, row_of


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
    suggest(workspace, records[0], "nksNoiSinh", "Lò Văn", 0.4)
    presenter.refresh()
    assert presenter.typing.completions("nksNoiSinh", "lo v")[0].text == "Lò Văn"
    assert presenter.typing.completions("nksNoiSinh", "zq") == ()


def test_a_name_that_is_not_shown_is_not_completed_and_told_on_demand(presenter, workspace, records):
    suggest(workspace, records[0], "nguoiKy", "Lò Văn Kỷ", 0.4)
    presenter.refresh()
    assert presenter.typing.completions("nguoiKy", "lo v") == ()
    assert [way.text for way in presenter.typing.alternatives(presenter.view.row("nguoiKy"))] == ["Lò Văn Kỷ"]


def test_with_nothing_typed_a_list_is_shown_whole(presenter):
    assert len(presenter.typing.completions("nksDanToc", "")) > 50
    assert len(presenter.typing.completions("nksDanToc", "m")) <= 8


def test_an_alternative_names_the_record_that_it_is_like(presenter, workspace, records):
    others = (Alternative("Lò Thị Bán", "Lò Thị Bán", 0.2, "reading-like-record", records[1]),)
    made = Reading("nksHoTen", "Lò Thị Ban", "Lò Thị Ban", 0.9, "thu", "1", alternatives=others)
    record = record_now(workspace, records[0])
    workspace.append(Draft(record.book_id, ReadingsMade((made,)), MACHINE, records[0], record.page_id))
    presenter.open(records[0], "nksHoTen")
    (way,) = presenter.typing.alternatives(row_of(presenter, "nksHoTen"))
    assert way.detail.endswith("như bản ghi 2")


def test_alternatives_tell_how_likely_and_why(presenter, workspace, records):
    record = record_now(workspace, records[0])
    others = (Alternative("Lò Thị Bạn", "Lò Thị Bạn", 0.31), Alternative("Lo Thị Ban", "Lo Thị Ban", 0.05, "lexicon"))
    made = Reading("nksHoTen", "Lò Thị Ban", "Lò Thị Ban", 0.9, "thu", "1", alternatives=others)
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
