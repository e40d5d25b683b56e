"""Brings page pictures to a screen: a small one at once, the whole one after it."""

from __future__ import annotations

from typing import Protocol

from hotich.pipeline.pictures import PagePicture, page_picture
from hotich.ui.presenters.desk import Desk, Running

FIRST_PAINT = 1400
"""Longest side in pixels of the picture that comes first."""


class PictureScreen(Protocol):
    """A screen with a page on it. `final` says that no finer picture follows."""

    def await_picture(self) -> None:
        """Take the picture down: it is of another page than the values."""

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None: ...


class PictureFeed:
    """Asks for the picture of the page in hand; an order that is out of date is called off."""

    def __init__(self, desk: Desk, screen: PictureScreen) -> None:
        self._desk = desk
        self._screen = screen
        self._cleaned = False
        self._page_id = ""
        self._running: list[Running] = []

    @property
    def cleaned(self) -> bool:
        """Whether the cleaned picture is shown rather than the original."""
        return self._cleaned

    def show(self, page_id: str) -> None:
        """Bring that page."""
        while self._running:
            self._running.pop().cancel()
        if page_id != self._page_id:
            self._screen.await_picture()
        self._page_id = page_id
        if page_id:
            self._order(FIRST_PAINT)

    def toggle(self) -> None:
        """Bring the other picture of the same page."""
        self._cleaned = not self._cleaned
        self.show(self._page_id)
        self._desk.shell.note(self._desk.say("ui-shows-cleaned" if self._cleaned else "ui-shows-original"))

    def _order(self, longest: int | None) -> None:
        workspace, page_id, cleaned = self._desk.workspace, self._page_id, self._cleaned
        running = self._desk.shell.fetch(
            lambda ticket: page_picture(workspace, page_id, cleaned, longest),
            lambda picture: self._arrived(page_id, cleaned, picture, longest is None),
        )
        self._running.append(running)

    def _arrived(self, page_id: str, cleaned: bool, picture: PagePicture, final: bool) -> None:
        if page_id != self._page_id or cleaned != self._cleaned:
            return
        self._screen.show_picture(page_id, picture, cleaned, final)
        if not final and max(picture.pixels.shape[:2]) >= FIRST_PAINT:
            self._order(None)
