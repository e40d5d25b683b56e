"""The running program: one window, its jobs, and what happens when colours or language change."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QMessageBox

from hotich.errors import HotichError
from hotich.messages import explain, sentence
from hotich.store import Workspace
from hotich.ui import theme
from hotich.ui.jobs import JobRunner
from hotich.ui.language import speak
from hotich.ui.main_window import MainWindow
from hotich.ui.practice import begin_practice
from hotich.ui.preferences import Preferences
from hotich.ui.store_kind import StoreKind
from hotich.ui.typing_guard import TypingGuard


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
    ) -> None:
        super().__init__(app)
        self._store = store
        self._switched = switched
        self.following: StoreKind | None = None
        self._app = app
        self._workspace = workspace
        self._preferences = preferences
        self.jobs = JobRunner(self)
        self._guard = TypingGuard(self)
        app.installEventFilter(self._guard)
        self.window = self._built()
        self._crashed.connect(self._show_crash, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Show the window; ask who works when nobody is known, and make practice ready in its own workspace."""
        self.window.show()
        for notice in self._workspace.notices(self._preferences.language):
            self.window.note(notice.message)
        if self._store is StoreKind.PRACTICE:
            begin_practice(self.window)
        elif not self.window.desk.actor.name:
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
        """Dress and translate the window anew, at the same book and screen."""
        old = self.window
        book_id, screen = old.desk.book_id, old.screen_in_hand
        if old.busy:
            old.tell(old.desk.say("ui-busy"))
            return
        old.keep_layout()
        self.window = self._built()
        self.window.desk.book_id = book_id
        self.window.setGeometry(old.geometry())
        self.window.show()
        self.window.go(screen)
        old.retire()

    def tell_crash(self, report: Path) -> None:
        """Say that the program met an error of its own; called from any thread."""
        facts = {"path": str(report)}
        self._crashed.emit(sentence("ui-crashed", facts, self._preferences.language))

    def tell_refusal(self, error: HotichError) -> None:
        """Say what happened outside the program and what to do; called from any thread."""
        self._crashed.emit(explain(error, self._preferences.language))

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
        self._app.removeEventFilter(self._guard)
        self.jobs.shutdown()

    def _built(self) -> MainWindow:
        theme.apply(self._app, self._preferences.theme, self._preferences.type_size)
        speak(self._preferences.language)
        window = MainWindow(self._workspace, self.jobs, self._preferences, self._store)
        window.switch_wanted.connect(self.switch)
        window.nobody_named.connect(self._nobody)
        window.display_changed.connect(self.rebuild)
        return window


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
