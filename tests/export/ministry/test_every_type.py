"""Books of every record type, entered and approved field by field, leave and come back equal from the workbook."""

from __future__ import annotations

from pathlib import Path

import pytest

from hotich.export.ministry.template import templates_for
from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.pipeline import entry
from hotich.pipeline.books import NewBook, open_book
from hotich.pipeline.handoff import HandoffOptions, check_handoff, handoff
from hotich.pipeline.opening import open_record
from hotich.store import Workspace
from hotich.values import Origin, RecordType, Severity
from tests.export.made import CLERK, REVIEWER, add_pages, approve
from tests.export.ministry.lawful import CATALOGUE
from tools import readers

TEXTS = {
    FieldKind.PAGE_NUMBER: "7",
    FieldKind.PERSON_NAME: "H'Hen Niê Kdăm",
    FieldKind.DATE_WORDS: "Ngày năm tháng ba năm một nghìn chín trăm tám mươi hai",
    FieldKind.TIME: "5 giờ 30",
    FieldKind.PLACE: "xã Ea Tul, huyện Cư M'gar, tỉnh Đắk Lắk",
    FieldKind.ETHNIC: "Ê Đê",
    FieldKind.NATIONALITY: "Việt Nam",
    FieldKind.ID_NUMBER: "030182000123",
    FieldKind.TEXT: "=1+1",
    FieldKind.NOTE: "0123 “Đã cải chính” theo QĐ số 12/QĐ-UBND",
}


def answer(field: FieldSpec, number: int) -> str:
    """What stands on paper in a field of the n-th record."""
    if field.kind in (FieldKind.ENTRY_NUMBER, FieldKind.BOOK_NUMBER):
        return f"{number:02}"
    if field.kind is FieldKind.DATE:
        return f"{number}/3/2009" if field.id == "ngayDangKy" else "5/3/1982"
    if field.kind is FieldKind.CHOICE:
        return CATALOGUE.codes[field.codes].entries[-1].code if field.codes != "loaiDangKyKS" else "4"
    return TEXTS[field.kind]


@pytest.mark.parametrize("kind", RecordType)
def test_a_book_of_every_type_leaves_by_every_template(kind: RecordType, tmp_path: Path) -> None:
    with Workspace.open(tmp_path / "kho") as workspace:
        wanted = NewBook(record_type=kind, year=2009, number="01", place="UBND xã Ea Tul")
        book = open_book(workspace, wanted, CLERK)
        form = CATALOGUE.forms_for(kind)[-1].id
        (page,) = add_pages(workspace, book, tmp_path, 1, frozenset(), form)
        record_id = open_record(workspace, page, 0, form, CLERK)
        for row in entry.entry_view(workspace, record_id).open_rows:
            if row.origin is Origin.BOOK:
                entry.accept(workspace, record_id, row.field.id, CLERK)
            else:
                entry.confirm(workspace, record_id, row.field.id, answer(row.field, 1), CLERK)
        for finding in entry.entry_view(workspace, record_id).findings:
            if finding.overridable and finding.severity is Severity.ERROR:
                entry.accept_finding(workspace, record_id, finding, "Sổ ghi như vậy", CLERK)
        approve(workspace, record_id)
        record = workspace.record(record_id)
        assert record is not None
        for template in templates_for(kind):
            check = check_handoff(workspace, book.book_id, template)
            assert check.can_hand_off, check.reasons
            chosen = HandoffOptions(template, accepted="Sổ ghi như vậy", confidential=True)
            done = handoff(workspace, book.book_id, tmp_path / template.id, REVIEWER, options=chosen)
            header, cells = readers.with_openpyxl(done.workbook, "DL Import")
            assert header == [column.header for column in template.columns]
            told = dict(zip((column.code for column in template.columns), cells, strict=False))
            assert all(told.get(f.id, "") == record.normal(f.id) for f in CATALOGUE.records[kind].fields)
