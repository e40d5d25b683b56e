"""The two dialogs, by keyboard, in a real window on a real workspace."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from hotich.legacy_text import Encoding, from_unicode
from hotich.pipeline import refusals
from hotich.store import Workspace
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.dialogs import Sheet
from hotich.ui.views.old_sheet_dialog import OldSheetSheet
from hotich.ui.views.refusals_dialog import RefusalsSheet, open_refusals
from hotich.values import Book, Status
from tests.export.made import CLERK, REVIEWER
from tests.incoming.sheets_made import xlsx
from tests.pipeline.many import many_records
from tests.ui.windows import cards_seen, program

NAMES = ("Nguyễn Văn An", "Trần Thị Bích", "Lê Hoàng Yến", "Phạm Đức Long")


def dialog(qtbot: QtBot, kind: type[QWidget]) -> QWidget:
    qtbot.waitUntil(lambda: type(QApplication.activeModalWidget()) is kind)
    found = QApplication.activeModalWidget()
    assert found is not None
    found.activateWindow()
    qtbot.waitUntil(found.isActiveWindow)
    return found


def test_refusals_are_pasted_looked_at_and_taken_in(
    workspace: Workspace, left: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    cards_seen(tmp_path)
    with program(workspace, qtbot, tmp_path, REVIEWER) as running:
        window = running.window
        window.desk.book_id = left.book_id
        window.go(Screen.EXPORT)
        open_refusals(window, window.desk)
        sheet = dialog(qtbot, RefusalsSheet)
        assert isinstance(sheet, RefusalsSheet)
        sheet.text.setPlainText("Số 01/2009 lỗi: ngày sinh sai\nSố 44/2009 lỗi: thiếu cha")
        qtbot.keyClick(sheet.text, Qt.Key.Key_Tab)
        assert QApplication.focusWidget() is sheet.look
        qtbot.keyClick(sheet.look, Qt.Key.Key_Space)
        qtbot.waitUntil(lambda: len(sheet.model.rows) == 2)
        qtbot.waitUntil(sheet.take.hasFocus)
        assert [line.record for line in sheet.model.rows] == ["1", "—"]
        assert workspace.records(left.book_id)[0].status is Status.APPROVED
        qtbot.keyClick(sheet.take, Qt.Key.Key_Return)
        told = dialog(qtbot, Sheet)
        assert workspace.records(left.book_id)[0].status is Status.RETURNED
        assert refusals.counts_of(workspace, left.book_id).waiting == 1
        qtbot.keyClick(told, Qt.Key.Key_Escape)


def test_a_clerk_sees_refusals_and_may_not_take_them_in(
    workspace: Workspace, left: Book, tmp_path: Path, qtbot: QtBot
) -> None:
    cards_seen(tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        window = running.window
        window.desk.book_id = left.book_id
        open_refusals(window, window.desk)
        sheet = dialog(qtbot, RefusalsSheet)
        assert isinstance(sheet, RefusalsSheet)
        sheet.presenter.look_at_text("Số 01/2009 lỗi: ngày sinh sai")
        qtbot.waitUntil(lambda: len(sheet.model.rows) == 1)
        assert not sheet.take.isEnabled()
        assert window.desk.say("policy-importer-only") in sheet.told.text()
        sheet.presenter.look_at_text("Số 44/2009 lỗi: thiếu cha")
        qtbot.waitUntil(lambda: sheet.told.text() == window.desk.say("incoming-refusals-no-record"))
        sheet.presenter.look_at_text('[{"foo": 1}, {"so": "02/2009"}]')
        qtbot.waitUntil(lambda: len(sheet.model.rows) == 2)
        keys = ("incoming-nothing-known", "incoming-no-reason-told")
        assert [line.state for line in sheet.model.rows] == [window.desk.say(key) for key in keys]
        sheet.presenter.look_at_file(str(tmp_path / "không có.xlsx"))
        qtbot.waitUntil(lambda: "không có.xlsx" in sheet.told.text())
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)


def test_an_old_sheet_goes_from_file_to_suggestions_by_keyboard(
    workspace: Workspace, tmp_path: Path, qtbot: QtBot
) -> None:
    cards_seen(tmp_path)
    book_id, ids = many_records(workspace, tmp_path, [{"nksHoTen": name} for name in NAMES])
    rows = [
        ("so", "Tên", "meHoTen"),
        *((n, from_unicode(name, Encoding.TCVN3), "x") for n, name in enumerate(NAMES, 1)),
    ]
    rows.append((9, from_unicode("Đỗ Thị Hường", Encoding.TCVN3), ""))
    file = xlsx(tmp_path / "cũ.xlsx", rows)
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        window = running.window
        window.desk.book_id = book_id
        window.go(Screen.BOOKS)
        qtbot.keyClick(window.books.table, Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
        sheet = dialog(qtbot, OldSheetSheet)
        assert isinstance(sheet, OldSheetSheet)
        sheet.file.setText(str(file))
        qtbot.keyClick(sheet.file, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(sheet.columns_model.rows) == 3)
        name = sheet.columns_model.rows[1]
        assert (name.field_id, name.samples[0].after) == ("", "Nguyễn Văn An")
        qtbot.keyClick(sheet.columns, Qt.Key.Key_Down)
        qtbot.keyClick(sheet.columns, Qt.Key.Key_Return)
        assert sheet.field.hasFocus()
        sheet.field.setCurrentIndex(sheet.field.findData("nksHoTen"))
        sheet.field.activated.emit(sheet.field.currentIndex())
        assert sheet.columns_model.rows[1].field_id == "nksHoTen"
        sheet.agree.setFocus()
        qtbot.keyClick(sheet.agree, Qt.Key.Key_Return)
        qtbot.waitUntil(lambda: len(sheet.matches_model.rows) == 1)
        qtbot.waitUntil(sheet.take.hasFocus)
        sheet.matches.setFocus()
        assert [index.row() for index in sheet.matches.selectionModel().selectedRows()] == [0]
        qtbot.keyClick(sheet.take, Qt.Key.Key_Return)
        told = dialog(qtbot, Sheet)
        record = workspace.record(ids[1])
        assert record is not None and record.fields["meHoTen"].imported is not None
        assert record.fields["meHoTen"].imported.row == 3
        qtbot.keyClick(told, Qt.Key.Key_Escape)


def test_a_column_whose_encoding_is_open_has_to_be_named(workspace: Workspace, tmp_path: Path, qtbot: QtBot) -> None:
    cards_seen(tmp_path)
    book_id, _ = many_records(workspace, tmp_path, [{"nksHoTen": name} for name in NAMES])
    old = [from_unicode(name, Encoding.TCVN3) for name in NAMES]
    file = xlsx(tmp_path / "cũ.xlsx", [("so", "nksHoTen"), *enumerate((*old, *NAMES), 1)])
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        window = running.window
        window.desk.book_id = book_id
        from hotich.ui.views.old_sheet_dialog import open_old_sheet

        open_old_sheet(window, window.desk)
        sheet = dialog(qtbot, OldSheetSheet)
        assert isinstance(sheet, OldSheetSheet)
        sheet.presenter.open(str(file))
        qtbot.waitUntil(lambda: len(sheet.columns_model.rows) == 2)
        assert sheet.columns_model.rows[1].open
        sheet.presenter.agree()
        assert "nksHoTen" in sheet.told.text() and sheet.encoding.hasFocus()
        sheet.encoding.setCurrentIndex(sheet.encoding.findData("tcvn3"))
        sheet.encoding.activated.emit(sheet.encoding.currentIndex())
        assert not sheet.columns_model.rows[1].open
        sheet.presenter.agree()
        qtbot.waitUntil(sheet.take.isVisible)
        qtbot.keyClick(sheet, Qt.Key.Key_Escape)
