"""The letters that the recogniser can write: class 0 is "nothing", class i is LETTERS[i - 1]."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from typing import Final

from hotich.letters import fold, nfc

TONES: Final = ("", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323")
VOWELS: Final = "aăâeêioôơuưy"
PLAIN: Final = "abcdefghijklmnopqrstuvwxyz"
DIGITS: Final = "0123456789"
PUNCTUATION: Final = " .,:;/-()'\"+&%°?!*=#–“”’…"

ACCENTED: Final = (*sorted({nfc(vowel + tone) for vowel in VOWELS for tone in TONES} - set("aeiouy")), "đ")
"""The 67 small letters of Vietnamese that plain Latin lacks."""

LETTERS: Final = tuple(DIGITS + PUNCTUATION + PLAIN + PLAIN.upper()) + ACCENTED + tuple(c.upper() for c in ACCENTED)
CLASSES: Final = len(LETTERS) + 1

_INDEX: Final = {letter: index for index, letter in enumerate(LETTERS, start=1)}
_SAME: Final = {"«": '"', "»": '"', "‘": "'", "ð": "đ", "Ð": "Đ", "—": "–", "º": "°", "œ": "oe", "Œ": "Oe", "æ": "ae"}


def writable(text: str) -> str | None:
    """The text in letters of this alphabet, or None when it holds a letter that has no counterpart.

    French ç, ë, ï, û and the like lose their mark: the ink of the base letter is the same.
    """
    written = []
    for letter in " ".join(nfc(text).split()):
        letter = _SAME.get(letter, letter)
        if all(part in _INDEX for part in letter):
            written.append(letter)
            continue
        base = unicodedata.normalize("NFD", letter)[0]
        if base not in _INDEX or not base.isalpha():
            return None
        written.append(base)
    return "".join(written)


def classes_of(text: str) -> list[int]:
    """The classes of a text of this alphabet. Raises KeyError for another letter."""
    return [_INDEX[letter] for letter in text]


def text_of(path: Sequence[int]) -> str:
    """What a path of classes says: repeats merged, nothings dropped."""
    written, last = [], 0
    for index in path:
        if index and index != last:
            written.append(LETTERS[index - 1])
        last = index
    return "".join(written)


def without_marks(text: str) -> str:
    """The text in small base letters, for the error rate that leaves marks aside."""
    return fold(nfc(text))
