"""Brings the pictures of snippets to a screen, those in sight first, a page of the book at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from hotich.errors import HotichError
from hotich.pipeline.carousel import Snippet
from hotich.pipeline.pictures import Pixels
from hotich.pipeline.snippets import Wanted, snippet_pictures
from hotich.pipeline.ticket import Ticket
from hotich.ui.presenters.desk import Desk

AT_ONCE = 2
"""Pages asked for at the same time: what has been scrolled past in the meantime is never asked for."""


class SnippetScreen(Protocol):
    """A screen with snippets on it."""

    def has_picture(self, key: str) -> bool:
        """Whether the picture need not be brought."""

    def show_pictures(self, pictures: dict[str, Pixels]) -> None: ...


class SnippetFeed:
    """Asks for the pictures that the screen wants just now and lacks."""

    def __init__(self, desk: Desk, screen: SnippetScreen) -> None:
        self._desk, self._screen = desk, screen
        self._wanted: tuple[Snippet, ...] = ()
        self._under_way: set[str] = set()
        self._hopeless: set[str] = set()
        self._placeless: frozenset[str] = frozenset()

    def want(self, snippets: Sequence[Snippet]) -> None:
        """These pictures are wanted, in this order, and no others any more."""
        self._wanted = tuple(snippet for snippet in snippets if snippet.region is not None)
        self._placeless = frozenset(snippet.key for snippet in snippets if snippet.region is None)
        self._pump()

    def forget(self) -> None:
        """Try again what could not be had, such as after the picture of a page came back."""
        self._hopeless.clear()

    def failed(self, key: str) -> bool:
        """Whether there is no picture to be had."""
        return key in self._hopeless or key in self._placeless

    def _pump(self) -> None:
        while len(self._under_way) < AT_ONCE:
            batch = self._next()
            if not batch:
                return
            self._order(batch[0].page_id, batch)

    def _next(self) -> list[Snippet]:
        """The wanted snippets of the first page that nobody has been sent for."""
        lacking = (
            s
            for s in self._wanted
            if s.page_id not in self._under_way and s.key not in self._hopeless and not self._screen.has_picture(s.key)
        )
        first = next(lacking, None)
        return [] if first is None else [first, *(s for s in lacking if s.page_id == first.page_id)]

    def _order(self, page_id: str, batch: Sequence[Snippet]) -> None:
        self._under_way.add(page_id)
        workspace = self._desk.workspace
        asked = [Wanted(s.key, s.region.quad) for s in batch if s.region is not None]

        def cut(ticket: Ticket) -> dict[str, Pixels]:
            try:
                return snippet_pictures(workspace, page_id, asked)
            except HotichError:
                # A page that cannot be shown leaves its snippets without pictures; the others go on.
                return {}

        def arrived(pictures: dict[str, Pixels]) -> None:
            self._under_way.discard(page_id)
            self._hopeless |= {each.key for each in asked if each.key not in pictures}
            self._screen.show_pictures(pictures)
            self._pump()

        self._desk.shell.fetch(cut, arrived)
