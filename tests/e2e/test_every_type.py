"""A small book of every record type keyed whole through the real window, by keyboard alone.

Guardianship, recognition of parent and child, marital status and changes have columns, codes and rules, and no printed
form in the catalogue. The window says so when a record is to be added; they are then keyed on a plain form of all
their columns, as a definition file would bring one.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hotich.dates import parse_date
from hotich.forms.formspec import EntryGrid, FieldKind, FieldSpec, FormSpec, Layout, Rect, Zone
from hotich.forms.loader import load_catalogue
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


def plain_form(kind: RecordType) -> FormSpec:
    """A form with a line for every column of the type."""
    fields = load_catalogue().records[kind].fields
    zones = tuple(Zone(field.id, Rect(20, 10 + 5 * place, 160, 5)) for place, field in enumerate(fields))
    return FormSpec(
        id=f"{kind.value}-thử",
        revision=1,
        record_type=kind,
        title="Mẫu dùng để thử",
        used_from="1990-01-01",
        used_to="",
        basis="",
        form_code="",
        layout=Layout.SINGLE,
        page_width=210,
        page_height=297,
        heading=("SỔ DÙNG ĐỂ THỬ",),
        grid=EntryGrid(0, 0, 210, 297),
        zones=zones,
        sha256="0" * 64,
    )


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


def add_record() -> None:
    """Ctrl+N on the pages."""
    press_key("go-pages")
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


def test_the_types_without_a_printed_form_are_these() -> None:
    without = {kind.value for kind in RecordType if not load_catalogue().forms_for(kind)}
    assert without == {"GH", "CMC", "HN", "TDCC"}
    assert set(load_catalogue().records) == set(RecordType)


@pytest.mark.parametrize("kind", list(RecordType), ids=lambda kind: kind.value)
def test_a_whole_book_by_keys_alone(
    kind: RecordType, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path / "ảnh"
    pages.mkdir()
    for number in ("1", "2"):
        page_file(pages, f"trang {number}.jpg", number)
    with Workspace.open(tmp_path / "kho") as workspace, program(workspace, qtbot, tmp_path) as running:
        window = running.window
        become("Nguyễn Thị Lan", qtbot, reviewer=False)
        add_book(kind, qtbot)
        import_pages(pages, window, qtbot)
        if not load_catalogue().forms_for(kind):
            add_record()
            assert "mẫu" in told() and not workspace.record_ids(window.desk.book_id)
            press("Return")
            form = plain_form(kind)
            monkeypatch.setitem(load_catalogue().forms, form.id, form)
            press_key("reload")
        add_record()
        press("Down")
        press_key("page-entry")
        ids = workspace.record_ids(window.desk.book_id)
        assert len(ids) == 2, told()
        press_key("go-entry")
        typed = [key_record(window, entry) for entry in range(2)]
        for record_id, texts in zip(ids, typed, strict=True):
            check(workspace, record_id, texts)
        if told():
            press("Return")
