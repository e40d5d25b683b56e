"""Spells Vietnamese syllables in keys, straight from the rules of the two methods."""

from __future__ import annotations

import unicodedata

TELEX_MARK = {"â": "a", "ê": "e", "ô": "o", "ă": "w", "ơ": "w", "ư": "w", "đ": "d"}
VNI_MARK = {"â": "6", "ê": "6", "ô": "6", "ă": "8", "ơ": "7", "ư": "7", "đ": "9"}
TELEX_TONE = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
VNI_TONE = {"\u0301": "1", "\u0300": "2", "\u0309": "3", "\u0303": "4", "\u0323": "5"}
_BASE = {"â": "a", "ê": "e", "ô": "o", "ă": "a", "ơ": "o", "ư": "u", "đ": "d"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"


def without_tone(word: str) -> tuple[str, str]:
    """The word without its tone (NFC) and the tone mark."""
    parts = unicodedata.normalize("NFD", word)
    tone = next((letter for letter in parts if letter in _TONES), "")
    return unicodedata.normalize("NFC", parts.replace(tone, "") if tone else parts), tone


def keys_at_once(word: str, marks: dict[str, str], tones: dict[str, str]) -> str:
    """Every mark right after its letter, the tone at the end; ươ takes one key for both letters when it can."""
    bare, tone = without_tone(word)
    keys = ""
    for letter in bare.lower():
        keys += _BASE[letter] + marks[letter] if letter in _BASE else letter
    if "oo" in bare.lower() and marks is TELEX_MARK:
        keys = keys.replace("oo", "ooo")  # the second press takes the mark back
    return keys + tones.get(tone, "")


def keys_afterwards(word: str, marks: dict[str, str], tones: dict[str, str]) -> str:
    """All letters first, then the marks, then the tone."""
    bare, tone = without_tone(word)
    letters = "".join(_BASE.get(letter, letter) for letter in bare.lower())
    pressed = [marks[letter] for letter in bare.lower() if letter in _BASE]
    if "ươ" in bare.lower():
        pressed.remove(marks["ư"])  # one key marks both
        if bare.lower().endswith("ươ"):
            pressed.append(marks["ư"])  # at the end of a word the first press gives uơ
    if "oo" in bare.lower() and marks is TELEX_MARK:
        letters = letters.replace("oo", "ooo")
    return letters + "".join(pressed) + tones.get(tone, "")
