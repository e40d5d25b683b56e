"""Brings page pictures to a screen: a small one at once, the whole one after it."""

from __future__ import annotations

from typing import Protocol

from hotich.pipeline.pictures import PagePicture, page_picture
from hotich.ui.presenters.desk import Desk, Running

FIRST_PAINT = 1400
"""Longest side in pixels of the picture that comes first."""

ROOM = 24_000_000
"""Bytes of pictures kept for going on and back: about five pages of the first size."""

Wanted = tuple[str, bool, int]
"""Page, cleaned or original, longest side."""


class PictureScreen(Protocol):
    """A screen with a page on it. `final` says that no finer picture follows."""

    def await_picture(self) -> None:
        """Take the picture down: it is of another page than the values."""

    def show_picture(self, page_id: str, picture: PagePicture, cleaned: bool, final: bool) -> None: ...


class PictureCache:
    """Pictures that are likely to be wanted next, as many as fit into `room` bytes; the oldest go first."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._kept: dict[Wanted, PagePicture] = {}

    def get(self, wanted: Wanted) -> PagePicture | None:
        """The picture, or None."""
        return self._kept.get(wanted)

    def put(self, wanted: Wanted, picture: PagePicture) -> None:
        """Keep a picture."""
        self._kept.pop(wanted, None)
        self._kept[wanted] = picture
        while len(self._kept) > 1 and sum(kept.pixels.nbytes for kept in self._kept.values()) > self._room:
            del self._kept[next(iter(self._kept))]


class PictureFeed:
    """Asks for the picture of the page in hand; an order that is out of date is called off."""

    def __init__(self, desk: Desk, screen: PictureScreen) -> None:
        self._desk = desk
        self._screen = screen
        self._cleaned = False
        self._page_id = ""
        self._running: list[Running] = []
        self._cache = PictureCache()

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

    def prepare(self, page_id: str) -> None:
        """Have the first picture of a page ready: it is likely to be wanted next."""
        wanted = (page_id, self._cleaned, FIRST_PAINT)
        if page_id and page_id != self._page_id and self._cache.get(wanted) is None:
            workspace, cleaned = self._desk.workspace, self._cleaned
            self._desk.shell.fetch(
                lambda ticket: page_picture(workspace, page_id, cleaned, FIRST_PAINT),
                lambda picture: self._cache.put(wanted, picture),
                patient=True,
            )

    def set_cleaned(self, cleaned: bool) -> None:
        """Which of the two pictures is brought from now on."""
        self._cleaned = cleaned

    def toggle(self) -> None:
        """Bring the other picture of the same page."""
        self._cleaned = not self._cleaned
        self.show(self._page_id)
        self._desk.shell.note(self._desk.say("ui-shows-cleaned" if self._cleaned else "ui-shows-original"))

    def _order(self, longest: int | None) -> None:
        workspace, page_id, cleaned = self._desk.workspace, self._page_id, self._cleaned
        ready = self._cache.get((page_id, cleaned, longest)) if longest is not None else None
        if longest is not None and ready is not None:
            self._arrived(page_id, cleaned, ready, longest)
            return
        running = self._desk.shell.fetch(
            lambda ticket: page_picture(workspace, page_id, cleaned, longest),
            lambda picture: self._arrived(page_id, cleaned, picture, longest),
        )
        self._running.append(running)

    def _arrived(self, page_id: str, cleaned: bool, picture: PagePicture, longest: int | None) -> None:
        if longest is not None:
            # The way back to a page is as likely as the way on.
            self._cache.put((page_id, cleaned, longest), picture)
        if page_id != self._page_id or cleaned != self._cleaned:
            return
        final = longest is None
        self._screen.show_picture(page_id, picture, cleaned, final)
        if not final and max(picture.pixels.shape[:2]) >= FIRST_PAINT:
            self._order(None)
