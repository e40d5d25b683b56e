"""What the window remembers: its size, colours, type size and language. Never anything of a person or a record."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QByteArray, QSettings

from hotich.messages import Language
from hotich.ui.theme import ThemeName
from hotich.ui.widgets.scan_view import CLOSEST, FARTHEST

TYPE_SIZES = (90, 100, 115, 130, 150)


class Preferences:
    """Kept in one INI file; an unknown or damaged value counts as not set."""

    def __init__(self, file: Path) -> None:
        self._settings = QSettings(str(file), QSettings.Format.IniFormat)

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
        return int(found) if found.isdigit() and int(found) in TYPE_SIZES else 100

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
