"""The sheet without a window: typing, ranges, filters, replacing, undo."""

from __future__ import annotations

import pytest

from hotich.pipeline import entry
from hotich.pipeline.checking import check_record
from hotich.pipeline.sheet import ColumnFilter, RowMode, Search
from hotich.ui.presenters import sheet as sheet_module
from hotich.ui.presenters.desk import Screen
from hotich.ui.presenters.sheet import SheetPresenter
from hotich.ui.presenters.sheet_range import Range
from hotich.ui.presenters.sheet_rows import SheetRows
from hotich.values import FieldState, Origin
from tests.pipeline.many import CLERK, many_records

SEX, PEOPLE, NAME = "nksGioiTinh", "nksDanToc", "nksHoTen"


class SheetDouble:
    """Remembers what was shown last."""

    def __init__(self) -> None:
        self.columns, self.rows, self.nothing = (), 0, ""
        self.told = []
        self.cell = None
        self.picture = "none yet"

    def show_sheet(self, columns, rows, order) -> None:
        self.columns, self.rows, self.nothing = columns, rows, ""

    def show_rows(self, first, last) -> None:
        self.told.append((first, last))

    def show_cell(self, row, column) -> None:
        self.cell = (row, column)

    def show_count(self, rows, total, order) -> None:
        self.count = (rows, total)

    def show_picture(self, pixels) -> None:
        self.picture = pixels

    def show_busy(self) -> None:
        self.busy = True

    def show_nothing(self, sentence) -> None:
        self.nothing = sentence


@pytest.fixture
def screen() -> SheetDouble:
    return SheetDouble()


@pytest.fixture
def opened() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def book(workspace, desk, tmp_path):
    read = [{NAME: f"Nguyễn Văn {letter}", SEX: "Nam"} for letter in "ABCDE"]
    desk.book_id, records = many_records(workspace, tmp_path, read)
    return records


@pytest.fixture
def presenter(desk, screen, opened, book) -> SheetPresenter:
    made = SheetPresenter(desk, screen, lambda r, f: opened.append((r, f)))
    made.refresh()
    return made


def column(screen, field_id):
    return [field.id for field in screen.columns].index(field_id)


def written(workspace, records, field_id):
    return [workspace.record(record_id).written(field_id) for record_id in records]


def test_the_book_is_shown_and_rows_come_as_they_are_asked_for(presenter, screen):
    assert (screen.rows, screen.count, screen.cell) == (5, (5, 5), (0, 0))
    assert presenter.row(0).number == "01" and presenter.row(99) is None


def test_typing_keeps_a_value_as_any_other_screen_does(presenter, screen, workspace, book, shell):
    presenter.type_over(1, column(screen, PEOPLE), "Ê Đê")
    value = workspace.record(book[1]).fields[PEOPLE].value
    assert (value.as_written, value.origin) == ("Ê Đê", Origin.TYPED)
    assert presenter.row(1).cells[PEOPLE].settled and "1" in shell.notes[-1]
    presenter.type_over(1, column(screen, PEOPLE), "")
    assert workspace.record(book[1]).fields[PEOPLE].value.state is FieldState.BLANK


def test_accepting_takes_one_suggestion_and_nothing_where_there_is_none(presenter, screen, workspace, book, shell):
    presenter.accept(0, column(screen, SEX))
    assert workspace.record(book[0]).fields[SEX].value.origin is Origin.READING
    presenter.accept(0, column(screen, SEX))
    assert "không có gợi ý" in shell.notes[-1]


def test_suggestions_are_not_copied(presenter, screen, workspace, book, shell):
    first = column(screen, SEX)
    presenter.type_over(0, first, "Nữ")
    assert presenter.copy(Range(0, first, 1, first)) == "Nữ\r\n\r\n"
    assert "gợi ý" in shell.notes[-1]


def test_a_range_is_pasted_as_one_step_and_one_value_fills_the_range(presenter, screen, workspace, book, desk):
    sex = column(screen, SEX)
    presenter.paste(Range(1, sex, 1, sex), "Nữ\r\nNam\r\n")
    assert written(workspace, book, SEX) == ["", "Nữ", "Nam", "", ""]
    people = column(screen, PEOPLE)
    presenter.paste(Range(0, people, 4, people), "Kinh")
    assert written(workspace, book, PEOPLE) == ["Kinh"] * 5
    presenter.undo()
    presenter.undo()
    assert written(workspace, book, SEX) == [""] * 5 == written(workspace, book, PEOPLE)
    presenter.redo()
    assert written(workspace, book, SEX) == ["", "Nữ", "Nam", "", ""]


