"""How the page is looked at in a book: remembered, because the hands and the paper of a book stay the same."""

from __future__ import annotations

from typing import Protocol

import msgspec

from hotich.ui.presenters.desk import Desk
from hotich.ui.presenters.pictures import PictureFeed

CONTRASTS = 3
"""As it is, stronger, strongest."""


class PictureSetup(msgspec.Struct, frozen=True):
    """What is done to the picture on the screen alone; the page itself is never changed by it."""

    cleaned: bool = False
    contrast: int = 0
    inverted: bool = False
    ruler: bool = True
    lens: bool = False
    turns: int = 0
    """Quarter turns clockwise."""


class SetupScreen(Protocol):
    """A screen whose picture can be looked at in several ways."""

    def show_setup(self, setup: PictureSetup) -> None: ...


class PictureLook:
    """The keys of the picture; each is kept for the book at once."""

    def __init__(self, desk: Desk, screen: SetupScreen, feed: PictureFeed) -> None:
        self._desk = desk
        self._screen = screen
        self._feed = feed
        self._book_id = ""
        self.setup = PictureSetup()

    def take_book(self, book_id: str) -> None:
        """Look as was last looked at pages of that book."""
        if book_id == self._book_id:
            return
        self._book_id = book_id
        kept = self._desk.workspace.setting(f"picture:{book_id}")
        try:
            self.setup = msgspec.json.decode(kept, type=PictureSetup) if kept else PictureSetup()
        except msgspec.MsgspecError:
            # A setting of another version of the program is not worth a word.
            self.setup = PictureSetup()
        self._feed.set_cleaned(self.setup.cleaned)
        self._screen.show_setup(self.setup)

    def toggle_cleaned(self) -> None:
        """F6: the other picture of the page."""
        self._feed.toggle()
        self._change(cleaned=self._feed.cleaned)

    def more_contrast(self) -> None:
        """The next step of contrast, and after the last the picture as it is."""
        self._change(contrast=(self.setup.contrast + 1) % CONTRASTS)
        self._desk.shell.note(self._desk.say("ui-contrast", step=self.setup.contrast, last=CONTRASTS - 1))

    def invert(self) -> None:
        """Light for dark, or back."""
        self._change(inverted=not self.setup.inverted)

    def toggle_ruler(self) -> None:
        """Mark the row of the field, or no longer."""
        self._change(ruler=not self.setup.ruler)

    def toggle_lens(self) -> None:
        """Show the field enlarged beside the page, or no longer."""
        self._change(lens=not self.setup.lens)

    def turn(self) -> None:
        """A quarter turn clockwise on the screen."""
        self._change(turns=(self.setup.turns + 1) % 4)

    def _change(self, **changes: object) -> None:
        self.setup = msgspec.structs.replace(self.setup, **changes)
        self._screen.show_setup(self.setup)
        key, kept = f"picture:{self._book_id}", msgspec.json.encode(self.setup).decode()
        self._desk.attempt(lambda: self._desk.workspace.remember(key, kept))
