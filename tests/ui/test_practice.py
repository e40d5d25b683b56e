"""Practice has a workspace of its own: when it is opened, how one leaves it, and that nothing real is in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel

from hotich import app
from hotich.pipeline.books import NewBook
from hotich.pipeline.practice import CLERK as INVENTED
from hotich.pipeline.practice import REVIEWER as INVENTED_REVIEWER
from hotich.pipeline.practice import open_practice_book
from hotich.pipeline.practice_truth import load_truths, sample_folder
from hotich.pipeline.tuning import SETTINGS_FILE
from hotich.store import Workspace
from hotich.store.database import DATABASE_NAME
from hotich.ui.main_window import MainWindow
from hotich.ui.people import known_people
from hotich.ui.practice import practice_truth
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Screen
from hotich.ui.program import Program, make_application
from hotich.ui.store_kind import StoreKind
from hotich.values import Actor, RecordType, Role
from tests.ui.keyboard import press, press_key, type_text
from tests.ui.made import small_book
from tests.ui.windows import cards_seen

# A key that closes its own window is let go when no window is there to take that.
pytestmark = pytest.mark.qt_log_ignore("Keyboard event not accepted")

MILLISECONDS = 30
PATIENCE = 100_000 // MILLISECONDS

Step = tuple[Callable[[], bool], Callable[[], object]]
"""What has to be so, and what is done then."""


class Hand:
    """Does one step after the other while the program runs by itself; `missed` names a step that never came."""

    def __init__(self, *steps: Step) -> None:
        self._steps = list(steps)
        self._waited = 0
        self.missed: int | None = None
        self._all = len(steps)
        self._timer = QTimer()
        self._timer.setInterval(MILLISECONDS)
        self._timer.timeout.connect(self._look)

    def __enter__(self) -> Hand:
        self._timer.start()
        return self

    def __exit__(self, *reason: object) -> None:
        self._timer.stop()

    @property
    def done(self) -> int:
        return self._all - len(self._steps)

    def _look(self) -> None:
        self._waited += 1
        if self._waited > PATIENCE:
            self._timer.stop()
            self.missed = self.done
            for shown in QApplication.topLevelWidgets():
                shown.close()
            QApplication.exit(99)
        elif self._steps and self._steps[0][0]():
            self._waited = 0
            _, act = self._steps.pop(0)
            act()


def window() -> MainWindow | None:
    """The window that is shown."""
    shown = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow) and w.isVisible()]
    return shown[0] if len(shown) == 1 else None


def told() -> str:
    """What the dialog in the way says, '' without one."""
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        return ""
    return dialog.accessibleDescription() or getattr(dialog, "text", lambda: dialog.windowTitle())()


def on(practice: bool) -> Callable[[], bool]:
    """Whether a window on that kind of workspace is shown, with nothing in the way and nothing running."""

    def look() -> bool:
        shown = window()
        return shown is not None and shown.desk.practice is practice and not shown.busy and not told()

    return look


def strip_words(shown: MainWindow) -> str:
    """All that the labels of a window say."""
    return " ".join(label.text() for label in shown.findChildren(QLabel) if label.isVisible())


@pytest.fixture
def folders(tmp_path: Path, qtbot) -> tuple[Path, Path]:
    make_application()
    cards_seen(tmp_path / "hotich")
    return (tmp_path / "hotich" / "workspace", tmp_path / "hotich" / "practice")


def test_the_practice_book_is_small_and_on_an_easy_form():
    truth = practice_truth()
    assert truth is not None and truth.book.record_type is RecordType.BIRTH and len(truth.files) <= 3
    assert truth in load_truths(sample_folder())


def test_the_first_start_opens_practice_and_a_key_leads_to_real_work_and_back(folders):
    own, practice = folders
    practice.mkdir(parents=True)
    (practice / SETTINGS_FILE).write_text('printed_engine = "blank"\nhandwriting_engine = "blank"\n', encoding="utf-8")
    seen: dict[str, object] = {}

    def look_at_practice() -> None:
        shown = window()
        seen["words"] = {screen: strip_words(shown) for screen in Screen if not shown.go(screen)}
        seen["person"], seen["title"] = shown.desk.actor, shown.windowTitle()
        seen["book"] = shown.desk.book()
        seen["people"] = known_people(shown.desk.workspace)
        seen["own made"] = own.exists()
        press_key("switch-store")

    def name_somebody() -> None:
        type_text("Nguyễn Thị Lan")
        press("Return")

    def look_at_own() -> None:
        shown = window()
        seen["own"] = (shown.desk.actor.name, shown.desk.workspace.books(), strip_words(shown))
        press_key("switch-store")

    steps = (
        (lambda: on(True)() and window().screen_in_hand is Screen.ENTRY, look_at_practice),
        (lambda: window() is not None and told() == "Người làm", lambda: press("Esc")),
        (on(True), lambda: press_key("switch-store")),
        (lambda: window() is not None and told() == "Người làm", name_somebody),
        (on(False), look_at_own),
        (on(True), lambda: press_key("quit")),
    )
    with Hand(*steps) as hand:
        assert app.main(own, practice=practice) == 0
    assert hand.missed is None and hand.done == len(steps)
    assert all("hư cấu" in words for words in seen["words"].values()) and "THỰC HÀNH" in seen["title"]
    assert seen["person"] == INVENTED and seen["book"].practice and not seen["own made"]
    assert set(seen["people"]) == {INVENTED, INVENTED_REVIEWER}
    name, books, words = seen["own"]
    assert (name, books) == ("Nguyễn Thị Lan", ()) and "hư cấu" not in words
    with Workspace.open(own) as workspace:
        assert known_people(workspace) == (Actor("Nguyễn Thị Lan", Role.CLERK),)
    with Workspace.open(practice) as workspace:
        (row,) = workspace.books()
        assert row.book.practice and row.entries and "Nguyễn Thị Lan" not in row.people


def test_a_workspace_with_a_book_is_opened_at_once(folders, tmp_path):
    own, practice = folders
    with Workspace.open(own) as workspace:
        small_book(workspace, tmp_path)
    steps = ((lambda: told() == "Người làm", lambda: press("Esc")),)
    with Hand(*steps) as hand:
        assert app.main(own, practice=practice) == 0
    assert hand.done == 1 and not practice.exists()


def test_the_first_start_shows_five_cards_once_and_esc_skips_them(folders):
    own, practice = folders
    (own.parent / "window.ini").unlink()
    steps = (
        (lambda: told().startswith("Từ sổ giấy"), lambda: press("Return", 2)),
        (lambda: told().startswith("Gợi ý"), lambda: press("Esc")),
        (lambda: told() == "Người làm", lambda: press("Esc")),
    )
    with Hand(*steps) as hand:
        assert app.main(own, practice=practice, begin_own=True) == 0
    assert hand.missed is None and hand.done == 3
    with Hand((lambda: told() == "Người làm", lambda: press("Esc"))) as hand:
        assert app.main(own, practice=practice, begin_own=True) == 0
    assert hand.done == 1


def test_practice_is_scored_in_its_own_workspace_only(workspace, qtbot, tmp_path):
    truth = practice_truth()
    book = open_practice_book(workspace, truth, INVENTED)
    small, _ = small_book(workspace, tmp_path)
    running = Program(make_application(), workspace, Preferences(tmp_path / "window.ini"), StoreKind.PRACTICE)
    running.window.set_person(INVENTED)
    running.window.show()
    running.window.desk.book_id = small.book_id
    running._answer("practice-score")
    assert "thực hành" in running.window._note.text() and QApplication.activeModalWidget() is None
    running.window.desk.book_id = book.book_id
    running._answer("practice-score")
    assert "Chưa có ô nào" in told()
    press("Esc")
    running.end()
    running.window.retire()


def test_practice_can_be_passed_by(folders):
    own, practice = folders
    with Hand((lambda: told() == "Người làm", lambda: press("Esc"))) as hand:
        assert app.main(own, practice=practice, begin_own=True) == 0
    assert hand.done == 1 and not practice.exists() and own.exists()


def test_a_workspace_named_by_its_folder_stands_alone(tmp_path, qtbot):
    make_application()
    cards_seen(tmp_path / "kho")
    notes: list[str] = []

    def name_somebody() -> None:
        type_text("Nguyễn Thị Lan")
        press("Return")

    def try_to_leave() -> None:
        press_key("switch-store")
        notes.append(window()._note.text())
        press_key("quit")

    with Hand((lambda: told() == "Người làm", name_somebody), (on(False), try_to_leave)) as hand:
        assert app.main(tmp_path / "kho") == 0
    assert hand.done == 2 and "--workspace" in notes[0]
    assert not (tmp_path / "practice").exists()


def test_a_spoilt_practice_workspace_is_told_and_the_real_one_opened(folders):
    own, practice = folders
    practice.mkdir(parents=True)
    (practice / DATABASE_NAME).write_bytes(b"no database" * 1000)
    sentences: list[str] = []

    def read() -> None:
        sentences.append(told())
        QApplication.activeModalWidget().close()

    steps = ((lambda: "thực hành" in told(), read), (lambda: told() == "Người làm", lambda: press("Esc")))
    with Hand(*steps) as hand:
        assert app.main(own, practice=practice) == 0
    assert hand.done == 2 and "nên mở kho dữ liệu thật" in sentences[0] and own.exists()


def test_a_spoilt_real_workspace_is_told_and_practice_goes_on(folders, tmp_path):
    own, practice = folders
    with Workspace.open(practice) as workspace:
        small_book(workspace, tmp_path)
    sentences: list[str] = []

    def spoil_and_switch() -> None:
        own.mkdir(parents=True)
        (own / DATABASE_NAME).write_bytes(b"no database" * 1000)
        press_key("switch-store")

    def read() -> None:
        sentences.append(told())
        QApplication.activeModalWidget().close()

    steps = (
        (on(True), spoil_and_switch),
        (lambda: window() is None and bool(told()), read),
        (on(True), lambda: press_key("quit")),
    )
    with Hand(*steps) as hand:
        assert app.main(own, practice=practice) == 0
    assert hand.done == 3 and sentences


def test_a_book_made_in_the_practice_workspace_is_practice(workspace, qtbot, tmp_path):
    small_book(workspace, tmp_path)
    running = Program(make_application(), workspace, Preferences(tmp_path / "window.ini"), StoreKind.PRACTICE)
    wanted = NewBook(record_type=RecordType.DEATH, year=2001, number="02", place="UBND xã Tân Lập")
    running.window.set_person(INVENTED)
    running.window.books.presenter._opened(wanted)
    assert running.window.desk.book().practice
    running.end()
    running.window.retire()


@pytest.mark.parametrize("kind", [StoreKind.OWN, StoreKind.PRACTICE])
def test_large_type_leaves_room_for_the_way_to_the_other_workspace(workspace, qtbot, tmp_path, kind):
    small_book(workspace, tmp_path)
    preferences = Preferences(tmp_path / "window.ini")
    preferences.type_size = 150
    running = Program(make_application(), workspace, preferences, kind)
    least = running.window.minimumSizeHint()
    assert least.width() <= 1366 and least.height() <= 740
    preferences.type_size = 100
    running.rebuild()
    running.end()
    running.window.retire()
