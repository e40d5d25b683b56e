"""A sheet keyed earlier becomes suggestions beside the page, with where they come from, and never a value."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.errors import Cancelled, PolicyError
from hotich.forms.loader import load_catalogue
from hotich.legacy_text import Encoding, from_unicode
from hotich.pipeline import entry, old_sheets
from hotich.pipeline.bulk import Change, write_changes
from hotich.pipeline.cells import cell_of
from hotich.pipeline.entry import FieldStatus
from hotich.pipeline.opening import open_record
from hotich.pipeline.tuning import settings_of
from hotich.store import Workspace
from hotich.values import MACHINE, Actor, Book, FieldState, Origin, Reading, Role, Way
from hotich.workflow import Draft, ReadingsMade
from tests.export.made import CLERK, FORM, add_pages, approve, enter, open_made_book
from tests.incoming.sheets_made import csv_file, xlsx

HEAD = ("so", "quyenSo", "ngayDangKy", "nksHoTen", "nksGioiTinh", "meHoTen")
ROWS = (
    ("01", "01/2009", "1/3/2009", "Đỗ Thị Ngọc Ánh", "2", "Lê Thị Hường"),
    ("02", "01/2009", "02.03.2009", "Nguyễn Văn Đức", "1", "Trần Thị Bưởi"),
)


def old(rows: tuple[tuple[str, ...], ...] = ROWS) -> list[tuple[str, ...]]:
    """The rows as a commune keyed them in TCVN3."""
    return [HEAD, *(tuple(from_unicode(text, Encoding.TCVN3) for text in row) for row in rows)]


@pytest.fixture
def records(workspace: Workspace, tmp_path: Path) -> tuple[Book, tuple[str, ...]]:
    """Three open records of a book, their numbers read by the machine."""
    book = open_made_book(workspace)
    ids = []
    for number, page_id in enumerate(add_pages(workspace, book, tmp_path, 3, frozenset()), start=1):
        record_id = open_record(workspace, page_id, 0, FORM, CLERK)
        ids.append(record_id)
        read(workspace, record_id, so=f"{number:02}")
    return book, tuple(ids)


def read(workspace: Workspace, record_id: str, **texts: str) -> None:
    record = workspace.record(record_id)
    assert record is not None
    readings = tuple(
        Reading(name, text, f"{text}/2009" if name == "so" else text, 0.95, "thử", "1") for name, text in texts.items()
    )
    workspace.append(Draft(record.book_id, ReadingsMade(readings), MACHINE, record_id, record.page_id))


def matched(workspace: Workspace, book: Book, file: Path) -> old_sheets.SheetMatch:
    opened = old_sheets.open_sheet(file)
    plan = old_sheets.plan(workspace, book.book_id, opened.tables[0])
    return old_sheets.match_sheet(workspace, book.book_id, plan, opened.file_name)


def test_rows_become_grey_suggestions_with_their_source(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, (first, second, third) = records
    read(workspace, first, nksHoTen="Đỗ Thị Ngọc Ánh", ngayDangKy="01.03.2009")
    read(workspace, second, nksHoTen="Nguyễn Văn Dức", ngayDangKy="02.03.2009")
    match = matched(workspace, book, xlsx(tmp_path / "cũ 2009.xlsx", old()))
    assert [(each.record_id, each.sure) for each in match.matched] == [(first, True), (second, True)]
    assert (match.left, match.without_row) == ((), (third,))

    taken = old_sheets.take_in_sheet(workspace, match, CLERK)
    assert (taken.records, taken.values, taken.closed) == (2, 12, 0)
    view = entry.entry_view(workspace, second)
    mother, child, number, sex = (view.row(name) for name in ("meHoTen", "nksHoTen", "so", "nksGioiTinh"))
    assert (mother.text, mother.status, mother.origin) == ("Trần Thị Bưởi", FieldStatus.SUGGESTED, Origin.IMPORTED)
    assert mother.offered is not None and mother.offered.facts["file"] == "cũ 2009.xlsx"
    assert (mother.offered.source, mother.offered.facts["row"]) == ("ui-offer-sheet", "3")
    assert (child.text, child.status) == ("Nguyễn Văn Đức", FieldStatus.DOUBTFUL)
    assert child.offered is not None and child.offered.facts["reading"] == "Nguyễn Văn Dức"
    assert (number.text, number.origin, number.status) == ("02", Origin.READING, FieldStatus.SUGGESTED)
    assert sex.text == "Nam"
    record = workspace.record(second)
    assert record is not None and all(field.value is None for field in record.fields.values())

    entry.accept(workspace, second, "meHoTen", CLERK)
    record = workspace.record(second)
    assert record is not None and record.fields["meHoTen"].value is not None
    assert record.fields["meHoTen"].value.origin is Origin.IMPORTED


def test_taking_the_same_sheet_in_again_changes_nothing(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, _ = records
    file = csv_file(tmp_path / "cũ.csv", [HEAD, *ROWS])
    match = matched(workspace, book, file)
    assert len(match.matched) == 2
    old_sheets.take_in_sheet(workspace, match, CLERK, doubtful=True)
    head = workspace.head()
    again = old_sheets.take_in_sheet(workspace, matched(workspace, book, file), CLERK, doubtful=True)
    assert (again.records, again.values, again.same) == (0, 0, 12) and workspace.head() == head


def test_a_number_that_was_only_read_is_not_enough_without_asking(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, (first, _, _) = records
    file = csv_file(tmp_path / "cũ.csv", [("so", "meHoTen"), ("1", "Lê Thị Hường")])
    match = matched(workspace, book, file)
    assert [(each.record_id, each.sure) for each in match.matched] == [(first, False)]
    assert old_sheets.take_in_sheet(workspace, match, CLERK).records == 0
    assert old_sheets.take_in_sheet(workspace, match, CLERK, doubtful=True).records == 1


def test_rows_of_other_books_doubles_and_strangers_are_listed(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, ids = records
    enter(workspace, ids[0], 1)
    rows = [
        ("so", "quyenSo", "ngayDangKy", "nksHoTen"),
        ("01", "02/2009", "", ""),
        ("55", "01/2009", "", "Ai Đó"),
        ("", "", "1/1/2009", ""),
        ("02", "01/2009", "", "Người A"),
        ("02", "01/2009", "", "Người B"),
        ("01", "01/2009", "9/9/2009", "Hoàn Toàn Khác"),
    ]
    match = matched(workspace, book, csv_file(tmp_path / "cũ.csv", rows))
    assert match.matched == ()
    assert {each.row.number: each.reason for each in match.left} == {
        2: "incoming-other-book",
        3: "incoming-no-record",
        4: "incoming-no-number",
        5: "incoming-rows-double",
        6: "incoming-rows-double",
        7: "incoming-unlike",
    }


def test_closed_records_are_left_as_they_are(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, (first, second, _) = records
    enter(workspace, first, 1)
    approve(workspace, first)
    match = matched(workspace, book, csv_file(tmp_path / "cũ.csv", [HEAD[:1], ("01",), ("02",)]))
    taken = old_sheets.take_in_sheet(workspace, match, CLERK, doubtful=True)
    assert (taken.records, taken.closed) == (1, 1)
    record = workspace.record(second)
    assert record is not None and record.fields["so"].imported is not None


def test_what_a_person_mapped_is_remembered(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, _ = records
    rows = [("so", "Tên bé", "ghiChu"), ("01", "Đỗ Thị Ánh", "x")]
    table = old_sheets.open_sheet(csv_file(tmp_path / "a.csv", rows)).tables[0]
    first = old_sheets.plan(workspace, book.book_id, table)
    assert [each.field_id for each in first.columns] == ["so", "", "ghiChu"]
    old_sheets.remember_columns(workspace, first, first.with_field(1, "nksHoTen").with_field(2, ""))
    again = old_sheets.plan(workspace, book.book_id, table)
    assert [each.field_id for each in again.columns] == ["so", "nksHoTen", ""]
    old_sheets.remember_columns(workspace, again, again)
    assert [each.field_id for each in old_sheets.plan(workspace, book.book_id, table).columns] == ["so", "nksHoTen", ""]


def test_it_can_be_stopped_and_machines_take_nothing_in(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    class Stopped:
        def progress(self, done: int, total: int, text: str = "") -> None: ...

        def check(self) -> None:
            raise Cancelled

    book, _ = records
    match = matched(workspace, book, csv_file(tmp_path / "a.csv", [HEAD, *ROWS]))
    head = workspace.head()
    with pytest.raises(Cancelled):
        old_sheets.take_in_sheet(workspace, match, CLERK, Stopped(), doubtful=True)
    with pytest.raises(PolicyError):
        old_sheets.take_in_sheet(workspace, match, Actor("máy", Role.MACHINE), doubtful=True)
    assert workspace.head() == head


def test_lists_show_what_was_keyed_and_doubt_it_where_the_machine_read_otherwise(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, (_, second, _) = records
    read(workspace, second, nksHoTen="Nguyễn Văn Dức", ngayDangKy="02.03.2009")
    match = matched(workspace, book, xlsx(tmp_path / "cũ.xlsx", old()))
    old_sheets.take_in_sheet(workspace, match, CLERK, doubtful=True)
    record = workspace.record(second)
    assert record is not None
    spec, settings = load_catalogue().records[book.record_type], settings_of(workspace)
    shown = {name: cell_of(spec.field(name), record.fields[name], book, settings) for name in ("nksHoTen", "meHoTen")}
    assert [(cell.text, cell.status, cell.origin) for cell in shown.values()] == [
        ("Nguyễn Văn Đức", FieldStatus.DOUBTFUL, Origin.IMPORTED),
        ("Trần Thị Bưởi", FieldStatus.SUGGESTED, Origin.IMPORTED),
    ]
    assert write_changes(
        workspace,
        [Change(second, "meHoTen", "Trần Thị Bưởi", FieldState.VALUE, shown["meHoTen"].origin)],
        CLERK,
        Way.SHEET,
    )
    record = workspace.record(second)
    assert record is not None and record.fields["meHoTen"].value is not None
    assert record.fields["meHoTen"].value.origin is Origin.IMPORTED


def test_cells_in_doubt_are_listed_and_left_out(
    workspace: Workspace, records: tuple[Book, tuple[str, ...]], tmp_path: Path
) -> None:
    book, (first, _, _) = records
    names = ["Nguyễn Văn Đức", "Trần Thị Bưởi", "Phạm Quốc Việt"]
    rows = [("so", "trangSo", "meHoTen"), ("01", "1", "NguyÔn Văn §øc")]
    rows += [("", "", from_unicode(name, Encoding.TCVN3)) for name in names]
    read(workspace, first, trangSo="1")
    match = matched(workspace, book, csv_file(tmp_path / "cũ.csv", rows))
    assert [(cell.row, cell.field_id) for cell in match.cells] == [(2, "meHoTen")] and match.uncertain == 1
    old_sheets.take_in_sheet(workspace, match, CLERK, doubtful=True)
    record = workspace.record(first)
    assert record is not None and record.fields["so"].imported is not None
    assert "meHoTen" not in record.fields or record.fields["meHoTen"].imported is None
