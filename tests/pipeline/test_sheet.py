"""The sheet without a window: columns, filters, order, ranges, replacements."""

from __future__ import annotations

import pytest

from hotich.errors import PolicyError
from hotich.pipeline import entry
from hotich.pipeline.bulk import Change
from hotich.pipeline.sheet import (
    ColumnFilter,
    RowMode,
    Search,
    SheetOrder,
    SheetReader,
    change_cells,
    filled_down,
    keep_order,
    kept_order,
    pasted,
    sheet_columns,
)
from hotich.store import Workspace
from hotich.values import FieldState, Origin, Severity
from hotich.workflow import FieldsConfirmed, Submitted, Way
from tests.pipeline.many import CLERK, many_records

NAMES = ["Trần Ân", "Đỗ An", "Lê Ánh", "Dương Ăn"]


@pytest.fixture
def workspace(tmp_path):
    with Workspace.open(tmp_path / "kho") as opened:
        yield opened


@pytest.fixture
def book(workspace, tmp_path):
    return many_records(workspace, tmp_path, [{"nksHoTen": name, "nksGioiTinh": "Nam"} for name in NAMES])


def reader(workspace, book_id):
    return SheetReader(workspace, book_id, sheet_columns(workspace, book_id))


def ids(workspace, book_id, **order):
    return reader(workspace, book_id).ids(SheetOrder(**order))


def test_number_and_name_stand_first_and_columns_off_the_page_are_asked_for(workspace, book):
    some = [field.id for field in sheet_columns(workspace, book[0])]
    every = [field.id for field in sheet_columns(workspace, book[0], everything=True)]
    assert some[:2] == every[:2] == ["so", "nksHoTen"]
    assert len(set(every)) == len(every) > len(some) and set(some) < set(every)


def test_rows_show_suggestions_values_findings_and_what_is_owed(workspace, book):
    book_id, records = book
    entry.confirm(workspace, records[0], "nksNgaySinh", "31/2/2009", CLERK)
    row = reader(workspace, book_id).rows(records[:1])[0]
    assert row.number == "01" and row.cells["nksHoTen"].suggested and row.cells["nksNgaySinh"].settled
    assert row.gravest("nksNgaySinh") is Severity.WARNING and row.gravest("nksHoTen") is None
    assert "nksHoTen" in row.owed and "nksNgaySinh" not in row.owed and row.changeable


def test_sorting_is_vietnamese_and_moves_no_record(workspace, book):
    book_id, records = book
    for record_id, name in zip(records, NAMES, strict=True):
        entry.confirm(workspace, record_id, "nksHoTen", name, CLERK)
    sorted_ids = ids(workspace, book_id, sort_by="nksHoTen")
    assert [workspace.record(i).written("nksHoTen") for i in sorted_ids] == ["Dương Ăn", "Đỗ An", "Lê Ánh", "Trần Ân"]
    assert ids(workspace, book_id, sort_by="nksHoTen", descending=True) == sorted_ids[::-1]
    assert workspace.record_ids(book_id) == records


def test_dates_are_sorted_by_the_calendar_and_empty_ones_stand_last(workspace, tmp_path):
    dates = ["5/11/2009", "2/3/2009", "", "30/1/2009"]
    book_id, records = many_records(workspace, tmp_path, [{"ngayDangKy": d} for d in dates])
    for record_id, date in zip(records, dates, strict=True):
        if date:
            entry.confirm(workspace, record_id, "ngayDangKy", date, CLERK)
    wanted = (records[3], records[1], records[0], records[2])
    assert ids(workspace, book_id, sort_by="ngayDangKy") == wanted
    assert ids(workspace, book_id, sort_by="ngayDangKy", descending=True)[-1] == records[2]


def test_filters_by_value_letters_and_state(workspace, book):
    book_id, records = book
    chosen = {"nksHoTen": ColumnFilter(values=("Đỗ An", "Lê Ánh"))}
    assert ids(workspace, book_id, filters=chosen) == records[1:3]
    assert ids(workspace, book_id, filters={"nksHoTen": ColumnFilter(contains="duong an")}) == records[3:]
    assert ids(workspace, book_id, mode=RowMode.WRONG) == ()
    entry.confirm(workspace, records[2], "nksNgaySinh", "31/2/2009", CLERK)
    assert ids(workspace, book_id, mode=RowMode.WRONG) == records[2:3]
    assert ids(workspace, book_id, mode=RowMode.OPEN) == records
    assert ids(workspace, book_id, mode=RowMode.DOUBTFUL) == ()


