"""The running program: one window, its jobs, and what happens when colours or language change."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from hotich.errors import HotichError
from hotich.messages import explain, sentence
from hotich.store import Workspace
from hotich.ui import theme
from hotich.ui.actions import shown_keys
from hotich.ui.garbage import WindowGarbage
from hotich.ui.jobs import JobRunner
from hotich.ui.keys import choose
from hotich.ui.language import speak
from hotich.ui.learning import LearningBeside
from hotich.ui.main_window import MainWindow
from hotich.ui.practice import begin_practice, show_score
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Screen
from hotich.ui.store_kind import StoreKind
from hotich.ui.typing_desk import TypingDesk
from hotich.ui.typing_guard import TypingGuard
from hotich.ui.views.keys_dialog import KeysSheet
from hotich.ui.views.short_codes_dialog import ShortCodesSheet
from hotich.ui.views.tour_dialog import TourSheet
from hotich.ui.views.typing_dialog import TypingSheet

_METHOD_NAMES = {"telex": "Telex", "telex-brackets": "Telex", "vni": "VNI"}


class Program(QObject):
    """One window on one workspace. The window is built anew when colours or language change."""

    _crashed = Signal(object)

    def __init__(
        self,
        app: QApplication,
        workspace: Workspace,
        preferences: Preferences,
        store: StoreKind = StoreKind.NAMED,
        *,
        switched: bool = False,
        greet: bool = False,
    ) -> None:
        super().__init__(app)
        self._store = store
        self._switched = switched
        self._dress: tuple[theme.ThemeName, int] | None = None
        self._greet = greet
        self.following: StoreKind | None = None
        self._app = app
        self._workspace = workspace
        self._preferences = preferences
        self._garbage = WindowGarbage(self)
        self.jobs = JobRunner(self)
        self.typing = TypingDesk(app, preferences)
        self.typing.ears.add(TypingGuard(self))
        self.typing.keyboard.stepped_aside.connect(self._own_typing_off)
        self.window = self._built()
        self.learning = LearningBeside(workspace, self.jobs, preferences, lambda: self.window)
        self._crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Show the window; ask who works when nobody is known, and make practice ready in its own workspace."""
        self.window.show()
        for notice in self._workspace.notices(self._preferences.language):
            self.window.note(notice.message)
        if self._store is StoreKind.PRACTICE:
            begin_practice(self.window)
        if self._greet and not self._preferences.tour_seen:
            self._tour(self._meet)
        else:
            self._meet()

    def _meet(self) -> None:
        """Offer the own typing where the computer has none, and ask who works when nobody is known."""
        if self._greet and not self.typing.method and not self.typing.input_method:
            self.window.note(self.window.desk.say("ui-own-typing-offer", keys=shown_keys("typing")))
        if self._store is not StoreKind.PRACTICE and not self.window.desk.actor.name:
            self.window.ask_person()

    def switch(self) -> None:
        """End here; whoever runs the program goes on with `following`, the other workspace."""
        window = self.window
        if self._store is not StoreKind.PRACTICE and window.busy:
            window.tell(window.desk.say("ui-busy"))
            return
        window.entry.keep()
        # The work in progress may take some seconds to stop, and the window must not just vanish meanwhile.
        window.note(window.desk.say("ui-switching"))
        self.following = self._store.other
        self._app.exit(0)

    def rebuild(self) -> None:
        """Dress and translate the window anew, with the same things in hand on the same screen."""
        old = self.window
        if old.busy:
            old.tell(old.desk.say("ui-busy"))
            return
        # Before the new window reads the record: what is being typed belongs to it.
        old.entry.keep()
        old.keep_layout()
        self.window = self._built()
        self.window.setGeometry(old.geometry())
        self.window.show()
        _go_on(old, self.window)
        old.retire()

    def tell_crash(self, report: Path) -> None:
        """Say that the program met an error of its own; called from any thread."""
        facts = {"path": str(report)}
        self._crashed.emit(sentence("ui-crashed", facts, self._preferences.language))

    def tell_refusal(self, error: HotichError) -> None:
        """Say what happened outside the program and what to do; called from any thread."""
        self._crashed.emit(explain(error, self._preferences.language))

    def _answer(self, key_id: object) -> None:
        """Do what a key asks for that lies outside the screens."""
        window, preferences = self.window, self._preferences
        if key_id == "keys":
            # As with colours and language: a refusal of what is being typed has to be read before.
            if window.entry.keep():
                KeysSheet(window, preferences, self.rebuild).open()
        elif key_id == "typing":
            TypingSheet(window, preferences, self.typing, self._typing_changed).open()
        elif key_id == "short-codes":
            ShortCodesSheet(window, preferences.short_codes_file, preferences.language, self._typing_changed).open()
        elif key_id == "expand-code":
            self.typing.expand()
        elif key_id == "practice-score":
            show_score(window)
        elif key_id == "tour":
            self._tour(lambda: None)

    def _tour(self, then: Callable[[], object]) -> None:
        self._preferences.tour_seen = True
        sheet = TourSheet(self.window)
        sheet.finished.connect(lambda: then())
        sheet.open()

    def _typing_changed(self) -> None:
        self.typing.follow()
        self._show_typing()

    def _show_typing(self) -> None:
        self.window.show_typing(_METHOD_NAMES.get(self.typing.method, ""))

    def _own_typing_off(self) -> None:
        """Another input method is at work: stay off next time too, and say so."""
        self._preferences.typing = replace(self._preferences.typing, method="")
        self._show_typing()
        self.window.note(self.window.desk.say("ui-own-typing-off"))

    def _nobody(self) -> None:
        """Nobody wants to say who works: go back to where one came from, or end."""
        if self._switched:
            self.switch()
        else:
            self.window.close()

    @Slot(object)
    def _show_crash(self, text: str) -> None:
        self.window.tell(text)

    def run(self) -> int:
        """The exit code once the window was closed, or left for the `following` workspace."""
        code = self._app.exec()
        self.window.repaint()
        self.end()
        self.window.retire()
        self.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return code

    def end(self) -> None:
        """Stop the work in progress and wait for it."""
        self.typing.leave()
        self.learning.stop()
        self.jobs.shutdown()
        self._garbage.close()

    def _built(self) -> MainWindow:
        dress = (self._preferences.theme, self._preferences.type_size)
        if dress != self._dress:  # dressing every widget anew takes a second
            theme.apply(self._app, *dress)
            self._dress = dress
        speak(self._preferences.language)
        choose(self._preferences.keys)
        window = MainWindow(self._workspace, self.jobs, self._preferences, self._store)
        window.switch_wanted.connect(self.switch)
        window.nobody_named.connect(self._nobody)
        window.display_changed.connect(self.rebuild)
        window.asked.connect(self._answer)
        window.show_typing(_METHOD_NAMES.get(self.typing.method, ""))
        return window