def test_a_range_too_large_is_refused_with_a_sentence_and_nothing_changes(presenter, screen, workspace, shell):
    head = workspace.head()
    presenter.paste(Range(4, 0, 4, 0), "1\n2\n")
    assert "2 dòng" in shell.told[-1] and workspace.head() == head
    presenter.paste(Range(0, 0, 0, 0), "")
    assert "Không có chữ" in shell.notes[-1]


@pytest.mark.parametrize("text", ["\r\n\r\n", "\n\n\n", "\t\t\r\n", " \n \n"])
def test_line_ends_alone_are_nothing_to_paste(presenter, screen, workspace, shell, text):
    head = workspace.head()
    presenter.paste(Range(0, 0, 0, 0), text)
    assert "Không có chữ nào để dán" in shell.notes[-1] and workspace.head() == head


def test_a_change_of_nothing_invites_nobody_to_undo(presenter, screen, book, workspace, shell):
    born = column(screen, "nksNgaySinh")
    presenter.type_over(0, born, "31/2/2009")
    assert "hoàn tác" in shell.notes[-1]
    for again in (
        lambda: presenter.type_over(0, born, "31/2/2009"),
        lambda: presenter.paste(Range(0, born, 0, born), "31/2/2009"),
    ):
        again()
        assert shell.notes[-1] == "Không có ô nào thay đổi." and not shell.told
    entry.void_record(workspace, book[1], "không có", CLERK)
    presenter.refresh()
    presenter.paste(Range(1, born, 1, born), "1/3/2009")
    assert "1 bản ghi" in shell.told[-1] and "hoàn tác" not in shell.told[-1]


def test_a_text_that_is_not_understood_is_not_called_empty(presenter, screen, workspace, book, desk):
    day, empty = column(screen, "ngayDangKy"), "không được để trống"

    def told() -> list[str]:
        return [finding.message for finding in presenter.row(0).findings["ngayDangKy"]]

    presenter.type_over(0, day, "a")
    assert desk.say("policy-not-understood", text="a") in told() and empty not in " ".join(told())
    presenter.refresh()
    assert empty not in " ".join(told())
    # What is kept and exported says it as the rule does.
    assert any(finding.rule_id == "required-empty" and empty in finding.message for finding in found(workspace, book))
    presenter.type_over(0, day, "")
    assert empty in " ".join(told())


def found(workspace, book):
    return [finding for finding in check_record(workspace, book[0]) if "ngayDangKy" in finding.fields]


def test_what_the_rules_object_to_in_a_paste_is_told(presenter, screen, shell):
    place = column(screen, "nksNgaySinh")
    presenter.paste(Range(0, place, 0, place), "31/2/2009\n1/3/2009")
    assert "1 ô có lỗi hoặc cảnh báo" in shell.told[-1]


def test_closed_records_are_left_out_and_told(presenter, screen, workspace, book, shell):
    entry.void_record(workspace, book[1], "không có", CLERK)
    presenter.refresh()
    presenter.paste(Range(0, column(screen, SEX), 0, column(screen, SEX)), "Nam\nNam\nNam")
    assert written(workspace, book, SEX) == ["Nam", "", "Nam", "", ""]
    assert "1 bản ghi" in shell.told[-1]
    assert presenter.closed(1) and not presenter.closed(0)


def test_filling_down_takes_the_row_above_or_the_top_of_the_range(presenter, screen, workspace, book, shell):
    people = column(screen, PEOPLE)
    presenter.fill_down(Range(0, people, 0, people))
    assert "không có dòng nào ở trên" in shell.notes[-1].lower()
    presenter.fill_down(Range(0, people, 2, people))
    assert "Ctrl+Enter" in shell.told[-1]
    presenter.type_over(0, people, "Kinh")
    presenter.fill_down(Range(1, people, 1, people))
    presenter.fill_down(Range(1, people, 4, people))
    assert written(workspace, book, PEOPLE) == ["Kinh"] * 5


