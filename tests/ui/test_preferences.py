"""What the window remembers, and that a damaged file does no harm."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings

from hotich.ui.preferences import Preferences, TypingWish


def test_typing_keys_and_cards_come_back(tmp_path: Path) -> None:
    file = tmp_path / "window.ini"
    first = Preferences(file)
    assert first.typing == TypingWish() and first.keys == {} and not first.tour_seen and first.pace_shown
    wish = TypingWish("vni", new_tone_place=True, any_word=True, short_codes=False, capitals=True)
    first.typing, first.keys, first.tour_seen, first.pace_shown = wish, {"blank": "F10"}, True, False
    first.keep()
    again = Preferences(file)
    assert (again.typing, again.keys, again.tour_seen, again.pace_shown) == (wish, {"blank": "F10"}, True, False)
    assert again.short_codes_file.parent == tmp_path


@pytest.mark.parametrize("spoilt", ["{", "[]", "5", '{"blank": "F8"}', '{"blank": "A"}', '{"x": "F10"}', "null"])
def test_a_spoilt_choice_of_keys_counts_as_none(tmp_path: Path, spoilt: str) -> None:
    file = tmp_path / "window.ini"
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.setValue("keys", spoilt)
    settings.setValue("typing/method", "qwerty")
    settings.setValue("typing/capitals", "perhaps")
    settings.sync()
    preferences = Preferences(file)
    assert preferences.keys == {} and preferences.typing == TypingWish()
