"""F1: the keys of the screen and a short guide to it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from importlib import resources

from PySide6.QtWidgets import QDialogButtonBox, QTextBrowser, QWidget

from hotich.messages import Language
from hotich.ui.actions import shown_keys, spelled
from hotich.ui.keys import Key, Where, keys_of
from hotich.ui.presenters.desk import Screen
from hotich.ui.views.dialogs import Button, Sheet


def guide(screen: Screen, language: Language) -> str:
    """The guide to a screen in Markdown."""
    file = resources.files("hotich.ui") / "resources" / "help" / language.value / f"{screen.value}.md"
    return file.read_text(encoding="utf-8")


TYPED_INTO = (Screen.ENTRY, Screen.CAROUSEL, Screen.SHEET)
"""Screens on which words and dates are typed."""


def typing_guide(language: Language) -> str:
    """How words and dates are typed, in Markdown, with the keys as they are now."""
    file = resources.files("hotich.ui") / "resources" / "help" / language.value / "typing.md"
    keys = {key_id: shown_keys(key_id) for key_id in ("typing", "short-codes", "expand-code")}
    return file.read_text(encoding="utf-8").format_map(keys)


def keys_table(keys: tuple[Key, ...], language: Language, headings: tuple[str, str]) -> str:
    """The keys as a Markdown table."""
    lines = [f"| {headings[0]} | {headings[1]} |", "|---|---|"]
    for key in keys:
        lines.append(f"| **{spelled(key.sequence)}** | {key.label(language.value)} |")
    return "\n".join(lines)


class HelpSheet(Sheet):
    """Guide, keys of this screen, keys that work everywhere."""

    def __init__(self, parent: QWidget, screen: Screen, language: Language, ask: Callable[[str], object]) -> None:
        super().__init__(parent, "", "", Button.Close)
        self.setWindowTitle(self.tr("Giúp"))
        self.resize(760, 620)
        headings = (self.tr("Phím"), self.tr("Việc"))
        parts = [
            guide(screen, language),
            *([typing_guide(language)] if screen in TYPED_INTO else []),
            self.tr("## Phím của màn hình này"),
            keys_table(keys_of(Where(screen.value)), language, headings),
            self.tr("## Phím ở mọi màn hình"),
            keys_table(keys_of(Where.EVERYWHERE), language, headings),
        ]
        text = QTextBrowser(self)
        text.setAccessibleName(self.tr("Hướng dẫn"))
        text.setMarkdown("\n\n".join(parts))
        self.put(text)
        for key_id, words in (("keys", self.tr("Đổi phím")), ("tour", self.tr("Năm điều cần biết"))):
            made = self.buttons.addButton(f"{words} ({shown_keys(key_id)})", QDialogButtonBox.ButtonRole.ActionRole)
            made.setAccessibleName(words)
            made.clicked.connect(partial(self._instead, ask, key_id))
        text.setFocus()

    def _instead(self, ask: Callable[[str], object], key_id: str) -> None:
        """Make room for what was asked for."""
        self.accept()
        ask(key_id)
