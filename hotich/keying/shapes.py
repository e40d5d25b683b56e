"""Which letters can still become a syllable: Vietnamese ones, and those of names of the Central Highlands.

Marks may come after the word, so a letter without a mark may still get one: `huong` can become `hương`.
"""

from __future__ import annotations

from functools import cache, lru_cache
from typing import Final

from hotich.syllables import ONSETS, RHYMES, rhyme_fits

HUYEN, HOI, NGA, SAC, NANG = "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"
VOWELS: Final = "aăâeêioôơuưy"

_HIGHLAND_ONSETS: Final = frozenset(
    """
    bh bj bk bkr bl br by chr dh dj dl dr đl đr gl gr hb hd hđ hg hj hk hl hm hn hng hnh hr ht hw hy
    kb kbr kc kch kd kđ kđr kg kl km kn kp kr kt ktl kv ky mb md mđ mg mj mk ml mn mng mr mt nd nđ ngr nj
    pl pn pr pt rb rc rch rd rh rl rm rn sl sm sr tl j
    """.split()
)
"""Beginnings in names of Ê Đê, Gia Rai, Ba Na, Cơ Ho, Mnông: Mlô, Brẽo, Hdương, Kpă, Krông, Bkrông."""
_HIGHLAND_NUCLEI: Final = "a ă â e ê i o ô ơ u ư ia iê ua uô ươ oa".split()
_HIGHLAND_CODAS: Final = ("", "c", "h", "i", "k", "l", "m", "n", "ng", "o", "p", "t", "u")
_HIGHLAND_RHYMES: Final = frozenset(nucleus + coda for nucleus in _HIGHLAND_NUCLEI for coda in _HIGHLAND_CODAS)
_LEADING_VOWELS: Final = frozenset("aê")
"""A vowel that stands alone before the syllable in such names: Êban, Êđê, Adrơng."""
_MAY_BECOME: Final = {"a": "aăâ", "e": "eê", "o": "oôơ", "u": "uư", "d": "dđ"}
_STOPS: Final = ("c", "ch", "k", "p", "t")
_LEVEL_OR_STOPPED: Final = frozenset({"", SAC, NANG})


def could_be(letters: str, tone: str) -> bool:
    """Tell whether small letters (quality marks kept, tone apart) can still become a syllable with that tone."""
    if tone not in _LEVEL_OR_STOPPED and letters.endswith(_STOPS):
        return False
    return could_begin(letters)


@lru_cache(maxsize=8192)
def could_begin(letters: str) -> bool:
    """Tell whether the letters are the beginning of a syllable, whatever marks are still to come."""
    if _begins_syllable(letters):
        return True
    return len(letters) > 1 and letters[0] in _LEADING_VOWELS and letters[1] not in VOWELS and could_begin(letters[1:])


def _begins_syllable(letters: str) -> bool:
    if any(_agrees(letters, onset) for onset in _all_onsets()):
        return True
    starts = [onset for onset in _all_onsets() if len(onset) < len(letters) and _agrees(letters[: len(onset)], onset)]
    return any(_agrees(letters[len(onset) :], body) for onset in starts for body in _bodies(onset))


def _agrees(typed: str, whole: str) -> bool:
    """Tell whether what is typed is the beginning of `whole`, up to marks that are still to come."""
    if len(typed) > len(whole):
        return False
    return all(
        wanted in _MAY_BECOME.get(letter, letter) for letter, wanted in zip(typed, whole[: len(typed)], strict=True)
    )


@cache
def _all_onsets() -> tuple[str, ...]:
    return tuple(sorted(ONSETS | _HIGHLAND_ONSETS))


@cache
def _bodies(onset: str) -> tuple[str, ...]:
    """Return what may follow an onset."""
    if onset in _HIGHLAND_ONSETS:
        return tuple(sorted(RHYMES | _HIGHLAND_RHYMES))
    bodies = {body for rhyme in RHYMES for body in (rhyme, rhyme[1:]) if rhyme_fits(onset, body)}
    if onset not in ("qu", "gi"):
        bodies |= _HIGHLAND_RHYMES
    return tuple(sorted(bodies))


def nucleus(letters: str) -> tuple[int, int]:
    """Return where the vowels of the syllable in hand begin and end, an empty span at the end when there is none yet.

    The u of qu and the i of gi before another vowel are not of them.
    """
    start = _skip(letters, _leading(letters), in_vowels=False)
    before, first, second = letters[start - 1 : start], letters[start : start + 1], letters[start + 1 : start + 2]
    if (before == "q" and first == "u") or (before == "g" and first == "i" and second in _VOWEL):
        start += 1
    return start, _skip(letters, start, in_vowels=True)


_VOWEL: Final = frozenset(VOWELS)


def _leading(letters: str) -> int:
    """Return 1 where a lone vowel stands before another syllable: Êban."""
    if letters[:1] not in _LEADING_VOWELS or letters[1:2] in _VOWEL:
        return 0
    return 0 if _begins_syllable(letters) else 1


def _skip(letters: str, place: int, *, in_vowels: bool) -> int:
    while place < len(letters) and (letters[place] in _VOWEL) is in_vowels:
        place += 1
    return place
