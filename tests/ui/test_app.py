"""The program as a whole: where it is put together."""

import threading

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication

from hotich import app
from hotich.messages import Language
from hotich.ocr.engine import recogniser
from hotich.pipeline.engines import Engines
from hotich.pipeline.practice_truth import load_truths, sample_folder
from hotich.store import Workspace
from hotich.ui.practice_offer import offer_practice_book, practice_truth
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Screen
from hotich.ui.program import Program, make_application
from hotich.values import RecordType
from tests.ui.keyboard import press, type_text
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


def test_the_practice_book_is_small_and_on_an_easy_form():
    truth = practice_truth()
    assert truth is not None and truth.book.record_type is RecordType.BIRTH and len(truth.files) <= 3
    assert truth in load_truths(sample_folder())


def test_an_empty_workspace_is_offered_the_practice_book_and_no_is_an_answer(workspace, qtbot, tmp_path):
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        offer_practice_book(running.window)
        assert "thực hành" in QApplication.activeModalWidget().accessibleDescription()
        press("Esc")
        assert not workspace.books()


def test_at_the_first_start_the_person_is_asked_before_the_practice_book_is_offered(workspace, qtbot, tmp_path):
    running = Program(make_application(), workspace, Preferences(tmp_path / "window.ini"))
    blank = recogniser("blank")
    running.window.desk.use(Engines(lambda picture, dpi: (), blank, blank))
    running.start(offer_practice=True)
    type_text("Nguyễn Thị Lan")
    press("Return")
    qtbot.waitUntil(lambda: "thực hành" in (QApplication.activeModalWidget() or running.window).accessibleDescription())
    press("Left")
    press("Return")
    qtbot.waitUntil(lambda: running.jobs.live == 0 and bool(workspace.books()), timeout=60000)
    assert workspace.books()[0].book.practice and workspace.books()[0].pages == len(practice_truth().files)
    assert running.window.desk.book_id == workspace.books()[0].book.book_id
    running.window.retire()
    running.end()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_a_workspace_with_a_book_is_offered_nothing(workspace, qtbot, tmp_path):
    small_book(workspace, tmp_path)
    with program(workspace, qtbot, tmp_path, CLERK) as running:
        offer_practice_book(running.window)
        assert QApplication.activeModalWidget() is None


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
