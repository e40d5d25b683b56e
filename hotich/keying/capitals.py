"""Capitals of names, word by word while they are typed."""

from __future__ import annotations

from typing import Final

from hotich.person_names import name_case

_NOT_NAMES: Final = frozenset({"tức", "hay", "và", "hoặc", "không", "chưa", "nt"})
"""Small words in the field of a name that belong to no name: (tức …), không rõ, nt."""
_AFTER_WHICH_NO_NAME: Final = frozenset({"không", "chưa"})


def capital_word(word: str, before: str = "") -> str | None:
    """Return a word of a name with its capitals, None when it stays as it was typed.

    Only words typed in small letters throughout are changed: a capital anywhere is the clerk's own choice. Names of
    ethnic groups keep their form: h'mlưng becomes H'Mlưng, k'brẽo K'Brẽo, y Y. `before` is the text before the word.
    """
    last = before.split()[-1:]
    if not word.islower() or word.strip("()") in _NOT_NAMES or (last and last[0].casefold() in _AFTER_WHICH_NO_NAME):
        return None
    cased = name_case(word)
    return cased if cased != word else None
