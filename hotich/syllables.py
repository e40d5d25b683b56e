"""Vietnamese syllables: where the tone mark sits, i and y, and whether a word is built like Vietnamese."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from hotich.letters import TONE_MARKS, nfc, split_tone

_WORD: Final = re.compile(r"[^\W\d_]+")
_ONSET_LIST: Final = "b c ch d đ g gh gi h k kh l m n ng ngh nh p ph qu r s t th tr v x"
_RHYME_LIST: Final = """
    a ac ach ai am an ang anh ao ap at au ay
    ăc ăm ăn ăng ăp ăt
    âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et
    ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oc oi om on ong op ot ooc oong
    oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăp oăt oe oem oen oeo oet
    ô ôc ôi ôm ôn ông ôp ôt
    ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uên uênh uô uôc uôi uôm uôn uông uôp uôt uơ
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươ ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
"""
ONSETS: Final = frozenset(_ONSET_LIST.split()) | {""}
RHYMES: Final = frozenset(_RHYME_LIST.split())
_FRONT: Final = "ieêy"
_FRONT_ONSETS: Final = frozenset({"k", "gh", "ngh"})
_BACK_ONSETS: Final = frozenset({"c", "g", "ng"})
_STOP_CODA: Final = re.compile(r"(?:c|ch|p|t)$")
_STOP_TONES: Final = frozenset({"\u0301", "\u0323"})
_MOVABLE: Final = ("oa", "oe", "uy")
_ONSET_PATTERN: Final = re.compile("|".join(sorted(ONSETS - {""}, key=len, reverse=True)))
_I_OR_Y: Final = re.compile(r"(h|k|l|m|s|t|v|qu)y(?=\d?$)")


def _split_tones(word: str) -> tuple[str, tuple[tuple[int, str], ...]]:
    """Return the NFC word without tone marks and the (index, mark) of every tone in it."""
    pairs = [split_tone(letter) for letter in word]
    return "".join(base for base, _ in pairs), tuple((i, tone) for i, (_, tone) in enumerate(pairs) if tone)


def rhyme_fits(onset: str, rhyme: str) -> bool:
    if not rhyme:
        return onset == "gi"
    if onset == "qu":
        return "u" + rhyme in RHYMES or "o" + rhyme in RHYMES
    if onset == "gi":
        return rhyme in RHYMES or "i" + rhyme in RHYMES
    if onset in _FRONT_ONSETS and rhyme[0] not in _FRONT:
        return False
    if onset in _BACK_ONSETS and rhyme[0] in _FRONT:
        return False
    return rhyme in RHYMES


def _onset_and_rhyme(bare: str) -> tuple[str, str] | None:
    """Return onset and rhyme of a small toneless word that is built like a Vietnamese syllable, else None."""
    found = _ONSET_PATTERN.match(bare)
    onset = found.group() if found else ""
    if rhyme_fits(onset, bare[len(onset) :]):
        return onset, bare[len(onset) :]
    return None


def looks_vietnamese_syllable(word: str) -> bool:
    """Tell whether one word is built like a Vietnamese syllable: onset, rhyme, and a tone its ending allows.

    A note for the person who checks, never a reason to reject: Ê Đê, Cơ Ho and foreign names are lawful.
    """
    bare, tones = _split_tones(nfc(word).lower())
    if len(tones) > 1 or _onset_and_rhyme(bare) is None:
        return False
    if _STOP_CODA.search(bare):
        return bool(tones) and tones[0][1] in _STOP_TONES
    return True


def _move_tone(word: str, place: int) -> str:
    """Return the word with its tone on vowel `place` (0 or 1) of a final oa, oe, uy; other words unchanged."""
    bare, tones = _split_tones(word)
    rhyme_start = len(bare) - 2
    if len(tones) != 1 or len(bare) < 2 or tones[0][0] < rhyme_start:
        return word
    if _onset_and_rhyme(bare.lower()) is None or bare.lower()[-2:] not in _MOVABLE:
        return word
    if bare.lower()[:rhyme_start] == "q" or bare.lower()[:rhyme_start] not in ONSETS:
        return word  # the u of qu belongs to the onset
    target = rhyme_start + place
    return nfc(bare[: target + 1] + tones[0][1] + bare[target + 1 :])


def _map_words(text: str, change: Callable[[str], str]) -> str:
    return _WORD.sub(lambda found: change(found.group()), nfc(text))


def place_tone_old(text: str) -> str:
    """Return the text (NFC) with tones of open oa, oe, uy on the first vowel: hòa, khỏe, thúy."""
    return _map_words(text, lambda word: _move_tone(word, 0))


def place_tone_new(text: str) -> str:
    """Return the text (NFC) with tones of open oa, oe, uy on the main vowel: hoà, khoẻ, thuý (QĐ 1989/QĐ-BGDĐT)."""
    return _map_words(text, lambda word: _move_tone(word, 1))


def _tone_at_end(word: str) -> str:
    bare, tones = _split_tones(word)
    return bare + str(TONE_MARKS.index(tones[0][1]) + 1) if len(tones) == 1 else word


def tone_key(text: str) -> str:
    """Return a key equal for both places of the tone mark: small letters, tone as a digit after the word.

    1 huyền, 2 hỏi, 3 ngã, 4 sắc, 5 nặng; `hòa` and `hoà` both give `hoa1`. Quality marks and đ stay.
    """
    return _map_words(nfc(text).casefold(), _tone_at_end)


_KEY_WORD: Final = re.compile(r"[^\W\d_]+\d?")


def iy_key(text: str) -> str:
    """Return `tone_key` with final y as i after h, k, l, m, s, t, v, qu: Mỹ and Mĩ, Lý and Lí, Quý and Quí agree."""
    return _KEY_WORD.sub(lambda found: _i_for_y(found.group()), tone_key(text))


def _i_for_y(word: str) -> str:
    found = _I_OR_Y.match(word)
    return found.group(1) + "i" + word[found.end() :] if found else word
