"""How somebody types: the own keyboard, short codes and capitals, as the preferences say."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from hotich.keying.engine import Method, Typing
from hotich.keying.input_methods import found_input_method, running_programs
from hotich.keying.macro_file import load_codes
from hotich.keying.macros import MacroTable
from hotich.keying.telex import TELEX, TELEX_BRACKETS
from hotich.keying.vni import VNI
from hotich.keying.word import TonePlace
from hotich.ui.key_ears import KeyEars
from hotich.ui.own_keyboard import OwnKeyboard
from hotich.ui.preferences import Preferences, TypingWish
from hotich.ui.text_fields import as_text_field
from hotich.ui.typing_aids import TypingAids

_METHODS: dict[str, Method] = {"telex": TELEX, "telex-brackets": TELEX_BRACKETS, "vni": VNI}


def input_method_here() -> str:
    """The input method of this computer, '' when none is found."""
    return found_input_method(os.environ, running_programs, sys.platform)


class TypingDesk(QObject):
    """Watches every text field of the application until `leave`."""

    def __init__(
        self, app: QApplication, preferences: Preferences, find_method: Callable[[], str] = input_method_here
    ) -> None:
        super().__init__(app)
        self._app = app
        self._preferences = preferences
        self._find_method = find_method
        self._found: str | None = None
        self.keyboard = OwnKeyboard(self)
        self.aids = TypingAids(self)
        # Short codes are asked first: they see letters that the keyboard has already marked.
        self.ears = KeyEars(self, self.aids, self.keyboard)
        app.installEventFilter(self.ears)
        self.follow()

    @property
    def input_method(self) -> str:
        """The input method found at the first question, '' when there is none."""
        if self._found is None:
            self._found = self._find_method()
        return self._found

    @property
    def method(self) -> str:
        """The own method in use, '' while it is off."""
        return self.keyboard.typing.method.name if self.keyboard.typing is not None else ""

    def follow(self) -> None:
        """Type as the preferences say from now on."""
        wish = self._preferences.typing
        self.keyboard.use(_typing(wish))
        self.aids.table = load_codes(self._preferences.short_codes_file) if wish.short_codes else MacroTable()
        self.aids.capitals = wish.capitals

    def expand(self) -> None:
        """Write out the short code before the cursor of the field in hand."""
        field = as_text_field(QApplication.focusWidget())
        if field is not None:
            self.aids.expand_now(field)

    def leave(self) -> None:
        """Watch nothing any more."""
        self._app.removeEventFilter(self.ears)


def _typing(wish: TypingWish) -> Typing | None:
    method = _METHODS.get(wish.method)
    if method is None:
        return None
    place = TonePlace.NEW if wish.new_tone_place else TonePlace.OLD
    return Typing(method, place, strict=not wish.any_word)
