"""What the window remembers: its size, colours, language, keys and way of typing. Never a person or a record."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from hotich.messages import Language
from hotich.ui.key_choice import sound
from hotich.ui.theme import ThemeName
from hotich.ui.widgets.scan_view import CLOSEST, FARTHEST

TYPE_SIZES = (90, 100, 115, 130, 150)
METHODS = ("", "telex", "telex-brackets", "vni")
"""Ways of typing of our own; the first is none: whatever the computer offers."""


@dataclass(frozen=True)
class TypingWish:
    """How somebody wants to type: the own method, the place of tones, marks on any word, short codes, capitals."""

    method: str = ""
    new_tone_place: bool = False
    any_word: bool = False
    short_codes: bool = True
    capitals: bool = False


class Preferences:
    """Kept in one INI file; an unknown or damaged value counts as not set."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)
        self.short_codes_file = file.with_name("short_codes.txt")
        """The clerk's own short codes lie beside the preferences, as a file that UniKey reads too."""

    @property
    def theme(self) -> ThemeName:
        found = str(self._settings.value("theme", ThemeName.LIGHT.value))
        return ThemeName(found) if found in set(ThemeName) else ThemeName.LIGHT

    @theme.setter
    def theme(self, name: ThemeName) -> None:
        self._settings.setValue("theme", name.value)

    @property
    def language(self) -> Language:
        found = str(self._settings.value("language", Language.VIETNAMESE.value))
        return Language(found) if found in set(Language) else Language.VIETNAMESE

    @language.setter
    def language(self, language: Language) -> None:
        self._settings.setValue("language", language.value)

    @property
    def type_size(self) -> int:
        """Per cent of the usual size."""
        found = str(self._settings.value("type_size", 100))
        return int(found) if found.isdecimal() and int(found) in TYPE_SIZES else 100

    @type_size.setter
    def type_size(self, percent: int) -> None:
        self._settings.setValue("type_size", percent)

    @property
    def zoom(self) -> float:
        """Screen pixels per original pixel that somebody chose for pages, or 0 while the zoom follows the field."""
        try:
            found = float(str(self._settings.value("zoom", 0.0)))
        except ValueError:
            return 0.0
        return found if FARTHEST <= found <= CLOSEST else 0.0

    @zoom.setter
    def zoom(self, scale: float) -> None:
        self._settings.setValue("zoom", scale)

    @property
    def keys(self) -> dict[str, str]:
        """The keys chosen for shortcuts, by id; what cannot be used is left out."""
        try:
            found = json.loads(str(self._settings.value("keys", "{}")))
        except ValueError:
            return {}
        pairs = found.items() if isinstance(found, dict) else ()
        return sound({str(key_id): str(sequence) for key_id, sequence in pairs})

    @keys.setter
    def keys(self, chosen: Mapping[str, str]) -> None:
        self._settings.setValue("keys", json.dumps(dict(chosen)))

    @property
    def typing(self) -> TypingWish:
        """How somebody wants to type."""
        return TypingWish(
            method=self._one_of("typing/method", METHODS),
            new_tone_place=self._flag("typing/new_tone_place", TypingWish.new_tone_place),
            any_word=self._flag("typing/any_word", TypingWish.any_word),
            short_codes=self._flag("typing/short_codes", TypingWish.short_codes),
            capitals=self._flag("typing/capitals", TypingWish.capitals),
        )

    @typing.setter
    def typing(self, wish: TypingWish) -> None:
        for field in fields(wish):
            self._settings.setValue(f"typing/{field.name}", getattr(wish, field.name))

    @property
    def tour_seen(self) -> bool:
        """Whether the five cards have been shown."""
        return self._flag("tour_seen", False)

    @tour_seen.setter
    def tour_seen(self, seen: bool) -> None:
        self._settings.setValue("tour_seen", seen)

    @property
    def pace_shown(self) -> bool:
        """Whether the own pace stands in the status bar."""
        return self._flag("pace_shown", True)

    @pace_shown.setter
    def pace_shown(self, shown: bool) -> None:
        self._settings.setValue("pace_shown", shown)

    @property
    def learning(self) -> bool:
        """Whether the reader of a book learns while its fields are confirmed."""
        return self._flag("learning", True)

    @learning.setter
    def learning(self, wanted: bool) -> None:
        self._settings.setValue("learning", wanted)

    def _one_of(self, name: str, lawful: tuple[str, ...]) -> str:
        found = str(self._settings.value(name, lawful[0]))
        return found if found in lawful else lawful[0]

    def _flag(self, name: str, otherwise: bool) -> bool:
        found = str(self._settings.value(name, otherwise)).lower()
        return found == "true" if found in ("true", "false") else otherwise

    def layout(self, name: str) -> QByteArray | None:
        """The remembered geometry of a window or splitter."""
        found = self._settings.value(f"layout/{name}")
        return found if isinstance(found, QByteArray) else None

    def keep_layout(self, name: str, state: QByteArray) -> None:
        """Remember the geometry of a window or splitter."""
        self._settings.setValue(f"layout/{name}", state)

    def keep(self) -> None:
        """Write the file now."""
        self._settings.sync()
