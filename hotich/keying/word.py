"""One word while it is being typed: its letters, its tone, and the keys it was made of."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Final

from hotich.keying.shapes import VOWELS, nucleus
from hotich.letters import nfc

TONE: Final = -1
"""Owner of a key that set the tone and belongs to no letter."""


class TonePlace(StrEnum):
    """Where the tone of an open oa, oe, uy stands."""

    OLD = "old"
    """hòa, khỏe, thúy"""
    NEW = "new"
    """hoà, khoẻ, thuý"""


@dataclass(frozen=True, slots=True)
class Word:
    """Letters in small form with quality marks (ă â ê ô ơ ư đ), the tone mark apart, and which are capitals.

    `keys` holds every key with the index of the letter it made or marked, TONE for the key of the tone. A `plain`
    word takes every further key as it is.
    """

    letters: str = ""
    capitals: tuple[bool, ...] = ()
    tone: str = ""
    keys: tuple[tuple[str, int], ...] = field(default=())
    plain: bool = False

    @property
    def typed(self) -> str:
        """The keys as they were pressed."""
        return "".join(key for key, _ in self.keys)

    def text(self, place: TonePlace) -> str:
        """The word as it is shown (NFC)."""
        at = tone_index(self.letters, place) if self.tone else -1
        shown = [letter + self.tone if index == at else letter for index, letter in enumerate(self.letters)]
        return nfc("".join(one.upper() if up else one for one, up in zip(shown, self.capitals, strict=True)))

    def adding(self, key: str) -> Word:
        """The word with the key as one more letter."""
        return self.with_letter(key.lower() if len(key.lower()) == 1 else key, key)

    def with_letter(self, letter: str, key: str) -> Word:
        """The word with one more letter, made by that key."""
        made = (key, len(self.letters))
        is_capital = key.isupper() or key in "{}"
        return replace(
            self, letters=self.letters + letter, capitals=(*self.capitals, is_capital), keys=(*self.keys, made)
        )

    def marked(self, changes: dict[int, str], key: str) -> Word:
        """The word with the letters at those places changed by the key."""
        letters = "".join(changes.get(index, letter) for index, letter in enumerate(self.letters))
        return replace(self, letters=letters, keys=(*self.keys, (key, max(changes))))

    def toned(self, tone: str, key: str) -> Word:
        """The word with another tone."""
        return replace(self, tone=tone, keys=(*self.keys, (key, TONE)))

    def as_typed(self) -> Word:
        """The keys themselves as letters, and plain from now on."""
        word = Word()
        for key, _ in self.keys:
            word = word.adding(key)
        return replace(word, plain=True)

    def without_last(self) -> Word:
        """The word after Backspace: the last letter goes with its marks, and the tone with the last vowel."""
        last = len(self.letters) - 1
        letters = self.letters[:last]
        tone = self.tone if any(letter in VOWELS for letter in letters) else ""
        kept = tuple((key, owner) for key, owner in self.keys if owner != last and (tone or owner != TONE))
        return replace(self, letters=letters, capitals=self.capitals[:last], tone=tone, keys=kept)


_MARKED: Final = "ăâêôơư"
_MOVABLE: Final = ("oa", "oe", "uy")


def tone_index(letters: str, place: TonePlace) -> int:
    """Return the index of the letter that bears the tone, -1 in a word without a vowel.

    On the vowel with a quality mark (the second of ươ); else on the middle one of three, on the second before a
    consonant, on the first of two at the end, where oa, oe, uy follow the chosen custom.
    """
    start, end = nucleus(letters)
    vowels = letters[start:end]
    if not vowels:
        return -1
    marked = [start + index for index, letter in enumerate(vowels) if letter in _MARKED]
    if marked:
        return marked[-1]
    if len(vowels) == 1:
        return start
    if len(vowels) > 2 or end < len(letters):
        return start + 1
    return start + (1 if vowels in _MOVABLE and place is TonePlace.NEW else 0)
