"""Letters, folding keys, alphabetical order and ditto marks."""

import random
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.text import (
    ACCENTED,
    fold,
    is_ditto,
    iy_key,
    looks_vietnamese_syllable,
    mend_eth,
    name_case,
    nfc,
    place_tone_new,
    place_tone_old,
    sort_key,
    split_person_name,
    squeeze,
    tone_key,
    unmark,
)

vietnamese = st.text(st.sampled_from([*ACCENTED, *"abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXY '’-.,/0123456789"]))


def nfd(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def test_there_are_134_accented_letters() -> None:
    assert len(ACCENTED) == len(set(ACCENTED)) == 134
    small, large = ACCENTED[:67], ACCENTED[67:]
    assert [letter.upper() for letter in small] == list(large)
    assert all(len(letter) == 1 and nfc(letter) == letter and not letter.isascii() for letter in ACCENTED)
    assert set("ăâđêôơưĂÂĐÊÔƠƯ") <= set(ACCENTED)


_BASE_ROWS = {
    "a": "àảãáạăằẳẵắặâầẩẫấậ", "d": "đ", "e": "èẻẽéẹêềểễếệ", "i": "ìỉĩíị", "o": "òỏõóọôồổỗốộơờởỡớợ",
    "u": "ùủũúụưừửữứự", "y": "ỳỷỹýỵ",
}  # fmt: skip


@pytest.mark.parametrize("base", _BASE_ROWS)
def test_every_accented_letter_folds_to_its_base(base: str) -> None:
    for letter in _BASE_ROWS[base]:
        for spelled in (letter, letter.upper(), nfd(letter), nfd(letter.upper())):
            assert fold(spelled) == base
            assert unmark(spelled) == base


def test_base_rows_hold_all_small_letters() -> None:
    assert sorted("".join(_BASE_ROWS.values())) == sorted(ACCENTED[:67])


@pytest.mark.parametrize("letter", ACCENTED)
def test_every_accented_letter_through_every_function(letter: str) -> None:
    for spelled in (letter, nfd(letter)):
        assert nfc(spelled) == letter
        assert mend_eth(spelled) == spelled
        assert squeeze(f"  {spelled} ") == letter
        assert name_case(spelled) == letter.upper()
        assert name_case("x" + spelled) == "X" + letter.lower()
        assert place_tone_old(spelled) == place_tone_new(spelled) == letter
        assert tone_key(spelled) == tone_key(letter)
        assert iy_key(spelled) == iy_key(letter)
        assert sort_key(spelled) == sort_key(letter)
        assert looks_vietnamese_syllable("m" + spelled) == looks_vietnamese_syllable("m" + letter)
        assert split_person_name(spelled).given == letter
        assert not is_ditto(spelled)


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("Nguyễn Thị Đào", "nguyen thi dao"),
        ("NGUYỄN  THỊ\tĐÀO", "nguyen thi dao"),
        ("ðào Ðức", "dao duc"),
        ("H'Hen Niê", "h hen nie"),
        ("K’Brơi", "k broi"),
        ("Ra-đê, (Đắk Lắk)", "ra de dak lak"),
        ("Êñuôl Ksơr Bŭn Čư", "enuol ksor bun cu"),
        ("Straße ﬁ Ⅳ", "strasse fi iv"),
        ("", ""),
        ("…—", ""),
        ("\x00a\x1fb", "a b"),
    ],
)
def test_fold(text: str, key: str) -> None:
    assert fold(text) == key
    assert fold(nfd(text)) == key


@given(st.one_of(vietnamese, st.text()))
def test_fold_is_stable_and_blind_to_the_normal_form(text: str) -> None:
    key = fold(text)
    assert fold(key) == key
    assert fold(nfd(text)) == key
    assert fold(nfc(text)) == key


@given(vietnamese)
def test_fold_of_vietnamese_is_plain(text: str) -> None:
    assert set(fold(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    assert fold(text.upper()) == fold(text)


@given(st.text())
def test_keys_survive_any_text(text: str) -> None:
    for key in (fold, unmark, sort_key, tone_key, iy_key, squeeze, nfc, mend_eth, place_tone_old, place_tone_new):
        assert isinstance(key(text), str)
    assert is_ditto(text) in (True, False)
    assert looks_vietnamese_syllable(text) in (True, False)


def test_eth_is_mended_only_on_request() -> None:
    assert mend_eth("Ðặng ðình") == "Đặng đình"
    assert nfc("Ðặng") == "Ðặng"
    assert squeeze("Ðặng") == "Ðặng"


@given(st.text())
def test_squeeze_leaves_single_spaces(text: str) -> None:
    tight = squeeze(text)
    assert tight == tight.strip()
    assert "  " not in tight
    assert squeeze(tight) == tight


def test_what_nobody_sees_on_paper_is_not_kept() -> None:
    assert squeeze("Đỗ\x00 Thị\u200b\u202e Ánh\x7f\x1b\u2066") == "Đỗ Thị Ánh"
    assert squeeze("Đỗ\x1fThị\n\tÁnh") == "Đỗ Thị Ánh"


def test_unmark_keeps_punctuation() -> None:
    assert unmark("  Ngày…５/3/82 (ÂL) ") == "ngay...5/3/82 (al)"


ALPHABET = "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y".split()
NAMES = ["An", "An Bình", "Àn", "Ản", "Ãn", "Án", "Ạn", "Anh", "Ánh", "Ăn", "Ân", "Bảo", "Chi", "Dung", "Đào", "Em",
         "Ê", "H'Hen", "Hoa", "Hòa", "Nga", "Nghĩa", "Oanh", "Ông", "Ơn", "Út", "Ước", "Vũ", "Xuân", "Yến"]  # fmt: skip


def test_alphabet_order() -> None:
    assert sorted(reversed(ALPHABET), key=sort_key) == ALPHABET
    assert sorted((letter + "z" for letter in reversed(ALPHABET)), key=sort_key) == [x + "z" for x in ALPHABET]


def test_names_in_alphabetical_order() -> None:
    shuffled = random.Random(5).sample(NAMES, len(NAMES))
    assert sorted(shuffled, key=sort_key) == NAMES


def test_surname_decides_before_the_next_word() -> None:
    names = ["Lê Văn Út", "Lê Vân An", "Lý An", "Nguyễn An", "Nguyễn Thị An"]
    assert sorted(reversed(names), key=sort_key) == names


@given(vietnamese)
def test_sort_key_is_blind_to_case_and_form_and_safe_to_store(text: str) -> None:
    key = sort_key(text)
    assert sort_key(nfd(text.upper())) == key
    assert key.isprintable()


@pytest.mark.parametrize(
    "mark",
    ["nt", "NT", "nt.", "-nt-", "- nt -", "n.t", "//", "/", "-//-", "- // -", '"', "''", "”", "〃", "như trên",
     "Như trên", "nhu tren", "-", "--", "—", "giống trên"],
)  # fmt: skip
def test_ditto_marks(mark: str) -> None:
    assert is_ditto(mark)
    assert is_ditto(nfd(mark))


@pytest.mark.parametrize("text", ["", " ", "An", "5/3", "...", "__", "NTA", "n", "không rõ", "?", "- An -", "././."])
def test_no_ditto_marks(text: str) -> None:
    assert not is_ditto(text)