def test_a_range_too_large_for_the_sheet_is_refused_whole(workspace, book):
    _, records = book
    with pytest.raises(PolicyError) as refusal:
        pasted((("a", "b"), ("c", "d")), records, ["so", "nksHoTen"], 3, 0)
    assert refusal.value.key == "sheet-paste-too-large" and refusal.value.facts["rows"] == "1"
    with pytest.raises(PolicyError):
        pasted((("a", "b"),), records, ["so", "nksHoTen"], 0, 1)


def test_pasting_keeps_that_it_was_pasted_and_leaves_closed_records(workspace, book):
    book_id, records = book
    entry.void_record(workspace, records[1], "không có", CLERK)
    changes = pasted((("Nam", "Kinh"), ("Nữ", ""), ("", "Tày")), records, ["nksGioiTinh", "nksDanToc"], 0, 0)
    outcome = change_cells(workspace, changes, CLERK, Way.PASTE)
    assert (outcome.values, outcome.left_out) == (3, (records[1],))
    first = workspace.record(records[0]).fields
    assert (first["nksGioiTinh"].value.normal, first["nksDanToc"].value.origin) == ("1", Origin.IMPORTED)
    assert "nksGioiTinh" not in workspace.record(records[2]).normal("nksGioiTinh")
    assert isinstance(outcome.actions[0].event, FieldsConfirmed) and outcome.actions[0].event.way is Way.PASTE
    assert len(workspace.undo_step(CLERK, book_id)) == 2


def test_filling_down_copies_what_was_confirmed_and_nothing_else(workspace, book):
    book_id, records = book
    sheet = reader(workspace, book_id)
    with pytest.raises(PolicyError):
        filled_down(sheet.rows(records), ["nksGioiTinh"])
    entry.confirm(workspace, records[0], "nksDanToc", "Kinh", CLERK)
    entry.confirm(workspace, records[0], "ghiChu", "", CLERK)
    changes = filled_down(sheet.rows(records), ["nksDanToc", "ghiChu"])
    assert change_cells(workspace, changes, CLERK, Way.FILL).values == 6
    value = workspace.record(records[3]).fields
    assert value["nksDanToc"].value.origin is Origin.COPIED
    assert value["ghiChu"].value.state is FieldState.BLANK


def test_a_preview_names_every_record_and_closed_ones_are_barred(workspace, book):
    book_id, records = book
    for record_id in records[:3]:
        entry.confirm(workspace, record_id, "nksHoTen", "Nguyễn Thi An", CLERK)
    entry.void_record(workspace, records[2], "không có", CLERK)
    entry.confirm(workspace, records[3], "nksHoTen", "thi Thi", CLERK)
    sheet = reader(workspace, book_id)
    found = sheet.replacements(records, ["nksHoTen"], Search("Thi", "Thị"))
    assert [(each.record_id, each.new) for each in found] == [
        (records[0], "Nguyễn Thị An"),
        (records[1], "Nguyễn Thị An"),
        (records[3], "thi Thị"),
    ]
    assert len(sheet.replacements(records, ["nksHoTen"], Search("thi", "Thị", any_case=True))) == 3
    assert sheet.replacements(records, ["nksHoTen"], Search("Thi", "x", whole=True)) == []
    assert sheet.replacements(records, ["nksHoTen"], Search("", "x")) == []
    assert sheet.replacements(records, ["nksGioiTinh"], Search("Nam", "Nữ")) == []


def test_handed_over_records_are_told_as_barred(workspace, book):
    from hotich.workflow import Draft

    book_id, records = book
    entry.confirm(workspace, records[0], "nksHoTen", "A Thi", CLERK)
    workspace.append(Draft(book_id, Submitted(), CLERK, record_id=records[0]))
    found = reader(workspace, book_id).replacements(records, ["nksHoTen"], Search("Thi", "Thị"))
    assert [each.barred for each in found] == [True]


def test_what_stands_there_already_is_not_written_again(workspace, book):
    _, records = book
    change = [Change(records[0], "nksDanToc", "Kinh")]
    assert change_cells(workspace, change, CLERK, Way.SHEET).values == 1
    head = workspace.head()
    assert change_cells(workspace, change, CLERK, Way.SHEET).values == 0
    assert workspace.head() == head


def test_how_a_sheet_was_looked_at_is_remembered_and_rubbish_is_not_minded(workspace, book):
    order = SheetOrder(filters={"so": ColumnFilter(("01",))}, sort_by="so", widths={"so": 90})
    keep_order(workspace, book[0], order)
    assert kept_order(workspace, book[0]) == order
    workspace.remember(f"sheet:{book[0]}", "{rác")
    assert kept_order(workspace, book[0]) == SheetOrder()
