"""Which encoding a column of old text is in, proved by the syllables of Vietnamese: a guess that a person agrees to.

Each encoding is tried; the share of lawful syllables among the words that bear more than ASCII says how well it fits.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

import msgspec

from hotich.legacy_text import Encoding, as_bytes, to_unicode
from hotich.letters import nfc
from hotich.syllables import looks_vietnamese_syllable

TRIED: Final = (Encoding.UNICODE, Encoding.TCVN3, Encoding.VNI, Encoding.VPS, Encoding.VISCII, Encoding.UTF8)
"""In the order in which an equal fit is settled: what changes nothing first."""

MOST_TEXTS: Final = 600
"""Different texts of a column that are looked at; more do not change the guess, and take their time."""

SURE_SHARE: Final = 0.9
"""From this share of lawful syllables a decoding is believed; names of other peoples and misprints are the rest."""

SURE_MARGIN: Final = 0.1
"""By so much it must lead every other decoding that would give other letters."""

MIXED_SHARE: Final = 0.03
"""A column is mixed when at least this share of its texts is lawful in another encoding alone."""

_SPLIT: Final = re.compile(r"[ \t\r\n\xa0.,;:/\\()\[\]\-–'\"0-9_+*&?!=]+")


class Guess(msgspec.Struct, frozen=True):
    """What a column seems to be. `share` is 0-1 of lawful syllables, `margin` how far it leads what reads otherwise.

    `shares` has every encoding tried. `others` counts texts that only another encoding makes lawful: the column mixes.
    """

    encoding: Encoding
    share: float
    margin: float
    words: int
    shares: dict[Encoding, float] = {}
    others: dict[Encoding, int] = {}

    @property
    def plain(self) -> bool:
        """Whether nothing in the column bears more than ASCII: there is nothing to decode."""
        return self.words == 0

    @property
    def sure(self) -> bool:
        """Whether the figures speak for themselves; a person agrees all the same."""
        return self.plain or (self.share >= SURE_SHARE and self.margin >= SURE_MARGIN and not self.others)


class Decoded(msgspec.Struct, frozen=True):
    """A cell in Unicode; not `certain` where its letters are lawful both as they are and decoded otherwise."""

    text: str
    certain: bool = True


def guess(texts: Iterable[str], chosen: Encoding | None = None) -> Guess:
    """The encoding that makes most words of the column lawful; or how well the one fits that a person chose."""
    telling = _telling(texts)
    if not telling:
        return Guess(Encoding.UNICODE, 1.0, 1.0, 0)
    tried = TRIED if chosen is None or chosen in TRIED else (*TRIED, chosen)
    counts = {encoding: [_lawful(text, encoding) for text in telling] for encoding in tried}
    words = sum(len(_words(text)) for text in telling)
    shares = {encoding: sum(count) / max(words, 1) for encoding, count in counts.items()}
    best = chosen or max(TRIED, key=lambda encoding: (shares[encoding], -TRIED.index(encoding)))
    rivals = [shares[other] for other in TRIED if other is not best and _differs(telling, best, other)]
    margin = shares[best] - max(rivals, default=0.0)
    return Guess(best, shares[best], margin, words, shares, _others(telling, counts, best))


def decode(text: str, column: Guess) -> Decoded:
    """A cell of a column in the encoding that a person agreed to.

    In a column that mixes encodings a text is certain only where one of them alone makes it lawful. Among old text one
    that holds letters of Unicode is so where most of its words are lawful as they stand: else it mixes in itself.
    """
    chosen = to_unicode(text, column.encoding)
    if text.isascii() or (column.encoding is Encoding.UNICODE and not column.others):
        return Decoded(chosen)
    if as_bytes(text) is None:
        return Decoded(chosen, certain=2 * _lawful(text, Encoding.UNICODE) > len(_words(text)))
    if not column.others:
        return Decoded(chosen)
    found = {to_unicode(text, each) for each in (column.encoding, *column.others) if _is_lawful(text, each)}
    if len(found) == 1:
        return Decoded(found.pop())
    return Decoded(chosen, certain=False)


def _telling(texts: Iterable[str]) -> list[str]:
    """The different texts that bear more than ASCII, at most as many as are looked at, in order."""
    found: dict[str, None] = {}
    for text in texts:
        if not text.isascii() and text not in found:
            found[text] = None
            if len(found) >= MOST_TEXTS:
                break
        elif text.isascii() and any(ord(letter) < 32 and letter not in "\t\r\n" for letter in text):
            found[text] = None
    return list(found)


def _words(text: str) -> list[str]:
    """The words that bear more than ASCII letters, split at ASCII marks only: old letters stand at many others."""
    return [word for word in _SPLIT.split(text) if word and not (word.isascii() and word.isprintable())]


def _lawful(text: str, encoding: Encoding) -> int:
    """How many words of the text the encoding makes lawful. What no byte stands for was Unicode from the start."""
    if encoding is not Encoding.UNICODE and as_bytes(text) is None:
        return 0
    if encoding is not Encoding.UTF8:
        return sum(_fits(word, encoding) for word in _words(text))
    # Its letters are bytes that mean nothing alone, blanks among them: the text is decoded first and split then.
    mended = to_unicode(text, encoding)
    words = _words(mended) if mended != nfc(text) else []
    fitting = sum(_fits(word, Encoding.UNICODE) for word in words)
    return round(fitting / len(words) * len(_words(text))) if words else 0


def _is_lawful(text: str, encoding: Encoding) -> bool:
    return _lawful(text, encoding) == len(_words(text))


@lru_cache(maxsize=50_000)
def _fits(word: str, encoding: Encoding) -> bool:
    """Whether the word becomes a lawful syllable, small, in capitals or with one capital."""
    decoded = nfc(to_unicode(word, encoding))
    if not decoded.isalpha() or not looks_vietnamese_syllable(decoded):
        return False
    # TCVN3 has no capitals with tones: its capitals and small letters go together in one word.
    return encoding is Encoding.TCVN3 or decoded[1:].islower() or decoded[1:].isupper() or len(decoded) == 1


def _differs(texts: list[str], one: Encoding, other: Encoding) -> bool:
    return any(to_unicode(text, one) != to_unicode(text, other) for text in texts)


def _others(texts: list[str], counts: dict[Encoding, list[int]], best: Encoding) -> dict[Encoding, int]:
    """How many texts only another encoding makes lawful, where they are too many to be misprints."""
    found: dict[Encoding, int] = {}
    for place, text in enumerate(texts):
        wanted = len(_words(text))
        if not wanted or counts[best][place] == wanted:
            continue
        better = next((each for each in TRIED if counts[each][place] == wanted), None)
        # What is Unicode beyond doubt is left alone whatever is chosen; it still means that the column mixes.
        if better is not None:
            found[better] = found.get(better, 0) + 1
    least = max(1, round(MIXED_SHARE * len(texts)))
    return {encoding: count for encoding, count in found.items() if count >= least}
