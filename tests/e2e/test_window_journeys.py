"""A book of each type from its picture to a verified package, through the real window, by keyboard alone."""

from __future__ import annotations

from pathlib import Path

import cv2
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from hotich.export import verify
from hotich.export.trust.locks import Passphrase
from hotich.forms.formspec import FieldKind, FieldSpec
from hotich.forms.loader import load_catalogue
from hotich.store import Workspace
from hotich.ui.main_window import MainWindow
from hotich.values import RecordType, Status
from tests.imaging.drawn_forms import draw_page
from tests.ui.keyboard import press, press_key, type_text
from tests.ui.windows import program

YEAR = 2016
BOOKS = {
    RecordType.BIRTH: "KS-2016",
    RecordType.DEATH: "KT-2016",
    RecordType.MARRIAGE: "KH-2016",
    RecordType.ADOPTION: "CN-2006",
}

PASSPHRASE = "trau vang uong nuoc trong"

BY_KIND = {
    FieldKind.ENTRY_NUMBER: "01",
    FieldKind.BOOK_NUMBER: "01/2016",
    FieldKind.PAGE_NUMBER: "1",
    FieldKind.DATE: "05/03/2016",
    FieldKind.PLACE: "thôn Đông, xã Tân Lập, huyện Vũ Thư, tỉnh Thái Bình",
    FieldKind.CHOICE: "1",
    FieldKind.ETHNIC: "Kinh",
    FieldKind.NATIONALITY: "Việt Nam",
    FieldKind.ID_NUMBER: "151234567",
    FieldKind.PERSON_NAME: "Nguyễn Thị Hường",
}
BY_FIELD = {
    "nksHoTen": "Phạm Đức Ước",
    "nksNgaySinh": "01/03/2016",
    "chaHoTen": "Phạm Văn Thuỷ",
    "chaNgaySinh": "1985",
    "meNgaySinh": "1988",
    "nktNgaySinh": "1940",
    "nktNgayChet": "03/03/2016",
    "chongNgaySinh": "12/04/1988",
    "chongHoTen": "Trần Quốc Tuấn",
    "voNgaySinh": "30/11/1990",
    "chongGioiTinh": "1",
    "cnNgaySinh": "20/10/2015",
    "chaNuoiNgaySinh": "1975",
    "meNuoiNgaySinh": "1977",
    "giaoOngNgaySinh": "1985",
    "giaoBaNgaySinh": "1987",
}


def page_of(form_id: str, folder: Path) -> Path:
    """A printed page of the form with something written in every zone."""
    drawn = draw_page(load_catalogue().forms[form_id], filled=(0,), dpi=110)
    done, data = cv2.imencode(".jpg", drawn.picture)
    assert done
    file = folder / f"trang {form_id}.jpg"
    file.write_bytes(data.tobytes())
    return file


def answer(field: FieldSpec) -> str:
    """What the paper is taken to say; '' where it is blank."""
    if field.id in BY_FIELD:
        return BY_FIELD[field.id]
    if field.kind is FieldKind.DATE and not field.id.startswith("ngayDangKy"):
        return ""
    return BY_KIND.get(field.kind, "")


def become(name: str, qtbot: QtBot, *, reviewer: bool) -> None:
    """Say who works, in the dialog that is open."""
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    type_text(name)
    press("Tab")
    press("Down" if reviewer else "Up")
    press("Return")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def add_book(kind: RecordType, qtbot: QtBot) -> None:
    """Ctrl+N and its questions."""
    press_key("book-new")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    press("Down", list(RecordType).index(kind))
    press("Tab")
    press("Ctrl+A")
    type_text(str(YEAR), composed=False)
    press("Tab")
    type_text("01")
    press("Tab")
    type_text("Ủy ban nhân dân xã Tân Lập")
    press("Return")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is None)


