"""The window around the screens: navigation, status bar, long work, questions."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QCloseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMainWindow,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from hotich.errors import Cancelled, HotichError
from hotich.pipeline.ticket import Ticket
from hotich.store import Workspace
from hotich.ui.actions import bind, shown_keys
from hotich.ui.jobs import JobRunner, Lane
from hotich.ui.long_work import LongWork
from hotich.ui.narrow import NAVIGATION_WIDTH, NarrowLook
from hotich.ui.pace import Pace
from hotich.ui.people import as_known, known_people, remember_people
from hotich.ui.preferences import Preferences
from hotich.ui.presenters.desk import Desk, Running, Screen
from hotich.ui.presenters.protection import LockAnswer, UnlockAnswer
from hotich.ui.presenters.wording import of_role, of_type
from hotich.ui.store_kind import StoreKind
from hotich.ui.typing_pause import TypingPause
from hotich.ui.views import dialogs, protection_dialog
from hotich.ui.views.books_view import BooksView
from hotich.ui.views.carousel_view import CarouselView
from hotich.ui.views.display_dialog import DisplaySheet
from hotich.ui.views.entry_view import EntryScreenView
from hotich.ui.views.export_view import ExportView
from hotich.ui.views.help_dialog import HelpSheet
from hotich.ui.views.pages_view import PagesView
from hotich.ui.views.person_dialog import PersonSheet
from hotich.ui.views.review_view import ReviewView
from hotich.ui.views.search_view import SearchView
from hotich.ui.views.sheet_view import SheetView
from hotich.ui.widgets.labels import scaled
from hotich.ui.widgets.pace_label import PaceLabel
from hotich.ui.widgets.practice_strip import PracticeStrip
from hotich.ui.widgets.roomy import Roomy
from hotich.ui.widgets.work_strip import WorkStrip
from hotich.ui.window_layout import WindowLayout
from hotich.values import Actor, Role

T = TypeVar("T")
ScreenView = BooksView | PagesView | EntryScreenView | ReviewView | ExportView | CarouselView | SheetView | SearchView
NOBODY = Actor("", Role.CLERK)


class MainWindow(QMainWindow):
    """The Shell of the presenters. It decides nothing about registers."""

    display_changed = Signal()
    switch_wanted = Signal()
    nobody_named = Signal()
    asked = Signal(object)
    """The id of a key whose answer lies outside the screens: shortcuts, typing, the first cards."""
    _narrow: NarrowLook
    _layout: WindowLayout

    def __init__(
        self,
        workspace: Workspace,
        jobs: JobRunner,
        preferences: Preferences,
        store: StoreKind = StoreKind.NAMED,
    ) -> None:
        super().__init__()
        self._store = store
        self._jobs = jobs
        self._preferences = preferences
        self._workspace = workspace
        self._retired = False
        self._screen = Screen.BOOKS
        practice = store is StoreKind.PRACTICE
        last = known_people(workspace)[:1]
        self.desk = Desk(workspace, self, last[0] if last else NOBODY, preferences.language, practice=practice)
        self.books = BooksView(self.desk, self, beside_practice=store.other is StoreKind.PRACTICE)
        self.pages = PagesView(self.desk, self)
        self.entry = EntryScreenView(self.desk, self)
        self.review = ReviewView(self.desk, self)
        self.export = ExportView(self.desk, self.entry.presenter.open, self)
        self.carousel = CarouselView(self.desk, self.entry.presenter.open, self)
        self.sheet = SheetView(self.desk, self.entry.presenter.open, self)
        self.search = SearchView(self.desk, self.entry.presenter.open, self)
        self._screens: dict[Screen, ScreenView] = {
            Screen.BOOKS: self.books,
            Screen.PAGES: self.pages,
            Screen.ENTRY: self.entry,
            Screen.REVIEW: self.review,
            Screen.EXPORT: self.export,
            Screen.CAROUSEL: self.carousel,
            Screen.SHEET: self.sheet,
            Screen.SEARCH: self.search,
        }
        self._just_left = Screen.BOOKS
        self._typing_pause = TypingPause(self, self._show_again)
        self._build()
        self._bind_keys()
        self._layout.restore()
        self.go(Screen.BOOKS)

    @property
    def screen_in_hand(self) -> Screen:
        """The screen that is shown."""
        return list(self._screens)[self._stack.currentIndex()]

    @property
    def screen_shown(self) -> Screen:
        """The same, for any thread to ask."""
        return self._screen

    def note(self, text: str) -> None:
        """A short line in the status bar, with the time; '' takes the last one away."""
        self._note.setText(f"{text}  {time.strftime('%H:%M:%S')}" if text else "")
        self._note.setAccessibleName(text)
        self._note.setToolTip(text)

    def tell(self, text: str) -> None:
        """A sentence that has to be read."""
        dialogs.tell(self, "HoTich", text)

    def ask_reason(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for a sentence."""
        dialogs.ask_reason(self, "HoTich", question, then)

    def ask_lock(self, question: str, may_give_reason: bool, then: Callable[[LockAnswer], None]) -> None:
        """Ask how something confidential leaves."""
        protection_dialog.ask_lock(self, question, may_give_reason, then)

    def ask_unlock(self, question: str, then: Callable[[UnlockAnswer], None]) -> None:
        """Ask for the key of a locked package."""
        protection_dialog.ask_unlock(self, question, then)

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        """Ask yes or no."""
        dialogs.confirm(self, "HoTich", question, then)

    def run(self, title: str, work: Callable[[Ticket], T], done: Callable[[T], None]) -> None:
        """Long work, one at a time, with progress and a way to stop it."""
        self._work.run(title, work, done)

    def fetch(self, work: Callable[[Ticket], T], done: Callable[[T], None], *, patient: bool = False) -> Running:
        """Quick work for the eye; `patient` work lets everything else go first."""

        lane = Lane.LATER if patient else Lane.PICTURES

        def arrived(result: T) -> None:
            if not self._retired:
                done(result)

        return self._jobs.submit(work, done=arrived, failed=self._fetch_failed, lane=lane)

    @property
    def busy(self) -> bool:
        """Whether long work runs."""
        return self._work.busy

    def retire(self) -> None:
        """Close for good: another window takes over, and pictures still on their way are not for this one."""
        self._retired = True
        self.close()
        self.desk.leave()
        self.deleteLater()

    def go(self, screen: Screen) -> None:
        """Show that screen, fresh."""
        self.note("")
        if screen is not self.screen_in_hand:
            self._just_left = self.screen_in_hand
        self._screen = screen
        place = list(self._screens).index(screen)
        self._navigation.setCurrentRow(place)
        self._stack.setCurrentIndex(place)
        view = self._screens[screen]
        view.refresh()
        view.start()
        self._entitle()

    def changed(self) -> None:
        """Show the screen in hand again, once nobody is typing there: nothing moves under a half-typed word."""
        self._typing_pause.ask()

    def _show_again(self) -> None:
        if not self._retired:
            self._screens[self.screen_in_hand].refresh()
            self._entitle()

    def ask_person(self) -> None:
        """Ask who works and in what capacity; what is being typed is still the last person's."""
        self.entry.keep()
        now = self.desk.actor if self.desk.actor.name else None
        sheet = PersonSheet(self, self.desk.language, known_people(self._workspace), now, self.set_person)
        if now is None:
            # Without a name nothing may be written into the history.
            sheet.rejected.connect(self.nobody_named)
        sheet.open()

    def show_typing(self, method: str) -> None:
        """Say in the status bar which typing of our own is on; '' takes that away."""
        self._typing.setText(self.tr("Gõ: {0}").format(method))
        self._typing.setAccessibleName(self.tr("Cách gõ tiếng Việt: {0}").format(method))
        self._typing.setToolTip(shown_keys("typing"))
        self._typing.setVisible(bool(method))

    def set_person(self, actor: Actor) -> None:
        """Let that person work from now on."""
        self.desk.actor = as_known(self._workspace, actor)
        remember_people(self._workspace, (self.desk.actor,))
        self._show_person()
        self.changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the screens to a display that is small, or shows everything at twice its size."""
        super().resizeEvent(event)
        self._narrow.fit(self.width())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Remember how the window lay; the work in progress is stopped by who owns the jobs."""
        self.entry.keep()
        self.keep_layout()
        event.accept()

    def _build(self) -> None:
        self._navigation = QListWidget(self)
        self._navigation.setProperty("look", "navigation")
        self._navigation.setAccessibleName(self.tr("Màn hình"))
        self._navigation.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        width = scaled(NAVIGATION_WIDTH, self)
        self._navigation.setFixedWidth(width)
        self._stack = QStackedWidget(self)
        for screen, view in self._screens.items():
            item = QListWidgetItem(f"{self._name(screen)}\n{shown_keys(f'go-{screen.value}')}", self._navigation)
            item.setSizeHint(QSize(width - 8, self.fontMetrics().height() * 2 + 20))
            self._stack.addWidget(Roomy(view, self._stack))
        centre = QWidget(self)
        across = QHBoxLayout(centre)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addWidget(self._navigation)
        down = QVBoxLayout()
        down.setContentsMargins(6, 6, 6, 2)
        self._title = QLabel(self)
        self._title.setProperty("look", "heading")
        self._title.setTextFormat(Qt.TextFormat.PlainText)
        # A long name must not make the window wider than the display.
        self._title.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        down.addWidget(self._title)
        down.addWidget(self._stack, 1)
        across.addLayout(down, 1)
        self.setCentralWidget(self._under_strip(centre))
        self._narrow = NarrowLook(self._navigation, self._stack, (self.entry, self.review))
        self._build_status()
        splitters = {"pages": self.pages.splitter, "entry": self.entry.splitter, "review": self.review.splitter}
        self._layout = WindowLayout(self, self._preferences, splitters, self.entry.scan)
        self._layout.limit()
        self.resize(1366, 768)

    def _under_strip(self, centre: QWidget) -> QWidget:
        """The screens, under the strip that marks the practice workspace."""
        if not self.desk.practice:
            self.books.practice_wanted.connect(self.switch_wanted)
            return centre
        whole = QWidget(self)
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        strip = PracticeStrip(whole)
        strip.left.connect(self.switch_wanted)
        strip.score_wanted.connect(partial(self.asked.emit, "practice-score"))
        column.addWidget(strip)
        column.addWidget(centre, 1)
        return whole

    def _switch(self) -> None:
        if self._store.other is None:
            self.note(self.desk.say("ui-only-this-store"))
        else:
            self.switch_wanted.emit()

    def _build_status(self) -> None:
        self._note = QLabel(self)
        self._note.setTextFormat(Qt.TextFormat.PlainText)
        self._note.setContentsMargins(8, 0, 0, 0)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._strip = WorkStrip(self)
        self._work = LongWork(self._jobs, self.desk, self._strip)
        self._person = QPushButton(self)
        self._person.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._person.clicked.connect(lambda: self.ask_person())
        self.pace = Pace(lambda: self.desk.actor)
        self.desk.hear(self.pace.hear)
        pace = PaceLabel(self.pace, self)
        pace.setVisible(self._preferences.pace_shown)
        self._typing = QPushButton(self)
        self._typing.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._typing.clicked.connect(partial(self.asked.emit, "typing"))
        self._typing.hide()
        help_button = QPushButton(self.tr("Giúp ({0})").format(shown_keys("help")), self)
        help_button.setAccessibleName(self.tr("Giúp"))
        help_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        help_button.clicked.connect(self._help)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        bar.addWidget(self._note, 1)
        for widget in (self._strip, pace, self._typing, self._person, help_button):
            bar.addPermanentWidget(widget)
        self._show_person()

    def _bind_keys(self) -> None:
        for screen in self._screens:
            bind(self, f"go-{screen.value}", partial(self.go, screen), everywhere=True)
        everywhere: dict[str, Callable[[], object]] = {
            "help": self._help,
            "person": lambda: self.ask_person(),
            "display": self._choose_display,
            "reload": self.changed,
            "switch-store": self._switch,
            "next-part": self._next_part,
            "stop-work": self._work.stop,
            "quit": self.close,
            "go-back": lambda: self.go(self._just_left),
        }
        for key_id in ("keys", "typing", "short-codes", "expand-code", "tour", "practice-score"):
            everywhere[key_id] = partial(self.asked.emit, key_id)
        for key_id, act in everywhere.items():
            bind(self, key_id, act, everywhere=True)
        self._navigation.itemActivated.connect(lambda item: self._go_row(self._navigation.row(item)))
        self._navigation.itemClicked.connect(lambda item: self._go_row(self._navigation.row(item)))

    def _go_row(self, row: int) -> None:
        self.go(list(self._screens)[row])

    def _next_part(self) -> None:
        """From the navigation to the screen, from the screen to the navigation."""
        if self._navigation.hasFocus():
            self._screens[self.screen_in_hand].start()
        else:
            self._navigation.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _help(self) -> None:
        HelpSheet(self, self.screen_in_hand, self.desk.language, self.asked.emit).open()

    def _choose_display(self) -> None:
        # The choice builds the window anew: a refusal of what is being typed has to be read before.
        if self.entry.keep():
            DisplaySheet(self, self.desk, self._preferences, self.display_changed.emit).open()

    def _fetch_failed(self, error: Exception) -> None:
        if isinstance(error, HotichError):
            self.note(self.desk.explain(error))
        elif not isinstance(error, Cancelled):
            raise error

    def _entitle(self) -> None:
        book = self.desk.book()
        name = ""
        if book is not None:
            kind = of_type(book.record_type, self.desk.language)
            name = self.tr("{0} · quyển {1} · năm {2} · {3}").format(kind, book.number, book.year, book.place)
        self._title.setText(name)
        self._title.setVisible(bool(name) and self.screen_in_hand is not Screen.BOOKS)
        screen = self._name(self.screen_in_hand)
        told = (self.tr("THỰC HÀNH") if self.desk.practice else "", screen, name, "HoTich")
        self.setWindowTitle(" – ".join(part for part in told if part))

    def _show_person(self) -> None:
        actor = self.desk.actor
        who = f"{actor.name} – {of_role(actor.role, self.desk.language)}" if actor.name else self.tr("Chưa rõ ai làm")
        self._person.setText(f"{who} ({shown_keys('person')})")
        self._person.setAccessibleName(self.tr("Người làm: {0}").format(who))

    def _name(self, screen: Screen) -> str:
        return {
            Screen.BOOKS: self.tr("Sổ hộ tịch"),
            Screen.PAGES: self.tr("Trang"),
            Screen.ENTRY: self.tr("Nhập liệu"),
            Screen.REVIEW: self.tr("Kiểm tra"),
            Screen.EXPORT: self.tr("Xuất dữ liệu"),
            Screen.CAROUSEL: self.tr("Duyệt nhanh"),
            Screen.SHEET: self.tr("Bảng"),
            Screen.SEARCH: self.tr("Tra cứu"),
        }[screen]

    def keep_layout(self) -> None:
        """Remember how the window lies and how near its pages are."""
        self._layout.keep(divided=not self._narrow.on)
