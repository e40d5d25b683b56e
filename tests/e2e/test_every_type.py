"""A small book of every record type keyed whole through the real window, by keyboard alone.

Guardianship, recognition of parent and child, marital status and changes have no printed form in the catalogue; they
are keyed on the plain form of their columns, several records of one page, and go on to review and package as others do.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hotich.dates import parse_date
from hotich.export import verify
from hotich.forms.formspec import FieldKind, FieldSpec, FormSpec
from hotich.forms.loader import load_catalogue
from hotich.pipeline.confidential import Protection
from hotich.pipeline.delivery import export_book
from hotich.store import Workspace
from hotich.ui.main_window import MainWindow
from hotich.values import FieldState, Origin, RecordType, Status
from tests.e2e.test_window_journeys import YEAR, add_book, become, told
from tests.ui.keyboard import press, press_key, type_text
from tests.ui.made import page_file
from tests.ui.windows import program

SURNAMES = ("Nguyễn", "Trần", "Phạm", "Đỗ", "Vừ", "Lò", "H'Hen", "Bùi", "Đặng", "Ngô", "Lý")
GIVEN = ("Thuỷ", "Hường", "Ước", "Dính", "Ngữ", "Mỵ", "Quý", "Hoà", "Khoẻ", "Tuấn", "Êban")
PEOPLE = ("Kinh", "Tày", "Ê Đê", "Mông", "Gia Rai")
BORN = ("1958", "12/04/1961", "1963", "30/11/1957", "1960")
BY_FIELD = {
    "nksNgaySinh": "01/03/2016",
    "nksNgaySinhBangChu": "Ngày một tháng ba năm hai nghìn không trăm mười sáu",
    "nktNgayChet": "03/03/2016",
    "nktNgayChetGhiBangChu": "Ngày ba tháng ba năm hai nghìn không trăm mười sáu",
    "nktGioPhutChet": "06 giờ 30 phút",
    "cnNgaySinh": "20/10/2015",
    "ngayDangKyKhaiSinh": "07/04/1996",
    "nxnThoiGianCuTruTu": "08/2010",
    "nxnThoiGianCuTruDen": "02/2016",
    "chongGioiTinh": "1",
    "voGioiTinh": "2",
    "chaNgaySinh": "1985",
    "meNgaySinh": "1988",
    "chongNgaySinh": "12/04/1988",
    "voNgaySinh": "30/11/1990",
    "ncNgaySinh": "05/02/2014",
    "ndghNgaySinh": "05/02/2009",
}


def answer(field: FieldSpec, place: int, entry: int) -> str:
    """What stands in that column, '' for nothing: other texts in other columns, so that none is taken for another."""
    if field.id in BY_FIELD:
        return BY_FIELD[field.id]
    match field.kind:
        case FieldKind.ENTRY_NUMBER:
            return f"0{entry + 1}"
        case FieldKind.BOOK_NUMBER:
            return f"01/{YEAR}"
        case FieldKind.PAGE_NUMBER:
            return str(entry + 1)
        case FieldKind.PERSON_NAME:
            return f"{SURNAMES[(place + entry) % len(SURNAMES)]} Thị {GIVEN[(place + 3 * entry) % len(GIVEN)]}"
        case FieldKind.DATE if field.id.startswith("ngayDangKy"):
            return f"05/03/{YEAR}"
        case FieldKind.DATE if "NgaySinh" in field.id:
            return BORN[(place + entry) % len(BORN)]
        case FieldKind.DATE:
            return f"{place % 28 + 1:02}/0{entry + 1}/2012"
        case FieldKind.NOTE if entry:
            return ""
        case FieldKind.CHOICE:
            return str(entry + 1)
        case FieldKind.ETHNIC:
            return PEOPLE[(place + entry) % len(PEOPLE)]
        case FieldKind.NATIONALITY:
            return "Việt Nam"
        case FieldKind.ID_NUMBER:
            return f"1512{place:02}{entry}89"
        case FieldKind.PLACE:
            return f"thôn {place}, xã Ea Đrông, huyện Krông Búk, tỉnh Đắk Lắk"
        case _:
            return f"Ghi tại cột {place}, lượt {entry + 1}: đã rõ"


def on_the_page(form: FormSpec) -> set[str]:
    """The columns that the form has a place for."""
    return {zone.field_id for zone in form.zones}


def import_pages(folder: Path, window: MainWindow, qtbot: QtBot) -> None:
    """Ctrl+I with the paths of two pages."""
    press_key("book-import")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    type_text(str(folder))
    press("Tab", 3)
    press("Return")
    qtbot.waitUntil(lambda: len(window.desk.workspace.pages(window.desk.book_id)) == 2, timeout=20000)


def add_records(plain: bool) -> None:
    """Two records: on two pages, or on one page that is keyed by columns."""
    press_key("go-pages")
    press_key("page-entry")
    if not plain:
        press("Down")
    press_key("page-entry")


def key_record(window: MainWindow, entry: int) -> dict[str, str]:
    """Every field of the page or owed in turn, and the hand-over; what was typed by field, '' for blank."""
    presenter = window.entry.presenter
    assert presenter.view is not None, window.entry.nothing.text()
    record_id, typed = presenter.view.record.record_id, {}
    press("Alt+Up", presenter.current)
    while presenter.row is not None:
        field, place = presenter.row.field, presenter.current
        assert field.id not in typed and presenter.view.record.record_id == record_id
        typed[field.id] = answer(field, place, entry)
        if typed[field.id]:
            type_text(typed[field.id])
        else:
            press_key("blank")
            press("Up", presenter.current - place)
        press("Shift+Return")
        assert presenter.current > place, (field.id, typed[field.id], window._note.text())
    assert on_the_page(presenter.view.form) <= typed.keys() and not presenter.view.open_rows
    press("Ctrl+Return")
    return typed


def check(workspace: Workspace, record_id: str, typed: dict[str, str]) -> None:
    """The store holds what was typed, all of it, and nothing else."""
    record = workspace.record(record_id)
    assert record is not None and record.status is Status.SUBMITTED, told()
    spec = load_catalogue().records[RecordType(record.form_id.partition("-")[0])]
    kept = {name: field.value for name, field in record.fields.items() if field.value is not None}
    assert kept.keys() == typed.keys()
    for name, value in kept.items():
        text, field = typed[name], spec.field(name)
        assert value.state is (FieldState.VALUE if text else FieldState.BLANK), name
        assert value.origin is Origin.TYPED, name
        if field.kind is FieldKind.CHOICE:
            code = load_catalogue().codes[field.codes].code(text)
            assert code is not None and (value.normal, value.as_written) == (text, code.label), name
        else:
            assert value.as_written == text, name
        if field.kind is FieldKind.DATE:
            assert parse_date(value.normal).date == parse_date(text).date, name


def approve_all(workspace: Workspace, window: MainWindow, qtbot: QtBot) -> None:
    """Another person looks at what was handed over and approves it."""
    press_key("person")
    become("Trần Văn Hòa", qtbot, reviewer=True)
    press_key("go-review")
    press_key("approve")
    press_key("approve")
    records = workspace.records(window.desk.book_id)
    assert {record.status for record in records} == {Status.APPROVED}, told()
    assert {record.approved_by for record in records} == {"Trần Văn Hòa"}


PLAIN = {"GH", "CMC", "HN", "TDCC"}
"""Types of which no printed form is known."""


def test_every_type_has_a_form_of_one_kind() -> None:
    catalogue = load_catalogue()
    assert set(catalogue.records) == set(RecordType)
    for kind in RecordType:
        forms = catalogue.forms_for(kind)
        assert forms and {form.is_plain for form in forms} == {kind.value in PLAIN}


@pytest.mark.parametrize("kind", list(RecordType), ids=lambda kind: kind.value)
def test_a_whole_book_by_keys_alone(kind: RecordType, tmp_path: Path, qtbot: QtBot) -> None:
    pages, plain = tmp_path / "ảnh", kind.value in PLAIN
    pages.mkdir()
    for number in ("1", "2"):
        page_file(pages, f"trang {number}.jpg", number)
    with Workspace.open(tmp_path / "kho") as workspace, program(workspace, qtbot, tmp_path) as running:
        window = running.window
        become("Nguyễn Thị Lan", qtbot, reviewer=False)
        add_book(kind, qtbot)
        import_pages(pages, window, qtbot)
        add_records(plain)
        ids = workspace.record_ids(window.desk.book_id)
        assert len(ids) == 2, told()
        assert len({record.page_id for record in workspace.records(window.desk.book_id)}) == (1 if plain else 2)
        press_key("go-entry")
        typed = [key_record(window, entry) for entry in range(2)]
        for record_id, texts in zip(ids, typed, strict=True):
            check(workspace, record_id, texts)
        if told():
            press("Return")
        if plain:
            approve_all(workspace, window, qtbot)
            # Adoptions leave unlocked only for a supervisor's reason.
            because = Protection(plain_reason="Sở Tư pháp nhận trực tiếp")
            made = export_book(workspace, window.desk.book_id, tmp_path / "gói", window.desk.actor, protection=because)
            found = verify(made.path)
            assert found.ok and found.records == 2, found
