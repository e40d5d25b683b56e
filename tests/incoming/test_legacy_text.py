"""The old encodings: complete, the same there and back, and as another program knows them."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hotich.legacy_text import Encoding, as_bytes, as_letters, from_unicode, raise_initials, table_of, to_unicode
from hotich.letters import ACCENTED, nfc

WHOLE = (Encoding.VNI, Encoding.VPS, Encoding.VISCII, Encoding.UTF8)
"""Encodings with all 134 letters."""

vietnamese = st.text(st.sampled_from([*ACCENTED, *"abcdeghiklmnopqrstuvxyABCDEGHIKLMNOPQRSTUVXY ,./-0123456789"]))


@pytest.mark.parametrize("encoding", WHOLE)
def test_every_letter_comes_back(encoding):
    lost = [letter for letter in ACCENTED if to_unicode(from_unicode(letter, encoding), encoding) != letter]
    assert lost == []


@pytest.mark.parametrize("encoding", [Encoding.VNI, Encoding.VPS, Encoding.VISCII])
def test_no_two_letters_share_a_code(encoding):
    codes = table_of(encoding).codes
    assert len(codes) == len(set(codes.values())) == 134


def test_tcvn3_has_small_letters_and_seven_capitals():
    have = table_of(Encoding.TCVN3).codes
    assert {letter for letter in ACCENTED if letter.islower()} <= set(have)
    assert {letter for letter in have if letter.isupper()} == set("ĂÂĐÊÔƠƯ")


@pytest.mark.parametrize("letter", ACCENTED)
def test_tcvn3_gives_capitals_with_tones_as_small_letters(letter):
    back = to_unicode(from_unicode(letter, Encoding.TCVN3), Encoding.TCVN3)
    assert back in (letter, letter.lower())
    assert to_unicode(from_unicode(letter, Encoding.TCVN3), Encoding.TCVN3_CAPITALS) == letter.upper()


@given(vietnamese, st.sampled_from(WHOLE))
def test_texts_come_back_from_encodings_with_all_letters(text, encoding):
    # A letter of VNI and the mark of the next may run together only where a bare mark stands, which no text has.
    assert to_unicode(from_unicode(text, encoding), encoding) == nfc(text)


@given(vietnamese.map(str.lower))
def test_small_texts_come_back_from_tcvn3(text):
    assert to_unicode(from_unicode(text, Encoding.TCVN3), Encoding.TCVN3) == nfc(text)


@given(st.text(), st.sampled_from(list(Encoding)))
def test_no_text_is_too_strange(text, encoding):
    assert to_unicode(text, encoding) == nfc(to_unicode(text, encoding))


@given(st.binary())
def test_letters_stand_for_their_bytes(data):
    assert as_bytes(as_letters(data)) == data


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv is not installed")
@pytest.mark.parametrize(("encoding", "name"), [(Encoding.VISCII, "VISCII"), (Encoding.TCVN3, "TCVN")])
def test_iconv_knows_the_same_letters(encoding, name):
    known = subprocess.run(["iconv", "-l"], capture_output=True, text=True).stdout
    if f"{name}//" not in known.replace(" ", "\n").split("\n"):
        pytest.skip(f"this iconv does not know {name}")
    codes = table_of(encoding).codes
    done = subprocess.run(["iconv", "-f", name, "-t", "UTF-8"], input=b"\n".join(codes.values()), capture_output=True)
    assert [nfc(letter) for letter in done.stdout.decode().split("\n")] == list(codes)


@pytest.mark.parametrize(
    ("shown", "encoding", "meant"),
    [
        ("NguyÔn ThÞ H­êng", Encoding.TCVN3, "Nguyễn Thị Hường"),
        ("§Æng V¨n L©m", Encoding.TCVN3, "Đặng Văn Lâm"),
        ("NGUYÔN V¡N Lý", Encoding.TCVN3, "NGUYỄN VĂN LÝ"),
        ("nguyÔn v¨n lý", Encoding.TCVN3_CAPITALS, "NGUYỄN VĂN LÝ"),
        ("Nguyeãn Thò Höôøng", Encoding.VNI, "Nguyễn Thị Hường"),
        ("ÑAËNG VAÊN LAÂM", Encoding.VNI, "ĐẶNG VĂN LÂM"),
        ("Aùnh", Encoding.VNI, "Ánh"),
        ("NguyÍn ThÎ HÜ©ng", Encoding.VPS, "Nguyễn Thị Hường"),
        ("Nguy­n Th¸ Hß¶ng", Encoding.VISCII, "Nguyễn Thị Hường"),
        ("Nguyá»…n VÄƒn An", Encoding.UTF8, "Nguyễn Văn An"),
        ("Đỗ Hường", Encoding.TCVN3, "Đỗ Hường"),
    ],
)
def test_what_sheets_show_is_read(shown, encoding, meant):
    assert to_unicode(shown, encoding) == meant


def test_a_letter_that_an_encoding_lacks_is_named():
    with pytest.raises(ValueError, match="ŏ"):
        from_unicode("Êđê ŏ", Encoding.VNI)


def test_capitals_that_tcvn3_lacks_are_raised_in_names_only_beside_others():
    assert raise_initials("Nguyễn Thị ánh") == "Nguyễn Thị Ánh"
    assert raise_initials("lê thị ánh") == "lê thị ánh"
    assert raise_initials("Lê đình An") == "Lê đình An"
