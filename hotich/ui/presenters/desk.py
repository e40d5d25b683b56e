"""What every presenter holds: the workspace, who works, and the window as far as a presenter needs it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol, TypeVar

from hotich.errors import HotichError
from hotich.messages import Language, explain, sentence
from hotich.pipeline.engines import Engines, load_engines
from hotich.pipeline.ticket import Ticket
from hotich.pipeline.tuning import set_target, settings_of
from hotich.pipeline.value_memory import ValueMemory, follow, load_into
from hotich.settings import Settings
from hotich.store import Changes, Workspace
from hotich.ui.presenters.protection import LockAnswer, UnlockAnswer
from hotich.values import Actor, Book, Role

T = TypeVar("T")


class Screen(StrEnum):
    BOOKS = "books"
    PAGES = "pages"
    ENTRY = "entry"
    REVIEW = "review"
    EXPORT = "export"
    CAROUSEL = "carousel"
    SHEET = "sheet"
    SEARCH = "search"


class Running(Protocol):
    """Work in progress."""

    def cancel(self) -> None: ...


class Shell(Protocol):
    """The window around the screens. Questions are answered later, through `then`; nothing blocks."""

    def note(self, text: str) -> None:
        """A short line in the status bar; '' takes the last one away."""

    def tell(self, text: str) -> None:
        """A sentence that has to be read before the work goes on."""

    def ask_reason(self, question: str, then: Callable[[str], None]) -> None:
        """Ask for a sentence; `then` gets it unless the person thinks better of it."""

    def ask_lock(self, question: str, may_give_reason: bool, then: Callable[[LockAnswer], None]) -> None:
        """Ask how something confidential leaves; `then` hears it unless the person gives up."""

    def ask_unlock(self, question: str, then: Callable[[UnlockAnswer], None]) -> None:
        """Ask for the key of a locked package."""

    def confirm(self, question: str, then: Callable[[], None]) -> None:
        """Ask yes or no; `then` is called for yes."""

    def run(self, title: str, work: Callable[[Ticket], T], done: Callable[[T], None]) -> None:
        """Long work with progress and a way to stop it; errors are told by the window."""

    def fetch(self, work: Callable[[Ticket], T], done: Callable[[T], None], *, patient: bool = False) -> Running:
        """Quick work for the eye, such as a picture; `patient` work lets everything else go first."""

    def go(self, screen: Screen) -> None:
        """Show that screen."""

    def changed(self) -> None:
        """What lists show has changed."""


class Desk:
    """The work place: workspace, person, book in hand. In the `practice` workspace nothing is real."""

    def __init__(
        self, workspace: Workspace, shell: Shell, actor: Actor, language: Language, *, practice: bool = False
    ) -> None:
        self.workspace = workspace
        self.practice = practice
        self.shell = shell
        self.actor = actor
        self.language = language
        self.book_id = ""
        self._engines: Engines | None = None
        self._memory: ValueMemory | None = None
        self._ends: list[Callable[[], None]] = []

    def hear(self, listener: Callable[[Changes], None]) -> None:
        """Have the listener called after every commit, in the thread that wrote, until the desk is left."""
        self._ends.append(self.workspace.on_change(listener))

    def leave(self) -> None:
        """Hear of nothing any more: another desk takes over."""
        while self._ends:
            self._ends.pop()()

    @property
    def memory(self) -> ValueMemory:
        """What was written before; it fills in the background from the first call on and follows every commit."""
        if self._memory is None:
            made = self._memory = ValueMemory()
            self._ends.append(follow(made, self.workspace))
            workspace = self.workspace
            self.shell.fetch(lambda ticket: load_into(made, workspace, ticket.check), lambda _: None, patient=True)
        return self._memory

    def begin_to_remember(self) -> None:
        """Have the memory ready by the time that somebody types."""
        _ = self.memory

    @property
    def is_supervisor(self) -> bool:
        return self.actor.role is Role.SUPERVISOR

    @property
    def settings(self) -> Settings:
        """The numbers that the workspace goes by."""
        return settings_of(self.workspace)

    def set_target(self, target: float) -> bool:
        """Whether that certainty is now asked of suggestions accepted together; a refusal has been told."""
        return self.attempt(lambda: set_target(self.workspace, target, self.actor))

    def book(self) -> Book | None:
        """The book in hand, or None."""
        row = self.workspace.book(self.book_id) if self.book_id else None
        return row.book if row is not None else None

    def engines(self) -> Engines:
        """The recognisers, loaded at the first call; call it from a job, it takes its time."""
        if self._engines is None:
            self._engines = load_engines(self.settings)
        return self._engines

    def use(self, engines: Engines) -> None:
        """Read with these recognisers instead of those that the settings name."""
        self._engines = engines

    def say(self, key: str, **facts: object) -> str:
        """The sentence of that key in the language of the window."""
        return sentence(key, {name: str(fact) for name, fact in facts.items()}, self.language)

    def explain(self, error: HotichError) -> str:
        """What happened and what to do, in the language of the window."""
        return explain(error, self.language)

    def attempt(self, act: Callable[[], object]) -> bool:
        """Whether the act was done; if it was refused or failed, the reason has been told."""
        try:
            act()
        except HotichError as error:
            self.shell.tell(self.explain(error))
            return False
        return True
