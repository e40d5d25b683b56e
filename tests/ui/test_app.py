"""The program as a whole: where it is put together."""

import threading

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from hotich import app
from hotich.messages import Language
from hotich.store import Workspace
from hotich.ui.presenters.desk import Screen
from tests.ui.keyboard import press
from tests.ui.made import CLERK, page_file, small_book
from tests.ui.windows import program


def dialog_text_when_open(answer) -> list[str]:
    """Reads the next dialog and closes it."""
    heard: list[str] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(20, look)
            return
        heard.append(answer(dialog))
        dialog.close()

    QTimer.singleShot(20, look)
    return heard


@pytest.mark.parametrize(("language", "word"), [(Language.VIETNAMESE, "đang"), (Language.ENGLISH, "open in another")])
def test_a_second_program_on_the_same_workspace_is_refused_with_a_sentence(qtbot, tmp_path, language, word):
    heard = dialog_text_when_open(lambda dialog: dialog.text())
    with Workspace.open(tmp_path / "kho"):
        code = app.main(tmp_path / "kho", language)
    assert code == 5 and len(heard) == 1 and word in heard[0]


def test_files_dropped_on_the_list_are_imported(workspace, qtbot, tmp_path):
    book, _ = small_book(workspace, tmp_path, 0)
    file = page_file(tmp_path, "trang thả.jpg", "kéo thả")
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(str(file))])
        drop = QDropEvent(
            QPoint(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        running.window.books.dropEvent(drop)
        qtbot.waitUntil(lambda: len(workspace.pages(book.book_id)) == 1)
        qtbot.waitUntil(lambda: running.jobs.live == 0)


def test_the_window_comes_back_to_the_person_and_place_of_last_time(workspace, qtbot, tmp_path):
    book, records = small_book(workspace, tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        running.window.desk.book_id = book.book_id
        running.window.go(Screen.ENTRY)
        running.window.entry.presenter.open(records[1], "meHoTen")
    with program(workspace, qtbot, tmp_path) as running:
        assert running.window.desk.actor == CLERK
        press("Ctrl+J")
        presenter = running.window.entry.presenter
        assert presenter.view.record.record_id == records[1]
        assert presenter.row.field.id == "meHoTen"


def test_an_error_of_the_program_itself_is_told_and_names_the_report(workspace, qtbot, tmp_path):
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        thread = threading.Thread(target=running.tell_crash, args=(tmp_path / "loi.txt",))
        thread.start()
        thread.join()
        qtbot.waitUntil(lambda: QApplication.activeModalWidget() is not None)
        assert "loi.txt" in QApplication.activeModalWidget().accessibleDescription()
        press("Return")
