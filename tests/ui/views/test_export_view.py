"""The export screen in the real window, by keyboard: from the list to the field and back, out, and what is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLineEdit

from hotich.pipeline import entry, review
from hotich.ui.presenters.desk import Screen
from hotich.ui.widgets.roomy import Roomy
from hotich.values import Actor, Role
from hotich.workflow import Exported, ExportKind
from tests.doubles.engines import saying
from tests.ui.keyboard import press, press_key
from tests.ui.made import CLERK, REVIEWER, hand_over, small_book
from tests.ui.windows import program

LONG = "Công Tằng Tôn Nữ Thị Hoàng Phương Thảo Nguyên, tổ dân phố số 14, phường Phú Thượng, thành phố Huế"


@pytest.fixture
def made(workspace, qtbot, tmp_path):
    """The window at a book of two records that were handed over; the first lacks its page number."""
    book, records = small_book(workspace, tmp_path)
    for record_id in records:
        hand_over(workspace, record_id)
    with program(workspace, qtbot, tmp_path, Actor(REVIEWER.name, Role.SUPERVISOR)) as running:
        running.window.setFixedSize(1366, 768)
        running.window.desk.book_id = book.book_id
        running.window.desk.use(_no_reading())
        yield running, records


def _no_reading():
    from hotich.pipeline.engines import Engines

    engine = saying("x")
    return Engines(lambda pixels, dpi: (), engine, engine)


def settle(running, qtbot) -> None:
    qtbot.waitUntil(lambda: running.jobs.live == 0, timeout=20000)


def change(workspace, record_id, field_id, text) -> None:
    review.give_back(workspace, record_id, LONG, REVIEWER)
    entry.confirm(workspace, record_id, field_id, text, CLERK)
    entry.submit(workspace, record_id, CLERK)


def test_enter_opens_the_field_and_the_way_back_leads_to_the_same_line(made, workspace, qtbot):
    running, records = made
    change(workspace, records[1], "nksNgaySinh", "1/2/1850")
    change(workspace, records[0], "trangSo", "")
    window = running.window
    window.go(Screen.EXPORT)
    settle(running, qtbot)
    view = window.export
    assert QApplication.focusWidget() is view.findings and "2 bản ghi chưa xong" in view.summary.text()
    rows = view.findings_model.rows
    row = max(place for place, found in enumerate(rows) if found.fields and found.record_id == records[1])
    assert row > 0
    while view.findings.currentIndex().row() < row:
        press("Down")
    press("Return")
    settle(running, qtbot)
    shown = window.entry.presenter
    assert window.screen_shown is Screen.ENTRY and shown.view.record.record_id == records[1]
    assert shown.row.field.id == rows[row].fields[0]
    press_key("go-back")
    settle(running, qtbot)
    assert window.screen_shown is Screen.EXPORT and QApplication.focusWidget() is view.findings
    assert view.findings.currentIndex().row() == row
    view.refresh()
    settle(running, qtbot)
    assert [index.row() for index in view.findings.selectionModel().selectedRows()] == [row]


def test_a_book_leaves_by_keyboard_and_its_folder_is_opened(made, workspace, qtbot, tmp_path, monkeypatch):
    running, records = made
    change(workspace, records[0], "trangSo", "")
    change(workspace, records[1], "so", "06")
    for record_id in records:
        review.approve(workspace, record_id, REVIEWER)
    window, view = running.window, running.window.export
    window.go(Screen.EXPORT)
    settle(running, qtbot)
    assert "sẽ hỏi lý do" in view.summary.text() and view.export.isEnabled()
    view.folder.setText(f'"{tmp_path / LONG}"')
    press_key("export")
    dialog = QApplication.activeModalWidget()
    assert "chưa ai chấp nhận" in dialog.accessibleDescription()
    dialog.findChild(QLineEdit).setText("Sổ gốc không đánh số trang")
    press("Return")
    qtbot.waitUntil(lambda: view.result.isVisible(), timeout=20000)
    settle(running, qtbot)
    assert "Đã bàn giao 2 bản ghi (lần 1)" in view.result.text()
    events = [a.event for a in workspace.actions(book_id=window.desk.book_id) if isinstance(a.event, Exported)]
    assert [(e.kind, e.reason) for e in events] == [(ExportKind.MINISTRY, "Sổ gốc không đánh số trang")]
    shown = [view.past_model.data(view.past_model.index(0, column)) for column in range(1, 5)]
    assert shown == ["Excel và PDF", "1", "KS.2009.01/KS.2009.01.xlsx", "2"]
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", opened.append)
    press_key("export-open")
    assert [Path(url.toLocalFile()) for url in opened] == [tmp_path / LONG / "KS.2009.01"]
    broken = tmp_path / "không phải gói.zip"
    broken.write_bytes(b"PK")
    told = view.result.text()
    view._verify(str(broken))
    assert view.result.isHidden(), "what was told before is no answer to this"
    qtbot.waitUntil(lambda: view.result.isVisible() and view.result.text() != told, timeout=20000)
    # Long folders and names wrap or are cut; nothing is pushed out of the window, and nothing scrolls.
    frame = view.parent().parent()
    assert isinstance(frame, Roomy) and frame.verticalScrollBar().maximum() == 0
    assert view.minimumSizeHint().width() <= window.width() - 156


def test_the_way_out_is_chosen_by_keyboard_and_kept(made, qtbot):
    running, _ = made
    window, view = running.window, running.window.export
    window.go(Screen.EXPORT)
    settle(running, qtbot)
    assert view.template.isVisible() and view.template.currentData() == "KS-60"
    view.template.setFocus()
    press("Down")
    settle(running, qtbot)
    assert view.template.currentData() == "KS-70"
    view.kind.setFocus()
    press("Down")
    settle(running, qtbot)
    assert view.kind.currentData() == "package" and not view.template.isVisible()
    window.go(Screen.BOOKS)
    window.go(Screen.EXPORT)
    settle(running, qtbot)
    assert view.kind.currentData() == "package"
