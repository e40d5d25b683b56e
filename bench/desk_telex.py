"""What a Telex typist presses for a word, and what stands on the screen after each of the keys."""

from __future__ import annotations

import unicodedata
from functools import cache

from hotich.keying.engine import Typing, type_keys
from hotich.keying.telex import TELEX
from hotich.letters import nfc

_TYPING = Typing(TELEX, strict=False)
_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}
_SHAPES = {"\u0302": "", "\u0306": "w", "\u031b": "w"}
_PLAIN = "sfrxjwz"


@cache
def keys_of(text: str) -> str:
    """The keys for the text, a capital standing for Shift and a letter: Nguyễn is Nguyeenx."""
    return " ".join(_word_keys(word) for word in nfc(text).split(" "))


@cache
def shown(keys: str) -> str:
    """What the keys leave on the screen."""
    return type_keys(keys, _TYPING)


def strokes(text: str) -> int:
    """How many keys the text costs, Shift counted once for every capital."""
    keys = keys_of(text)
    return len(keys) + shifts(keys)


def shifts(keys: str) -> int:
    """How often Shift is held: for capitals and for signs above other signs."""
    return sum(key.isupper() or key in '()"?:%+' for key in keys)


def steps(text: str) -> list[tuple[str, str]]:
    """Each key of the text with what then stands on the screen; after the last one that is the text itself.

    Where Telex puts a mark at another letter than the text has (Thuỷ for Thủy) the last key makes it right: an input
    method has a setting for it, and the number of keys is the same."""
    keys = keys_of(text)
    made = [(key, shown(keys[: place + 1])) for place, key in enumerate(keys)]
    return [*made[:-1], (keys[-1], nfc(text))] if made else []


def _word_keys(word: str) -> str:
    """The marks of letters right behind them, the tone at the end of the word, as people are taught."""
    natural = _spelt(word, at_end=True)
    for keys in (natural, _spelt(word, at_end=False), _escaped(word)):
        if _same(shown(keys), word):
            return keys
    return natural


def _same(one: str, other: str) -> bool:
    """Whether the words agree but for the letter that carries the tone."""
    return sorted(unicodedata.normalize("NFD", one)) == sorted(unicodedata.normalize("NFD", other))


def _spelt(word: str, *, at_end: bool) -> str:
    keys, tone = "", ""
    for letter in word:
        base, marks = _parts(letter)
        own = "".join(_TONES.get(mark, "") for mark in marks)
        keys += base + "".join(_SHAPES[mark] or base.lower() for mark in marks if mark in _SHAPES)
        keys += "d" if letter in "đĐ" else "" if at_end else own
        tone += own if at_end else ""
    return keys + tone


def _escaped(word: str) -> str:
    """A letter that Telex would take for a mark is pressed twice: Kbuôr ends in rr."""
    keys = ""
    for letter in word:
        spelt = _spelt(letter, at_end=False)
        doubled = spelt + letter.lower() if letter.lower() in _PLAIN and keys else spelt
        keys += spelt if _same(shown(keys + spelt), shown(keys) + letter) else doubled
    return keys


def _parts(letter: str) -> tuple[str, str]:
    if letter in "đĐ":
        return ("d" if letter == "đ" else "D"), ""
    whole = unicodedata.normalize("NFD", letter)
    return whole[0], whole[1:]