def import_and_read(file: Path, window: MainWindow, qtbot: QtBot, jobs_done) -> None:
    """Ctrl+I with the path typed, then Ctrl+R."""
    press_key("book-import")
    qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
    type_text(str(file))
    press("Tab", 3)
    press("Return")
    qtbot.waitUntil(lambda: bool(window.desk.workspace.pages(window.desk.book_id)), timeout=20000)
    qtbot.waitUntil(jobs_done, timeout=20000)
    press_key("book-read")
    qtbot.waitUntil(jobs_done, timeout=30000)


def lock_with(passphrase: str, qtbot: QtBot) -> None:
    """The passphrase, twice, in the dialog that asks how a confidential book leaves."""
    qtbot.waitUntil(lambda: "mật" in told())
    type_text(passphrase, composed=False)
    press("Tab")
    type_text(passphrase, composed=False)
    press("Return")


def enter_record(window: MainWindow, qtbot: QtBot) -> None:
    """Field after field, Shift+Enter or F9, then Ctrl+Enter for what is sure and once more for the hand-over."""
    press_key("go-entry")
    presenter = window.entry.presenter
    assert presenter.view is not None, window.entry.nothing.text()
    press("Alt+Up", len(presenter.view.rows))
    for _ in range(3 * len(presenter.view.rows)):
        row = presenter.row
        if row is None:
            break
        text = row.text if row.origin.value == "book" else answer(row.field)
        if text:
            type_text(text)
            press("Shift+Return")
        else:
            press_key("blank")
    assert presenter.row is None
    press("Ctrl+Return")
    if not told():
        press("Ctrl+Return")


def told() -> str:
    """What a dialog says that is in the way, or ''."""
    dialog = QApplication.activeModalWidget()
    return dialog.accessibleDescription() if dialog is not None else ""


@pytest.mark.parametrize("kind", list(BOOKS), ids=lambda kind: kind.value)
def test_from_picture_to_package_by_keyboard(kind: RecordType, tmp_path: Path, qtbot: QtBot) -> None:
    file, out = page_of(BOOKS[kind], tmp_path), tmp_path / "gói"
    with Workspace.open(tmp_path / "kho") as workspace, program(workspace, qtbot, tmp_path) as running:
        window = running.window

        def jobs_done() -> bool:
            return running.jobs.live == 0

        become("Nguyễn Thị Lan", qtbot, reviewer=False)
        add_book(kind, qtbot)
        import_and_read(file, window, qtbot, jobs_done)
        enter_record(window, qtbot)
        assert "Ctrl+4" in told(), told()
        press("Return")
        press_key("person")
        become("Trần Văn Hòa", qtbot, reviewer=True)
        press_key("go-review")
        press_key("approve")
        record = workspace.records(window.desk.book_id)[0]
        assert record.status is Status.APPROVED, told()
        assert (record.submitted_by, record.approved_by) == ("Nguyễn Thị Lan", "Trần Văn Hòa")
        press_key("go-export")
        qtbot.waitUntil(jobs_done, timeout=20000)
        while QApplication.focusWidget() is not window.export.kind:
            press("Tab")
        press("End")
        qtbot.waitUntil(lambda: jobs_done() and window.export.kind.currentData() == "package", timeout=20000)
        while QApplication.focusWidget() is not window.export.folder:
            press("Tab")
        press("Ctrl+A")
        type_text(str(out))
        press_key("export")
        if kind is RecordType.ADOPTION:
            lock_with(PASSPHRASE, qtbot)
        qtbot.waitUntil(lambda: bool(window.export.result.text()) or bool(told()), timeout=30000)
        assert "Gói nguyên vẹn" in window.export.result.text(), told()
        assert "Trần Văn Hòa" in window.export.result.text()
    locked = kind is RecordType.ADOPTION
    package = next(out.glob("*.hotich.zip.locked" if locked else "*.hotich.zip"))
    verification = verify(package, unlock=Passphrase(PASSPHRASE) if locked else None)
    assert verification.ok and verification.records == 1
