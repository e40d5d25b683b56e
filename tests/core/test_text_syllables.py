"""Tone placement, i and y, and the build of Vietnamese syllables."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.text import ACCENTED, iy_key, looks_vietnamese_syllable, place_tone_new, place_tone_old, tone_key

PAIRS = [
    ("hòa", "hoà"),
    ("hóa", "hoá"),
    ("khỏe", "khoẻ"),
    ("thúy", "thuý"),
    ("thủy", "thuỷ"),
    ("Tòa", "Toà"),
    ("HÒA", "HOÀ"),
    ("xòe", "xoè"),
    ("lũy", "luỹ"),
    ("ngọa", "ngoạ"),
    ("ủy", "uỷ"),
    ("Nguyễn Thị Thúy Hòa", "Nguyễn Thị Thuý Hoà"),
    ("Khánh Hòa, Thừa-Hóa", "Khánh Hoà, Thừa-Hoá"),
]
_OPEN = [onset + rhyme for onset in ("h", "kh", "t", "th", "l", "ng", "x") for rhyme in ("oa", "oe", "uy")]
_TONES = "\u0300\u0309\u0303\u0301\u0323"


@pytest.mark.parametrize(("old", "new"), PAIRS)
def test_tone_placement(old: str, new: str) -> None:
    for text in (old, new, unicodedata.normalize("NFD", old), unicodedata.normalize("NFD", new)):
        assert place_tone_old(text) == old
        assert place_tone_new(text) == new
    assert tone_key(old) == tone_key(new)


def test_every_tone_on_every_movable_vowel_pair() -> None:
    for syllable in _OPEN:
        for tone in _TONES:
            old = unicodedata.normalize("NFC", syllable[:-1] + tone + syllable[-1])
            new = unicodedata.normalize("NFC", syllable + tone)
            assert place_tone_new(old) == new
            assert place_tone_old(new) == old
            assert tone_key(old) == tone_key(new) != tone_key(syllable)


@pytest.mark.parametrize(
    "text",
    ["quý", "quá", "quả", "Êban", "Hoàng", "hoàn", "Huỳnh", "thuở", "ngoài", "khuya", "mùa", "của", "già", "Y Moan",
     "zoá", "gìa", "qúy", "Êñuôl", "oa", "Nguyễn", "túi"],
)  # fmt: skip
def test_other_words_keep_their_tone(text: str) -> None:
    assert place_tone_old(text) == place_tone_new(text) == text


letters = st.text(st.sampled_from([*ACCENTED, *"abcdeghiklmnopqrstuvxy '-."]))


@given(letters)
def test_placement_is_stable_and_turns_back(text: str) -> None:
    old, new = place_tone_old(text), place_tone_new(text)
    assert place_tone_old(old) == old == place_tone_old(new)
    assert place_tone_new(new) == new == place_tone_new(old)
    assert tone_key(old) == tone_key(new) == tone_key(text)


@given(st.text())
def test_tone_key_is_blind_to_normal_form(text: str) -> None:
    assert tone_key(unicodedata.normalize("NFD", text)) == tone_key(unicodedata.normalize("NFC", text))


def test_tone_key_tells_tones_and_letters_apart() -> None:
    words = ["hoa", "hòa", "hỏa", "hõa", "hóa", "họa", "hưa", "đoa", "doa"]
    assert len({tone_key(word) for word in words}) == len(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [("Mỹ", "Mĩ"), ("Lý", "Lí"), ("Kỳ", "Kì"), ("Hy", "Hi"), ("Tỵ", "Tị"), ("Sỹ", "Sĩ"), ("Vỹ", "Vĩ"), ("Quý", "Quí"),
     ("Lý Thị Mỹ Hòa", "Lí Thị Mĩ Hoà")],
)  # fmt: skip
def test_i_and_y_agree(one: str, other: str) -> None:
    assert iy_key(one) == iy_key(other)


@pytest.mark.parametrize(("one", "other"), [("Thúy", "Thúi"), ("tay", "tai"), ("Mỹ", "Mí"), ("Ý", "Í"), ("may", "mai")])
def test_i_and_y_differ_elsewhere(one: str, other: str) -> None:
    assert iy_key(one) != iy_key(other)


@pytest.mark.parametrize(
    "word",
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Trương Trịnh Nông Đoàn Lương Quỳnh Giang "
    "giếng gì gìn già nghiêng nghĩa khuya khuỷu quốc quyển quý quét quầng thuở hươu rượu uống yêu yến ai oan thoắt "
    "xoong huếch các thích lớp một ưa Ước Út Ý Ông".split(),
)
def test_vietnamese_syllables(word: str) -> None:
    assert looks_vietnamese_syllable(word)
    assert looks_vietnamese_syllable(unicodedata.normalize("NFD", word.upper()))


@pytest.mark.parametrize(
    "word",
    ["", "Êban", "Hdương", "Ksor", "Niê-", "cac", "càc", "thich", "lơp", "nguyênx", "ngia", "gế", "kà", "cê", "ngha",
     "zung", "wa", "fan", "bb", "a1", "hóà", "ươuu", "Nguyễn An", "q", "q uá", "đđ", "H'Hen"],
)  # fmt: skip
def test_words_of_another_build(word: str) -> None:
    assert not looks_vietnamese_syllable(word)
