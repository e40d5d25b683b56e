"""Vietnamese letters: normal forms, folding keys and alphabetical order.

Keys are for comparing and finding only. The text as written is never replaced by a key.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Final

TONE_MARKS: Final = ("\u0300", "\u0309", "\u0303", "\u0301", "\u0323")
"""Huyền, hỏi, ngã, sắc, nặng: combining marks in dictionary order; the level tone (ngang) has none."""

_QUALITY_MARKS: Final = "\u0302\u0306\u031b"  # â ê ô, ă, ơ ư
_VOWELS: Final = "aăâeêioôơuưy"
_UNSEEN: Final = (0x200B, 0x200C, 0x200D, 0x2060, 0xFEFF, 0x200E, 0x200F, 0x7F)
_INVISIBLE: Final = dict.fromkeys((*_UNSEEN, *range(0x202A, 0x202F), *range(0x2066, 0x206A), *range(9), *range(14, 28)))
"""Marks without width, those that turn the direction of writing, and control letters, which databases refuse."""
_MAX_FOLD_ROUNDS: Final = 6


def nfc(text: str) -> str:
    """Return the text in Unicode NFC, the only form that is stored."""
    return unicodedata.normalize("NFC", text)


def _accented_lower() -> tuple[str, ...]:
    letters = [nfc(vowel + tone) for vowel in _VOWELS for tone in ("", *TONE_MARKS)]
    return (*(letter for letter in letters if not letter.isascii()), "đ")


ACCENTED: Final[tuple[str, ...]] = (*_accented_lower(), *(letter.upper() for letter in _accented_lower()))
"""The 134 Vietnamese letters that bear a mark: 67 small ones, then the same 67 as capitals, all NFC."""

_ETH: Final = {0xF0: "đ", 0xD0: "Đ"}


def mend_eth(text: str) -> str:
    """Return the text with the Icelandic eth (ð, Ð) replaced by the Vietnamese đ, Đ.

    Some input methods and old fonts produce eth, which looks the same. Call it only where the change is shown.
    """
    return text.translate(_ETH)


def squeeze(text: str) -> str:
    """Return the text in NFC with runs of white space as one space, none at the ends, marks nobody sees dropped."""
    return " ".join(nfc(text.translate(_INVISIBLE)).split())


def split_tone(letter: str) -> tuple[str, str]:
    """Return a letter without its tone mark (quality mark kept, NFC) and the tone mark, "" when it has none."""
    parts = unicodedata.normalize("NFD", letter)
    tone = next((mark for mark in parts if mark in TONE_MARKS), "")
    return (nfc(parts.replace(tone, "", 1)), tone) if tone else (letter, "")


def _plain_base(letter: str) -> str:
    return "d" if letter in "đĐ" else unicodedata.normalize("NFD", letter)[0].lower()


def _fold_table() -> dict[int, str | None]:
    table: dict[int, str | None] = {code: chr(code).lower() if chr(code).isalnum() else " " for code in range(128)}
    table.update({ord(letter): _plain_base(letter) for letter in ACCENTED})
    table.update({ord(mark): None for mark in (*TONE_MARKS, *_QUALITY_MARKS)})
    table.update({0xF0: "d", 0xD0: "d"})
    return table


_FOLD: Final = _fold_table()
_UNMARK: Final = {code: base for code, base in _FOLD.items() if base != " "}


def fold(text: str) -> str:
    """Return the comparison key: small letters without any mark, đ and ð as d, punctuation as single spaces.

    Equal for NFC and NFD, and folding a key gives the same key.
    """
    quick = text.translate(_FOLD)
    return " ".join(quick.split()) if quick.isascii() else _fold_any_script(text)


def _fold_any_script(text: str) -> str:
    """Return the key of a text with letters beyond Vietnamese (Êđê ŏ, č, ƀ, foreign names, stray symbols).

    Repeated until stable, because folding the case of a compatibility letter can bring out another mark.
    """
    key = text
    for _ in range(_MAX_FOLD_ROUNDS):
        before = key
        key = _fold_once(key)
        if key == before:
            break
    return key


def _fold_once(text: str) -> str:
    letters = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    bare = "".join(letter for letter in letters if unicodedata.category(letter) != "Mn")
    plain = bare.translate(_FOLD)
    return " ".join("".join(letter if letter.isalnum() else " " for letter in plain).split())


def unmark(text: str) -> str:
    """Return small letters without marks but with the punctuation kept, compatibility forms (…, full-width) resolved.

    Made for parsers, which need the separators that `fold` drops.
    """
    wide = unicodedata.normalize("NFKC", text.translate(_INVISIBLE))
    plain = unicodedata.normalize("NFKD", wide.casefold()).translate(_UNMARK)
    return " ".join(plain.split())


_ALPHABET_STEP: Final = {"ă": "a~", "â": "a~~", "đ": "d~", "ð": "d~", "ê": "e~", "ô": "o~", "ơ": "o~~", "ư": "u~"}


def _letter_rank(letter: str) -> tuple[str, str]:
    base, tone = split_tone(letter)
    rank = str(TONE_MARKS.index(tone) + 1) if tone else "0"
    if base in _ALPHABET_STEP:
        return _ALPHABET_STEP[base], rank
    return fold(base) or base, rank


def _word_sort_key(word: str) -> str:
    ranks = [_letter_rank(letter) for letter in word]
    return "".join(rank[0] for rank in ranks) + "!" + "".join(rank[1] for rank in ranks)


def sort_key(text: str) -> str:
    """Return a string whose plain order is Vietnamese alphabetical order, word by word (An, Ánh, Ăn, Ân, Dung, Đào).

    Letters come first (a ă â … d đ … u ư), then tones (ngang, huyền, hỏi, ngã, sắc, nặng); case does not count.
    The key can be stored and indexed: it holds neither control nor NUL characters of its own.
    """
    small = nfc(text).casefold()
    spaced = "".join(letter if letter.isalnum() else " " for letter in nfc(small))
    return " ".join(_word_sort_key(word) for word in spaced.split())


_DITTO_WORDS: Final = frozenset({"nt", "n t", "n/t", "nhu tren", "giong tren", "cung tren", "ditto"})
_DITTO_STROKES: Final = frozenset("/\"'”“″〃’‘`\\|")
_DASHES: Final = "-–—−‐‑"


@lru_cache(maxsize=4096)  # asked of the same texts at every key
def is_ditto(text: str) -> bool:
    """Tell whether the text is a mark for "same as above": nt, -nt-, //, -//-, ", như trên, a lone dash."""
    compact = squeeze(text)
    if not compact:
        return False
    inner = compact.strip(_DASHES + " ._")
    if not inner:
        return any(letter in _DASHES for letter in compact) and not set(compact) & {".", "_"}
    strokes = inner.replace(" ", "")
    if set(strokes) <= _DITTO_STROKES | set(_DASHES) and len(strokes) <= 8:
        return True
    return unmark(inner).replace(".", " ").strip() in _DITTO_WORDS or fold(inner) in _DITTO_WORDS
