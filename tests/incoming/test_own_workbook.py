"""The workbook that left comes back: with the importer's reasons in it, and as a sheet for another keying."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook

from hotich.export.ministry.template import Source, Template, shipped_templates
from hotich.forms.loader import load_catalogue
from hotich.incoming.headers import find_headings
from hotich.incoming.sheets import Table
from hotich.pipeline import entry, old_sheets, refusals
from hotich.pipeline.handoff import HandoffOptions, handoff
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import Book
from tests.export.made import CLERK, FORM, REVIEWER, add_pages, approve, finished_book, open_made_book
from tests.incoming.sheets_made import converted

WHY = HandoffOptions(accepted="Sổ gốc ghi như vậy")


@pytest.mark.parametrize("template", shipped_templates().values(), ids=lambda each: each.id)
def test_every_heading_of_every_template_is_known(template: Template) -> None:
    row = tuple(column.header for column in template.columns)
    found = find_headings(Table("DL Import", (row,)), template.record_type)
    wanted = [column.field_id if column.source is Source.FIELD else None for column in template.columns]
    told = [column.field_id for column in found.columns]
    assert [field_id for field_id, field in zip(told, wanted, strict=True) if field is not None] == [
        field for field in wanted if field is not None
    ]


@pytest.fixture
def book(workspace: Workspace, tmp_path: Path) -> Book:
    return finished_book(workspace, tmp_path, pages=3)


def test_reasons_in_the_workbook_lead_to_a_hand_off_of_the_corrected_row(
    workspace: Workspace, book: Book, tmp_path: Path
) -> None:
    done = handoff(workspace, book.book_id, tmp_path / "ra", REVIEWER, options=WHY)
    opened = load_workbook(done.workbook)
    sheet = opened["DL Import"]
    place = sheet.max_column + 1
    sheet.cell(1, place, "Nội dung lỗi")
    sheet.cell(3, place, "meHoTen: phải viết hoa chữ đầu")
    opened.save(tmp_path / "lỗi.xlsx")
    file = refusals.read_file(workspace, book.book_id, tmp_path / "lỗi.xlsx")
    found = refusals.preview_refusals(workspace, book.book_id, file)
    second = workspace.record_ids(book.book_id)[1]
    assert [(m.record_id, m.sure, m.refused.field_id, m.refused.place) for m in found.matched] == [
        (second, True, "meHoTen", 3)
    ]
    refusals.take_in_refusals(workspace, found, REVIEWER)
    entry.confirm(workspace, second, "meHoTen", "H'Bia Niê", CLERK)
    approve(workspace, second)
    again = handoff(
        workspace, book.book_id, tmp_path / "ra", REVIEWER, options=HandoffOptions(since=1, accepted="Sửa lỗi trả về")
    )
    rows = list(load_workbook(again.workbook)["DL Import"].values)
    assert len(rows) == 2 and "H'Bia Niê" in rows[1]
    assert refusals.counts_of(workspace, book.book_id) == refusals.RefusalCounts(1, 0, 1, 1)


@pytest.mark.parametrize("ending", ["xlsx", "xls"])
def test_a_workbook_that_left_suggests_what_was_confirmed(
    workspace: Workspace, book: Book, tmp_path: Path, ending: str
) -> None:
    workbook = handoff(workspace, book.book_id, tmp_path / "ra", REVIEWER, options=WHY).workbook
    file = workbook if ending == "xlsx" else converted(workbook, ending)
    told = [workspace.record(record_id) for record_id in workspace.record_ids(book.book_id)]
    (tmp_path / "khác").mkdir()
    with Workspace.open(tmp_path / "kho khác") as other:
        again = open_made_book(other)
        ids = [
            open_record(other, page_id, 0, FORM, CLERK)
            for page_id in add_pages(other, again, tmp_path / "khác", 3, frozenset())
        ]
        for number, record_id in enumerate(ids, start=1):
            entry.confirm(other, record_id, "so", str(number), CLERK)
        opened = old_sheets.open_sheet(file)
        table = opened.tables[old_sheets.likeliest_table(opened, again.record_type)]
        plan = old_sheets.plan(other, again.book_id, table)
        match = old_sheets.match_sheet(other, again.book_id, plan, opened.file_name)
        assert len(match.sure) == 3 and not match.left and not match.without_row
        old_sheets.take_in_sheet(other, match, CLERK)
        for before, record_id in zip(told, ids, strict=True):
            now = other.record(record_id)
            assert before is not None and now is not None
            for field in load_catalogue().records[again.record_type].fields:
                known = now.fields[field.id].imported if field.id in now.fields else None
                # Code 0 of a list says nothing.
                if before.normal(field.id) and before.normal(field.id) != "0":
                    assert known is not None and known.normal == before.normal(field.id), field.id