def _go_on(old: MainWindow, new: MainWindow) -> None:
    """Have the new window go on where the old one is: book, screen, record and field, or line of a list, or search."""
    new.desk.book_id = old.desk.book_id
    new.entry.presenter.begin_at(old.entry.presenter.place)
    screen = old.screen_in_hand
    new.go(screen)
    if screen is Screen.PAGES:
        new.pages.strip.setCurrentRow(old.pages.strip.currentRow())
    elif screen is Screen.REVIEW:
        place = old.review.queue.currentIndex().row()
        new.review.queue.choose(place)
        new.review.presenter.choose(place)
    elif screen is Screen.SEARCH:
        new.search.line.setText(old.search.line.text())
        new.search.ask_now()


def make_application() -> QApplication:
    """The one QApplication of this process."""
    # fcitx5 has no plug-in in the PySide6 wheel and answers on the ibus bridge instead.
    if os.environ.get("QT_IM_MODULE") == "fcitx":
        os.environ["QT_IM_MODULE"] = "ibus"
    found = QApplication.instance()
    app = found if isinstance(found, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("HoTich")
    app.setApplicationDisplayName("HoTich")
    theme.apply(app, theme.ThemeName.LIGHT)
    return app


def refuse(text: str) -> None:
    """Say why the program does not start, and wait until it has been read."""
    QMessageBox.critical(None, "HoTich", text)
