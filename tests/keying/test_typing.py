"""The own typing engine: vectors written from the rules of Telex and VNI, and the whole list of syllables."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hotich.keying.engine import ERASE, Typing, type_keys
from hotich.keying.telex import TELEX, TELEX_BRACKETS
from hotich.keying.vni import VNI
from hotich.keying.word import TonePlace, Word
from hotich.letters import TONE_MARKS, nfc
from hotich.syllables import ONSETS, RHYMES, looks_vietnamese_syllable, rhyme_fits
from tests.keying.spelling import TELEX_MARK, TELEX_TONE, VNI_MARK, VNI_TONE, keys_afterwards, keys_at_once

TYPING = {"telex": Typing(TELEX), "vni": Typing(VNI), "brackets": Typing(TELEX_BRACKETS)}
NEW_PLACE = Typing(TELEX, TonePlace.NEW)
FREE = Typing(TELEX, strict=False)

TELEX_VECTORS = [
    # every mark of a letter, every tone
    ("aa ee oo aw ow uw dd", "â ê ô ă ơ ư đ"),
    ("AA EE OO AW OW UW DD", "Â Ê Ô Ă Ơ Ư Đ"),
    ("as af ar ax aj", "á à ả ã ạ"),
    ("w tw", "ư tư"),
    # names
    ("Nguyeenx Vawn An", "Nguyễn Văn An"),
    ("NGUYEENX THIJ DDINHJ", "NGUYỄN THỊ ĐỊNH"),
    ("Traanf Quoocs Tuaans", "Trần Quốc Tuấn"),
    # marks after the word, in any order
    ("nguyenex nguyeenx nguyeexn nguyexne", "nguyễn nguyễn nguyễn nguyễn"),
    ("duongwd dduwowngf dduowngf", "đương đường đường"),
    ("tieengs tiengse tiesnge", "tiếng tiếng tiếng"),
    ("huow huown huwown thuowr", "huơ hươn hươn thuở"),
    ("ruouwj huouw", "rượu hươu"),
    ("muaw cuar cuwar", "mưa của cửa"),
    ("khoeo ngoao khuyur", "khoeo ngoao khuỷu"),
    # where the tone stands
    ("hoas khoer thuys", "hóa khỏe thúy"),
    ("hoans toans khoets", "hoán toán khoét"),
    ("quys quaf gias gif giuwax", "quý quà giá gì giữa"),
    ("ias uar uwaf ngoaif ", "ía ủa ừa ngoài "),
    # a tone replaced and taken off
    ("asf asz cafz", "à a ca"),
    # a key pressed twice takes its mark back, and the rest is plain
    ("ass aff", "as af"),
    ("aaa ddd aww uww ww", "aa dd aw uw w"),
    ("xooong xooongs", "xoong xoóng"),
    ("busses", "buses"),
    # words that are no syllables stay as they are
    ("window format file Peter class", "window format file Peter class"),
    # names of the Central Highlands
    ("H'Mluwng K'Breox Y Bhiao", "H'Mlưng K'Brẽo Y Bhiao"),
    ("Mloo Duoon Du Ka Nhowx", "Mlô Duôn Du Ka Nhỡ"),
    ("EEban EEddee Niee Adrowng", "Êban Êđê Niê Adrơng"),
    ("DDawks Lawks Bkroong Kpaw", "Đắk Lắk Bkrông Kpă"),
    # anything else ends the word
    ("tooi,ban Soos 5/3/1978 z", "tôi,ban Số 5/3/1978 z"),
    # Backspace takes the last letter with its marks, the tone stays while a vowel is left
    ("toanf" + ERASE, "toà".replace("oà", "òa")),
    ("toanf" + ERASE * 2, "tò"),
    ("toanf" + ERASE * 3 + "f", "tf"),
    ("an" + ERASE * 3 + "b", "b"),
]

VNI_VECTORS = [
    ("a6 e6 o6 a8 o7 u7 d9", "â ê ô ă ơ ư đ"),
    ("a1 a2 a3 a4 a5", "á à ả ã ạ"),
    ("Nguye6n4 Nguyen64 Nguyen46 Va8n", "Nguyễn Nguyễn Nguyễn Văn"),
    ("D9inh5 Dinh95 d9u7o7ng2 duong972", "Định Định đường đường"),
    ("huong7 thuo73 thuo37", "hương thuở thuở"),
    ("a11 a66 o77 d99", "a1 a6 o7 d9"),
    ("a10 A100", "a A100"),
    ("5378 5/3/78 P5 To63 9", "5378 5/3/78 P5 Tổ 9"),
    ("khoe3 khoeo toan2 xoong1", "khỏe khoeo toàn xoóng"),
]

BRACKET_VECTORS = [("b[ t] {ng ]ng h}ng", "bơ tư Ơng ưng hƯng"), ("bow uw [s", "bơ ư ớ")]


@pytest.mark.parametrize(("keys", "text"), TELEX_VECTORS, ids=lambda part: part.encode("unicode_escape").decode())
def test_telex(keys: str, text: str) -> None:
    assert type_keys(keys, TYPING["telex"]) == nfc(text)


@pytest.mark.parametrize(("keys", "text"), VNI_VECTORS, ids=lambda part: part.encode("unicode_escape").decode())
def test_vni(keys: str, text: str) -> None:
    assert type_keys(keys, TYPING["vni"]) == nfc(text)


@pytest.mark.parametrize(("keys", "text"), BRACKET_VECTORS)
def test_brackets(keys: str, text: str) -> None:
    assert type_keys(keys, TYPING["brackets"]) == nfc(text)


def test_brackets_are_brackets_in_plain_telex() -> None:
    assert type_keys("[a] {b}", TYPING["telex"]) == "[a] {b}"


@pytest.mark.parametrize(
    ("keys", "text"), [("hoas", "hoá"), ("khoer", "khoẻ"), ("thuys", "thuý"), ("hoanf", "hoàn"), ("quys", "quý")]
)
def test_the_new_place_of_the_tone(keys: str, text: str) -> None:
    assert type_keys(keys, NEW_PLACE) == nfc(text)


def test_whoever_wants_may_mark_any_word() -> None:
    # A book may hold what no dictionary does.
    assert type_keys("Ngyueenx", TYPING["telex"]) == "Ngyueenx"
    assert type_keys("Ngyueenx", FREE) == "Ngyuễn"


def syllables(onsets: list[str], tones: tuple[str, ...]) -> list[str]:
    found = []
    for onset in onsets:
        for rhyme in sorted({*RHYMES, ""}):
            if rhyme_fits(onset, rhyme):
                bare = onset + rhyme
                words = (Word(bare, (False,) * len(bare), tone).text(TonePlace.OLD) for tone in tones)
                found += [word for word in words if looks_vietnamese_syllable(word)]
    return found


MANY_TONES = ["", "h", "qu", "gi", "ngh", "đ"]
METHODS = [("telex", TELEX_MARK, TELEX_TONE), ("vni", VNI_MARK, VNI_TONE)]


@pytest.mark.parametrize("spelled", [keys_at_once, keys_afterwards])
@pytest.mark.parametrize(("name", "marks", "tones"), METHODS, ids=["telex", "vni"])
def test_every_syllable_can_be_typed(name, marks, tones, spelled) -> None:
    others = sorted(ONSETS - set(MANY_TONES))
    words = syllables(MANY_TONES, ("", *TONE_MARKS)) + syllables(others, ("\u0301",))
    assert len(words) > 6000
    wrong = [word for word in words if type_keys(spelled(word, marks, tones), TYPING[name]) != word]
    assert not wrong


def test_capitals_follow_every_letter() -> None:
    for word in syllables(["", "đ", "qu"], ("\u0323",)):
        keys = keys_at_once(word, TELEX_MARK, TELEX_TONE)
        assert type_keys(keys.upper(), TYPING["telex"]) == word.upper()
        assert type_keys(keys.capitalize(), TYPING["telex"]) == word.capitalize()


KEYS = st.text(alphabet="abcdeghiklmnopqrstuvxywzfjAEODWSX0123456789 '-[]", max_size=14)


@settings(max_examples=150)
@given(KEYS, st.sampled_from([*TYPING.values(), NEW_PLACE, FREE]))
def test_any_keys_give_nfc_and_one_backspace_takes_one_letter(keys: str, typing: Typing) -> None:
    text = type_keys(keys, typing)
    assert unicodedata.is_normalized("NFC", text)
    shorter = type_keys(keys + ERASE, typing)
    assert len(shorter) == max(0, len(text) - 1)
    assert type_keys(keys + ERASE * (len(text) + 1), typing) == ""


@settings(max_examples=100)
@given(st.text(alphabet="bcghklmnpqtv'- 0123456789./", max_size=14))
def test_telex_leaves_alone_what_has_no_marks(keys: str) -> None:
    assert type_keys(keys, TYPING["telex"]) == keys
