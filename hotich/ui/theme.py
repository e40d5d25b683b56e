"""Colours, fonts and the style sheet: light, dark and high contrast."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from importlib import resources
from pathlib import Path

from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

FONT_FILES = ("BeVietnamPro-Regular.ttf", "BeVietnamPro-Bold.ttf")
BASE_POINTS, TITLE_POINTS = 10.0, 15.0


class ThemeName(StrEnum):
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"


@dataclass(frozen=True, slots=True)
class Theme:
    """The colours of one theme as #rrggbb; every text colour has a contrast of at least 4.5 on its ground."""

    window: str
    base: str
    alternate: str
    text: str
    muted: str
    border: str
    accent: str
    on_accent: str
    error: str
    warning: str
    fine: str
    suggestion: str
    focus: str
    raised: str


THEMES: dict[ThemeName, Theme] = {
    ThemeName.LIGHT: Theme(
        window="#f3f4f6",
        base="#ffffff",
        alternate="#f0f4f9",
        text="#1a1d21",
        muted="#565d66",
        border="#838a93",
        accent="#14539a",
        on_accent="#ffffff",
        error="#b3161b",
        warning="#8a5200",
        fine="#1b6e3a",
        suggestion="#5f6670",
        focus="#14539a",
        raised="#e6e9ee",
    ),
    ThemeName.DARK: Theme(
        window="#22262c",
        base="#191c21",
        alternate="#20252c",
        text="#e7e9ec",
        muted="#a9b1bb",
        border="#707a87",
        accent="#8abef5",
        on_accent="#10141a",
        error="#ff8f8a",
        warning="#f1b95b",
        fine="#7fd39b",
        suggestion="#a9b1bb",
        focus="#8abef5",
        raised="#2f353d",
    ),
    ThemeName.CONTRAST: Theme(
        window="#000000",
        base="#000000",
        alternate="#141414",
        text="#ffffff",
        muted="#e0e0e0",
        border="#ffffff",
        accent="#ffe000",
        on_accent="#000000",
        error="#ff9d9d",
        warning="#ffc34d",
        fine="#7dffa0",
        suggestion="#d6d6d6",
        focus="#ffe000",
        raised="#1c1c1c",
    ),
}

_active = THEMES[ThemeName.LIGHT]


def active() -> Theme:
    """The colours in use; for what paints itself."""
    return _active


def load_fonts() -> str:
    """The family of the shipped font, registered with Qt. Raises FileNotFoundError when a file is missing."""
    folder = resources.files("hotich") / "fonts"
    families: list[str] = []
    for name in FONT_FILES:
        number = QFontDatabase.addApplicationFontFromData((folder / name).read_bytes())
        families += QFontDatabase.applicationFontFamilies(number)
    return families[0]


def apply(app: QApplication, name: ThemeName, percent: int = 100) -> None:
    """Dress the whole application; `percent` is the size of the type."""
    global _active
    _active = THEMES[name]
    app.setStyle("Fusion")
    font = QFont(load_fonts())
    font.setPointSizeF(BASE_POINTS * percent / 100)
    app.setFont(font)
    app.setPalette(_palette(_active))
    app.setStyleSheet(_style_sheet(_active, percent))


def _palette(theme: Theme) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: theme.window,
        QPalette.ColorRole.WindowText: theme.text,
        QPalette.ColorRole.Base: theme.base,
        QPalette.ColorRole.AlternateBase: theme.alternate,
        QPalette.ColorRole.Text: theme.text,
        QPalette.ColorRole.Button: theme.raised,
        QPalette.ColorRole.ButtonText: theme.text,
        QPalette.ColorRole.BrightText: theme.error,
        QPalette.ColorRole.ToolTipBase: theme.base,
        QPalette.ColorRole.ToolTipText: theme.text,
        QPalette.ColorRole.Highlight: theme.accent,
        QPalette.ColorRole.HighlightedText: theme.on_accent,
        QPalette.ColorRole.PlaceholderText: theme.suggestion,
        QPalette.ColorRole.Link: theme.accent,
        QPalette.ColorRole.Mid: theme.border,
    }
    for role, colour in roles.items():
        palette.setColor(role, QColor(colour))
    for role in (QPalette.ColorRole.Text, QPalette.ColorRole.ButtonText, QPalette.ColorRole.WindowText):
        palette.setColor(QPalette.ColorGroup.Disabled, role, QColor(theme.muted))
    return palette


def _style_sheet(theme: Theme, percent: int) -> str:
    sheet = (resources.files("hotich.ui") / "resources" / "style.qss").read_text(encoding="utf-8")
    icons = resources.files("hotich.ui") / "resources" / "icons"
    ink = "dark" if QColor(theme.base).lightnessF() > 0.5 else "light"
    # A style sheet wants forward slashes, on Windows too.
    sheet = sheet.replace("@icons/", Path(str(icons)).as_posix() + "/").replace("@ink.", f"{ink}.")
    sheet = sheet.replace("@title_size;", f"{TITLE_POINTS * percent / 100:.1f}pt;")
    for name in Theme.__dataclass_fields__:
        sheet = sheet.replace(f"@{name};", f"{getattr(theme, name)};")
    return sheet