def test_blank_and_unreadable_for_a_range(presenter, screen, workspace, book):
    people = column(screen, PEOPLE)
    presenter.say_state(Range(0, people, 1, people), FieldState.BLANK)
    presenter.say_state(Range(2, people, 2, people), FieldState.UNREADABLE)
    states = [workspace.record(r).fields[PEOPLE].value.state for r in book[:3]]
    assert states == [FieldState.BLANK, FieldState.BLANK, FieldState.UNREADABLE]


def test_replacing_carries_out_the_chosen_lines_as_one_step(presenter, screen, workspace, book):
    name = column(screen, NAME)
    for row in range(3):
        presenter.type_over(row, name, f"Nguyễn Thi {row}")
    found = presenter.preview(Search("Thi", "Thị"), name)
    assert len(found) == 3 == len(presenter.preview(Search("Thi", "Thị"), None))
    presenter.replace(found[:2])
    assert written(workspace, book, NAME)[:3] == ["Nguyễn Thị 0", "Nguyễn Thị 1", "Nguyễn Thi 2"]
    presenter.undo()
    assert written(workspace, book, NAME)[:3] == ["Nguyễn Thi 0", "Nguyễn Thi 1", "Nguyễn Thi 2"]


def test_filters_and_order_are_remembered_with_the_book(presenter, screen, desk, book):
    presenter.filter_column(NAME, ColumnFilter(contains="van c"))
    assert screen.rows == 1 and screen.count == (1, 5)
    presenter.sort("so", descending=True)
    presenter.keep_width("so", 99)
    presenter.keep()
    again = SheetPresenter(desk, SheetDouble(), lambda r, f: None)
    again.refresh()
    assert again.order == presenter.order and again.order.widths == {"so": 99}
    presenter.clear_filters()
    assert screen.rows == 5
    presenter.choose_mode(RowMode.WRONG)
    assert "Ctrl+Shift+L" in screen.nothing
    presenter.cycle_mode()
    assert screen.rows == 5


def test_all_columns_on_demand(presenter, screen):
    few = len(screen.columns)
    presenter.toggle_everything()
    assert len(screen.columns) > few


def test_values_of_a_column_are_counted_in_their_order(presenter, screen, workspace, book):
    presenter.type_over(0, column(screen, SEX), "Nữ")
    assert presenter.values_in(SEX) == (("Nam", 4), ("Nữ", 1))
    assert ("Nam", "1") in presenter.values_for(column(screen, SEX)) and presenter.values_for(-1) == ()


def test_the_picture_of_the_cell_in_hand_comes_and_goes(presenter, screen):
    presenter.choose(0, column(screen, SEX))
    assert screen.picture.shape[2] == 3
    presenter.choose(0, column(screen, "quyenSo"))
    assert screen.picture is None


def test_the_record_is_opened_at_the_field(presenter, screen, opened, shell, book):
    presenter.to_entry(2, column(screen, SEX))
    assert opened == [(book[2], SEX)] and shell.went == [Screen.ENTRY]


def test_long_work_is_done_apart_and_told_the_same(presenter, screen, workspace, book, shell, monkeypatch):
    monkeypatch.setattr(sheet_module, "AT_ONCE", 2)
    place = column(screen, "nksNgaySinh")
    presenter.paste(Range(0, place, 4, place), "31/2/2009")
    assert "5 ô ở 5 bản ghi; 5 ô có lỗi" in shell.told[-1]
    presenter.row(4)
    assert presenter.row(4).cells["nksNgaySinh"].text == "31/2/2009"


def test_without_a_book_or_records_it_says_why(desk, shell, screen):
    desk.book_id = ""
    SheetPresenter(desk, screen, lambda r, f: None).refresh()
    assert screen.nothing


def test_rows_are_kept_up_to_a_number_and_old_news_is_dropped(desk, book, monkeypatch, presenter):
    monkeypatch.setattr("hotich.ui.presenters.sheet_rows.KEPT", 2)
    told = []
    rows = SheetRows(desk, lambda first, last: told.append((first, last)))
    rows.clear(book, presenter._reader)
    assert len(rows.all(range(5))) == 5 and len(rows._rows) == 2
    waiting = []
    monkeypatch.setattr(desk.shell, "fetch", lambda work, done, **kind: waiting.append((work, done)), raising=False)
    rows.clear(book, presenter._reader)
    assert rows.row(0) is None and rows.row(1) is None and len(waiting) == 1
    rows.drop(book[:1])
    before = len(told)
    waiting[0][1](waiting[0][0](None))
    assert len(told) == before and rows.row(0) is None
